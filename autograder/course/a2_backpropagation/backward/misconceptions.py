"""Wrong ways back. A mask with ≥ is none: ReLU is not tried at its kink."""

from typing import Any

import numpy as np

from autograder.authoring import Catalogue
from autograder.course.a2_backpropagation._parts import (
    backward_pass,
    carried,
    error,
    outer,
    slope,
    total,
)
from autograder.course.a2_backpropagation._ways_back import mistakes
from autograder.course.reference.backpropagation import (
    Array,
    Caches,
    Parameters,
    activate,
    activation_derivative,
)

Gradients = dict[str, Array]

catalogue = Catalogue(whole=backward_pass)


@catalogue.instead_of(
    error, "J is an average over the examples. Where does the number of examples enter your gradients?"
)
def examples_not_averaged(Y_hat: Array, Y: Array) -> Array:
    """leaves out the factor 1/m"""
    return Y_hat - Y


@catalogue.add("Count how often you divide by m on the way from the cost to dW^[1].")
def averaged_in_every_layer(
    Y_hat: Array, Y: Array, parameters: Parameters, caches: Caches, activation: str
) -> Gradients:
    """divides by m again in every layer, where once is enough"""
    m = Y.shape[1]
    weights = {name: W / m for name, W in parameters.items()}
    inputs = [(A_prev / m, Z) for A_prev, Z in caches]
    return backward_pass(Y_hat, Y, weights, inputs, activation)


@catalogue.add("How often does the factor 1/m stand in front of J? And how often have you divided by m?")
def averaged_twice(
    Y_hat: Array, Y: Array, parameters: Parameters, caches: Caches, activation: str
) -> Gradients:
    """divides by m in the error and once more in dW and db"""
    gradients = backward_pass(Y_hat, Y, parameters, caches, activation)
    return {name: gradient / Y.shape[1] for name, gradient in gradients.items()}


@catalogue.instead_of(error, "Over what is J an average: over the examples, or over all entries of Y?")
def averaged_over_all_entries(Y_hat: Array, Y: Array) -> Array:
    """divides by the number of all entries of Y, where m examples are averaged"""
    return (Y_hat - Y) / Y.size


@catalogue.instead_of(total, "dW carries a factor 1/m. And db?")
def biases_not_averaged(dZ: Array) -> Array:
    """leaves out 1/m in db alone"""
    return dZ.shape[1] * dZ.sum(axis=1, keepdims=True)


catalogue.include(mistakes, "derivative_forgotten", "derivative_at_the_activation")
catalogue.include(mistakes, "tanh_derivative_for_the_sigmoid", "sigmoid_formula_on_z", "tanh_formula_on_z")


@catalogue.add("At which point is the activation's slope taken: at what the layer received, or at its own Z?")
def derivative_at_the_input(
    Y_hat: Array, Y: Array, parameters: Parameters, caches: Caches, activation: str
) -> Gradients:
    """takes the activation's derivative at A_prev, where it belongs at the same layer's Z"""
    return backward_pass(Y_hat, Y, parameters, [(A_prev, A_prev) for A_prev, _ in caches], activation)


@catalogue.instead_of(slope, "Is it the activation that multiplies the gradient, or its slope?")
def activation_for_derivative(Z: Array, kind: str) -> Array:
    """multiplies by g(Z), where the derivative of g is needed"""
    return activate(Z, kind) if kind != "linear" else np.ones_like(Z)


@catalogue.instead_of(
    slope,
    "Through which units of a ReLU layer does the gradient pass: those that are on or those that are off?",
)
def mask_upside_down(Z: Array, kind: str) -> Array:
    """lets the gradient through where ReLU is off (Z < 0)"""
    return np.where(Z < 0, 1.0, 0.0) if kind == "relu" else activation_derivative(Z, kind)


catalogue.include(mistakes, "derivative_on_the_output")


