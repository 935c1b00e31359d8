"""The right functions in small parts; a misconception is one of them gone wrong.

Shapes are the reference's. In what is handed in the parts have these names, so no other cell of the notebook may
define one of them. Words that its cells are full of will not do either: a cell that mentions a name counts as
built on it.
"""

from typing import Any

import numpy as np

from autograder.course.reference.backpropagation import (
    Array,
    Caches,
    Parameters,
    activate,
    activation_derivative,
)

Cache = tuple[Array, Array]


def g(Z: Array, kind: str) -> Array:
    """The activation."""
    return activate(Z, kind)


def slope(Z: Array, kind: str) -> Array:
    """The activation's derivative."""
    return activation_derivative(Z, kind)


def layer_kinds(activation: str, L: int) -> list[str]:
    """The activation of each layer."""
    return [activation] * (L - 1) + ["linear"]


def affine(W: Array, A: Array, b: Array) -> Array:
    """Z."""
    return W @ A + b


def kept(A_prev: Array, Z: Array, A: Array) -> Cache:
    """What a layer puts into its cache."""
    return A_prev, Z


def forward_pass(X: Array, parameters: Parameters, activation: str) -> tuple[Array, list[Cache]]:
    """Ŷ and the caches."""
    A, caches = X, []
    for l, kind in enumerate(layer_kinds(activation, len(parameters) // 2), start=1):
        A_prev, Z = A, affine(parameters[f"W{l}"], A, parameters[f"b{l}"])
        A = g(Z, kind)
        caches.append(kept(A_prev, Z, A))
    return A, caches


def error(Y_hat: Array, Y: Array) -> Array:
    """∂J/∂Ŷ, which is ∂J/∂Z_L."""
    return (Y_hat - Y) / Y.shape[1]


def carried(dZ: Array, W: Array, A_prev: Array) -> Array:
    """∂J/∂A_(l−1) from layer l's dZ, W and input."""
    return W.T @ dZ


def descend(dZ: Array, parameters: Parameters, caches: Caches, activation: str) -> list[Array]:
    """∂J/∂Z_1 … ∂J/∂Z_L, from the last of them on."""
    last_first = [dZ]
    for l in range(len(caches), 1, -1):
        dA = carried(last_first[-1], parameters[f"W{l}"], caches[l - 1][0])
        last_first.append(dA * slope(caches[l - 2][1], activation))
    return last_first[::-1]


def layer_gradients(
    Y_hat: Array, Y: Array, parameters: Parameters, caches: Caches, activation: str
) -> list[Array]:
    """∂J/∂Z_1 … ∂J/∂Z_L."""
    return descend(error(Y_hat, Y), parameters, caches, activation)


def outer(dZ: Array, A_prev: Array) -> Array:
    """dW."""
    return dZ @ A_prev.T


def total(dZ: Array) -> Array:
    """db."""
    return dZ.sum(axis=1, keepdims=True)


def backward_pass(
    Y_hat: Array, Y: Array, parameters: Parameters, caches: Caches, activation: str
) -> dict[str, Array]:
    """dW_l and db_l for every layer."""
    gradients = {}
    for l, dZ in enumerate(layer_gradients(Y_hat, Y, parameters, caches, activation), start=1):
        gradients[f"dW{l}"] = outer(dZ, caches[l - 1][0])
        gradients[f"db{l}"] = total(dZ)
    return gradients


def frobenius(dZ: Array) -> Any:
    """The Frobenius norm."""
    return np.linalg.norm(dZ)


def gradient_norms(Y_hat: Array, Y: Array, parameters: Parameters, caches: Caches, activation: str) -> Array:
    """‖∂J/∂Z_1‖ … ‖∂J/∂Z_L‖."""
    return np.array([frobenius(dZ) for dZ in layer_gradients(Y_hat, Y, parameters, caches, activation)])
