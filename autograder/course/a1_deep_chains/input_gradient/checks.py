"""`input_gradient(weights, dY) -> dX`: back through a deep linear chain."""

import numpy as np

from autograder.authoring import (
    Cases,
    Exercise,
    Student,
    check,
    corner,
    in_pieces,
    labelled,
    pair_of_calls,
    whole_numbers,
)
from autograder.course.a1_deep_chains import _chain, _pictures
from autograder.course.a1_deep_chains._case import Answers, Case, array
from autograder.course.a1_deep_chains._chain import cases_of
from autograder.course.reference.chains import input_gradient

RTOL = 1e-10  # of the norm: the chains are well-conditioned, orders of summation differ by less than 1e-12
RTOL_POWER = 1e-12  # 150 products by a number: at most 150 roundings, 2e-14


def case(chain: _chain.Chain) -> Case:
    """The call for a chain."""
    dX = input_gradient(chain.weights, chain.dY)
    data = f"dY of shape {chain.dY.shape}{_chain.of_what(chain.dY)}"
    return Case((chain.weights, chain.dY), dX, f"{chain.shapes} and {data}")


def scaled_identity(rng: np.random.Generator, c: float) -> Case:
    """150 layers c·I of width 3; by hand, dX is c^150·dY."""
    dY = rng.standard_normal((3, 4))
    return Case(([c * np.eye(3) for _ in range(150)], dY), c**150 * dY, f"150 layers of {c}·I")


rectangular = cases_of("rectangular", _chain.rectangular, case)
one_layer = cases_of("one_layer", _chain.one_layer, case)


@labelled("scaled_identities")
def scaled_identities(rng: np.random.Generator) -> list[Case]:
    """The lecture's networks: one explodes, one vanishes."""
    return [scaled_identity(rng, c) for c in (1.5, 0.5)]


@labelled("depth_150")
def depth_150(rng: np.random.Generator) -> list[Case]:
    """A chain of depth 150 and one between shallow and deep."""
    return [case(_chain.rotations(rng, depth, 0.9)) for depth in (150, int(rng.integers(7, 30)))]


GRADIENT = Answers("input_gradient", array(RTOL))


@check(points=5)
def check_rectangular(student: Student, cases: Cases) -> None:
    """∂J/∂X = W^[1]ᵀ W^[2]ᵀ … W^[L]ᵀ dY for layers of different widths"""
    GRADIENT.agree(student, cases, rectangular)


@check(points=2)
def check_one_layer(student: Student, cases: Cases) -> None:
    """a network with one layer gives W^[1]ᵀ dY"""
    GRADIENT.agree(student, cases, one_layer)


@check(points=3)
def check_scaled_identities(student: Student, cases: Cases) -> None:
    """through 150 layers of c·I the gradient explodes at c = 1.5 and vanishes at c = 0.5"""
    Answers("input_gradient", array(RTOL_POWER)).agree(student, cases, scaled_identities)


@check(points=2)
def check_depth_150(student: Student, cases: Cases) -> None:
    """the order of the layers is right at depth 150"""
    GRADIENT.agree(student, cases, depth_150)


@check(points=1)
def check_dtype(student: Student, cases: Cases) -> None:
    """the result holds float64 numbers"""
    GRADIENT.double(student, cases, rectangular)


@check(points=1)
def check_arguments_unchanged(student: Student, cases: Cases) -> None:
    """the weights and dY are not modified"""
    GRADIENT.agree(student, cases, rectangular)
    student.leaves_arguments(input_gradient)


EXERCISE = Exercise(
    input_gradient,
    checks=(
        check_rectangular,
        check_one_layer,
        check_scaled_identities,
        check_depth_150,
        check_dtype,
        check_arguments_unchanged,
    ),
    pictures=_pictures.back,
    domain=(
        corner("one layer", lambda weights, dY: len(weights) == 1),
        corner("150 layers", lambda weights, dY: len(weights) == 150),
        corner(
            "a layer of one unit",
            lambda weights, dY: len(weights) > 1 and any(len(W) == 1 for W in weights[:-1]),
        ),
        corner("square layers", lambda weights, dY: all(W.shape[0] == W.shape[1] > 1 for W in weights)),
        corner(
            "widths that differ", lambda weights, dY: len({W.shape[1] for W in weights}) == len(weights) > 2
        ),
        corner("whole numbers", lambda weights, dY: all(map(whole_numbers, weights)) and whole_numbers(dY)),
        corner(
            "dY of whole numbers alone",
            lambda weights, dY: whole_numbers(dY) and not any(map(whole_numbers, weights)),
        ),
        *_chain.single_layers(0),
        corner("views", lambda weights, dY: all(map(in_pieces, weights)) and in_pieces(dY)),
        corner("one example", lambda weights, dY: dY.shape[1] == 1),
        corner("as many examples as units", lambda weights, dY: dY.shape == weights[0].shape),
        pair_of_calls("the same list again", lambda a, b: a[0] is b[0]),
        pair_of_calls(
            "the same shapes with other weights",
            lambda a, b: [W.shape for W in a[0]] == [W.shape for W in b[0]] and np.array_equal(a[1], b[1]),
        ),
    ),
    examples=lambda: _chain.small_chains().map(lambda chain: (chain.weights, chain.dY)),
)
