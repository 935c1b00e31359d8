"""Mistakes that nobody foresaw: what a few questions with public inputs find out, and when they say nothing."""

import itertools
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np
import pytest

from autograder.authoring import Call
from autograder.course import notebooks
from autograder.demo.handin import solved
from autograder.grading.grader import Grader
from autograder.grading.probes import found
from autograder.grading.probes.numbers import named
from autograder.grading.probes.places import around, places
from autograder.grading.probes.trials import Trial, answer, public, tried
from autograder.intake.submission import from_cells
from autograder.results import ExerciseResult
from autograder.sandbox import OwnCode, Reply, Session
from tests.support.gradings import grade
from tests.support.selection import mostly_slow

EXERCISES = {exercise: name for name, one in notebooks.assignments().items() for exercise in one.exercises}


def result_of(exercise: str, source: str) -> ExerciseResult:
    assignment = EXERCISES[exercise]
    document = solved(assignment, {exercise: source})
    result = grade(document, assignment)
    assert result.error is None
    return next(one for one in result.exercises if one.name == exercise)


def with_last(exercise: str, line: str) -> str:
    """Our solution, and what is made of its result `r`."""
    right = notebooks.assignments()[EXERCISES[exercise]].solutions[exercise]
    return (
        f"{right}\n_right = {exercise}\ndef {exercise}(*given):\n    r = _right(*given)\n    return {line}\n"
    )


RESULTS = {  # what is returned in the place of the right result r, and what is said
    ("input_gradient", "-r"): "returns the right result with the opposite sign",
    ("input_gradient", "1.5 * r"): "returns 3/2 times the right result",
    ("length_map", "r * np.sqrt(2)"): "returns √2 times the right result",
    ("chain_gradients", "r * given[2]"): "returns the right result times x",
    ("input_gradient", "np.clip(r, -5, 5)"): "cuts its result off at -5 and 5",
    (
        "activate",
        "np.minimum(r, 6) if given[1] == 'relu' else r",
    ): 'cuts its result off at 6, for kind = "relu" alone',
    ("growth_factor", "np.round(r, 4)"): "rounds its result to 4 decimals",
    ("activation_trace", "np.where(abs(r) < 1e-12, 0, r)"): "puts 0 for right results as small as",
    ("activation_trace", "r[::-1]"): "returns the right result with its entries in reverse order",
    ("growth_factor", "r ** (len(given[0]) / (len(given[0]) - 1))"): "returns the right result to the power",
    ("neuron", "np.squeeze(r)"): "returns the right result without its axes of length 1",
    ("layer_norm", "r.ravel()"): "returns the right numbers in an array of one axis",
    ("scaled_identity_output", "r[:1]"): "returns the first row of the right result alone",
    ("end_to_end_matrix", "r.sum(axis=1, keepdims=True)"): "returns the sums of the right result's rows",
    (
        "activation_trace",
        "np.repeat(r[-1:], len(r), axis=0)",
    ): "returns the last row of the right result in all rows",
    (
        "chain_gradients",
        "r * (1 + 1e-11 * np.cos(np.arange(len(r)) + given[2]))",
    ): "right digits, and not the 15 of float64",
    (
        "activation_derivative",
        "r if given[1] in ('linear', 'relu') else "
        "(activate(given[0] + 1e-5, given[1]) - activate(given[0] - 1e-5, given[1])) / 2e-5",
    ): "gives about 10 right digits",
    (
        "activate",
        "_right(np.array([*np.nditer(given[0])]).reshape(given[0].shape), given[1])",
    ): "goes wrong for a view such as X.T, and is right for a copy",
    (
        "scaled_identity_output",
        "np.float64(np.power(np.float32(given[0]), given[1] - 1, dtype='f4')) * (given[3] @ given[2])",
    ): "right digits",
    ("forward", "r[::-1]"): "returns its two results in the other order",
    ("layer_gradient_norms", "r / r[-1]"): "returns the right result divided by its last entry",
    (
        "backward",
        "{k: 3 * v if k[1] == 'b' else v for k, v in r.items()}",
    ): "returns 3 times the right result in db^[l] (the rest is right)",
    (
        "backward",
        "{k: v + 0.01 * given[2][k[1:]] for k, v in r.items()}",
    ): "adds 0.01 times the parameter itself",
    (
        "linear_forward",
        "r if len(given[1]) < 100 else r / 7",
    ): "returns 1/7 times the right result, from the number of weights = 139 on",
}
DRAWS = {  # what is returned as weights, and what they look like
    "rng.integers(-3, 4, (n_out, n_in)) / 2 / np.sqrt(n_in)": "draws from few values",
    "(lambda A: A + A.T if n_in == n_out else 2 * A)(rng.normal(size=(n_out, n_in)))": "square matrices symmetric",
    "np.resize(rng.normal(size=(n_out // 2 + 1, n_in)), (n_out, n_in)) * np.sqrt(2 / n_in)": "repeats itself: row",
    "rng.normal(size=(n_out, n_in)) * np.sqrt(2 / n_in) * (1 + np.arange(n_out)[:, None] % 2)": "every other row",
    "np.clip(rng.laplace(size=(n_out, n_in)), -2, 2) / np.sqrt(n_in)": "cuts its draws off",
    "rng.laplace(size=(n_out, n_in)) / np.sqrt(n_in)": "from a Laplace law",
    "(rng.random((3, n_out, n_in)) - 0.5).sum(axis=0) * np.sqrt(8 / n_in)": "from sums of a few uniform numbers",
}
ARGUMENTS = {  # what is done, and what is said
    ("scaled_identity_output", "return abs(c) ** (depth - 1) * last_weight @ X"): "acts as if c were |c|",
    (
        "preactivation_variance",
        "return (n - 1) * weight_variance * mean_square_input",
    ): "acts as if n were n − 1",
    ("neuron", "return w @ X / np.linalg.norm(w)"): "acts as if w were divided by its norm",
    (
        "linear_forward",
        "return linear(X, [W.T if W.shape[0] == W.shape[1] else W for W in weights])",
    ): "acts as if W^[l] were its transpose",
    (
        "layer_norm",
        "return (A - A.mean(axis=0)) / np.sqrt(A.var(axis=0) + 2 * epsilon)",
    ): "acts as if epsilon were 2·epsilon",
    (
        "linear_forward",
        "return linear(X.astype('f4'), [W.astype('f4') for W in weights]).astype('f8')",
    ): "single precision (float32)",
}
SIGNATURES = {
    "scaled_identity_output": "c, depth, X, last_weight",
    "preactivation_variance": "n, weight_variance, mean_square_input",
    "neuron": "w, X",
    "linear_forward": "X, weights",
    "layer_norm": "A, epsilon=1e-5",
}
LINEAR = "def linear(A, weights):\n    for W in weights:\n        A = W @ A\n    return A\n"


