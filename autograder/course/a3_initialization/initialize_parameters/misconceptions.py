"""Wrong initialisations of a network (catalogue P01–P13, and what of I01–I37 belongs to a network)."""

from collections.abc import Sequence

import numpy as np

from autograder.authoring import Catalogue
from autograder.course.a3_initialization._alike import alike_parameters
from autograder.course.reference.initialization import Array

Generator = np.random.Generator
Parameters = dict[str, Array]


def variance_of(scheme: str, n_out: float, n_in: float) -> float:
    """The right variance, for misconceptions that are wrong elsewhere."""
    if scheme == "glorot":
        return 2 / (n_in + n_out)
    return {"xavier": 1, "he": 2}[scheme] / n_in


catalogue = Catalogue(alike_parameters)


@catalogue.add("W[l] has n_l rows and n_(l-1) columns. Which of the two numbers feeds a neuron of layer l?")
def fan_out_for_fan_in(
    layer_dims: Sequence[int], scheme: str, rng: Generator, multiplier: float = 1.0
) -> Parameters:
    """uses the sizes of a layer the wrong way round in the variance: n_l where n_(l-1) belongs"""
    parameters = {}
    for l in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[l], layer_dims[l - 1]
        s = np.sqrt(multiplier * {"xavier": 1 / n_out, "he": 2 / n_out, "glorot": 2 / (n_in + n_out)}[scheme])
        parameters[f"W{l}"] = rng.standard_normal((n_out, n_in)) * s
        parameters[f"b{l}"] = np.zeros((n_out, 1))
    return parameters


@catalogue.add("What feeds the second layer: the input of the network, or the first layer?")
def input_for_every_layer(
    layer_dims: Sequence[int], scheme: str, rng: Generator, multiplier: float = 1.0
) -> Parameters:
    """uses n_0, the number of inputs of the network, in the variance of every layer"""
    parameters = {}
    for l in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[l], layer_dims[l - 1]
        s = np.sqrt(multiplier * variance_of(scheme, n_out, layer_dims[0]))
        parameters[f"W{l}"] = rng.standard_normal((n_out, n_in)) * s
        parameters[f"b{l}"] = np.zeros((n_out, 1))
    return parameters


@catalogue.add("How many weight matrices does [3, 5, 2] make, and how often does your loop run?")
def last_layer_missing(
    layer_dims: Sequence[int], scheme: str, rng: Generator, multiplier: float = 1.0
) -> Parameters:
    """leaves out the last layer"""
    parameters = {}
    for l in range(1, len(layer_dims) - 1):
        n_out, n_in = layer_dims[l], layer_dims[l - 1]
        s = np.sqrt(multiplier * variance_of(scheme, n_out, n_in))
        parameters[f"W{l}"] = rng.standard_normal((n_out, n_in)) * s
        parameters[f"b{l}"] = np.zeros((n_out, 1))
    return parameters


@catalogue.add("Print W1 and W2. Do they begin with the same numbers? One generator should serve all layers.")
def seeded_in_each_layer(
    layer_dims: Sequence[int], scheme: str, rng: Generator, multiplier: float = 1.0
) -> Parameters:
    """makes a new generator with the same seed in every layer, so that layers repeat each other"""
    parameters = {}
    for l in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[l], layer_dims[l - 1]
        rng = np.random.default_rng(0)
        s = np.sqrt(multiplier * variance_of(scheme, n_out, n_in))
        parameters[f"W{l}"] = rng.standard_normal((n_out, n_in)) * s
        parameters[f"b{l}"] = np.zeros((n_out, 1))
    return parameters


@catalogue.add(
    "Which generator are you given, and which one do you draw from? With the same seed the weights should"
    " be the same, with another seed others."
)
def own_generator(
    layer_dims: Sequence[int],
    scheme: str,
    rng: Generator,  # noqa: ARG001
    multiplier: float = 1.0,
) -> Parameters:
    """draws from np.random or a generator of its own, not from the one that it is given"""
    parameters = {}
    for l in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[l], layer_dims[l - 1]
        s = np.sqrt(multiplier * variance_of(scheme, n_out, n_in))
        parameters[f"W{l}"] = np.random.randn(n_out, n_in) * s
        parameters[f"b{l}"] = np.zeros((n_out, 1))
    return parameters


