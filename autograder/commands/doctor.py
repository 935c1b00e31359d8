"""`autograder doctor`: what this machine can enforce."""

import sys

import click

from autograder.commands.messages import UNGRADED


@click.command()
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
