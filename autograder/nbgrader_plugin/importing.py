"""`nbgrader db student import`, of lists of students as spreadsheets and LMS write them.

nbgrader knows UTF-8 without a byte order mark and commas alone, ends in a traceback by the rest, and of two lines for
one student lets the later one win.
"""

import csv
import tempfile
from pathlib import Path

from nbgrader.apps.dbapp import DbStudentImportApp

from autograder.intake import roster
from autograder.text import printable

_stock_start = DbStudentImportApp.start


def guard() -> None:
    """Replace the command's method; a second time changes nothing."""
    DbStudentImportApp.start = _start


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
    if "id" not in (heading.casefold() for heading in headings):
        raise roster.RosterError("call the column with the gradebook's ids `id`")
    if (doubt := roster.read(path).doubt) is not None:
        raise roster.RosterError(doubt)
    names = [heading.casefold().replace(" ", "_") for heading in headings]
    return [names, *(cells[: len(names)] for _, cells in others)]
