"""Wrong uniform normalised initialisations, bound √(6 / (n_in + n_out))."""

import numpy as np

from autograder.authoring import Catalogue
from autograder.course.a3_initialization import _wrong_weights
from autograder.course.a3_initialization._alike import alike
from autograder.course.a3_initialization._parts import Generator, bound, normal_weights, uniform_weights
from autograder.course.reference.initialization import Array

uniform = _wrong_weights.mistakes.having(normal_weights, uniform_weights)
catalogue = Catalogue(alike, whole=uniform_weights)


@catalogue.instead_of(bound, "The variance of a uniform law on (−a, a) is not a². What is it?")
def std_as_bound(n_out: int, n_in: int) -> float:
    """uses the standard deviation √(2 / (n_in + n_out)) as the bound"""
    return np.sqrt(2 / (n_in + n_out))


@catalogue.instead_of(
    bound,
    "The bound a is a size of weights, like a standard deviation. What has to be done with 6 / (n_in + "
    "n_out)?",
)
def bound_without_root(n_out: int, n_in: int) -> float:
    """uses 6 / (n_in + n_out) as the bound, without the root"""
    return 6 / (n_in + n_out)


@catalogue.add("Plot a histogram of your weights: on which side of zero do they lie?")
def one_sided(n_out: int, n_in: int, rng: Generator) -> Array:
    """draws between 0 and the bound, so that no weight is negative"""
    return rng.uniform(0, bound(n_out, n_in), (n_out, n_in))


@catalogue.add("`random` is between 0 and 1. How wide is your interval, and how wide is (−a, a)?")
def half_the_width(n_out: int, n_in: int, rng: Generator) -> Array:
    """draws from an interval of width a where (−a, a) has the width 2a"""
    return bound(n_out, n_in) * (rng.random((n_out, n_in)) - 0.5)


@catalogue.instead_of(bound, "a²/3 should be 2 / (n_in + n_out). Which number belongs under the root?")
def three_for_six(n_out: int, n_in: int) -> float:
    """uses the constant 3 where the bound has 6"""
    return np.sqrt(3 / (n_in + n_out))


@catalogue.instead_of(bound, "Does the root in the formula cover the numerator alone?")
def root_of_numerator_only(n_out: int, n_in: int) -> float:
    """takes the root of the 6 only and divides by n_in + n_out itself"""
    return np.sqrt(6) / (n_in + n_out)


@catalogue.instead_of(bound, "Does the root in the formula cover the denominator alone?")
def root_of_denominator_only(n_out: int, n_in: int) -> float:
    """uses the bound 6 / √(n_in + n_out): the root leaves out the 6"""
    return 6 / np.sqrt(n_in + n_out)


@catalogue.instead_of(bound, "In which order does Python compute 6 / n_in + n_out?")
def missing_parentheses(n_out: int, n_in: int) -> float:
    """leaves out the parentheses: 6 / n_in + n_out"""
    return np.sqrt(6 / n_in + n_out)


@catalogue.instead_of(bound, "The formula uses both sizes of a layer. Where is n_out in yours?")
def he_bound(n_out: int, n_in: int) -> float:
    """uses the bound √(6 / n_in), which gives He's variance"""
    return np.sqrt(6 / n_in)


@catalogue.instead_of(
    bound,
    "Two formulas are called Xavier. Which one does this exercise ask for: the one with one size of the "
    "layer, or the one with both?",
)
def xavier_bound(n_out: int, n_in: int) -> float:
    """uses the bound √(3 / n_in), which gives the variance 1 / n_in"""
    return np.sqrt(3 / n_in)


@catalogue.instead_of(bound, "Do the two sizes stand in a sum or in a product?")
def product_of_fans(n_out: int, n_in: int) -> float:
    """divides by n_in · n_out, the product, not the sum"""
    return np.sqrt(6 / (n_in * n_out))


@catalogue.add("The variance is right. What does `uniform` in the exercise's name ask for beyond it?")
def normal_for_uniform(n_out: int, n_in: int, rng: Generator) -> Array:
    """draws from Glorot's normal law, where the uniform one is asked for"""
    return rng.normal(0, np.sqrt(2 / (n_in + n_out)), (n_out, n_in))


@catalogue.add("A normal law has no bound. Which law does the exercise's name ask for?")
def bound_as_std(n_out: int, n_in: int, rng: Generator) -> Array:
    """draws from a normal law with the bound as its standard deviation"""
    return rng.normal(0, bound(n_out, n_in), (n_out, n_in))


catalogue.include(uniform, "zeros")


@catalogue.add("If all weights are equal, what do the neurons of a layer learn that a single one could not?")
def constant(n_out: int, n_in: int, rng: Generator) -> Array:
    """fills the matrix with the bound where random numbers are asked for"""
    return np.full((n_out, n_in), bound(n_out, n_in))


@catalogue.add(
    "How many different absolute values do your weights have? A uniform law takes all values in between."
)
def only_the_bounds(n_out: int, n_in: int, rng: Generator) -> Array:
    """draws only −a or a, and nothing in between"""
    a = bound(n_out, n_in)
    return rng.choice(np.array([-a, a]), (n_out, n_in))


catalogue.include(uniform, "one_row_for_all", "transposed", "list_of_rows", "single_precision")
catalogue.include(uniform, "own_generator")
