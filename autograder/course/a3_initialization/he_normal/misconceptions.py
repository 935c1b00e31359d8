"""Wrong He initialisations (catalogue I01–I32, P05, P13)."""

import numpy as np

from autograder.authoring import Catalogue
from autograder.course.a3_initialization._alike import alike
from autograder.course.reference.initialization import Array

Generator = np.random.Generator


catalogue = Catalogue(alike)


@catalogue.add(
    "A factor in front of a random number multiplies its standard deviation, and `normal(0, scale)` takes one, "
    "too. How does a standard deviation follow from a variance?"
)
def variance_for_std(n_out: int, n_in: int, rng: Generator) -> Array:
    """uses the variance as if it were the standard deviation (as a factor, or as the scale of `normal`)"""
    return rng.normal(0, 2 / n_in, size=(n_out, n_in))


@catalogue.add(
    "Which units feed a neuron of this layer: as many as W has rows, or as many as it has columns?"
)
def fan_out_for_fan_in(n_out: int, n_in: int, rng: Generator) -> Array:
    """divides by n_out where He divides by n_in"""
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_out)


@catalogue.add("Which share of the mean square of z survives a ReLU? The constant has to make up for it.")
def one_for_two(n_out: int, n_in: int, rng: Generator) -> Array:
    """uses the constant 1, which is for tanh, where ReLU needs 2"""
    return rng.standard_normal((n_out, n_in)) * np.sqrt(1 / n_in)


@catalogue.add("Plot a histogram of your weights. Is any of them negative?")
def uniform_0_1(n_out: int, n_in: int, rng: Generator) -> Array:
    """draws from U(0, 1) (`random`, `rand`), which is never negative, where a normal law is asked for"""
    return rng.random((n_out, n_in)) * np.sqrt(2 / n_in)


@catalogue.add(
    "The variance of a uniform law on (−a, a) is not a². What is it, and is a uniform law asked for?"
)
def std_as_uniform_bound(n_out: int, n_in: int, rng: Generator) -> Array:
    """draws uniformly between minus and plus the standard deviation"""
    s = np.sqrt(2 / n_in)
    return rng.uniform(-s, s, (n_out, n_in))


@catalogue.add(
    "The variance of a uniform law on (−a, a) is a²/3. Which a follows, and is a uniform law asked for?"
)
def three_std_as_uniform_bound(n_out: int, n_in: int, rng: Generator) -> Array:
    """draws uniformly between minus and plus three standard deviations"""
    s = np.sqrt(2 / n_in)
    return rng.uniform(-3 * s, 3 * s, (n_out, n_in))


@catalogue.add("Plot a histogram of your weights: on which side of zero do they lie?")
def one_sided_uniform(n_out: int, n_in: int, rng: Generator) -> Array:
    """draws uniformly between 0 and a bound, so that no weight is negative"""
    return rng.uniform(0, np.sqrt(6 / n_in), (n_out, n_in))


@catalogue.add("The variance is right. What does `normal` in the exercise's name ask for beyond it?")
def uniform_of_right_variance(n_out: int, n_in: int, rng: Generator) -> Array:
    """draws from a uniform law of the right variance, where a normal law is asked for"""
    a = np.sqrt(6 / n_in)
    return rng.uniform(-a, a, (n_out, n_in))


@catalogue.add("Does the root in the formula cover the numerator alone?")
def root_of_numerator_only(n_out: int, n_in: int, rng: Generator) -> Array:
    """takes the root of the 2 only and divides by n_in itself"""
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2) / n_in


@catalogue.add("Does the root in the formula cover the denominator alone?")
def root_of_denominator_only(n_out: int, n_in: int, rng: Generator) -> Array:
    """multiplies by 2 / √n_in: the root leaves out the 2"""
    return rng.standard_normal((n_out, n_in)) * 2 / np.sqrt(n_in)


@catalogue.add("How often do you take a root between the variance and the factor?")
def root_taken_twice(n_out: int, n_in: int, rng: Generator) -> Array:
    """takes the square root twice"""
    return rng.standard_normal((n_out, n_in)) * np.sqrt(np.sqrt(2 / n_in))


@catalogue.add("If a neuron gets ten times as many inputs, should its weights stay as large as they were?")
def fixed_scale(n_out: int, n_in: int, rng: Generator) -> Array:
    """multiplies by 0.01, whatever the number of inputs"""
    return rng.standard_normal((n_out, n_in)) * 0.01


@catalogue.add("`standard_normal` has variance 1. What is still to be done?")
def no_scale(n_out: int, n_in: int, rng: Generator) -> Array:
    """leaves the weights at variance 1"""
    return rng.standard_normal((n_out, n_in))


@catalogue.add("Do your weights grow or shrink when n_in grows? Which of the two did the lecture ask for?")
def divided_by_std(n_out: int, n_in: int, rng: Generator) -> Array:
    """divides by √(2 / n_in) where it should multiply"""
    return rng.standard_normal((n_out, n_in)) / np.sqrt(2 / n_in)


@catalogue.add("What does a layer pass on, and what can it learn, if all its weights are zero?")
def zeros(n_out: int, n_in: int, rng: Generator) -> Array:  # noqa: ARG001
    """returns zeros"""
    return np.zeros((n_out, n_in))


@catalogue.add("If all weights are equal, what do the neurons of a layer learn that a single one could not?")
def constant(n_out: int, n_in: int, rng: Generator) -> Array:  # noqa: ARG001
    """fills the matrix with one number where random ones are asked for"""
    return np.full((n_out, n_in), np.sqrt(2 / n_in))


