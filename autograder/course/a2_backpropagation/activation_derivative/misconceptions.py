"""Wrong derivatives of activation functions."""

from typing import Any

import numpy as np

from autograder.authoring import Catalogue
from autograder.course.reference.backpropagation import Array, activate


def logistic(Z: Array) -> Array:
    """1/(1 + exp(−z)), which is written already."""
    return activate(Z, "sigmoid")


def linear_slope(Z: Array) -> Array:
    """1 everywhere."""
    return np.ones_like(Z)


def relu_slope(Z: Array) -> Array:
    """1 where z is positive, else 0."""
    return np.where(Z > 0, 1.0, 0.0)


def tanh_slope(Z: Array) -> Array:
    """1 − t² with t = tanh(z)."""
    return 1.0 - np.tanh(Z) ** 2


def sigmoid_slope(Z: Array) -> Array:
    """s (1 − s) with s = sigmoid(z)."""
    return logistic(Z) * (1.0 - logistic(Z))


def derivative(Z: Array, kind: str) -> Array:
    """g'(Z)."""
    slopes = {"linear": linear_slope, "relu": relu_slope, "tanh": tanh_slope, "sigmoid": sigmoid_slope}
    return slopes[kind](Z)


catalogue = Catalogue(whole=derivative)


@catalogue.instead_of(relu_slope, "Is this ReLU or its slope? Which values can a slope of ReLU have?")
def relu_itself(Z: Array) -> Any:
    """returns ReLU(z) for ReLU's derivative"""
    return np.maximum(Z, 0.0)


@catalogue.instead_of(relu_slope, "On which side of 0 does ReLU rise?")
def mask_upside_down(Z: Array) -> Any:
    """gives slope 1 where z < 0 and 0 where z > 0"""
    return np.where(Z < 0, 1.0, 0.0)


@catalogue.instead_of(relu_slope, "How steep is ReLU on the left of 0?")
def sign_for_relu(Z: Array) -> Any:
    """returns the sign of z for ReLU's derivative, −1 on the left"""
    return np.sign(Z)


@catalogue.instead_of(relu_slope, "How steep is the plain ReLU on the left of 0?")
def relu_is_leaky(Z: Array) -> Any:
    """gives slope 0.01 where z < 0 (leaky ReLU)"""
    return np.where(Z > 0, 1.0, 0.01)


@catalogue.instead_of(relu_slope, "Does a small change of a negative z change ReLU(z)?")
def relu_always_one(Z: Array) -> Any:
    """gives slope 1 everywhere for ReLU: no mask at all"""
    return np.ones_like(Z)


@catalogue.instead_of(
    relu_slope, "The mask is right. Of which type are its entries, and which type is asked for?"
)
def relu_mask_without_floats(Z: Array) -> Any:
    """returns truth values (or integers) for ReLU where floats are asked for"""
    return Z > 0


@catalogue.instead_of(sigmoid_slope, "In s (1 − s), what does s stand for: z, or something computed from z?")
def sigmoid_formula_on_z(Z: Array) -> Any:
    """computes z (1 − z) for the sigmoid, as if Z were already activated"""
    return Z * (1.0 - Z)


@catalogue.instead_of(
    sigmoid_slope, "Is this the sigmoid or its slope? The slope is never larger than one quarter."
)
def sigmoid_itself(Z: Array) -> Any:
    """returns the sigmoid for its derivative"""
    return logistic(Z)


@catalogue.instead_of(sigmoid_slope, "Your slope is right at z = 0. Where should it be for a large z?")
def sigmoid_squared(Z: Array) -> Any:
    """computes s² for the sigmoid with s = sigmoid(z)"""
    return logistic(Z) ** 2


@catalogue.instead_of(
    sigmoid_slope,
    "What is exp(800) in float64, and its square? Can you write the slope with the sigmoid itself?",
)
def sigmoid_of_two_exponentials(Z: Array) -> Any:
    """computes exp(−z)/(1 + exp(−z))² for the sigmoid, which is inf/inf at z = −800"""
    return np.exp(-Z) / (1.0 + np.exp(-Z)) ** 2


@catalogue.instead_of(tanh_slope, "In 1 − t², what does t stand for: z, or something computed from z?")
def tanh_formula_on_z(Z: Array) -> Any:
    """computes 1 − z² for tanh, as if Z were already activated"""
    return 1.0 - Z**2


@catalogue.instead_of(
    tanh_slope, "How steep is tanh at a large negative z? And what does your formula say there?"
)
def tanh_square_forgotten(Z: Array) -> Any:
    """computes 1 − tanh(z) for tanh: the square is missing"""
    return 1.0 - np.tanh(Z)


@catalogue.instead_of(
    tanh_slope, "How steep is tanh at 0, where it is steepest? And what does your formula say there?"
)
def tanh_squared(Z: Array) -> Any:
    """computes tanh(z)², where the slope is what this lacks from 1"""
    return np.tanh(Z) ** 2


@catalogue.instead_of(tanh_slope, "Which of the two functions has the slope s (1 − s)?")
def tanh_by_the_sigmoid_rule(Z: Array) -> Any:
    """computes t (1 − t) for tanh, the sigmoid's rule"""
    return np.tanh(Z) * (1.0 - np.tanh(Z))


@catalogue.instead_of(linear_slope, "How steep is the line g(z) = z at z = 5?")
def linear_returns_z(Z: Array) -> Any:
    """returns z for the linear activation's derivative"""
    return Z.copy()


@catalogue.instead_of(linear_slope, "Is g(z) = z a constant?")
def linear_returns_zeros(Z: Array) -> Any:
    """returns 0 for the linear activation's derivative"""
    return np.zeros_like(Z)


@catalogue.instead_of(linear_slope, "What shape should the result have?")
def linear_returns_one_number(Z: Array) -> Any:
    """returns the single number 1 for the linear activation, not one slope an entry"""
    return 1.0
