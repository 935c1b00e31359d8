"""What goes wrong with a weight matrix, whatever its law."""

import numpy as np
from numpy.typing import NDArray

from autograder.authoring import Catalogue
from autograder.course.a3_initialization._parts import Generator
from autograder.course.a3_initialization._parts import normal_weights as weights
from autograder.course.reference.initialization import Array

mistakes = Catalogue(whole=weights)


@mistakes.add("What does a layer pass on, and what can it learn, if all its weights are zero?")
def zeros(n_out: int, n_in: int, rng: Generator) -> Array:
    """returns zeros"""
    return np.zeros((n_out, n_in))


@mistakes.add("Look at two rows of W. What can two neurons with the same weights learn?")
def one_row_for_all(n_out: int, n_in: int, rng: Generator) -> Array:
    """draws one row and repeats it, so that all neurons are the same"""
    row = weights(n_out, n_in, rng)[:1]
    return np.tile(row, (n_out, 1))


@mistakes.add("Examples are columns and Z = W A. How many rows does W need then, how many columns?")
def transposed(n_out: int, n_in: int, rng: Generator) -> Array:
    """returns the transpose, of shape (n_in, n_out)"""
    return weights(n_out, n_in, rng).T


@mistakes.add("What is the type of your result? `W @ X` should work on it.")
def list_of_rows(n_out: int, n_in: int, rng: Generator) -> list[list[float]]:
    """returns a list of rows, not a NumPy array"""
    return [[float(w) for w in row] for row in weights(n_out, n_in, rng)]


@mistakes.add("Look at `W.dtype`. The course computes in float64.")
def single_precision(n_out: int, n_in: int, rng: Generator) -> NDArray[np.float32]:
    """returns float32 numbers"""
    return weights(n_out, n_in, rng).astype(np.float32)


@mistakes.add(
    "Which generator are you given, and which one do you draw from? With the same seed the weights should be "
    "the same, with another seed others."
)
def own_generator(n_out: int, n_in: int, rng: Generator) -> Array:
    """draws from np.random or a generator of its own, not from the one that it is given"""
    return weights(n_out, n_in, np.random)  # type: ignore[arg-type]
