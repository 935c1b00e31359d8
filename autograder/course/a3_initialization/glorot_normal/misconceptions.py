"""Wrong normalised initialisations, variance 2 / (n_in + n_out)."""

import numpy as np

from autograder.authoring import Catalogue
from autograder.course.a3_initialization import _parts, _wrong_normal
from autograder.course.a3_initialization._alike import alike
from autograder.course.a3_initialization._parts import Generator, deviation
from autograder.course.reference.initialization import Array


def variance_of(n_out: int, n_in: int) -> float:
    """Glorot's."""
    return 2 / (n_in + n_out)


normal = _wrong_normal.mistakes.having(_parts.variance_of, variance_of)
catalogue = Catalogue(alike, whole=normal.whole)


catalogue.include(normal, "variance_for_std")


@catalogue.instead_of(variance_of, "In which order does Python compute 2 / n_in + n_out?")
def missing_parentheses(n_out: int, n_in: int) -> float:
    """leaves out the parentheses: 2 / n_in + n_out"""
    return 2 / n_in + n_out


@catalogue.instead_of(
    variance_of, "If n_in = n_out, the formula should agree with the rule 1 / n. Does yours?"
)
def one_for_two(n_out: int, n_in: int) -> float:
    """uses the constant 1: 1 / (n_in + n_out) is half the variance"""
    return 1 / (n_in + n_out)


@catalogue.instead_of(
    deviation,
    "To which of the two exercises does the 6 belong: is √(6 / (n_in + n_out)) a bound or a standard "
    "deviation?",
)
def uniform_bound_as_std(n_out: int, n_in: int) -> float:
    """uses the bound of the uniform law, √(6 / (n_in + n_out)), as the standard deviation"""
    return np.sqrt(6 / (n_in + n_out))


@catalogue.instead_of(
    variance_of,
    "Two formulas are called Xavier. Which one does this exercise ask for: the one with one size of the "
    "layer, or the one with both?",
)
def xavier_for_glorot(n_out: int, n_in: int) -> float:
    """uses 1 / n_in, the other formula that is called Xavier"""
    return 1 / n_in


@catalogue.instead_of(variance_of, "Glorot's formula uses both sizes of a layer. Where is n_out in yours?")
def he_for_glorot(n_out: int, n_in: int) -> float:
    """uses 2 / n_in, which is He's variance"""
    return 2 / n_in


@catalogue.instead_of(variance_of, "Do the two sizes stand in a sum or in a product?")
def product_of_fans(n_out: int, n_in: int) -> float:
    """divides by n_in · n_out, the product, not the sum"""
    return 2 / (n_in * n_out)


@catalogue.instead_of(deviation, "Does the root in the formula cover the numerator alone?")
def root_of_numerator_only(n_out: int, n_in: int) -> float:
    """takes the root of the 2 only and divides by n_in + n_out itself"""
    return np.sqrt(2) / (n_in + n_out)


@catalogue.instead_of(deviation, "What is your variance if n_in = n_out = n? It should be 1 / n.")
def doubled(n_out: int, n_in: int) -> float:
    """doubles the variance: the root leaves out the 2, or the 2 is divided by the average of n_in and n_out"""
    return 2 / np.sqrt(n_in + n_out)


catalogue.include(normal, "root_taken_twice", "uniform_0_1")


@catalogue.add("The variance is right. What does `normal` in the exercise's name ask for beyond it?")
def uniform_for_normal(n_out: int, n_in: int, rng: Generator) -> Array:
    """draws from Glorot's uniform law, where the normal one is asked for"""
    a = np.sqrt(6 / (n_in + n_out))
    return rng.uniform(-a, a, (n_out, n_in))


catalogue.include(normal, "fixed_scale", "no_scale")


@catalogue.instead_of(
    deviation, "Do your weights grow or shrink when n_in grows? Which of the two keeps the signal's size?"
)
def divided_by_std(n_out: int, n_in: int) -> float:
    """divides by √(2 / (n_in + n_out)) where it should multiply"""
    return 1 / np.sqrt(2 / (n_in + n_out))


@catalogue.add(
    "What does a layer pass on, and what can it learn, if all its weights are zero? And what is 2 // 64 in Python?"
)
def zeros(n_out: int, n_in: int, rng: Generator) -> Array:
    """returns zeros, perhaps because `//` rounds the variance down to zero"""
    return np.zeros((n_out, n_in))


catalogue.include(normal, "constant", "one_row_for_all", "transposed", "absolute_values")
catalogue.include(normal, "standardised_sample", "random_signs", "outer_product", "list_of_rows")
catalogue.include(normal, "single_precision", "mean_shifted", "own_generator")
