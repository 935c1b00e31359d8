"""Many submissions: one after the other, or in several processes, each with a sandbox of its own."""

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from pathlib import Path

from autograder import submission
from autograder.discovery import Found, discover
from autograder.grading import Grader
from autograder.intake import SubmissionError
from autograder.results import Grade
from autograder.sandbox import OwnCode, Sandbox, SandboxUnavailable
from autograder.text import printable, utf8


@dataclass(frozen=True)
class Settings:
    """What all submissions of a batch have in common."""

    secret: bytes
    assignment: str | None = None
    own_code: bool = False

    def grader(self) -> Grader:
        """A new grader; raises SandboxUnavailable if this machine can isolate nothing."""
        return Grader(OwnCode() if self.own_code else Sandbox(), self.secret)


def discover_all(paths: Sequence[Path]) -> list[Found]:
    """All notebooks that the paths mean, each once, in order."""
    found = [item for path in paths for item in discover(path)]
    return list({item.path: item for item in found}.values())


def grade_all(found: Sequence[Found], settings: Settings, jobs: int = 1) -> Iterator[Grade]:
    """The grades of all that was found, in the same order."""
    if jobs == 1:
        with settings.grader() as grader:
            for item in found:
                yield grade_one(grader, item, settings.assignment)
        return
    # spawn: a forked copy of this process would share the parent's sandbox
    with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn")) as pool:
        yield from pool.map(_grade_there, found, repeat(settings))


@cache
def _grader_there(settings: Settings) -> Grader:
    """The one grader of a process of the pool; its sandbox ends with the process."""
    return settings.grader()


def _grade_there(item: Found, settings: Settings) -> Grade:
    return grade_one(_grader_there(settings), item, settings.assignment)


def grade_one(grader: Grader, item: Found, assignment: str | None) -> Grade:
    """The grade of one notebook; what cannot be graded becomes a grade that says why, and stops nobody else."""
    try:
        return grader.grade(submission.from_bytes(item.path, item.read(), item.student, assignment))
    except SubmissionError as error:
        reason = str(error)
    except SandboxUnavailable:
        raise
    except Exception as error:  # ours: never a zero for the student
        reason = (
            f"the grader failed on it ({type(error).__name__}: {error}); please report it with this notebook"
        )
    claimed = assignment or submission.named(item.path)
    return Grade(utf8(str(item.path)), item.student, claimed, grader.isolation, 0.0, error=printable(reason))
