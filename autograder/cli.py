"""The command `autograder`. Imports are lazy: `autograder --help` must not wait for numpy."""

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TypeVar

import click
from click.core import ParameterSource

from autograder import __version__
from autograder.output import alive

if TYPE_CHECKING:
    from autograder.course.own import Own
    from autograder.grading.journal import Journal
    from autograder.intake.found import Found
    from autograder.reports.lms import Export
    from autograder.results import Grade, Hints
    from autograder.signals import Interruption

T = TypeVar("T")
USAGE, UNGRADED, BELOW = 1, 2, 3  # exit codes; 0: all graded
# By hand, since the package that knows them (and numpy) is slow to import; tests hold both equal.
OF_ONE = ("gradescope", "github", "prairielearn")  # formats for exactly one submission
FORMATS = ("table", "json", "jsonl", "csv", "html", "markdown", "junit", *OF_ONE)
FOR_A_TERMINAL = ("table", "markdown")  # in its encoding; all others are documents in UTF-8
SYSTEMS = ("canvas", "moodle")
PLATFORMS = ("gradescope", "github", "gitlab", "container")

_FORMAT = click.option(
    "--format", "format_name", type=click.Choice(FORMATS), default="table", show_default=True
)
_OUTPUT = click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write the report here."
)
_LMS = click.option(
    "--lms",
    type=(click.Choice(SYSTEMS), click.Path(exists=True, dir_okay=False, path_type=Path)),
    metavar="SYSTEM EXPORT.csv",
    help="Instead of a report: fill the grades into what canvas or moodle exported.",
)
_ASSIGNMENT = click.option(
    "--assignment", metavar="NAME", help="Only this one, whatever files and folders are called."
)
_COURSE = click.option(
    "--course",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="Points and exercises as in the course's own notebooks; `grade` without PATH: what lies in DIR/submitted.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="autograder")
def cli() -> None:
    """Grade notebooks on vanishing and exploding gradients and on weight initialisation."""


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


@cli.command(cls=Careful)
@click.argument("paths", metavar="PATH...", nargs=-1, type=click.Path(path_type=Path))
@_COURSE
@_ASSIGNMENT
@_FORMAT
@_OUTPUT
@_LMS
@click.option("--jobs", type=click.IntRange(1, 1024), help="Grade in N processes; without it, in one a core.")
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
@click.option("--secret-file", type=click.Path(path_type=Path), help="Hidden inputs follow from this file.")
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
    from autograder.course.folder import another_version, made_with
    from autograder.grading import secret
    from autograder.grading.batch import Settings, grade_all, here, unreached
    from autograder.grading.cluster import on_cluster
    from autograder.intake.discovery import discover_all
    from autograder.results import Shared

    if not paths:
        if course is None:
            raise click.UsageError("Missing argument 'PATH...'.")
        paths = [course / "submitted"]
    _require_assignment(assignment)
    if unsafe_own_code:
        _warn(
            "--unsafe-own-code: the notebooks run WITHOUT isolation, with all your rights, and can forge their grade."
        )
    if secret_file is None and (doubt := secret.doubt(course)):
        _warn(doubt)
    try:
        settings = Settings(
            secret.load(secret_file, course, _note), assignment, unsafe_own_code, _own(course), hints
        )
    except secret.SecretError as error:
        raise click.UsageError(str(error)) from None
    if course is not None and (other := another_version(made_with(course))):
        _warn(other)
    if cluster is not None and (unsafe_own_code or jobs):
        other = "--unsafe-own-code" if unsafe_own_code else "--jobs"
        raise click.UsageError(f"--cluster grades on workers in their sandboxes: leave out {other}")
    if roster is not None and format_name in OF_ONE:
        raise click.UsageError(f"--roster is for a class, and --format {format_name} for one submission")
    export = _export(lms)
    found = discover_all(paths, assignment, alone=format_name in OF_ONE)
    _require_one(format_name, len(found))
    found, roster_fault = _enrolled(found, roster, assignment)
    if cluster is None:
        worked = here(settings, _processes(jobs, len(found)))
    else:
        worked = on_cluster(settings, cluster, _note, cluster_without_tls)
    graded: dict[int, Grade] = {}
    complete, shared = True, Shared()
    with _journal(journal) as kept, _interruptible() as stop:
        numbered = stop.until(grade_all(found, settings, worked, kept))
        try:
            graded.update((number, shared(one)) for number, one in _with_progress(numbered, len(found)))
        except Exception as error:
            if format_name in OF_ONE and not graded:  # a program waits for the file
                graded[0] = unreached(settings, found[0], str(error))
            raise
        finally:  # also after Ctrl-C: nothing that was graded is lost
            grades = [graded[number] for number in sorted(graded)]
            if grades:
                complete = _deliver(grades, format_name, output, export)
            if len(grades) < len(found):
                _warn(f"only {len(grades)} of {len(found)} submissions were reached")
    sys.exit(UNGRADED if roster_fault or not complete else exit_code(grades, fail_under))


def _own(course: Path | None) -> tuple["Own", ...]:
    """What the notebooks of a course say of points and exercises."""
    from autograder.course.own import CourseError, of_folder

    try:
        return of_folder(course) if course is not None else ()
    except CourseError as error:
        _stop(f"the course {course}: {error}", USAGE)


def _enrolled(
    found: list["Found"], path: Path | None, assignment: str | None
) -> tuple[list["Found"], str | None]:
    """What was found, under the ids of the roster; and what is the matter with it, which costs nobody a grade."""
    from autograder.intake import enrolment
    from autograder.intake.roster import RosterError, read

    if path is None:
        return found, None
    fault = None
    try:
        roster = read(path)
        found, fault = enrolment.enrolled(found, roster, assignment), roster.doubt
    except RosterError as error:
        fault = f"{error}. It was not used"
    if fault:
        click.echo(f"Error: the roster {path}: {fault}.", err=True)
    return found, fault


def _require_one(format_name: str, count: int) -> None:
    """Refuse a format of one submission for a class, before time is spent on grading it."""
    if format_name in OF_ONE and count != 1:
        raise click.UsageError(
            f"--format {format_name} takes exactly one submission, and there are {count}: "
            "grade them one by one, or use html, csv or jsonl for a class"
        )


@cli.command()
@click.argument(
    "files", metavar="GRADES...", nargs=-1, required=True, type=click.Path(dir_okay=False, path_type=Path)
)
@click.option("--assignment", metavar="NAME", help="Only the grades of this one.")
@_FORMAT
@_OUTPUT
@_LMS
def report(
    files: Sequence[Path],
    assignment: str | None,
    format_name: str,
    output: Path | None,
    lms: tuple[str, Path] | None,
) -> None:
    """Make a report of saved grades: files that `grade --format jsonl` or `json` wrote.

    Of several grades of a student for one assignment the last counts: that of the later file, in it the later line.

    Exit codes: 0 all graded, 1 usage, 2 a line could not be read, or something is not graded.
    """
    from autograder.reports import _saved as saved

    export = _export(lms)
    try:
        found = saved.read(files)
    except OSError as error:
        raise click.UsageError(f"cannot read {error.filename}: {error.strerror}") from None
    for fault in found.faults:
        click.echo(f"Error: {fault}", err=True)
    grades = [g for g in saved.latest(found.grades) if assignment is None or g.assignment == assignment]
    if not grades:
        of = f" of {assignment}" if assignment else ""
        _stop(f"there is no grade{of} in {', '.join(map(str, files))}", UNGRADED if found.faults else USAGE)
    _require_one(format_name, len(grades))
    if doubt := saved.doubt(grades):
        _warn(doubt)
    complete = _deliver(grades, format_name, output, export)
    sys.exit(UNGRADED if found.faults or not complete else exit_code(grades, None))


@cli.command()
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), help="The folder for the course.")
@click.option("--jobs", type=click.IntRange(1, 1024), help="Grade in N processes; without it, in one a core.")
def demo(output: Path | None, jobs: int | None) -> None:
    """Build a class of students, honest, mistaken and hostile, and grade it."""
    import tempfile

    from autograder.demo.cohort import build
    from autograder.grading import secret
    from autograder.grading.batch import Settings, grade_all, here
    from autograder.intake.discovery import discover_all

    folder = output or Path(tempfile.mkdtemp(prefix="depth150-demo-"))
    submitted = build(folder)
    found = discover_all([submitted])
    settings = Settings(secret.load(secret.create(folder / secret.NAME)))
    numbered = grade_all(found, settings, here(settings, _processes(jobs, len(found))))
    graded = dict(_with_progress(numbered, len(found)))
    grades = [graded[number] for number in sorted(graded)]
    _report(grades, "table", None)
    for format_name, name in (("json", "results.json"), ("html", "report.html")):
        _report(grades, format_name, folder / name)
    click.echo(f"The course, its submissions, results.json and report.html lie in {folder}")


