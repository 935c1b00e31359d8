"""Does it hold at depth 150? Norms along a deep network, its growth per layer, and training.

Shapes as in `autograder.course.reference.backpropagation`. Norms are Euclidean, taken for each example (column).
A growth factor is the factor by which a norm changes in one layer, so it is 1 if nothing grows or decays.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from autograder.course.reference.backpropagation import (
    Parameters,
    activate,
    backward,
    depth,
    forward,
    layer_gradient_norms,
    norm,
)
from autograder.course.reference.initialization import initialize_parameters

Array = NDArray[np.float64]


def norm_profile(X: Array, parameters: Parameters, activation: str) -> Array:
    """‖a_l‖/‖a_0‖ for each example, of shape (L+1, m); row 0 is 1. X is (n_0, m) without zero columns."""
    A, L = X, depth(parameters)
    norms = [column_norms(A)]
    for l in range(1, L + 1):
        Z = parameters[f"W{l}"] @ A + parameters[f"b{l}"]
        A = activate(Z, activation if l < L else "linear")
        norms.append(column_norms(A))
    return np.array([row / norms[0] for row in norms])


def growth_factor(profile: Array) -> Array:
    """(last/first)^(1/L) for each column of a profile (L+1, m) of positive norms, of shape (m,)."""
    return np.asarray((profile[-1] / profile[0]) ** (1.0 / (len(profile) - 1)))


def depth_report(
    scheme: str, activation: str, depth: int, width: int, rng: np.random.Generator
) -> tuple[float, float]:
    """Growth per layer of one random network's signal and gradient, depth ≥ 2.

    forward is (‖a_L‖/‖a_0‖)^(1/L), backward (‖∂J/∂Z_1‖/‖∂J/∂Z_L‖)^(1/(L−1)) for J = ½‖ŷ‖² and one standard
    normal input. The weights are drawn before the input.
    """
    parameters = initialize_parameters([width] * (depth + 1), scheme, rng)
    return report(parameters, activation, rng.standard_normal((width, 1)))


def report(parameters: Parameters, activation: str, x: Array) -> tuple[float, float]:
    """The two growth factors of `depth_report` for a given network and input x (n_0, 1)."""
    y_hat, caches = forward(x, parameters, activation)
    deltas = layer_gradient_norms(y_hat, np.zeros_like(y_hat), parameters, caches, activation)
    L = len(deltas)
    return (norm(y_hat) / norm(x)) ** (1.0 / L), float(deltas[0] / deltas[-1]) ** (1.0 / (L - 1))


def best_multiplier(
    activation: str, candidates: Sequence[float], depth: int, width: int, rng: np.random.Generator
) -> float:
    """The candidate c whose network with Var(w) = c/n has the forward growth g with the smallest |log g|."""

    def distance(multiplier: float) -> float:
        parameters = initialize_parameters([width] * (depth + 1), "xavier", rng, multiplier)
        profile = norm_profile(rng.standard_normal((width, 1)), parameters, activation)
        return float(abs(np.log(growth_factor(profile)[0])))

    return float(min(candidates, key=distance))


def train(
    X: Array, Y: Array, parameters: Parameters, activation: str, learning_rate: float, steps: int
) -> Array:
    """J = 1/(2m)·Σ‖ŷ − y‖² before and after each step of full-batch gradient descent, of shape (steps+1,)."""
    current = {name: value.copy() for name, value in parameters.items()}
    losses = []
    for step in range(steps + 1):
        Y_hat, caches = forward(X, current, activation)
        losses.append(0.5 * float(np.sum((Y_hat - Y) ** 2)) / X.shape[1])
        if step < steps:
            for name, slope in backward(Y_hat, Y, current, caches, activation).items():
                current[name[1:]] -= learning_rate * slope
    return np.array(losses)


def column_norms(A: Array) -> Array:
    """Euclidean norm of each column, of shape (m,).

    Squares of 1e-170 underflow and squares of 1e170 overflow, so each column's largest entry is divided out.
    """
    largest = np.max(np.abs(A), axis=0)
    scale = np.where(largest > 0.0, largest, 1.0)
    return np.asarray(scale * np.sqrt(np.sum((A / scale) ** 2, axis=0)))
