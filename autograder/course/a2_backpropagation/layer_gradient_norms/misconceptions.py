"""Wrong norms of the gradient (catalogue B01, B03, B07, B11, B14, B16; what is taken for the norm)."""

# ruff: noqa: ARG005 (what is wrong here is often that an argument is not used)

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.authoring import Catalogue
from autograder.course.reference.backpropagation import Array, Caches, Parameters


def slope(Z: Array, kind: str) -> Any:
    """The right derivative."""
    if kind == "relu":
        return np.where(Z > 0, 1.0, 0.0)
    if kind == "tanh":
        return np.asarray(1.0 - np.tanh(Z) ** 2)
    if kind == "sigmoid":
        s = np.asarray(1.0 / (1.0 + np.exp(-Z)))
        return s * (1.0 - s)
    return np.ones_like(Z)


def back(W: Array, dZ: Array, Z: Array, kind: str) -> Any:
    """The right step to the layer before, whose Z is Z."""
    return (W.T @ dZ) * slope(Z, kind)


def descend(
    dZ: Array,
    parameters: Parameters,
    caches: Caches,
    activation: str,
    step: Callable[..., Any] = back,
    norm: Callable[..., Any] = np.linalg.norm,
) -> Any:
    """The right norms from the last layer's dZ on, in which one step can be replaced by a wrong one."""
    norms = [norm(dZ)]
    for l in range(len(caches), 1, -1):
        dZ = step(parameters[f"W{l}"], dZ, caches[l - 2][1], activation)
        norms.append(norm(dZ))
    return np.array(norms[::-1])


def error(Y_hat: Array, Y: Array) -> Any:
    """The right dZ of the last layer."""
    return (Y_hat - Y) / Y.shape[1]


catalogue = Catalogue()


@catalogue.add("J is an average over the examples. Where does their number enter your norms?")
def examples_not_averaged(
    Y_hat: Array, Y: Array, parameters: Parameters, caches: Caches, activation: str
) -> Any:
    """leaves out the factor 1/m"""
    return descend(Y_hat - Y, parameters, caches, activation)


@catalogue.add("Which factor stands in front of the sum in J, and what does the square bring down?")
def half_forgotten(Y_hat: Array, Y: Array, parameters: Parameters, caches: Caches, activation: str) -> Any:
    """has a factor 2 too much: the ½ in front of the cost is forgotten"""
    return descend(2.0 * error(Y_hat, Y), parameters, caches, activation)


@catalogue.add("Through which function does the gradient pass between A_l and Z_l?")
def derivative_forgotten(
    Y_hat: Array, Y: Array, parameters: Parameters, caches: Caches, activation: str
) -> Any:
    """leaves out the activation's derivative (for ReLU: the mask)"""
    return descend(error(Y_hat, Y), parameters, caches, activation, step=lambda W, dZ, Z, kind: W.T @ dZ)


@catalogue.add("Which layer has no activation? What is its slope?")
def derivative_on_the_output(
    Y_hat: Array, Y: Array, parameters: Parameters, caches: Caches, activation: str
) -> Any:
    """multiplies by the activation's derivative in the last layer, too, which is linear"""
    return descend(error(Y_hat, Y) * slope(caches[-1][1], activation), parameters, caches, activation)


@catalogue.add("On the way forward W takes n_(l−1) numbers to n_l. Which matrix goes the other way?")
def carried_back_by_w(Y_hat: Array, Y: Array, parameters: Parameters, caches: Caches, activation: str) -> Any:
    """carries the gradient back with W, not with its transpose (only square matrices let it)"""
    return descend(
        error(Y_hat, Y),
        parameters,
        caches,
        activation,
        step=lambda W, dZ, Z, kind: (W @ dZ) * slope(Z, kind),
    )


@catalogue.add("Whose gradient is asked for: that of the weights, or that of what they make?")
def norms_of_weight_gradients(
    Y_hat: Array, Y: Array, parameters: Parameters, caches: Caches, activation: str
) -> Any:
    """returns the norms of dW, where those of dJ/dZ are asked for"""
    norms, dZ = [], error(Y_hat, Y)
    for l in range(len(caches), 0, -1):
        norms.append(np.linalg.norm(dZ @ caches[l - 1][0].T))
        if l > 1:
            dZ = back(parameters[f"W{l}"], dZ, caches[l - 2][1], activation)
    return np.array(norms[::-1])


