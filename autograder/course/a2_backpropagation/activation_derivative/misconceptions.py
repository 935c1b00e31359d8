"""Wrong derivatives of activation functions (catalogue B05, B06, and what is often mixed up)."""

from typing import Any

import numpy as np

from autograder.authoring import Catalogue
from autograder.course.reference.backpropagation import Array


def sigmoid(Z: Array) -> Any:
    """1/(1 + exp(−z)), without overflow."""
    return np.where(Z >= 0, 1.0, np.exp(-np.abs(Z))) / (1.0 + np.exp(-np.abs(Z)))


def right(Z: Array, kind: str) -> Any:
    """The right derivative, for the kinds that a misconception leaves alone."""
    if kind == "relu":
        return np.where(Z > 0, 1.0, 0.0)
    if kind == "tanh":
        return 1.0 - np.tanh(Z) ** 2
    if kind == "sigmoid":
        return sigmoid(Z) * (1.0 - sigmoid(Z))
    return np.ones_like(Z)


catalogue = Catalogue()


@catalogue.add("Is this ReLU or its slope? Which values can a slope of ReLU have?")
def relu_itself(Z: Array, kind: str) -> Any:
    """returns ReLU(z) for ReLU's derivative"""
    if kind == "relu":
        return np.maximum(Z, 0.0)
    return right(Z, kind)


@catalogue.add("On which side of 0 does ReLU rise?")
def mask_upside_down(Z: Array, kind: str) -> Any:
    """gives slope 1 where z < 0 and 0 where z > 0"""
    if kind == "relu":
        return np.where(Z < 0, 1.0, 0.0)
    return right(Z, kind)


@catalogue.add("How steep is ReLU on the left of 0?")
def sign_for_relu(Z: Array, kind: str) -> Any:
    """returns the sign of z for ReLU's derivative, −1 on the left"""
    if kind == "relu":
        return np.sign(Z)
    return right(Z, kind)


@catalogue.add("How steep is the plain ReLU on the left of 0?")
def relu_is_leaky(Z: Array, kind: str) -> Any:
    """gives slope 0.01 where z < 0 (leaky ReLU)"""
    if kind == "relu":
        return np.where(Z > 0, 1.0, 0.01)
    return right(Z, kind)


@catalogue.add("Does a small change of a negative z change ReLU(z)?")
def relu_always_one(Z: Array, kind: str) -> Any:
    """gives slope 1 everywhere for ReLU: no mask at all"""
    if kind == "relu":
        return np.ones_like(Z)
    return right(Z, kind)


@catalogue.add("The mask is right. Of which type are its entries, and which type is asked for?")
def relu_mask_without_floats(Z: Array, kind: str) -> Any:
    """returns truth values (or integers) for ReLU where floats are asked for"""
    if kind == "relu":
        return Z > 0
    return right(Z, kind)


@catalogue.add("In s (1 − s), what does s stand for: z, or something computed from z?")
def sigmoid_formula_on_z(Z: Array, kind: str) -> Any:
    """computes z (1 − z) for the sigmoid, as if Z were already activated"""
    if kind == "sigmoid":
        return Z * (1.0 - Z)
    return right(Z, kind)


@catalogue.add("Is this the sigmoid or its slope? The slope is never larger than one quarter.")
def sigmoid_itself(Z: Array, kind: str) -> Any:
    """returns the sigmoid for its derivative"""
    if kind == "sigmoid":
        return sigmoid(Z)
    return right(Z, kind)


@catalogue.add("Your slope is right at z = 0. Where should it be for a large z?")
def sigmoid_squared(Z: Array, kind: str) -> Any:
    """computes s² for the sigmoid with s = sigmoid(z)"""
    if kind == "sigmoid":
        return sigmoid(Z) ** 2
    return right(Z, kind)


@catalogue.add(
    "What is exp(800) in float64, and its square? Can you write the slope with the sigmoid itself?"
)
def sigmoid_of_two_exponentials(Z: Array, kind: str) -> Any:
    """computes exp(−z)/(1 + exp(−z))² for the sigmoid, which is inf/inf at z = −800"""
    if kind == "sigmoid":
        return np.exp(-Z) / (1.0 + np.exp(-Z)) ** 2
    return right(Z, kind)


@catalogue.add("In 1 − t², what does t stand for: z, or something computed from z?")
def tanh_formula_on_z(Z: Array, kind: str) -> Any:
    """computes 1 − z² for tanh, as if Z were already activated"""
    if kind == "tanh":
        return 1.0 - Z**2
    return right(Z, kind)


@catalogue.add("How steep is tanh at a large negative z? And what does your formula say there?")
def tanh_square_forgotten(Z: Array, kind: str) -> Any:
    """computes 1 − tanh(z) for tanh: the square is missing"""
    if kind == "tanh":
        return 1.0 - np.tanh(Z)
    return right(Z, kind)


@catalogue.add("How steep is tanh at 0, where it is steepest? And what does your formula say there?")
def tanh_squared(Z: Array, kind: str) -> Any:
    """computes tanh(z)², where the slope is what this lacks from 1"""
    if kind == "tanh":
        return np.tanh(Z) ** 2
    return right(Z, kind)


@catalogue.add("Which of the two functions has the slope s (1 − s)?")
def tanh_by_the_sigmoid_rule(Z: Array, kind: str) -> Any:
    """computes t (1 − t) for tanh, the sigmoid's rule"""
    if kind == "tanh":
        return np.tanh(Z) * (1.0 - np.tanh(Z))
    return right(Z, kind)


@catalogue.add("How steep is the line g(z) = z at z = 5?")
def linear_returns_z(Z: Array, kind: str) -> Any:
    """returns z for the linear activation's derivative"""
    if kind == "linear":
        return Z.copy()
    return right(Z, kind)


@catalogue.add("Is g(z) = z a constant?")
def linear_returns_zeros(Z: Array, kind: str) -> Any:
    """returns 0 for the linear activation's derivative"""
    if kind == "linear":
        return np.zeros_like(Z)
    return right(Z, kind)


@catalogue.add("What shape should the result have?")
def linear_returns_one_number(Z: Array, kind: str) -> Any:
    """returns the single number 1 for the linear activation, not one slope an entry"""
    if kind == "linear":
        return 1.0
    return right(Z, kind)
