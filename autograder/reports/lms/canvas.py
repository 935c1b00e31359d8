"""Canvas: the export of the gradebook. A column is called `<assignment> (<number>)`; above the students one row,
"Points Possible", says how many points each is worth, or that Canvas works a column out and does not read it.
"""

import re

from autograder.intake.people import forms
from autograder.reports.lms.columns import Column, Export, LmsError, heading, number, person
from autograder.reports.lms.sheet import Sheet

_NUMBERED = re.compile(r"(.*?)\s*\(\d+\)")
_LOGINS = ("sis user id", "sis login id", "integration id")


def export(sheet: Sheet) -> Export:
    """The students and the assignments. Raises LmsError."""
    places = {heading(cell): place for place, cell in reversed([*enumerate(sheet.row(0))])}
    if "student" not in places or "id" not in places:
        raise LmsError("it is no export of Canvas' gradebook: that has columns `Student` and `ID`")
    rows = [row for row in range(1, sheet.height) if sheet.cell(row, places["id"])]
    logins = [places[name] for name in _LOGINS if name in places]
    people = {
        row: person(
            (sheet.cell(row, place) for place in logins),
            [sheet.cell(row, places["id"])],
            [forms(sheet.cell(row, places["student"]))],
        )
        for row in rows
    }
    above = range(1, rows[0]) if rows else range(0)
    found = (_NUMBERED.fullmatch(cell.strip()) for cell in sheet.row(0))
    columns = [_column(sheet, place, name[1], above) for place, name in enumerate(found) if name]
    return Export(sheet, people, columns, [places["student"]])


def _column(sheet: Sheet, place: int, title: str, above: range) -> Column:
    worth = next((some for row in above if (some := number(sheet.cell(row, place))) is not None), None)
    doubt = None if worth else "has no points: its cell in the row `Points Possible` is empty or 0"
    return Column(place, title, "points", lambda _: worth, doubt=doubt)