@pytest.mark.parametrize(("exercise", "line"), mostly_slow(list(RESULTS)))
def test_what_is_made_of_the_right_result_is_said(exercise: str, line: str) -> None:
    result = result_of(exercise, with_last(exercise, line))
    assert [RESULTS[exercise, line] in cause.name for cause in result.causes] == [True]


@pytest.mark.parametrize(("exercise", "line"), mostly_slow(list(ARGUMENTS)))
def test_what_stands_in_the_place_of_an_argument_is_said(exercise: str, line: str) -> None:
    source = f"{LINEAR}\ndef {exercise}({SIGNATURES[exercise]}):\n    {line}\n"
    result = result_of(exercise, source)
    assert [ARGUMENTS[exercise, line] in cause.name for cause in result.causes] == [True]


@pytest.mark.parametrize("line", mostly_slow(list(DRAWS)))
def test_what_weights_look_like_is_said(line: str) -> None:
    result = result_of("he_normal", f"def he_normal(n_out, n_in, rng):\n    return {line}\n")
    assert [DRAWS[line] in cause.name for cause in result.causes] == [True]


def test_another_mistake_beside_one_is_told_where_it_is() -> None:
    source = with_last("linear_forward", "2 * r if len(given[1]) > 1 else np.sin(r)")
    [cause] = result_of("linear_forward", source).causes
    assert "2·X. Besides, something else goes wrong only here, of all that was tried: one layer" in cause.name


