"""One notebook a student and assignment: which of several counts, and a note on the others.

1. One of the latest attempt that holds a notebook; of uploads under the same name the last.
2. One in which something is written, before one in which nothing is.
3. One that has the assignment's name, before a copy of that name, before any other.
4. The one in which most exercises are written.
5. The newest; what was written within a minute, as by `git clone`, is of the same age.
6. The one whose name comes last: `homework10` after `homework9`.

Nothing is run for it and no check is asked: who hands in twenty guesses is graded for one of them.
"""

from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from autograder.course import notebooks
from autograder.intake.contents import Contents, read
from autograder.intake.found import Found, natural
from autograder.results import CHOSEN
from autograder.text import plural, printable

_SAME_AGE = 60.0  # seconds
_SHOWN = 5
_WHY = (
    "is of the latest attempt",
    "is the only one in which something is written",
    "has the assignment's name",
    "has the most exercises written",
    "is the newest",
    "has the last name",
)
_NEWEST, _LAST = 4, 5


def chosen(
    items: Iterable[Found],
    assignment: str | None = None,
    alone: bool = False,
    left_out: Collection[str] = (),
) -> list[Found]:
    """What is graded of all that was found, in order; `alone` says that all of it is one student's. `left_out` are
    exercises that the course does not grade.
    """
    items = list(items)
    own = {item.place for item in items if item.path.stem == item.path.parent.name}
    groups: dict[object, list[Found]] = {}
    for item in items:
        groups.setdefault(None if alone else _whom(item, own), []).append(item)
    rows = [row for group in groups.values() for row in of_one(group, assignment, left_out)]
    if alone and len(rows) > 1:
        rows = [row for row in rows if not row.missing] or rows[:1]
        return rows if len(rows) == 1 else [_undecided(rows)]
    asked = [row for row in rows if row.student is not None or not _is_other(row, assignment)]
    return asked or rows


def _whom(item: Found, own: Container[tuple[Path, Path]]) -> object:
    """What is the same for all that one student handed in.

    A notebook in no student's folder stands for itself, unless it lies beside the own one of the assignment's folder:
    such a folder may also hold those of a whole class. What has an unsafe name shares a row: it must not fill the
    report.
    """
    owner, (top, way) = item.owner, item.place
    if owner.lms_id is not None and item.root.is_file():  # it may be in an older archive, too
        return owner.student, owner.lms_id
    if owner.student is not None or owner.lms_id is not None:
        return top, owner.student, owner.lms_id
    if item.refusal and not owner.doubt and not item.missing:
        return top, item.refusal
    beside = way.parent / f"{way.parent.name}.ipynb"
    if (top, beside) in own and way.parent.name in notebooks.assignments():
        return top, beside
    return top, way.with_name(
        f"{item.plain_name}.ipynb"
    ) if item.plain_name in notebooks.assignments() else way


def _is_other(item: Found, assignment: str | None) -> bool:
    """Whether it says that it is another assignment than the one that is asked for."""
    return assignment is not None and item.claim[0] not in (None, assignment)


def _undecided(rows: Sequence[Found]) -> Found:
    """Why nothing is graded, where only one thing can be."""
    held = ", ".join(row.assignment or _name(row) for row in rows)
    reason = f"there are notebooks of several assignments ({held}): say with --assignment which one is graded"
    return Found(rows[0].root, Path(), refusal=reason)


def of_one(items: Sequence[Found], assignment: str | None, left_out: Collection[str] = ()) -> list[Found]:
    """The rows of one student: a notebook for each assignment, or why there is none."""
    asked = [item for item in items if not _is_other(item, assignment)]
    if items and not asked and all(item.path.parent.name == item.claim[0] or item.missing for item in items):
        return [_of_others(items, str(assignment))]
    asked = asked or [*items]
    there = [item for item in asked if not item.missing]
    looks = read(there, left_out) if len(there) > 1 else {}
    groups, rest = _grouped(there, looks, assignment)
    rows = [_best(group, name, looks) for name, group in groups.items()]
    missing = {item.claim[0]: item for item in sorted(asked, key=_attempt) if item.missing}
    rows += [
        replace(item, assignment=name or assignment)
        for name, item in missing.items()
        if name not in groups and (name or not rows)
    ]
    if rows and rest:
        left_out = "; ".join(f"{_name(item)} was left out: {looks[item].fault}" for item in rest[:_SHOWN])
        rows[0] = replace(rows[0], notes=(*rows[0].notes, left_out))
    return [_with_later(row, missing.values()) for row in rows]


