"""What goes wrong with normal weights, whatever their variance."""

import numpy as np

from autograder.authoring import Catalogue
from autograder.course.a3_initialization import _wrong_weights
from autograder.course.a3_initialization._parts import Generator, deviation, normal_weights, variance_of
from autograder.course.reference.initialization import Array

mistakes = Catalogue(whole=normal_weights)
mistakes.include(
    _wrong_weights.mistakes,
    "zeros",
    "one_row_for_all",
    "transposed",
    "list_of_rows",
    "single_precision",
    "own_generator",
)


@mistakes.add(
    "A factor in front of a random number multiplies its standard deviation, and `normal(0, scale)` takes one, "
    "too. How does a standard deviation follow from a variance?"
)
def variance_for_std(n_out: int, n_in: int, rng: Generator) -> Array:
    """uses the variance as if it were the standard deviation (as a factor, or as the scale of `normal`)"""
    return rng.normal(0, variance_of(n_out, n_in), size=(n_out, n_in))


@mistakes.add("Plot a histogram of your weights. Is any of them negative?")
def uniform_0_1(n_out: int, n_in: int, rng: Generator) -> Array:
    """draws from U(0, 1) (`random`, `rand`), which is never negative, where a normal law is asked for"""
    return rng.random((n_out, n_in)) * deviation(n_out, n_in)


@mistakes.add(
    "The variance of a uniform law on (−a, a) is not a². What is it, and is a uniform law asked for?"
)
def std_as_uniform_bound(n_out: int, n_in: int, rng: Generator) -> Array:
    """draws uniformly between minus and plus the standard deviation"""
    s = deviation(n_out, n_in)
    return rng.uniform(-s, s, (n_out, n_in))


@mistakes.add(
    "The variance of a uniform law on (−a, a) is a²/3. Which a follows, and is a uniform law asked for?"
)
def three_std_as_uniform_bound(n_out: int, n_in: int, rng: Generator) -> Array:
    """draws uniformly between minus and plus three standard deviations"""
    s = deviation(n_out, n_in)
    return rng.uniform(-3 * s, 3 * s, (n_out, n_in))


@mistakes.add("Plot a histogram of your weights: on which side of zero do they lie?")
def one_sided_uniform(n_out: int, n_in: int, rng: Generator) -> Array:
    """draws uniformly between 0 and a bound, so that no weight is negative"""
    return rng.uniform(0, np.sqrt(3) * deviation(n_out, n_in), (n_out, n_in))


@mistakes.add("The variance is right. What does `normal` in the exercise's name ask for beyond it?")
def uniform_of_right_variance(n_out: int, n_in: int, rng: Generator) -> Array:
    """draws from a uniform law of the right variance, where a normal law is asked for"""
    a = np.sqrt(3) * deviation(n_out, n_in)
    return rng.uniform(-a, a, (n_out, n_in))


@mistakes.add("How often do you take a root between the variance and the factor?")
def root_taken_twice(n_out: int, n_in: int, rng: Generator) -> Array:
    """takes the square root twice"""
    return rng.standard_normal((n_out, n_in)) * np.sqrt(deviation(n_out, n_in))


@mistakes.add("If a neuron gets ten times as many inputs, should its weights stay as large as they were?")
def fixed_scale(n_out: int, n_in: int, rng: Generator) -> Array:
    """multiplies by 0.01, whatever the number of inputs"""
    return rng.standard_normal((n_out, n_in)) * 0.01


@mistakes.add("`standard_normal` has variance 1. What is still to be done?")
def no_scale(n_out: int, n_in: int, rng: Generator) -> Array:
    """leaves the weights at variance 1"""
    return rng.standard_normal((n_out, n_in))


@mistakes.add("If all weights are equal, what do the neurons of a layer learn that a single one could not?")
def constant(n_out: int, n_in: int, rng: Generator) -> Array:
    """fills the matrix with one number where random ones are asked for"""
    return np.full((n_out, n_in), deviation(n_out, n_in))


