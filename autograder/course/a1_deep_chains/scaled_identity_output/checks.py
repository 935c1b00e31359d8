"""`scaled_identity_output(c, depth, X, last_weight) -> Y`: the lecture's network of multiples of I."""

from typing import Any

import numpy as np

from autograder.authoring import Cases, Exercise, Student, check, corner, in_pieces, labelled, pair_of_calls
from autograder.authoring.cases import sizes
from autograder.course.a1_deep_chains import _pictures
from autograder.course.a1_deep_chains._case import Answers, Case, array
from autograder.course.a1_deep_chains._chain import MOST
from autograder.course.reference.chains import Array, scaled_identity_output

RTOL = 1e-12  # 150 products by a number: at most 150 roundings, 2e-14; one layer too many is a factor c


def networks(rng: np.random.Generator, *pairs: tuple[float, int]) -> list[Case]:
    """A network for each c and depth, all with the same X and numbers of inputs, outputs and examples, k ≠ n ≠ m."""
    n, k, m = sizes(rng, 3, MOST)
    return of_sizes(rng, n, k, m, *pairs)


def of_sizes(rng: np.random.Generator, n: int, k: int, m: int, *pairs: tuple[float, int]) -> list[Case]:
    """A network of n inputs and k outputs for each c and depth, all with the same X of m examples."""
    X = rng.standard_normal((n, m))
    return [case(c, depth, X, rng.standard_normal((k, n))) for c, depth in pairs]


def case(c: float, depth: int, X: Array, last_weight: Array) -> Case:
    """The call for one network."""
    wanted = scaled_identity_output(c, depth, X, last_weight)
    return Case((c, depth, X, last_weight), wanted, f"c = {c:g} and depth = {depth}")


@labelled("shallow")
def shallow(rng: np.random.Generator) -> list[Case]:
    """Depth 2 and others, with the lecture's multipliers, negative ones and one of our own, which comes twice."""
    own, depth = round(float(rng.uniform(1.1, 1.4)), 3), int(rng.integers(3, 30))
    pairs = ((1.5, 2), (0.5, depth), (0.9, 10), (-1.0, depth + 1), (-own, depth), (own, depth), (own, depth))
    n, k = sizes(rng, 2, MOST)
    square = of_sizes(rng, n, n, k, (own, depth)) + of_sizes(rng, k, k, k, (-own, 3))
    ones = (
        of_sizes(rng, 1, 1, 1, (own, 2)) + of_sizes(rng, n, 1, 1, (0.5, 3)) + of_sizes(rng, 1, k, n, (1.5, 4))
    )
    X, last_weight = (np.asfortranarray(rng.standard_normal(shape)) for shape in ((n, k), (k, n)))
    return [*networks(rng, *pairs), *square, *ones, case(own, 3, X, last_weight), *networks(rng, (0.0, 2))]


@labelled("one_layer")
def one_layer(rng: np.random.Generator) -> list[Case]:
    """Depth 1: no hidden layer, so c plays no part, not even 0."""
    return networks(rng, (1.5, 1), (0.5, 1), (0.0, 1), (-1.5, 1))


@labelled("depth_150")
def depth_150(rng: np.random.Generator) -> list[Case]:
    """Depths 150 and 152, with the lecture's multipliers."""
    return networks(rng, (1.5, 150), (0.9, 150), (-1.0, 150), (0.5, 152), (1.0, 152))


OUTPUT = Answers("scaled_identity_output", array(RTOL))


@check(points=5)
def check_shallow(student: Student, cases: Cases) -> None:
    """Y = W^[L] (c·I)^(L−1) X: each hidden layer multiplies by c, the last layer by W^[L]"""
    OUTPUT.agree(student, cases, shallow)


@check(points=3)
def check_one_layer(student: Student, cases: Cases) -> None:
    """a network with one layer gives W^[1] X, whatever c is"""
    OUTPUT.agree(student, cases, one_layer)


@check(points=4)
def check_depth_150(student: Student, cases: Cases) -> None:
    """the power is right at depths 150 and 152, from 1e-45 to 1e26"""
    OUTPUT.agree(student, cases, depth_150)


@check(points=1)
def check_dtype(student: Student, cases: Cases) -> None:
    """the result holds float64 numbers"""
    OUTPUT.double(student, cases, shallow)


@check(points=1)
def check_arguments_unchanged(student: Student, cases: Cases) -> None:
    """X and W^[L] are not modified"""
    OUTPUT.agree(student, cases, shallow)
    student.leaves_arguments(scaled_identity_output)


def examples() -> Any:
    """Small inputs for the search for the smallest one on which the student's function differs."""
    from hypothesis import strategies as st  # slow to import, needed only after a failure

    entry = st.sampled_from([1.0, 2.0, 3.0, -1.0])

    def matrix(rows: int, columns: int) -> Any:
        entries = st.lists(entry, min_size=rows * columns, max_size=rows * columns)
        return entries.map(lambda values: np.array(values).reshape(rows, columns))

    def call(n: int, m: int, k: int) -> Any:
        c = st.sampled_from([1.5, 0.5, 2.0, -1.0])
        return st.tuples(c, st.integers(1, 4), matrix(n, m), matrix(k, n))

    sizes = st.tuples(st.integers(1, 3), st.integers(1, 2), st.integers(1, 2))
    return sizes.flatmap(lambda size: call(*size))


EXERCISE = Exercise(
    scaled_identity_output,
    checks=(
        check_shallow,
        check_one_layer,
        check_depth_150,
        check_dtype,
        check_arguments_unchanged,
    ),
    pictures=_pictures.scaled,
    domain=(
        corner("one layer", lambda c, depth, X, last_weight: depth == 1),
        corner("one layer with c = 0", lambda c, depth, X, last_weight: (c, depth) == (0, 1)),
        corner("c = 0", lambda c, depth, X, last_weight: c == 0 and depth > 1),
        corner("c < 0 and an odd power", lambda c, depth, X, last_weight: c < 0 and depth % 2 == 0),
        corner("c < 0 and an even power", lambda c, depth, X, last_weight: c < 0 and depth % 2 == 1),
        corner("152 layers", lambda c, depth, X, last_weight: depth == 152),
        corner("growth to 1e26", lambda c, depth, X, last_weight: (c, depth) == (1.5, 150)),
        corner("decay to 1e-45", lambda c, depth, X, last_weight: c == 0.5 and depth > 149),
        corner("a square last layer", lambda c, depth, X, last_weight: len(X) == len(last_weight) > 1),
        corner("all square", lambda c, depth, X, last_weight: X.shape == last_weight.shape == X.T.shape),
        corner("fewer outputs than inputs", lambda c, depth, X, last_weight: len(X) > len(last_weight)),
        corner("one unit", lambda c, depth, X, last_weight: len(X) == 1 < len(last_weight)),
        corner("one output", lambda c, depth, X, last_weight: len(X) > len(last_weight) == 1),
        corner("one example", lambda c, depth, X, last_weight: X.shape[1] == 1),
        corner("views", lambda c, depth, X, last_weight: in_pieces(X) and in_pieces(last_weight)),
        pair_of_calls("the same but for the last layer", lambda a, b: a[:2] == b[:2] and a[2] is b[2]),
    ),
    examples=examples,
)
