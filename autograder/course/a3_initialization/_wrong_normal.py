"""What goes wrong with normal weights of any variance (catalogue I01–I32, P05, P13).

`variance_of(n_out, n_in)` stands for the right variance: an exercise's catalogue includes these with its own. Where
only the formula is wrong, the formula alone is written, and `with_variance` or `with_deviation` draws by it.
"""

from collections.abc import Callable
from functools import partial

import numpy as np

from autograder.authoring import Catalogue
from autograder.authoring.misconception import named_after
from autograder.course.a3_initialization._wrong_weights import Draw
from autograder.course.reference.initialization import Array

Generator = np.random.Generator
Formula = Callable[[int, int], float]


def normal(n_out: int, n_in: int, rng: Generator, *, variance_of: Formula) -> Array:
    """Normal weights of this variance."""
    return rng.standard_normal((n_out, n_in)) * np.sqrt(variance_of(n_out, n_in))


def scaled(n_out: int, n_in: int, rng: Generator, *, deviation: Formula) -> Array:
    """Normal weights of this standard deviation."""
    return rng.standard_normal((n_out, n_in)) * deviation(n_out, n_in)


def with_variance(variance_of: Formula) -> Draw:
    """Draws normal weights of this variance."""
    return named_after(variance_of, partial(normal, variance_of=variance_of))


def with_deviation(deviation: Formula) -> Draw:
    """Draws normal weights of this standard deviation."""
    return named_after(deviation, partial(scaled, deviation=deviation))


of_any_variance = Catalogue()
of_one_size = Catalogue()  # of laws that know n_in alone


@of_any_variance.add(
    "A factor in front of a random number multiplies its standard deviation, and `normal(0, scale)` takes one, "
    "too. How does a standard deviation follow from a variance?"
)
def variance_for_std(n_out: int, n_in: int, rng: Generator, *, variance_of: Formula) -> Array:
    """uses the variance as if it were the standard deviation (as a factor, or as the scale of `normal`)"""
    return rng.normal(0, variance_of(n_out, n_in), size=(n_out, n_in))


@of_any_variance.add("Plot a histogram of your weights. Is any of them negative?")
def uniform_0_1(n_out: int, n_in: int, rng: Generator, *, variance_of: Formula) -> Array:
    """draws from U(0, 1) (`random`, `rand`), which is never negative, where a normal law is asked for"""
    return rng.random((n_out, n_in)) * np.sqrt(variance_of(n_out, n_in))


@of_any_variance.add("How often do you take a root between the variance and the factor?")
def root_taken_twice(n_out: int, n_in: int, rng: Generator, *, variance_of: Formula) -> Array:
    """takes the square root twice"""
    return rng.standard_normal((n_out, n_in)) * np.sqrt(np.sqrt(variance_of(n_out, n_in)))


@of_any_variance.add(
    "If a neuron gets ten times as many inputs, should its weights stay as large as they were?"
)
def fixed_scale(n_out: int, n_in: int, rng: Generator) -> Array:
    """multiplies by 0.01, whatever the number of inputs"""
    return rng.standard_normal((n_out, n_in)) * 0.01


@of_any_variance.add("`standard_normal` has variance 1. What is still to be done?")
def no_scale(n_out: int, n_in: int, rng: Generator) -> Array:
    """leaves the weights at variance 1"""
    return rng.standard_normal((n_out, n_in))


@of_any_variance.add(
    "If all weights are equal, what do the neurons of a layer learn that a single one could not?"
)
def constant(n_out: int, n_in: int, rng: Generator, *, variance_of: Formula) -> Array:  # noqa: ARG001
    """fills the matrix with one number where random ones are asked for"""
    return np.full((n_out, n_in), np.sqrt(variance_of(n_out, n_in)))


@of_any_variance.add("What is the mean of your weights? A neuron has to be able to subtract.")
def absolute_values(n_out: int, n_in: int, rng: Generator, *, variance_of: Formula) -> Array:
    """makes all weights positive"""
    return np.abs(rng.standard_normal((n_out, n_in))) * np.sqrt(variance_of(n_out, n_in))


@of_any_variance.add("Does the variance of a law say that every sample of it has exactly this variance?")
def standardised_sample(n_out: int, n_in: int, rng: Generator, *, variance_of: Formula) -> Array:
    """forces the sample to an exact mean and variance, which makes the weights depend on each other"""
    W = rng.standard_normal((n_out, n_in))
    return (W - W.mean()) / W.std() * np.sqrt(variance_of(n_out, n_in))


