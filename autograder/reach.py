"""Which names a function of a notebook may use, by the words of its source: hostile source is not parsed."""

import re
from collections.abc import Iterable

from autograder.sandbox import Cell

_WORD = re.compile(r"[^\W\d]\w*")
_BOUND = re.compile(r"\b(?:def|class|import|as)[ \t]+(\w+)|^(\w+)[ \t]*(?::[^=\n]*)?=", re.MULTILINE)


def reachable(name: str, cells: Iterable[Cell]) -> set[str]:
    """Every word in the cells that define `name`, or define a word in those, and so on: rather too many."""
    words = [(set(_bound(cell.source)), set(_WORD.findall(cell.source))) for cell in cells]
    reached, before = {name}, 0
    while len(reached) > before:
        before = len(reached)
        reached.update(*(used for bound, used in words if bound & reached))
    return reached


def _bound(source: str) -> Iterable[str]:
    return (function or variable for function, variable in _BOUND.findall(source))
