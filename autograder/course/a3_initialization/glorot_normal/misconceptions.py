"""Wrong normalised initialisations, variance 2 / (n_in + n_out) (catalogue I01–I37, P05, P13)."""

import numpy as np

from autograder.authoring import Catalogue
from autograder.course.a3_initialization._alike import alike
from autograder.course.a3_initialization._wrong_normal import of_any_variance, with_deviation, with_variance
from autograder.course.a3_initialization._wrong_weights import of_any_law
from autograder.course.reference.initialization import Array, glorot_variance

Generator = np.random.Generator

catalogue = Catalogue(alike)
catalogue.include(of_any_variance, variance_of=glorot_variance)
catalogue.include(of_any_law, weights=with_variance(glorot_variance))


@catalogue.add("In which order does Python compute 2 / n_in + n_out?")
@with_variance
def missing_parentheses(n_out: int, n_in: int) -> float:
    """leaves out the parentheses: 2 / n_in + n_out"""
    return 2 / n_in + n_out


@catalogue.add("If n_in = n_out, the formula should agree with the lecture's 1 / n. Does yours?")
@with_variance
def one_for_two(n_out: int, n_in: int) -> float:
    """uses the constant 1: 1 / (n_in + n_out) is half the variance"""
    return 1 / (n_in + n_out)


@catalogue.add(
    "To which of the two exercises does the 6 belong: is √(6 / (n_in + n_out)) a bound or a standard "
    "deviation?"
)
@with_deviation
def uniform_bound_as_std(n_out: int, n_in: int) -> float:
    """uses the bound of the uniform law, √(6 / (n_in + n_out)), as the standard deviation"""
    return np.sqrt(6 / (n_in + n_out))


@catalogue.add(
    "Two formulas are called Xavier. Which one does this exercise ask for: the one with one size of the "
    "layer, or the one with both?"
)
@with_variance
def xavier_for_glorot(_n_out: int, n_in: int) -> float:
    """uses 1 / n_in, the other formula that is called Xavier"""
    return 1 / n_in


@catalogue.add("One formula of the lecture uses both sizes of a layer. Where is n_out in yours?")
@with_variance
def he_for_glorot(_n_out: int, n_in: int) -> float:
    """uses 2 / n_in, which is He's variance"""
    return 2 / n_in


@catalogue.add("Do the two sizes stand in a sum or in a product?")
@with_variance
def product_of_fans(n_out: int, n_in: int) -> float:
    """divides by n_in · n_out, the product, not the sum"""
    return 2 / (n_in * n_out)


@catalogue.add("Does the root in the formula cover the numerator alone?")
@with_deviation
def root_of_numerator_only(n_out: int, n_in: int) -> float:
    """takes the root of the 2 only and divides by n_in + n_out itself"""
    return np.sqrt(2) / (n_in + n_out)


@catalogue.add("What is your variance if n_in = n_out = n? It should be the lecture's 1 / n.")
@with_deviation
def doubled(n_out: int, n_in: int) -> float:
    """doubles the variance: the root leaves out the 2, or the 2 is divided by the average of n_in and n_out"""
    return 2 / np.sqrt(n_in + n_out)


@catalogue.add("The variance is right. What does `normal` in the exercise's name ask for beyond it?")
def uniform_for_normal(n_out: int, n_in: int, rng: Generator) -> Array:
    """draws from Glorot's uniform law, where the normal one is asked for"""
    a = np.sqrt(6 / (n_in + n_out))
    return rng.uniform(-a, a, (n_out, n_in))


@catalogue.add("Do your weights grow or shrink when n_in grows? Which of the two did the lecture ask for?")
@with_deviation
def divided_by_std(n_out: int, n_in: int) -> float:
    """divides by √(2 / (n_in + n_out)) where it should multiply"""
    return 1 / np.sqrt(2 / (n_in + n_out))


@catalogue.add(
    "What does a layer pass on, and what can it learn, if all its weights are zero? And what is 2 // 64 in Python?"
)
def zeros(n_out: int, n_in: int, rng: Generator) -> Array:  # noqa: ARG001
    """returns zeros, perhaps because `//` rounds the variance down to zero"""
    return np.zeros((n_out, n_in))
