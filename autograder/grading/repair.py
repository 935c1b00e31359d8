"""The smallest edit of a student's own code under which all checks pass, to show the line that it changes.

All inputs here are public: they follow from a secret that stands below, so a function under repair sees nothing hidden.
The student's text is parsed, and edits of it are made, in a worker that has run none of it; they are tried in another
one, on a few small calls that show the mistake; what is right there must pass all checks, and those of a second secret
once more in a notebook loaded afresh. How many are tried is counted, so that a regrade finds the same.
"""

import re
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby, islice
from typing import Any

import numpy as np

from autograder.authoring import Call, Cases, Student
from autograder.authoring.values import equivalent, real
from autograder.course.exercises import exercise_of
from autograder.course.reference.backpropagation import KINDS
from autograder.grading.marking import mark, worth_another
from autograder.results import Repair
from autograder.sandbox import Cell, Edit, Reply, Rng, Session, SessionLost, Spent, Workbench
from autograder.sandbox.inside.edits import BORROWED, GUARD, SLIP
from autograder.text import printable

SECRETS = b"public inputs of the first trial", b"public inputs of the second trial"
MAX_CELLS, MAX_SOURCE = 4, 20_000  # that are edited, and their characters
NEAR = 3  # lines around which one more may stand
WORD = 6  # characters of code that show where it is
CHUNK = 50  # edits in one round trip
MAX_MARKED = 48  # edits that all checks are run on
FEW_GUARDS = 8  # that are among them in any case
MAX_CALLS = 3  # that an edit is tried on first
MANY, FEW = 3_000, 100  # numbers in such a call of draws
ARRAY = 100  # numbers take as long as one array more
COARSE, FINE = 1e-6, 1e-10  # to which results are compared; the latter where the former shows no mistake
TINY = 1e-7  # by which a number may be off: it may be 0, but for rounding
CHANCE = 3.0  # standard errors, about
MAX_SECONDS = 0.5  # of processor time, in the sandbox and here; only slow functions take so long

_DEFINED = re.compile(r"^(?:def|class)[ \t]+(\w{1,80})", re.MULTILINE)
_LOOP = re.compile(r"\s*(?:for|while)\b")
_BRANCH = re.compile(r"\s*(?:if|elif)\b")
_ASSIGNED = re.compile(r"\s*([^\W\d]\w*) *=(?!=)")
Open = Callable[[Sequence[Cell]], Workbench]


@dataclass(frozen=True)
class Wanted:
    """A call, what the reference returns, and what the student's function did; `told` if they differ."""

    arguments: tuple[Any, ...]
    value: Any
    was: Reply
    rtol: float = COARSE

    @property
    def told(self) -> bool:
        """Whether the call shows the mistake."""
        return not self._is_right(self.was)

    def agrees(self, reply: Reply) -> bool:
        """Whether a reply may be that of a right function; where the call shows no mistake, one that did anything."""
        return self._is_right(reply) and (self.told or not _same(reply, self.was))

    def _is_right(self, reply: Reply) -> bool:
        if reply.error is not None or reply.modified:
            return False
        if (
            isinstance(self.value, float)
            and isinstance(reply.result, float)
            and abs(reply.result - self.value) < TINY
        ):
            return True
        drawn = any(isinstance(argument, Rng) for argument in self.arguments)
        return equivalent(reply.result, self.value, self.rtol) or (drawn and _alike(reply.result, self.value))


def _same(one: Reply, other: Reply) -> bool:
    return (one.error, one.modified) == (other.error, other.modified) and (
        one.error is not None or equivalent(one.result, other.result, 0.0)
    )


def _alike(got: Any, want: Any) -> bool:
    """Whether two draws have the same shapes, and sizes as like as chance makes them: a generator's order is free."""
    some, others = list(_arrays(got)), list(_arrays(want))
    if [a.shape for a in some] != [a.shape for a in others]:
        return False
    pairs = [
        (_size(a), _size(b), min(0.12, CHANCE / np.sqrt(b.size))) for a, b in zip(some, others, strict=True)
    ]
    return all(abs(a - b) <= chance * b for a, b, chance in pairs)


