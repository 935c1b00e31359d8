"""One submission from source to grade: run every exercise's checks, carry errors forward, explain what failed."""

import re
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, partial
from itertools import combinations
from types import TracebackType
from typing import Self

from autograder.authoring import Cases, Misconception
from autograder.course import notebooks
from autograder.course.exercises import exercise_of, misconceptions_of
from autograder.course.own import Own
from autograder.grading.counterexample import shown_by
from autograder.grading.dependencies import Dependencies
from autograder.grading.diagnosis import inherits
from autograder.grading.known import Known
from autograder.grading.marking import LOST, Attempt, Shown, judged, worth_another
from autograder.grading.notes import notes_on
from autograder.grading.probes import told_by_more
from autograder.grading.repair import SECRETS, Search
from autograder.grading.secret import fingerprint
from autograder.intake.submission import Submission
from autograder.results import CheckResult, ExerciseResult, Grade, Hints
from autograder.sandbox import (
    Cell,
    Isolation,
    OwnCode,
    Sandbox,
    SandboxUnavailable,
    Session,
    Spent,
    WorkerKilled,
)
from autograder.text import printable

MAX_NOTES = 20


@dataclass(frozen=True)
class _Loaded:
    """The cells of a notebook that were loaded, and of which assignment it is.

    experiments: the same with cells beside which nothing came out otherwise: for what lacks a name without them.
    """

    cells: tuple[Cell, ...]
    assignment: notebooks.Assignment
    experiments: "_Loaded | None" = None

    @cached_property
    def dependencies(self) -> Dependencies:
        """Made once, and only for those who need it."""
        return Dependencies(self.cells, self.assignment.exercises, self.assignment.docstrings)

    def up_to(self, number: int) -> "_Loaded":
        """The cells up to this number."""
        cells = tuple(cell for cell in self.cells if cell.number <= number)
        return replace(self, cells=cells, experiments=self.experiments and self.experiments.up_to(number))


@dataclass(frozen=True)
class _Tried:
    """An exercise's checks, tried with these cells loaded, and perhaps with solutions of ours."""

    attempts: list[Attempt]
    loaded: _Loaded
    ours: tuple[Cell, ...] = ()

    @property
    def score(self) -> float:
        return sum(attempt.result.score for attempt in self.attempts)

    @property
    def failed(self) -> bool:
        return any(attempt.result.status == "failed" for attempt in self.attempts)

    @property
    def is_lost(self) -> bool:
        return any(attempt.result.reason in LOST for attempt in self.attempts)


@dataclass(frozen=True)
class _Run:
    """What came of running some of a notebook's cells."""

    tried: dict[str, _Tried]
    loaded: _Loaded
    notes: tuple[str, ...]
    lacks_a_name: bool

    @property
    def results(self) -> dict[str, list[CheckResult]]:
        """Of every exercise the results of its checks."""
        return {name: [attempt.result for attempt in once.attempts] for name, once in self.tried.items()}

    def having(self, loaded: _Loaded, results: dict[str, list[CheckResult]]) -> "_Run":
        """The same, where exercises that came out like this are loaded like this from now on."""
        tried = {
            name: replace(once, loaded=loaded) if results[name] == self.results[name] else once
            for name, once in self.tried.items()
        }
        return replace(self, tried=tried)


