"""Wrong He initialisations."""

import numpy as np

from autograder.authoring import Catalogue
from autograder.course.a3_initialization import _parts, _wrong_normal
from autograder.course.a3_initialization._alike import alike
from autograder.course.a3_initialization._parts import deviation


def variance_of(n_out: int, n_in: int) -> float:
    """He's."""
    return 2 / n_in


normal = _wrong_normal.mistakes.having(_parts.variance_of, variance_of)
catalogue = Catalogue(alike, whole=normal.whole)


catalogue.include(normal, "variance_for_std")


@catalogue.instead_of(
    variance_of,
    "Which units feed a neuron of this layer: as many as W has rows, or as many as it has columns?",
)
def fan_out_for_fan_in(n_out: int, n_in: int) -> float:
    """divides by n_out where He divides by n_in"""
    return 2 / n_out


@catalogue.instead_of(
    variance_of, "Which share of the mean square of z survives a ReLU? The constant has to make up for it."
)
def one_for_two(n_out: int, n_in: int) -> float:
    """uses the constant 1, which is for tanh, where ReLU needs 2"""
    return 1 / n_in


catalogue.include(normal, "uniform_0_1", "std_as_uniform_bound", "three_std_as_uniform_bound")
catalogue.include(normal, "one_sided_uniform", "uniform_of_right_variance")


@catalogue.instead_of(deviation, "Does the root in the formula cover the numerator alone?")
def root_of_numerator_only(n_out: int, n_in: int) -> float:
    """takes the root of the 2 only and divides by n_in itself"""
    return np.sqrt(2) / n_in


@catalogue.instead_of(deviation, "Does the root in the formula cover the denominator alone?")
def root_of_denominator_only(n_out: int, n_in: int) -> float:
    """multiplies by 2 / √n_in: the root leaves out the 2"""
    return 2 / np.sqrt(n_in)


catalogue.include(normal, "root_taken_twice", "fixed_scale", "no_scale")


@catalogue.instead_of(
    deviation, "Do your weights grow or shrink when n_in grows? Which of the two keeps the signal's size?"
)
def divided_by_std(n_out: int, n_in: int) -> float:
    """divides by √(2 / n_in) where it should multiply"""
    return 1 / np.sqrt(2 / n_in)


catalogue.include(normal, "zeros", "constant", "one_row_for_all", "transposed")


@catalogue.instead_of(variance_of, "Glorot's formula uses both sizes of a layer. Does He's?")
def glorot_for_he(n_out: int, n_in: int) -> float:
    """uses 2 / (n_in + n_out), which is Glorot's variance"""
    return 2 / (n_in + n_out)


@catalogue.instead_of(variance_of, "He's formula has one size in it, not the average of two. Which one?")
def average_of_fans(n_out: int, n_in: int) -> float:
    """divides by the average of n_in and n_out"""
    return 4 / (n_in + n_out)


catalogue.include(normal, "number_of_weights")


@catalogue.instead_of(variance_of, "What is 2 // 64 in Python?")
def integer_division(n_out: int, n_in: int) -> float:
    """divides with `//`, which rounds 2 / n_in down to zero"""
    return 2 // n_in


catalogue.include(
    normal,
    "bias_counted",
    "absolute_values",
    "standardised_sample",
    "clipped",
    "truncated",
    "linear_of_pytorch",
    "random_signs",
)
catalogue.include(normal, "rows_normalised", "outer_product", "list_of_rows", "single_precision")
catalogue.include(normal, "mean_shifted", "own_generator")
