"""Reports: functions from grades to text, one module a format, each with `render(grades) -> str`, or
`pieces(grades)` if it is made a grade at a time.
"""

import importlib
import pkgutil
from collections.abc import Iterator, Sequence
from typing import Any

from autograder.reports._words import SAME, drawn, earned, explained, explanation, overview
from autograder.results import Grade

__all__ = ["SAME", "drawn", "earned", "explained", "explanation", "formats", "overview", "pieces", "render"]


def formats() -> tuple[str, ...]:
    """The names of all formats."""
    modules = pkgutil.iter_modules(__path__)
    return tuple(module.name for module in modules if not (module.ispkg or module.name.startswith("_")))


def render(format_name: str, grades: Sequence[Grade]) -> str:
    """The grades in the named format."""
    return "".join(pieces(format_name, grades))


def pieces(format_name: str, grades: Sequence[Grade]) -> Iterator[str]:
    """The same, piece by piece where that takes less memory."""
    module: Any = importlib.import_module(f"{__name__}.{format_name}")
    if hasattr(module, "pieces"):
        yield from module.pieces(grades)
    else:
        yield module.render(grades)
