"""What a command says beside its report: notes, warnings, and the sentence that ends it with an exit code."""

import sys
from typing import NoReturn

import click

from autograder.output import alive

USAGE, UNGRADED, BELOW = 1, 2, 3  # exit codes; 0: all graded


def note(sentence: str) -> None:
    """Say something that is as it should be."""
    click.echo(f"Note: {sentence}", err=True)


def fault(sentence: str) -> None:
    """Say what is wrong, and go on."""
    click.echo(f"Error: {sentence}", err=True)


def warn(sentence: str) -> None:
    """Say what the user should know before trusting the result."""
    with alive(sys.stderr):
        click.secho(f"Warning: {sentence}", fg="red", bold=True, err=True)


def stop(sentence: str, code: int) -> NoReturn:
    """Say what is wrong, and end."""
    with alive(sys.stderr):
        fault(sentence)
    sys.exit(code)
