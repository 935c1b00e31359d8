"""`end_to_end_matrix(weights) -> M`: the one matrix that a deep linear chain is."""

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
from autograder.course.reference.chains import end_to_end_matrix

RTOL = 1e-10  # of the norm: the chains are well-conditioned, orders of summation differ by less than 1e-12


def case(chain: _chain.Chain) -> Case:
    """The call for a chain."""
    return Case((chain.weights,), end_to_end_matrix(chain.weights), chain.shapes)


rectangular = cases_of("rectangular", _chain.rectangular, case)
one_layer = cases_of("one_layer", _chain.one_layer, case)
depth_150 = cases_of("depth_150", _chain.depth_150, case)

PRODUCT = Answers("end_to_end_matrix", array(RTOL))


@check(points=5)
def check_rectangular(student: Student, cases: Cases) -> None:
    """M = W^[L] … W^[2] W^[1], of shape (n_L, n_0), for layers of different widths"""
    PRODUCT.agree(student, cases, rectangular)


@check(points=2)
def check_one_layer(student: Student, cases: Cases) -> None:
    """a network with one layer is its own end-to-end matrix"""
    PRODUCT.agree(student, cases, one_layer)


@check(points=3)
def check_depth_150(student: Student, cases: Cases) -> None:
    """the product is right at depth 150, whether it explodes or vanishes"""
    PRODUCT.agree(student, cases, depth_150)


@check(points=1)
def check_dtype(student: Student, cases: Cases) -> None:
    """the result holds float64 numbers"""
    PRODUCT.double(student, cases, rectangular)


@check(points=1)
def check_arguments_unchanged(student: Student, cases: Cases) -> None:
    """the weights are not modified"""
    PRODUCT.agree(student, cases, rectangular)
    student.leaves_arguments(end_to_end_matrix)


EXERCISE = Exercise(
    end_to_end_matrix,
    checks=(
        check_rectangular,
        check_one_layer,
        check_depth_150,
        check_dtype,
        check_arguments_unchanged,
    ),
    pictures=_pictures.whole,
    domain=(
        corner("one layer", lambda weights: len(weights) == 1),
        corner("150 layers", lambda weights: len(weights) == 150),
        corner(
            "a layer of one unit", lambda weights: len(weights) > 1 and any(len(W) == 1 for W in weights[:-1])
        ),
        corner("square layers", lambda weights: all(W.shape[0] == W.shape[1] > 1 for W in weights)),
        corner("widths that differ", lambda weights: len({W.shape[1] for W in weights}) == len(weights) > 2),
        corner("whole numbers", lambda weights: all(map(whole_numbers, weights))),
        *_chain.single_layers(0),
        corner("views", lambda weights: all(map(in_pieces, weights))),
        pair_of_calls("the same list again", lambda a, b: a[0] is b[0]),
        pair_of_calls(
            "the same shapes with other weights",
            lambda a, b: [W.shape for W in a[0]] == [W.shape for W in b[0]],
        ),
    ),
    examples=lambda: _chain.small_chains().map(lambda chain: (chain.weights,)),
)
