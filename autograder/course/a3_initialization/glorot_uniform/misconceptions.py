"""Wrong uniform normalised initialisations, bound √(6 / (n_in + n_out)) (catalogue I05–I08, I33–I37, P13)."""

from functools import partial

import numpy as np

from autograder.authoring import Catalogue
from autograder.authoring.misconception import named_after
from autograder.course.a3_initialization._alike import alike
from autograder.course.a3_initialization._wrong_normal import Formula, with_deviation
from autograder.course.a3_initialization._wrong_weights import Draw, of_any_law
from autograder.course.reference.initialization import Array

Generator = np.random.Generator


def bound(n_out: int, n_in: int) -> float:
    """The right one."""
    return np.sqrt(6 / (n_in + n_out))


def uniform(n_out: int, n_in: int, rng: Generator, *, bound: Formula) -> Array:
    """Uniform weights between minus and plus this bound."""
    a = bound(n_out, n_in)
    return rng.uniform(-a, a, (n_out, n_in))


def with_bound(bound: Formula) -> Draw:
    """Draws uniform weights with this bound."""
    return named_after(bound, partial(uniform, bound=bound))


catalogue = Catalogue(alike)
catalogue.include(of_any_law, weights=with_bound(bound))


@catalogue.add("The variance of a uniform law on (−a, a) is not a². What is it?")
@with_bound
def std_as_bound(n_out: int, n_in: int) -> float:
    """uses the standard deviation √(2 / (n_in + n_out)) as the bound"""
    return np.sqrt(2 / (n_in + n_out))


@catalogue.add(
    "The bound a is a size of weights, like a standard deviation. What has to be done with 6 / (n_in + "
    "n_out)?"
)
@with_bound
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


@catalogue.add("a²/3 should be 2 / (n_in + n_out). Which number belongs under the root?")
@with_bound
def three_for_six(n_out: int, n_in: int) -> float:
    """uses the constant 3 where the bound has 6"""
    return np.sqrt(3 / (n_in + n_out))


@catalogue.add("Does the root in the formula cover the numerator alone?")
@with_bound
def root_of_numerator_only(n_out: int, n_in: int) -> float:
    """takes the root of the 6 only and divides by n_in + n_out itself"""
    return np.sqrt(6) / (n_in + n_out)


@catalogue.add("Does the root in the formula cover the denominator alone?")
@with_bound
def root_of_denominator_only(n_out: int, n_in: int) -> float:
    """uses the bound 6 / √(n_in + n_out): the root leaves out the 6"""
    return 6 / np.sqrt(n_in + n_out)


@catalogue.add("In which order does Python compute 6 / n_in + n_out?")
@with_bound
def missing_parentheses(n_out: int, n_in: int) -> float:
    """leaves out the parentheses: 6 / n_in + n_out"""
    return np.sqrt(6 / n_in + n_out)


@catalogue.add("The formula uses both sizes of a layer. Where is n_out in yours?")
@with_bound
def he_bound(_n_out: int, n_in: int) -> float:
    """uses the bound √(6 / n_in), which gives He's variance"""
    return np.sqrt(6 / n_in)


@catalogue.add(
    "Two formulas are called Xavier. Which one does this exercise ask for: the one with one size of the "
    "layer, or the one with both?"
)
@with_bound
def xavier_bound(_n_out: int, n_in: int) -> float:
    """uses the bound √(3 / n_in), which gives the variance 1 / n_in"""
    return np.sqrt(3 / n_in)


@catalogue.add("Do the two sizes stand in a sum or in a product?")
@with_bound
def product_of_fans(n_out: int, n_in: int) -> float:
    """divides by n_in · n_out, the product, not the sum"""
    return np.sqrt(6 / (n_in * n_out))


@catalogue.add("The variance is right. What does `uniform` in the exercise's name ask for beyond it?")
@with_deviation
def normal_for_uniform(n_out: int, n_in: int) -> float:
    """draws from Glorot's normal law, where the uniform one is asked for"""
    return np.sqrt(2 / (n_in + n_out))


@catalogue.add("A normal law has no bound. Which law does the exercise's name ask for?")
@with_deviation
def bound_as_std(n_out: int, n_in: int) -> float:
    """draws from a normal law with the bound as its standard deviation"""
    return np.sqrt(6 / (n_in + n_out))


@catalogue.add("What does a layer pass on, and what can it learn, if all its weights are zero?")
def zeros(n_out: int, n_in: int, rng: Generator) -> Array:  # noqa: ARG001
    """returns zeros"""
    return np.zeros((n_out, n_in))


@catalogue.add("If all weights are equal, what do the neurons of a layer learn that a single one could not?")
def constant(n_out: int, n_in: int, rng: Generator) -> Array:  # noqa: ARG001
    """fills the matrix with the bound where random numbers are asked for"""
    return np.full((n_out, n_in), bound(n_out, n_in))


@catalogue.add(
    "How many different absolute values do your weights have? A uniform law takes all values in between."
)
def only_the_bounds(n_out: int, n_in: int, rng: Generator) -> Array:
    """draws only −a or a, and nothing in between"""
    a = bound(n_out, n_in)
    return rng.choice(np.array([-a, a]), (n_out, n_in))
