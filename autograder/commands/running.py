"""Grading as a command runs it: in as many processes as fit, watched, interruptible, with a journal."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from autograder.commands.messages import stop, warn

if TYPE_CHECKING:
    from autograder.commands.signals import Interruption
    from autograder.grading.journal import Journal

T = TypeVar("T")


def processes(wanted: int | None, count: int) -> int:
    """In how many processes so many submissions are graded; says so if there is no memory for as many as wanted."""
    from autograder.grading import machine

    jobs = min(machine.jobs(wanted), count)
    if wanted and jobs < min(wanted, count):
        warn(f"there is memory for {jobs} of {wanted} jobs: each may take {machine.PER_JOB >> 20} MiB")
    return jobs


@contextmanager
def journal_in(path: Path | None) -> Iterator["Journal | None"]:
    """The journal in this file, if there is to be one."""
    from autograder.grading.journal import Codec, Journal, JournalError
    from autograder.reports.json import as_dict, from_dict

    if path is None:
        yield None
        return
    try:
        journal = Journal(path, Codec(as_dict, from_dict), warn)
    except JournalError as error:
        raise click.UsageError(str(error)) from None
    with journal:
        yield journal


@contextmanager
def interruptible() -> Iterator["Interruption"]:
    """Ctrl-C, SIGTERM and SIGHUP end what is within, after it has put away what was done; the exit code says so."""
    from autograder.commands.signals import Interrupted, Interruption

    try:
        with Interruption() as interruption:
            yield interruption
    except Interrupted as stopped:
        stop("interrupted", 128 + stopped.number)


def with_progress(grades: Iterator[T], total: int) -> Iterator[T]:
    """Pass the grades on, with a progress bar where a person watches and there is more than one."""
    if total == 1 or not sys.stderr.isatty():
        yield from grades
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(grades, description="Grading", total=total, console=Console(stderr=True), transient=True)