@dataclass(frozen=True)
class Search:
    """A wrong function of a notebook.

    cells, ours: what is loaded; the latter are solutions in the place of other functions that are wrong.
    names: the function and those of the notebook that it may use. right: a solution of the exercise.
    """

    exercise: str
    cells: tuple[Cell, ...]
    ours: tuple[Cell, ...]
    names: Collection[str]
    right: str
    public: Sequence[Cases]
    open: Open
    spent: Spent

    @cached_property
    def edited(self) -> list[Cell]:
        """The cells that define the function and those that it may use, each name for the last time."""
        last = {
            name: cell for cell in self.cells for name in _DEFINED.findall(cell.source) if name in self.names
        }
        cells = dict.fromkeys(last[name] for name in sorted(last, key=lambda name: name != self.exercise))
        return list(cells)[:MAX_CELLS]

    @cached_property
    def _end(self) -> float:
        return self._used() + MAX_SECONDS

    def has_time(self) -> bool:
        """Whether some of the processor time is left, in the sandbox and here."""
        return self._used() < self._end

    def _used(self) -> float:
        return self.spent.cpu + time.thread_time()

    def repair(self) -> Repair | None:
        """The repair, if there is one, and one place for it."""
        try:
            found = self.found()
            some = sorted(likely(self, found), key=self._how_much)
            held = next((edit for edit in some if self._holds(edit)), None)
            return self._told(held, {edit.line for edit in some}) if held else None
        except SessionLost:
            return None

    def found(self) -> list[Edit]:
        """The likeliest edits that pass all checks on the first public inputs. Raises SessionLost."""
        sources = [cell.source for cell in self.edited]
        if not sources or sum(map(len, sources)) > MAX_SOURCE:
            return []
        with self.open(()) as clean:
            edits = clean.edits(sources, sorted(self.names), [self.right])
        with self.open(self.cells + self.ours) as session:
            return _Trial(self, session, edits).found()

    def _how_much(self, edit: Edit) -> int:
        """Of equal edits the smallest one tells most, unless it is a mere name or number."""
        return MAX_SOURCE if _is_word(self._code(edit)) else edit.end - edit.start

    def _code(self, edit: Edit) -> str:
        return self.edited[edit.cell].source[edit.start : edit.end]

    def _told(self, edit: Edit, lines: Collection[int]) -> Repair:
        cell, old, new = self.edited[edit.cell], self._code(edit), edit.text
        source = Lines(cell.source)
        line = source.to_blame(edit.line, old, new, lines)
        if old and (_is_word(old) or line != edit.line or source.is_branch(line)):
            # the whole line shows which one is meant
            old, new = source.texts[line - 1], self._changed(edit).split("\n")[edit.line - 1].strip()
            new = new if line == edit.line else f"line {edit.line}: {new}"
        return Repair(cell.number, line, _in_short(old, 100), _in_short(new, 200))

    def _changed(self, edit: Edit) -> str:
        """The cell's source with the edit."""
        source = self.edited[edit.cell].source
        return source[: edit.start] + edit.text + source[edit.end :]

    def _holds(self, edit: Edit) -> bool:
        """Whether it is right for the other secret, too, in a notebook that holds the edit from the start."""
        old, new = self.edited[edit.cell], self._changed(edit)
        cells = [replace(cell, source=new) if cell is old else cell for cell in self.cells]
        with self.open([*cells, *self.ours]) as session:
            return self.passes(session, self.public[1])

    def passes(self, session: Session, cases: Cases) -> bool:
        """Whether what the session holds passes all checks on these inputs."""
        attempts = mark(exercise_of(self.exercise).checks, Student(session), cases)
        return all(attempt.result.status == "passed" for attempt in attempts)


