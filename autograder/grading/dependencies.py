"""Which names a function of a notebook may use, by the words of its source: hostile source is not parsed."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from autograder.sandbox import Cell

_WORD = re.compile(r"[^\W\d]\w*")
_BOUND = re.compile(r"\b(?:def|class|import|as)[ \t]+(\w+)|^(\w+)[ \t]*(?::[^=\n]*)?=", re.MULTILINE)


class Dependencies:
    """An index of a notebook's cells. A hostile one is megabytes of words: each is read once."""

    def __init__(self, cells: Sequence[Cell], names: Collection[str]) -> None:
        self._binding = defaultdict[str, list[int]](list)
        for number, cell in enumerate(cells):
            for word in set(_bound(cell.source)):
                self._binding[word].append(number)
        known = self._binding.keys() | names
        self._used = [{m.group() for m in _WORD.finditer(c.source) if m.group() in known} for c in cells]

    def of(self, name: str) -> set[str]:
        """Every word in the cells that define `name`, or define a word in those, and so on: rather too many.

        Words that no cell defines are left out, unless they are among `names`.
        """
        reached, waiting, seen = {name}, [name], set[int]()
        while waiting:
            for number in self._binding.get(waiting.pop(), ()):
                if number not in seen:
                    seen.add(number)
                    waiting += self._used[number] - reached
                    reached |= self._used[number]
        return reached


def _bound(source: str) -> Iterable[str]:
    return (match[1] or match[2] for match in _BOUND.finditer(source))
