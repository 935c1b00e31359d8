"""Hidden checks: plain functions `check_*(student, cases)` in `course/<assignment>/<exercise>/checks.py`.

A check states one law. Its docstring is the title that the student reads; it raises `CheckFailed`
(through `expect`) with a sentence written for the student, or returns.
"""

from collections.abc import Callable
from dataclasses import dataclass

from autograder.authoring.cases import Cases
from autograder.authoring.student import Student

CheckFunction = Callable[[Student, Cases], None]


@dataclass(frozen=True)
class Check:
    """One hidden check, the points it carries, and how often at most it fails a right solution."""

    name: str
    title: str
    points: float
    run: CheckFunction
    false_fail: float = 0.0


def check(*, points: float, false_fail: float = 0.0, title: str = "") -> Callable[[CheckFunction], Check]:
    """Turn a function into a check worth `points`; its docstring becomes the title, unless one is given.

    `false_fail` bounds the probability that a right solution fails; it is 0 unless the check is statistical.
    """

    def decorate(function: CheckFunction) -> Check:
        words = " ".join((title or function.__doc__ or "").split())
        if not words:
            raise ValueError(f"{function.__name__} has no docstring, which is the title that students read")
        if points <= 0:
            raise ValueError(f"{function.__name__} has {points:g} points; a check needs more than 0")
        return Check(function.__name__, words, float(points), function, false_fail)

    return decorate
