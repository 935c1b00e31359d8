"""The columns of an LMS's export: which one an assignment goes into, and what a grade is there."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from autograder.intake.people import Person
from autograder.reports.lms.marks import Mark
from autograder.reports.lms.sheet import Sheet
from autograder.text import points, printable

_NUMBER = re.compile(r"(\d+(?:[.,]\d+)?) ?%?")


class LmsError(ValueError):
    """Why an export is of no use, in a sentence that names the cure."""


@dataclass(frozen=True)
class Column:
    """A column of grades.

    title: what the LMS calls the assignment; None if the whole file is about one.
    kind: what a column says of an assignment; two of one title and kind are one too many.
    out_of: for how many points a row's grade is; None if the file does not say.
    doubt: why nothing can be written there.
    """

    index: int
    title: str | None
    kind: str
    out_of: Callable[[int], float | None]
    suffix: str = ""
    doubt: str | None = None


@dataclass(frozen=True)
class Export:
    """An export: its students by row, and its columns of grades.

    named: the columns that say what a student is called.
    """

    sheet: Sheet
    people: Mapping[int, Person]
    columns: Sequence[Column]
    named: Sequence[int]

    def title(self, row: int) -> str:
        """What the LMS calls the student of a row."""
        return (
            " ".join(filter(None, (self.sheet.cell(row, place) for place in self.named))) or f"row {row + 1}"
        )

    def of(self, assignments: Sequence[str]) -> dict[str, list[Column]]:
        """The columns of each assignment: several if they say the same grade in several ways. Raises LmsError."""
        chosen = {name: self._of(name) for name in assignments}
        for name, some in chosen.items():
            other = next((o for o in chosen if o != name and chosen[o] == some), None)
            if other:
                raise LmsError(f"{name} and {other} would go into one column: choose one with --assignment")
        return chosen

    def _of(self, assignment: str) -> list[Column]:
        found = _best(assignment, self.columns)
        if not found:
            there = ", ".join(dict.fromkeys(f"`{c.title}`" for c in self.columns)) or "none"
            raise LmsError(
                f"no column is called like the assignment {assignment}; columns of grades: {printable(there)}"
            )
        twice = len({c.title for c in found}) > 1 or len({c.kind for c in found}) < len(found)
        if twice:
            names = " and ".join(f"`{self.sheet.cell(0, c.index)}`" for c in found[:3])
            raise LmsError(
                f"several columns may be the assignment {assignment}: {printable(names)}; leave one"
            )
        for column in found:
            if column.doubt:
                raise LmsError(f"the column `{printable(self.sheet.cell(0, column.index))}` {column.doubt}")
        return found

    def put(self, row: int, column: Column, mark: Mark) -> None:
        """Write the points so far, with a decimal comma where the column has one."""
        whole = column.out_of(row)
        score = mark.score or 0.0
        text = points(score if whole is None else score / mark.max_score * whole)
        cells = (self.sheet.cell(n, column.index) for n in range(1, self.sheet.height))
        comma = any("," in cell and number(cell) is not None for cell in cells)
        self.sheet.put(row, column.index, (text.replace(".", ",") if comma else text) + column.suffix)


def _best(assignment: str, columns: Sequence[Column]) -> list[Column]:
    """The columns that are called so; if there are none, those in whose title the name stands as words."""
    name = _words(assignment)
    exact = [c for c in columns if c.title is None or _words(c.title) == name]
    return exact or [c for c in columns if f" {name} " in f" {_words(c.title or '')} "]


def _words(text: str) -> str:
    return heading(text)


def heading(cell: str) -> str:
    """A heading in small letters, its words parted by single blanks."""
    return re.sub(r"[\W_]+", " ", cell.casefold()).strip()


def number(cell: str) -> float | None:
    """The number in a cell, which may be written with a decimal comma or as a percentage."""
    found = _NUMBER.fullmatch(cell.strip())
    return float(found[1].replace(",", ".")) if found else None


def person(logins: Iterable[str], lms: Iterable[str], names: Iterable[frozenset[str]]) -> Person:
    """One who is in the export. An address may say a login as well: what stands before its @."""
    logins = {login for login in logins if login}
    emails = {login for login in logins if "@" in login}
    return Person(
        logins=frozenset(logins),
        lms=frozenset(filter(None, lms)),
        emails=frozenset(email.casefold() for email in emails),
        names=frozenset[str]().union(*names),
        mailboxes=frozenset(email.split("@")[0] for email in emails),
    )
