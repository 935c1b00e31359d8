"""`chain_gradients(c, depth, x, y) -> (depth,)`: the derivative of J for each weight of a scalar chain."""

from itertools import cycle
from math import copysign
from typing import Any

import numpy as np

from autograder.authoring import Cases, Exercise, Student, check, corner, expect, labelled
from autograder.course.a1_deep_chains import _pictures
from autograder.course.a1_deep_chains._case import Answers, Case
from autograder.course.reference.chains import chain_gradients

RTOL = 1e-12  # three powers of at most 152 roundings each: 1e-13


def case(c: float, depth: int, x: float, y: float) -> Case:
    """The call with these arguments."""
    return Case((c, depth, x, y), chain_gradients(c, depth, x, y), f"c = {c:g} and depth = {depth}")


def apart(rng: np.random.Generator, c: float, depth: int) -> Case:
    """A chain whose target has the other sign than its output, so that ŷ − y loses no digits."""
    x = float(rng.uniform(0.5, 2.0) * rng.choice([-1.0, 1.0]))
    return case(c, depth, x, -copysign(float(rng.uniform(0.5, 2.0)), c**depth * x))


def beyond(rng: np.random.Generator, c: float, depth: int) -> Case:
    """A chain whose target lies well beyond its output, on the same side of 0."""
    x = float(rng.uniform(0.5, 2.0) * rng.choice([-1.0, 1.0]))
    return case(c, depth, x, float(rng.uniform(1.5, 3.0)) * c**depth * x)


@labelled("shallow")
def shallow(rng: np.random.Generator) -> list[Case]:
    """Depths 2, 3 and others, targets on both sides of 0, and with a 0 for each of c, x and y. Then one argument of a
    call changes alone.
    """
    own, x = round(float(rng.uniform(1.1, 1.4)), 3), float(rng.uniform(0.5, 2.0))
    few, many = int(rng.integers(4, 10)), int(rng.integers(10, 40))
    pairs = ((1.5, 2), (-0.9, 2), (-0.5, 3), (own, few), (1.5, many), (-0.9, many))
    chains = [make(rng, c, depth) for (c, depth), make in zip(pairs, cycle((apart, beyond)), strict=False)]
    zeros = [apart(rng, 0.0, 2), case(own, few, 0.0, x), case(own, few, x, 0.0)]
    c, depth, start, target = chains[3].arguments
    alone = [(c + 0.1, depth, start, target), (c, depth + 2, start, target), (c, depth, start, 1.3 * target)]
    return [*chains, *zeros, *(case(*one) for one in alone)]


@labelled("one_layer")
def one_layer(rng: np.random.Generator) -> list[Case]:
    """Depth 1: a line through the origin. At c = 0 the output is 0, its derivative is not."""
    return [apart(rng, c, 1) for c in (1.5, -0.9, 0.0)]


@labelled("depth_150")
def depth_150(rng: np.random.Generator) -> list[Case]:
    """Depths 150 and 152, with the lecture's multipliers."""
    return [apart(rng, c, depth) for c, depth in ((1.5, 150), (0.5, 150), (0.9, 152), (1.0, 152))]


def derivatives(value: Any, chain: Case) -> None:
    """Fail unless every derivative is the reference's, to `RTOL` of the norm of all."""
    got = expect.vector(value, len(chain.wanted), f"For {chain.words} the result", near=chain.wanted)
    sentence = f"For {chain.words} the shape is right, but the derivatives are not."
    expect.close(got, chain.wanted, RTOL, sentence)


DERIVATIVES = Answers("chain_gradients", derivatives)


@check(points=5)
def check_shallow(student: Student, cases: Cases) -> None:
    """∂J/∂w^[l] combines what arrives from behind with what enters from the front, for every layer"""
    DERIVATIVES.agree(student, cases, shallow)


@check(points=2)
def check_one_layer(student: Student, cases: Cases) -> None:
    """with a single weight ∂J/∂w = (ŷ − y)·x"""
    DERIVATIVES.agree(student, cases, one_layer)


@check(points=4)
def check_depth_150(student: Student, cases: Cases) -> None:
    """the derivatives are right at depth 150, where they explode or vanish"""
    DERIVATIVES.agree(student, cases, depth_150)


@check(points=1)
def check_dtype(student: Student, cases: Cases) -> None:
    """the result holds float64 numbers"""
    DERIVATIVES.double(student, cases, shallow)


def examples() -> Any:
    """Small inputs for the search for the smallest one on which the student's function differs."""
    from hypothesis import strategies as st  # slow to import, needed only after a failure

    whole = st.sampled_from([1.0, 2.0, 3.0, -1.0, 0.0])
    return st.tuples(st.sampled_from([2.0, 0.5, 1.5, -1.0, 0.0]), st.integers(1, 4), whole, whole)


EXERCISE = Exercise(
    chain_gradients,
    checks=(
        check_shallow,
        check_one_layer,
        check_depth_150,
        check_dtype,
    ),
    pictures=_pictures.gradients,
    domain=(
        corner("one layer", lambda c, depth, x, y: depth == 1),
        corner("c = 0 in one layer", lambda c, depth, x, y: (c, depth) == (0, 1)),
        corner("c = 0", lambda c, depth, x, y: c == 0 and depth > 1),
        corner("x = 0", lambda c, depth, x, y: x == 0),
        corner("y = 0", lambda c, depth, x, y: y == 0),
        corner("c < 0 and an odd depth", lambda c, depth, x, y: c < 0 and depth % 2),
        corner("c < 0 and an even depth", lambda c, depth, x, y: c < 0 and depth % 2 == 0),
        corner("the target beyond the output", lambda c, depth, x, y: y * c**depth * x > (c**depth * x) ** 2),
        corner("the target on the other side of 0", lambda c, depth, x, y: y * c**depth * x < 0),
        corner("152 layers", lambda c, depth, x, y: depth == 152),
        corner("derivatives of 1e52", lambda c, depth, x, y: (c, depth) == (1.5, 150)),
        corner("derivatives of 1e-45", lambda c, depth, x, y: (c, depth) == (0.5, 150)),
    ),
    examples=examples,
)