@cli.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Make a course folder: notebooks with solutions, nbgrader's configuration, the order of commands."""
    from autograder.course.folder import make

    make(folder)
    click.echo(f"A new course lies in {folder}. Its README.md says what to do next.")


@cli.command()
@click.argument("platform", type=click.Choice(PLATFORMS))
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--assignment", metavar="NAME", help="The one assignment that counts there.")
@_COURSE
@click.option("--repository", metavar="OWNER/NAME", help="For github and gitlab: where you keep the grader.")
@click.option(
    "--secret-file", type=click.Path(path_type=Path), help="For gradescope: decides the hidden inputs."
)
def package(
    platform: str,
    folder: Path,
    assignment: str | None,
    course: Path | None,
    repository: str | None,
    secret_file: Path | None,
) -> None:
    """Write what a platform needs to grade, ready to upload, into a new folder.

    It holds this version of the grader as a wheel, with the solutions, and a README that says what goes where. For
    gradescope it holds the secret as well. Keep it to yourself.
    """
    from autograder import platforms
    from autograder.grading import secret

    _require_assignment(assignment)
    if repository is not None and not re.fullmatch(r"[\w.-]+(/[\w.-]+)+", repository):
        raise click.UsageError(f"--repository {repository!r} is not of the form OWNER/NAME")
    try:
        hidden = secret.load(secret_file, course, _note) if platform == "gradescope" else b""
        settings = platforms.Settings(assignment, repository, hidden, _own(course))
        upload = platforms.write(platform, folder, settings)
    except (platforms.PackageError, secret.SecretError) as error:
        raise click.UsageError(str(error)) from None
    except OSError as error:
        _stop(f"cannot write {error.filename or folder}: {error.strerror}", USAGE)
    click.echo(f"{upload} is ready; {folder / 'README.md'} says what to do with it")


