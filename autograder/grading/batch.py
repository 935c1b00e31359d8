"""Many submissions: one after the other, or in several processes, each with a sandbox of its own."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache, partial

from autograder.course.own import Own
from autograder.grading import journal as journals
from autograder.grading import machine, own_points, pool
from autograder.grading.grader import MAX_NOTES, Grader
from autograder.grading.journal import Journal, Line
from autograder.grading.secret import fingerprint
from autograder.intake import submission
from autograder.intake.files import SubmissionError
from autograder.intake.found import Found
from autograder.results import Grade, Hints
from autograder.sandbox import OwnCode, Sandbox, SandboxUnavailable, WorkerKilled
from autograder.text import printable, utf8


@dataclass(frozen=True)
class Settings:
    """What all submissions of a batch have in common."""

    secret: bytes
    assignment: str | None = None
    own_code: bool = False
    course: tuple[Own, ...] = ()
    hints: Hints = "line"

    def grader(self) -> Grader:
        """A new grader; raises SandboxUnavailable if this machine can isolate nothing."""
        return Grader(OwnCode() if self.own_code else Sandbox(), self.secret, self.course, self.hints)


@dataclass(frozen=True)
class Task:
    """A submission to be graded, and what is in it; that is read here, wherever it is graded, and once."""

    number: int
    item: Found
    data: bytes

    def key(self, settings: Settings) -> str:
        """Under which its grade is in a journal."""
        named = settings.assignment or self.item.assignment or submission.named(self.item.path)
        secret = fingerprint(settings.secret)
        return journals.key_of(self.data, named, secret, settings.course, settings.own_code, settings.hints)


Worked = Callable[[Iterator[Task]], Iterator[tuple[Task, Grade]]]


def grade_all(
    found: Sequence[Found],
    settings: Settings,
    worked: Worked | None = None,
    journal: Journal | None = None,
) -> Iterator[tuple[int, Grade]]:
    """The grades of all that was found as they become known, each with its number: first those that are in the journal.
    `worked` says where the others are made, if not in this process.
    """
    rest = list[int]()
    for number, item in enumerate(found):
        known = _known(_task(number, item), settings, journal) if journal else None
        if known:
            yield number, known
        else:
            rest.append(number)
    worked = worked or here(settings)
    for task, grade in worked(_task(number, found[number]) for number in rest):
        if journal:
            _keep(journal, task, grade, settings)
        yield task.number, grade


def _task(number: int, item: Found) -> Task:
    try:
        return Task(number, item, item.read())
    except SubmissionError as error:
        return Task(number, replace(item, refusal=str(error)), b"")


def _known(task: Task, settings: Settings, journal: Journal) -> Grade | None:
    """The grade that is in the journal."""
    line = journal.find(task.key(settings), _path(task.item), task.item.student)
    grade = again(line, settings.course, task.item) if line else None
    if grade:
        _keep(journal, task, grade, settings)  # another student may have handed in the same
    return grade


def _keep(journal: Journal, task: Task, grade: Grade, settings: Settings) -> None:
    journal.add(grade, task.key(settings), len(task.item.notes) + (grade.by_hand > 0))


def here(settings: Settings, jobs: int = 1) -> Worked:
    """Grading on this machine, in so many processes."""

    def worked(tasks: Iterator[Task]) -> Iterator[tuple[Task, Grade]]:
        if jobs == 1:
            with settings.grader() as grader:
                yield from ((task, grade_surely(grader, task.item, settings, task.data)) for task in tasks)
            return
        there, killed = partial(_grade_there, settings), partial(_killed, settings)
        yield from pool.each(there, tasks, jobs, killed, machine.has_room)

    return worked


def again(line: Line, course: tuple[Own, ...], item: Found) -> Grade:
    """The grade in the journal as that of this submission, of which other things may be known now."""
    own_notes = line.grade.notes[line.known :]
    grade = replace(line.grade, submission=_path(item), student=item.student, notes=own_notes, by_hand=0.0)
    own = own_points.of(course, str(grade.assignment))
    return _with_facts(own_points.by(own, grade) if own else grade, item)


def grade_surely(grader: Grader, item: Found, settings: Settings, data: bytes | None = None) -> Grade:
    """The grade of one notebook, tried again if something outside ended its worker."""
    for _ in range(2):
        with suppress(WorkerKilled):
            return grade_one(grader, item, settings.assignment, data)
    return _killed(settings, item)


@cache
def _grader_there(settings: Settings) -> Grader:
    """The one grader of a process of the pool; its sandbox ends with the process."""
    return settings.grader()


def _grade_there(settings: Settings, task: Task) -> Grade:
    grader = _grader_there(settings)
    try:
        return grade_one(grader, task.item, settings.assignment, task.data)
    except (SandboxUnavailable, WorkerKilled):
        # Something kills what was there: this process ends, and the pool tries the item again, alone.
        raise SystemExit(1) from None


def _killed(settings: Settings, item: Found | Task) -> Grade:
    reason = (
        "its process was killed twice, the second time alone: give the machine more memory and grade it again"
    )
    return unreached(settings, item.item if isinstance(item, Task) else item, reason)


def unreached(settings: Settings, item: Found, reason: str) -> Grade:
    """No grade, since nothing could be graded at all."""
    return replace(
        _ungraded(item, settings.assignment, "unknown", reason), secret=fingerprint(settings.secret)
    )


def grade_one(grader: Grader, item: Found, assignment: str | None, data: bytes | None = None) -> Grade:
    """The grade of one notebook; what cannot be graded becomes a grade that says why, and stops nobody else.

    `data` is what was read of it; without, it is read now.
    """
    try:
        named = assignment or item.assignment
        left_out = own_points.left_out(grader.course)
        read = item.read() if data is None or item.refusal else data
        handed_in = submission.from_bytes(item.path, read, item.student, named, left_out)
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
    grade = Grade(_path(item), item.student, claimed, isolation, 0.0, error=printable(reason))
    return _with_facts(grade, item)


def _path(item: Found) -> str:
    return utf8(str(item.path))


def _with_facts(grade: Grade, item: Found) -> Grade:
    """The grade, and what was known before anything was graded."""
    notes = (*item.notes, *grade.notes)[:MAX_NOTES]
    return replace(grade, notes=notes, lms_id=item.owner.lms_id, late=item.owner.late)