@dataclass(frozen=True)
class Lines:
    """A cell's text by lines. It is not parsed: what is read here is how lines begin, and which names they hold."""

    source: str

    @cached_property
    def texts(self) -> list[str]:
        """The lines."""
        return self.source.split("\n")

    def is_branch(self, line: int) -> bool:
        """Whether a condition stands there."""
        return bool(_BRANCH.match(self.texts[line - 1]))

    def branch_around(self, lines: Collection[int]) -> int | None:
        """The condition under which all of these lines stand, it among them."""
        first = min(lines)
        return first if self.is_branch(first) and max(lines) <= self._end(first) else None

    def _end(self, line: int) -> int:
        """The last line of the block under this one."""
        depth = _indent(self.texts[line - 1])
        inside = (n for n, text in enumerate(self.texts[line:], line + 1) if text.strip())
        return next((n - 1 for n in inside if _indent(self.texts[n - 1]) <= depth), len(self.texts))

    def definition_of(self, lines: Collection[int]) -> int | None:
        """The first of these lines, if it gives a name a number, or a value for one use, and the others use it."""
        first, *others = sorted(lines)
        is_number = not _names(self.texts[first - 1].partition("#")[0].partition("=")[2])
        name = self._assigned(first)
        if name is None or not (is_number or self._is_for_one_use(name)):
            return None
        return first if all(name in _names(self.texts[line - 1]) for line in others) else None

    def _is_for_one_use(self, name: str) -> bool:
        return sum(name in _names(text) for text in self.texts) == 2

    def to_blame(self, line: int, old: str, new: str, lines: Collection[int]) -> int:
        """The line of an edit, or of the value that the edit passes by or corrects, if it is used there alone."""
        place = self.branch_around(lines) or self.definition_of(lines) if len(lines) > 1 else None
        if place is not None:
            return place
        kept = _names(new) if not old.isidentifier() else set()
        for name in _names(old) - kept:
            places = [n for n, _ in enumerate(self.texts, 1) if self._assigned(n) == name]
            if len(places) == 1 and places[0] < line and self._is_for_one_use(name):
                return places[0]
        return line

    def _assigned(self, line: int) -> str | None:
        found = _ASSIGNED.match(self.texts[line - 1])
        return found[1] if found else None


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def _names(text: str) -> set[str]:
    return set(re.findall(r"(?<![\w.])[^\W\d]\w*", text))


@dataclass(frozen=True)
class _Trial:
    search: Search
    session: Workbench
    edits: Sequence[Edit]

    def found(self) -> list[Edit]:
        """The edits that pass, of the first rank that has one."""
        student = Student(self.session)
        attempts = mark(exercise_of(self.search.exercise).checks, student, self.search.public[0])
        if not worth_another(attempts):
            return []
        failed = [call for one in attempts if one.result.status == "failed" for call in one.calls]
        # A check may judge what another one asked for; what it asks itself may be about other functions.
        own = [call for call in failed if call.name == self.search.exercise]
        wanted = telling(self.search.exercise, own or student.transcript)
        drawn = any(isinstance(argument, Rng) for one in wanted for argument in one.arguments)
        edits = [edit for edit in self.edits if not _cuts_off(edit) and not (drawn and _reorders(edit))]
        marked = 0
        for _, rank in groupby(edits, _turn):
            passed = list[Edit]()
            for chunk in batched(rank, CHUNK):
                # What is treated apart may matter for few calls, and not for these.
                sure = FEW_GUARDS if chunk[0].rank == GUARD else 0
                right = [*chunk[:sure], *self._right(chunk[sure:], wanted)][: MAX_MARKED - marked]
                marked += len(right)
                passed += [edit for edit in right if self.search.has_time() and self._passes(edit)]
            if passed:
                return passed
        return []

    def _right(self, edits: Sequence[Edit], wanted: Sequence[Wanted]) -> list[Edit]:
        for one in wanted:
            if not self.search.has_time():
                return []
            if edits:
                tried = self._tried(edits, one)
                edits = [edit for edit, [reply] in zip(edits, tried, strict=True) if one.agrees(reply)]
        return list(edits)

    def _tried(self, edits: Sequence[Edit], one: Wanted) -> list[list[Reply]]:
        """The replies to a call; to edits among which one costs the worker, and if that is not too often, none."""
        try:
            return self.session.tries(self.search.exercise, [self.text(e) for e in edits], [one.arguments])
        except SessionLost:
            if not self.search.has_time():
                raise
            return [[Reply(None, "other")]] * len(edits)

    def _passes(self, edit: Edit) -> bool:
        self.session.define(self.text(edit))
        passed = self.search.passes(self.session, self.search.public[0])
        self.session.define(self.search.edited[edit.cell].source[edit.first : edit.last])
        return passed

    def text(self, edit: Edit) -> str:
        """The function, edited."""
        source = self.search.edited[edit.cell].source
        return source[edit.first : edit.start] + edit.text + source[edit.end : edit.last]


def batched(edits: Iterable[Edit], count: int) -> Iterator[Sequence[Edit]]:
    """So many at a time."""
    waiting = iter(edits)
    while some := list(islice(waiting, count)):
        yield some


def _turn(edit: Edit) -> int:
    """When it is tried: all of a turn, before one is told. What is borrowed and slips of the hand have one."""
    return edit.rank if edit.rank == GUARD else max(edit.rank, SLIP)


