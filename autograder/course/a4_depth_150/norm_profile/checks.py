"""`norm_profile(X, parameters, activation) -> (L+1, m)`: how large the signal is after each layer."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.authoring import (
    Cases,
    Exercise,
    Labelled,
    Student,
    check,
    corner,
    expect,
    in_pieces,
    labelled,
    pair_of_calls,
    whole_numbers,
)
from autograder.authoring.small import arrays
from autograder.course.a4_depth_150 import _pictures
from autograder.course.a4_depth_150._pasted import blame
from autograder.course.reference.backpropagation import KINDS as ACTIVATIONS
from autograder.course.reference.backpropagation import Array
from autograder.course.reference.depth import norm_profile
from autograder.sandbox import Reply
from autograder.text import plural

RTOL = 1e-9  # of each entry: rows differ by 26 powers of ten, so a common norm would see the largest alone


@dataclass(frozen=True)
class Profile:
    """A network, its input and the right profile."""

    X: Array
    parameters: dict[str, Array]
    activation: str
    right: Array

    @property
    def words(self) -> str:
        """What a student needs to know about the case."""
        return f"a network of depth {len(self.right) - 1} ({self.activation}), {plural(self.X.shape[1], 'example')}"

    def in_order(self, order: Callable[[list[str]], list[str]]) -> "Profile":
        """The same network, its dictionary's keys in this order."""
        names = order(list(self.parameters))
        return replace(self, parameters={name: self.parameters[name] for name in names})


Kind = Labelled[list[Profile]]


def profile(
    X: NDArray[Any], weights: list[NDArray[Any]], activation: str, biases: list[Array] | None = None
) -> Profile:
    """The case with these weights; biases are zero unless given."""
    parameters = {}
    for l, W in enumerate(weights, start=1):
        parameters[f"W{l}"] = W
        parameters[f"b{l}"] = biases[l - 1] if biases else np.zeros((len(W), 1))
    return Profile(X, parameters, activation, norm_profile(X, parameters, activation))


@labelled("small")
def small(rng: np.random.Generator) -> list[Profile]:
    """Networks with different widths and biases; L + 1, m and the widths all differ, one comes twice. Two all equal, of
    one shape; one of single units; whole numbers everywhere, in X, and in the weights; several orders of the
    dictionary, one of them with more than ten layers.
    """

    def one(dims: list[int], m: int, activation: str, view: bool = False) -> Profile:
        weights = [rng.standard_normal((o, i)) for i, o in pairwise(dims)]
        biases = [rng.standard_normal((len(W), 1)) for W in weights]
        X = 3.0 * rng.standard_normal((m, dims[0]) if view else (dims[0], m))
        return profile(X.T if view else X, weights, activation, biases)

    def whole(dims: list[int], m: int) -> Profile:
        weights = [rng.integers(1, 4, (o, i)) for i, o in pairwise(dims)]
        return profile(rng.integers(1, 10, (dims[0], m)), weights, "linear")

    relu = one([3, 6, 4, 2], 7, "relu")
    while not np.all(relu.right > 0):  # layers that are all zeros have a check of their own
        relu = one([3, 6, 4, 2], 7, "relu")

    def mixed(of_X: bool) -> Profile:
        given, integers = one([4, 3, 5], 2, "tanh"), whole([4, 3, 5], 2)
        X, parameters = (integers.X, given.parameters) if of_X else (given.X, integers.parameters)
        return Profile(X, parameters, "tanh", norm_profile(X, parameters, "tanh"))

    return [
        relu,
        relu,
        one([4, 5, 3], 6, "tanh").in_order(sorted),
        one([2, 4, 6, 5, 3], 3, "sigmoid").in_order(lambda names: names[::-1]),
        one([2] * 12, 3, "sigmoid").in_order(sorted),
        mixed(of_X=True),
        mixed(of_X=False),
        one([3, 2], 4, "relu", view=True),
        one([4, 4, 4], 4, "tanh"),
        one([4, 4, 4], 4, "tanh"),
        one([1, 1, 1], 1, "tanh"),
        whole([5, 3, 4], 2),
    ]


@labelled("deep")
def deep(rng: np.random.Generator) -> list[Profile]:
    """Identities scaled by 1.5, 0.5 and 0.9 side by side, one example in each; random tanh and ReLU networks."""
    chain = np.diag(np.repeat([1.5, 0.5, 0.9], 2))
    X = np.kron(np.eye(3), np.ones((2, 1))) * rng.uniform(0.5, 2.0, (6, 1))
    n = 5
    tanh = [rng.standard_normal((n, n)) / np.sqrt(n) for _ in range(rng.integers(20, 40))]
    relu = [rng.uniform(0.0, 0.5, (n, n)) for _ in range(rng.integers(8, 16))]
    inputs = rng.standard_normal((n, 4))
    alive = np.where(
        np.max(relu[0] @ inputs, axis=0) > 0, inputs, -inputs
    )  # positive weights let the rest through
    return [profile(X, [chain] * 150, "linear"), profile(inputs, tanh, "tanh"), profile(alive, relu, "relu")]


