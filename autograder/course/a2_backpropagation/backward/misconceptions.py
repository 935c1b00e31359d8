"""Wrong ways back (catalogue B01–B19; B20, a mask with ≥, is right and no misconception)."""

# ruff: noqa: ARG001, ARG005 (what is wrong here is often that an argument is not used)

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.authoring import Catalogue
from autograder.course.reference.backpropagation import Array, Caches, Parameters


def g(Z: Array, kind: str) -> Any:
    """The right activation."""
    if kind == "relu":
        return np.maximum(Z, 0.0)
    if kind == "tanh":
        return np.tanh(Z)
    if kind == "sigmoid":
        return np.asarray(1.0 / (1.0 + np.exp(-Z)))
    return Z


def slope(Z: Array, kind: str) -> Any:
    """The right derivative."""
    if kind == "relu":
        return np.where(Z > 0, 1.0, 0.0)
    if kind == "tanh":
        return np.asarray(1.0 - np.tanh(Z) ** 2)
    if kind == "sigmoid":
        return g(Z, kind) * (1.0 - g(Z, kind))
    return np.ones_like(Z)


def back(dZ: Array, W: Array, dW: Array, A: Array, Z: Array, kind: str) -> Any:
    """The right step from layer l, with its W and dW, to layer l − 1, whose input is A and whose Z is Z."""
    return (W.T @ dZ) * slope(Z, kind)


def outer(dZ: Array, A_prev: Array) -> Any:
    """The right dW."""
    return dZ @ A_prev.T


def total(dZ: Array) -> Any:
    """The right db."""
    return dZ.sum(axis=1, keepdims=True)


def descend(
    dZ: Array,
    parameters: Parameters,
    caches: Caches,
    activation: str,
    step: Callable[..., Any] = back,
    weights: Callable[..., Any] = outer,
    biases: Callable[..., Any] = total,
) -> Any:
    """The right way back from the last layer's dZ, in which one step can be replaced by a wrong one."""
    gradients = {}
    for l in range(len(caches), 0, -1):
        A_prev = caches[l - 1][0]
        gradients[f"dW{l}"] = weights(dZ, A_prev)
        gradients[f"db{l}"] = biases(dZ)
        if l > 1:
            dZ = step(dZ, parameters[f"W{l}"], gradients[f"dW{l}"], *caches[l - 2], activation)
    return gradients


def error(Y_hat: Array, Y: Array) -> Any:
    """The right dZ of the last layer."""
    return (Y_hat - Y) / Y.shape[1]


catalogue = Catalogue()


@catalogue.add("J is an average over the examples. Where does the number of examples enter your gradients?")
def examples_not_averaged(
    Y_hat: Array, Y: Array, parameters: Parameters, caches: Caches, activation: str
) -> Any:
    """leaves out the factor 1/m"""
    return descend(Y_hat - Y, parameters, caches, activation)


@catalogue.add("Count how often you divide by m on the way from the cost to dW_1.")
def averaged_in_every_layer(
    Y_hat: Array, Y: Array, parameters: Parameters, caches: Caches, activation: str
) -> Any:
    """divides by m again in every layer, where once is enough"""
    m = Y.shape[1]
    return descend(
        error(Y_hat, Y),
        parameters,
        caches,
        activation,
        step=lambda dZ, W, dW, A, Z, kind: back(dZ, W, dW, A, Z, kind) / m,
        weights=lambda dZ, A: dZ @ A.T / m,
    )


@catalogue.add("How often does the factor 1/m stand in front of J? And how often have you divided by m?")
def averaged_twice(Y_hat: Array, Y: Array, parameters: Parameters, caches: Caches, activation: str) -> Any:
    """divides by m in the error and once more in dW and db"""
    m = Y.shape[1]
    wrong = descend(error(Y_hat, Y), parameters, caches, activation)
    return {name: gradient / m for name, gradient in wrong.items()}


@catalogue.add("Over what is J an average: over the examples, or over all entries of Y?")
def averaged_over_all_entries(
    Y_hat: Array, Y: Array, parameters: Parameters, caches: Caches, activation: str
) -> Any:
    """divides by the number of all entries of Y, where m examples are averaged"""
    return descend((Y_hat - Y) / Y.size, parameters, caches, activation)


@catalogue.add("dW carries a factor 1/m. And db?")
def biases_not_averaged(
    Y_hat: Array, Y: Array, parameters: Parameters, caches: Caches, activation: str
) -> Any:
    """leaves out 1/m in db alone"""
    m = Y.shape[1]
    return descend(error(Y_hat, Y), parameters, caches, activation, biases=lambda dZ: m * total(dZ))


