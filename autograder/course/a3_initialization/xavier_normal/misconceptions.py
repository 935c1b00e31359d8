"""Wrong initialisations for tanh, variance 1 / n_in (catalogue I01–I32, I36, P05, P13)."""

import numpy as np

from autograder.authoring import Catalogue
from autograder.course.a3_initialization._alike import alike
from autograder.course.a3_initialization._wrong_normal import (
    of_any_variance,
    of_one_size,
    with_deviation,
    with_variance,
)
from autograder.course.a3_initialization._wrong_weights import of_any_law
from autograder.course.reference.initialization import xavier_variance

catalogue = Catalogue(alike)
catalogue.include(of_any_variance, variance_of=xavier_variance)
catalogue.include(of_one_size, variance_of=xavier_variance)
catalogue.include(of_any_law, weights=with_variance(xavier_variance))


@catalogue.add(
    "Which units feed a neuron of this layer: as many as W has rows, or as many as it has columns?"
)
@with_variance
def fan_out_for_fan_in(n_out: int, _n_in: int) -> float:
    """divides by n_out where the lecture divides by n_in"""
    return 1 / n_out


@catalogue.add(
    "Which constant goes with tanh, which one with ReLU? tanh does not set half of its inputs to zero."
)
@with_variance
def two_for_one(_n_out: int, n_in: int) -> float:
    """uses the constant 2, which is for ReLU, where tanh gets 1"""
    return 2 / n_in


@catalogue.add("Do your weights grow or shrink when n_in grows? Which of the two did the lecture ask for?")
@with_deviation
def multiplied_by_root(_n_out: int, n_in: int) -> float:
    """multiplies by √n_in where it should divide"""
    return np.sqrt(n_in)


@catalogue.add(
    "Two formulas are called Xavier. Which one does this exercise ask for: the one with one size of the "
    "layer, or the one with both?"
)
@with_variance
def glorot_for_xavier(n_out: int, n_in: int) -> float:
    """uses 2 / (n_in + n_out), the other formula that is called Xavier"""
    return 2 / (n_in + n_out)


@catalogue.add("Whose number counts here: the units that feed a neuron, or all units on both sides?")
@with_variance
def sum_of_fans(n_out: int, n_in: int) -> float:
    """divides by n_in + n_out"""
    return 1 / (n_in + n_out)


@catalogue.add("What is 1 // 64 in Python?")
@with_variance
def integer_division(_n_out: int, n_in: int) -> float:
    """divides with `//`, which rounds 1 / n_in down to zero"""
    return 1 // n_in
