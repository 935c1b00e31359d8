"""Wrong initialisations of one neuron."""

import numpy as np

from autograder.authoring import Catalogue
from autograder.course.a3_initialization._alike import alike
from autograder.course.reference.initialization import Array

Generator = np.random.Generator


catalogue = Catalogue(alike)


@catalogue.add(
    "A factor in front of a random number multiplies its standard deviation, and `normal(0, scale)` takes"
    " one, too. How does a standard deviation follow from a variance?"
)
def variance_for_std(n: int, rng: Generator) -> Array:
    """uses the variance 1 / n as if it were the standard deviation"""
    return rng.normal(0, 1 / n, n)


@catalogue.add("`standard_normal` has variance 1. What is still to be done?")
def no_scale(n: int, rng: Generator) -> Array:
    """leaves the weights at variance 1"""
    return rng.standard_normal(n)


@catalogue.add("Do your weights grow or shrink when n grows? Which of the two keeps z as large as it was?")
def multiplied_by_root(n: int, rng: Generator) -> Array:
    """multiplies by √n where it should divide"""
    return rng.standard_normal(n) * np.sqrt(n)


@catalogue.add("There is no ReLU in front of this neuron. Which constant did you derive from n · Var w = 1?")
def two_for_one(n: int, rng: Generator) -> Array:
    """uses 2 / n, the variance for ReLU"""
    return rng.standard_normal(n) * np.sqrt(2 / n)


@catalogue.add("How often do you take a root between the variance and the factor?")
def root_taken_twice(n: int, rng: Generator) -> Array:
    """takes the square root twice"""
    return rng.standard_normal(n) * np.sqrt(np.sqrt(1 / n))


@catalogue.add("If a neuron gets ten times as many inputs, should its weights stay as large as they were?")
def fixed_scale(n: int, rng: Generator) -> Array:
    """multiplies by 0.01, whatever the number of inputs"""
    return rng.standard_normal(n) * 0.01


@catalogue.add(
    "Where does your function use n for the size of the weights? A hundred examples are not a hundred inputs."
)
def fixed_number(n: int, rng: Generator) -> Array:
    """divides by √100, a number that has nothing to do with n"""
    return rng.standard_normal(n) / np.sqrt(100)


@catalogue.add("Plot a histogram of your weights. Is any of them negative?")
def uniform_0_1(n: int, rng: Generator) -> Array:
    """draws from U(0, 1) (`random`, `rand`), which is never negative"""
    return rng.random(n) * np.sqrt(1 / n)


@catalogue.add("The variance of a uniform law on (−a, a) is not a². What is it?")
def std_as_uniform_bound(n: int, rng: Generator) -> Array:
    """draws uniformly between minus and plus the standard deviation"""
    s = np.sqrt(1 / n)
    return rng.uniform(-s, s, n)


@catalogue.add("What is the mean of your weights? A neuron has to be able to subtract.")
def absolute_values(n: int, rng: Generator) -> Array:
    """makes all weights positive"""
    return np.abs(rng.standard_normal(n)) * np.sqrt(1 / n)


@catalogue.add("What does a neuron pass on, and what can it learn, if all its weights are zero?")
def zeros(n: int, rng: Generator) -> Array:
    """returns zeros"""
    return np.zeros(n)


@catalogue.add("What differs between two neurons that you initialise so?")
def constant(n: int, rng: Generator) -> Array:
    """gives all weights the value 1/√n, where random ones are asked for"""
    return np.full(n, 1 / np.sqrt(n))


@catalogue.add("Does the variance of a law say that every sample of it has exactly this variance?")
def unit_vector(n: int, rng: Generator) -> Array:
    """divides the weights by their norm, so that they depend on each other"""
    w = rng.standard_normal(n)
    return w / np.linalg.norm(w)


@catalogue.add("Does a law of mean 0 say that every sample has exactly the mean 0?")
def centred(n: int, rng: Generator) -> Array:
    """subtracts the mean of the sample, so that the weights depend on each other"""
    w = rng.standard_normal(n)
    return (w - w.mean()) * np.sqrt(1 / n)


@catalogue.add("Print the weights. What can you say of the second one if you know the first?")
def sorted_draws(n: int, rng: Generator) -> Array:
    """sorts the weights"""
    return np.sort(rng.standard_normal(n) * np.sqrt(1 / n))


@catalogue.add("Look at the shape of your result: one dimension is asked for.")
def column(n: int, rng: Generator) -> Array:
    """returns a column of shape (n, 1), not an array of shape (n,)"""
    return rng.standard_normal((n, 1)) * np.sqrt(1 / n)


@catalogue.add(
    "Which generator are you given, and which one do you draw from? With the same seed the weights should"
    " be the same, with another seed others."
)
def own_generator(n: int, rng: Generator) -> Array:
    """draws from np.random or a generator of its own, not from the one that it is given"""
    return np.random.randn(n) * np.sqrt(1 / n)
