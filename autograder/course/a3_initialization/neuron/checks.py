"""`neuron(w, X) -> z (m,)`: what one neuron adds up."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

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
    whole_numbers,
)
from autograder.authoring.small import arrays
from autograder.course.reference.initialization import neuron
from autograder.sandbox import Reply

RTOL = 1e-10  # of the norm: orders of summation differ by 1e-14 at most

Example = tuple[NDArray[Any], NDArray[Any]]


def examples_of(
    rng: np.random.Generator, sizes: Sequence[tuple[int, int]], scale: float = 1.0
) -> list[Example]:
    """Weights (n,) and inputs (n, m) for each pair (n, m)."""
    return [(scale * rng.standard_normal(n), rng.standard_normal((n, m))) for n, m in sizes]


@labelled("four_inputs")
def four_inputs(rng: np.random.Generator) -> list[Example]:
    """The lecture's n = 4 and other sizes; one pair of sizes comes twice, and one X is square."""
    n, m = (int(size) for size in rng.integers([5, 2], [9, 5]))
    return examples_of(rng, [(4, 3), (n, m), (m, n), (n, m), (n, n)])


@labelled("extreme_sizes")
def extreme_sizes(rng: np.random.Generator) -> list[Example]:
    """One input, one example, many inputs, tiny and large weights."""
    return [
        *examples_of(rng, [(1, 4), (int(rng.integers(3, 9)), 1), (int(rng.integers(1500, 1600)), 2)]),
        *examples_of(rng, [(4, 3)], 1e-45),
        *examples_of(rng, [(4, 3)], 1e26),
    ]


@labelled("other_arrays")
def other_arrays(rng: np.random.Generator) -> list[Example]:
    """X of whole numbers; w of whole numbers, whose sum is 0; X as a transpose, and w as every second number."""
    n, m = (int(size) for size in rng.integers([4, 2], [8, 6]))
    w = rng.permutation(np.arange(n) - np.arange(n)[::-1])
    return [
        (rng.standard_normal(n), rng.integers(-9, 10, (n, m))),
        (w, rng.standard_normal((n, m))),
        (rng.standard_normal(2 * n)[::2], rng.standard_normal((m, n)).T),
    ]


def judged(student: Student, cases: Cases) -> dict[Any, list[tuple[Example, Reply]]]:
    """All examples with the student's replies, in one round trip."""
    return student.by_kind(
        "neuron", cases, (four_inputs, extreme_sizes, other_arrays), lambda example: example
    )


def agrees(pairs: list[tuple[Example, Reply]]) -> None:
    """Fail unless z is the reference's, to `RTOL` of the norm."""
    for (w, X), reply in pairs:
        where = f"for w {w.shape}{_holds(w)} and X {X.shape}{_holds(X)}"
        right = neuron(w, X)
        z = expect.vector(reply.value, X.shape[1], f"{where} the result", near=right)
        expect.close(z, right, RTOL, f"The shape is right {where}, but the values are not.")


def _holds(array: NDArray[Any]) -> str:
    return " of whole numbers" if whole_numbers(array) else ""


@check(points=3)
def check_values(student: Student, cases: Cases) -> None:
    """z = w_1 x_1 + … + w_n x_n for each example"""
    agrees(student.once(judged, cases)[four_inputs])


@check(points=2)
def check_extreme_sizes(student: Student, cases: Cases) -> None:
    """one input, one example, more than a thousand inputs, tiny and huge weights"""
    agrees(student.once(judged, cases)[extreme_sizes])


@check(points=1)
def check_other_arrays(student: Student, cases: Cases) -> None:
    """whole numbers, weights whose sum is 0, and views such as X.T"""
    agrees(student.once(judged, cases)[other_arrays])


@check(points=1)
def check_dtype(student: Student, cases: Cases) -> None:
    """z holds float64 numbers"""
    pairs = student.once(judged, cases)[four_inputs]
    agrees(pairs)
    for (w, X), reply in pairs:
        expect.double(reply.value, f"the result for w {w.shape} and X {X.shape}")


@check(points=1)
def check_arguments_unchanged(student: Student, cases: Cases) -> None:
    """w and X are not modified"""
    agrees(student.once(judged, cases)[four_inputs])
    student.leaves_arguments(neuron)


def examples() -> Any:
    """Small inputs for the search for the smallest one on which the student's function differs."""
    from hypothesis import strategies as st  # slow to import, needed only after a failure

    sizes = st.tuples(st.integers(1, 3), st.integers(1, 3))
    return sizes.flatmap(lambda size: st.tuples(arrays(size[0]), arrays(*size)))


EXERCISE = Exercise(
    neuron,
    checks=(
        check_values,
        check_extreme_sizes,
        check_other_arrays,
        check_dtype,
        check_arguments_unchanged,
    ),
    examples=examples,
    domain=(
        corner("one input", lambda w, _: len(w) == 1),
        corner("one example", lambda _, X: X.shape[1] == 1),
        corner("as many examples as inputs", lambda w, X: len(w) == X.shape[1] > 1),
        corner("more examples than inputs", lambda w, X: len(w) < X.shape[1]),
        corner("more than a thousand inputs", lambda w, _: len(w) > 1000),
        corner("tiny weights", lambda w, _: np.max(np.abs(w)) < 1e-40),
        corner("huge weights", lambda w, _: np.max(np.abs(w)) > 1e24),
        corner("weights whose sum is 0", lambda w, _: np.sum(w) == 0),
        corner("weights of whole numbers", lambda w, _: whole_numbers(w)),
        corner("inputs of whole numbers", lambda _, X: whole_numbers(X)),
        corner("views", lambda w, X: in_pieces(w) and in_pieces(X)),
        pair_of_calls("equal sizes", lambda one, other: one[1].shape == other[1].shape),
    ),
)
