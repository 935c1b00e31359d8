"""One exercise: run its checks, then say of those that failed what the mistake is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from autograder.authoring import Cases, Check, Misconception, Student
from autograder.authoring.expect import CheckFailed
from autograder.authoring.student import Call
from autograder.grading.diagnosis import explain
from autograder.results import CheckResult, CheckStatus
from autograder.sandbox import SessionLost, StudentFault

_FAULTS = {
    "stub": "`{name}` is not written yet: replace `raise NotImplementedError()` with your code.",
    "missing": "There is no function `{name}`: its cell is gone or raised an error, or the function was renamed.",
    "unsupported": "`{name}` returned something that is not made of numbers, arrays, lists, tuples and dictionaries.",
    "other": "`{name}` raised an error on a valid input.",
}
_RAISED = "`{name}` raised {error} on a valid input."
_LOST = {
    "time": "`{name}` did not finish in time: is there an endless loop?",
    "stalled": "`{name}` did not answer in time: does it wait for something?",
    "died": "`{name}` ended the process that runs the notebook.",
    "memory": "`{name}` used up the memory.",
    "protocol": "`{name}` disturbed the process that runs the notebook.",
    "budget": "`{name}` was not called: the notebook had used up its time or memory.",
}
_UNTRIED = " The later checks of this exercise were not tried."


@dataclass(frozen=True)
class Attempt:
    """One check, tried once: its result, the calls that it made, and whether the worker was lost.

    No exception is kept: its traceback would hold this frame, a cycle of all that the submission returned.
    """

    result: CheckResult
    calls: tuple[Call, ...] = ()
    lost: bool = False


def mark(exercise: str, checks: Sequence[Check], student: Student, cases: Cases) -> list[Attempt]:
    """Try all checks of an exercise; once the worker is lost the rest fail untried."""
    attempts: list[Attempt] = []
    for check in checks:
        if attempts and attempts[-1].lost:
            attempts.append(
                replace(attempts[-1], result=_failed(check, attempts[-1].result.message or ""), calls=())
            )
        else:
            attempts.append(_try(check, exercise, student, cases))
    return attempts


def _try(check: Check, exercise: str, student: Student, cases: Cases) -> Attempt:
    before, lost = len(student.transcript), False
    try:
        with np.errstate(all="ignore"):  # a student's 1e308 must not become the grader's warning
            check.run(student, cases)
        result = _result(check, "passed")
    except CheckFailed as failure:
        result = _failed(check, str(failure))
    except StudentFault as fault:
        result = _failed(check, _FAULTS.get(fault.error, _RAISED).format(name=exercise, error=fault.error))
    except SessionLost as error:
        result, lost = _failed(check, _LOST[error.reason].format(name=exercise) + _UNTRIED), True
    except Exception as error:  # a fault of the check itself: never the student's zero
        result = _result(check, "error", f"{check.name} itself failed ({type(error).__name__}: {error})")
    return Attempt(result, tuple(student.transcript[before:]), lost)


def _result(check: Check, status: CheckStatus, message: str | None = None) -> CheckResult:
    return CheckResult(check.name, check.title, status, check.points, message)


def _failed(check: Check, message: str) -> CheckResult:
    return _result(check, "failed", message)


def diagnosed(
    exercise: str, attempts: Sequence[Attempt], example: Callable[[], str | None]
) -> tuple[CheckResult, ...]:
    """The results, with the misconception that explains each failure, or the smallest example if none does.

    `example` is called at most once, and only when no misconception fits.
    """
    results = tuple(attempt.result for attempt in attempts)
    calls = [call for attempt in attempts for call in attempt.calls]
    if not _worth_explaining(attempts, calls):
        return results
    causes = explain(exercise, calls)
    explained = tuple(_explained(exercise, attempt, causes, calls) for attempt in attempts)
    if any(result.misconception for result in explained):
        return explained
    shown = example()
    return tuple(replace(r, example=shown) if r.status == "failed" else r for r in results)


def _worth_explaining(attempts: Sequence[Attempt], calls: Sequence[Call]) -> bool:
    """Whether something failed, the worker lived, and the function exists and is more than a stub."""
    failed = any(attempt.result.status == "failed" for attempt in attempts)
    lost = any(attempt.lost for attempt in attempts)
    return failed and not lost and any(call.reply.error not in ("stub", "missing") for call in calls)


def _explained(
    exercise: str, attempt: Attempt, causes: Sequence[Misconception], calls: Sequence[Call]
) -> CheckResult:
    if attempt.result.status != "failed":
        return attempt.result
    if not causes:  # two mistakes at once: perhaps this check sees only one of them
        causes = explain(exercise, calls, part=attempt.calls)
    if not causes:
        return attempt.result
    sentence = " or ".join(cause.name for cause in causes)
    return replace(
        attempt.result,
        message=f"{attempt.result.message} It seems that your function {sentence}.",
        hint=" ".join(cause.hint for cause in causes),
        misconception=" or ".join(cause.id for cause in causes),
    )
