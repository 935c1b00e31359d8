"""`autograder package`: what a platform needs, ready to upload."""

import re
from pathlib import Path

import click

from autograder.commands.messages import USAGE, note, stop
from autograder.commands.options import COURSE, PLATFORMS, own, require_assignment


@click.command()
@click.argument("platform", type=click.Choice(PLATFORMS))
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--assignment", metavar="NAME", help="The one assignment that counts there.")
@COURSE
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

    require_assignment(assignment)
    if repository is not None and not re.fullmatch(r"[\w.-]+(/[\w.-]+)+", repository):
        raise click.UsageError(f"--repository {repository!r} is not of the form OWNER/NAME")
    try:
        hidden = secret.load(secret_file, course, note) if platform == "gradescope" else b""
        settings = platforms.Settings(assignment, repository, hidden, own(course, assignment))
        upload = platforms.write(platform, folder, settings)
    except (platforms.PackageError, secret.SecretError) as error:
        raise click.UsageError(str(error)) from None
    except OSError as error:
        stop(f"cannot write {error.filename or folder}: {error.strerror}", USAGE)
    click.echo(f"{upload} is ready; {folder / 'README.md'} says what to do with it")
