"""`autograder report`: saved grades in any format."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.commands.delivery import deliver, exit_code, export_of, fill, refuse_to_overwrite
from autograder.commands.messages import UNGRADED, USAGE, fault, stop, warn
from autograder.commands.options import FORMAT, LMS, OUTPUT, require_one

if TYPE_CHECKING:
    from autograder.reports.lms import Export


@click.command()
@click.argument("files", metavar="GRADES...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--assignment", metavar="NAME", help="Only the grades of this one.")
@FORMAT
@OUTPUT
@LMS
def report(
    files: Sequence[Path],
    assignment: str | None,
    format_name: str,
    output: Path | None,
    lms: tuple[str, Path] | None,
) -> None:
    """Make a report of saved grades: files that `grade --format jsonl` or `json` wrote.

    Of several grades of a student for one assignment the last counts: that of the later file, in it the later line.
    With --lms the files may be what `nbgrader export` wrote, with penalties and with points that a person gave.

    Exit codes: 0 all graded, 1 usage, 2 a line could not be read, or something is not graded.
    """
    from autograder.reports import _saved as saved

    export = export_of(lms)
    refuse_to_overwrite(output, ())
    try:
        if export is not None:
            _fill_from_gradebook(export, files, assignment, output)
        found = saved.read(files)
    except IsADirectoryError as error:
        raise click.UsageError(
            f"{error.filename} is a folder: `autograder grade` takes it if it holds submissions, "
            "and writes the file of grades that belongs here"
        ) from None
    except OSError as error:
        raise click.UsageError(f"cannot read {error.filename}: {error.strerror}") from None
    for wrong in found.faults:
        fault(wrong)
    grades = [g for g in saved.latest(found.grades) if assignment is None or g.assignment == assignment]
    if not grades and found.faults and not found.grades:
        sys.exit(UNGRADED)
    if not grades:
        of = f" of {assignment}" if assignment else ""
        stop(f"there is no grade{of} in {', '.join(map(str, files))}", UNGRADED if found.faults else USAGE)
    require_one(format_name, len(grades))
    if doubt := saved.doubt(grades):
        warn(doubt)
    complete = deliver(grades, format_name, output, export)
    sys.exit(UNGRADED if found.faults or not complete else exit_code(grades, None))


def _fill_from_gradebook(
    export: "Export", files: Sequence[Path], assignment: str | None, output: Path | None
) -> None:
    """Fill the export and end, if the files are what `nbgrader export` wrote. Raises OSError."""
    from autograder.reports.lms import LmsError, of_gradebook

    try:
        marks = of_gradebook(files)
        if marks is None:
            return
        chosen = [mark for mark in marks if assignment in (None, mark.assignment)]
        if not chosen:
            of = f" of {assignment}" if assignment else ""
            stop(f"there is no grade{of} in {', '.join(map(str, files))}", USAGE)
        complete = fill(export, chosen, output)
    except (LmsError, ValueError) as error:
        stop(f"{error}. Nothing was filled in", USAGE)
    sys.exit(0 if complete else UNGRADED)
