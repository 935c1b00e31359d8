"""Wrong uniform normalised initialisations, bound √(6 / (n_in + n_out)) (catalogue I05–I08, I33–I37, P13)."""

import numpy as np

from autograder.authoring import Catalogue
from autograder.course.a3_initialization._alike import alike
from autograder.course.reference.initialization import Array

Generator = np.random.Generator


catalogue = Catalogue(alike)


@catalogue.add("The variance of a uniform law on (−a, a) is not a². What is it?")
def std_as_bound(n_out: int, n_in: int, rng: Generator) -> Array:
    """uses the standard deviation √(2 / (n_in + n_out)) as the bound"""
    a = np.sqrt(2 / (n_in + n_out))
    return rng.uniform(-a, a, (n_out, n_in))


@catalogue.add(
    "The bound a is a size of weights, like a standard deviation. What has to be done with 6 / (n_in + "
    "n_out)?"
)
def bound_without_root(n_out: int, n_in: int, rng: Generator) -> Array:
    """uses 6 / (n_in + n_out) as the bound, without the root"""
    a = 6 / (n_in + n_out)
    return rng.uniform(-a, a, (n_out, n_in))


@catalogue.add("Plot a histogram of your weights: on which side of zero do they lie?")
def one_sided(n_out: int, n_in: int, rng: Generator) -> Array:
    """draws between 0 and the bound, so that no weight is negative"""
    a = np.sqrt(6 / (n_in + n_out))
    return rng.uniform(0, a, (n_out, n_in))


@catalogue.add("`random` is between 0 and 1. How wide is your interval, and how wide is (−a, a)?")
def half_the_width(n_out: int, n_in: int, rng: Generator) -> Array:
    """draws from an interval of width a where (−a, a) has the width 2a"""
    a = np.sqrt(6 / (n_in + n_out))
    return a * (rng.random((n_out, n_in)) - 0.5)


@catalogue.add("a²/3 should be 2 / (n_in + n_out). Which number belongs under the root?")
def three_for_six(n_out: int, n_in: int, rng: Generator) -> Array:
    """uses the constant 3 where the bound has 6"""
    a = np.sqrt(3 / (n_in + n_out))
    return rng.uniform(-a, a, (n_out, n_in))


@catalogue.add("Does the root in the formula cover the numerator alone?")
def root_of_numerator_only(n_out: int, n_in: int, rng: Generator) -> Array:
    """takes the root of the 6 only and divides by n_in + n_out itself"""
    a = np.sqrt(6) / (n_in + n_out)
    return rng.uniform(-a, a, (n_out, n_in))


@catalogue.add("Does the root in the formula cover the denominator alone?")
def root_of_denominator_only(n_out: int, n_in: int, rng: Generator) -> Array:
    """uses the bound 6 / √(n_in + n_out): the root leaves out the 6"""
    a = 6 / np.sqrt(n_in + n_out)
    return rng.uniform(-a, a, (n_out, n_in))


@catalogue.add("In which order does Python compute 6 / n_in + n_out?")
def missing_parentheses(n_out: int, n_in: int, rng: Generator) -> Array:
    """leaves out the parentheses: 6 / n_in + n_out"""
    a = np.sqrt(6 / n_in + n_out)
    return rng.uniform(-a, a, (n_out, n_in))


@catalogue.add("The formula uses both sizes of a layer. Where is n_out in yours?")
def he_bound(n_out: int, n_in: int, rng: Generator) -> Array:
    """uses the bound √(6 / n_in), which gives He's variance"""
    a = np.sqrt(6 / n_in)
    return rng.uniform(-a, a, (n_out, n_in))


@catalogue.add(
    "Two formulas are called Xavier. Which one does this exercise ask for: the one with one size of the "
    "layer, or the one with both?"
)
def xavier_bound(n_out: int, n_in: int, rng: Generator) -> Array:
    """uses the bound √(3 / n_in), which gives the variance 1 / n_in"""
    a = np.sqrt(3 / n_in)
    return rng.uniform(-a, a, (n_out, n_in))


