"""Moodle: the grading worksheet of an assignment, which says how many points it is worth, or the export of the
gradebook, which does not: its columns are called `Assignment: <name> (Real)` or `(Percentage)`.
"""

import re

from autograder.intake.people import Person, forms
from autograder.reports.lms.columns import Column, Export, LmsError, heading, number, person
from autograder.reports.lms.sheet import Sheet

_TITLED = re.compile(r"(?:[^:]*:\s*)?(.*?)\s*\(([^()]*)\)")
_PERCENT = re.compile("p(?:er|or|our|ro)[cz]ent", re.IGNORECASE)
_REAL = re.compile("real|point|punkt|punt|réel|reel", re.IGNORECASE)
_NOT_READ = re.compile(r"(course|category) total", re.IGNORECASE)
_LOGINS = ("id number", "email address", "username")

Places = dict[str, int]


def export(sheet: Sheet) -> Export:
    """The students and the assignments. Raises LmsError."""
    places = {heading(cell): place for place, cell in reversed([*enumerate(sheet.row(0))])}
    if not {"full name", "first name", "email address"} & places.keys():
        raise LmsError(
            "it is no grading worksheet and no export of the gradebook: these have columns `Full name` or "
            "`First name`, and `Email address`. Set Moodle to English when you export"
        )
    people = {row: _person(sheet, row, places) for row in range(1, sheet.height) if any(sheet.row(row))}
    whole = "grade" in places and "maximum grade" in places
    columns = [_of_worksheet(sheet, places, list(people))] if whole else _of_gradebook(sheet)
    names = ("full name",) if "full name" in places else ("first name", "last name", "surname")
    return Export(sheet, people, columns, [places[name] for name in names if name in places])


def _person(sheet: Sheet, row: int, places: Places) -> Person:
    def cell(name: str) -> str:
        return sheet.cell(row, places[name]) if name in places else ""

    last = cell("last name") or cell("surname")
    participant = re.search(r"\d+$", cell("identifier"))  # "Participant 12345"
    return person(
        map(cell, _LOGINS),
        [participant[0]] if participant else [],
        [forms(cell("full name")), forms(f"{cell('first name')} {last}")],
    )


def _of_worksheet(sheet: Sheet, places: Places, rows: list[int]) -> Column:
    def out_of(row: int) -> float | None:
        return number(sheet.cell(row, places["maximum grade"]))

    lacking = [row + 1 for row in rows if not out_of(row)]
    doubt = f"has no maximum in row {lacking[0]}: `Maximum Grade` is empty, 0 or a scale" if lacking else None
    return Column(places["grade"], None, "points", out_of, doubt=doubt)


def _of_gradebook(sheet: Sheet) -> list[Column]:
    titled = ((place, _TITLED.fullmatch(cell.strip())) for place, cell in enumerate(sheet.row(0)))
    return [
        column
        for place, found in titled
        if found and not _NOT_READ.match(found[1]) and (column := _column(sheet, place, found[1], found[2]))
    ]


def _column(sheet: Sheet, place: int, title: str, kind: str) -> Column | None:
    """A column of points or per cent; letters and feedback are Moodle's."""
    if _PERCENT.search(kind):
        shown = any(sheet.cell(row, place).endswith("%") for row in range(1, sheet.height))
        return Column(place, title, "percent", lambda _: 100.0, " %" if shown else "")
    return Column(place, title, "points", lambda _: None) if _REAL.match(kind) else None