@catalogue.add("What is the shape of b[l] in Z = W A + b, if examples are columns?")
def flat_biases(
    layer_dims: Sequence[int], scheme: str, rng: Generator, multiplier: float = 1.0
) -> Parameters:
    """makes biases of shape (n_l,), not (n_l, 1)"""
    parameters = {}
    for l in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[l], layer_dims[l - 1]
        s = np.sqrt(multiplier * variance_of(scheme, n_out, n_in))
        parameters[f"W{l}"] = rng.standard_normal((n_out, n_in)) * s
        parameters[f"b{l}"] = np.zeros(n_out)
    return parameters


@catalogue.add("The weights make the neurons different already. What do the biases start at?")
def random_biases(
    layer_dims: Sequence[int], scheme: str, rng: Generator, multiplier: float = 1.0
) -> Parameters:
    """draws random biases where zeros are asked for"""
    parameters = {}
    for l in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[l], layer_dims[l - 1]
        s = np.sqrt(multiplier * variance_of(scheme, n_out, n_in))
        parameters[f"W{l}"] = rng.standard_normal((n_out, n_in)) * s
        parameters[f"b{l}"] = rng.standard_normal((n_out, 1)) * s
    return parameters


@catalogue.add("What is the shape of b[l] in Z = W A + b, if examples are columns?")
def row_biases(layer_dims: Sequence[int], scheme: str, rng: Generator, multiplier: float = 1.0) -> Parameters:
    """makes biases of shape (1, n_l), not (n_l, 1)"""
    parameters = {}
    for l in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[l], layer_dims[l - 1]
        s = np.sqrt(multiplier * variance_of(scheme, n_out, n_in))
        parameters[f"W{l}"] = rng.standard_normal((n_out, n_in)) * s
        parameters[f"b{l}"] = np.zeros((1, n_out))
    return parameters


@catalogue.add("What does the exercise say about the biases at the start?")
def small_constant_biases(
    layer_dims: Sequence[int], scheme: str, rng: Generator, multiplier: float = 1.0
) -> Parameters:
    """starts the biases at 0.01, not at zero"""
    parameters = {}
    for l in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[l], layer_dims[l - 1]
        s = np.sqrt(multiplier * variance_of(scheme, n_out, n_in))
        parameters[f"W{l}"] = rng.standard_normal((n_out, n_in)) * s
        parameters[f"b{l}"] = np.full((n_out, 1), 0.01)
    return parameters


@catalogue.add("The first weight matrix is W1 in the lecture. Which number does your loop give it?")
def keys_from_zero(
    layer_dims: Sequence[int], scheme: str, rng: Generator, multiplier: float = 1.0
) -> Parameters:
    """numbers the layers from 0: W0, b0, …"""
    parameters = {}
    for l in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[l], layer_dims[l - 1]
        s = np.sqrt(multiplier * variance_of(scheme, n_out, n_in))
        parameters[f"W{l - 1}"] = rng.standard_normal((n_out, n_in)) * s
        parameters[f"b{l - 1}"] = np.zeros((n_out, 1))
    return parameters


@catalogue.add("What is layer_dims[-1] in Python, and does your loop ask for it?")
def loop_from_zero(
    layer_dims: Sequence[int], scheme: str, rng: Generator, multiplier: float = 1.0
) -> Parameters:
    """starts the loop at layer 0: there is a W0 that nobody needs, and the last layer is missing"""
    parameters = {}
    for l in range(len(layer_dims) - 1):
        n_out, n_in = layer_dims[l], layer_dims[l - 1]
        s = np.sqrt(multiplier * variance_of(scheme, n_out, n_in))
        parameters[f"W{l}"] = rng.standard_normal((n_out, n_in)) * s
        parameters[f"b{l}"] = np.zeros((n_out, 1))
    return parameters


@catalogue.add("Does each layer know its own sizes in your formula?")
def average_of_all_layers(
    layer_dims: Sequence[int], scheme: str, rng: Generator, multiplier: float = 1.0
) -> Parameters:
    """uses the average of all layer sizes in the variance of every layer"""
    n = sum(layer_dims) / len(layer_dims)
    parameters = {}
    for l in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[l], layer_dims[l - 1]
        s = np.sqrt(multiplier * variance_of(scheme, n, n))
        parameters[f"W{l}"] = rng.standard_normal((n_out, n_in)) * s
        parameters[f"b{l}"] = np.zeros((n_out, 1))
    return parameters


