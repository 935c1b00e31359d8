"""The right `length_map` and `gradient_factor` in small parts, and the mistakes of their quadrature."""

import numpy as np

from autograder.authoring import Catalogue
from autograder.course.reference.beyond import Array

RTOL = 5e-4  # whatever rule a student integrates with: the checks take 1e-3
Rule = tuple[Array, Array]  # nodes and probabilities


def logistic(z: Array) -> Array:
    """1/(1 + exp(−z))."""
    return 1.0 / (1.0 + np.exp(-z))


def phi(z: Array, activation: str) -> Array:
    """The activation function."""
    functions = {"linear": z, "relu": np.maximum(z, 0.0), "tanh": np.tanh(z), "sigmoid": logistic(z)}
    return functions[activation]


def slope(z: Array, activation: str) -> Array:
    """Its derivative."""
    slopes = {
        "linear": np.ones_like(z),
        "relu": np.where(z > 0, 1.0, 0.0),
        "tanh": 1.0 - np.tanh(z) ** 2,
        "sigmoid": logistic(z) * logistic(-z),
    }
    return slopes[activation]


def rule() -> Rule:
    """Nodes z and probabilities p, with which sum(p·f(z)) is E[f(z)] for z standard normal."""
    z, weights = np.polynomial.hermite_e.hermegauss(64)
    return z, weights / np.sqrt(2 * np.pi)


def preactivations(q: float, z: Array) -> Array:
    """Random numbers of second moment q."""
    return np.sqrt(q) * z


def second_moment(values: Array, p: Array) -> float:
    """The mean of their squares."""
    return np.sum(p * values**2)


def next_length(q: float, weight_variance: float, activation: str) -> float:
    """The right length map."""
    z, p = rule()
    return weight_variance * second_moment(phi(preactivations(q, z), activation), p)


def right_factor(q: float, weight_variance: float, activation: str) -> float:
    """The right gradient factor."""
    z, p = rule()
    return weight_variance * second_moment(slope(preactivations(q, z), activation), p)


rules = Catalogue(whole=rule)


@rules.add("What does your rule give for the average of 1? It should give 1.")
def weights_not_normalised() -> Rule:
    """does not divide the quadrature weights by √(2π)"""
    return np.polynomial.hermite_e.hermegauss(64)


@rules.add("Whose weights do you use, and what do they add up to before you divide by anything?")
def weights_normalised_twice() -> Rule:
    """divides probabilities, which add up to 1, by √(2π) once more"""
    z, weights = np.polynomial.hermite_e.hermegauss(64)
    return z, weights / (2 * np.pi)


@rules.add("What does your rule give for the average of z²? For which weight function is it made?")
def physicists_nodes() -> Rule:
    """uses the nodes for exp(−z²) without the factor √2"""
    z, weights = np.polynomial.hermite.hermgauss(64)
    return z, weights / np.sqrt(np.pi)