def _require_assignment(name: str | None) -> None:
    from autograder.course import notebooks

    if name is not None and name not in notebooks.assignments():
        raise click.UsageError(
            f"there is no assignment {name!r}; there are {', '.join(notebooks.assignments())}"
        )


@cli.command()
def doctor() -> None:
    """Show what isolation this machine can enforce, and the command that mends what is missing."""
    from autograder.reports.table import layers
    from autograder.sandbox import Isolation, SandboxUnavailable, enforceable, probe

    found = probe()
    click.echo(layers(found), nl=False)
    try:
        click.echo(f"Isolation in force: {enforceable(found)[0].value}")
    except SandboxUnavailable as error:
        click.echo(f"Isolation in force: {Isolation.NONE.value}. {error}")
        sys.exit(UNGRADED)


def _processes(wanted: int | None, count: int) -> int:
    """In how many processes so many submissions are graded; says so if there is no memory for as many as wanted."""
    from autograder.grading import machine

    jobs = min(machine.jobs(wanted), count)
    if wanted and jobs < min(wanted, count):
        _warn(f"there is memory for {jobs} of {wanted} jobs: each may take {machine.PER_JOB >> 20} MiB")
    return jobs


def exit_code(grades: Iterable["Grade"], fail_under: float | None) -> int:
    """0 all graded, 2 something was not, 3 a score is below `fail_under` per cent."""
    grades = list(grades)
    if any(grade.status == "error" for grade in grades):
        return UNGRADED
    if fail_under is not None and any((grade.percent or 0.0) < fail_under for grade in grades):
        return BELOW
    return 0


