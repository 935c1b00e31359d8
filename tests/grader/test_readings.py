"""What `depth_report` and `best_multiplier` compute, recognised by the digits of random results and by mere choices."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest

from autograder.course.exercises import exercise_of, variants_of
from autograder.course.reference import backpropagation, depth, initialization
from autograder.demo.handin import solved
from autograder.grading.grader import Grader
from autograder.intake.submission import from_cells
from autograder.results import Cause
from autograder.sandbox import OwnCode, Reply, Rng
from tests.support.selection import mostly_slow

PASTED = {"np": np} | {
    name: value
    for module in (initialization, backpropagation, depth)
    for name, value in vars(module).items()
    if callable(value)
}


def read(exercise: str, source: str) -> list[Cause]:
    """What is read of a function, which is ours and runs here."""
    namespace = dict(PASTED)
    exec(source, namespace)
    function: Callable[..., Any] = namespace[exercise]

    def ask(calls: Sequence[tuple[Any, ...]]) -> list[Reply]:
        with np.errstate(all="ignore"):
            given = [
                [np.random.default_rng(a.seed) if isinstance(a, Rng) else a for a in call] for call in calls
            ]
            return [Reply(_sent(function(*one))) for one in given]

    reading = exercise_of(exercise).reading
    assert reading is not None
    with np.errstate(all="ignore"):
        return list(reading(ask))


def _sent(value: Any) -> Any:
    return (
        list(map(float, value))
        if isinstance(value, tuple | list)
        else value
        if value is None
        else float(value)
    )


REPORT = """
def depth_report(scheme, activation, depth, width, rng):
    {before}
    parameters = initialize_parameters([width] * (depth + 1), scheme, rng)
    {after}
    y, caches = forward(x, parameters, activation)
    g = backward(y, {target}, parameters, caches, activation)
    norm = np.linalg.norm
    f = ({above} / norm(x)) ** (1 / {root})
    b = (norm(g[{first!r}]) / norm(g["db" + str(depth)])) ** (1 / (depth - 1))
    return f, b
"""
NORMAL = "x = rng.standard_normal((width, 1))"
REPORTS: dict[str, dict[str, str]] = {  # what is said, and what is done
    "takes (‖∂J/∂Z^[2]‖ / ‖∂J/∂Z^[L]‖)^(1/(L−1)) for the backward growth": {"first": "db2"},
    "takes (‖a^[L]‖ / ‖a^[0]‖)^(1/(L+1)) for the forward growth": {"root": "(depth + 1)"},
    "takes (‖a^[L−1]‖ / ‖a^[0]‖)^(1/L) for the forward growth": {"above": "norm(caches[-1][0])"},
    "takes the gradients of a cost whose target is 1, and not 0": {"target": "np.ones_like(y)"},
    "takes the gradients of a cost whose target is drawn at random": {"target": "rng.normal(size=y.shape)"},
    "takes an input that is uniform on (0, 1), and not standard normal": {"x": "x = rng.random((width, 1))"},
    "takes 10 inputs at once": {"x": "x = rng.standard_normal((width, 10))"},
    "draws the input from a generator of its own, with seed 0": {
        "x": "x = np.random.default_rng(0).standard_normal((width, 1))"
    },
    "finds the right backward growth of its network, but not the forward growth": {"above": "norm(np.cos(y))"},
}  # fmt: skip


@pytest.mark.parametrize("input_first", [False, True])
@pytest.mark.parametrize("words", mostly_slow(list(REPORTS)))
def test_the_formula_of_a_report_is_read(words: str, input_first: bool) -> None:
    parts = {
        "target": "0 * y",
        "above": "norm(y)",
        "root": "depth",
        "first": "db1",
        "x": NORMAL,
        **REPORTS[words],
    }
    before, after = (parts["x"], "") if input_first else ("", parts["x"])
    [cause] = read("depth_report", REPORT.format(before=before or "pass", after=after or "pass", **parts))
    assert words in cause.name


CHOICE = """
def best_multiplier(activation, candidates, depth, width, rng):
    costs = []
    for c in {candidates}:
        parameters = initialize_parameters([width] * (depth + 1), "xavier", rng, {multiplier})
        x = rng.standard_normal((width, 1))
        y, caches = forward(x, parameters, {activation})
        g = (np.linalg.norm({vector}) / np.linalg.norm(x)) ** (1 / depth)
        costs.append({cost})
    return {answer}