def _of_others(items: Sequence[Found], assignment: str) -> Found:
    """No work on the assignment, from one in whose folders there is work on others, each in its own."""
    others = ", ".join(sorted({str(item.claim[0]) for item in items}))
    return replace(
        items[0],
        assignment=assignment,
        missing=True,
        refusal=f"nothing was handed in for it, only for {others}",
    )


def _grouped(
    items: Sequence[Found], looks: Mapping[Found, Contents], assignment: str | None
) -> tuple[dict[str | None, list[Found]], list[Found]]:
    """The notebooks by assignment, and those that are none of this course."""
    groups: dict[str | None, list[Found]] = {}
    for item in items:
        name = item.claim[0] or (looks[item].assignment if looks else assignment)
        groups.setdefault(name if assignment in (None, name) else None, []).append(item)
    rest = groups.pop(None, [])
    if rest and not groups:
        return {assignment: rest}, []
    return groups, [item for item in rest if looks[item].assignment is None]


def _best(items: Sequence[Found], name: str | None, looks: Mapping[Found, Contents]) -> Found:
    """The notebook that counts, with a note on the others."""
    if len(items) == 1:
        return replace(items[0], assignment=name)
    last = _last_uploads(items)
    ranks = {item: _rank(item, name, looks[item], item in last) for item in items}
    first = max(ranks.values())
    tied = [item for item in items if ranks[item] == first]
    times = {item: item.modified() for item in tied}
    newest = [item for item in tied if max(times.values()) - times[item] <= _SAME_AGE]
    best = max(newest, key=lambda item: natural(str(item.relative)))
    others = [item for item in items if item != best]
    why = (
        _LAST
        if len(newest) > 1
        else _NEWEST
        if len(tied) > 1
        else _decided(first, max(ranks[one] for one in others))
    )
    note = f"of {plural(len(items), 'notebook')}{CHOSEN}{_WHY[why]}; not graded: {_names(others)}"
    return replace(best, assignment=name, notes=(note,))


def _last_uploads(items: Sequence[Found]) -> set[Found]:
    """Of what was handed in again under the same name, which an LMS numbers, the last; and all that was not."""
    last: dict[str, Found] = {}
    for item in sorted(items, key=lambda item: item.owner.order):
        last[item.plain_name if item.owner.order else str(item.path)] = item
    return set(last.values())


def _rank(item: Found, name: str | None, look: Contents, is_last: bool) -> tuple[Any, ...]:
    """The greatest counts; in the order of `_WHY`."""
    written = look.written.get(name, 0) if name else 0
    return (item.owner.attempt, is_last), written > 0, item.claim[1], written, item.owner.order


def _decided(first: tuple[Any, ...], second: tuple[Any, ...]) -> int:
    return next(number for number, (one, other) in enumerate(zip(first, second, strict=True)) if one != other)


def _attempt(item: Found) -> str:
    return item.owner.attempt


def _with_later(row: Found, missing: Iterable[Found]) -> Found:
    """A note on a later attempt in which there is no notebook."""
    later = [item for item in missing if item.owner.attempt > row.owner.attempt and not row.missing]
    notes = (f"the latest attempt is not graded: {item.refusal}" for item in later[-1:])
    return replace(row, notes=(*row.notes, *notes))


def _names(items: Sequence[Found]) -> str:
    more = f" and {len(items) - _SHOWN} more" if len(items) > _SHOWN else ""
    return ", ".join(map(_name, items[:_SHOWN])) + more


def _name(item: Found) -> str:
    return printable(str(item.relative), 80)