@of_any_variance.add(
    "How many different absolute values do your weights have? The exercise asks for a normal law."
)
def random_signs(n_out: int, n_in: int, rng: Generator, *, variance_of: Formula) -> Array:
    """draws only the signs and gives all weights the same size"""
    return rng.choice([-1.0, 1.0], (n_out, n_in)) * np.sqrt(variance_of(n_out, n_in))


@of_any_variance.add("How many numbers do you draw, and how many weights are there? What is the rank of W?")
def outer_product(n_out: int, n_in: int, rng: Generator, *, variance_of: Formula) -> Array:
    """multiplies a random column by a random row: a matrix of rank 1"""
    column, row = rng.standard_normal(n_out), rng.standard_normal(n_in)
    return np.outer(column, row) * np.sqrt(variance_of(n_out, n_in))


@of_any_variance.add("What are the first two arguments of `normal`? Around which number should weights lie?")
def mean_shifted(n_out: int, n_in: int, rng: Generator, *, variance_of: Formula) -> Array:
    """passes the standard deviation as the mean as well, so that the weights do not lie around zero"""
    s = np.sqrt(variance_of(n_out, n_in))
    return rng.normal(s, s, (n_out, n_in))


@of_one_size.add(
    "The variance of a uniform law on (−a, a) is not a². What is it, and is a uniform law asked for?"
)
def std_as_uniform_bound(n_out: int, n_in: int, rng: Generator, *, variance_of: Formula) -> Array:
    """draws uniformly between minus and plus the standard deviation"""
    s = np.sqrt(variance_of(n_out, n_in))
    return rng.uniform(-s, s, (n_out, n_in))


@of_one_size.add(
    "The variance of a uniform law on (−a, a) is a²/3. Which a follows, and is a uniform law asked for?"
)
def three_std_as_uniform_bound(n_out: int, n_in: int, rng: Generator, *, variance_of: Formula) -> Array:
    """draws uniformly between minus and plus three standard deviations"""
    s = np.sqrt(variance_of(n_out, n_in))
    return rng.uniform(-3 * s, 3 * s, (n_out, n_in))


@of_one_size.add("Plot a histogram of your weights: on which side of zero do they lie?")
def one_sided_uniform(n_out: int, n_in: int, rng: Generator, *, variance_of: Formula) -> Array:
    """draws uniformly between 0 and a bound, so that no weight is negative"""
    return rng.uniform(0, np.sqrt(3 * variance_of(n_out, n_in)), (n_out, n_in))


@of_one_size.add("The variance is right. What does `normal` in the exercise's name ask for beyond it?")
def uniform_of_right_variance(n_out: int, n_in: int, rng: Generator, *, variance_of: Formula) -> Array:
    """draws from a uniform law of the right variance, where a normal law is asked for"""
    a = np.sqrt(3 * variance_of(n_out, n_in))
    return rng.uniform(-a, a, (n_out, n_in))


@of_one_size.add("What does a layer pass on, and what can it learn, if all its weights are zero?")
def zeros(n_out: int, n_in: int, rng: Generator) -> Array:  # noqa: ARG001
    """returns zeros"""
    return np.zeros((n_out, n_in))


@of_one_size.add("Is n the number of all weights of the layer, or of those that one neuron adds up?")
def number_of_weights(n_out: int, n_in: int, rng: Generator, *, variance_of: Formula) -> Array:
    """divides by the number of all weights, n_in · n_out"""
    return rng.standard_normal((n_out, n_in)) * np.sqrt(variance_of(n_out, n_in * n_out))


@of_one_size.add("b = 0 here and has no column in W. How many terms does z have?")
def bias_counted(n_out: int, n_in: int, rng: Generator, *, variance_of: Formula) -> Array:
    """counts one input too many and divides by n_in + 1"""
    return rng.standard_normal((n_out, n_in)) * np.sqrt(variance_of(n_out, n_in + 1))


@of_one_size.add("How many of your weights are equal to the largest one? Clipping also takes variance away.")
def clipped(n_out: int, n_in: int, rng: Generator, *, variance_of: Formula) -> Array:
    """cuts the weights off at two standard deviations"""
    s = np.sqrt(variance_of(n_out, n_in))
    return np.clip(rng.standard_normal((n_out, n_in)) * s, -2 * s, 2 * s)


@of_one_size.add("Each weight is a draw of its own. What does dividing a row by its norm do to that?")
def rows_normalised(n_out: int, n_in: int, rng: Generator, *, variance_of: Formula) -> Array:
    """divides each row by its norm, so that its weights depend on each other"""
    W = rng.standard_normal((n_out, n_in))
    return W / np.linalg.norm(W, axis=1, keepdims=True) * np.sqrt(n_in * variance_of(n_out, n_in))
