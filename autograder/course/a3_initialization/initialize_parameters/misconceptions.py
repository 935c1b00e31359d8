"""Wrong initialisations of a network."""

from collections.abc import Sequence

import numpy as np

from autograder.authoring import Catalogue
from autograder.course.a3_initialization._alike import alike_parameters
from autograder.course.a3_initialization._parts import (
    Generator,
    Parameters,
    draw_biases,
    draw_weights,
    formula,
    layer_variance,
    layers,
    multiplied,
    network,
)
from autograder.course.reference.initialization import Array

catalogue = Catalogue(alike_parameters, whole=network)


@catalogue.instead_of(
    layer_variance,
    "W[l] has n_l rows and n_(l-1) columns. Which of the two numbers feeds a neuron of layer l?",
)
def fan_out_for_fan_in(scheme: str, layer_dims: Sequence[int], l: int) -> float:
    """uses the sizes of a layer the wrong way round in the variance: n_l where n_(l-1) belongs"""
    return formula(scheme, layer_dims[l - 1], layer_dims[l])


@catalogue.instead_of(
    layer_variance, "What feeds the second layer: the input of the network, or the first layer?"
)
def input_for_every_layer(scheme: str, layer_dims: Sequence[int], l: int) -> float:
    """uses n_0, the number of inputs of the network, in the variance of every layer"""
    return formula(scheme, layer_dims[l], layer_dims[0])


@catalogue.instead_of(
    layers, "How many weight matrices does [3, 5, 2] make, and how often does your loop run?"
)
def last_layer_missing(layer_dims: Sequence[int]) -> range:
    """leaves out the last layer"""
    return range(1, len(layer_dims) - 1)


@catalogue.instead_of(
    draw_weights,
    "Print W1 and W2. Do they begin with the same numbers? One generator should serve all layers.",
)
def seeded_in_each_layer(n_out: int, n_in: int, s: float, rng: Generator) -> Array:
    """makes a new generator with the same seed in every layer, so that layers repeat each other"""
    return np.random.default_rng(0).standard_normal((n_out, n_in)) * s


@catalogue.instead_of(
    draw_weights,
    "Which generator are you given, and which one do you draw from? With the same seed the weights should"
    " be the same, with another seed others.",
)
def own_generator(n_out: int, n_in: int, s: float, rng: Generator) -> Array:
    """draws from np.random or a generator of its own, not from the one that it is given"""
    return np.random.randn(n_out, n_in) * s


@catalogue.instead_of(draw_biases, "What is the shape of b[l] in Z = W A + b, if examples are columns?")
def flat_biases(n_out: int, s: float, rng: Generator) -> Array:
    """makes biases of shape (n_l,), not (n_l, 1)"""
    return np.zeros(n_out)


@catalogue.instead_of(
    draw_biases, "The weights make the neurons different already. What do the biases start at?"
)
def random_biases(n_out: int, s: float, rng: Generator) -> Array:
    """draws random biases where zeros are asked for"""
    return rng.standard_normal((n_out, 1)) * s


@catalogue.instead_of(draw_biases, "What is the shape of b[l] in Z = W A + b, if examples are columns?")
def row_biases(n_out: int, s: float, rng: Generator) -> Array:
    """makes biases of shape (1, n_l), not (n_l, 1)"""
    return np.zeros((1, n_out))


@catalogue.instead_of(draw_biases, "What does the exercise say about the biases at the start?")
def small_constant_biases(n_out: int, s: float, rng: Generator) -> Array:
    """starts the biases at 0.01, not at zero"""
    return np.full((n_out, 1), 0.01)


@catalogue.add("The first weight matrix is W1. Which number does your loop give it?")
def keys_from_zero(
    layer_dims: Sequence[int], scheme: str, rng: Generator, multiplier: float = 1.0
) -> Parameters:
    """numbers the layers from 0: W0, b0, …"""
    right = network(layer_dims, scheme, rng, multiplier)
    return {f"{name[0]}{int(name[1:]) - 1}": value for name, value in right.items()}


@catalogue.instead_of(layers, "What is layer_dims[-1] in Python, and does your loop ask for it?")
def loop_from_zero(layer_dims: Sequence[int]) -> range:
    """starts the loop at layer 0: there is a W0 that nobody needs, and the last layer is missing"""
    return range(len(layer_dims) - 1)


@catalogue.instead_of(layer_variance, "Does each layer know its own sizes in your formula?")
def first_layer_for_every_layer(scheme: str, layer_dims: Sequence[int], l: int) -> float:
    """uses the sizes of the first layer in the variance of every layer"""
    return formula(scheme, layer_dims[1], layer_dims[0])


