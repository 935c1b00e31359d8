"""Wrong He initialisations (catalogue I01–I32, P05, P13)."""

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
from autograder.course.reference.initialization import he_variance

catalogue = Catalogue(alike)
catalogue.include(of_any_variance, variance_of=he_variance)
catalogue.include(of_one_size, variance_of=he_variance)
catalogue.include(of_any_law, weights=with_variance(he_variance))


@catalogue.add(
    "Which units feed a neuron of this layer: as many as W has rows, or as many as it has columns?"
)
@with_variance
def fan_out_for_fan_in(n_out: int, _n_in: int) -> float:
    """divides by n_out where He divides by n_in"""
    return 2 / n_out


@catalogue.add("Which share of the mean square of z survives a ReLU? The constant has to make up for it.")
@with_variance
def one_for_two(_n_out: int, n_in: int) -> float:
    """uses the constant 1, which is for tanh, where ReLU needs 2"""
    return 1 / n_in


@catalogue.add("Does the root in the formula cover the numerator alone?")
@with_deviation
def root_of_numerator_only(_n_out: int, n_in: int) -> float:
    """takes the root of the 2 only and divides by n_in itself"""
    return np.sqrt(2) / n_in


@catalogue.add("Does the root in the formula cover the denominator alone?")
@with_deviation
def root_of_denominator_only(_n_out: int, n_in: int) -> float:
    """multiplies by 2 / √n_in: the root leaves out the 2"""
    return 2 / np.sqrt(n_in)


@catalogue.add("Do your weights grow or shrink when n_in grows? Which of the two did the lecture ask for?")
@with_deviation
def divided_by_std(_n_out: int, n_in: int) -> float:
    """divides by √(2 / n_in) where it should multiply"""
    return 1 / np.sqrt(2 / n_in)


@catalogue.add("One formula of the lecture uses both sizes of a layer, another only one. Which is He's?")
@with_variance
def glorot_for_he(n_out: int, n_in: int) -> float:
    """uses 2 / (n_in + n_out), which is Glorot's variance"""
    return 2 / (n_in + n_out)


@catalogue.add("He's formula has one size in it, not the average of two. Which one?")
@with_variance
def average_of_fans(n_out: int, n_in: int) -> float:
    """divides by the average of n_in and n_out"""
    return 4 / (n_in + n_out)


@catalogue.add("What is 2 // 64 in Python?")
@with_variance
def integer_division(_n_out: int, n_in: int) -> float:
    """divides with `//`, which rounds 2 / n_in down to zero"""
    return 2 // n_in
