"""`nbgrader db`: lists of students as spreadsheets and LMS write them, and due dates that mean one day.

nbgrader knows UTF-8 without a byte order mark and commas alone, ends in a traceback by the rest, and of two lines for
one student lets the later one win. It takes 10.11.2026 for the 11th of October, and any name for an assignment's.
"""

import csv
import re
import tempfile
from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.apps.dbapp import DbAssignmentAddApp, DbStudentImportApp

from autograder.intake import roster, times
from autograder.intake.people import EMAILS, FIRST, LAST, LMS
from autograder.nbgrader_plugin.folders import zone
from autograder.text import printable

_stock_start, _stock_add = DbStudentImportApp.start, DbAssignmentAddApp.start
_COLUMNS = ("id", "first_name", "last_name", "email", "lms_user_id")  # that nbgrader knows
_CALLED = {
    **dict.fromkeys(FIRST, "first_name"),
    **dict.fromkeys(LAST, "last_name"),
    **dict.fromkeys(EMAILS, "email"),
    **dict.fromkeys(LMS, "lms_user_id"),
}
_OF_LMS_ALONE = ("identifier", "student")  # "Participant 12345"
_WRITE = "write 2026-11-10 09:00:00 +0100, or UTC or Europe/Berlin at its end"


def guard() -> None:
    """Replace the commands' methods; a second time changes nothing."""
    DbStudentImportApp.start = _start
    DbAssignmentAddApp.start = _add


def _add(app: DbAssignmentAddApp) -> None:
    """Take an assignment that there is, and a due date that cannot be another one."""
    course, names = app.coursedir, app.extra_args
    if app.duedate:
        due = times.moment(app.duedate, zone(course))
        if due is None:
            app.fail("%s", f"The due date {printable(app.duedate)} could be another moment: {_WRITE}")
        app.duedate = f"{due:%Y-%m-%d %H:%M:%S} UTC"  # nbgrader misreads +0100, and passes by +01:00
    if len(names) == 1 and not Path(course.format_path(course.source_directory, ".", names[0])).is_dir():
        there = sorted(
            path.name for path in Path(course.format_path(course.source_directory, ".", ".")).glob("*/")
        )
        app.fail(
            "%s", f"There is no assignment {printable(names[0])} (there are: {', '.join(there) or 'none'})"
        )
    _stock_add(app)
    if app.duedate:
        _mention_penalties(app, names[0])


def _mention_penalties(app: DbAssignmentAddApp, name: str) -> None:
    """Say what a due date changes only when those who are graded already are graded again."""
    with Gradebook(app.coursedir.db_url, app.coursedir.course_id) as gradebook:
        if gradebook.find_assignment(name).submissions:
            app.log.warning(
                "Penalties follow it after `nbgrader autograde %s`, and are as before until then", name
            )


def _start(app: DbStudentImportApp) -> None:
    """Import a clean copy of the list, or nothing."""
    paths = [Path(name) for name in app.extra_args]
    if len(paths) != 1 or not paths[0].exists():
        _stock_start(app)  # says so
        return
    try:
        lines = _clean(paths[0])
    except roster.RosterError as error:
        app.fail("%s", f"{printable(str(paths[0]), 1000)}: {error}. Nothing was imported")
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / paths[0].name
        with copy.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(lines)
        app.extra_args = [str(copy)]
        _stock_start(app)


def _clean(path: Path) -> list[list[str]]:
    """The lines of the list, the headings as nbgrader writes them. Raises RosterError."""
    (_, headings), *others = roster.rows(path)
    known = roster.read(path)
    if known.doubt is not None:
        raise roster.RosterError(known.doubt)
    names = [re.sub(r"[\W_]+", "_", heading.casefold()) for heading in headings]
    if names[known.column] in _OF_LMS_ALONE:
        raise roster.RosterError("call the column with the gradebook's ids `id`")
    names = ["lms_user_id" if name == "id" else _CALLED.get(name.replace("_", " "), name) for name in names]
    names[known.column] = "id"
    rows = (dict(zip(names, cells, strict=False)) for _, cells in others)
    people = [_with_name(row) for row in rows if row.get("id") in known.people]
    columns = [name for name in _COLUMNS if any(name in person for person in people)]
    return [columns, *([person.get(name, "") for name in columns] for person in people)]


def _with_name(row: dict[str, str]) -> dict[str, str]:
    """A line in which Canvas writes "Lovelace, Ada"."""
    last, comma, first = row.get("student", "").partition(", ")
    return {"first_name": first, "last_name": last} | row if comma else row
