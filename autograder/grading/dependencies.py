"""Which names a function of a notebook may use, by the words of its source: hostile source is not parsed."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from autograder.sandbox import Cell

_WORD = re.compile(r"[^\W\d]\w*")
_BOUND = re.compile(r"\b(?:def|class|import|as)[ \t]+(\w+)|^(\w+)[ \t]*(?::[^=\n]*)?=", re.MULTILINE)
_LINE = re.compile(r"([ \t]*)(?:(?:async[ \t]+)?(?:def|class)[ \t]+(\w+))?(.*)")
_TARGETS, _OPERATOR = r"([\w \t,()\[\]*]{1,200}?)", r"(?:[-+*/@%&|^]|//|\*\*)?"
_CHANGED = re.compile(
    r".*\bas[ \t]+(\w+)"
    rf"|(?:for|del|(?:from[ \t]+\S+[ \t]+)?import)[ \t]+{_TARGETS}(?:$|[ \t]+in\b)"
    rf"|{_TARGETS}[ \t]*(?::[^=]*)?{_OPERATOR}=(?!=)"
)


class Dependencies:
    """An index of a notebook's cells. A hostile one is megabytes of words: each is read once.

    prose: texts of ours whose words are no code.
    """

    def __init__(self, cells: Sequence[Cell], names: Collection[str], prose: Collection[str] = ()) -> None:
        self._cells = cells
        self._code = [_without(prose, cell.source) for cell in cells]
        self._binding = defaultdict[str, list[int]](list)
        for index, code in enumerate(self._code):
            for word in {match[1] or match[2] for match in _BOUND.finditer(code)}:
                self._binding[word].append(index)
        known = self._binding.keys() | names
        self._used = [{m.group() for m in _WORD.finditer(code) if m.group() in known} for code in self._code]

    def of(self, name: str) -> set[str]:
        """Every word in the cells that define `name`, or define a word in those, and so on: rather too many.

        Words that no cell defines are left out, unless they are among `names`.
        """
        reached, waiting, seen = {name}, [name], set[int]()
        while waiting:
            for index in self._binding.get(waiting.pop(), ()):
                if index not in seen:
                    seen.add(index)
                    waiting += self._used[index] - reached
                    reached |= self._used[index]
        return reached

    def source(self, name: str) -> str:
        """The cells that define `name`, or what it may use."""
        return "\n".join(self._cells[index].source for index in sorted(self._defining(name)))

    def redefined(self, name: str, after: int) -> dict[str, int]:
        """Of the words that `name` may use those that cells up to number `after` define, and then a later one.

        Each with the number of the last cell that defines it.
        """
        first, last = dict[str, int](), dict[str, int]()
        for cell in self._cells:
            for word in set(_changed(cell.source)):
                first.setdefault(word, cell.number)
                last[word] = cell.number
        words = {name}.union(*(_WORD.findall(self._code[i]) for i in self._defining(name)))
        return {word: last[word] for word in sorted(words & last.keys()) if first[word] <= after < last[word]}

    def _defining(self, name: str) -> set[int]:
        return {index for word in self.of(name) for index in self._binding.get(word, ())}


def _without(prose: Collection[str], source: str) -> str:
    for text in prose:
        source = source.replace(text, "")
    return source


def _changed(source: str) -> Iterator[str]:
    """The names that a cell binds outside of functions and classes: `def`, `=`, `+=`, `for`, `import`, `del`, `as`."""
    inside: int | None = None  # the indentation of the function or class around the line
    for line in source.split("\n"):
        match = _LINE.match(line)
        assert match is not None
        indent, defined, rest = len(match[1]), match[2], match[3]
        if inside is not None and (indent > inside or not line.strip()):
            continue
        inside = indent if defined else None
        if defined:
            yield defined
        elif changed := _CHANGED.match(rest):
            yield from _WORD.findall(" ".join(filter(None, changed.groups())))
