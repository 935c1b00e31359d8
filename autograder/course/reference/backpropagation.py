"""Forward and backward pass of a deep network (lecture 1: "a similar argument" holds for the derivatives).

Shapes: examples are columns. X is (n_0, m), W_l is (n_l, n_{l−1}), b_l is (n_l, 1), A_l and Z_l are (n_l, m).
Hidden layers use the activation, the last layer is linear. All numbers are dimensionless float64.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Parameters = Mapping[str, Array]
Caches = Sequence[Sequence[Array]]  # one pair (A_{l−1}, Z_l) a layer

KINDS = ("linear", "relu", "tanh", "sigmoid")  # of activations


def activate(Z: Array, kind: str) -> Array:
    """g(Z), entry by entry and of Z's shape; `kind` is one of `KINDS`.

    Nothing overflows, whatever Z is. Raises ValueError for another kind.
    """
    if kind == "linear":
        return Z.copy()
    if kind == "relu":
        return np.maximum(Z, 0.0)
    if kind == "tanh":
        return np.tanh(Z)
    if kind == "sigmoid":
        return _sigmoid(Z)
    raise ValueError(f"unknown activation {kind!r}; choose linear, relu, tanh or sigmoid")


def activation_derivative(Z: Array, kind: str) -> Array:
    """g'(Z), entry by entry and of Z's shape; 0 for ReLU at 0, which is a convention.

    Raises ValueError for an unknown kind.
    """
    if kind == "linear":
        return np.ones_like(Z)
    if kind == "relu":
        return (Z > 0).astype(np.float64)
    if kind == "tanh":
        return 1.0 - np.tanh(Z) ** 2
    if kind == "sigmoid":
        return _sigmoid(Z) * _sigmoid(-Z)  # 1 − σ(z) = σ(−z), without cancellation
    raise ValueError(f"unknown activation {kind!r}; choose linear, relu, tanh or sigmoid")


def forward(X: Array, parameters: Parameters, activation: str) -> tuple[Array, list[tuple[Array, Array]]]:
    """Output Ŷ (n_L, m) and, for each layer, the pair (A_{l−1}, Z_l) that the way back needs."""
    A, caches = X, []
    L = depth(parameters)
    for l in range(1, L + 1):
        Z = parameters[f"W{l}"] @ A + parameters[f"b{l}"]
        caches.append((A, Z))
        A = activate(Z, activation if l < L else "linear")
    return A, caches


def backward(
    Y_hat: Array, Y: Array, parameters: Parameters, caches: Caches, activation: str
) -> dict[str, Array]:
    """Gradients dW_l, db_l of J = 1/(2m)·Σ‖ŷ − y‖², of the shapes of W_l and b_l (Rumelhart et al. 1986)."""
    gradients: dict[str, Array] = {}
    for l, dZ in enumerate(layer_gradients(Y_hat, Y, parameters, caches, activation), start=1):
        A_prev = caches[l - 1][0]
        gradients[f"dW{l}"] = dZ @ A_prev.T
        gradients[f"db{l}"] = dZ.sum(axis=1, keepdims=True)
    return gradients


def layer_gradient_norms(
    Y_hat: Array, Y: Array, parameters: Parameters, caches: Caches, activation: str
) -> Array:
    """Frobenius norms ‖∂J/∂Z_l‖ for l = 1 … L, of shape (L,)."""
    return np.array([norm(dZ) for dZ in layer_gradients(Y_hat, Y, parameters, caches, activation)])


def layer_gradients(
    Y_hat: Array, Y: Array, parameters: Parameters, caches: Caches, activation: str
) -> list[Array]:
    """∂J/∂Z_l for l = 1 … L, each (n_l, m)."""
    dZ = (Y_hat - Y) / Y.shape[1]
    last_first = [dZ]
    for l in range(depth(parameters) - 1, 0, -1):
        dZ = (parameters[f"W{l + 1}"].T @ dZ) * activation_derivative(caches[l - 1][1], activation)
        last_first.append(dZ)
    return last_first[::-1]


def gradient_check(
    f: Callable[[Array], float], theta: Array, gradient: Array, epsilon: float = 1e-5
) -> float:
    """‖g − ĝ‖ / (‖g‖ + ‖ĝ‖) between `gradient` (p,) and central differences ĝ of f at theta (p,).

    0.0 if both are zero. For a right gradient what remains is of order epsilon² (the differences' truncation)
    or 1e-16/epsilon (round-off), whichever is larger.
    """
    estimate = np.array([_slope(f, theta, i, epsilon) for i in range(theta.size)])
    scale = norm(gradient) + norm(estimate)
    return 0.0 if scale == 0.0 else norm(gradient - estimate) / scale


def depth(parameters: Parameters) -> int:
    """L, the number of weight matrices."""
    return sum(1 for name in parameters if name.startswith("W"))


def norm(A: Array) -> float:
    """Frobenius norm; squares of 1e-170 would underflow, so the largest entry is divided out first."""
    largest = float(np.max(np.abs(A), initial=0.0))
    return largest * float(np.linalg.norm(A / largest)) if largest > 0.0 else 0.0


def _slope(f: Callable[[Array], float], theta: Array, i: int, epsilon: float) -> float:
    step = np.zeros_like(theta)
    step[i] = epsilon
    return float((f(theta + step) - f(theta - step)) / (2.0 * epsilon))


def _sigmoid(Z: Array) -> Array:
    decay = np.exp(-np.abs(Z))  # at most 1: the usual 1/(1 + exp(−z)) overflows at z = −800
    return np.asarray(np.where(Z >= 0, 1.0, decay) / (1.0 + decay))
