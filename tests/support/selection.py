"""Which tests `make quick` leaves out: those marked as slow. Of every kind it keeps some."""

from collections.abc import Callable, Hashable, Iterable
from typing import Any

import pytest


def mostly_slow(cases: Iterable[Any], key: Callable[[Any], Hashable] = lambda case: None) -> list[Any]:
    """The cases of a parametrized test. Of those with the same key, all but the first are slow."""
    seen, marked = set[Hashable](), list[Any]()
    for case in cases:
        values = case if isinstance(case, tuple) else (case,)
        marked.append(pytest.param(*values, marks=pytest.mark.slow) if key(case) in seen else case)
        seen.add(key(case))
    return marked
