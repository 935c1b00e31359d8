"""Wrong gradient factors (catalogue O10; the quadrature's own mistakes)."""

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


def slope(z: Array, activation: str) -> Array:
    """The derivative of the activation function."""
    if activation == "relu":
        return np.where(z > 0, 1.0, 0.0)
    if activation == "tanh":
        return 1.0 - np.tanh(z) ** 2
    if activation == "sigmoid":
        return phi(z, "sigmoid") * (1.0 - phi(z, "sigmoid"))
    return np.ones_like(z)


def average(f: Callable[[Array], Array], nodes: int = 64) -> float:
    """E[f(z)] for z standard normal."""
    z, weights = np.polynomial.hermite_e.hermegauss(nodes)
    return float(np.sum(weights * f(z)) / np.sqrt(2 * np.pi))


catalogue = Catalogue()


@catalogue.add("Where is the average over z? q is not a pre-activation but the mean of its square.")
def slope_at_q(q: float, weight_variance: float, activation: str) -> float:
    """evaluates φ' at the one point q instead of averaging over z"""
    return float(weight_variance * slope(np.asarray(q), activation) ** 2)


@catalogue.add("Where is the average over z? A pre-activation is a random number, not always of size √q.")
def slope_at_root_q(q: float, weight_variance: float, activation: str) -> float:
    """evaluates φ' at the one point √q instead of averaging over z"""
    return float(weight_variance * slope(np.sqrt(q), activation) ** 2)


@catalogue.add("A gradient's mean square is multiplied by χ. What happens to the square of φ'?")
def slope_not_squared(q: float, weight_variance: float, activation: str) -> float:
    """averages φ' instead of its square"""
    return weight_variance * average(lambda z: slope(np.sqrt(q) * z, activation))


@catalogue.add("What do you square, and when: before the average or after it?")
def square_of_the_mean(q: float, weight_variance: float, activation: str) -> float:
    """squares after averaging, E[φ']², instead of before"""
    return weight_variance * average(lambda z: slope(np.sqrt(q) * z, activation)) ** 2


@catalogue.add("Through which function does a gradient pass on its way back: φ or its derivative?")
def phi_for_its_slope(q: float, weight_variance: float, activation: str) -> float:
    """uses φ instead of φ': that is the length map"""
    return weight_variance * average(lambda z: phi(np.sqrt(q) * z, activation) ** 2)


@catalogue.add("q is a second moment. What is the standard deviation of the pre-activations?")
def q_without_root(q: float, weight_variance: float, activation: str) -> float:
    """puts q·z into φ' where √q·z belongs"""
    return weight_variance * average(lambda z: slope(q * z, activation) ** 2)


@catalogue.add("What does your function do with its second argument?")
def weight_variance_forgotten(q: float, weight_variance: float, activation: str) -> float:  # noqa: ARG001
    """leaves weight_variance out"""
    return average(lambda z: slope(np.sqrt(q) * z, activation) ** 2)


@catalogue.add("χ multiplies the mean square of a gradient, not its length. Which of the two do you return?")
def root_of_the_result(q: float, weight_variance: float, activation: str) -> float:
    """returns √χ, the factor for a gradient's length"""
    return float(np.sqrt(weight_variance * average(lambda z: slope(np.sqrt(q) * z, activation) ** 2)))


@catalogue.add("χ of a linear layer does not depend on q. Does yours?")
def inner_derivative(q: float, weight_variance: float, activation: str) -> float:
    """multiplies by q, as if √q·z were differentiated, too"""
    return weight_variance * average(lambda z: q * slope(np.sqrt(q) * z, activation) ** 2)


@catalogue.add("What is the derivative of tanh at 0, and what is it at a large z, on either side?")
def tanh_slope_without_square(q: float, weight_variance: float, activation: str) -> float:
    """takes 1 − tanh(z) as the derivative of tanh, where the square is missing"""
    if activation == "tanh":
        return weight_variance * average(lambda z: (1.0 - np.tanh(np.sqrt(q) * z)) ** 2)
    return weight_variance * average(lambda z: slope(np.sqrt(q) * z, activation) ** 2)


@catalogue.add("An odd rule has a node at z = 0. What does ReLU's derivative do there?")
def odd_number_of_nodes(q: float, weight_variance: float, activation: str) -> float:
    """uses an odd number of nodes, one of which lies on ReLU's kink"""
    return weight_variance * average(lambda z: slope(np.sqrt(q) * z, activation) ** 2, nodes=65)


@catalogue.add("What does your rule give for the average of 1? It should give 1.")
def weights_not_normalised(q: float, weight_variance: float, activation: str) -> float:
    """does not divide the quadrature weights by √(2π)"""
    return weight_variance * average(lambda z: slope(np.sqrt(q) * z, activation) ** 2) * np.sqrt(2 * np.pi)


@catalogue.add("Whose weights do you use, and what do they add up to before you divide by anything?")
def weights_normalised_twice(q: float, weight_variance: float, activation: str) -> float:
    """divides probabilities, which add up to 1, by √(2π) once more"""
    return (
        weight_variance
        * average(lambda z: slope(np.sqrt(q) * z, activation) ** 2)
        / float(np.sqrt(2 * np.pi))
    )


@catalogue.add("What does your rule give for the average of z²? For which weight function is it made?")
def physicists_nodes(q: float, weight_variance: float, activation: str) -> float:
    """uses the nodes for exp(−z²) without the factor √2"""
    return weight_variance * average(lambda z: slope(np.sqrt(q / 2) * z, activation) ** 2)


@catalogue.add("Double the number of nodes: which digits of your result change?")
def twenty_nodes(q: float, weight_variance: float, activation: str) -> float:
    """uses 20 quadrature nodes, too few for tanh"""
    return weight_variance * average(lambda z: slope(np.sqrt(q) * z, activation) ** 2, nodes=20)
