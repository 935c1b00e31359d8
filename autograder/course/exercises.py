"""Where an exercise is kept: `course/<assignment>/<exercise>/`. Nothing is registered; the names lead there."""

import importlib
import pkgutil
from functools import cache
from types import ModuleType

import autograder.course
from autograder.authoring import Check, Misconception


def package_of(assignment: str) -> str:
    """`4-depth-150` -> `a4_depth_150`: an assignment's name as a Python name."""
    return "a" + assignment.replace("-", "_")


@cache
def assignments() -> tuple[str, ...]:
    """All assignments that have exercises here, in the order of the course."""
    packages = [m.name for m in pkgutil.iter_modules(autograder.course.__path__) if m.ispkg]
    return tuple(sorted(name[1:].replace("_", "-") for name in packages if name[1:2].isdigit()))


@cache
def exercises_of(assignment: str) -> frozenset[str]:
    """The exercises of an assignment that have a folder."""
    package = importlib.import_module(f"autograder.course.{package_of(assignment)}")
    return frozenset(m.name for m in pkgutil.iter_modules(package.__path__) if m.ispkg)


@cache
def _assignment_of(exercise: str) -> str:
    """Names of exercises are unique in the course; a test holds them to it."""
    return next(assignment for assignment in assignments() if exercise in exercises_of(assignment))


def module_of(exercise: str, part: str) -> ModuleType:
    """The module `checks`, `misconceptions` or `variants` in an exercise's folder."""
    package = package_of(_assignment_of(exercise))
    return importlib.import_module(f"autograder.course.{package}.{exercise}.{part}")


@cache
def checks_of(assignment: str, exercise: str) -> tuple[Check, ...]:
    """The checks of an exercise, in the order in which they are written."""
    module = importlib.import_module(f"autograder.course.{package_of(assignment)}.{exercise}.checks")
    return tuple(member for member in vars(module).values() if isinstance(member, Check))


@cache
def misconceptions_of(exercise: str) -> tuple[Misconception, ...]:
    """All misconceptions of an exercise, in the order in which they are written."""
    members = vars(module_of(exercise, "misconceptions")).values()
    return tuple(member for member in members if isinstance(member, Misconception))
