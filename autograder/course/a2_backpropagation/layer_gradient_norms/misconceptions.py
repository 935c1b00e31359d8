"""Wrong norms of the gradient."""

from typing import Any

import numpy as np

from autograder.authoring import Catalogue
from autograder.course.a2_backpropagation._parts import (
    error,
    frobenius,
    gradient_norms,
    layer_gradients,
    outer,
)
from autograder.course.a2_backpropagation._ways_back import mistakes
from autograder.course.reference.backpropagation import Array, Caches, Parameters

catalogue = Catalogue(whole=gradient_norms)


@catalogue.instead_of(error, "J is an average over the examples. Where does their number enter your norms?")
def examples_not_averaged(Y_hat: Array, Y: Array) -> Array:
    """leaves out the factor 1/m"""
    return Y_hat - Y


catalogue.include(mistakes, "half_forgotten", "derivative_forgotten", "derivative_on_the_output")
catalogue.include(mistakes, "derivative_at_the_activation", "tanh_derivative_for_the_sigmoid")
catalogue.include(mistakes, "sigmoid_formula_on_z", "tanh_formula_on_z")
catalogue.include(mistakes, "carried_back_by_w")


@catalogue.add("Whose gradient is asked for: that of the weights, or that of what they make?")
def norms_of_weight_gradients(
    Y_hat: Array, Y: Array, parameters: Parameters, caches: Caches, activation: str
) -> Array:
    """returns the norms of dW, where those of dJ/dZ are asked for"""
    dZs = layer_gradients(Y_hat, Y, parameters, caches, activation)
    return np.array([frobenius(outer(dZ, A_prev)) for dZ, (A_prev, _) in zip(dZs, caches, strict=True)])


@catalogue.add("Whose gradient is asked for: that of A^[l], or that of Z^[l]? What lies between the two?")
def norms_of_activation_gradients(
    Y_hat: Array, Y: Array, parameters: Parameters, caches: Caches, activation: str
) -> Array:
    """returns the norms of dJ/dA, before the activation's derivative is multiplied in"""
    _, *dZs = layer_gradients(Y_hat, Y, parameters, caches, activation)
    dAs = [parameters[f"W{l}"].T @ dZ for l, dZ in enumerate(dZs, start=2)]
    return np.array([frobenius(dA) for dA in [*dAs, error(Y_hat, Y)]])


@catalogue.instead_of(
    frobenius, "Whose gradient is asked for: that of b^[l] sums over the examples. Does that of Z^[l]?"
)
def norms_of_bias_gradients(dZ: Array) -> Any:
    """returns the norms of db, where those of dJ/dZ are asked for"""
    return np.linalg.norm(dZ.sum(axis=1))


@catalogue.add("Which layer's norm should come first? And which one do you compute first?")
def last_layer_first(
    Y_hat: Array, Y: Array, parameters: Parameters, caches: Caches, activation: str
) -> Array:
    """returns the norms with the last layer first"""
    return gradient_norms(Y_hat, Y, parameters, caches, activation)[::-1]


@catalogue.add("How many norms are there for three layers? Does the last one count?")
def last_layer_missing(
    Y_hat: Array, Y: Array, parameters: Parameters, caches: Caches, activation: str
) -> Array:
    """leaves out the last layer's norm"""
    return gradient_norms(Y_hat, Y, parameters, caches, activation)[:-1]


@catalogue.instead_of(frobenius, "What is the length of (3, 4)? And your norm of it?")
def norm_squared(dZ: Array) -> Any:
    """returns the squared norms: the root is missing"""
    return np.sum(dZ**2)


@catalogue.instead_of(frobenius, "What is the length of (3, 4)? And your norm of it?")
def norm_of_absolute_values(dZ: Array) -> Any:
    """adds up absolute values, where the Frobenius norm is asked for"""
    return np.abs(dZ).sum()


@catalogue.instead_of(frobenius, "What is the length of (3, 4)? Does it shrink when there are more entries?")
def norm_as_root_mean_square(dZ: Array) -> Any:
    """takes the mean of the squares, where the Frobenius norm is their sum's root"""
    return np.sqrt(np.mean(dZ**2))


@catalogue.instead_of(
    frobenius,
    "For a matrix np.linalg.norm(…, 2) is something else than for a vector. Which norm is asked for?",
)
def spectral_norm(dZ: Array) -> Any:
    """takes the largest singular value (ord=2), where the Frobenius norm is asked for"""
    return np.linalg.norm(dZ, 2)


catalogue.include(mistakes, "changes_y_hat")
