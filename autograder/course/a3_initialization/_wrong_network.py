"""A network built of parts, so that a misconception is the part that is wrong; all others are right."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol

import numpy as np

from autograder.authoring.misconception import named_after
from autograder.authoring.parts import Function
from autograder.course.reference.initialization import Array

Generator = np.random.Generator
Parameters = dict[str, Array]


class Variance(Protocol):
    """The variance of W_l."""

    def __call__(self, scheme: str, layer_dims: Sequence[int], l: int, /) -> float: ...


Layers = Callable[[Sequence[int]], range]  # the numbers of the layers
Deviation = Callable[[float, float], float]  # of a variance and the multiplier
Weights = Callable[[tuple[int, int], float, Generator], Array]  # of this shape and standard deviation
Bias = Callable[[int, float, Generator], Array]  # of n_out neurons whose weights have this standard deviation


def formula(scheme: str, n_out: float, n_in: float) -> float:
    """The right variance for these sizes."""
    if scheme == "glorot":
        return 2 / (n_in + n_out)
    return {"xavier": 1, "he": 2}[scheme] / n_in


def every_layer(layer_dims: Sequence[int]) -> range:
    """From 1 to L."""
    return range(1, len(layer_dims))


def own_variance(scheme: str, layer_dims: Sequence[int], l: int) -> float:
    """For the sizes of the layer."""
    return formula(scheme, layer_dims[l], layer_dims[l - 1])


def root(variance: float, multiplier: float) -> float:
    """The multiplier multiplies the variance."""
    return np.sqrt(multiplier * variance)


def normal(shape: tuple[int, int], s: float, rng: Generator) -> Array:
    """Normal draws from the generator that is given."""
    return rng.standard_normal(shape) * s


def no_bias(n_out: int, *_: object) -> Array:
    """A column of zeros."""
    return np.zeros((n_out, 1))


def network(
    layer_dims: Sequence[int],
    scheme: str,
    rng: Generator,
    multiplier: float = 1.0,
    *,
    layers: Layers = every_layer,
    variance_of: Variance = own_variance,
    deviation: Deviation = root,
    weights: Weights = normal,
    bias: Bias = no_bias,
) -> Parameters:
    """The parameters of a network of these parts."""
    parameters = {}
    for l in layers(layer_dims):
        n_out, n_in = layer_dims[l], layer_dims[l - 1]
        s = deviation(variance_of(scheme, layer_dims, l), multiplier)
        parameters[f"W{l}"] = weights((n_out, n_in), s, rng)
        parameters[f"b{l}"] = bias(n_out, s, rng)
    return parameters


def with_layers(layers: Layers) -> Function:
    """The network that has these layers."""
    return named_after(layers, partial(network, layers=layers))


def with_variance(variance_of: Variance) -> Function:
    """The network whose layers have this variance, before it is multiplied."""
    return named_after(variance_of, partial(network, variance_of=variance_of))


def with_deviation(deviation: Deviation) -> Function:
    """The network with this way from the variance to the standard deviation."""
    return named_after(deviation, partial(network, deviation=deviation))


def with_weights(weights: Weights) -> Function:
    """The network whose weights are drawn so."""
    return named_after(weights, partial(network, weights=weights))


def with_bias(bias: Bias) -> Function:
    """The network whose biases start so."""
    return named_after(bias, partial(network, bias=bias))