@labelled("dead")
def dead(rng: np.random.Generator) -> list[Profile]:
    """ReLU networks with a layer that is all zeros for the first example, or for all: the biases after it are all that
    is left.
    """
    cases = []
    for bias, of_all in ((0.0, False), (1.0, False), (1.0, True)):
        weights = [rng.uniform(0.5, 1.5, shape) for shape in ((4, 3), (5, 4), (2, 5))]
        X = rng.uniform(0.5, 1.5, (3, 6)) * np.array([-1.0, *(-1.0 if of_all else 1.0 for _ in range(5))])
        biases = [0.0 * weights[0][:, :1], *(bias * rng.uniform(0.5, 1.5, (len(W), 1)) for W in weights[1:])]
        cases.append(profile(X, weights, "relu", biases))
    return cases


@labelled("extreme")
def extreme(rng: np.random.Generator) -> list[Profile]:
    """Signals of size 1e±170, at the input or on the way, whose squares are no float64 numbers."""
    X = rng.standard_normal((3, 5))
    X[:, 1:4] = np.abs(X[:, 1:4]) * np.array(
        [-1.0, -1.0, 1.0]
    )  # the largest entry is not the largest number,
    X[0, 2:4] = 0.0  # which may be 0, and so may the smallest
    weights = [rng.standard_normal((o, i)) for i, o in ((3, 4), (4, 6), (6, 2))]
    half_off = np.resize([1.0, -1.0], (6, 1))  # every other ReLU gives 0
    return [
        profile(1e-170 * X, weights, "linear"),
        profile(1e170 * X, weights, "linear"),
        profile(3e-162 * X, weights, "linear"),  # whose squares are float64 numbers with few digits left
        profile(X, [1e-170 * weights[0], *weights[1:]], "linear"),
        profile(X, [weights[0], 1e170 * weights[1], weights[2]], "linear"),
        profile(X * np.array([1e170, 1e-170, 1.0, 1e-170, 1e170]), weights, "linear"),  # side by side
        # Beside a bias it matters how small a signal is.
        profile(1e-170 * X, weights, "tanh", [rng.standard_normal((len(W), 1)) for W in weights]),
        profile(1e-165 * X, weights, "linear", [1e-165 * rng.standard_normal((len(W), 1)) for W in weights]),
        profile(1e170 * np.abs(X), [np.abs(weights[0]), half_off * np.abs(weights[1]), weights[2]], "relu"),
    ]


KINDS = (small, deep, extreme, dead)


def judged(student: Student, cases: Cases) -> dict[Kind, list[tuple[Profile, Reply]]]:
    """All profiles with the student's replies, in one round trip."""
    return student.by_kind("norm_profile", cases, KINDS, lambda p: (p.X, p.parameters, p.activation))


def agrees(student: Student, cases: Cases, kind: Kind, advice: str = "") -> None:
    """Fail unless each entry of the student's profiles is the reference's; name the first wrong row."""
    for p, reply in student.once(judged, cases)[kind]:
        got = expect.array(reply.value, p.right.shape, f"for {p.words} the profile", near=p.right)
        rows = _right_rows(got, p.right)
        first = int(np.argmin(rows))
        sentence = f"For {p.words} row {first} of the profile is the first that is wrong. {advice}".rstrip()
        expect.that(bool(rows.all()), sentence)


def _right_rows(got: Array, right: Array) -> NDArray[np.bool_]:
    """Which rows are right, each entry to `RTOL`; where all ReLUs of an example are off the norm is exactly 0."""
    with np.errstate(all="ignore"):
        return np.asarray(np.all(np.abs(got - right) <= RTOL * right, axis=1))


@check(points=7)
def check_each_example(student: Student, cases: Cases) -> None:
    """row l is ‖a^[l]‖/‖a^[0]‖ of each example, with a linear last layer"""
    with blame(student, cases, "activate", "forward"):
        agrees(student, cases, small)


@check(points=5)
def check_depth_150(student: Student, cases: Cases) -> None:
    """layers that scale by 1.5, 0.5 and 0.9 give the powers of these numbers up to depth 150"""
    with blame(student, cases, "activate", "forward"):
        agrees(student, cases, deep)


@check(points=5)
def check_extreme_signals(student: Student, cases: Cases) -> None:
    """norms of signals of size 1e-170 and 1e170 neither vanish nor overflow"""
    with blame(student, cases, "activate", "forward"):
        advice = "Its signal is of size 1e-170 or 1e170: does a number or its square leave float64's range on the way?"
        agrees(student, cases, extreme, advice)


@check(points=1)
def check_dead_layer(student: Student, cases: Cases) -> None:
    """a layer that is all zeros has norm 0, and the profile goes on behind it"""
    with blame(student, cases, "activate", "forward"):
        agrees(student, cases, dead, "A ReLU layer is all zeros for one example.")


