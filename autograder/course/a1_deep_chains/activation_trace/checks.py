"""`activation_trace(c, depth, x) -> (depth, n)`: every layer's activations in a chain of multiples of I."""

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
from autograder.authoring.cases import sizes
from autograder.course.a1_deep_chains import _pictures
from autograder.course.a1_deep_chains._case import Answers, Case
from autograder.course.a1_deep_chains._chain import MOST
from autograder.course.reference.chains import activation_trace

RTOL = 1e-12  # of the largest entry in each row: at most 152 roundings, 2e-14; exp(l·log c) is off by 1e-13


def case(c: float, depth: int, x: Any) -> Case:
    """The call for one input; `x` holds numbers."""
    inputs = np.asarray(x, dtype=np.float64)
    words = f"c = {c:g}, depth = {depth} and x of shape {inputs.shape}"
    return Case((c, depth, inputs), activation_trace(c, depth, inputs), words)


@labelled("halves")
def halves(rng: np.random.Generator) -> list[Case]:
    """c = ½ with numbers that halve without rounding: the lecture's (1, 1) and some of our own."""
    eighths, depth = rng.integers(1, 64, rng.integers(4, 9)) / 8.0, int(rng.integers(4, 40))
    return [case(0.5, 3, [1.0, 1.0]), case(0.5, depth, eighths), case(0.5, 150, -eighths[:3])]


@labelled("multipliers")
def multipliers(rng: np.random.Generator) -> list[Case]:
    """Growth, decay and changing signs, 0 in c and x, shallow and deep; a call that differs from another in x alone."""
    own = round(float(rng.uniform(1.1, 1.4)), 3)
    depth, n = sizes(rng, 2, MOST)
    # The third row shows whether a sign changes with each layer.
    signs = [case(c, depth + 2, rng.standard_normal(n)) for c in (-1.0, -own)]
    shallow = signs + [case(c, depth, rng.standard_normal(n)) for c in (1.5, own, own)]
    shallow += [case(own, n, rng.standard_normal(n)), case(0.0, 3, [2.0, 0.0, -1.0]), case(own, 4, [own])]
    shallow += [case(own, 3, rng.standard_normal(2 * n)[::2])]
    return shallow + [case(c, depth, rng.standard_normal(3)) for c, depth in ((1.5, 150), (0.9, 152))]


@labelled("one_layer")
def one_layer(rng: np.random.Generator) -> list[Case]:
    """Depth 1: a trace of one row."""
    return [case(c, 1, rng.standard_normal(3)) for c in (1.5, 0.5)]


def row_by_row(value: Any, trace: Case) -> None:
    """Fail unless every row is right on its own scale: the last may be 1e-45 of the first."""
    rows = expect.array(value, trace.wanted.shape, f"For {trace.words} the result", near=trace.wanted)
    with np.errstate(all="ignore"):
        error = np.max(np.abs(rows - trace.wanted), axis=1)
    right = error <= RTOL * np.max(np.abs(trace.wanted), axis=1)  # False for nan and inf
    if not np.all(right):
        row = int(np.argmin(right))
        expect.fail(f"For {trace.words} row {row}, the activations of layer {row + 1}, is not right.")


TRACE = Answers("activation_trace", row_by_row)


@check(points=4)
def check_halves(student: Student, cases: Cases) -> None:
    """at c = 0.5 every layer has half of the layer before, down to layer 150"""
    TRACE.agree(student, cases, halves)


@check(points=4)
def check_multipliers(student: Student, cases: Cases) -> None:
    """row l − 1 is a^[l] = c·a^[l−1] for every c"""
    TRACE.agree(student, cases, multipliers)


@check(points=2)
def check_one_layer(student: Student, cases: Cases) -> None:
    """a chain of one layer has a trace of one row"""
    TRACE.agree(student, cases, one_layer)


@check(points=1)
def check_dtype(student: Student, cases: Cases) -> None:
    """the result holds float64 numbers"""
    TRACE.double(student, cases, multipliers)


@check(points=1)
def check_arguments_unchanged(student: Student, cases: Cases) -> None:
    """x is not modified"""
    TRACE.agree(student, cases, multipliers)
    student.leaves_arguments(activation_trace)


def examples() -> Any:
    """Small inputs for the search for the smallest one on which the student's function differs."""
    from hypothesis import strategies as st  # slow to import, needed only after a failure

    x = st.lists(st.sampled_from([1.0, 2.0, 3.0, -1.0]), min_size=1, max_size=3).map(np.array)
    return st.tuples(st.sampled_from([0.5, 1.5, 2.0, -1.0]), st.integers(1, 4), x)


EXERCISE = Exercise(
    activation_trace,
    checks=(
        check_halves,
        check_multipliers,
        check_one_layer,
        check_dtype,
        check_arguments_unchanged,
    ),
    pictures=_pictures.trace,
    domain=(
        corner("one layer", lambda c, depth, x: depth == 1),
        corner("152 layers", lambda c, depth, x: depth == 152),
        corner("decay to 1e-45", lambda c, depth, x: (c, depth) == (0.5, 150)),
        corner("growth to 1e26", lambda c, depth, x: (c, depth) == (1.5, 150)),
        corner("c = 0", lambda c, depth, x: c == 0),
        corner("c < 0", lambda c, depth, x: c < 0),
        corner("one number", lambda c, depth, x: len(x) == 1),
        corner("as many numbers as layers", lambda c, depth, x: len(x) == depth),
        corner("more numbers than layers", lambda c, depth, x: len(x) > depth > 1),
        corner("0 in x", lambda c, depth, x: 0 in x),
        corner("a view", lambda c, depth, x: in_pieces(x)),
        pair_of_calls("another x alone", lambda a, b: a[:2] == b[:2] and a[2].shape == b[2].shape),
    ),
    examples=examples,
)
