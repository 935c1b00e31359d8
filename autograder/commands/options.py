"""Options that several commands have, and the words that they take."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.commands.messages import USAGE, stop

if TYPE_CHECKING:
    from autograder.course.own import Own

# By hand, since the package that knows them (and numpy) is slow to import; tests hold both equal.
OF_ONE = ("gradescope", "github", "prairielearn")  # formats for exactly one submission
FORMATS = ("table", "json", "jsonl", "csv", "html", "markdown", "junit", *OF_ONE)
SYSTEMS = ("canvas", "moodle")
PLATFORMS = ("gradescope", "github", "gitlab", "container")

FORMAT = click.option(
    "--format", "format_name", type=click.Choice(FORMATS), default="table", show_default=True
)
OUTPUT = click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write the report here."
)
LMS = click.option(
    "--lms",
    type=(click.Choice(SYSTEMS), click.Path(exists=True, dir_okay=False, path_type=Path)),
    metavar="SYSTEM EXPORT.csv",
    help="Instead of a report: fill the grades into what canvas or moodle exported.",
)
ASSIGNMENT = click.option(
    "--assignment", metavar="NAME", help="Only this one, whatever files and folders are called."
)
COURSE = click.option(
    "--course",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="Points and exercises as in the course's own notebooks; `grade` without PATH: what lies in DIR/submitted.",
)
JOBS = click.option(
    "--jobs", type=click.IntRange(1, 1024), help="Grade in N processes; without it, in one a core."
)
SECRET_FILE = click.option(
    "--secret-file", type=click.Path(path_type=Path), help="Hidden inputs follow from this file."
)


def require_assignment(name: str | None) -> None:
    """Refuse an assignment that the course has not."""
    from autograder.course import notebooks

    if name is not None and name not in notebooks.assignments():
        raise click.UsageError(
            f"there is no assignment {name!r}; there are {', '.join(notebooks.assignments())}"
        )


def require_one(format_name: str, count: int) -> None:
    """Refuse a format of one submission for a class, before time is spent on grading it."""
    if format_name in OF_ONE and count != 1:
        raise click.UsageError(
            f"--format {format_name} takes exactly one submission, and there are {count}: "
            "grade them one by one, or use html, csv or jsonl for a class"
        )


def own(course: Path | None, assignment: str | None = None) -> tuple["Own", ...]:
    """What the notebooks of a course, or that of one assignment, say of points and exercises."""
    from autograder.course.own import CourseError, of_folder

    try:
        return of_folder(course, assignment) if course is not None else ()
    except CourseError as error:
        others = "" if assignment else ". `--assignment NAME` looks at one assignment alone"
        stop(f"the course {course}: {error}{others}", USAGE)
