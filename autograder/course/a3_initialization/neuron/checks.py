"""`neuron(w, X) -> z (m,)`: what one neuron adds up."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from autograder.authoring import Cases, Exercise, Student, check, expect, labelled
from autograder.authoring.small import arrays
from autograder.course.reference.initialization import Array, neuron
from autograder.sandbox import Reply

RTOL = 1e-10  # of the norm: orders of summation differ by 1e-14 at most

Example = tuple[Array, Array]


def examples_of(
    rng: np.random.Generator, sizes: Sequence[tuple[int, int]], scale: float = 1.0
) -> list[Example]:
    """Weights (n,) and inputs (n, m) for each pair (n, m)."""
    return [(scale * rng.standard_normal(n), rng.standard_normal((n, m))) for n, m in sizes]


@labelled("four_inputs")
def four_inputs(rng: np.random.Generator) -> list[Example]:
    """The lecture's n = 4 and other sizes, never m = n; one pair of sizes comes twice."""
    n, m = (int(size) for size in rng.integers([5, 2], [9, 5]))
    return examples_of(rng, [(4, 3), (n, m), (m, n), (n, m)])


@labelled("extreme_sizes")
def extreme_sizes(rng: np.random.Generator) -> list[Example]:
    """One input, one example, many inputs, tiny and large weights."""
    return [
        *examples_of(rng, [(1, 4), (int(rng.integers(3, 9)), 1), (int(rng.integers(1500, 1600)), 2)]),
        *examples_of(rng, [(4, 3)], 1e-45),
        *examples_of(rng, [(4, 3)], 1e26),
    ]


def judged(student: Student, cases: Cases) -> dict[Any, list[tuple[Example, Reply]]]:
    """All examples with the student's replies, in one round trip."""
    return student.by_kind("neuron", cases, (four_inputs, extreme_sizes), lambda example: example)


def agrees(pairs: list[tuple[Example, Reply]]) -> None:
    """Fail unless z is the reference's, to `RTOL` of the norm."""
    for (w, X), reply in pairs:
        where = f"for w {w.shape} and X {X.shape}"
        z = expect.vector(reply.value, X.shape[1], f"{where} the result")
        expect.close(z, neuron(w, X), RTOL, f"The shape is right {where}, but the values are not.")


@check(points=5)
def check_values(student: Student, cases: Cases) -> None:
    """z = w_1 x_1 + … + w_n x_n for each example"""
    agrees(student.once(judged, cases)[four_inputs])


@check(points=2)
def check_extreme_sizes(student: Student, cases: Cases) -> None:
    """one input, one example, more than a thousand inputs, tiny and huge weights"""
    agrees(student.once(judged, cases)[extreme_sizes])


@check(points=1)
def check_arguments_unchanged(student: Student, cases: Cases) -> None:
    """w and X are not modified"""
    agrees(student.once(judged, cases)[four_inputs])
    changed = student.changes_arguments("neuron")
    expect.that(not changed, "Your function changes its arguments. Work on new arrays, not in place.")


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
        check_arguments_unchanged,
    ),
    examples=examples,
)