@check(points=1)
def check_dtype(student: Student, cases: Cases) -> None:
    """the profile holds float64 numbers"""
    with blame(student, cases, "activate", "forward"):
        agrees(student, cases, small)
        for p, reply in student.once(judged, cases)[small]:
            expect.double(reply.value, f"the profile for {p.words}")


@check(points=1)
def check_arguments_unchanged(student: Student, cases: Cases) -> None:
    """X and the parameters are not modified"""
    with blame(student, cases, "activate", "forward"):
        agrees(student, cases, small)
        student.leaves_arguments(norm_profile)


def examples() -> Any:
    """One layer or two with small whole numbers; no column of X is zero."""
    from hypothesis import strategies as st  # slow to import, needed only after a failure

    def network(dims: list[int]) -> Any:
        layers = enumerate(pairwise(dims), start=1)
        shapes = [
            (name, shape) for l, (i, o) in layers for name, shape in ((f"W{l}", (o, i)), (f"b{l}", (o, 1)))
        ]
        return st.fixed_dictionaries({name: arrays(*shape) for name, shape in shapes})

    return st.tuples(st.lists(st.integers(1, 3), min_size=2, max_size=3), st.integers(1, 2)).flatmap(
        lambda d: st.tuples(arrays(d[0][0], d[1], low=1), network(d[0]), st.sampled_from(["linear", "relu"]))
    )


EXERCISE = Exercise(
    norm_profile,
    checks=(
        check_each_example,
        check_depth_150,
        check_extreme_signals,
        check_dead_layer,
        check_dtype,
        check_arguments_unchanged,
    ),
    pictures=_pictures.signal,
    examples=examples,
    domain=(
        *(corner(kind, lambda X, p, activation, kind=kind: activation == kind) for kind in ACTIVATIONS),
        corner("one layer", lambda X, p, _: len(p) == 2),
        corner("150 layers", lambda X, p, _: len(p) == 300),
        corner("one unit in each layer", lambda X, p, _: X.shape == (1, 1) and p["W1"].size == 1),
        corner("one example", lambda X, p, _: X.shape[1] == 1),
        corner("all sizes equal", lambda X, p, _: X.shape == p["W1"].shape == p["W2"].shape and len(X) > 1),
        corner("wider", lambda X, p, _: len(p["W1"]) > len(X)),
        corner("narrower", lambda X, p, _: len(p["W1"]) < len(X)),
        corner("more examples than units", lambda X, p, _: X.shape[1] > len(X)),
        corner("biases", lambda X, p, _: np.all(p["b1"])),
        corner("a tiny input", lambda X, p, _: np.max(np.abs(X)) < 1e-169),
        corner("an input whose squares have few digits", lambda X, p, _: 1e-163 < np.max(np.abs(X)) < 1e-160),
        corner("a huge input", lambda X, p, _: np.min(np.max(np.abs(X), axis=0)) > 1e168),
        corner("tiny and huge examples", lambda X, p, _: np.ptp(np.log(np.max(np.abs(X), axis=0))) > 700),
        corner("tiny on the way", lambda X, p, _: np.max(np.abs(p["W1"])) < 1e-168),
        corner("huge on the way", lambda X, p, _: "W2" in p and np.max(np.abs(p["W2"])) > 1e168),
        corner("a layer of zeros", lambda *call: np.any(norm_profile(*call) == 0)),
        corner(
            "a layer after a layer of zeros",
            lambda *call: np.any(np.diff(norm_profile(*call), axis=0) * (norm_profile(*call)[:-1] == 0) > 0),
        ),
        corner("whole numbers", lambda X, p, _: whole_numbers(X) and whole_numbers(p["W1"])),
        corner("X of whole numbers alone", lambda X, p, _: whole_numbers(X) and not whole_numbers(p["W1"])),
        corner(
            "weights of whole numbers alone", lambda X, p, _: not whole_numbers(X) and whole_numbers(p["W1"])
        ),
        corner("all W before all b", lambda X, p, _: len(p) > 2 and list(p) == sorted(p)),
        corner("the last layer first", lambda X, p, _: len(p) > 2 and next(iter(p)) == f"b{len(p) // 2}"),
        corner("more than ten layers, in another order", lambda X, p, _: "W11" in p and list(p) == sorted(p)),
        corner(
            "a tiny input and biases that are not",
            lambda X, p, _: np.max(np.abs(X)) < 1e-169 and np.all(np.abs(p["b1"]) > 1e-9),
        ),
        corner("biases as tiny as the input", lambda X, p, _: 0 < np.max(np.abs(p["b1"])) < 1e-160),
        corner("a view", lambda X, p, _: in_pieces(X)),
        pair_of_calls("the same dictionary again", lambda a, b: a[1] is b[1]),
        pair_of_calls(
            "one shape, other values", lambda a, b: a[0].shape == b[0].shape and len(a[1]) == len(b[1])
        ),
    ),
)
