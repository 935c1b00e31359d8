"""Many submissions: one after the other, or in several processes, each with a sandbox of its own."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache, partial

from autograder.course.own import Own
from autograder.grading import machine, own_points, pool
from autograder.grading.grader import MAX_NOTES, Grader
from autograder.grading.secret import fingerprint
from autograder.intake import submission
from autograder.intake.files import SubmissionError
from autograder.intake.found import Found
from autograder.results import Grade
from autograder.sandbox import OwnCode, Sandbox, SandboxUnavailable, WorkerKilled
from autograder.text import printable, utf8


@dataclass(frozen=True)
class Settings:
    """What all submissions of a batch have in common."""

    secret: bytes
    assignment: str | None = None
    own_code: bool = False
    course: tuple[Own, ...] = ()

    def grader(self) -> Grader:
        """A new grader; raises SandboxUnavailable if this machine can isolate nothing."""
        return Grader(OwnCode() if self.own_code else Sandbox(), self.secret, self.course)


def grade_all(found: Sequence[Found], settings: Settings, jobs: int = 1) -> Iterator[tuple[int, Grade]]:
    """The grades of all that was found as they become known, each with its number."""
    if jobs == 1:
        with settings.grader() as grader:
            for number, item in enumerate(found):
                yield number, grade_surely(grader, item, settings)
        return
    there, killed = partial(_grade_there, settings), partial(_killed, settings)
    yield from pool.each(there, found, jobs, killed, machine.has_room)


def grade_surely(grader: Grader, item: Found, settings: Settings) -> Grade:
    """The grade of one notebook, tried again if something outside ended its worker."""
    for _ in range(2):
        with suppress(WorkerKilled):
            return grade_one(grader, item, settings.assignment)
    return _killed(settings, item)


@cache
def _grader_there(settings: Settings) -> Grader:
    """The one grader of a process of the pool; its sandbox ends with the process."""
    return settings.grader()


def _grade_there(settings: Settings, item: Found) -> Grade:
    grader = _grader_there(settings)
    try:
        return grade_one(grader, item, settings.assignment)
    except (SandboxUnavailable, WorkerKilled):
        # Something kills what was there: this process ends, and the pool tries the item again, alone.
        raise SystemExit(1) from None


def _killed(settings: Settings, item: Found) -> Grade:
    reason = (
        "its process was killed twice, the second time alone: give the machine more memory and grade it again"
    )
    return unreached(settings, item, reason)


def unreached(settings: Settings, item: Found, reason: str) -> Grade:
    """No grade, since nothing could be graded at all."""
    return replace(
        _ungraded(item, settings.assignment, "unknown", reason), secret=fingerprint(settings.secret)
    )


def grade_one(grader: Grader, item: Found, assignment: str | None) -> Grade:
    """The grade of one notebook; what cannot be graded becomes a grade that says why, and stops nobody else."""
    try:
        named = assignment or item.assignment
        left_out = own_points.left_out(grader.course)
        handed_in = submission.from_bytes(item.path, item.read(), item.student, named, left_out)
        own = own_points.of(grader.course, handed_in.assignment)
        grade = grader.grade(handed_in)
        return _with_facts(own_points.by(own, grade) if own else grade, item)
    except SubmissionError as error:
        reason = str(error)
    except (SandboxUnavailable, WorkerKilled):
        raise
    except Exception as error:  # ours: never a zero for the student
        reason = (
            f"the grader failed on it ({type(error).__name__}: {error}); please report it with this notebook"
        )
    return replace(_ungraded(item, assignment, grader.isolation, reason), secret=grader.secret)


def _ungraded(item: Found, assignment: str | None, isolation: str, reason: str) -> Grade:
    claimed = assignment or item.assignment or submission.named(item.path)
    grade = Grade(utf8(str(item.path)), item.student, claimed, isolation, 0.0, error=printable(reason))
    return _with_facts(grade, item)


def _with_facts(grade: Grade, item: Found) -> Grade:
    """The grade, and what was known before anything was graded."""
    notes = (*item.notes, *grade.notes)[:MAX_NOTES]
    return replace(grade, notes=notes, lms_id=item.owner.lms_id, late=item.owner.late)
