"""What grading produced: data only, no behaviour beyond sums. Everything after this is a report."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeVar

T = TypeVar("T", bound=Hashable)

CheckStatus = Literal["passed", "failed", "error"]
Hints = Literal[
    "none", "cause", "line"
]  # how much is told of a mistake: causes and examples, or the line as well
Fault = Literal["stub", "missing", "raised", "wrong"]
Reason = Literal[Fault, "replaced", "unsupported", "lost", "untried", "elsewhere"]
BY_HAND = "graded by hand, not counted yet: "  # so begins the note on what a person still gives
CHOSEN = " this one counts, since it "  # in the note on several notebooks


@dataclass(frozen=True)
class Cause:
    """A mistake that explains what a function did; `name` follows "your function", `hint` leads to the mend."""

    id: str
    name: str
    hint: str

    @property
    def says_what(self) -> bool:
        """Whether it says what the function does, and not only where it goes wrong or how far."""
        return self.id not in ("probe_place", "probe_imprecise", "probe_examples", "probe_ignored")


@dataclass(frozen=True)
class Elsewhere:
    """Another function, on which the exercise is built, and what is the matter with it.

    origin: the assignment that the student took it from; None if it is of the same notebook.
    """

    function: str
    fault: Fault
    origin: str | None = None


@dataclass(frozen=True)
class Outcry:
    """What a function raised on a public input: `call` as a student would type it, and where, if in a cell."""

    call: str
    type: str
    message: str | None
    cell: int | None = None
    line: int | None = None


@dataclass(frozen=True)
class Repair:
    """The one place of a student's code where a single edit makes all checks pass.

    cell, line: where; the line is counted in the cell. code: what stands there.
    edit: what could stand there instead; for instructors, since it gives the solution away.
    """

    cell: int
    line: int
    code: str
    edit: str


@dataclass(frozen=True)
class Picture:
    """What a function returns for public inputs, beside what is right: to be drawn where it says more than words.

    kind: `histogram` of shares by bins, `profile` with a number a layer, or `curve`. across, up: what the axes show.
    first, step: where the first number stands, or the first bin begins, and how far the next one is from it.
    yours, expected: as many numbers; None where there is none that could be drawn. log: whether `up` is logarithmic.
    """

    kind: Literal["histogram", "profile", "curve"]
    title: str
    across: str
    up: str
    log: bool
    first: float
    step: float
    yours: tuple[float | None, ...]
    expected: tuple[float | None, ...]


@dataclass(frozen=True)
class CheckResult:
    """One hidden check: `failed` is the student's doing, `error` is ours and is never a silent zero.

    reason: why it did not pass.
        stub, missing   there is no such function yet
        replaced        the name belongs to something else
        raised          `detail` is the exception
        unsupported     the result is nothing that a check could read
        lost            the worker was: `detail` says by what (see `SessionLost`)
        untried         an earlier check lost the worker
        elsewhere       the mistake is in another function
        wrong           `message` says what is wrong
    causes: the ids of those of the exercise's causes that explain this failure.
    """

    name: str
    title: str
    status: CheckStatus
    max_score: float
    reason: Reason | None = None
    detail: str | None = None
    message: str | None = None
    elsewhere: Elsewhere | None = None
    causes: tuple[str, ...] = ()

    @property
    def score(self) -> float:
        """Points earned: all or nothing."""
        return self.max_score if self.status == "passed" else 0.0


@dataclass(frozen=True)
class ExerciseResult:
    """One function that the student had to write, and what explains its failures.

    example: the smallest input that shows a mistake, if no cause was found.
    raised: what it raises on a public input, if it fails by an exception.
    repair: where in the student's code a single edit is enough, if there is one such place.
    picture: numbers in which the mistake is seen, if it is seen in a picture.
    fault: why the grader could not look for an explanation, if it is to blame; the score stands all the same.
    """

    name: str
    checks: tuple[CheckResult, ...]
    causes: tuple[Cause, ...] = ()
    example: str | None = None
    raised: Outcry | None = None
    repair: Repair | None = None
    picture: Picture | None = None
    fault: str | None = None

    @property
    def score(self) -> float:
        """Points earned in all checks of this exercise."""
        return _total(check.score for check in self.checks)

    @property
    def max_score(self) -> float:
        """Points available in this exercise."""
        return _total(check.max_score for check in self.checks)

    @property
    def failed(self) -> tuple[CheckResult, ...]:
        """The checks that did not pass."""
        return tuple(check for check in self.checks if check.status != "passed")


@dataclass(frozen=True)
class Grade:
    """One submission: graded, or not (`error` says why, and there is no score then).

    lms_id: the student's number or name in the LMS from which the submission came.
    late: whether the LMS says that it is late; None if it does not say.
    secret: the fingerprint of the secret from which the hidden inputs followed.
    by_hand: points that only a person can give, and has not given yet.
    """

    submission: str
    student: str | None
    assignment: str | None
    isolation: str
    seconds: float
    error: str | None = None
    notes: tuple[str, ...] = ()
    exercises: tuple[ExerciseResult, ...] = ()
    lms_id: str | None = None
    late: bool | None = None
    secret: str | None = None
    by_hand: float = 0.0

    @property
    def status(self) -> Literal["graded", "error"]:
        """Whether there is a score."""
        return "error" if self.error is not None else "graded"

    @property
    def score(self) -> float | None:
        """Points earned, or None when the submission could not be graded."""
        return None if self.error is not None else _total(e.score for e in self.exercises)

    @property
    def max_score(self) -> float | None:
        """Points available, or None when the submission could not be graded."""
        if self.error is not None:
            return None
        return _total((self.by_hand, *(e.max_score for e in self.exercises)))

    @property
    def automatic(self) -> float | None:
        """Points available without those that a person gives, or None when the submission could not be graded."""
        return None if self.error is not None else _total(e.max_score for e in self.exercises)

    @property
    def percent(self) -> float | None:
        """Score in per cent of what has been graded: what nobody has read yet is no zero."""
        return 100.0 * self.score / self.automatic if self.score is not None and self.automatic else None


class Shared:
    """Grades of which equal parts are kept once: nearly all of a class has the same results in most exercises."""

    def __init__(self) -> None:
        self._known: dict[Hashable, Any] = {}

    def __call__(self, grade: Grade) -> Grade:
        """The same grade, made of parts that others have, too."""
        return replace(grade, exercises=tuple(map(self._exercise, grade.exercises)))

    def _exercise(self, exercise: ExerciseResult) -> ExerciseResult:
        if exercise in self._known:
            return self._once(exercise)
        checks = tuple(map(self._check, exercise.checks))
        causes = tuple(map(self._once, exercise.causes))
        return self._once(replace(exercise, name=self._once(exercise.name), checks=checks, causes=causes))

    def _check(self, check: CheckResult) -> CheckResult:
        texts = {name: self._once(getattr(check, name)) for name in ("name", "title", "message", "causes")}
        return self._once(replace(check, **texts))

    def _once(self, part: T) -> T:
        known: T = self._known.setdefault(part, part)
        return known


def _total(points: Iterable[float]) -> float:
    return round(sum(points), 6)  # 0.1 + 0.2 should not show as 0.30000000000000004
