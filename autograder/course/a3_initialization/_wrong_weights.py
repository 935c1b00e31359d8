"""What goes wrong with a weight matrix of any law; `weights(n_out, n_in, rng)` stands for the right draw."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from autograder.authoring import Catalogue
from autograder.course.reference.initialization import Array

Generator = np.random.Generator
Draw = Callable[[int, int, Generator], Array]

of_any_law = Catalogue()


@of_any_law.add("Look at two rows of W. What can two neurons with the same weights learn?")
def one_row_for_all(n_out: int, n_in: int, rng: Generator, *, weights: Draw) -> Array:
    """draws one row and repeats it, so that all neurons are the same"""
    row = weights(n_out, n_in, rng)[:1]
    return np.tile(row, (n_out, 1))


@of_any_law.add("Examples are columns and Z = W A. How many rows does W need then, how many columns?")
def transposed(n_out: int, n_in: int, rng: Generator, *, weights: Draw) -> Array:
    """returns the transpose, of shape (n_in, n_out)"""
    return weights(n_out, n_in, rng).T


@of_any_law.add("What is the type of your result? `W @ X` should work on it.")
def list_of_rows(n_out: int, n_in: int, rng: Generator, *, weights: Draw) -> list[list[float]]:
    """returns a list of rows, not a NumPy array"""
    return [[float(w) for w in row] for row in weights(n_out, n_in, rng)]


@of_any_law.add("Look at `W.dtype`. The course computes in float64.")
def single_precision(n_out: int, n_in: int, rng: Generator, *, weights: Draw) -> NDArray[np.float32]:
    """returns float32 numbers"""
    return weights(n_out, n_in, rng).astype(np.float32)


@of_any_law.add(
    "Which generator are you given, and which one do you draw from? With the same seed the weights should be "
    "the same, with another seed others."
)
def own_generator(n_out: int, n_in: int, rng: Generator, *, weights: Draw) -> Array:  # noqa: ARG001
    """draws from np.random or a generator of its own, not from the one that it is given"""
    return weights(n_out, n_in, np.random)  # type: ignore[arg-type]
