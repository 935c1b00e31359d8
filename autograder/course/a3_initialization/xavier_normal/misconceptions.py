"""Wrong initialisations for tanh, variance 1 / n_in."""

import numpy as np

from autograder.authoring import Catalogue
from autograder.course.a3_initialization._alike import alike
from autograder.course.a3_initialization._parts import deviation, normal_weights, variance_of
from autograder.course.a3_initialization._wrong_normal import mistakes as normal

catalogue = Catalogue(alike, whole=normal_weights)


catalogue.include(normal, "variance_for_std")


@catalogue.instead_of(
    variance_of,
    "Which units feed a neuron of this layer: as many as W has rows, or as many as it has columns?",
)
def fan_out_for_fan_in(n_out: int, n_in: int) -> float:
    """divides by n_out where the formula divides by n_in"""
    return 1 / n_out


@catalogue.instead_of(
    variance_of,
    "Which constant goes with tanh, which one with ReLU? tanh does not set half of its inputs to zero.",
)
def two_for_one(n_out: int, n_in: int) -> float:
    """uses the constant 2, which is for ReLU, where tanh gets 1"""
    return 2 / n_in


catalogue.include(normal, "uniform_0_1", "std_as_uniform_bound", "three_std_as_uniform_bound")
catalogue.include(normal, "one_sided_uniform", "uniform_of_right_variance", "root_taken_twice", "fixed_scale")
catalogue.include(normal, "no_scale")


@catalogue.instead_of(
    deviation, "Do your weights grow or shrink when n_in grows? Which of the two keeps the signal's size?"
)
def multiplied_by_root(n_out: int, n_in: int) -> float:
    """multiplies by √n_in where it should divide"""
    return np.sqrt(n_in)


catalogue.include(normal, "zeros", "constant", "one_row_for_all", "transposed")


@catalogue.instead_of(
    variance_of,
    "Two formulas are called Xavier. Which one does this exercise ask for: the one with one size of the "
    "layer, or the one with both?",
)
def glorot_for_xavier(n_out: int, n_in: int) -> float:
    """uses 2 / (n_in + n_out), the other formula that is called Xavier"""
    return 2 / (n_in + n_out)


@catalogue.instead_of(
    variance_of, "Whose number counts here: the units that feed a neuron, or all units on both sides?"
)
def sum_of_fans(n_out: int, n_in: int) -> float:
    """divides by n_in + n_out"""
    return 1 / (n_in + n_out)


catalogue.include(normal, "number_of_weights")


@catalogue.instead_of(variance_of, "What is 1 // 64 in Python?")
def integer_division(n_out: int, n_in: int) -> float:
    """divides with `//`, which rounds 1 / n_in down to zero"""
    return 1 // n_in


catalogue.include(
    normal, "bias_counted", "absolute_values", "standardised_sample", "clipped", "truncated", "random_signs"
)
catalogue.include(normal, "rows_normalised", "outer_product", "list_of_rows", "single_precision")
catalogue.include(normal, "mean_shifted", "own_generator")
