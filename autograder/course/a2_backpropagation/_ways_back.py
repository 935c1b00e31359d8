"""Wrong ways back, which spoil both the gradients and their norms."""

import numpy as np

from autograder.authoring import Catalogue
from autograder.course.a2_backpropagation._parts import carried, descend, error, layer_gradients, slope
from autograder.course.reference.backpropagation import (
    Array,
    Caches,
    Parameters,
    activate,
    activation_derivative,
)

mistakes = Catalogue(whole=layer_gradients)


@mistakes.instead_of(
    error, "Which factor stands in front of the sum in J, and what does the square bring down?"
)
def half_forgotten(Y_hat: Array, Y: Array) -> Array:
    """has a factor 2 too much: the ½ in front of the cost is forgotten"""
    return 2.0 * (Y_hat - Y) / Y.shape[1]


@mistakes.instead_of(error, "Does the caller still have its Y_hat after your function has run?")
def changes_y_hat(Y_hat: Array, Y: Array) -> Array:
    """computes the error in place in Y_hat, which belongs to the caller"""
    Y_hat -= Y
    Y_hat /= Y.shape[1]
    return Y_hat


@mistakes.instead_of(slope, "Through which function does the gradient pass between A^[l] and Z^[l]?")
def derivative_forgotten(Z: Array, kind: str) -> Array:
    """leaves out the activation's derivative (for ReLU: the mask)"""
    return np.ones_like(Z)


@mistakes.instead_of(slope, "g′ is a function of Z^[l]. Of what do you take it?")
def derivative_at_the_activation(Z: Array, kind: str) -> Array:
    """takes the activation's derivative at A^[l] = g(Z^[l]), where it belongs at Z^[l]"""
    return activation_derivative(activate(Z, kind), kind)


@mistakes.instead_of(slope, "What is the derivative of the sigmoid, written with a = σ(z)?")
def tanh_derivative_for_the_sigmoid(Z: Array, kind: str) -> Array:
    """takes 1 − a², which is the derivative of tanh, for the sigmoid as well"""
    return 1.0 - activate(Z, kind) ** 2 if kind == "sigmoid" else activation_derivative(Z, kind)


@mistakes.instead_of(slope, "In a (1 − a), what does a stand for: z, or something computed from z?")
def sigmoid_formula_on_z(Z: Array, kind: str) -> Array:
    """computes z (1 − z) for the sigmoid's derivative, as if Z were already activated"""
    return Z * (1.0 - Z) if kind == "sigmoid" else activation_derivative(Z, kind)


@mistakes.instead_of(slope, "In 1 − a², what does a stand for: z, or something computed from z?")
def tanh_formula_on_z(Z: Array, kind: str) -> Array:
    """computes 1 − z² for tanh's derivative, as if Z were already activated"""
    return 1.0 - Z**2 if kind == "tanh" else activation_derivative(Z, kind)


@mistakes.add("Which layer has no activation? What is its slope?")
def derivative_on_the_output(
    Y_hat: Array, Y: Array, parameters: Parameters, caches: Caches, activation: str
) -> list[Array]:
    """multiplies by the activation's derivative in the last layer, too, which is linear"""
    dZ = error(Y_hat, Y) * slope(caches[-1][1], activation)
    return descend(dZ, parameters, caches, activation)


@mistakes.instead_of(
    carried, "On the way forward W takes n_(l−1) numbers to n_l. Which matrix goes the other way?"
)
def carried_back_by_w(dZ: Array, W: Array, A_prev: Array) -> Array:
    """carries the gradient back with W, not with its transpose (only square matrices let it)"""
    return W @ dZ
