"""Grades into the export of an LMS: the instructor's own file, of which only cells with grades change.

Nobody's cell becomes empty or zero: who has no grade keeps what was there.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from autograder.intake.matching import Known, agreement, match
from autograder.intake.people import Person
from autograder.intake.roster import Roster
from autograder.reports._words import NAME
from autograder.reports.lms import canvas, moodle
from autograder.reports.lms.columns import Column, Export, LmsError
from autograder.reports.lms.marks import Mark, of_gradebook, of_grades
from autograder.reports.lms.sheet import Sheet, SheetError
from autograder.text import plural, points, printable

__all__ = ["SYSTEMS", "Export", "Filled", "LmsError", "Mark", "fill", "of_gradebook", "of_grades", "read"]

_NAMED = 5  # rows that are left as they were
SYSTEMS: Mapping[str, Callable[[Sheet], Export]] = {"canvas": canvas.export, "moodle": moodle.export}


@dataclass(frozen=True)
class Filled:
    """The export with the grades; `faults` says whose grade is nowhere, `remarks` what else is to be known."""

    text: str
    faults: tuple[str, ...]
    remarks: tuple[str, ...]


def read(system: str, path: Path) -> Export:
    """The export in a file. Raises LmsError."""
    try:
        text = path.read_bytes().decode("utf-8")
        if text.strip():
            return SYSTEMS[system](Sheet(text))
    except OSError as error:
        raise LmsError(f"it cannot be opened ({error.strerror})") from None
    except UnicodeDecodeError:
        raise LmsError("it is not in UTF-8: take the file as the LMS gives it") from None
    except SheetError as error:
        raise LmsError(f"{error}. Take the file as the LMS gives it") from None
    raise LmsError("it is empty")


def fill(export: Export, marks: Sequence[Mark]) -> Filled:
    """Write the points into their cells. Raises LmsError if an assignment has no column, or nobody a row."""
    names = dict.fromkeys(mark.assignment for mark in marks if mark.score is not None)
    columns = export.of([name for name in names if name])
    several, rows = _rows(export, marks)
    if marks and not any(rows) and not several:
        raise LmsError("none of these students is in it; it may be the export of another class")
    faults = [*_strangers(marks, rows, several), *_written(export, columns, marks, rows)]
    return Filled(export.sheet.text, tuple(faults), tuple(_remarks(export, columns, marks, rows)))


def _rows(export: Export, marks: Sequence[Mark]) -> tuple[Mapping[int, Sequence[int]], list[int | None]]:
    """The row of each mark; None where nobody is known for certain. (Row 0 has the headings.)

    Before it, by the place of the mark, the rows that may be meant, where there are several.
    """
    roster = Roster(Path(), {str(row): person for row, person in _of_one_domain(export.people).items()})
    numbers = {} if _are_of_another(marks, roster) else roster.known("lms")
    known = [_known(mark, bool(numbers)) for mark in marks]
    of_numbers = {one: numbers.get(one.lms_id, frozenset()) for one in known if one.lms_id}
    sure = {one: min(rows) for one, rows in of_numbers.items() if len(rows) == 1}
    found = match(dict.fromkeys(one for one in known if one.student), roster)
    sure |= found.sure
    meant = of_numbers | {one: meant.ids for one, meant in found.meant.items() if meant.ids}
    several = {
        place: sorted(map(int, meant[one]))
        for place, one in enumerate(known)
        if one not in sure and len(meant.get(one, ())) > 1
    }
    return several, [int(sure[one]) if one in sure else None for one in known]


def _known(mark: Mark, by_number: bool) -> Known:
    """What is known of a student; where the LMS's own number is, nothing else counts."""
    if by_number and mark.lms_id:
        return Known(None, mark.lms_id)
    return Known(mark.student, email=mark.email, name=mark.full_name)


def _are_of_another(marks: Sequence[Mark], roster: Roster) -> bool:
    """Whether the marks' numbers are another LMS's: none of several is here, or most mean others than the rest says."""
    numbers = roster.known("lms")
    hits = {mark: numbers.get(mark.lms_id, frozenset()) for mark in marks if mark.lms_id}
    if len({mark.lms_id for mark in hits}) > 1 and not any(hits.values()):
        return True
    others = match((_known(mark, by_number=False) for mark in hits if mark.student), roster).sure
    pairs = ((rows, {others.get(_known(mark, by_number=False))} - {None}) for mark, rows in hits.items())
    return agreement(pairs) < 0


