"""Wrong reports on a random network of depth L.

The names of the functions that students paste resolve here to the reference's. A leaky slope
of 0.01 is not here: no norm at depth 150 can show it.
"""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from autograder.authoring import Catalogue
from autograder.authoring.expect import relative_error
from autograder.authoring.student import Call
from autograder.course.reference.backpropagation import Parameters, backward, forward
from autograder.course.reference.depth import Array
from autograder.course.reference.initialization import initialize_parameters

Rng = np.random.Generator
Growth = tuple[float, float]


def network(scheme: str, depth: int, width: int, rng: Rng) -> tuple[Parameters, Array]:
    """Right weights and then a right input."""
    parameters = initialize_parameters([width] * (depth + 1), scheme, rng)
    return parameters, rng.standard_normal((width, 1))


def norms(parameters: Parameters, x: Array, activation: str) -> tuple[Any, Any, Any, Any]:
    """‖a^[0]‖, ‖a^[L]‖, ‖∂J/∂Z^[1]‖, ‖∂J/∂Z^[L]‖; with one example db^[l] is ∂J/∂Z^[l]."""
    y_hat, caches = forward(x, parameters, activation)
    gradients = backward(y_hat, np.zeros_like(y_hat), parameters, caches, activation)
    first, last = gradients["db1"], gradients[f"db{len(caches)}"]
    return np.linalg.norm(x), np.linalg.norm(y_hat), np.linalg.norm(first), np.linalg.norm(last)


def growths(parameters: Parameters, x: Array, activation: str) -> Growth:
    """The right two growth factors."""
    L = len(parameters) // 2
    x_norm, y_norm, first, last = norms(parameters, x, activation)
    return (y_norm / x_norm) ** (1 / L), (first / last) ** (1 / (L - 1))


def alike(call: Call, value: Any) -> bool:
    """Whether `value` explains a recorded call: the same numbers or, if the student draws otherwise, the same law.

    Deep networks: logarithms of the growth within 5 standard deviations of their difference. Shallow ones
    fluctuate too much for that: there `got` must be to the right result with the input drawn first as `value`
    is to the right one with the weights drawn first, as a power or as a multiple.
    """
    got = _numbers(call.reply.result)
    if got is None:
        return False
    want = np.array([float(v) for v in value])
    if relative_error(got, want) <= 1e-9:
        return True
    if not (np.all(np.isfinite(want) & (want > 0)) and np.all(got > 0)):
        return bool(np.array_equal(got, want, equal_nan=True))
    _, _, depth, width, _ = call.arguments
    if depth >= 100:
        return bool(np.all(np.abs(np.log(got / want)) <= 5 * np.sqrt(2.5 / (width * depth))))
    ours, theirs = (np.log(growth) for growth in _both_orders(*call.arguments))
    power = np.abs(np.log(got) / theirs - np.log(want) / ours) <= 1e-6
    multiple = np.abs(np.log(got) - theirs - np.log(want) + ours) <= 1e-9
    return bool(np.all(power) or np.all(multiple))


catalogue = Catalogue(alike)


@catalogue.add("How many steps are there from layer L back to layer 1?")
def backward_root_of_depth(scheme: str, activation: str, depth: int, width: int, rng: Rng) -> Growth:
    """takes the L-th root of the gradients' quotient, too, though it runs over fewer steps"""
    x_norm, y_norm, first, last = norms(*network(scheme, depth, width, rng), activation)
    return (y_norm / x_norm) ** (1 / depth), (first / last) ** (1 / depth)


@catalogue.add("a^[0] … a^[L] are L + 1 vectors. How many steps lie between the first and the last?")
def forward_root_counts_vectors(scheme: str, activation: str, depth: int, width: int, rng: Rng) -> Growth:
    """takes the root over the number of activation vectors instead of the number of steps between them"""
    x_norm, y_norm, first, last = norms(*network(scheme, depth, width, rng), activation)
    return (y_norm / x_norm) ** (1 / (depth + 1)), (first / last) ** (1 / (depth - 1))


@catalogue.add(
    "Does the last layer change the signal's norm or not? Count the matrices between a^[0] and a^[L]."
)
def forward_root_without_last_layer(scheme: str, activation: str, depth: int, width: int, rng: Rng) -> Growth:
    """takes a root over L − 1 layers forward, as if the last matrix did not count"""
    x_norm, y_norm, first, last = norms(*network(scheme, depth, width, rng), activation)
    return (y_norm / x_norm) ** (1 / (depth - 1)), (first / last) ** (1 / (depth - 1))