@catalogue.add("Whose gradient is asked for: that of A_l, or that of Z_l? What lies between the two?")
def norms_of_activation_gradients(
    Y_hat: Array, Y: Array, parameters: Parameters, caches: Caches, activation: str
) -> Any:
    """returns the norms of dJ/dA, before the activation's derivative is multiplied in"""
    dZ = error(Y_hat, Y)
    norms = [np.linalg.norm(dZ)]
    for l in range(len(caches), 1, -1):
        dA = parameters[f"W{l}"].T @ dZ
        norms.append(np.linalg.norm(dA))
        dZ = dA * slope(caches[l - 2][1], activation)
    return np.array(norms[::-1])


@catalogue.add("Whose gradient is asked for: that of b_l sums over the examples. Does that of Z_l?")
def norms_of_bias_gradients(
    Y_hat: Array, Y: Array, parameters: Parameters, caches: Caches, activation: str
) -> Any:
    """returns the norms of db, where those of dJ/dZ are asked for"""
    return descend(
        error(Y_hat, Y),
        parameters,
        caches,
        activation,
        norm=lambda dZ: np.linalg.norm(dZ.sum(axis=1)),
    )


@catalogue.add("Which layer's norm should come first? And which one do you compute first?")
def last_layer_first(Y_hat: Array, Y: Array, parameters: Parameters, caches: Caches, activation: str) -> Any:
    """returns the norms with the last layer first"""
    return descend(error(Y_hat, Y), parameters, caches, activation)[::-1]


@catalogue.add("How many norms are there for three layers? Does the last one count?")
def last_layer_missing(
    Y_hat: Array, Y: Array, parameters: Parameters, caches: Caches, activation: str
) -> Any:
    """leaves out the last layer's norm"""
    return descend(error(Y_hat, Y), parameters, caches, activation)[:-1]


@catalogue.add("What is the length of (3, 4)? And your norm of it?")
def norm_squared(Y_hat: Array, Y: Array, parameters: Parameters, caches: Caches, activation: str) -> Any:
    """returns the squared norms: the root is missing"""
    return descend(error(Y_hat, Y), parameters, caches, activation, norm=lambda dZ: np.sum(dZ**2))


@catalogue.add("What is the length of (3, 4)? And your norm of it?")
def norm_of_absolute_values(
    Y_hat: Array, Y: Array, parameters: Parameters, caches: Caches, activation: str
) -> Any:
    """adds up absolute values, where the Frobenius norm is asked for"""
    return descend(error(Y_hat, Y), parameters, caches, activation, norm=lambda dZ: np.abs(dZ).sum())


@catalogue.add("What is the length of (3, 4)? Does it shrink when there are more entries?")
def norm_as_root_mean_square(
    Y_hat: Array, Y: Array, parameters: Parameters, caches: Caches, activation: str
) -> Any:
    """takes the mean of the squares, where the Frobenius norm is their sum's root"""
    return descend(error(Y_hat, Y), parameters, caches, activation, norm=lambda dZ: np.sqrt(np.mean(dZ**2)))


@catalogue.add(
    "For a matrix np.linalg.norm(…, 2) is something else than for a vector. Which norm is asked for?"
)
def spectral_norm(Y_hat: Array, Y: Array, parameters: Parameters, caches: Caches, activation: str) -> Any:
    """takes the largest singular value (ord=2), where the Frobenius norm is asked for"""
    return descend(error(Y_hat, Y), parameters, caches, activation, norm=lambda dZ: np.linalg.norm(dZ, 2))


@catalogue.add("Does the caller still have its Y_hat after your function has run?")
def changes_y_hat(Y_hat: Array, Y: Array, parameters: Parameters, caches: Caches, activation: str) -> Any:
    """computes the error in place in Y_hat, which belongs to the caller"""
    Y_hat -= Y
    Y_hat /= Y.shape[1]
    return descend(Y_hat, parameters, caches, activation)