@catalogue.add("Look at two rows of W. What can two neurons with the same weights learn?")
def one_row_for_all(n_out: int, n_in: int, rng: Generator) -> Array:
    """draws one row and repeats it, so that all neurons are the same"""
    row = rng.standard_normal((1, n_in)) * np.sqrt(2 / n_in)
    return np.tile(row, (n_out, 1))


@catalogue.add("Examples are columns and Z = W A. How many rows does W need then, how many columns?")
def transposed(n_out: int, n_in: int, rng: Generator) -> Array:
    """returns the transpose, of shape (n_in, n_out)"""
    return rng.standard_normal((n_in, n_out)) * np.sqrt(2 / n_in)


@catalogue.add("One formula of the lecture uses both sizes of a layer, another only one. Which is He's?")
def glorot_for_he(n_out: int, n_in: int, rng: Generator) -> Array:
    """uses 2 / (n_in + n_out), which is Glorot's variance"""
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / (n_in + n_out))


@catalogue.add("He's formula has one size in it, not the average of two. Which one?")
def average_of_fans(n_out: int, n_in: int, rng: Generator) -> Array:
    """divides by the average of n_in and n_out"""
    return rng.standard_normal((n_out, n_in)) * np.sqrt(4 / (n_in + n_out))


@catalogue.add("Is n the number of all weights of the layer, or of those that one neuron adds up?")
def number_of_weights(n_out: int, n_in: int, rng: Generator) -> Array:
    """divides by the number of all weights, n_in · n_out"""
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / (n_in * n_out))


@catalogue.add("What is 2 // 64 in Python?")
def integer_division(n_out: int, n_in: int, rng: Generator) -> Array:
    """divides with `//`, which rounds 2 / n_in down to zero"""
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 // n_in)


@catalogue.add("b = 0 here and has no column in W. How many terms does z have?")
def bias_counted(n_out: int, n_in: int, rng: Generator) -> Array:
    """counts one input too many and divides by n_in + 1"""
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / (n_in + 1))


@catalogue.add("What is the mean of your weights? A neuron has to be able to subtract.")
def absolute_values(n_out: int, n_in: int, rng: Generator) -> Array:
    """makes all weights positive"""
    return np.abs(rng.standard_normal((n_out, n_in))) * np.sqrt(2 / n_in)


@catalogue.add("Does the variance of a law say that every sample of it has exactly this variance?")
def standardised_sample(n_out: int, n_in: int, rng: Generator) -> Array:
    """forces the sample to an exact mean and variance, which makes the weights depend on each other"""
    W = rng.standard_normal((n_out, n_in))
    return (W - W.mean()) / W.std() * np.sqrt(2 / n_in)


@catalogue.add("How many of your weights are equal to the largest one? Clipping also takes variance away.")
def clipped(n_out: int, n_in: int, rng: Generator) -> Array:
    """cuts the weights off at two standard deviations"""
    s = np.sqrt(2 / n_in)
    return np.clip(rng.standard_normal((n_out, n_in)) * s, -2 * s, 2 * s)


@catalogue.add("How many different absolute values do your weights have? The exercise asks for a normal law.")
def random_signs(n_out: int, n_in: int, rng: Generator) -> Array:
    """draws only the signs and gives all weights the same size"""
    return rng.choice([-1.0, 1.0], (n_out, n_in)) * np.sqrt(2 / n_in)


@catalogue.add("Each weight is a draw of its own. What does dividing a row by its norm do to that?")
def rows_normalised(n_out: int, n_in: int, rng: Generator) -> Array:
    """divides each row by its norm, so that its weights depend on each other"""
    W = rng.standard_normal((n_out, n_in))
    return W / np.linalg.norm(W, axis=1, keepdims=True) * np.sqrt(2)


@catalogue.add("How many numbers do you draw, and how many weights are there? What is the rank of W?")
def outer_product(n_out: int, n_in: int, rng: Generator) -> Array:
    """multiplies a random column by a random row: a matrix of rank 1"""
    return np.outer(rng.standard_normal(n_out), rng.standard_normal(n_in)) * np.sqrt(2 / n_in)


@catalogue.add("What is the type of your result? `W @ X` should work on it.")
def list_of_rows(n_out: int, n_in: int, rng: Generator) -> list[list[float]]:
    """returns a list of rows, not a NumPy array"""
    W = rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)
    return [[float(w) for w in row] for row in W]


@catalogue.add("Look at `W.dtype`. The course computes in float64.")
def single_precision(n_out: int, n_in: int, rng: Generator) -> Array:
    """returns float32 numbers"""
    return (rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)).astype(np.float32)


@catalogue.add("What are the first two arguments of `normal`? Around which number should weights lie?")
def mean_shifted(n_out: int, n_in: int, rng: Generator) -> Array:
    """passes the standard deviation as the mean as well, so that the weights do not lie around zero"""
    s = np.sqrt(2 / n_in)
    return rng.normal(s, s, (n_out, n_in))


@catalogue.add(
    "Which generator are you given, and which one do you draw from? With the same seed the weights should be "
    "the same, with another seed others."
)
def own_generator(n_out: int, n_in: int, rng: Generator) -> Array:  # noqa: ARG001
    """draws from np.random or a generator of its own, not from the one that it is given"""
    return np.random.randn(n_out, n_in) * np.sqrt(2 / n_in)