@catalogue.add("If every layer doubles a vector, what does its sum of squares do?")
def squared_norms(scheme: str, activation: str, depth: int, width: int, rng: Rng) -> Growth:
    """compares squared norms instead of norms"""
    x_norm, y_norm, first, last = norms(*network(scheme, depth, width, rng), activation)
    return (y_norm**2 / x_norm**2) ** (1 / depth), (first**2 / last**2) ** (1 / (depth - 1))


@catalogue.add("In which direction does backpropagation walk, and where does it arrive?")
def gradient_from_first_to_last(scheme: str, activation: str, depth: int, width: int, rng: Rng) -> Growth:
    """turns the gradients' quotient upside down: last layer over first"""
    x_norm, y_norm, first, last = norms(*network(scheme, depth, width, rng), activation)
    return (y_norm / x_norm) ** (1 / depth), (last / first) ** (1 / (depth - 1))


@catalogue.add(
    "Which gradient shrinks from layer to layer in a linear network: that of Z^[l] or that of W^[l]? Try both."
)
def weight_gradients(scheme: str, activation: str, depth: int, width: int, rng: Rng) -> Growth:
    """measures the gradients of the weights, ∂J/∂W, where those of Z are asked for"""
    parameters, x = network(scheme, depth, width, rng)
    y_hat, caches = forward(x, parameters, activation)
    gradients = backward(y_hat, np.zeros_like(y_hat), parameters, caches, activation)
    forward_growth = float(np.linalg.norm(y_hat) / np.linalg.norm(x)) ** (1 / depth)
    quotient = float(np.linalg.norm(gradients["dW1"]) / np.linalg.norm(gradients[f"dW{depth}"]))
    return forward_growth, quotient ** (1 / (depth - 1))


@catalogue.add("Which of the two numbers does the docstring name first?")
def swapped_results(scheme: str, activation: str, depth: int, width: int, rng: Rng) -> Growth:
    """returns the backward growth first and the forward growth second"""
    forward_growth, backward_growth = growths(*network(scheme, depth, width, rng), activation)
    return backward_growth, forward_growth


@catalogue.add("What growth should a layer have that changes nothing: 0 or 1?")
def logarithm(scheme: str, activation: str, depth: int, width: int, rng: Rng) -> Growth:
    """returns the logarithm of the growth, the slope in a logarithmic plot, instead of the factor"""
    forward_growth, backward_growth = growths(*network(scheme, depth, width, rng), activation)
    return np.log(forward_growth), np.log(backward_growth)


@catalogue.add("Which function undoes log10?")
def exponential_of_log10(scheme: str, activation: str, depth: int, width: int, rng: Rng) -> Growth:
    """undoes a logarithm to base 10 with exp"""
    x_norm, y_norm, first, last = norms(*network(scheme, depth, width, rng), activation)
    return np.exp(np.log10(y_norm / x_norm) / depth), np.exp(np.log10(first / last) / (depth - 1))


@catalogue.add("Your number is for the whole network. What is the factor of one layer?")
def whole_quotient(scheme: str, activation: str, depth: int, width: int, rng: Rng) -> Growth:
    """returns the growth over all layers, without the root that makes it a growth per layer"""
    x_norm, y_norm, first, last = norms(*network(scheme, depth, width, rng), activation)
    return y_norm / x_norm, first / last


@catalogue.add(
    "What would your function report if the input were ten times as large and nothing else changed?"
)
def input_norm_left_out(scheme: str, activation: str, depth: int, width: int, rng: Rng) -> Growth:
    """does not divide by the norm of the input"""
    _, y_norm, first, last = norms(*network(scheme, depth, width, rng), activation)
    return y_norm ** (1 / depth), (first / last) ** (1 / (depth - 1))


@catalogue.add("How many widths does a network with `depth` matrices have, the input's included?")
def one_matrix_too_few(scheme: str, activation: str, depth: int, width: int, rng: Rng) -> Growth:
    """builds a network with one matrix too few"""
    x_norm, y_norm, first, last = norms(*network(scheme, depth - 1, width, rng), activation)
    return (y_norm / x_norm) ** (1 / depth), (first / last) ** (1 / (depth - 1))


@catalogue.add("Does your report change when another scheme is asked for?")
def always_xavier(scheme: str, activation: str, depth: int, width: int, rng: Rng) -> Growth:
    """draws Xavier weights whatever `scheme` says"""
    return growths(*network("xavier", depth, width, rng), activation)


