"""The roster of a course: who is in it, and by which ids, names and addresses.

A CSV file with a heading line, as a gradebook, an LMS or a spreadsheet exports it. One column holds the gradebook's
ids; the others, of which any may be missing, say how an LMS knows the same person.
"""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from autograder.intake.people import Person, Row, common, id_column, person_of
from autograder.text import printable, utf8

MAX_BYTES = 16 << 20
MAX_PEOPLE = 100_000
_SHOWN = 3
_TEST_STUDENT = "Student, Test"  # of Canvas: nobody


class RosterError(Exception):
    """Why a roster is of no use, in a sentence that names the cure."""


@dataclass(frozen=True)
class Roster:
    """The people by their ids in the gradebook, and what is doubtful in the file, if anything is.

    column: the place of these ids in a line.
    """

    path: Path
    people: Mapping[str, Person]
    doubt: str | None = None
    column: int = 0

    def known(self, kind: str) -> Mapping[str, frozenset[str]]:
        """The ids of those whom each key of this kind (a field of `Person`) means."""
        ids = defaultdict[str, set[str]](set)
        for id_, person in self.people.items():
            for key in getattr(person, kind):
                ids[key].add(id_)
        return {key: frozenset(some) for key, some in ids.items()}


def rows(path: Path) -> Sequence[tuple[int, list[str]]]:
    """The lines of a CSV file that are not blank, each with its number, the headings first. Raises RosterError."""
    lines = list(_rows(_text(path)))
    if not lines:
        raise RosterError("it is empty: it needs a heading line with a column `id`")
    return lines


def read(path: Path) -> Roster:
    """The roster in a CSV file. Raises RosterError."""
    lines = rows(path)
    headings = [_heading(cell) for cell in lines[0][1]]
    entries = [(number, dict(zip(headings, cells, strict=False))) for number, cells in lines[1:]]
    column = id_column(headings, (row for _, row in entries))
    if column is None:
        there = printable(", ".join(filter(None, lines[0][1])), 200)
        raise RosterError(
            f"it has no column with the gradebook's ids: call one `id`. Its columns are: {there}"
        )
    people, twice = _people(entries, column)
    if not people:
        raise RosterError("there is nobody in it, only headings")
    roster = Roster(path, people, column=headings.index(column))
    doubts = [*_nameless(entries, column), *twice, *_shared(roster)]
    return replace(roster, doubt="; ".join(doubts) or None)


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:  # it is ours: a link or a pipe is as good
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise RosterError(f"it cannot be opened ({error.strerror})") from None
    if len(data) > MAX_BYTES:
        raise RosterError(f"it is larger than {MAX_BYTES >> 20} MiB")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:1000]:
        raise RosterError("it is in UTF-16, or no text at all: save it as CSV in UTF-8")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RosterError("it is not in UTF-8: save it as CSV in UTF-8") from None


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not blank, each with its line; cells are parted by what parts most headings."""
    first = text.split("\n", 1)[0].strip()
    told = re.fullmatch(r"sep=(.)", first)  # a line of Excel's
    parted = told[1] if told else max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=parted)
    try:
        for cells in reader:
            if (
                len(cells := [cell.strip() for cell in cells])
                and any(cells)
                and not (told and reader.line_num == 1)
            ):
                yield reader.line_num, cells
            if reader.line_num > MAX_PEOPLE:
                raise RosterError(f"it has more than {MAX_PEOPLE} lines")
    except csv.Error as error:
        raise RosterError(f"line {reader.line_num} is no CSV ({error}): save it as CSV in UTF-8") from None


def _heading(cell: str) -> str:
    return re.sub(r"[\W_]+", " ", cell.casefold()).strip()


def _people(rows: Iterable[tuple[int, Row]], column: str) -> tuple[dict[str, Person], list[str]]:
    """Everybody by id, and who is there twice: of those only what all lines agree in is known."""
    people: dict[str, Person] = {}
    lines = defaultdict[str, list[int]](list)
    for number, row in rows:
        if (id_ := utf8(row.get(column, ""))) and row.get("student") != _TEST_STUDENT:
            person = person_of(row, id_)
            people[id_] = common(people[id_], person) if id_ in people else person
            lines[id_].append(number)
    twice = [
        f"{printable(i, 80)} (lines {', '.join(map(str, some))})"
        for i, some in lines.items()
        if len(some) > 1
    ]
    return people, [f"it has more than one line for {_some(twice)}: leave one"] if twice else []


def _nameless(rows: Iterable[tuple[int, Row]], column: str) -> list[str]:
    """Who has no id. (Canvas' export has lines of rules and of points below its headings, and its test student.)"""
    nobody = ("Points Possible", "Manual Posting", _TEST_STUDENT)
    without = [
        f"line {number}"
        for number, row in rows
        if not row.get(column) and not any(cell.startswith(nobody) for cell in row.values())
    ]
    return [f"it has no `{column}` in {_some(without)}"] if without else []


def _shared(roster: Roster) -> Iterator[str]:
    """Keys that mean two people; the same name is no mistake."""
    for kind, word in (("logins", "login"), ("lms", "LMS id"), ("emails", "e-mail address")):
        both = [
            f"{printable(key, 80)} of {' and '.join(printable(id_, 80) for id_ in sorted(ids)[:2])}"
            for key, ids in roster.known(kind).items()
            if len(ids) > 1
        ]
        if both:
            yield f"two people have the same {word}: {_some(both)}"


def _some(items: Sequence[str]) -> str:
    more = f" and {len(items) - _SHOWN} more" if len(items) > _SHOWN else ""
    return ", ".join(items[:_SHOWN]) + more
