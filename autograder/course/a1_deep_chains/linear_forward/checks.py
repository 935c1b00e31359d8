"""`linear_forward(X, weights) -> Y`: the forward pass of a deep linear chain."""

import numpy as np

from autograder.authoring import (
    Cases,
    Exercise,
    Student,
    check,
    corner,
    in_pieces,
    pair_of_calls,
    whole_numbers,
)
from autograder.course.a1_deep_chains import _chain, _pictures
from autograder.course.a1_deep_chains._case import Answers, Case, array
from autograder.course.a1_deep_chains._chain import cases_of
from autograder.course.reference.chains import linear_forward

RTOL = 1e-10  # of the norm: the chains are well-conditioned, orders of summation differ by less than 1e-12


def case(chain: _chain.Chain) -> Case:
    """The call for a chain."""
    Y = linear_forward(chain.X, chain.weights)
    data = f"X of shape {chain.X.shape}{_chain.of_what(chain.X)}"
    return Case((chain.X, chain.weights), Y, f"{data} and {chain.shapes}")


rectangular = cases_of("rectangular", _chain.rectangular, case)
one_layer = cases_of("one_layer", _chain.one_layer, case)
depth_150 = cases_of("depth_150", _chain.depth_150, case)

FORWARD = Answers("linear_forward", array(RTOL))


@check(points=7)
def check_rectangular(student: Student, cases: Cases) -> None:
    """Y = W^[L] … W^[2] W^[1] X for layers of different widths"""
    FORWARD.agree(student, cases, rectangular)


@check(points=3)
def check_one_layer(student: Student, cases: Cases) -> None:
    """a network with one layer gives W^[1] X"""
    FORWARD.agree(student, cases, one_layer)


@check(points=4)
def check_depth_150(student: Student, cases: Cases) -> None:
    """the formula holds at depth 150, whether the signal explodes or vanishes"""
    FORWARD.agree(student, cases, depth_150)


@check(points=1)
def check_dtype(student: Student, cases: Cases) -> None:
    """the result holds float64 numbers"""
    FORWARD.double(student, cases, rectangular)


@check(points=1)
def check_arguments_unchanged(student: Student, cases: Cases) -> None:
    """X and the weights are not modified"""
    FORWARD.agree(student, cases, rectangular)
    student.leaves_arguments(linear_forward)


EXERCISE = Exercise(
    linear_forward,
    checks=(
        check_rectangular,
        check_one_layer,
        check_depth_150,
        check_dtype,
        check_arguments_unchanged,
    ),
    pictures=_pictures.forward,
    domain=(
        corner("one layer", lambda X, weights: len(weights) == 1),
        corner("150 layers", lambda X, weights: len(weights) == 150),
        corner(
            "a layer of one unit",
            lambda X, weights: len(weights) > 1 and any(len(W) == 1 for W in weights[:-1]),
        ),
        corner("square layers", lambda X, weights: all(W.shape[0] == W.shape[1] > 1 for W in weights)),
        corner(
            "widths that differ", lambda X, weights: len({W.shape[1] for W in weights}) == len(weights) > 2
        ),
        corner("whole numbers", lambda X, weights: all(map(whole_numbers, weights)) and whole_numbers(X)),
        corner(
            "X of whole numbers alone",
            lambda X, weights: whole_numbers(X) and not any(map(whole_numbers, weights)),
        ),
        *_chain.single_layers(1),
        corner("views", lambda X, weights: all(map(in_pieces, weights)) and in_pieces(X)),
        corner("one example", lambda X, weights: X.shape[1] == 1),
        corner("as many examples as units", lambda X, weights: X.shape == weights[0].shape),
        pair_of_calls("the same list again", lambda a, b: a[1] is b[1]),
        pair_of_calls(
            "the same shapes with other weights",
            lambda a, b: [W.shape for W in a[1]] == [W.shape for W in b[1]] and np.array_equal(a[0], b[0]),
        ),
    ),
    examples=lambda: _chain.small_chains().map(lambda chain: (chain.X, chain.weights)),
)