@catalogue.add("Does your report change when another scheme is asked for?")
def always_he(scheme: str, activation: str, depth: int, width: int, rng: Rng) -> Growth:
    """draws He weights whatever `scheme` says"""
    return growths(*network("he", depth, width, rng), activation)


@catalogue.add("Does your report change when another activation is asked for?")
def always_relu(scheme: str, activation: str, depth: int, width: int, rng: Rng) -> Growth:
    """uses ReLU whatever `activation` says"""
    return growths(*network(scheme, depth, width, rng), "relu")


@catalogue.add("Does your report change when another activation is asked for?")
def always_linear(scheme: str, activation: str, depth: int, width: int, rng: Rng) -> Growth:
    """leaves the activation out, whatever `activation` says"""
    return growths(*network(scheme, depth, width, rng), "linear")


@catalogue.add("Call it twice with different generators. Should the two networks be the same?")
def own_seed(scheme: str, activation: str, depth: int, width: int, rng: Rng) -> Growth:
    """seeds a generator of its own instead of drawing from the one it is given"""
    rng = np.random.default_rng(0)
    return growths(*network(scheme, depth, width, rng), activation)


def constant(scheme: str) -> int:
    """2 for He, 1 for the others on square matrices."""
    return 2 if scheme == "he" else 1


def drawn(draw: Callable[[], Array], activation: str, depth: int, width: int, rng: Rng) -> Growth:
    """The right report on the weights that `draw` gives, layer by layer, and on zero biases."""
    parameters = {}
    for l in range(1, depth + 1):
        parameters[f"W{l}"] = draw()
        parameters[f"b{l}"] = np.zeros((width, 1))
    return growths(parameters, rng.standard_normal((width, 1)), activation)


def scaled(scale: float, activation: str, depth: int, width: int, rng: Rng) -> Growth:
    """The right report on normal weights of standard deviation `scale`."""
    return drawn(lambda: scale * rng.standard_normal((width, width)), activation, depth, width, rng)


@catalogue.add(
    "Your weights have the right variance as their standard deviation. How do the two belong together?"
)
def variance_for_std(scheme: str, activation: str, depth: int, width: int, rng: Rng) -> Growth:
    """scales the weights by the variance where the standard deviation belongs"""
    return scaled(constant(scheme) / width, activation, depth, width, rng)


@catalogue.add("What does the square root cover: the whole fraction or n alone?")
def root_of_n_alone(scheme: str, activation: str, depth: int, width: int, rng: Rng) -> Growth:
    """takes the square root of n alone and leaves He's 2 outside"""
    return scaled(constant(scheme) / np.sqrt(width), activation, depth, width, rng)


@catalogue.add("Small is not enough, it must be the right size. On what does the right size depend?")
def fixed_small_weights(scheme: str, activation: str, depth: int, width: int, rng: Rng) -> Growth:
    """draws weights of standard deviation 0.01 whatever the scheme and the width"""
    return scaled(0.01, activation, depth, width, rng)


@catalogue.add("What is Var(z) when `width` inputs of size 1 meet weights of size 1?")
def unscaled_weights(scheme: str, activation: str, depth: int, width: int, rng: Rng) -> Growth:
    """draws weights of standard deviation 1 and does not scale them"""
    return scaled(1.0, activation, depth, width, rng)


@catalogue.add("What is the variance of a uniform law on (−a, a)?")
def std_as_uniform_bound(scheme: str, activation: str, depth: int, width: int, rng: Rng) -> Growth:
    """draws uniform weights with the standard deviation as the bound"""
    bound = np.sqrt(constant(scheme) / width)
    return drawn(lambda: rng.uniform(-bound, bound, (width, width)), activation, depth, width, rng)


def _numbers(result: Any) -> Array | None:
    """The two numbers of a recorded result, finite or not, or None if it is something else."""
    if not isinstance(result, list) or len(result) != 2:
        return None
    pair = [np.asarray(v) for v in result if isinstance(v, float | int | np.ndarray)]
    if len(pair) != 2 or any(v.ndim or v.dtype.kind not in "fi" for v in pair):
        return None
    return np.array(pair, dtype=np.float64)


def _both_orders(scheme: str, activation: str, depth: int, width: int, seed: Any) -> Iterator[Array]:
    """The right result with the weights drawn first, then with the input drawn first."""
    yield np.array(growths(*network(scheme, depth, width, np.random.default_rng(seed.seed)), activation))
    rng = np.random.default_rng(seed.seed)
    x = rng.standard_normal((width, 1))
    yield np.array(growths(initialize_parameters([width] * (depth + 1), scheme, rng), x, activation))
