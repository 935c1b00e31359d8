"""No answer is our fault: whatever a function returns, raises or does, it is graded, and costs its own points alone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.course import notebooks
from autograder.demo.handin import solved
from autograder.grading.grader import Grader
from autograder.intake.submission import from_cells
from autograder.results import ExerciseResult
from tests.support.gradings import own_grader, without_experiments
from tests.support.selection import mostly_slow

OF = {exercise: name for name, one in notebooks.assignments().items() for exercise in one.exercises}

# What a function does instead of its work: wrong in every call.
BODIES = {
    "half": "return 0.5",
    "nothing": "print(args)",
    "text": "return 'x'",
    "not a number": "return float('nan')",
    "an array": "return np.full((3, 3), 7.25)",
    "objects": "return np.array([None, 'x', 1.5], dtype=object)",
    "whole numbers": "return np.arange(12).reshape(3, 4)",
    "a dictionary": "return {'W1': np.ones((1, 1)), 'b1': None, 3: 'x'}",
    "a generator": "yield 1.0",
    "itself": "return {NAME}",
    "a class": "return type('Array', (), {'shape': (2, 2)})()",
    "a thing that lies": "return type('Odd', (float,), {'__eq__': lambda s, o: 1 / 0})(1.0)",
    "nested lists": "return [[0.0] * 9] * 9",
    "more each time": "calls.append(1); return len(calls) * np.ones((2, 2))",
    "its arguments": "return args",
    "division by zero": "return 1 / 0",
    "no such name": "return undefined_name",
    "an error of its own": "raise type('Odd', (Exception,), {})('x' * 9999)",
    "no message": "raise type('Odd', (Exception,), {'__str__': lambda s: 1 / 0})",
    "exit": "raise SystemExit(0)",
    # Not by `*args`: CPython 3.15.0 does not count those calls (its issue 155151), and here nothing bounds memory.
    "recursion": "again = lambda: again(); return again()",
    "memory": "raise MemoryError",
    "a helper's stub": "return helper()",
}
# And wrong only now and then, around the right function.
WRAPPED = {
    "right but for the third call": "out = right(*args); calls.append(1); return None if len(calls) == 3 else out",
    "right but for the first call": "out = right(*args); calls.append(1); return out if len(calls) > 1 else 0.0",
    "right but in another structure": "return [right(*args)]",
    "right as text": "return str(right(*args))",
}


@pytest.fixture(scope="module")
def grader() -> Grader:
    return own_grader()


def cell(exercise: str, body: str) -> str:
    """A cell in which the exercise's function does this; `right` is our solution."""
    right = notebooks.assignments()[OF[exercise]].solutions[exercise]
    helpers = f"right, calls = {exercise}, []\ndef helper():\n    raise NotImplementedError\n"
    return f"{right}\n{helpers}def {exercise}(*args):\n    {body.replace('{NAME}', exercise)}\n"


def result(grader: Grader, exercise: str, source: str) -> ExerciseResult:
    """The result of the exercise, in a notebook that is otherwise right and loses nothing else."""
    document = solved(OF[exercise], {exercise: source})
    cells = without_experiments(document, OF[exercise])  # which would run for each name that is lacking
    grade = grader.grade(from_cells("x.ipynb", cells, "ada", OF[exercise]))
    assert grade.error is None
    assert [one.name for one in grade.exercises if one.failed and one.name != exercise] == []
    found = next(one for one in grade.exercises if one.name == exercise)
    assert found.fault is None, grade.notes
    return found


@pytest.mark.parametrize("exercise", mostly_slow(OF))
@pytest.mark.parametrize("body", BODIES)
def test_a_wrong_answer_is_graded_and_costs_its_own_points(grader: Grader, exercise: str, body: str) -> None:
    assert result(grader, exercise, cell(exercise, BODIES[body])).score == 0


@pytest.mark.parametrize("exercise", mostly_slow(OF))
@pytest.mark.parametrize("body", WRAPPED)
def test_an_answer_that_is_seldom_wrong_is_graded(grader: Grader, exercise: str, body: str) -> None:
    result(grader, exercise, cell(exercise, WRAPPED[body]))


NUMBERS = st.one_of(st.floats(), st.integers(-(2**70), 2**70), st.complex_numbers(), st.booleans(), st.none())
SHAPES = st.lists(st.integers(0, 4), max_size=3).map(tuple)
ARRAYS = st.builds(
    "np.full({}, {!r}, {!r})".format, SHAPES, st.sampled_from([0, 1, 2.5]), st.sampled_from("fdeiubc")
)
VALUES = st.recursive(
    st.one_of(NUMBERS.map(repr), st.text(max_size=5).map(repr), ARRAYS),
    lambda some: (
        st.lists(some, max_size=3).map(lambda parts: f"[{', '.join(parts)}]")
        | st.dictionaries(st.sampled_from(["W1", "b1", "dW2", "x"]), some, max_size=3).map(
            lambda parts: "{" + ", ".join(f"{key!r}: {value}" for key, value in parts.items()) + "}"
        )
    ),
    max_leaves=5,
)


@pytest.mark.slow
@given(exercise=st.sampled_from(list(OF)), value=VALUES)
@settings(max_examples=60)
def test_any_value_is_graded(grader: Grader, exercise: str, value: str) -> None:
    body = f"nan, inf, nanj, infj = np.nan, np.inf, np.nan * 1j, np.inf * 1j; return {value}"
    result(grader, exercise, cell(exercise, body))
