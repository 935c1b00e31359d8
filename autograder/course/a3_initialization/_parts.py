"""The right initialisers in small parts; a misconception is one of them gone wrong.

In what is handed in the parts have these names, so no other cell of the notebook may give one of them to something
else.
"""

from collections.abc import Sequence

import numpy as np

from autograder.course.reference.initialization import Array

Generator = np.random.Generator
Parameters = dict[str, Array]


def variance_of(n_out: int, n_in: int) -> float:
    """The lecture's, for tanh; other exercises put theirs in this place."""
    return 1 / n_in


def deviation(n_out: int, n_in: int) -> float:
    """The root of the variance."""
    return np.sqrt(variance_of(n_out, n_in))


def normal_weights(n_out: int, n_in: int, rng: Generator) -> Array:
    """A matrix of normal weights."""
    return rng.standard_normal((n_out, n_in)) * deviation(n_out, n_in)


def bound(n_out: int, n_in: int) -> float:
    """Glorot's, for uniform weights."""
    return np.sqrt(6 / (n_in + n_out))


def uniform_weights(n_out: int, n_in: int, rng: Generator) -> Array:
    """A matrix of weights between minus and plus the bound."""
    a = bound(n_out, n_in)
    return rng.uniform(-a, a, (n_out, n_in))


def formula(scheme: str, n_out: float, n_in: float) -> float:
    """The variance of a scheme."""
    if scheme == "glorot":
        return 2 / (n_in + n_out)
    return {"xavier": 1, "he": 2}[scheme] / n_in


def layers(layer_dims: Sequence[int]) -> range:
    """The numbers of the layers."""
    return range(1, len(layer_dims))


def layer_variance(scheme: str, layer_dims: Sequence[int], l: int) -> float:
    """The variance of W_l, not yet multiplied."""
    return formula(scheme, layer_dims[l], layer_dims[l - 1])


def multiplied(variance: float, multiplier: float) -> float:
    """The standard deviation."""
    return np.sqrt(multiplier * variance)


def draw_weights(n_out: int, n_in: int, s: float, rng: Generator) -> Array:
    """Normal weights of standard deviation s."""
    return rng.standard_normal((n_out, n_in)) * s


def draw_biases(n_out: int, s: float, rng: Generator) -> Array:
    """The biases of neurons whose weights have standard deviation s."""
    return np.zeros((n_out, 1))


def network(layer_dims: Sequence[int], scheme: str, rng: Generator, multiplier: float = 1.0) -> Parameters:
    """All parameters."""
    parameters = {}
    for l in layers(layer_dims):
        n_out, n_in = layer_dims[l], layer_dims[l - 1]
        s = multiplied(layer_variance(scheme, layer_dims, l), multiplier)
        parameters[f"W{l}"] = draw_weights(n_out, n_in, s, rng)
        parameters[f"b{l}"] = draw_biases(n_out, s, rng)
    return parameters