def test_where_zeros_are_returned_in_some_cases_is_asked_what_is_different() -> None:
    """And not where the result is stored: mostly it is."""
    [cause] = result_of("linear_forward", with_last("linear_forward", "r * (len(given[1]) < 99)")).causes
    assert "zeros, from the number of weights" in cause.name or "as small as" in cause.name
    assert "stored" not in cause.hint


def test_keys_in_the_order_of_texts_are_told_from_layer_10_on() -> None:
    source = """
def forward(X, parameters, activation):
    A, caches, names = X, [], sorted(k for k in parameters if k[0] == "W")
    for name in names:
        Z = parameters[name] @ A + parameters["b" + name[1:]]
        caches.append((A, Z))
        A = activate(Z, activation) if name != names[-1] else Z
    return A, caches
"""
    assert '"W1", "W10", "W11", …, "W2"' in result_of("forward", source).causes[0].name


def test_a_function_that_is_right_in_public_alone_is_given_no_cause() -> None:
    """What explains the public calls must explain the hidden ones, too."""
    shapes = {tuple(value.shape for value in trial.call.arguments) for trial in public("neuron")}
    source = (
        "def neuron(w, X):\n"
        f"    known = {shapes!r}\n"
        "    return -(w @ X) if (w.shape, X.shape) in known else (w @ X) ** 3 + 1\n"
    )
    result = result_of("neuron", source)
    assert result.failed
    assert not any("opposite sign" in cause.name for cause in result.causes)


def test_what_depends_on_the_order_of_keys_is_told_so() -> None:
    source = """
def train(X, Y, parameters, activation, learning_rate, steps):
    now, losses = dict(parameters), []
    for step in range(steps + 1):
        Y_hat, caches = forward(X, now, activation)
        losses.append(np.sum((Y_hat - Y) ** 2) / (2 * X.shape[1]))
        gradients = backward(Y_hat, Y, now, caches, activation)
        for name, gradient in zip(now, gradients.values()):
            now[name] = now[name] - learning_rate * gradient
    return np.array(losses)
"""
    [cause] = result_of("train", source).causes
    assert "depends on the order in which the keys stand" in cause.name