@mistakes.add("Is n the number of all weights of the layer, or of those that one neuron adds up?")
def number_of_weights(n_out: int, n_in: int, rng: Generator) -> Array:
    """divides by the number of all weights, n_in · n_out"""
    return rng.standard_normal((n_out, n_in)) * deviation(n_out, n_in * n_out)


@mistakes.add("b = 0 here and has no column in W. How many terms does z have?")
def bias_counted(n_out: int, n_in: int, rng: Generator) -> Array:
    """counts one input too many and divides by n_in + 1"""
    return rng.standard_normal((n_out, n_in)) * deviation(n_out, n_in + 1)


@mistakes.add("What is the mean of your weights? A neuron has to be able to subtract.")
def absolute_values(n_out: int, n_in: int, rng: Generator) -> Array:
    """makes all weights positive"""
    return np.abs(rng.standard_normal((n_out, n_in))) * deviation(n_out, n_in)


@mistakes.add("Does the variance of a law say that every sample of it has exactly this variance?")
def standardised_sample(n_out: int, n_in: int, rng: Generator) -> Array:
    """forces the sample to an exact mean and variance, which makes the weights depend on each other"""
    W = rng.standard_normal((n_out, n_in))
    return (W - W.mean()) / W.std() * deviation(n_out, n_in)


@mistakes.add("How many of your weights are equal to the largest one? Clipping also takes variance away.")
def clipped(n_out: int, n_in: int, rng: Generator) -> Array:
    """cuts the weights off at two standard deviations"""
    s = deviation(n_out, n_in)
    return np.clip(rng.standard_normal((n_out, n_in)) * s, -2 * s, 2 * s)


@mistakes.add(
    "The variance is right. How far from zero does a normal law reach, and how far do your weights? Keras' "
    "`he_normal` and `glorot_normal` are cut off like this, and named for a normal law all the same."
)
def truncated(n_out: int, n_in: int, rng: Generator) -> Array:
    """draws again what is beyond two standard deviations, as Keras does: a truncated normal law, not a normal one"""
    W = rng.standard_normal((n_out, n_in))
    while np.any(np.abs(W) > 2):
        W = np.where(np.abs(W) > 2, rng.standard_normal((n_out, n_in)), W)
    return W * deviation(n_out, n_in) / 0.87962566103423978


@mistakes.add(
    "That is what PyTorch does if nobody asks for anything. Which law and which variance does the exercise ask for?"
)
def linear_of_pytorch(n_out: int, n_in: int, rng: Generator) -> Array:
    """draws uniformly between −1/√n_in and 1/√n_in, as PyTorch's `nn.Linear` does by default"""
    return rng.uniform(-1 / np.sqrt(n_in), 1 / np.sqrt(n_in), (n_out, n_in))


@mistakes.add("How many different absolute values do your weights have? The exercise asks for a normal law.")
def random_signs(n_out: int, n_in: int, rng: Generator) -> Array:
    """draws only the signs and gives all weights the same size"""
    return np.array([-1.0, 1.0])[rng.integers(2, size=(n_out, n_in))] * deviation(n_out, n_in)


@mistakes.add("Each weight is a draw of its own. What does dividing a row by its norm do to that?")
def rows_normalised(n_out: int, n_in: int, rng: Generator) -> Array:
    """divides each row by its norm, so that its weights depend on each other"""
    W = rng.standard_normal((n_out, n_in))
    lengths = np.linalg.norm(W, axis=1, keepdims=True) / np.sqrt(n_in)
    return W / lengths * deviation(n_out, n_in)


@mistakes.add("How many numbers do you draw, and how many weights are there? What is the rank of W?")
def outer_product(n_out: int, n_in: int, rng: Generator) -> Array:
    """multiplies a random column by a random row: a matrix of rank 1"""
    column, row = rng.standard_normal(n_out), rng.standard_normal(n_in)
    return np.outer(column, row) * deviation(n_out, n_in)


@mistakes.add("What are the first two arguments of `normal`? Around which number should weights lie?")
def mean_shifted(n_out: int, n_in: int, rng: Generator) -> Array:
    """passes the standard deviation as the mean as well, so that the weights do not lie around zero"""
    s = deviation(n_out, n_in)
    return rng.normal(s, s, (n_out, n_in))