class Grader:
    """Grades submissions with one sandbox, one secret and references that are computed once.

    course: the notebooks of the instructor's own course, if it has any.
    hints: how much is told of a mistake.
    """

    def __init__(
        self,
        sandbox: Sandbox | OwnCode,
        secret: bytes,
        course: Sequence[Own] = (),
        hints: Hints = "line",
    ) -> None:
        self.course = course
        self._sandbox = sandbox
        self._secret = secret
        self._hints = hints
        self._cases: dict[tuple[bytes, str], Cases] = {}
        self._known = defaultdict[str, Known](Known)

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

    @cached_property
    def secret(self) -> str:
        """The secret's fingerprint, as it is stamped into every grade."""
        return fingerprint(self._secret)

    def grade(self, submission: Submission) -> Grade:
        """The grade of a submission. Whatever its code does is its own score; only our faults are errors.

        Raises WorkerKilled if something outside ends its worker: to be tried again when nothing else takes memory.
        """
        start = time.perf_counter()
        assignment = notebooks.assignments()[submission.assignment]
        # Two budgets, however many sessions a hostile notebook causes: one to be tried, one to be explained.
        spent, on_top = Spent(), Spent()
        run = self._run_what_is_needed(assignment, submission, spent)
        then, remarks = self._as_checked(submission, run.tried, on_top)
        tried = {**run.tried, **then}
        # Explained first: no example is made once a worker has held our solutions.
        explained = dict[str, ExerciseResult]()
        for name, once in tried.items():
            explained[name] = self._explained(name, once, on_top, [*explained.values()])
        carried, notes = self._carried_forward(assignment, tried, on_top)
        for name, again in carried.items():
            explained[name] = self._explained(name, again, on_top)
        for name, once in ({**tried, **carried}).items():
            explained[name] = self._with_repair(explained[name], assignment, once, on_top)
        exercises = tuple(explained.values())
        return Grade(
            submission=submission.path,
            student=submission.student,
            assignment=assignment.name,
            isolation=self.isolation,
            seconds=round(time.perf_counter() - start, 6),
            error=_our_fault(exercises),
            notes=(*submission.notes, *run.notes, *remarks, *notes, *_about(exercises, submission))[
                :MAX_NOTES
            ],
            exercises=exercises,
            secret=self.secret,
        )

    def _run_what_is_needed(
        self, assignment: notebooks.Assignment, submission: Submission, spent: Spent
    ) -> _Run:
        run = self._run(assignment, submission, submission.essential, spent)
        if not run.lacks_a_name or submission.essential == submission.cells or spent.used_up:
            return run
        results, loaded = run.results, run.loaded
        del run  # what a hostile notebook returned is not held twice
        run = self._run(
            assignment, submission, submission.cells, spent
        )  # the student uses what an experiment defines
        return run.having(replace(loaded, experiments=run.loaded), results)  # experiments may be slow

    def _run(
        self, assignment: notebooks.Assignment, submission: Submission, cells: tuple[Cell, ...], spent: Spent
    ) -> _Run:
        with self._sandbox.open(cells, spent) as session:
            attempts = {name: self._marked(assignment.name, name, session) for name in assignment.exercises}
        skipped = {error.number for error in session.errors if error.skipped}
        usable = tuple(cell for cell in cells if cell.number not in skipped)
        calls = [call for of_exercise in attempts.values() for one in of_exercise for call in one.calls]
        faults = {e.type for e in session.errors} | {call.reply.error for call in calls}
        loaded, notes = _Loaded(usable, assignment), notes_on(session.errors, cells)
        stopped = dict(zip((error.number for error in session.errors), notes, strict=True))
        tried = {
            name: _Tried(_with_reason(name, of_exercise, submission, stopped), loaded)
            for name, of_exercise in attempts.items()
        }
        return _Run(tried, loaded, notes, "NameError" in faults)

    def _marked(self, assignment: str, exercise: str, session: Session) -> list[Attempt]:
        cases = self._inputs(self._secret, assignment, exercise)
        return self._known[exercise].mark(exercise_of(exercise).checks, session, cases)

    def _inputs(self, secret: bytes, assignment: str, exercise: str) -> Cases:
        path = f"{assignment}/{exercise}"
        return self._cases.setdefault((secret, path), Cases(secret, path))

    def _as_checked(
        self, submission: Submission, tried: dict[str, _Tried], spent: Spent
    ) -> tuple[dict[str, _Tried], list[str]]:
        """A failed exercise is tried again with the names as they stood at its check cell, if some changed since.

        What a student saw pass there is right, whatever the cells below it call by the same names.
        """
        better, notes = dict[str, _Tried](), list[str]()
        for name, once in tried.items():
            if not once.failed or once.is_lost or name not in submission.checked_at:
                continue
            number = submission.checked_at[name]
            changed = once.loaded.dependencies.redefined(name, number)
            if not changed:
                continue
            again = self._again(submission.assignment, name, once.loaded.up_to(number), (), spent)
            if again.score > once.score:
                better[name] = again
                notes.append(_redefined(name, changed))
        return better, notes

    def _carried_forward(
        self, assignment: notebooks.Assignment, tried: dict[str, _Tried], spent: Spent
    ) -> tuple[dict[str, _Tried], list[str]]:
        """A failed exercise is tried again beside right solutions of the others that failed and that it uses.

        So a wrong function costs its own points, and not those of one that calls it; one that does not gets no
        second try. Returns the exercises that did better, and a note on each.
        """
        carried, needed = dict[str, _Tried](), dict[str, list[str]]()
        wrong = [name for name, once in tried.items() if once.failed]
        for name in wrong if len(wrong) > 1 else ():
            if worth_another(tried[name].attempts):
                for others in _used_by(name, wrong, tried[name].loaded.dependencies):
                    again = self._beside(assignment, name, tried[name], others, spent)
                    if again.score > carried.get(name, tried[name]).score:
                        carried[name], needed[name] = again, others
                    if not again.failed:
                        break
        for name in _leaning_on_a_later_one(list(carried), needed):
            del carried[name]
        notes = [f"{name} was graded beside our version of {', '.join(needed[name])}" for name in carried]
        return carried, notes

    def _beside(
        self, assignment: notebooks.Assignment, exercise: str, once: _Tried, wrong: list[str], spent: Spent
    ) -> _Tried:
        ours = tuple(Cell(0, assignment.solutions[name]) for name in wrong)
        return self._again(assignment.name, exercise, once.loaded, ours, spent)

    def _again(
        self, assignment: str, exercise: str, loaded: _Loaded, ours: tuple[Cell, ...], spent: Spent
    ) -> _Tried:
        """An exercise tried with these cells; with the experiments, too, if it now comes to lack a name."""
        with self._sandbox.open(loaded.cells + ours, spent) as session:
            tried = _Tried(self._marked(assignment, exercise, session), loaded, ours)
        calls = (call for attempt in tried.attempts for call in attempt.calls)
        if not loaded.experiments or all(call.reply.error != "NameError" for call in calls):
            return tried
        del calls, tried  # what a hostile notebook returned is not held twice
        return self._again(assignment, exercise, loaded.experiments, ours, spent)

    def _explained(
        self, exercise: str, tried: _Tried, spent: Spent, before: Sequence[ExerciseResult] = ()
    ) -> ExerciseResult:
        """The result with what explains it; `before` are those of exercises that it may use."""

        def search(known: Sequence[Misconception]) -> Shown:
            if tried.ours:  # what it returns may be the source of our solutions
                return Shown()
            if any(_inherits(exercise, tried, other) for other in before):  # it is carried forward
                return Shown()
            cells = tried.loaded.cells
            reopen = partial(self._sandbox.open, cells, spent)
            with reopen() as fresh:  # it never saw a hidden input
                calls = [call for attempt in tried.attempts for call in attempt.calls]
                if known:
                    return Shown(told_by_more(exercise, fresh, known))
                return shown_by(exercise, fresh, "\n".join(cell.source for cell in cells), calls, reopen)

        if self._hints == "none":
            return ExerciseResult(exercise, tuple(attempt.result for attempt in tried.attempts))
        try:
            return judged(exercise, tried.attempts, search, self._source(exercise, tried))
        except (SandboxUnavailable, WorkerKilled):
            raise
        except Exception as error:  # what explains is ours, and never costs a grade
            results = tuple(attempt.result for attempt in tried.attempts)
            return ExerciseResult(exercise, results, fault=f"{type(error).__name__}: {error}")

    @staticmethod
    def _source(exercise: str, tried: _Tried) -> str | None:
        """The function's text with what it may use, if it is to be explained."""
        return tried.loaded.dependencies.source(exercise) if tried.failed else None

    def _with_repair(
        self, result: ExerciseResult, assignment: notebooks.Assignment, tried: _Tried, spent: Spent
    ) -> ExerciseResult:
        """The result, with the place where a single edit is enough, if nothing else explains the failures.

        Not without isolation, where an edit that never ends would not be ended.
        """
        known = any(cause.says_what for cause in result.causes)
        explained = known or any(check.reason == "elsewhere" for check in result.checks)
        if self._hints != "line" or explained or not worth_another(tried.attempts):
            return result
        if self._sandbox.isolation is Isolation.NONE:
            return result
        search = Search(
            result.name,
            tried.loaded.cells,
            tried.ours,
            tried.loaded.dependencies.of(result.name) - _exercises() | {result.name},
            assignment.solutions[result.name],
            [self._inputs(secret, assignment.name, result.name) for secret in SECRETS],
            lambda cells: self._sandbox.open(cells, spent),
            spent,
        )
        try:
            return replace(result, repair=search.repair())
        except (SandboxUnavailable, WorkerKilled):
            raise
        except Exception as error:
            return replace(result, fault=f"{type(error).__name__}: {error}")