def _of_one_domain(people: Mapping[int, Person]) -> Mapping[int, Person]:
    """What stands before an @ is a login only in the domain that most have: else it may be anybody's."""
    domains = Counter(email.partition("@")[2] for one in people.values() for email in one.emails)
    most, count = domains.most_common(1)[0] if domains else ("", 0)
    if 2 * count <= domains.total():
        most = ""
    of_most = {row: {e for e in one.emails if e.partition("@")[2] == most} for row, one in people.items()}
    return {row: one if of_most[row] else replace(one, mailboxes=frozenset()) for row, one in people.items()}


def _strangers(
    marks: Sequence[Mark], rows: Sequence[int | None], several: Mapping[int, Sequence[int]]
) -> Iterator[str]:
    """Who is not in the export, or not known there for certain."""
    lost = [mark for place, mark in enumerate(marks) if rows[place] is None and place not in several]
    if lost:
        yield f"no row was found for {_listed(lost)}"
    for place, some in several.items():
        numbers = ", ".join(str(row + 1) for row in some[:_NAMED])
        yield f"{_listed([marks[place]])} may be any of several rows ({numbers}), none of which was filled in"


def _written(
    export: Export, columns: Mapping[str, Sequence[Column]], marks: Sequence[Mark], rows: Sequence[int | None]
) -> Iterator[str]:
    """Write each mark; says which cells more than one is for."""
    cells = defaultdict[tuple[str, int], list[Mark]](list)
    for mark, row in zip(marks, rows, strict=True):
        if row is not None and mark.score is not None and mark.assignment:
            cells[mark.assignment, row].append(mark)
    for (assignment, row), some in cells.items():
        if len(some) > 1:
            yield f"row {row + 1} was left as it was, since several grades are for it: {_listed(some)}"
            continue
        for column in columns[assignment]:
            export.put(row, column, some[0])


def _remarks(
    export: Export, columns: Mapping[str, Sequence[Column]], marks: Sequence[Mark], rows: Sequence[int | None]
) -> Iterator[str]:
    yield from (
        _into(name, column, rows) for name, some in columns.items() for column in some if column.title
    )
    ungraded = [mark for mark in marks if mark.score is None]
    if ungraded:
        several = len({mark.assignment for mark in marks}) > 1
        yield f"not graded, and left as they were: {_listed(ungraded, several)}"
    left = sorted(export.people.keys() - {*rows})
    if left:
        yield f"without a grade here, and left as they were: {_some(export, left)}"
    unread = [mark for mark in marks if mark.score is not None and mark.by_hand]
    if unread:
        yield f"points that a person gives are not in it yet: {points(unread[0].by_hand)} for {_listed(unread)}"
    filled = (mark for mark, row in zip(marks, rows, strict=True) if row is not None)
    doubtful = [mark for mark in filled if mark.score is not None and mark.doubt]
    if doubtful:
        yield f"filled in, and {doubtful[0].doubt}: {_listed(doubtful)}"
    unknown = [name for name, some in columns.items() if any(column.out_of(1) is None for column in some)]
    if unknown:
        yield f"Moodle does not say here how many points are possible: those of {', '.join(unknown)} are the course's"


def _into(assignment: str, column: Column, rows: Sequence[int | None]) -> str:
    """Which column was taken for an assignment, and of how many points a grade is a share there."""
    worth = (column.out_of(row) for row in rows if row is not None)
    possible = {one for one in worth if one is not None}
    shares = f", of {points(*possible)}" if len(possible) == 1 else ""
    return f"{assignment} went into the column {printable(str(column.title), NAME)} ({column.kind}{shares})"


def _some(export: Export, rows: Sequence[int]) -> str:
    """How many rows, and whose the first ones are."""
    named = "; ".join(printable(export.title(row), NAME) for row in rows[:_NAMED])
    return f"{plural(len(rows), 'row')} of the export ({named}{'; …' if len(rows) > _NAMED else ''})"


def _listed(marks: Iterable[Mark], several: bool = False) -> str:
    """Whose marks they are, and of what if there are several assignments."""
    names = (printable(m.name, NAME) + f" ({printable(str(m.assignment))})" * several for m in marks)
    return ", ".join(dict.fromkeys(names))
