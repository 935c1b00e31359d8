"""Wrong neurons."""

import numpy as np

from autograder.authoring import Catalogue
from autograder.course.reference.initialization import Array

catalogue = Catalogue()


@catalogue.add("Should z stay the same if every input were there twice? Compare a mean with a sum.")
def mean_for_sum(w: Array, X: Array) -> Array:
    """takes the mean of the terms where it should add them up"""
    return np.mean(w[:, np.newaxis] * X, axis=0)


@catalogue.add("How many numbers does one neuron hand on for one example?")
def products_not_added(w: Array, X: Array) -> Array:
    """multiplies each input by its weight, but does not add the products up"""
    return w[:, np.newaxis] * X


@catalogue.add("Examples are columns: over which axis of X do you add, and how many results should there be?")
def added_over_examples(w: Array, X: Array) -> Array:
    """adds over the examples where it should add over the inputs"""
    return np.sum(w[:, np.newaxis] * X, axis=1)


@catalogue.add("How many numbers do you get for several examples?")
def all_in_one(w: Array, X: Array) -> float:
    """adds everything up to one number, over inputs and examples"""
    return float(np.sum(w[:, np.newaxis] * X))


@catalogue.add("Examples are columns here. On which side of X does w stand in the product?")
def rows_are_examples(w: Array, X: Array) -> Array:
    """computes X @ w, as if examples were rows"""
    return X @ w


@catalogue.add("Look at the shape of your result: one dimension is asked for.")
def row_matrix(w: Array, X: Array) -> Array:
    """returns a matrix of shape (1, m), not an array of shape (m,)"""
    return w.reshape(1, -1) @ X


@catalogue.add("The activation comes after z. What does the exercise ask for?")
def activated(w: Array, X: Array) -> Array:
    """applies an activation (ReLU) to z"""
    return np.maximum(0.0, w @ X)


@catalogue.add("How often does your loop run for a neuron with one input?")
def last_input_skipped(w: Array, X: Array) -> Array:
    """leaves out the last input"""
    z = np.zeros(X.shape[1])
    for i in range(len(w) - 1):
        z = z + w[i] * X[i]
    return z


@catalogue.add("What would a second call with the same X compute?")
def changes_x(w: Array, X: Array) -> Array:
    """writes its products into X, which belongs to the caller"""
    X *= w[:, np.newaxis]
    return X.sum(axis=0)
