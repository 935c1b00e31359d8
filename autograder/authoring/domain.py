"""What the text of an exercise promises to accept: declared once, so that a test finds what no hidden case touches."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

Arguments = tuple[Any, ...]


@dataclass(frozen=True)
class Corner:
    """A part of the domain; `touched` says whether these calls of the student's function lie in it somewhere."""

    name: str
    touched: Callable[[Sequence[Arguments]], bool]


def corner(name: str, holds: Callable[..., Any]) -> Corner:
    """The calls whose arguments satisfy `holds`; it is given them one by one, as the student's function is."""
    return Corner(name, lambda calls: any(holds(*arguments) for arguments in calls))


def pair_of_calls(name: str, holds: Callable[[Arguments, Arguments], Any]) -> Corner:
    """Two calls, one after the other, perhaps with others between them, that together satisfy `holds`."""
    return Corner(
        name,
        lambda calls: any(holds(one, other) for i, one in enumerate(calls) for other in calls[i + 1 :]),
    )


def whole_numbers(array: Any) -> bool:
    """Whether an array holds integers."""
    return isinstance(array, np.ndarray) and array.dtype.kind in "iu"


def in_pieces(array: Any) -> bool:
    """Whether an array does not lie in one piece of memory: a transpose, every second column."""
    return isinstance(array, np.ndarray) and not array.flags.c_contiguous


def untouched(corners: Sequence[Corner], calls: Sequence[Arguments]) -> list[str]:
    """The corners in which none of these calls lies."""
    return [one.name for one in corners if not one.touched(calls)]
