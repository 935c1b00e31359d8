"""Where grades go: a report in a file or on standard output, or an LMS's own export."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from autograder.commands.messages import BELOW, UNGRADED, USAGE, fault, note, stop
from autograder.output import replace, show

if TYPE_CHECKING:
    from autograder.reports.lms import Export, Mark
    from autograder.results import Grade

_NO_REPORTS = (".ipynb", ".db", ".py", ".zip", ".toml", ".cfg")
_FOR_A_TERMINAL = ("table", "markdown")  # in its encoding; all others are documents in UTF-8


def export_of(lms: tuple[str, Path] | None) -> "Export | None":
    """The LMS's export, read before time is spent on grades."""
    if lms is None:
        return None
    from autograder.reports.lms import LmsError, read

    if click.get_current_context().get_parameter_source("format_name") is not ParameterSource.DEFAULT:
        raise click.UsageError("--lms writes the LMS's own file: leave out --format")
    try:
        return read(*lms)
    except LmsError as error:
        raise click.UsageError(f"{lms[1]}: {error}") from None


def refuse_to_overwrite(output: Path | None, read: Iterable[Path | None]) -> None:
    """Let a report take no place of a file that is certainly none, or that this command reads."""
    if output is None or not output.is_file():
        return
    if any(path is not None and path.is_file() and path.samefile(output) for path in read):
        raise click.UsageError(f"--output {output} is a file that this command reads: name another one")
    if output.suffix in _NO_REPORTS or output.name.startswith(".") or _is_journal(output):
        raise click.UsageError(f"--output {output} is no report: name another file, or delete this one first")


def _is_journal(path: Path) -> bool:
    """Whether it is what `--journal` keeps: no line of `--format jsonl` has a key."""
    try:
        with path.open("rb") as file:
            return b'"key": "' in file.readline(1 << 20)
    except OSError:
        return False


def deliver(
    grades: Sequence["Grade"], format_name: str, output: Path | None, export: "Export | None"
) -> bool:
    """Write the report or fill the export; returns whether every grade is in it."""
    if export is None:
        report(grades, format_name, output)
        return True
    from autograder.reports.lms import LmsError, of_grades

    try:
        return fill(export, of_grades(grades), output)
    except LmsError as error:
        report(grades, format_name, None)  # nothing that was graded is lost
        stop(f"{error}. Nothing was filled in; the grades are on standard output", USAGE)


def fill(export: "Export", marks: Sequence["Mark"], output: Path | None) -> bool:
    """Fill the export; returns whether everybody's points are in it. Raises LmsError."""
    from autograder.reports import lms

    filled = lms.fill(export, marks)
    for remark in filled.remarks:
        note(f"{remark}.")
    for wrong in filled.faults:
        fault(f"{wrong}.")
    _write(lambda: [filled.text], output)
    return not filled.faults


def report(grades: Sequence["Grade"], format_name: str, output: Path | None) -> None:
    """Write the report into a file, or show it."""
    from autograder.reports import pieces

    _write(partial(pieces, format_name, grades), output, format_name not in _FOR_A_TERMINAL)


def _write(pieces: Callable[[], Iterable[str]], output: Path | None, in_utf8: bool = True) -> None:
    if output is None:
        try:
            show(pieces(), in_utf8)
        except OSError as error:
            stop(f"cannot write the report: {error.strerror}", USAGE)
        return
    try:
        replace(output, pieces())
    except OSError as error:
        show(pieces(), in_utf8)  # nothing that was graded is lost
        stop(f"cannot write {output}: {error.strerror}; the report is on standard output", USAGE)


def exit_code(grades: Iterable["Grade"], fail_under: float | None) -> int:
    """0 all graded, 2 something was not, 3 a score is below `fail_under` per cent."""
    grades = list(grades)
    if any(grade.status == "error" for grade in grades):
        return UNGRADED
    if fail_under is not None and any((grade.percent or 0.0) < fail_under for grade in grades):
        return BELOW
    return 0
