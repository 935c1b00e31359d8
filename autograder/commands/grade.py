"""`autograder grade`."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.commands.delivery import deliver, exit_code, export_of, refuse_to_overwrite
from autograder.commands.messages import UNGRADED, fault, note, warn
from autograder.commands.options import (
    ASSIGNMENT,
    COURSE,
    FORMAT,
    JOBS,
    LMS,
    OF_ONE,
    OUTPUT,
    SECRET_FILE,
    own,
    require_assignment,
    require_one,
)
from autograder.commands.running import interruptible, journal_in, processes, with_progress

if TYPE_CHECKING:
    from autograder.course.own import Own
    from autograder.grading.batch import Settings, Worked
    from autograder.intake.found import Found
    from autograder.results import Grade, Hints


class Careful(click.Command):
    """A command that takes no order to trust the code from a file's name, as in `grade *`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the words; `--unsafe-own-code` must stand before the first path, and be no file's name here."""
        given = list(args)
        rest = super().parse_args(ctx, args)
        if ctx.params["unsafe_own_code"]:
            ctx.allow_interspersed_args = False
            before, _, _ = self.make_parser(ctx).parse_args(given)
            if not before.get("unsafe_own_code") or os.path.lexists("--unsafe-own-code"):
                raise click.UsageError(
                    "--unsafe-own-code must stand before the first path, in a folder without a file of that name: "
                    "for the files that are here write `autograder grade -- *`",
                    ctx,
                )
        return rest


@click.command(cls=Careful)
@click.argument("paths", metavar="PATH...", nargs=-1, type=click.Path(path_type=Path))
@COURSE
@ASSIGNMENT
@FORMAT
@OUTPUT
@LMS
@JOBS
@click.option(
    "--journal",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.jsonl",
    help="Keep each grade here as soon as it is known; what is in it is not graded again.",
)
@click.option("--cluster", metavar="ADDRESS", help="Grade on the workers of this Dask scheduler.")
@click.option(
    "--cluster-without-tls",
    is_flag=True,
    help="Send the secret there unencrypted: only in a network in which nobody can listen.",
)
@click.option(
    "--roster",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE.csv",
    help="Who is in the course: students get the gradebook's ids, and who handed in nothing is listed.",
)
@click.option(
    "--hints",
    type=click.Choice(("none", "cause", "line")),
    default="line",
    show_default=True,
    help="Tell causes and examples of mistakes, and the line if one edit mends it.",
)
@click.option(
    "--fail-under", type=click.FloatRange(0, 100), metavar="PERCENT", help="Exit with 3 below this score."
)
@SECRET_FILE
@click.option(
    "--unsafe-own-code", is_flag=True, help="No isolation at all: only for code that you wrote yourself."
)
def grade(
    paths: Sequence[Path],
    course: Path | None,
    assignment: str | None,
    format_name: str,
    output: Path | None,
    lms: tuple[str, Path] | None,
    jobs: int | None,
    journal: Path | None,
    cluster: str | None,
    cluster_without_tls: bool,
    roster: Path | None,
    hints: "Hints",
    fail_under: float | None,
    secret_file: Path | None,
    unsafe_own_code: bool,
) -> None:
    """Grade notebooks, folders submitted/STUDENT/ASSIGNMENT/ASSIGNMENT.ipynb, or zip files of them.

    Archives that an LMS made are understood as zip files and unpacked. Another zip file given alone may hold a class;
    of several, each is the work of the student that it is named after.

    Exit codes: 0 all graded, 1 usage, 2 something could not be graded, 3 below --fail-under.
    """
    from autograder.grading.batch import grade_all

    _refuse_contradictions(format_name, unsafe_own_code, jobs, cluster, roster)
    paths = _paths(paths, course)
    refuse_to_overwrite(output, (*paths, roster, secret_file, journal))
    require_assignment(assignment)
    export = export_of(lms)
    points = own(course, assignment)  # before a secret is made: this may be no course
    found, roster_fault = _found(paths, assignment, points, format_name, roster)
    settings = _settings(course, assignment, points, secret_file, hints, unsafe_own_code)
    worked = _worked(settings, jobs, len(found), cluster, cluster_without_tls)
    hand_over = partial(deliver, format_name=format_name, output=output, export=export)
    with journal_in(journal) as kept, interruptible() as interruption:
        numbered = interruption.until(grade_all(found, settings, worked, kept))
        grades, complete = _delivered(numbered, found, settings, format_name, hand_over)
    if course is None:
        _mention_course(paths)
    sys.exit(UNGRADED if roster_fault or not complete else exit_code(grades, fail_under))


def _delivered(
    numbered: Iterator[tuple[int, "Grade"]],
    found: Sequence["Found"],
    settings: "Settings",
    format_name: str,
    hand_over: Callable[[Sequence["Grade"]], bool],
) -> tuple[list["Grade"], bool]:
    """The grades, and whether all of them were handed over: what was graded, also after Ctrl-C."""
    from autograder.grading.batch import unreached
    from autograder.results import Shared

    graded, shared, complete = dict[int, "Grade"](), Shared(), True
    try:
        graded.update((number, shared(one)) for number, one in with_progress(numbered, len(found)))
    except Exception as error:
        if format_name in OF_ONE and not graded:  # a program waits for the file
            graded[0] = unreached(settings, found[0], str(error))
        raise
    finally:
        grades = [graded[number] for number in sorted(graded)]
        if grades:
            complete = hand_over(grades)
        if len(grades) < len(found):
            warn(f"only {len(grades)} of {len(found)} submissions were reached")
    return grades, complete


def _refuse_contradictions(
    format_name: str, unsafe_own_code: bool, jobs: int | None, cluster: str | None, roster: Path | None
) -> None:
    if cluster is not None and (unsafe_own_code or jobs):
        other = "--unsafe-own-code" if unsafe_own_code else "--jobs"
        raise click.UsageError(f"--cluster grades on workers in their sandboxes: leave out {other}")
    if roster is not None and format_name in OF_ONE:
        raise click.UsageError(f"--roster is for a class, and --format {format_name} for one submission")


def _paths(paths: Sequence[Path], course: Path | None) -> Sequence[Path]:
    """What to look through: without a word on it, what was handed in to the course."""
    from autograder.course.folder import SUBMITTED

    if paths:
        return paths
    if course is None:
        raise click.UsageError("Missing argument 'PATH...'.")
    handed_in = course / SUBMITTED
    if not handed_in.exists():
        raise click.ClickException(
            f"nothing has been handed in to this course: there is no folder {handed_in}"
        )
    return [handed_in]


def _mention_course(paths: Sequence[Path]) -> None:
    """Say where an exercise that the course left out counted as missing: at the end, where it is read."""
    from autograder.course.folder import points_elsewhere

    if said := points_elsewhere(paths, "--course"):
        warn(said)


def _settings(
    course: Path | None,
    assignment: str | None,
    points: tuple["Own", ...],
    secret_file: Path | None,
    hints: "Hints",
    unsafe_own_code: bool,
) -> "Settings":
    """What all submissions have in common; doubts about it are said."""
    from autograder.course.folder import another_version, made_with
    from autograder.grading import secret
    from autograder.grading.batch import Settings

    if unsafe_own_code:
        warn(
            "--unsafe-own-code: the notebooks run WITHOUT isolation, with all your rights, and can forge their grade."
        )
    if secret_file is None and (doubt := secret.doubt(course)):
        warn(doubt)
    try:
        settings = Settings(
            secret.load(secret_file, course, note), assignment, unsafe_own_code, points, hints
        )
    except secret.SecretError as error:
        raise click.UsageError(str(error)) from None
    if course is not None and (other := another_version(made_with(course))):
        warn(other)
    return settings


def _found(
    paths: Sequence[Path],
    assignment: str | None,
    points: tuple["Own", ...],
    format_name: str,
    roster: Path | None,
) -> tuple[list["Found"], str | None]:
    """What was handed in, and what is the matter with the roster."""
    from autograder.grading import own_points
    from autograder.intake.discovery import discover_all

    found = discover_all(paths, assignment, format_name in OF_ONE, own_points.left_out(points))
    require_one(format_name, len(found))
    return _enrolled(found, roster, assignment)


def _worked(settings: "Settings", jobs: int | None, count: int, cluster: str | None, plain: bool) -> "Worked":
    """Where the grading is done: here, or on a cluster."""
    from autograder.grading.batch import here

    if cluster is not None:
        from autograder.grading.cluster import on_cluster

        return on_cluster(settings, cluster, note, plain)
    return here(settings, processes(jobs, count))


def _enrolled(
    found: list["Found"], path: Path | None, assignment: str | None
) -> tuple[list["Found"], str | None]:
    """What was found, under the ids of the roster; and what is the matter with it, which costs nobody a grade."""
    from autograder.intake import enrolment
    from autograder.intake.roster import RosterError, read
    from autograder.text import printable

    if path is None:
        return found, None
    doubt = None
    try:
        roster = read(path)
        found, doubt = enrolment.enrolled(found, roster, assignment), roster.doubt
        strangers = dict.fromkeys(str(one.student) for one in found if enrolment.STRANGER in one.notes)
        if strangers:
            warn(f"not in the roster {path}: {printable(', '.join(strangers), 500)}")
    except RosterError as error:
        doubt = f"{error}. It was not used"
    if doubt:
        fault(f"the roster {path}: {doubt}.")
    return found, doubt
