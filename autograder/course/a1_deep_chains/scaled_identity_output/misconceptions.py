"""Wrong outputs of a chain of multiples of I."""

import numpy as np

from autograder.authoring import Catalogue
from autograder.course.reference.chains import Array

catalogue = Catalogue()


@catalogue.add("Of the L layers, how many are multiples of I? Does c play any part in the last one?")
def power_of_depth(c: float, depth: int, X: Array, last_weight: Array) -> Array:
    """uses c^L: it counts the last layer as one more c·I, or multiplies the last matrix by c as well"""
    return last_weight @ (c**depth * X)


@catalogue.add("Count the hidden layers of a network with two layers. What is the exponent there?")
def one_layer_too_few(c: float, depth: int, X: Array, last_weight: Array) -> Array:
    """uses c^(L−2), one hidden layer too few"""
    return last_weight @ (c ** (depth - 2) * X)


@catalogue.add("Each hidden layer multiplies what the layer before has made. Does that add up, or compound?")
def linear_growth(c: float, depth: int, X: Array, last_weight: Array) -> Array:
    """multiplies by c·(L−1), as if growth were linear in depth"""
    return last_weight @ (c * (depth - 1) * X)


@catalogue.add("`**` works entry by entry. What becomes of the zeros off the diagonal when the power is 0?")
def elementwise_power(c: float, depth: int, X: Array, last_weight: Array) -> Array:
    """takes the power of c·I entry by entry, where a matrix power is needed (0 to the power 0 is 1)"""
    W = c * np.eye(X.shape[0])
    return last_weight @ W ** (depth - 1) @ X


@catalogue.add("Which matrix turns n hidden units into k outputs?")
def last_layer_forgotten(c: float, depth: int, X: Array, last_weight: Array) -> Array:
    """returns the last hidden activations, without the last layer"""
    return c ** (depth - 1) * X


@catalogue.add("Print the dtype of your matrix. What is left of 1.5, or of 0.5, in it?")
def integer_matrix(c: float, depth: int, X: Array, last_weight: Array) -> Array:
    """stores c in a matrix of integers, which cuts off the fraction"""
    W = np.eye(X.shape[0], dtype=int)
    W[W == 1] = c
    power: Array = np.linalg.matrix_power(W, depth - 1)
    return last_weight @ power @ X


@catalogue.add("What is the smallest number that your dtype can hold? Compare it with 0.5 to the power 151.")
def single_precision(c: float, depth: int, X: Array, last_weight: Array) -> Array:
    """computes the powers in float32, which has 7 digits and ends near 1e-45 and 3e38"""
    W = np.eye(X.shape[0], dtype=np.float32) * np.float32(c)
    power: Array = np.linalg.matrix_power(W, depth - 1)
    return last_weight @ (power @ X)


@catalogue.add("What is the logarithm of a negative number? Is there a way to the power without it?")
def power_by_logarithm(c: float, depth: int, X: Array, last_weight: Array) -> Array:
    """takes the power through the logarithm of c, which a negative c does not have"""
    power = float(np.exp((depth - 1) * np.log(c)))
    return last_weight @ (power * X)


@catalogue.add("Every hidden layer multiplies by c. Where in your formula does the depth come in?")
def one_hidden_layer(c: float, depth: int, X: Array, last_weight: Array) -> Array:
    """multiplies by c once, whatever the depth"""
    return last_weight @ (c * X)
