"""Where an exercise is kept: `course/<assignment>/<exercise>/`. Nothing is registered; the names lead there."""

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import ModuleType

import autograder.course
from autograder.authoring import Catalogue, Exercise


@cache
def assignments() -> tuple[str, ...]:
    """All assignments that have exercises here, in the order of the course."""
    packages = [m.name for m in pkgutil.iter_modules(autograder.course.__path__) if m.ispkg]
    return tuple(sorted(name[1:].replace("_", "-") for name in packages if name[1:2].isdigit()))


@cache
def exercises_of(assignment: str) -> frozenset[str]:
    """The exercises of an assignment that have a folder."""
    package = importlib.import_module(f"autograder.course.{_package_of(assignment)}")
    return frozenset(m.name for m in pkgutil.iter_modules(package.__path__) if m.ispkg)


def exercise_of(name: str) -> Exercise:
    """What an exercise offers to the engine."""
    exercise: Exercise = module_of(name, "checks").EXERCISE
    return exercise


def misconceptions_of(name: str) -> Catalogue:
    """All misconceptions of an exercise."""
    catalogue: Catalogue = module_of(name, "misconceptions").catalogue
    return catalogue


def variants_of(name: str) -> Mapping[str, str]:
    """Right solutions that differ from ours: source text by name."""
    variants: Mapping[str, str] = module_of(name, "variants").VARIANTS
    return variants


def module_of(name: str, part: str) -> ModuleType:
    """The module `checks`, `misconceptions` or `variants` in an exercise's folder."""
    return importlib.import_module(f"autograder.course.{_place_of(name)}.{part}")


def folder_of(assignment: str) -> Path:
    """Where the exercises of an assignment are kept."""
    return Path(__file__).parent / _package_of(assignment)


@cache
def _place_of(name: str) -> str:
    """Names of exercises are unique in the course; a test holds them to it."""
    return next(f"{_package_of(a)}.{name}" for a in assignments() if name in exercises_of(a))


def _package_of(assignment: str) -> str:
    """`4-depth-150` -> `a4_depth_150`: an assignment's name as a Python name."""
    return "a" + assignment.replace("-", "_")