@catalogue.add("Do the two sizes stand in a sum or in a product?")
def product_of_fans(n_out: int, n_in: int, rng: Generator) -> Array:
    """divides by n_in · n_out, the product, not the sum"""
    a = np.sqrt(6 / (n_in * n_out))
    return rng.uniform(-a, a, (n_out, n_in))


@catalogue.add("The variance is right. What does `uniform` in the exercise's name ask for beyond it?")
def normal_for_uniform(n_out: int, n_in: int, rng: Generator) -> Array:
    """draws from Glorot's normal law, where the uniform one is asked for"""
    return rng.normal(0, np.sqrt(2 / (n_in + n_out)), (n_out, n_in))


@catalogue.add("A normal law has no bound. Which law does the exercise's name ask for?")
def bound_as_std(n_out: int, n_in: int, rng: Generator) -> Array:
    """draws from a normal law with the bound as its standard deviation"""
    a = np.sqrt(6 / (n_in + n_out))
    return rng.normal(0, a, (n_out, n_in))


@catalogue.add("What does a layer pass on, and what can it learn, if all its weights are zero?")
def zeros(n_out: int, n_in: int, rng: Generator) -> Array:  # noqa: ARG001
    """returns zeros"""
    return np.zeros((n_out, n_in))


@catalogue.add("If all weights are equal, what do the neurons of a layer learn that a single one could not?")
def constant(n_out: int, n_in: int, rng: Generator) -> Array:  # noqa: ARG001
    """fills the matrix with the bound where random numbers are asked for"""
    return np.full((n_out, n_in), np.sqrt(6 / (n_in + n_out)))


@catalogue.add(
    "How many different absolute values do your weights have? A uniform law takes all values in between."
)
def only_the_bounds(n_out: int, n_in: int, rng: Generator) -> Array:
    """draws only −a or a, and nothing in between"""
    a = np.sqrt(6 / (n_in + n_out))
    return rng.choice([-a, a], (n_out, n_in))


@catalogue.add("Look at two rows of W. What can two neurons with the same weights learn?")
def one_row_for_all(n_out: int, n_in: int, rng: Generator) -> Array:
    """draws one row and repeats it, so that all neurons are the same"""
    a = np.sqrt(6 / (n_in + n_out))
    return np.tile(rng.uniform(-a, a, (1, n_in)), (n_out, 1))


@catalogue.add("Examples are columns and Z = W A. How many rows does W need then, how many columns?")
def transposed(n_out: int, n_in: int, rng: Generator) -> Array:
    """returns the transpose, of shape (n_in, n_out)"""
    a = np.sqrt(6 / (n_in + n_out))
    return rng.uniform(-a, a, (n_in, n_out))


@catalogue.add("What is the type of your result? `W @ X` should work on it.")
def list_of_rows(n_out: int, n_in: int, rng: Generator) -> list[list[float]]:
    """returns a list of rows, not a NumPy array"""
    a = np.sqrt(6 / (n_in + n_out))
    return [[rng.uniform(-a, a) for _ in range(n_in)] for _ in range(n_out)]


@catalogue.add("Look at `W.dtype`. The course computes in float64.")
def single_precision(n_out: int, n_in: int, rng: Generator) -> Array:
    """returns float32 numbers"""
    a = np.sqrt(6 / (n_in + n_out))
    return rng.uniform(-a, a, (n_out, n_in)).astype(np.float32)


@catalogue.add(
    "Which generator are you given, and which one do you draw from? With the same seed the weights should "
    "be the same, with another seed others."
)
def own_generator(n_out: int, n_in: int, rng: Generator) -> Array:  # noqa: ARG001
    """draws from np.random or a generator of its own, not from the one that it is given"""
    a = np.sqrt(6 / (n_in + n_out))
    return np.random.uniform(-a, a, (n_out, n_in))