@catalogue.add("Which entry of layer_dims feeds layer l? Try l = 1.")
def two_layers_back(
    layer_dims: Sequence[int], scheme: str, rng: Generator, multiplier: float = 1.0
) -> Parameters:
    """uses the layer before the previous one, layer_dims[l - 2], in the variance"""
    parameters = {}
    for l in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[l], layer_dims[l - 1]
        s = np.sqrt(multiplier * variance_of(scheme, n_out, layer_dims[l - 2]))
        parameters[f"W{l}"] = rng.standard_normal((n_out, n_in)) * s
        parameters[f"b{l}"] = np.zeros((n_out, 1))
    return parameters


@catalogue.add("Does the multiplier stand inside the root or in front of it?")
def multiplier_on_std(
    layer_dims: Sequence[int], scheme: str, rng: Generator, multiplier: float = 1.0
) -> Parameters:
    """multiplies the weights by the multiplier itself, which multiplies the variance by its square"""
    parameters = {}
    for l in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[l], layer_dims[l - 1]
        s = multiplier * np.sqrt(variance_of(scheme, n_out, n_in))
        parameters[f"W{l}"] = rng.standard_normal((n_out, n_in)) * s
        parameters[f"b{l}"] = np.zeros((n_out, 1))
    return parameters


@catalogue.add("Where does your function use its last argument?")
def multiplier_ignored(
    layer_dims: Sequence[int],
    scheme: str,
    rng: Generator,
    multiplier: float = 1.0,  # noqa: ARG001
) -> Parameters:
    """ignores the multiplier"""
    parameters = {}
    for l in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[l], layer_dims[l - 1]
        s = np.sqrt(variance_of(scheme, n_out, n_in))
        parameters[f"W{l}"] = rng.standard_normal((n_out, n_in)) * s
        parameters[f"b{l}"] = np.zeros((n_out, 1))
    return parameters


@catalogue.add("Should a multiplier of 2 make the weights larger or smaller?")
def divided_by_multiplier(
    layer_dims: Sequence[int], scheme: str, rng: Generator, multiplier: float = 1.0
) -> Parameters:
    """divides the variance by the multiplier"""
    parameters = {}
    for l in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[l], layer_dims[l - 1]
        s = np.sqrt(variance_of(scheme, n_out, n_in) / multiplier)
        parameters[f"W{l}"] = rng.standard_normal((n_out, n_in)) * s
        parameters[f"b{l}"] = np.zeros((n_out, 1))
    return parameters


@catalogue.add(
    "A factor in front of a random number multiplies its standard deviation. How does a standard "
    "deviation follow from a variance?"
)
def variance_for_std(
    layer_dims: Sequence[int], scheme: str, rng: Generator, multiplier: float = 1.0
) -> Parameters:
    """multiplies by the variance where it should multiply by its root"""
    parameters = {}
    for l in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[l], layer_dims[l - 1]
        s = multiplier * variance_of(scheme, n_out, n_in)
        parameters[f"W{l}"] = rng.standard_normal((n_out, n_in)) * s
        parameters[f"b{l}"] = np.zeros((n_out, 1))
    return parameters


@catalogue.add("Call it with another scheme and the same seed. Do the weights change?")
def he_for_every_scheme(
    layer_dims: Sequence[int],
    scheme: str,  # noqa: ARG001
    rng: Generator,
    multiplier: float = 1.0,
) -> Parameters:
    """uses He's variance for every scheme"""
    parameters = {}
    for l in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[l], layer_dims[l - 1]
        s = np.sqrt(multiplier * 2 / n_in)
        parameters[f"W{l}"] = rng.standard_normal((n_out, n_in)) * s
        parameters[f"b{l}"] = np.zeros((n_out, 1))
    return parameters


@catalogue.add("Which of the schemes is for ReLU and needs the 2?")
def he_and_xavier_swapped(
    layer_dims: Sequence[int], scheme: str, rng: Generator, multiplier: float = 1.0
) -> Parameters:
    """uses the constants of He and Xavier the wrong way round"""
    parameters = {}
    for l in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[l], layer_dims[l - 1]
        s = np.sqrt(multiplier * {"xavier": 2 / n_in, "he": 1 / n_in, "glorot": 2 / (n_in + n_out)}[scheme])
        parameters[f"W{l}"] = rng.standard_normal((n_out, n_in)) * s
        parameters[f"b{l}"] = np.zeros((n_out, 1))
    return parameters


