"""Wrong length maps (catalogue O09; the quadrature's own mistakes)."""

from collections.abc import Callable

import numpy as np

from autograder.authoring import Catalogue
from autograder.course.reference.beyond import Array


def phi(z: Array, activation: str) -> Array:
    """The activation function."""
    if activation == "relu":
        return np.maximum(z, 0.0)
    if activation == "tanh":
        return np.tanh(z)
    if activation == "sigmoid":
        return 1.0 / (1.0 + np.exp(-z))
    return z


def average(f: Callable[[Array], Array]) -> float:
    """E[f(z)] for z standard normal."""
    z, weights = np.polynomial.hermite_e.hermegauss(64)
    return float(np.sum(weights * f(z)) / np.sqrt(2 * np.pi))


catalogue = Catalogue()


@catalogue.add("Of what is the mean taken? How large is your result for an odd function such as tanh?")
def mean_of_phi(q: float, weight_variance: float, activation: str) -> float:
    """takes the mean of φ, E[φ], instead of its second moment"""
    return weight_variance * average(lambda z: phi(np.sqrt(q) * z, activation))


@catalogue.add("What do you square, and when: before the average or after it?")
def square_of_the_mean(q: float, weight_variance: float, activation: str) -> float:
    """squares after averaging, E[φ]², instead of before"""
    return weight_variance * average(lambda z: phi(np.sqrt(q) * z, activation)) ** 2


@catalogue.add("ReLU's outputs do not have mean 0. Does the sum in the next layer notice the mean?")
def variance_of_phi(q: float, weight_variance: float, activation: str) -> float:
    """takes the variance of φ instead of its second moment"""
    mean = average(lambda z: phi(np.sqrt(q) * z, activation))
    return weight_variance * average(lambda z: (phi(np.sqrt(q) * z, activation) - mean) ** 2)


@catalogue.add("q is a second moment. What is the standard deviation of the pre-activations?")
def q_without_root(q: float, weight_variance: float, activation: str) -> float:
    """puts q·z into φ where √q·z belongs"""
    return weight_variance * average(lambda z: phi(q * z, activation) ** 2)


@catalogue.add("Where is the average over z? A pre-activation is a random number, not always of size √q.")
def no_average(q: float, weight_variance: float, activation: str) -> float:
    """evaluates φ at the one point √q instead of averaging over z"""
    return float(weight_variance * phi(np.sqrt(q), activation) ** 2)


@catalogue.add("What does your function do with its second argument?")
def weight_variance_forgotten(q: float, weight_variance: float, activation: str) -> float:  # noqa: ARG001
    """leaves weight_variance out"""
    return average(lambda z: phi(np.sqrt(q) * z, activation) ** 2)


@catalogue.add("Is the second argument a variance or a standard deviation? Does it still have to be squared?")
def weight_variance_squared(q: float, weight_variance: float, activation: str) -> float:
    """squares weight_variance, as if it were a standard deviation"""
    return weight_variance**2 * average(lambda z: phi(np.sqrt(q) * z, activation) ** 2)


@catalogue.add("Second moments or standard deviations: which does the function return?")
def root_of_the_result(q: float, weight_variance: float, activation: str) -> float:
    """returns the square root: a standard deviation instead of a second moment"""
    return float(np.sqrt(weight_variance * average(lambda z: phi(np.sqrt(q) * z, activation) ** 2)))


@catalogue.add("φ is the activation function. Which one do you evaluate?")
def relu_for_every_activation(q: float, weight_variance: float, activation: str) -> float:  # noqa: ARG001
    """uses ReLU, whatever the activation is called"""
    return weight_variance * average(lambda z: phi(np.sqrt(q) * z, "relu") ** 2)


@catalogue.add("What does your rule give for the average of 1? It should give 1.")
def weights_not_normalised(q: float, weight_variance: float, activation: str) -> float:
    """does not divide the quadrature weights by √(2π)"""
    z, weights = np.polynomial.hermite_e.hermegauss(64)
    return float(weight_variance * np.sum(weights * phi(np.sqrt(q) * z, activation) ** 2))


@catalogue.add("Whose weights do you use, and what do they add up to before you divide by anything?")
def weights_normalised_twice(q: float, weight_variance: float, activation: str) -> float:
    """divides probabilities, which add up to 1, by √(2π) once more"""
    return (
        weight_variance * average(lambda z: phi(np.sqrt(q) * z, activation) ** 2) / float(np.sqrt(2 * np.pi))
    )


@catalogue.add("What does your rule give for the average of z²? For which weight function is it made?")
def physicists_nodes(q: float, weight_variance: float, activation: str) -> float:
    """uses the nodes for exp(−z²) without the factor √2"""
    z, weights = np.polynomial.hermite.hermgauss(64)
    return float(weight_variance * np.sum(weights * phi(np.sqrt(q) * z, activation) ** 2) / np.sqrt(np.pi))


@catalogue.add("Double the number of nodes: which digits of your result change?")
def ten_nodes(q: float, weight_variance: float, activation: str) -> float:
    """uses 10 quadrature nodes, too few for tanh"""
    z, weights = np.polynomial.hermite_e.hermegauss(10)
    return float(
        weight_variance * np.sum(weights * phi(np.sqrt(q) * z, activation) ** 2) / np.sqrt(2 * np.pi)
    )