@catalogue.add("What does W^[l] multiply on the way forward: the previous layer's Z or its activation?")
def weights_meet_z(
    Y_hat: Array, Y: Array, parameters: Parameters, caches: Caches, activation: str
) -> Gradients:
    """uses the previous layer's Z in dW, where its activation is needed"""
    met = [caches[0]] + [(caches[l - 1][1], caches[l][1]) for l in range(1, len(caches))]
    return backward_pass(Y_hat, Y, parameters, met, activation)


@catalogue.add("What does W^[l] multiply on the way forward: what layer l receives, or what it makes?")
def weights_meet_own_output(
    Y_hat: Array, Y: Array, parameters: Parameters, caches: Caches, activation: str
) -> Gradients:
    """uses layer l's own activation in dW^[l], where that of the layer before is needed"""
    outputs = [A for A, _ in caches[1:]] + [Y_hat]
    met = [(A, Z) for A, (_, Z) in zip(outputs, caches, strict=True)]
    return backward_pass(Y_hat, Y, parameters, met, activation)


@catalogue.instead_of(outer, "Which shape does W^[l] have? And your dW^[l]?")
def weights_transposed(dZ: Array, A_prev: Array) -> Array:
    """returns the transpose of dW"""
    return A_prev @ dZ.T


catalogue.include(mistakes, "carried_back_by_w")


@catalogue.instead_of(
    carried, "What carried the signal forward through layer l? The same matrix takes part on the way back."
)
def carried_back_by_dw(dZ: Array, W: Array, A_prev: Array) -> Array:
    """carries the gradient back with dW, where W is needed"""
    dW = dZ @ A_prev.T
    return dW.T @ dZ


@catalogue.instead_of(carried, "How does a change in A^[l−1] reach Z^[l]? What stands between them?")
def carried_back_by_nothing(dZ: Array, W: Array, A_prev: Array) -> Array:
    """does not multiply by the weights on the way back"""
    return dZ


@catalogue.add("The way back meets the last layer first. Under which name do you store what you find there?")
def layers_numbered_backwards(
    Y_hat: Array, Y: Array, parameters: Parameters, caches: Caches, activation: str
) -> Gradients:
    """numbers the gradients from the output: dW1 holds the last layer's"""
    L, gradients = len(caches), backward_pass(Y_hat, Y, parameters, caches, activation)
    return {f"{name[:2]}{L + 1 - int(name[2:])}": gradient for name, gradient in gradients.items()}


@catalogue.instead_of(
    error, "If Y_hat is too large, J falls when Y_hat falls. Which sign has the derivative?"
)
def sign_flipped(Y_hat: Array, Y: Array) -> Array:
    """starts from Y − Y_hat: every gradient has the wrong sign"""
    return (Y - Y_hat) / Y.shape[1]


catalogue.include(mistakes, "half_forgotten")


@catalogue.instead_of(total, "One bias a unit: over what is db a sum, over the units or over the examples?")
def biases_summed_over_units(dZ: Array) -> Array:
    """sums db over the units (axis 0), where the examples should be summed"""
    return dZ.sum(axis=0, keepdims=True)


@catalogue.instead_of(total, "Which shape does b^[l] have? And your db^[l]?")
def biases_without_keepdims(dZ: Array) -> Array:
    """returns db of shape (n,), not (n, 1)"""
    return dZ.sum(axis=1)


@catalogue.instead_of(total, "How many biases does a layer have, and how many numbers does your db^[l] hold?")
def biases_summed_over_everything(dZ: Array) -> Any:
    """sums db to one number a layer"""
    return dZ.sum()


@catalogue.add("Which dZ does db^[l] belong to, that of layer l or that of the last layer?")
def biases_of_the_last_layer(
    Y_hat: Array, Y: Array, parameters: Parameters, caches: Caches, activation: str
) -> Gradients:
    """returns the last layer's db for every layer"""
    gradients = backward_pass(Y_hat, Y, parameters, caches, activation)
    return gradients | {f"db{l}": total(error(Y_hat, Y)) for l in range(1, len(caches) + 1)}


catalogue.include(mistakes, "changes_y_hat")
