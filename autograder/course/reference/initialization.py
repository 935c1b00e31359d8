"""Weight initialisation (lecture 2; LeCun et al. 1998; Glorot & Bengio 2010; He et al. 2015).

`n_in` counts the units that feed a layer, `n_out` its own units; a weight matrix is (n_out, n_in).
"""

from collections.abc import Callable, Sequence
from itertools import pairwise
from math import sqrt

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def neuron(w: Array, X: Array) -> Array:
    """z = Σ_i w_i x_i for each column of X: (m,) for w (n,) and X (n, m)."""
    return w @ X


def preactivation_variance(n: int, weight_variance: float, mean_square_input: float) -> float:
    """Var z of z = Σ_i w_i x_i over n inputs: n · Var w · E[x²], for weights of mean 0 independent of x."""
    return n * weight_variance * mean_square_input


def init_neuron(n: int, rng: np.random.Generator) -> Array:
    """Weights (n,) of one neuron, variance 1/n (lecture 2)."""
    return rng.standard_normal(n) * sqrt(1.0 / n)


def xavier_variance(n_out: int, n_in: int) -> float:  # all variances take both
    """The lecture's formula for tanh, 1/n_in (LeCun et al. 1998, eq. 16)."""
    return 1.0 / n_in


def he_variance(n_out: int, n_in: int) -> float:
    """For ReLU, which halves the mean square: 2/n_in (He et al. 2015, eq. 10)."""
    return 2.0 / n_in


def glorot_variance(n_out: int, n_in: int) -> float:
    """Between 1/n_in and 1/n_out: 2/(n_in + n_out) (Glorot & Bengio 2010, eq. 12)."""
    return 2.0 / (n_in + n_out)


VARIANCES: dict[str, Callable[[int, int], float]] = {
    "xavier": xavier_variance,
    "he": he_variance,
    "glorot": glorot_variance,
}


def xavier_normal(n_out: int, n_in: int, rng: np.random.Generator) -> Array:
    """Weights (n_out, n_in), normal with variance 1/n_in."""
    return rng.standard_normal((n_out, n_in)) * sqrt(xavier_variance(n_out, n_in))


def he_normal(n_out: int, n_in: int, rng: np.random.Generator) -> Array:
    """Weights (n_out, n_in), normal with variance 2/n_in."""
    return rng.standard_normal((n_out, n_in)) * sqrt(he_variance(n_out, n_in))


def glorot_normal(n_out: int, n_in: int, rng: np.random.Generator) -> Array:
    """Weights (n_out, n_in), normal with variance 2/(n_in + n_out)."""
    return rng.standard_normal((n_out, n_in)) * sqrt(glorot_variance(n_out, n_in))


def glorot_uniform(n_out: int, n_in: int, rng: np.random.Generator) -> Array:
    """Weights (n_out, n_in), uniform on (−a, a) with a = √(6/(n_in + n_out)) (Glorot & Bengio 2010, eq. 16)."""
    return sqrt(6.0 / (n_in + n_out)) * (2.0 * rng.random((n_out, n_in)) - 1.0)


def initialize_parameters(
    layer_dims: Sequence[int], scheme: str, rng: np.random.Generator, multiplier: float = 1.0
) -> dict[str, Array]:
    """W_l (n_l, n_{l−1}), normal with `multiplier` times the scheme's variance, and b_l = 0 (n_l, 1)."""
    parameters = {}
    for layer, (n_in, n_out) in enumerate(pairwise(layer_dims), start=1):
        variance = multiplier * VARIANCES[scheme](n_out, n_in)
        parameters[f"W{layer}"] = rng.standard_normal((n_out, n_in)) * sqrt(variance)
        parameters[f"b{layer}"] = np.zeros((n_out, 1))
    return parameters
