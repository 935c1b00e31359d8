"""One exercise: run its checks, then say of those that failed what the mistake is."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from autograder.authoring import Call, Cases, Check, Misconception, Student
from autograder.authoring.expect import BuiltOnAnother, CheckFailed
from autograder.course import notebooks
from autograder.course.exercises import exercise_of
from autograder.grading.diagnosis import explain, explain_apart
from autograder.grading.pictures import picture_like
from autograder.results import (
    Cause,
    CheckResult,
    CheckStatus,
    Elsewhere,
    ExerciseResult,
    Outcry,
    Picture,
    Reason,
)
from autograder.sandbox import SessionLost, StudentFault

NOT_THERE: tuple[Reason, ...] = ("stub", "missing", "replaced")
LOST: tuple[Reason, ...] = ("lost", "untried")


@dataclass(frozen=True)
class Attempt:
    """One check, tried once: its result, and the calls that it made.

    No exception is kept: its traceback would hold this frame, a cycle of all that the submission returned.
    """

    result: CheckResult
    calls: tuple[Call, ...] = ()


def mark(checks: Sequence[Check], student: Student, cases: Cases) -> list[Attempt]:
    """Try all checks of an exercise; once the worker is lost the rest fail untried."""
    attempts: list[Attempt] = []
    for check in checks:
        before = attempts[-1].result if attempts else None
        if before and before.reason in LOST:
            attempts.append(Attempt(_result(check, "failed", reason="untried", detail=before.detail)))
        else:
            attempts.append(_try(check, student, cases))
    return attempts


def _try(check: Check, student: Student, cases: Cases) -> Attempt:
    before = len(student.transcript)
    try:
        with np.errstate(all="ignore"):  # a student's 1e308 must not become the grader's warning
            check.run(student, cases)
        result = _result(check, "passed")
    except BuiltOnAnother as failure:
        result = _result(
            check, "failed", reason="elsewhere", message=str(failure) or None, elsewhere=failure.elsewhere
        )
    except CheckFailed as failure:
        result = _result(check, "failed", reason="wrong", message=str(failure))
    except StudentFault as fault:
        result = _result(check, "failed", **_reason(fault))
    except SessionLost as error:
        result = _result(check, "failed", reason="lost", detail=error.reason)
    except Exception as error:  # a fault of the check itself: never the student's zero
        result = _result(
            check, "error", message=f"{check.name} itself failed ({type(error).__name__}: {error})"
        )
    return Attempt(result, tuple(student.transcript[before:]))


def _result(check: Check, status: CheckStatus, **facts: Any) -> CheckResult:
    return CheckResult(check.name, check.title, status, check.points, **facts)


def _reason(fault: StudentFault) -> dict[str, Any]:
    """Why a call gave no result. Only names that the course knows are taken over from a student."""
    if fault.error == "stub" and fault.where is not None:
        if any(fault.where in assignment.exercises for assignment in notebooks.assignments().values()):
            return {"reason": "elsewhere", "elsewhere": Elsewhere(fault.where, "stub")}
        return {"reason": "raised", "detail": "NotImplementedError"}
    if fault.error in (*NOT_THERE, "unsupported"):
        return {"reason": fault.error}
    return {"reason": "raised", "detail": fault.error}


def worth_another(attempts: Sequence[Attempt]) -> bool:
    """Whether it failed by what the function returned or raised: it is there, and the worker lived."""
    reasons = {attempt.result.reason for attempt in attempts if attempt.result.status == "failed"}
    return bool(reasons) and not reasons <= {*NOT_THERE} and not reasons & {*LOST}


@dataclass(frozen=True)
class Shown:
    """What a search among public inputs found: causes, the smallest input that shows a mistake, what the function
    raises there, and a picture.
    """

    causes: tuple[Cause, ...] = ()
    example: str | None = None
    raised: Outcry | None = None
    picture: Picture | None = None


Search = Callable[[Sequence[Misconception]], Shown]  # it is given what may explain all


def judged(
    exercise: str, attempts: Sequence[Attempt], search: Search, source: str | None = None
) -> ExerciseResult:
    """The result, with the misconceptions that explain its failures, or what the search shows if none does.

    `search` is called at most once, and only when no misconception explains all calls. What it finds explains them
    all, too, and says more than misconceptions that explain some. Where the mistake is in another function, what
    this one did is no evidence of a mistake in it. `source` is the text of the function and of what it uses.
    """
    results = tuple(attempt.result for attempt in attempts)
    if not worth_another(attempts) or any(result.reason == "elsewhere" for result in results):
        return ExerciseResult(exercise, results)
    calls = [call for attempt in attempts for call in attempt.calls]
    if common := explain(exercise, calls, source):
        # A few choices are easily those of another rule: there, more are asked for.
        told = search(common).causes if exercise_of(exercise).reading else _causes_of(common)
        return _with_known(exercise, results, [told] * len(results))
    of_failed = [attempt.calls for attempt in attempts if attempt.result.status == "failed"]
    of_passed = [attempt.calls for attempt in attempts if attempt.result.status == "passed"]
    found = iter(explain_apart(exercise, calls, of_failed, of_passed, source))
    some = _fewest([_causes_of(next(found)) if r.status == "failed" else () for r in results])
    alone = {of for of, result in zip(some, results, strict=True) if result.status == "failed"}
    if len(alone) == 1 and any(some):  # the same everywhere
        return _with_known(exercise, results, some)
    shown = search(())
    if not any(some) or any(cause.says_what for cause in shown.causes):
        return _with(exercise, results, [shown.causes] * len(results), shown)
    return _with(exercise, results, some, Shown(picture=shown.picture))


def _with_known(
    exercise: str, results: tuple[CheckResult, ...], causes: Sequence[tuple[Cause, ...]]
) -> ExerciseResult:
    """The result with misconceptions as causes, and what they show in a picture."""
    names = dict.fromkeys(cause.id for some in causes for cause in some)
    return _with(exercise, results, causes, Shown(picture=picture_like(exercise, [*names])))


def _with(
    exercise: str,
    results: tuple[CheckResult, ...],
    causes: Sequence[tuple[Cause, ...]],
    shown: Shown,
) -> ExerciseResult:
    """The result with the causes of each check that failed."""
    failed = [some if r.status == "failed" else () for some, r in zip(causes, results, strict=True)]
    known = {cause.id: cause for some in failed for cause in some}
    named = tuple(
        replace(r, causes=tuple(c.id for c in some)) for r, some in zip(results, failed, strict=True)
    )
    # What a function raises, and not what it returns, is said in a sentence.
    picture = shown.picture if any(r.reason == "wrong" for r in results) else None
    return ExerciseResult(
        exercise, named, tuple(known.values()), shown.example, shown.raised, picture=picture
    )


def _causes_of(misconceptions: Sequence[Misconception]) -> tuple[Cause, ...]:
    return tuple(Cause(wrong.id, wrong.name, wrong.hint) for wrong in misconceptions)


def _fewest(causes: list[tuple[Cause, ...]]) -> list[tuple[Cause, ...]]:
    """Of what explains single checks only what explains most of them: a mistake is not two because one check
    cannot tell it from another.
    """
    count = Counter(cause for some in causes for cause in some)
    return [tuple(c for c in some if count[c] == max(count[other] for other in some)) for some in causes]
