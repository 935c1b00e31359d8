"""One rule for types: another dtype than float64 costs one check, and what carries the right numbers costs nothing."""

from typing import Any

import numpy as np
import pytest

from autograder.authoring import Cases, expect
from autograder.course import notebooks
from autograder.course.exercises import exercise_of
from tests.support.gradings import EXERCISES, graded

SINGLE = """
def single(value):
    if isinstance(value, np.ndarray):
        return value.astype(np.float32)
    if isinstance(value, (list, tuple)):
        return type(value)(map(single, value))
    if isinstance(value, dict):
        return {key: single(v) for key, v in value.items()}
    return value

def wrong(value):
    if isinstance(value, np.ndarray):
        return value * 1.001
    if isinstance(value, dict):
        return {key: wrong(v) for key, v in value.items()}
    return [*map(wrong, value)]

def scalar(value):
    if isinstance(value, tuple):
        return tuple(map(scalar, value))
    return value if value is None else np.asarray(value)[()]

def doubled(value):
    return {key: 2 * v for key, v in value.items()} if isinstance(value, dict) else 2 * value
"""
# Exercises of 1 and 2 that return arrays and may compute in single precision all along.
THROUGHOUT = (
    "linear_forward", "end_to_end_matrix", "scaled_identity_output", "activation_trace", "input_gradient",
    "chain_gradients", "activate", "activation_derivative", "forward", "backward", "layer_gradient_norms",
)  # fmt: skip
# By which check of an exercise the dtype is judged, alone or together with the shape or the keys; none if it returns
# numbers.
DTYPE = {
    exercise: check.name
    for _, exercise in EXERCISES
    for check in exercise_of(exercise).checks
    if check.name in ("check_dtype", "check_array", "check_vector", "check_keys")
}
OF = {exercise: assignment for assignment, exercise in EXERCISES}
NUMBERS = [exercise for exercise in OF if exercise not in DTYPE]


def wrapped(assignment: str, exercise: str, before: str = "value", after: str = "value") -> str:
    """The solution, given what `before` makes of its arguments; it returns what `after` makes of its result."""
    solution = notebooks.assignments()[assignment].solutions[exercise]
    return f"""{SINGLE}
{solution}
_right = {exercise}
def {exercise}(*arguments):
    value = list(arguments)
    value = _right(*{before})
    return {after}
"""


def lost(assignment: str, exercise: str, code: str) -> dict[str, str]:
    """The checks that fail, with their sentences."""
    cases = Cases(b"types", f"{assignment}/{exercise}")
    return {
        r.name: r.message or "" for r in graded(assignment, exercise, code, cases) if r.status != "passed"
    }


@pytest.mark.parametrize("exercise", DTYPE)
def test_single_precision_costs_one_check_of_one_point_that_names_it(exercise: str) -> None:
    found = lost(OF[exercise], exercise, wrapped(OF[exercise], exercise, after="single(value)"))
    name = DTYPE[exercise]
    assert list(found) == [name]
    assert "float32: the course computes in float64" in found[name]
    assert {check.points for check in exercise_of(exercise).checks if check.name == name} == {1}


@pytest.mark.parametrize("exercise", THROUGHOUT)
def test_single_precision_all_along_costs_no_more(exercise: str) -> None:
    code = wrapped(OF[exercise], exercise, "single(value)", "single(value)")
    assert list(lost(OF[exercise], exercise, code)) == ["check_dtype"]


@pytest.mark.parametrize("exercise", NUMBERS)
def test_a_numpy_scalar_is_a_number(exercise: str) -> None:
    assert not lost(OF[exercise], exercise, wrapped(OF[exercise], exercise, after="scalar(value)"))


@pytest.mark.parametrize("exercise", DTYPE)
def test_wrong_numbers_in_single_precision_lose_more(exercise: str) -> None:
    scaled = "single(wrong(value))" if OF[exercise][0] in "12" else "single(doubled(value))"
    assert len(lost(OF[exercise], exercise, wrapped(OF[exercise], exercise, after=scaled))) > 1


def test_a_list_of_numpy_numbers_is_fine() -> None:
    code = wrapped("1-deep-chains", "chain_gradients", after="list(value)")
    assert not lost("1-deep-chains", "chain_gradients", code)
    code = wrapped("1-deep-chains", "chain_gradients", after="list(single(value))")
    assert list(lost("1-deep-chains", "chain_gradients", code)) == ["check_dtype"]


@pytest.mark.parametrize("value", [(1.0, 2.0), [1.0, 2.0], np.array([1.0, 2.0])])
def test_a_pair_is_a_tuple_a_list_or_an_array_of_two(value: Any) -> None:
    one, two = expect.pair(value, "it")
    assert (expect.number(one, "one"), expect.number(two, "two")) == (1.0, 2.0)


@pytest.mark.parametrize("value", [np.array([1.0]), np.array(1.0), np.ones((3, 2)), 1.0, [1.0] * 3])
def test_anything_else_is_no_pair(value: Any) -> None:
    with pytest.raises(expect.CheckFailed, match="a pair"):
        expect.pair(value, "it")


RIGHT = np.array([1.0, 2.0])


@pytest.mark.parametrize(
    ("value", "right", "fine"),
    [
        (RIGHT.astype(np.float32), RIGHT, True),
        (RIGHT * 1.001, RIGHT, False),
        (RIGHT.astype(np.int64), RIGHT, True),
        (np.array([True, True]), RIGHT, False),
        (np.zeros(2, np.float32), RIGHT * 1e-45, True),
        (np.full(2, np.inf, np.float32), RIGHT * 1e45, True),
        (np.zeros(2, np.float32), RIGHT * 1e45, False),
        (np.full(2, np.nan, np.float32), RIGHT, False),
        (np.ones(2, np.float32), RIGHT * 1e-45, False),
        (np.full(2, np.nan, np.float32), RIGHT * 1e-45, False),
    ],
)
def test_single_precision_is_judged_as_such(value: Any, right: Any, fine: bool) -> None:
    error = expect.relative_error(expect.array(value, (2,), "it", near=right), right)
    assert (error <= 1e-12) is fine
