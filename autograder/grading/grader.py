"""One submission from source to grade: run every exercise's checks, carry errors forward, explain what failed."""

import gc
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from autograder.authoring import Cases, Student
from autograder.course import notebooks
from autograder.course.exercises import exercise_of
from autograder.grading.counterexample import smallest_difference
from autograder.grading.dependencies import Dependencies
from autograder.grading.marking import Attempt, judged, mark, worth_another
from autograder.grading.notes import notes_on
from autograder.intake.submission import Submission
from autograder.results import ExerciseResult, Grade
from autograder.sandbox import Cell, OwnCode, Sandbox, SandboxUnavailable, Spent
from autograder.text import printable

MAX_NOTES = 20


@dataclass(frozen=True)
class _Tried:
    """An exercise's checks, tried with these cells loaded, and perhaps with solutions of ours."""

    attempts: list[Attempt]
    cells: tuple[Cell, ...]
    beside_ours: bool = False

    @property
    def score(self) -> float:
        return sum(attempt.result.score for attempt in self.attempts)

    @property
    def failed(self) -> bool:
        return any(attempt.result.status == "failed" for attempt in self.attempts)


@dataclass(frozen=True)
class _Run:
    """What came of running some of a notebook's cells."""

    tried: dict[str, _Tried]
    notes: tuple[str, ...]
    lacks_a_name: bool


class Grader:
    """Grades submissions with one sandbox, one secret and references that are computed once."""

    def __init__(self, sandbox: Sandbox | OwnCode, secret: bytes) -> None:
        self._sandbox = sandbox
        self._secret = secret
        self._cases: dict[str, Cases] = {}

    def __enter__(self) -> Self:
        self._sandbox.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._sandbox.__exit__(kind, error, trace)

    @property
    def isolation(self) -> str:
        """The isolation in force, as it is stamped into every grade."""
        return self._sandbox.isolation.value

    def grade(self, submission: Submission) -> Grade:
        """The grade of a submission. Whatever its code does is its own score; only our faults are errors."""
        start = time.perf_counter()
        assignment = notebooks.assignments()[submission.assignment]
        # Two budgets, however many sessions a hostile notebook causes: one to be tried, one to be explained.
        spent, on_top = Spent(), Spent()
        run = self._run_what_is_needed(assignment, submission, spent)
        # Explained first: no example is made once a worker has held our solutions.
        explained = {name: self._explained(name, once, on_top) for name, once in run.tried.items()}
        carried, notes = self._carried_forward(assignment, run.tried, on_top)
        for name, again in carried.items():
            explained[name] = self._explained(name, again, on_top)
        exercises = tuple(explained.values())
        return Grade(
            submission=submission.path,
            student=submission.student,
            assignment=assignment.name,
            isolation=self.isolation,
            seconds=round(time.perf_counter() - start, 6),
            error=_our_fault(exercises),
            notes=(*submission.notes, *run.notes, *notes, *_unexplained(exercises))[:MAX_NOTES],
            exercises=exercises,
        )

    def _run_what_is_needed(
        self, assignment: notebooks.Assignment, submission: Submission, spent: Spent
    ) -> _Run:
        run = self._run(assignment, submission.essential, spent)
        if not run.lacks_a_name or submission.essential == submission.cells or spent.used_up:
            return run
        del run  # what a hostile notebook returned is not held twice
        return self._run(assignment, submission.cells, spent)  # the student uses what an experiment defines

    def _run(self, assignment: notebooks.Assignment, cells: tuple[Cell, ...], spent: Spent) -> _Run:
        with self._sandbox.open(cells, spent) as session:
            student = Student(session)
            attempts = {name: self._marked(assignment.name, name, student) for name in assignment.exercises}
        skipped = {error.number for error in session.errors if error.skipped}
        usable = tuple(cell for cell in cells if cell.number not in skipped)
        faults = {e.type for e in session.errors} | {call.reply.error for call in student.transcript}
        tried = {name: _Tried(of_exercise, usable) for name, of_exercise in attempts.items()}
        return _Run(tried, notes_on(session.errors, cells), "NameError" in faults)

    def _marked(self, assignment: str, exercise: str, student: Student) -> list[Attempt]:
        path = f"{assignment}/{exercise}"
        cases = self._cases.setdefault(path, Cases(self._secret, path))
        return mark(exercise_of(exercise).checks, student, cases)

    def _carried_forward(
        self, assignment: notebooks.Assignment, tried: dict[str, _Tried], spent: Spent
    ) -> tuple[dict[str, _Tried], list[str]]:
        """A failed exercise is tried again beside right solutions of the earlier ones that failed, too.

        So a wrong function costs its own points, and not those of a later function that calls it; one that does
        not gets no second try. Returns the exercises that did better, and a note on each.
        """
        carried, notes, wrong = dict[str, _Tried](), list[str](), list[str]()
        dependencies: Dependencies | None = None  # made once, and only for those who need it
        for name, once in tried.items():
            if wrong and worth_another(once.attempts):
                dependencies = dependencies or Dependencies(once.cells, assignment.exercises)
                used = dependencies.of(name)
                needed = [earlier for earlier in wrong if earlier in used]
                again = self._beside(assignment, name, once, needed, spent) if needed else once
                if again.score > once.score:
                    carried[name] = again
                    notes.append(f"{name} was graded beside our version of {', '.join(needed)}")
            if once.failed:
                wrong.append(name)
        return carried, notes

    def _beside(
        self, assignment: notebooks.Assignment, exercise: str, once: _Tried, wrong: list[str], spent: Spent
    ) -> _Tried:
        cells = once.cells + tuple(Cell(0, assignment.solutions[name]) for name in wrong)
        with self._sandbox.open(cells, spent) as session:
            return _Tried(self._marked(assignment.name, exercise, Student(session)), cells, beside_ours=True)

    def _explained(self, exercise: str, tried: _Tried, spent: Spent) -> ExerciseResult:
        def example() -> str | None:
            if tried.beside_ours:  # what it returns may be the source of our solutions
                return None
            with self._sandbox.open(tried.cells, spent) as fresh:  # it never saw a hidden input
                found = smallest_difference(exercise, fresh)
            # Hypothesis keeps its own exception in a frame of the traceback: a cycle, and a frame keeps those that
            # called it, up to ours with all that the submission returned.
            gc.collect()
            return found

        try:
            return judged(exercise, tried.attempts, example)
        except SandboxUnavailable:
            raise
        except Exception as error:  # what explains is ours, and never costs a grade
            results = tuple(attempt.result for attempt in tried.attempts)
            return ExerciseResult(exercise, results, fault=f"{type(error).__name__}: {error}")


def _unexplained(exercises: Iterable[ExerciseResult]) -> Iterator[str]:
    for exercise in exercises:
        if exercise.fault is not None:
            yield printable(f"{exercise.name} could not be explained ({exercise.fault}): please report it")


def _our_fault(exercises: tuple[ExerciseResult, ...]) -> str | None:
    faults = [f"{e.name}: {c.message}" for e in exercises for c in e.checks if c.status == "error"]
    if not faults:
        return None
    return f"the grader is at fault, not the student ({printable(faults[0])}); please report it with this notebook"
