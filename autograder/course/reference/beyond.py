"""What initialisation cannot do, and what came after: mean field, orthogonality, residuals, normalisation.

Examples are columns: A is (n, m). All numbers are dimensionless float64.
"""

from collections.abc import Callable, Sequence
from functools import cache
from math import sqrt

import numpy as np
from numpy.polynomial.hermite_e import hermegauss
from numpy.typing import NDArray

from autograder.course.reference.backpropagation import activate, activation_derivative

Array = NDArray[np.float64]
Block = tuple[Array, Array]

NODES = 100  # for q ≤ 1 the error is below 1e-9; even, so that no node lies on ReLU's kink


def length_map(q: float, weight_variance: float, activation: str) -> float:
    """weight_variance·E[φ(√q·z)²], z standard normal (Poole et al. 2016, eq. 3, without bias).

    q > 0 is the second moment of one layer's pre-activations, weight_variance is n·Var(w); the result is the
    second moment of the next layer's pre-activations.
    """
    return weight_variance * expectation(lambda z: activate(sqrt(q) * z, activation) ** 2)


def gradient_factor(q: float, weight_variance: float, activation: str) -> float:
    """χ = weight_variance·E[φ'(√q·z)²], z standard normal (Schoenholz et al. 2017, eq. 5).

    The factor by which one layer multiplies a gradient's mean square where the second moment is q > 0.
    """
    return weight_variance * expectation(lambda z: activation_derivative(sqrt(q) * z, activation) ** 2)


def orthogonal(n_out: int, n_in: int, rng: np.random.Generator) -> Array:
    """Weights (n_out, n_in) with orthonormal rows or columns (the fewer of them), Haar distributed.

    Q of a Gaussian matrix, its columns' signs chosen so that R's diagonal is positive: this makes the
    factorisation unique and the law uniform (Mezzadri 2007, section 5; Saxe et al. 2014 for networks).
    """
    long, short = max(n_out, n_in), min(n_out, n_in)
    Q, R = np.linalg.qr(rng.standard_normal((long, short)))
    Q = Q * np.sign(np.diag(R))
    return Q if n_out >= n_in else Q.T


def residual_forward(A: Array, blocks: Sequence[Block], scale: float) -> Array:
    """a ← a + scale·W2·relu(W1·a) for each block (W1 (h, n), W2 (n, h)); A and the result are (n, m).

    He et al. 2016, figure 1, without biases and normalisation.
    """
    for W1, W2 in blocks:
        A = A + scale * (W2 @ np.maximum(W1 @ A, 0.0))
    return A


def layer_norm(A: Array, epsilon: float = 1e-5) -> Array:
    """(A − μ)/√(σ² + epsilon) with each column's own mean μ and variance σ² (1/n) over the n units.

    Ba et al. 2016, eq. 4, without gain and bias.
    """
    centred = A - A.mean(axis=0)
    return np.asarray(centred / np.sqrt(np.mean(centred**2, axis=0) + epsilon))


def expectation(f: Callable[[Array], Array]) -> float:
    """E[f(z)] for z standard normal, by Gauss–Hermite quadrature; f is applied to an array of nodes."""
    z, probabilities = _rule()
    return float(probabilities @ f(z))


@cache
def _rule() -> tuple[Array, Array]:
    """Nodes and weights for exp(−z²/2)/√(2π); the weights sum to 1."""
    z, weights = hermegauss(NODES)
    return z, weights / sqrt(2.0 * np.pi)
