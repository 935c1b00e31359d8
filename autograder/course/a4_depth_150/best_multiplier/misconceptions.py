"""Wrong choices of the variance multiplier."""

from typing import Any

import numpy as np

from autograder.authoring import Catalogue
from autograder.authoring.student import Call
from autograder.authoring.values import same
from autograder.course.reference.backpropagation import forward
from autograder.course.reference.initialization import initialize_parameters

Rng = np.random.Generator


def network_growth(
    activation: str, multiplier: float, depth: int, width: int, rng: Rng, scheme: str = "xavier"
) -> float:
    """The right forward growth of one network with Var(w) = multiplier/n (twice that for "he")."""
    parameters = initialize_parameters([width] * (depth + 1), scheme, rng, multiplier)
    x = rng.standard_normal((width, 1))
    y_hat, _ = forward(x, parameters, activation)
    return float((np.linalg.norm(y_hat) / np.linalg.norm(x)) ** (1 / depth))


def alike(call: Call, value: Any) -> bool:
    """Whether `value` explains the recorded call: the same candidate, or a growth that differs as draws differ.

    The growths of two networks, logarithms taken, lie within 5 standard deviations of their difference.
    """
    _, candidates, depth, width, _ = call.arguments
    if same(call, value):
        return True
    if isinstance(value, int) or value in candidates or any(same(call, c) for c in candidates):
        return False
    got = call.reply.result
    if (
        not isinstance(got, float | np.ndarray)
        or np.shape(got)
        or np.asarray(got).dtype.kind != "f"
        or not got > 0
    ):
        return False
    return bool(abs(np.log(float(got) / value)) <= 5 * np.sqrt(2.5 / (width * depth)))


catalogue = Catalogue(alike)


@catalogue.add("How bad is g = 0.1 compared with g = 2, and what does your measure say?")
def closest_in_difference(
    activation: str, candidates: list[float], depth: int, width: int, rng: Rng
) -> float:
    """compares |g − 1|, which finds any decay better than doubling"""
    errors = [abs(network_growth(activation, c, depth, width, rng) - 1) for c in candidates]
    return candidates[int(np.argmin(errors))]


@catalogue.add("The multiplier belongs to the variance. By what does the standard deviation change?")
def multiplier_for_std(activation: str, candidates: list[float], depth: int, width: int, rng: Rng) -> float:
    """multiplies the weights, not their variance, by the candidate"""
    errors = [abs(np.log(network_growth(activation, c**2, depth, width, rng))) for c in candidates]
    return candidates[int(np.argmin(errors))]


@catalogue.add("The variance is to be c/n. What is it if you start from He?")
def multiplier_of_he(activation: str, candidates: list[float], depth: int, width: int, rng: Rng) -> float:
    """multiplies He's variance 2/n instead of 1/n"""
    errors = [abs(np.log(network_growth(activation, c, depth, width, rng, "he"))) for c in candidates]
    return candidates[int(np.argmin(errors))]


@catalogue.add("log g is negative for a decaying signal. Is the most negative one the best?")
def smallest_growth(activation: str, candidates: list[float], depth: int, width: int, rng: Rng) -> float:
    """takes the smallest growth: the absolute value of the logarithm is missing"""
    growths = [np.log(network_growth(activation, c, depth, width, rng)) for c in candidates]
    return candidates[int(np.argmin(growths))]


@catalogue.add("Is more growth always better?")
def largest_growth(activation: str, candidates: list[float], depth: int, width: int, rng: Rng) -> float:
    """takes the largest growth"""
    growths = [network_growth(activation, c, depth, width, rng) for c in candidates]
    return candidates[int(np.argmax(growths))]


@catalogue.add("Does the smallest |log g| belong to the best candidate or to the worst?")
def worst_candidate(activation: str, candidates: list[float], depth: int, width: int, rng: Rng) -> float:
    """takes the candidate with the largest |log g|"""
    errors = [abs(np.log(network_growth(activation, c, depth, width, rng))) for c in candidates]
    return candidates[int(np.argmax(errors))]


@catalogue.add("Is it the winner's growth or the winner itself that is asked for?")
def returns_growth(activation: str, candidates: list[float], depth: int, width: int, rng: Rng) -> float:
    """returns the growth of the best candidate instead of the candidate"""
    growths = [network_growth(activation, c, depth, width, rng) for c in candidates]
    return min(growths, key=lambda g: abs(np.log(g)))


@catalogue.add("Is it the winner's position or the winner itself that is asked for?")
def returns_position(activation: str, candidates: list[float], depth: int, width: int, rng: Rng) -> int:
    """returns the position of the best candidate in the list instead of the candidate"""
    errors = [abs(np.log(network_growth(activation, c, depth, width, rng))) for c in candidates]
    return int(np.argmin(errors))


@catalogue.add("Does your choice change when another activation is asked for?")
def always_relu(activation: str, candidates: list[float], depth: int, width: int, rng: Rng) -> float:
    """uses ReLU whatever `activation` says"""
    errors = [abs(np.log(network_growth("relu", c, depth, width, rng))) for c in candidates]
    return candidates[int(np.argmin(errors))]


@catalogue.add("Does your choice change when another activation is asked for?")
def always_linear(activation: str, candidates: list[float], depth: int, width: int, rng: Rng) -> float:
    """leaves the activation out, whatever `activation` says"""
    errors = [abs(np.log(network_growth("linear", c, depth, width, rng))) for c in candidates]
    return candidates[int(np.argmin(errors))]


@catalogue.add("At the end of the loop, which candidate does your variable hold?")
def last_candidate(activation: str, candidates: list[float], depth: int, width: int, rng: Rng) -> float:
    """returns the last candidate of the list, whichever is best"""
    for c in candidates:
        best, _ = c, network_growth(activation, c, depth, width, rng)
    return best


@catalogue.add("What differs between two calls of your function? Each is to measure networks of its own.")
def own_seed(activation: str, candidates: list[float], depth: int, width: int, rng: Rng) -> float:
    """makes a generator of its own with a fixed seed, so that every call measures the same networks"""
    rng = np.random.default_rng(0)
    errors = [abs(np.log(network_growth(activation, c, depth, width, rng))) for c in candidates]
    return candidates[int(np.argmin(errors))]
