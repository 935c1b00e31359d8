"""Whatever plain value a function returns, wherever: the check fails or passes. An error would be called ours."""

from collections.abc import Sequence
from itertools import chain
from random import Random
from typing import Any

import numpy as np
import pytest

from autograder.authoring import Cases, Student
from autograder.course import notebooks
from autograder.course.exercises import exercise_of
from autograder.demo.handin import solved
from autograder.grading.marking import judged, mark
from autograder.intake.submission import from_cells
from autograder.reports import explanation
from autograder.results import ExerciseResult
from autograder.sandbox import OwnCode, Reply, Session
from tests.support.gradings import unsearched
from tests.support.selection import mostly_slow

EXERCISES = [(name, exercise) for name, one in notebooks.assignments().items() for exercise in one.exercises]
VALUES: list[Any] = [
    None, True, 0, -1, 2**63 - 1, -(2**63), 0.0, -0.0, 1e308, 5e-324, float("nan"), float("inf"),
    "", "W1", "\x1b[2J\u202e", b"raw", [], [[]], [None], [1, 2.5, "x"], [[1.0, 2.0], [3.0]],
    {}, {"W1": None}, {"": []}, {"W1": [1], "b1": "x"}, {"\x1b[2J<script>" + "y" * 9000: 1.0},
    [None, None], ["text", {}], [{}, []], [1.0] * 1000, [[0.0] * 9] * 9, {"a": {"b": {"c": []}}},
    np.float64(1), np.array(np.nan), np.array(True), np.zeros(0), np.zeros((0, 3)), np.zeros((3, 0)), np.ones((2, 2)),
    np.ones(4), np.ones((1, 1, 1)), np.full((3, 3), np.nan), np.full((3, 3), np.inf), np.ones((2, 3), np.float16),
    np.ones((2, 3), np.complex128), np.ones((2, 3), bool), np.ones((2, 3), np.int64), np.ones((2, 3), np.uint8),
    np.array(2**63 - 1), np.full(5, 1.7e308), np.full(5, -5e-324), np.ones((1,) * 8),
]  # fmt: skip


class Anything(Session):
    """A session that answers every call of one function with what it is told to, and the others honestly."""

    def __init__(self, honest: Session, name: str, choose: Any) -> None:
        self._honest, self._name, self._choose = honest, name, choose

    @property
    def errors(self) -> tuple[()]:
        return ()

    def calls(self, name: str, batch: Sequence[tuple[Any, ...]]) -> list[Reply]:
        honest = self._honest.calls(name, batch)
        return [self._choose(reply) for reply in honest] if name == self._name else honest

    def words_of(self, name: str, arguments: tuple[Any, ...]) -> None:
        return None

    def close(self) -> None:
        pass


@pytest.fixture(scope="module")
def honest() -> dict[str, Session]:
    return {name: _honest(name) for name in notebooks.assignments()}


def _honest(assignment: str) -> Session:
    return OwnCode().open(from_cells("x.ipynb", solved(assignment)["cells"], None, assignment).essential)


def results(honest: dict[str, Session], assignment: str, exercise: str, choose: Any) -> ExerciseResult:
    student = Student(Anything(honest[assignment], exercise, choose))
    cases = Cases(b"any value", f"{assignment}/{exercise}")
    attempts = mark(exercise_of(exercise).checks, student, cases)
    return judged(exercise, attempts, unsearched)


def mutants(value: Any) -> list[Any]:
    """The right value with something wrong somewhere in it."""
    if isinstance(value, np.ndarray) and value.size:
        flat = value.reshape(-1)
        one_nan = np.where(np.arange(value.size) == 0, np.nan, flat).reshape(value.shape)
        kinds = [value.astype(kind) for kind in ("f2", "f4", "c16", "?")]
        return [
            *kinds,
            value[..., None],
            flat,
            value.T,
            flat[:0],
            one_nan,
            np.full(value.shape, np.inf),
            value.tolist(),
        ]
    if isinstance(value, list):
        inside: list[Any] = [
            [*value[:i], changed, *value[i + 1 :]] for i in range(len(value)) for changed in mutants(value[i])
        ]
        return [value[:-1], [*value, None], value[::-1], [None] * len(value), [*value * 20], *inside[:60]]
    if isinstance(value, dict):
        inside = [{**value, key: changed} for key in value for changed in mutants(value[key])]
        return [{}, {**value, "\x1b": 1}, dict(list(value.items())[1:]), dict.fromkeys(value), *inside[:60]]
    return [None, str(value), [value], {"value": value}, float("nan")]


@pytest.mark.parametrize(("assignment", "exercise"), mostly_slow(EXERCISES, key=lambda case: case[0]))
def test_no_value_makes_a_check_fail_by_its_own_fault(
    honest: dict[str, Session], assignment: str, exercise: str
) -> None:
    chance, example = Random(exercise), list[Reply]()

    def overheard(reply: Reply) -> Reply:
        example.append(reply)
        return reply

    results(honest, assignment, exercise, overheard)
    chosen = [*VALUES, *mutants(example[0].result)]
    mixed = (lambda reply: Reply(chance.choice(chosen)) for _ in range(2))
    same = (lambda reply, value=value: Reply(value) for value in chance.sample(chosen, min(8, len(chosen))))
    late = (
        lambda reply, value=value: Reply(value) if chance.random() < 0.2 else reply
        for value in chance.sample(chosen, 3)
    )
    raised = (
        lambda reply, error=error: Reply(None, error, (), True)
        for error in ("ValueError", "unsupported", "stub")
    )
    found = [
        (result, check)
        for result in (results(honest, assignment, exercise, c) for c in chain(mixed, same, late, raised))
        for check in result.checks
    ]
    assert [f"{check.name}: {check.message}" for _, check in found if check.status == "error"] == []
    sentences = {text for result, check in found for _, text in explanation(result, check)}
    assert [text for text in sentences if not text.isprintable() or len(text) > 600] == []