@catalogue.instead_of(layer_variance, "Does each layer know its own sizes in your formula?")
def average_of_all_layers(scheme: str, layer_dims: Sequence[int], l: int) -> float:
    """uses the average of all layer sizes in the variance of every layer"""
    n = sum(layer_dims) / len(layer_dims)
    return formula(scheme, n, n)


@catalogue.instead_of(layer_variance, "Which entry of layer_dims feeds layer l? Try l = 1.")
def two_layers_back(scheme: str, layer_dims: Sequence[int], l: int) -> float:
    """uses the layer before the previous one, layer_dims[l - 2], in the variance"""
    return formula(scheme, layer_dims[l], layer_dims[l - 2])


@catalogue.instead_of(multiplied, "Does the multiplier stand inside the root or in front of it?")
def multiplier_on_std(variance: float, multiplier: float) -> float:
    """multiplies the weights by the multiplier itself, which multiplies the variance by its square"""
    return multiplier * np.sqrt(variance)


@catalogue.instead_of(multiplied, "Where does your function use its last argument?")
def multiplier_ignored(variance: float, multiplier: float) -> float:
    """ignores the multiplier"""
    return np.sqrt(variance)


@catalogue.instead_of(multiplied, "Should a multiplier of 2 make the weights larger or smaller?")
def divided_by_multiplier(variance: float, multiplier: float) -> float:
    """divides the variance by the multiplier"""
    return np.sqrt(variance / multiplier)


@catalogue.instead_of(
    multiplied,
    "A factor in front of a random number multiplies its standard deviation. How does a standard "
    "deviation follow from a variance?",
)
def variance_for_std(variance: float, multiplier: float) -> float:
    """multiplies by the variance where it should multiply by its root"""
    return multiplier * variance


@catalogue.instead_of(formula, "Call it with another scheme and the same seed. Do the weights change?")
def he_for_every_scheme(scheme: str, n_out: float, n_in: float) -> float:
    """uses He's variance for every scheme"""
    return 2 / n_in


@catalogue.instead_of(formula, "Which of the schemes is for ReLU and needs the 2?")
def he_and_xavier_swapped(scheme: str, n_out: float, n_in: float) -> float:
    """uses the constants of He and Xavier the wrong way round"""
    return {"xavier": 2 / n_in, "he": 1 / n_in, "glorot": 2 / (n_in + n_out)}[scheme]


@catalogue.instead_of(
    formula, "Two formulas are called Xavier. Which one does this course call xavier, which one glorot?"
)
def glorot_for_xavier(scheme: str, n_out: float, n_in: float) -> float:
    """uses 2 / (n_in + n_out) for xavier as well as for glorot"""
    return 2 / n_in if scheme == "he" else 2 / (n_in + n_out)


@catalogue.instead_of(formula, "If n_in = n_out, Glorot's formula should agree with 1 / n. Does yours?")
def glorot_is_one_over_sum(scheme: str, n_out: float, n_in: float) -> float:
    """uses 1 / (n_in + n_out) for glorot, half of its variance"""
    return {"xavier": 1 / n_in, "he": 2 / n_in, "glorot": 1 / (n_in + n_out)}[scheme]


@catalogue.instead_of(
    draw_weights, "Examples are columns and Z = W A. How many rows does W[l] need then, how many columns?"
)
def transposed(n_out: int, n_in: int, s: float, rng: Generator) -> Array:
    """makes the weight matrices of shape (n_(l-1), n_l), the transposes"""
    return rng.standard_normal((n_in, n_out)) * s


@catalogue.instead_of(
    draw_weights, "If all weights are zero, what do the neurons of a layer learn that a single one could not?"
)
def zeros(n_out: int, n_in: int, s: float, rng: Generator) -> Array:
    """returns zeros for the weights as well"""
    return np.zeros((n_out, n_in))


@catalogue.instead_of(
    layer_variance, "If a layer gets ten times as many inputs, should its weights stay as large as they were?"
)
def fixed_scale(scheme: str, layer_dims: Sequence[int], l: int) -> float:
    """multiplies by 0.01, whatever the sizes of the layer"""
    return 0.01**2


@catalogue.instead_of(draw_weights, "All three schemes are normal here. Which law do you draw from?")
def uniform_law(n_out: int, n_in: int, s: float, rng: Generator) -> Array:
    """draws from a uniform law of the right variance, where a normal law is asked for"""
    return rng.uniform(-np.sqrt(3) * s, np.sqrt(3) * s, (n_out, n_in))
