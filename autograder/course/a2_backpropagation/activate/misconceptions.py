"""Wrong activation functions."""

from typing import Any

import numpy as np

from autograder.authoring import Catalogue
from autograder.course.reference.backpropagation import Array


def identity(Z: Array) -> Array:
    """z itself."""
    return Z.copy()


def rectified(Z: Array) -> Array:
    """z where it is positive, else 0."""
    return np.maximum(Z, 0.0)


def hyperbolic_tangent(Z: Array) -> Array:
    """The hyperbolic tangent."""
    return np.tanh(Z)


def logistic(Z: Array) -> Array:
    """1/(1 + exp(−z)), without overflow."""
    e = np.exp(-np.abs(Z))
    return np.where(Z >= 0, 1.0, e) / (1.0 + e)


def activated(Z: Array, kind: str) -> Array:
    """g(Z)."""
    functions = {"linear": identity, "relu": rectified, "tanh": hyperbolic_tangent, "sigmoid": logistic}
    return functions[kind](Z)


catalogue = Catalogue(whole=activated)


@catalogue.instead_of(rectified, "What does ReLU give for z = 3? And your function?")
def relu_returns_the_mask(Z: Array) -> Any:
    """returns 1 where z > 0, where ReLU returns z itself"""
    return (Z > 0).astype(float)


@catalogue.instead_of(rectified, "What should happen to a negative z: is it turned round or switched off?")
def relu_is_the_absolute_value(Z: Array) -> Any:
    """computes |z| for ReLU"""
    return np.abs(Z)


@catalogue.instead_of(rectified, "How much of a negative z gets through the plain ReLU?")
def relu_is_leaky(Z: Array) -> Any:
    """lets 1 % of a negative z through (leaky ReLU)"""
    return np.where(Z > 0, Z, 0.01 * Z)


@catalogue.instead_of(rectified, "Try your ReLU on a matrix with negative entries. What has changed?")
def relu_is_the_identity(Z: Array) -> Any:
    """returns z unchanged for ReLU"""
    return Z


@catalogue.instead_of(rectified, "Which half of the number line does ReLU let through?")
def relu_upside_down(Z: Array) -> Any:
    """keeps the negative entries and drops the positive ones"""
    return np.minimum(Z, 0.0)


@catalogue.instead_of(
    rectified, "`max` and `maximum` are two functions of NumPy. Which of them compares entry by entry?"
)
def relu_takes_the_largest(Z: Array) -> Any:
    """takes the largest entry of each column (np.max) where ReLU compares every entry with 0"""
    return np.max(Z, 0)


@catalogue.instead_of(rectified, "What are 0/0 and your ReLU of 0?")
def relu_with_a_quotient(Z: Array) -> Any:
    """divides z by |z| for ReLU, which is 0/0 at z = 0"""
    return Z * (1.0 + Z / np.abs(Z)) / 2.0


@catalogue.instead_of(rectified, "Does the caller still have its Z after your function has run?")
def relu_in_place(Z: Array) -> Any:
    """writes the zeros of ReLU into Z, which belongs to the caller"""
    Z[Z < 0] = 0.0
    return Z


@catalogue.instead_of(logistic, "Where should the sigmoid of a large positive z be: near 0 or near 1?")
def sigmoid_without_minus(Z: Array) -> Any:
    """computes 1/(1 + exp(z)), the sigmoid of −z"""
    return 1.0 / (1.0 + np.exp(Z))


@catalogue.instead_of(logistic, "What are exp(800) and exp(800) / (1 + exp(800)) in float64?")
def sigmoid_of_two_exponentials(Z: Array) -> Any:
    """computes exp(z)/(1 + exp(z)), which is inf/inf for a large z"""
    return np.exp(Z) / (1.0 + np.exp(Z))


@catalogue.instead_of(
    hyperbolic_tangent,
    "What are exp(800) and a quotient of two such numbers in float64? NumPy has this function ready-made.",
)
def tanh_of_two_exponentials(Z: Array) -> Any:
    """computes tanh from exp(z) and exp(−z), which is inf/inf for a large |z|"""
    return (np.exp(Z) - np.exp(-Z)) / (np.exp(Z) + np.exp(-Z))


@catalogue.instead_of(logistic, "What are the smallest and the largest value of the sigmoid? And of tanh?")
def tanh_for_sigmoid(Z: Array) -> Any:
    """returns tanh(z) for the sigmoid, too"""
    return np.tanh(Z)


@catalogue.instead_of(
    hyperbolic_tangent, "What are the smallest and the largest value of tanh? And of the sigmoid?"
)
def sigmoid_for_tanh(Z: Array) -> Any:
    """returns the sigmoid for tanh, too"""
    return logistic(Z)


@catalogue.instead_of(hyperbolic_tangent, "The h in tanh stands for hyperbolic. Can your function exceed 1?")
def tan_for_tanh(Z: Array) -> Any:
    """computes the tangent, not the hyperbolic tangent"""
    return np.tan(Z)


@catalogue.instead_of(identity, "Is this the activation or its slope?")
def linear_returns_ones(Z: Array) -> Any:
    """returns 1 for the linear activation, which is its slope"""
    return np.ones_like(Z)
