"""Deep linear chains (lecture 1): examples are columns, b = 0, g(z) = z, depth L counts weight matrices."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def linear_forward(X: Array, weights: Sequence[Array]) -> Array:
    """W_L … W_2 W_1 X, of shape (n_L, m), for X of shape (n_0, m) and W_l of shape (n_l, n_{l−1})."""
    A = X
    for W in weights:
        A = W @ A
    return A


def end_to_end_matrix(weights: Sequence[Array]) -> Array:
    """W_L … W_2 W_1, of shape (n_L, n_0): the one matrix that the whole chain is."""
    return linear_forward(np.eye(weights[0].shape[1]), weights)


def scaled_identity_output(c: float, depth: int, X: Array, last_weight: Array) -> Array:
    """W_L (c·I)^(L−1) X, of shape (k, m), for X of shape (n, m) and W_L of shape (k, n)."""
    return c ** (depth - 1) * (last_weight @ X)


def activation_trace(c: float, depth: int, x: Array) -> Array:
    """Shape (depth, n): row l−1 is a_l = c·a_{l−1}, where a_0 = x has shape (n,)."""
    powers = [c**layer for layer in range(1, depth + 1)]
    return np.outer(powers, x)


def first_broken_layer(c: float, dtype: Any, max_depth: int = 2000) -> int | None:
    """The first l ≤ max_depth at which a_l = c·a_{l−1} (a_0 = 1) is 0 or not finite; None if there is none.

    Both c and every product are rounded to `dtype` (IEEE 754, to nearest), so that a signal may also stick at
    a subnormal number that rounds to itself.
    """
    number = np.dtype(dtype).type
    with np.errstate(all="ignore"):
        factor, a = number(c), number(1.0)
        for layer in range(1, max_depth + 1):
            a = factor * a
            if a == 0 or not np.isfinite(a):
                return layer
    return None


def input_gradient(weights: Sequence[Array], dY: Array) -> Array:
    """∂J/∂X = W_1ᵀ W_2ᵀ … W_Lᵀ dY, of shape (n_0, m), for dY = ∂J/∂Y of shape (n_L, m)."""
    dA = dY
    for W in reversed(weights):
        dA = W.T @ dA
    return dA


def chain_gradients(c: float, depth: int, x: float, y: float) -> Array:
    """∂J/∂w_l for l = 1 … L, of shape (depth,), where ŷ = w_L … w_1 x, J = ½(ŷ − y)² and all w_l = c.

    It is (ŷ − y)·c^(L−1)·x for every l: c^(L−l) arrives from behind, c^(l−1)·x from the front.
    """
    y_hat = c**depth * x
    return np.full(depth, (y_hat - y) * c ** (depth - 1) * x)


def steps_to_move(distance: float, learning_rate: float, gradient: float) -> float:
    """Steps of gradient descent that move a parameter by `distance` (its unit) under a constant gradient.

    It is distance / (learning_rate·|gradient|), not rounded; inf for a gradient of 0.
    """
    return distance / (learning_rate * abs(gradient)) if gradient != 0.0 else np.inf