@catalogue.add("Two formulas are called Xavier. Which one does this course call xavier, which one glorot?")
def glorot_for_xavier(
    layer_dims: Sequence[int], scheme: str, rng: Generator, multiplier: float = 1.0
) -> Parameters:
    """uses 2 / (n_in + n_out) for xavier as well as for glorot"""
    parameters = {}
    for l in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[l], layer_dims[l - 1]
        s = np.sqrt(
            multiplier * {"xavier": 2 / (n_in + n_out), "he": 2 / n_in, "glorot": 2 / (n_in + n_out)}[scheme]
        )
        parameters[f"W{l}"] = rng.standard_normal((n_out, n_in)) * s
        parameters[f"b{l}"] = np.zeros((n_out, 1))
    return parameters


@catalogue.add("If n_in = n_out, Glorot's formula should agree with 1 / n. Does yours?")
def glorot_is_one_over_sum(
    layer_dims: Sequence[int], scheme: str, rng: Generator, multiplier: float = 1.0
) -> Parameters:
    """uses 1 / (n_in + n_out) for glorot, half of its variance"""
    parameters = {}
    for l in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[l], layer_dims[l - 1]
        s = np.sqrt(multiplier * {"xavier": 1 / n_in, "he": 2 / n_in, "glorot": 1 / (n_in + n_out)}[scheme])
        parameters[f"W{l}"] = rng.standard_normal((n_out, n_in)) * s
        parameters[f"b{l}"] = np.zeros((n_out, 1))
    return parameters


@catalogue.add("Examples are columns and Z = W A. How many rows does W[l] need then, how many columns?")
def transposed(layer_dims: Sequence[int], scheme: str, rng: Generator, multiplier: float = 1.0) -> Parameters:
    """makes the weight matrices of shape (n_(l-1), n_l), the transposes"""
    parameters = {}
    for l in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[l], layer_dims[l - 1]
        s = np.sqrt(multiplier * variance_of(scheme, n_out, n_in))
        parameters[f"W{l}"] = rng.standard_normal((n_in, n_out)) * s
        parameters[f"b{l}"] = np.zeros((n_out, 1))
    return parameters


@catalogue.add("If all weights are zero, what do the neurons of a layer learn that a single one could not?")
def zeros(
    layer_dims: Sequence[int],
    scheme: str,  # noqa: ARG001
    rng: Generator,  # noqa: ARG001
    multiplier: float = 1.0,  # noqa: ARG001
) -> Parameters:
    """returns zeros for the weights as well"""
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters[f"W{l}"] = np.zeros((layer_dims[l], layer_dims[l - 1]))
        parameters[f"b{l}"] = np.zeros((layer_dims[l], 1))
    return parameters


@catalogue.add("If a layer gets ten times as many inputs, should its weights stay as large as they were?")
def fixed_scale(
    layer_dims: Sequence[int],
    scheme: str,  # noqa: ARG001
    rng: Generator,
    multiplier: float = 1.0,
) -> Parameters:
    """multiplies by 0.01, whatever the sizes of the layer"""
    parameters = {}
    for l in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[l], layer_dims[l - 1]
        s = 0.01 * np.sqrt(multiplier)
        parameters[f"W{l}"] = rng.standard_normal((n_out, n_in)) * s
        parameters[f"b{l}"] = np.zeros((n_out, 1))
    return parameters


@catalogue.add("All three schemes are normal here. Which law do you draw from?")
def uniform_law(
    layer_dims: Sequence[int], scheme: str, rng: Generator, multiplier: float = 1.0
) -> Parameters:
    """draws from a uniform law of the right variance, where a normal law is asked for"""
    parameters = {}
    for l in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[l], layer_dims[l - 1]
        s = np.sqrt(multiplier * variance_of(scheme, n_out, n_in))
        parameters[f"W{l}"] = rng.uniform(-np.sqrt(3) * s, np.sqrt(3) * s, (n_out, n_in))
        parameters[f"b{l}"] = np.zeros((n_out, 1))
    return parameters
