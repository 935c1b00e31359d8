"""One exercise graded directly on its checks, without the worker: what tests and studies do thousands of times."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from autograder.authoring import Cases, Misconception, Student
from autograder.course import notebooks
from autograder.course.exercises import exercise_of, variants_of
from autograder.demo.handin import solved
from autograder.grading.grader import Grader
from autograder.grading.marking import Shown, judged, mark
from autograder.intake.submission import from_cells
from autograder.results import Cause, CheckResult, Grade
from autograder.sandbox import Cell, OwnCode

EXERCISES = [
    (name, exercise)
    for name in notebooks.assignments()
    for exercise in notebooks.assignments()[name].exercises
]


def right_solutions(exercise: str) -> dict[str, str | None]:
    """Ours (None: the solved notebook as it is) and the variants."""
    return {"solution": None, **variants_of(exercise)}


def without_experiments(document: dict[str, Any], assignment: str) -> list[dict[str, Any]]:
    """The cells of a notebook but for the course's own experiments."""
    ours = notebooks.assignments()[assignment].experiments
    return [cell for cell in document["cells"] if notebooks.source(cell).strip() not in ours]


def cells_of(assignment: str, changes: dict[str, str]) -> tuple[Cell, ...]:
    """The code cells of the solved notebook with some of them replaced."""
    return from_cells("x.ipynb", solved(assignment, changes)["cells"], None, assignment).essential


def graded(assignment: str, exercise: str, source: str | None, cases: Cases) -> tuple[CheckResult, ...]:
    """The results of one exercise of a notebook whose cell holds `source`."""
    with OwnCode().open(cells_of(assignment, {} if source is None else {exercise: source})) as session:
        attempts = mark(exercise_of(exercise).checks, Student(session), cases)
        return judged(exercise, attempts, unsearched).checks


@cache
def cases_of(secret: bytes, path: str) -> Cases:
    """The hidden inputs, made once for all tests of a process, as for a class."""
    return Cases(secret, path)


def unsearched(known: Sequence[Misconception]) -> Shown:
    """What is told where nothing is asked in addition."""
    return Shown(tuple(Cause(wrong.id, wrong.name, wrong.hint) for wrong in known))


@cache
def own_grader() -> Grader:
    """One for all tests of a process that need no isolation, as there is one for a class."""
    return Grader(OwnCode(), b"a secret of this test's own")


def grade(document: dict[str, Any], assignment: str) -> Grade:
    """The grade of a whole notebook."""
    return own_grader().grade(from_cells("x.ipynb", document["cells"], "ada", assignment))
