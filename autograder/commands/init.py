"""`autograder init`: a course folder of one's own."""

from pathlib import Path

import click


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Make a course folder: notebooks with solutions, nbgrader's configuration, the order of commands."""
    from autograder.course.folder import make

    make(folder)
    click.echo(f"A new course lies in {folder}. Its README.md says what to do next.")