@catalogue.add("Through which function does the gradient pass between A_l and Z_l?")
def derivative_forgotten(
    Y_hat: Array, Y: Array, parameters: Parameters, caches: Caches, activation: str
) -> Any:
    """leaves out the activation's derivative (for ReLU: the mask)"""
    return descend(error(Y_hat, Y), parameters, caches, activation, step=lambda dZ, W, *rest: W.T @ dZ)


@catalogue.add("At which point is the activation's slope taken: at what the layer received, or at its own Z?")
def derivative_at_the_input(
    Y_hat: Array, Y: Array, parameters: Parameters, caches: Caches, activation: str
) -> Any:
    """takes the activation's derivative at A_prev, where it belongs at the same layer's Z"""
    return descend(
        error(Y_hat, Y),
        parameters,
        caches,
        activation,
        step=lambda dZ, W, dW, A, Z, kind: (W.T @ dZ) * slope(A, kind),
    )


@catalogue.add("Is it the activation that multiplies the gradient, or its slope?")
def activation_for_derivative(
    Y_hat: Array, Y: Array, parameters: Parameters, caches: Caches, activation: str
) -> Any:
    """multiplies by g(Z), where the derivative of g is needed"""
    return descend(
        error(Y_hat, Y),
        parameters,
        caches,
        activation,
        step=lambda dZ, W, dW, A, Z, kind: (W.T @ dZ) * (g(Z, kind) if kind != "linear" else 1.0),
    )


@catalogue.add(
    "Through which units of a ReLU layer does the gradient pass: those that are on or those that are off?"
)
def mask_upside_down(Y_hat: Array, Y: Array, parameters: Parameters, caches: Caches, activation: str) -> Any:
    """lets the gradient through where ReLU is off (Z < 0)"""
    return descend(
        error(Y_hat, Y),
        parameters,
        caches,
        activation,
        step=lambda dZ, W, dW, A, Z, kind: (
            (W.T @ dZ) * (np.where(Z < 0, 1.0, 0.0) if kind == "relu" else slope(Z, kind))
        ),
    )


@catalogue.add("Which layer has no activation? What is its slope?")
def derivative_on_the_output(
    Y_hat: Array, Y: Array, parameters: Parameters, caches: Caches, activation: str
) -> Any:
    """multiplies by the activation's derivative in the last layer, too, which is linear"""
    return descend(error(Y_hat, Y) * slope(caches[-1][1], activation), parameters, caches, activation)


@catalogue.add("What does W_l multiply on the way forward: the previous layer's Z or its activation?")
def weights_meet_z(Y_hat: Array, Y: Array, parameters: Parameters, caches: Caches, activation: str) -> Any:
    """uses the previous layer's Z in dW, where its activation is needed"""
    gradients = descend(error(Y_hat, Y), parameters, caches, activation)
    dZ = error(Y_hat, Y)
    for l in range(len(caches), 1, -1):
        Z_prev = caches[l - 2][1]
        gradients[f"dW{l}"] = dZ @ Z_prev.T
        dZ = (parameters[f"W{l}"].T @ dZ) * slope(Z_prev, activation)
    return gradients


@catalogue.add("What does W_l multiply on the way forward: what layer l receives, or what it makes?")
def weights_meet_own_output(
    Y_hat: Array, Y: Array, parameters: Parameters, caches: Caches, activation: str
) -> Any:
    """uses layer l's own activation in dW_l, where that of the layer before is needed"""
    outputs = [A_prev for A_prev, _ in caches[1:]] + [Y_hat]
    shifted = [(A, Z) for A, (_, Z) in zip(outputs, caches, strict=True)]
    return descend(error(Y_hat, Y), parameters, shifted, activation)


@catalogue.add("Which shape does W_l have? And your dW_l?")
def weights_transposed(
    Y_hat: Array, Y: Array, parameters: Parameters, caches: Caches, activation: str
) -> Any:
    """returns the transpose of dW"""
    return descend(error(Y_hat, Y), parameters, caches, activation, weights=lambda dZ, A: A @ dZ.T)