def _is_word(code: str) -> bool:
    """Whether it is a name or a number, which may be in a line several times."""
    return len(code) < WORD or code.isidentifier()


def _in_short(text: str, limit: int) -> str:
    return printable(" ".join(text.split()), limit)


def _is_kind(code: str) -> bool:
    """Whether it is an activation's name: with another one a branch is not mended, but never taken."""
    return code.strip("'\"") in KINDS


def _cuts_off(edit: Edit) -> bool:
    """Whether it adds a line that returns, by which all that follows is passed by."""
    return edit.start == edit.end and edit.text.lstrip().startswith("return")


def likely(search: Search, found: Sequence[Edit]) -> Sequence[Edit]:
    """Those in the function's own cell, if any is there, and of these those that leave its loops as they are; none if
    they are of several places.
    """
    found = [edit for edit in found if edit.cell == 0] or found
    found = [edit for edit in found if not _is_kind(search.edited[edit.cell].source[edit.start : edit.end])]
    lines = [cell.source.split("\n") for cell in search.edited]
    heads = {edit for edit in found if edit.start < edit.end and _LOOP.match(lines[edit.cell][edit.line - 1])}
    found = [edit for edit in found if edit not in heads] or found
    return _of_one_place(found, search) or _of_one_place(
        [edit for edit in found if edit.rank != BORROWED], search
    )


def _reorders(edit: Edit) -> bool:
    """Whether it draws in another order, which is as good, but not for every question."""
    return "reversed(" in edit.text or "[::-1]" in edit.text


def _of_one_place(found: Sequence[Edit], search: Search) -> Sequence[Edit]:
    """The edits, if all are at one place: a line, a branch, a value and its uses, or lines that are added side by side.

    To change a line is less than to add one.
    """
    found = [edit for edit in found if edit.start < edit.end] or found
    lines = {edit.line for edit in found}
    if not found or len({edit.cell for edit in found}) != 1:
        return ()
    if found[0].start == found[0].end:
        return found if max(lines) - min(lines) <= NEAR else ()
    source = Lines(search.edited[found[0].cell].source)
    is_one = len(lines) == 1 or source.branch_around(lines) or source.definition_of(lines)
    return found if is_one else ()


def telling(exercise: str, transcript: Sequence[Call]) -> list[Wanted]:
    """The smallest calls that show the mistake; if none does, the smallest ones. Of draws, the largest of the small."""
    calls = sorted((call for call in transcript if call.name == exercise), key=_cost)
    drawn = any(isinstance(argument, Rng) for call in calls for argument in call.arguments)
    if drawn:
        calls = [call for call in calls if _cost(call) <= MANY and _entries(call.reply.result) > FEW][
            ::-1
        ] or calls
    return next((found for rtol in (COARSE, FINE) if (found := _told(exercise, calls, rtol))), None) or [
        _wanted(exercise, call, COARSE) for call in calls[:MAX_CALLS]
    ]


def _told(exercise: str, calls: Sequence[Call], rtol: float) -> list[Wanted]:
    wanted = (_wanted(exercise, call, rtol) for call in calls)
    return list(islice((one for one in wanted if one.told), MAX_CALLS))


def _wanted(exercise: str, call: Call, rtol: float) -> Wanted:
    with np.errstate(all="ignore"):
        right = exercise_of(exercise).reference(*map(real, call.arguments))
    return Wanted(call.arguments, right, call.reply, rtol)


def _cost(call: Call) -> int:
    numbers: list[int] = [abs(a) for a in call.arguments if isinstance(a, int)]
    values = [call.arguments, call.reply.result]
    return _entries(values) + ARRAY * len(list(_arrays(values))) + sum(numbers)


def _entries(value: Any) -> int:
    return sum(int(array.size) for array in _arrays(value))


def _arrays(value: Any) -> Iterator[Any]:
    """The arrays and numbers of a value, and a list of numbers as an array."""
    if isinstance(value, np.ndarray | float):
        yield np.asarray(value)
    elif isinstance(value, dict):
        for name in sorted(value):
            yield from _arrays(value[name])
    elif isinstance(value, list | tuple):
        if value and all(isinstance(v, float) or getattr(v, "shape", None) == () for v in value):
            yield np.array([float(v) for v in value])
        else:
            for item in value:
                yield from _arrays(item)


def _size(array: Any) -> float:
    with np.errstate(all="ignore"):
        return float(np.sqrt(np.mean(np.square(array, dtype=float)))) if array.dtype.kind in "fiu" else 0.0