def _with_reason(
    name: str, attempts: list[Attempt], submission: Submission, stopped: Mapping[int, str]
) -> list[Attempt]:
    """The attempts; where the function is not there since its cell did not come to its end, with what is said of that.

    Its cell is the one that defines it, or the last one above its examples and below those of the exercise before.
    `stopped` are the notes on cells that raised or were skipped, by the cell's number.
    """
    definition = re.compile(rf"^[ \t]*def[ \t]+{name}\b", re.MULTILINE)
    end = submission.checked_at.get(name, 0)
    begin = max((number for number in submission.checked_at.values() if number < end), default=0)
    above = [number for number in stopped if begin < number < end]
    defining = [c.number for c in submission.cells if c.number in stopped and definition.search(c.source)]
    if not (found := defining or above):
        return attempts
    return [
        replace(one, result=replace(one.result, detail=stopped[found[-1]]))
        if one.result.reason == "missing"
        else one
        for one in attempts
    ]


@cache
def _exercises() -> frozenset[str]:
    """Of all assignments: what is pasted from another one is right, or was blamed."""
    return frozenset(name for assignment in notebooks.assignments().values() for name in assignment.exercises)


def _inherits(exercise: str, tried: _Tried, other: ExerciseResult) -> bool:
    """Whether a known mistake in another exercise explains all that this one did."""
    named = {cause.id for cause in other.causes}
    if not named or other.name not in tried.loaded.dependencies.of(exercise):
        return False
    calls = [call for attempt in tried.attempts for call in attempt.calls]
    known = [wrong for wrong in misconceptions_of(other.name) if wrong.id in named]
    return any(inherits(exercise, calls, other.name, wrong) for wrong in known)