"""
RIGHT = {
    "candidates": "candidates",
    "multiplier": "c",
    "activation": "activation",
    "vector": "y",
    "cost": "abs(np.log(g))",
    "answer": "candidates[int(np.argmin(costs))]",
}
CHOICES: dict[str, dict[str, str]] = {
    "takes the candidate with the smallest |g − 1|": {"cost": "abs(g - 1)"},
    "takes the candidate with the smallest growth": {"cost": "g"},
    "takes a dead network, whose growth is 0, for the best": {"cost": "abs(np.log(g)) if g else 0.0"},
    "multiplies the weights, not their variance, by the candidate": {"multiplier": "c ** 2"},
    "draws networks that do not depend on the candidate": {"multiplier": "1.0"},
    "compares the candidates by ‖a^[L−1]‖ / ‖a^[0]‖": {"vector": "caches[-1][0]"},
    "measures the candidates in sorted order": {"candidates": "sorted(candidates)"},
    "leaves out the last of the candidates": {"candidates": "candidates[:-1]"},
    "returns the first candidate, whichever is best": {"answer": "candidates[0]"},
    "returns the place of the best candidate": {"answer": "np.argmin(costs)"},
    'runs the network with "relu" whatever `activation` is': {"activation": '"relu"'},
    "gives the same answers whatever is drawn from `rng`": {"cost": "abs(np.log(c))"},
    "draws networks of ReLU with He's variance": {"multiplier": "c * (2 if activation == 'relu' else 1)"},
    "stops at the first candidate that is worse": {
        "answer": "next((a for a, one, two in zip(candidates, costs, costs[1:]) if two > one), candidates[-1])"
    },
    "takes the first candidate that is good enough": {
        "answer": "next((c for c, cost in zip(candidates, costs) if cost < 0.2), candidates[-1])"
    },
}


@pytest.mark.parametrize("words", mostly_slow(list(CHOICES)))
def test_the_rule_of_a_choice_is_read(words: str) -> None:
    [cause] = read("best_multiplier", CHOICE.format(**{**RIGHT, **CHOICES[words]}))
    assert words in cause.name


@pytest.mark.parametrize("exercise", ["depth_report", "best_multiplier"])
def test_nothing_is_read_into_right_solutions(exercise: str) -> None:
    for source in variants_of(exercise).values():
        assert read(exercise, source) == []
    if exercise == "best_multiplier":
        assert read(exercise, CHOICE.format(**RIGHT)) == []


def test_a_list_that_is_changed_is_told() -> None:
    reading = exercise_of("best_multiplier").reading
    assert reading is not None
    [cause] = reading(lambda calls: [Reply(sorted(call[1])[0], modified=(1,)) for call in calls])
    assert "changes the list of candidates" in cause.name


def test_a_mistake_that_only_the_hidden_calls_look_like_is_not_told() -> None:
    """He's variance with ReLU looks like no activation at all where the draws do not decide."""
    source = CHOICE.format(**{**RIGHT, "multiplier": "c * (2 if activation == 'relu' else 1)"})
    document = solved("4-depth-150", {"best_multiplier": source})
    grade = Grader(OwnCode(), b"a secret").grade(from_cells("x.ipynb", document["cells"], "a", "4-depth-150"))
    causes = [cause.name for one in grade.exercises if one.name == "best_multiplier" for cause in one.causes]
    assert len(causes) == 1
    assert "He's variance" in causes[0]


JUNK: list[Any] = [
    None,
    "text",
    [],
    [1.0],
    [1.0, None],
    2**62,
    np.array([1.0, 2.0]),
    float("nan"),
    {"W1": 1.0},
    -1.0,
]


@pytest.mark.parametrize("exercise", ["depth_report", "best_multiplier"])
@pytest.mark.parametrize("value", JUNK, ids=range(len(JUNK)))
def test_whatever_comes_back_a_reading_says_something_or_nothing(exercise: str, value: Any) -> None:
    reading = exercise_of(exercise).reading
    assert reading is not None
    with np.errstate(all="ignore"):
        assert len(list(reading(lambda calls: [Reply(value) for _ in calls]))) <= 1
