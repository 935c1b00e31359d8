"""`layer_norm(A, epsilon)`: each column to mean 0 and variance 1."""

from typing import Any

import numpy as np

from autograder.authoring import (
    Cases,
    Exercise,
    Student,
    check,
    corner,
    expect,
    in_pieces,
    labelled,
    pair_of_calls,
)
from autograder.course.reference.beyond import Array, layer_norm
from autograder.sandbox import Reply

RTOL_LAW = 1e-4  # of the norm: coarse enough that where epsilon = 1e-5 stands is judged by its own check
RTOL = 1e-9  # of the norm: E[a²] − E[a]² loses three digits where a column's mean is 30 of its deviations

Arguments = tuple[Array] | tuple[Array, float]


def columns(rng: np.random.Generator, n: int, m: int, size: float = 1.0) -> Array:
    """A random (n, m) whose columns differ in mean and spread (1 to 3 exactly), times `size`."""
    noise = rng.standard_normal((n, m))
    noise = (noise - noise.mean(axis=0)) / noise.std(axis=0)
    return np.asarray(size * (np.linspace(1.0, 3.0, m) * noise + 2.0 * rng.standard_normal(m)))


@labelled("typical")
def typical(rng: np.random.Generator) -> list[Arguments]:
    """More units than examples, fewer, a single example, and a single unit, which is its own mean; epsilon left at its
    default. Two have one shape.
    """
    n, m = (int(size) for size in rng.integers([5, 2], [10, 5]))
    made = [columns(rng, *shape) for shape in ((n, m), (m + 1, n), (int(rng.integers(6, 12)), 1), (n, m))]
    outlier = columns(rng, int(rng.integers(40, 60)), 2)
    outlier[3] += 60.0  # one unit is more than five deviations away
    unit = rng.standard_normal((1, m))
    return [(A,) for A in (*made, outlier, columns(rng, m, n).T, unit)]


@labelled("with_epsilon")
def with_epsilon(rng: np.random.Generator) -> list[Arguments]:
    """Spreads of the order of √epsilon, where it matters most, once at its default; one column constant."""
    flat = columns(rng, 4, 3)
    flat[:, 1] = 0.75
    small = columns(rng, 4, 6, 3e-3)
    first, second = rng.uniform((0.3, 1.5), (0.7, 4.0))
    return [(columns(rng, 5, 3), float(first)), (small,), (columns(rng, 3, 5), float(second)), (flat, 0.1)]


@labelled("extreme")
def extreme(rng: np.random.Generator) -> list[Arguments]:
    """Signals of a network that exploded and of one that vanished."""
    return [(columns(rng, 5, 3, 1e26), 1e-5), (columns(rng, 4, 6, 1e-45), 1e-5)]


def judged(student: Student, cases: Cases) -> dict[Any, list[tuple[Arguments, Reply]]]:
    """All calls with the student's replies, in one round trip."""
    return student.by_kind("layer_norm", cases, (typical, with_epsilon, extreme), lambda arguments: arguments)


def agrees(pairs: list[tuple[Arguments, Reply]], rtol: float, sentence: str) -> None:
    """Fail unless the student's results are the reference's, to `rtol` of the norm."""
    for arguments, reply in pairs:
        A = arguments[0]
        right = layer_norm(*arguments)
        got = expect.array(reply.value, A.shape, f"For A of shape {A.shape} the result", near=right)
        expect.close(got, right, rtol, f"For A of shape {A.shape}: {sentence}")


@check(points=7)
def check_columns(student: Student, cases: Cases) -> None:
    """each column of the result has mean 0 and variance 1"""
    sentence = "the columns (one a training example) do not come out with mean 0 and variance 1."
    agrees(student.once(judged, cases)[typical], RTOL_LAW, sentence)


@check(points=6)
def check_epsilon(student: Student, cases: Cases) -> None:
    """epsilon is added to the variance, before the root"""
    sentence = "the values are not right when the variance is as small as epsilon."
    agrees(student.once(judged, cases)[with_epsilon], RTOL, sentence)


@check(points=3)
def check_extreme(student: Student, cases: Cases) -> None:
    """signals of size 1e26 are normalised, signals of size 1e-45 stay small"""
    sentence = "the values are not right for signals of size 1e26 or 1e-45."
    agrees(student.once(judged, cases)[extreme], RTOL, sentence)


@check(points=1)
def check_dtype(student: Student, cases: Cases) -> None:
    """the result holds float64 numbers"""
    pairs = student.once(judged, cases)[typical]
    agrees(pairs, RTOL_LAW, "the values are not right, so that their type is not judged.")
    for (A, *_), reply in pairs:
        expect.double(reply.value, f"the result for A of shape {A.shape}")


@check(points=1)
def check_arguments_unchanged(student: Student, cases: Cases) -> None:
    """A is not modified"""
    agrees(
        student.once(judged, cases)[typical],
        RTOL_LAW,
        "the values are not right, so that this is not judged.",
    )
    student.leaves_arguments(layer_norm)


def examples() -> Any:
    """Small inputs for the search for the smallest one on which the student's function differs."""
    from hypothesis import strategies as st  # slow to import, needed only after a failure

    entries = st.integers(-3, 3).map(float)

    def arguments(shape: tuple[int, int]) -> Any:
        size = shape[0] * shape[1]
        A = st.lists(entries, min_size=size, max_size=size).map(lambda v: np.array(v).reshape(shape))
        return st.tuples(A, st.sampled_from([1e-5, 0.5, 1.0]))

    return st.tuples(st.integers(1, 3), st.integers(1, 3)).flatmap(arguments)


EXERCISE = Exercise(
    layer_norm,
    checks=(
        check_columns,
        check_epsilon,
        check_extreme,
        check_dtype,
        check_arguments_unchanged,
    ),
    examples=examples,
    domain=(
        corner("one unit", lambda A, *_: A.shape[0] == 1),
        corner("one example", lambda A, *_: A.shape[1] == 1),
        corner("more units than examples", lambda A, *_: A.shape[0] > A.shape[1] > 1),
        corner("more examples than units", lambda A, *_: A.shape[0] < A.shape[1]),
        corner("epsilon left out", lambda A, *epsilon: not epsilon),
        corner("a large epsilon", lambda A, *epsilon: bool(epsilon) and epsilon[0] > 0.2),
        corner("a constant column", lambda A, *_: np.any(np.ptp(A, axis=0) == 0)),
        corner("a large signal", lambda A, *_: np.max(np.abs(A)) > 1e20),
        corner("a small signal", lambda A, *_: np.max(np.abs(A)) < 1e-20),
        corner("an outlier", lambda A, *_: np.max(layer_norm(A)) > 5),
        corner("a view", lambda A, *_: in_pieces(A)),
        pair_of_calls("one shape, other values", lambda a, b: a[0].shape == b[0].shape),
    ),
)