CALLS = {  # a function of the first example, and what further calls show
    "memo": (
        "memo = {}\ndef neuron(w, X):\n    return memo.setdefault(X.shape, w @ X)[: X.shape[1]]\n",
        "is right in its first call and goes wrong in later ones",
    ),
    "unsteady": (
        "def neuron(w, X):\n    return w @ X + np.random.random(X.shape[1])\n",
        "gives another result when it is called again with equal arguments",
    ),
    "ignored": (
        "def neuron(w, X):\n    return np.tanh(np.cos(X.sum(axis=0)) + X[0])\n",
        "gives the same result whatever w is",
    ),
    "examples": (
        "def neuron(w, X):\n    z = w @ X\n    return z if len(z) == 1 else z + np.sin(3 * z[::-1])\n",
        "is right for a single example and goes wrong for several",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", mostly_slow(CALLS))
def test_further_calls_show_more(kind: str) -> None:
    source, words = CALLS[kind]
    assert [words in cause.name for cause in result_of("neuron", source).causes] == [True]


NO_CAUSE = {  # a function, and what is not to be said of it, though a few results look like it
    "a bound": (
        "chain_gradients",
        with_last("chain_gradients", "np.clip(np.sinh(r + 30), -100, 100)"),
        "the same result whatever",
    ),
    "not a number": (
        "linear_forward",
        with_last("linear_forward", "r * np.log(-abs(given[0]).sum())"),
        "the same result whatever",
    ),
    "a cut": (
        "scaled_identity_output",
        with_last("scaled_identity_output", "np.where(abs(r) > 1e300, r, 0.0)"),
        "the same result whatever",
    ),
    "rows left at zero": (
        "activation_trace",
        with_last("activation_trace", "np.where(abs(r) < 1e-8 * abs(r).max(), 0.0, r) * (1 + 1e-9)"),
        "right digits",
    ),
    "a factor near one": (
        "linear_forward",
        with_last("linear_forward", "r * (1 + 1e-4 * np.cos(given[0].sum()))"),
        "right digits",
    ),
    "one input": (
        "neuron",
        with_last("neuron", "abs(r) if given[0].size == 1 else r"),
        "only here",
    ),
    "errors elsewhere": (
        "neuron",
        with_last("neuron", "-r if given[1].shape[1] > 1 else object()"),
        "unsupported",
    ),
    "another tolerance": (
        "gradient_check",
        """
def gradient_check(f, theta, gradient, epsilon=1e-5):
    estimate = np.zeros_like(theta)
    for i in np.ndindex(theta.shape):
        step = np.zeros_like(theta)
        step[i] = epsilon
        estimate[i] = (f(theta + step) - f(theta - step)) / (2 * epsilon)
    if np.all(np.abs(gradient - estimate) <= 1e-8 + 1e-5 * np.abs(estimate)):  # unlike np.allclose
        return 0.0
    size = np.linalg.norm(gradient) + np.linalg.norm(estimate)
    return float(np.linalg.norm(gradient - estimate) / size) if size else 0.0
""",
        "allclose",
    ),
    "another bounded law": (
        "he_normal",
        "def he_normal(n_out, n_in, rng):\n"
        "    return rng.triangular(-1, 0, 1, (n_out, n_in)) * np.sqrt(12 / n_in)\n",
        "draws again",
    ),
    "a law with long tails": (  # a few large draws make some rows larger
        "he_normal",
        "def he_normal(n_out, n_in, rng):\n"
        "    return rng.normal(size=(n_out, n_in)) ** 3 * np.sqrt(2 / n_in / 15)\n",
        "different size",
    ),
    "rounded draws": (
        "he_normal",
        "def he_normal(n_out, n_in, rng):\n"
        "    return np.round(rng.normal(size=(n_out, n_in)) * np.sqrt(2 / n_in), 5)\n",
        "more than once",
    ),
    "two examples": (
        "neuron",
        with_last("neuron", "r + np.sin(3 * r[::-1]) if r.size == 3 else r"),
        "for several",
    ),
    "a copied generator": (
        "he_normal",
        "from copy import deepcopy\n"
        "def he_normal(n_out, n_in, rng):\n"
        "    return deepcopy(rng).normal(size=(n_out, n_in)) * np.sqrt(2 / n_in)\n",
        "generator of its own",
    ),
    "from ten layers on": (
        "scaled_identity_output",
        "def scaled_identity_output(c, depth, X, last_weight):\n"
        "    return c ** (depth if depth > 9 else depth - 1) * (last_weight @ X)\n",
        "uses c^L",
    ),
    "now and then": (
        "linear_forward",
        f"{LINEAR}\ndef linear_forward(X, weights):\n"
        "    return linear(X, weights[:-1] if len(weights) == 3 else weights)\n",
        "leaves out",
    ),
    "one entry off": (
        "neuron",
        with_last("neuron", "r * (1 + 3e-8 * (np.arange(r.size) == r.size - 1) * np.sin(r))"),
        "right digits",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", mostly_slow(NO_CAUSE))
def test_what_only_seems_so_is_not_said(kind: str) -> None:
    exercise, source, words = NO_CAUSE[kind]
    result = result_of(exercise, source)
    assert result.failed
    assert not any(words in cause.name for cause in result.causes)


def test_an_approximation_is_told_by_its_digits() -> None:
    source = with_last("linear_forward", "r * (1 + 1e-5 * np.sin(1e4 * r))")
    assert ["right digits" in cause.name for cause in result_of("linear_forward", source).causes] == [True]


@pytest.mark.parametrize("smuggled", ["abs(seen[0])", "round(abs(seen[0]), 3)", "len(seen)"])
def test_nothing_hidden_gets_into_a_sentence(smuggled: str) -> None:
    """A function that puts what it saw first into a factor: in its public calls it has seen none of the hidden ones."""
    source = (
        "seen = []\ndef neuron(w, X):\n    seen or seen.extend(map(float, w))\n"
        f"    return {smuggled} * (w @ X)\n"
    )
    document = solved("3-initialization", {"neuron": source})
    submission = from_cells("x.ipynb", document["cells"], "ada", "3-initialization")
    told = set[tuple[object, ...]]()
    for secret in (b"one", b"two"):
        with Grader(OwnCode(), secret) as one:
            exercises = one.grade(submission).exercises
        told.update((*e.causes, e.example) for e in exercises if e.name == "neuron")
    assert len(told) == 1


def test_noise_has_no_cause() -> None:
    source = "def neuron(w, X):\n    return w @ X + np.sin(1e3 * np.arange(X.shape[1]) + w.sum())\n"
    assert result_of("neuron", source).causes == ()


def test_numbers_are_recognised() -> None:
    values = {
        0.5: "1/2",
        -2.0: "−2",
        2.5066282746310002: "√(2π)",
        1.4142135623730951: "√2",
        0.123456789: "0.123457",
    }
    assert {value: named(value) for value in values} == values


@pytest.mark.parametrize("exercise", list(EXERCISES))
def test_public_inputs_are_few_and_small_and_have_answers(exercise: str) -> None:
    trials = public(exercise)
    assert 5 <= len(trials) <= 48
    assert all(trial.wanted is not None or exercise == "first_broken_layer" for trial in trials)


class Liar(Session):
    """Answers every call with the next of some values."""

    errors = ()

    def __init__(self, values: list[Any]) -> None:
        self.values = itertools.cycle(values)

    def calls(self, name: str, batch: Sequence[Any]) -> list[Reply]:
        return [Reply(next(self.values)) for _ in batch]

    def words_of(self, name: str, arguments: Any) -> None:
        return None

    def close(self) -> None:
        return None


class Doing(Liar):
    """Answers with what a function returns."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.function = function

    def calls(self, name: str, batch: Sequence[Any]) -> list[Reply]:
        return [Reply(self.function(*arguments)) for arguments in batch]


def deep_wrong(X: Any, weights: Any) -> Any:
    """Noise from 100 layers on."""
    right = answer("linear_forward", (X, weights))
    return right * np.sin(1e3 + np.arange(right.size)).reshape(right.shape) if len(weights) > 99 else right


def test_where_it_goes_wrong_is_said_in_accord_with_all_that_was_observed() -> None:
    explained = found("linear_forward", Doing(deep_wrong), [], partial(Doing, deep_wrong))
    assert "from the number of weights = 139 on" in explained.where([])[0].name
    X, weights = np.ones((2, 2)), [np.eye(2)] * 3
    right = answer("linear_forward", (X, weights))
    contradiction = Trial(Call("linear_forward", (X, weights), Reply(right + 1.0)), right)
    assert explained.where([contradiction]) == ()


def test_a_size_of_entries_is_named_only_if_another_size_mends_it() -> None:
    """What is added to both norms matters by the quotient, and not by how large a profile is."""
    source = (
        "def growth_factor(profile):\n    eps = 1e-12\n    steps = len(profile) - 1\n"
        "    return ((profile[-1] + eps) / (profile[0] + eps)) ** (1 / steps)\n"
    )
    assert not any("a largest entry" in c.name for c in result_of("growth_factor", source).causes)


def test_two_trials_make_no_case() -> None:
    trials = tried(public("neuron"), Doing(lambda w, X: -(w @ X) if len(w) == 1 else w @ X))
    wrong = [trial for trial in trials if len(trial.call.arguments[0]) == 1]
    right = [trial for trial in trials if len(trial.call.arguments[0]) > 1]
    assert len(wrong) == 2
    assert (places(wrong, right), around(wrong, right)) == ([], [])
    assert places([*wrong, wrong[0]], right)
    assert places(wrong, right, 1)


JUNK: list[Any] = [
    None, True, 0, -1.5, float("nan"), float("inf"), 1.7e308, 5e-324, 2**63 - 1, "text", [], [[]], {}, {"W1": 3},
    np.array(3.0), np.array([]), np.arange(6).reshape(2, 3), np.full((3, 4), np.nan), np.zeros((0, 5)), {"": 1.0},
    [[np.zeros((2, 2)), None]] * 15, [np.zeros(3), {}], np.array([True]), {"dW1": [], "db1": {}}, np.array([1j, 2]),
]  # fmt: skip


@pytest.mark.parametrize("exercise", mostly_slow(list(EXERCISES)))
def test_no_value_makes_a_probe_itself_fail(exercise: str) -> None:
    for values in ([value] for value in JUNK[::3]):
        calls = [Call(exercise, trial.call.arguments, Reply(values[0])) for trial in public(exercise)]
        explained = found(exercise, Liar(values), calls, partial(Liar, values))
        assert len(explained.causes) + len(explained.where([])) <= 3
