"""Wrong activation functions (catalogue F05, F08, and what is often mixed up)."""

from typing import Any

import numpy as np

from autograder.authoring import Catalogue
from autograder.course.reference.backpropagation import Array


def right(Z: Array, kind: str) -> Any:
    """The right activation, for the kinds that a misconception leaves alone."""
    if kind == "relu":
        return np.maximum(Z, 0.0)
    if kind == "tanh":
        return np.tanh(Z)
    if kind == "sigmoid":
        return np.where(Z >= 0, 1.0, np.exp(-np.abs(Z))) / (1.0 + np.exp(-np.abs(Z)))
    return Z.copy()


catalogue = Catalogue()


@catalogue.add("What does ReLU give for z = 3? And your function?")
def relu_returns_the_mask(Z: Array, kind: str) -> Any:
    """returns 1 where z > 0, where ReLU returns z itself"""
    if kind == "relu":
        return (Z > 0).astype(float)
    return right(Z, kind)


@catalogue.add("What should happen to a negative z: is it turned round or switched off?")
def relu_is_the_absolute_value(Z: Array, kind: str) -> Any:
    """computes |z| for ReLU"""
    if kind == "relu":
        return np.abs(Z)
    return right(Z, kind)


@catalogue.add("How much of a negative z gets through the plain ReLU?")
def relu_is_leaky(Z: Array, kind: str) -> Any:
    """lets 1 % of a negative z through (leaky ReLU)"""
    if kind == "relu":
        return np.where(Z > 0, Z, 0.01 * Z)
    return right(Z, kind)


@catalogue.add("Try your ReLU on a matrix with negative entries. What has changed?")
def relu_is_the_identity(Z: Array, kind: str) -> Any:
    """returns z unchanged for ReLU"""
    if kind == "relu":
        return Z
    return right(Z, kind)


@catalogue.add("Which half of the number line does ReLU let through?")
def relu_upside_down(Z: Array, kind: str) -> Any:
    """keeps the negative entries and drops the positive ones"""
    if kind == "relu":
        return np.minimum(Z, 0.0)
    return right(Z, kind)


@catalogue.add("`max` and `maximum` are two functions of NumPy. Which of them compares entry by entry?")
def relu_takes_the_largest(Z: Array, kind: str) -> Any:
    """takes the largest entry of each column (np.max) where ReLU compares every entry with 0"""
    if kind == "relu":
        return np.max(Z, 0)
    return right(Z, kind)


@catalogue.add("What are 0/0 and your ReLU of 0?")
def relu_with_a_quotient(Z: Array, kind: str) -> Any:
    """divides z by |z| for ReLU, which is 0/0 at z = 0"""
    if kind == "relu":
        return Z * (1.0 + Z / np.abs(Z)) / 2.0
    return right(Z, kind)


@catalogue.add("Does the caller still have its Z after your function has run?")
def relu_in_place(Z: Array, kind: str) -> Any:
    """writes the zeros of ReLU into Z, which belongs to the caller"""
    if kind == "relu":
        Z[Z < 0] = 0.0
        return Z
    return right(Z, kind)


@catalogue.add("Where should the sigmoid of a large positive z be: near 0 or near 1?")
def sigmoid_without_minus(Z: Array, kind: str) -> Any:
    """computes 1/(1 + exp(z)), the sigmoid of −z"""
    if kind == "sigmoid":
        return 1.0 - right(Z, "sigmoid")
    return right(Z, kind)


@catalogue.add("What are exp(800) and exp(800) / (1 + exp(800)) in float64?")
def sigmoid_of_two_exponentials(Z: Array, kind: str) -> Any:
    """computes exp(z)/(1 + exp(z)), which is inf/inf for a large z"""
    if kind == "sigmoid":
        return np.exp(Z) / (1.0 + np.exp(Z))
    return right(Z, kind)


@catalogue.add(
    "What are exp(800) and a quotient of two such numbers in float64? NumPy has this function ready-made."
)
def tanh_of_two_exponentials(Z: Array, kind: str) -> Any:
    """computes tanh from exp(z) and exp(−z), which is inf/inf for a large |z|"""
    if kind == "tanh":
        return (np.exp(Z) - np.exp(-Z)) / (np.exp(Z) + np.exp(-Z))
    return right(Z, kind)


@catalogue.add("What are the smallest and the largest value of the sigmoid? And of tanh?")
def tanh_for_sigmoid(Z: Array, kind: str) -> Any:
    """returns tanh(z) for the sigmoid, too"""
    if kind == "sigmoid":
        return np.tanh(Z)
    return right(Z, kind)


@catalogue.add("What are the smallest and the largest value of tanh? And of the sigmoid?")
def sigmoid_for_tanh(Z: Array, kind: str) -> Any:
    """returns the sigmoid for tanh, too"""
    if kind == "tanh":
        return right(Z, "sigmoid")
    return right(Z, kind)


@catalogue.add("The h in tanh stands for hyperbolic. Can your function exceed 1?")
def tan_for_tanh(Z: Array, kind: str) -> Any:
    """computes the tangent, not the hyperbolic tangent"""
    if kind == "tanh":
        return np.tan(Z)
    return right(Z, kind)


@catalogue.add("Is this the activation or its slope?")
def linear_returns_ones(Z: Array, kind: str) -> Any:
    """returns 1 for the linear activation, which is its slope"""
    if kind == "linear":
        return np.ones_like(Z)
    return right(Z, kind)
