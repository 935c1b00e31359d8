"""The command `autograder`: its subcommands, and how it ends. The modules imported here are light ones."""

import sys

import click

from autograder import __version__
from autograder.commands.demo import demo
from autograder.commands.doctor import doctor
from autograder.commands.grade import grade
from autograder.commands.init import init
from autograder.commands.messages import UNGRADED, USAGE, stop
from autograder.commands.package import package
from autograder.commands.report import report
from autograder.output import can_be_mended, trouble


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="autograder")
def cli() -> None:
    """Grade notebooks on vanishing and exploding gradients and on weight initialisation."""


for command in (grade, report, init, package, demo, doctor):
    cli.add_command(command)


def main() -> None:
    """Run the command; every error of ours ends in one sentence and its exit code."""
    try:
        cli(standalone_mode=False)
    except click.exceptions.Abort:
        stop("interrupted", 130)
    except click.UsageError as error:
        error.show()
        sys.exit(USAGE)
    except click.ClickException as error:
        stop(error.format_message(), USAGE)
    except Exception as error:
        if isinstance(error, OSError) and can_be_mended(error):
            from autograder.text import printable

            stop(printable(trouble(error), 1200), UNGRADED)
        from autograder.grading.cluster import ClusterError
        from autograder.sandbox import SandboxUnavailable

        ours = (
            ""
            if isinstance(error, SandboxUnavailable | ClusterError)
            else f"the grader failed ({type(error).__name__}), please report it: "
        )
        stop(f"{ours}{error}", UNGRADED)
