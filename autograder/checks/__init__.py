"""Hidden checks: plain functions `check_*(student, cases)` in `checks/<assignment>/<exercise>.py`.

A check states one law. Its docstring is the title that the student reads; it raises `CheckFailed`
(through `expect`) with a sentence written for the student, or returns. Nothing registers a check:
the assignment's and the exercise's names lead to its module, and the tests prove that they join.
"""

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from types import ModuleType

from autograder.checks.cases import Cases
from autograder.checks.student import Student

__all__ = [
    "Cases",
    "Check",
    "Student",
    "assignments",
    "check",
    "checks_of",
    "exercises_with_checks",
    "module_of",
]

CheckFunction = Callable[[Student, Cases], None]


@dataclass(frozen=True)
class Check:
    """One hidden check, the points it carries, and how often at most it fails a right solution."""

    name: str
    title: str
    points: float
    run: CheckFunction
    false_fail: float = 0.0


def check(*, points: float, false_fail: float = 0.0) -> Callable[[CheckFunction], Check]:
    """Turn a function into a check worth `points`; its docstring becomes the title.

    `false_fail` bounds the probability that a right solution fails; it is 0 unless the check is statistical.
    """

    def decorate(function: CheckFunction) -> Check:
        title = " ".join((function.__doc__ or "").split())
        if not title or points <= 0:
            raise ValueError(
                f"{function.__name__}: a check needs a docstring (its title) and positive points"
            )
        return Check(function.__name__, title, float(points), function, false_fail)

    return decorate


def package_of(assignment: str) -> str:
    """`4-depth-150` -> `a4_depth_150`: an assignment's name as a Python name."""
    return "a" + assignment.replace("-", "_")


@cache
def assignments() -> tuple[str, ...]:
    """All assignments that have checks, in the order of the course."""
    packages = [module.name for module in pkgutil.iter_modules(__path__) if module.ispkg]
    return tuple(sorted(name.removeprefix("a").replace("_", "-") for name in packages))


@cache
def exercises_with_checks(assignment: str) -> frozenset[str]:
    """The exercises of an assignment for which there is a module of checks."""
    package = importlib.import_module(f"{__name__}.{package_of(assignment)}")
    return frozenset(m.name for m in pkgutil.iter_modules(package.__path__) if not m.name.startswith("_"))


def module_of(assignment: str, exercise: str) -> ModuleType:
    """The module that holds an exercise's checks."""
    return importlib.import_module(f"{__name__}.{package_of(assignment)}.{exercise}")


@cache
def checks_of(assignment: str, exercise: str) -> tuple[Check, ...]:
    """The checks of an exercise, in the order in which they are written."""
    members = vars(module_of(assignment, exercise)).values()
    return tuple(member for member in members if isinstance(member, Check))