def _used_by(name: str, wrong: list[str], dependencies: Dependencies) -> list[list[str]]:
    """Which of the wrong exercises this one may use: those before it, and if there are more, all of them."""
    used = dependencies.of(name)
    everywhere = [other for other in wrong if other != name and other in used]
    before = [other for other in everywhere if wrong.index(other) < wrong.index(name)]
    return [others for others in (before, everywhere) if others][: 1 if before == everywhere else 2]


def _leaning_on_a_later_one(carried: list[str], needed: dict[str, list[str]]) -> list[str]:
    """Of two that are right only beside our version of the other, the earlier: one has to be the student's own."""
    pairs = combinations(carried, 2)
    return sorted({one for one, later in pairs if later in needed[one] and one in needed[later]})


def _redefined(exercise: str, changed: dict[str, int]) -> str:
    """What a student reads of names that a later cell defines anew."""
    if exercise in changed:
        what = f"cell {changed[exercise]} gives `{exercise}` another value"
    else:
        words = "; ".join(f"cell {number} redefines `{word}`" for word, number in [*changed.items()][:3])
        what = f"{words}, which `{exercise}` uses"
    return printable(f"{what}: it was graded with the names as they stood at its check cell")


def _about(exercises: Iterable[ExerciseResult], submission: Submission) -> Iterator[str]:
    """Remarks on exercises that lost points: written twice, or not explained by a fault of ours."""
    for exercise in exercises:
        if exercise.fault is not None:
            yield printable(f"{exercise.name} could not be explained ({exercise.fault}): please report it")
        definition = re.compile(rf"^def[ \t]+{exercise.name}\b", re.MULTILINE)
        cells = [c.number for c in submission.cells if exercise.failed and definition.search(c.source)]
        if len(cells) > 1:
            yield f"cells {', '.join(map(str, cells[-4:]))} all define {exercise.name}: the last one counts"


def _our_fault(exercises: tuple[ExerciseResult, ...]) -> str | None:
    faults = [f"{e.name}: {c.message}" for e in exercises for c in e.checks if c.status == "error"]
    if not faults:
        return None
    return f"the grader is at fault, not the student ({printable(faults[0])}); please report it with this notebook"