@contextmanager
def _journal(path: Path | None) -> Iterator["Journal | None"]:
    """The journal in this file, if there is to be one."""
    from autograder.grading.journal import Codec, Journal, JournalError
    from autograder.reports.json import as_dict, from_dict

    if path is None:
        yield None
        return
    try:
        journal = Journal(path, Codec(as_dict, from_dict), _warn)
    except JournalError as error:
        raise click.UsageError(str(error)) from None
    with journal:
        yield journal


@contextmanager
def _interruptible() -> Iterator["Interruption"]:
    """Ctrl-C, SIGTERM and SIGHUP end what is within, after it has put away what was done; the exit code says so."""
    from autograder.signals import Interrupted, Interruption

    try:
        with Interruption() as stop:
            yield stop
    except Interrupted as stopped:
        _stop("interrupted", 128 + stopped.number)


def _with_progress(grades: Iterator[T], total: int) -> Iterator[T]:
    """Pass the grades on, with a progress bar where a person watches and there is more than one."""
    if total == 1 or not sys.stderr.isatty():
        yield from grades
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(grades, description="Grading", total=total, console=Console(stderr=True), transient=True)


def _export(lms: tuple[str, Path] | None) -> "Export | None":
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


def _deliver(
    grades: Sequence["Grade"], format_name: str, output: Path | None, export: "Export | None"
) -> bool:
    """Write the report or fill the export; returns whether every grade is in it."""
    if export is None:
        _report(grades, format_name, output)
        return True
    from autograder.reports.lms import LmsError, fill

    try:
        filled = fill(export, grades)
    except LmsError as error:
        _report(grades, format_name, None)  # nothing that was graded is lost
        _stop(f"{error}. Nothing was filled in; the grades are on standard output", USAGE)
    for remark in filled.remarks:
        click.echo(f"Note: {remark}.", err=True)
    for fault in filled.faults:
        click.echo(f"Error: {fault}.", err=True)
    _write(lambda: [filled.text], output)
    return not filled.faults


def _report(grades: Sequence["Grade"], format_name: str, output: Path | None) -> None:
    from autograder.reports import pieces

    _write(partial(pieces, format_name, grades), output, format_name not in FOR_A_TERMINAL)


def _write(pieces: Callable[[], Iterable[str]], output: Path | None, in_utf8: bool = True) -> None:
    from autograder import output as out

    if output is None:
        try:
            out.show(pieces(), in_utf8)
        except OSError as error:
            _stop(f"cannot write the report: {error.strerror}", USAGE)
        return
    try:
        out.replace(output, pieces())
    except OSError as error:
        out.show(pieces(), in_utf8)  # nothing that was graded is lost
        _stop(f"cannot write {output}: {error.strerror}; the report is on standard output", USAGE)


def _note(sentence: str) -> None:
    click.echo(f"Note: {sentence}", err=True)


def _warn(sentence: str) -> None:
    with alive(sys.stderr):
        click.secho(f"Warning: {sentence}", fg="red", bold=True, err=True)


def _stop(sentence: str, code: int) -> NoReturn:
    with alive(sys.stderr):
        click.echo(f"Error: {sentence}", err=True)
    sys.exit(code)


def main() -> None:
    """Run the command; every error of ours ends in one sentence and its exit code."""
    try:
        cli(standalone_mode=False)
    except click.exceptions.Abort:
        _stop("interrupted", 130)
    except click.UsageError as error:
        error.show()
        sys.exit(USAGE)
    except click.ClickException as error:
        _stop(error.format_message(), USAGE)
    except Exception as error:
        from autograder.grading.cluster import ClusterError
        from autograder.sandbox import SandboxUnavailable

        ours = (
            ""
            if isinstance(error, SandboxUnavailable | ClusterError)
            else f"the grader failed ({type(error).__name__}), please report it: "
        )
        _stop(f"{ours}{error}", UNGRADED)