@catalogue.add("On the way forward W takes n_(l−1) numbers to n_l. Which matrix goes the other way?")
def carried_back_by_w(Y_hat: Array, Y: Array, parameters: Parameters, caches: Caches, activation: str) -> Any:
    """carries the gradient back with W, not with its transpose (only square matrices let it)"""
    return descend(
        error(Y_hat, Y),
        parameters,
        caches,
        activation,
        step=lambda dZ, W, dW, A, Z, kind: (W @ dZ) * slope(Z, kind),
    )


@catalogue.add("What carried the signal forward through layer l? The same matrix takes part on the way back.")
def carried_back_by_dw(
    Y_hat: Array, Y: Array, parameters: Parameters, caches: Caches, activation: str
) -> Any:
    """carries the gradient back with dW, where W is needed"""
    return descend(
        error(Y_hat, Y),
        parameters,
        caches,
        activation,
        step=lambda dZ, W, dW, A, Z, kind: (dW.T @ dZ) * slope(Z, kind),
    )


@catalogue.add("How does a change in A_(l−1) reach Z_l? What stands between them?")
def carried_back_by_nothing(
    Y_hat: Array, Y: Array, parameters: Parameters, caches: Caches, activation: str
) -> Any:
    """does not multiply by the weights on the way back"""
    return descend(
        error(Y_hat, Y),
        parameters,
        caches,
        activation,
        step=lambda dZ, W, dW, A, Z, kind: dZ * slope(Z, kind),
    )


@catalogue.add("The way back meets the last layer first. Under which name do you store what you find there?")
def layers_numbered_backwards(
    Y_hat: Array, Y: Array, parameters: Parameters, caches: Caches, activation: str
) -> Any:
    """numbers the gradients from the output: dW1 holds the last layer's"""
    right = descend(error(Y_hat, Y), parameters, caches, activation)
    L = len(caches)
    return {f"{name[:2]}{L + 1 - int(name[2:])}": gradient for name, gradient in right.items()}


@catalogue.add("If Y_hat is too large, J falls when Y_hat falls. Which sign has the derivative?")
def sign_flipped(Y_hat: Array, Y: Array, parameters: Parameters, caches: Caches, activation: str) -> Any:
    """starts from Y − Y_hat: every gradient has the wrong sign"""
    return descend(error(Y, Y_hat), parameters, caches, activation)


@catalogue.add("Which factor stands in front of the sum in J, and what does the square bring down?")
def half_forgotten(Y_hat: Array, Y: Array, parameters: Parameters, caches: Caches, activation: str) -> Any:
    """has a factor 2 too much: the ½ in front of the cost is forgotten"""
    return descend(2.0 * error(Y_hat, Y), parameters, caches, activation)


@catalogue.add("One bias a unit: over what is db a sum, over the units or over the examples?")
def biases_summed_over_units(
    Y_hat: Array, Y: Array, parameters: Parameters, caches: Caches, activation: str
) -> Any:
    """sums db over the units (axis 0), where the examples should be summed"""
    return descend(
        error(Y_hat, Y), parameters, caches, activation, biases=lambda dZ: dZ.sum(axis=0, keepdims=True)
    )


@catalogue.add("Which shape does b_l have? And your db_l?")
def biases_without_keepdims(
    Y_hat: Array, Y: Array, parameters: Parameters, caches: Caches, activation: str
) -> Any:
    """returns db of shape (n,), not (n, 1)"""
    return descend(error(Y_hat, Y), parameters, caches, activation, biases=lambda dZ: dZ.sum(axis=1))


@catalogue.add("How many biases does a layer have, and how many numbers does your db_l hold?")
def biases_summed_over_everything(
    Y_hat: Array, Y: Array, parameters: Parameters, caches: Caches, activation: str
) -> Any:
    """sums db to one number a layer"""
    return descend(error(Y_hat, Y), parameters, caches, activation, biases=lambda dZ: dZ.sum())


@catalogue.add("Which dZ does db_l belong to, that of layer l or that of the last layer?")
def biases_of_the_last_layer(
    Y_hat: Array, Y: Array, parameters: Parameters, caches: Caches, activation: str
) -> Any:
    """returns the last layer's db for every layer"""
    last = total(error(Y_hat, Y))
    return descend(error(Y_hat, Y), parameters, caches, activation, biases=lambda dZ: last)


@catalogue.add("Does the caller still have its Y_hat after your function has run?")
def changes_y_hat(Y_hat: Array, Y: Array, parameters: Parameters, caches: Caches, activation: str) -> Any:
    """computes the error in place in Y_hat, which belongs to the caller"""
    Y_hat -= Y
    Y_hat /= Y.shape[1]
    return descend(Y_hat, parameters, caches, activation)
