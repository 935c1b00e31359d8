"""The right grade: solutions and variants get full marks, stubs nothing, misconceptions lose points and are named.

Checks run directly on our own code in this process; the way through the worker is tested in tests/grader.
"""

import itertools
from collections.abc import Sequence
from functools import cache
from typing import Any, cast

import numpy as np
import pytest

from autograder.authoring import Student
from autograder.course import notebooks
from autograder.course.exercises import exercise_of, misconceptions_of, variants_of
from autograder.demo.handin import released, solved, source_of
from autograder.grading.grader import Grader
from autograder.grading.marking import judged, mark
from autograder.intake.submission import from_cells
from autograder.results import ExerciseResult
from autograder.sandbox import OwnCode, Reply, Session
from tests.support.gradings import cases_of, unsearched
from tests.support.selection import mostly_slow

EXERCISES = [
    (name, exercise)
    for name in notebooks.assignments()
    for exercise in notebooks.assignments()[name].exercises
]
MISTAKES = [(a, e, wrong.id) for a, e in EXERCISES for wrong in misconceptions_of(e)]
VARIANTS = [(a, e, name) for a, e in EXERCISES for name in variants_of(e)]
SECRETS = [f"secret {number}".encode() for number in range(3)]


def graded(assignment: str, exercise: str, document: dict[str, Any], secret: bytes) -> ExerciseResult:
    """The result of one exercise of a notebook."""
    cells = from_cells("test.ipynb", document["cells"], None, assignment).essential
    with OwnCode().open(cells) as session:
        cases = cases_of(secret, f"{assignment}/{exercise}")
        attempts = mark(exercise_of(exercise).checks, Student(session), cases)
        return judged(exercise, attempts, unsearched)


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize(("assignment", "exercise"), EXERCISES)
def test_solution_gets_full_marks(assignment: str, exercise: str, secret: bytes) -> None:
    assert graded(assignment, exercise, solved(assignment), secret).failed == ()


@pytest.mark.parametrize("secret", mostly_slow(SECRETS))
@pytest.mark.parametrize(("assignment", "exercise", "name"), VARIANTS)
def test_variant_gets_full_marks(assignment: str, exercise: str, name: str, secret: bytes) -> None:
    document = solved(assignment, {exercise: variants_of(exercise)[name]})
    assert graded(assignment, exercise, document, secret).failed == ()


@pytest.mark.parametrize(("assignment", "exercise"), EXERCISES)
def test_stub_gets_nothing(assignment: str, exercise: str) -> None:
    result = graded(assignment, exercise, released(assignment), SECRETS[0])
    assert result.score == 0
    assert {check.reason for check in result.checks} == {"stub"}


@cache
def grader() -> Grader:
    return Grader(OwnCode(), SECRETS[0])


@cache
def losses(assignment: str, exercise: str, wrong: str) -> dict[str, set[tuple[str, ...]]]:
    """What loses points if a misconception is handed in: by exercise, the causes that its failed checks name."""
    document = solved(assignment, {exercise: source_of(misconceptions_of(exercise)[wrong], exercise)})
    grade = grader().grade(from_cells("test.ipynb", document["cells"], None, assignment))
    return {
        result.name: {check.causes for check in result.failed} for result in grade.exercises if result.failed
    }


@pytest.mark.parametrize(("assignment", "exercise", "wrong"), mostly_slow(MISTAKES, key=lambda case: case[1]))
def test_misconception_loses_points_in_its_exercise_alone_and_is_named(
    assignment: str, exercise: str, wrong: str
) -> None:
    lost = losses(assignment, exercise, wrong)
    assert lost, (
        f"{wrong} loses no points. If it does here what the right formula does, remove it from "
        "misconceptions.py; if not, let a hidden call tell it from the right solution"
    )
    others = ", ".join(sorted(lost.keys() - {exercise}))
    assert not others, f"{wrong} costs points in {others}, too, which must not depend on {exercise}"
    named = {name for causes in lost[exercise] for name in causes}
    assert all(wrong in causes for causes in lost[exercise]), (
        f"{wrong} is not named where it loses points, but {', '.join(sorted(named)) or 'nothing'}: its results have "
        "to follow from the arguments, and three other misconceptions or more must not give the same ones"
    )


@pytest.mark.parametrize(("assignment", "exercise"), mostly_slow(EXERCISES))
def test_misconceptions_are_told_from_each_other(assignment: str, exercise: str) -> None:
    pairs = {
        frozenset((wrong.id, other))
        for wrong in misconceptions_of(exercise)
        for causes in losses(assignment, exercise, wrong.id).get(exercise, ())
        for other in causes
        if other != wrong.id
    }
    assert not pairs, "\n".join(
        f"{' and '.join(sorted(pair))} give the same results in the hidden calls: remove one from misconceptions.py "
        "and let the other's text cover both, or add a hidden call that tells them apart"
        for pair in sorted(pairs, key=sorted)
    )


JUNK: list[Any] = [
    None, True, 0, 7, -1.5, float("nan"), float("inf"), 1.7e308, 5e-324, 2**63 - 1, "", "text",
    [], [[]], [None], {}, {"W1": 3}, [1.0, "x"], [float("nan")] * 2, {"dW1": [], "db1": {}}, [[1.0, 2.0], [3.0]],
    np.array(3.0), np.array(True), np.array([]), np.array([1j, 2]), np.arange(6).reshape(2, 3), np.array([True, False]),
    np.zeros((2, 2)), np.full((3, 4), np.nan), np.full((3, 4), 1.7e308), np.zeros((0, 5)), np.zeros((1, 1, 1, 1, 1)),
    np.zeros(1000, np.float16), [np.zeros((2, 2))] * 3, [[np.zeros((2, 2)), None]] * 150, [np.zeros(3), {}],
    {f"{k}{l}": np.zeros((2, 2)) for l in range(160) for k in ("W", "b", "dW", "db")},
]  # fmt: skip


class Liar:
    """A session that answers every call with the same value, or with the next of several."""

    errors = ()

    def __init__(self, values: list[Any]) -> None:
        self.values = itertools.cycle(values)

    def calls(self, name: str, batch: Sequence[Any]) -> list[Reply]:
        return [Reply(next(self.values), None, (), False) for _ in batch]


@pytest.mark.parametrize(("assignment", "exercise"), EXERCISES)
def test_no_value_makes_a_check_itself_fail(assignment: str, exercise: str) -> None:
    """Whatever plain value comes back is the student's failure, never an error of ours and never full marks."""
    cases = cases_of(SECRETS[0], f"{assignment}/{exercise}")
    for values in [[value] for value in JUNK] + [JUNK]:
        attempts = mark(exercise_of(exercise).checks, Student(cast(Session, Liar(values))), cases)
        assert {a.result.status for a in attempts} <= {"passed", "failed"}, [
            a.result.message for a in attempts
        ]
        assert sum(a.result.score for a in attempts) < sum(a.result.max_score for a in attempts)
