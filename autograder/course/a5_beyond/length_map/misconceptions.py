"""Wrong length maps."""

import numpy as np

from autograder.authoring import Catalogue
from autograder.course.a5_beyond._mean_field import (
    RTOL,
    Rule,
    next_length,
    phi,
    preactivations,
    rule,
    rules,
    second_moment,
)
from autograder.course.reference.beyond import Array

catalogue = Catalogue(whole=next_length, rtol=RTOL)


@catalogue.instead_of(
    second_moment, "Of what is the mean taken? How large is your result for an odd function such as tanh?"
)
def mean_of_phi(values: Array, p: Array) -> float:
    """takes the mean of φ, E[φ], instead of its second moment"""
    return np.sum(p * values)


@catalogue.instead_of(second_moment, "What do you square, and when: before the average or after it?")
def square_of_the_mean(values: Array, p: Array) -> float:
    """squares after averaging, E[φ]², instead of before"""
    return np.sum(p * values) ** 2


@catalogue.instead_of(
    second_moment, "ReLU's outputs do not have mean 0. Does the sum in the next layer notice the mean?"
)
def variance_of_phi(values: Array, p: Array) -> float:
    """takes the variance of φ instead of its second moment"""
    return np.sum(p * (values - np.sum(p * values)) ** 2)


@catalogue.instead_of(
    preactivations, "q is a second moment. What is the standard deviation of the pre-activations?"
)
def q_without_root(q: float, z: Array) -> Array:
    """puts q·z into φ where √q·z belongs"""
    return q * z


@catalogue.add("Where is the average over z? A pre-activation is a random number, not always of size √q.")
def no_average(q: float, weight_variance: float, activation: str) -> float:
    """evaluates φ at the one point √q instead of averaging over z"""
    return float(weight_variance * phi(np.sqrt(q), activation) ** 2)


@catalogue.add("What does your function do with its second argument?")
def weight_variance_forgotten(q: float, weight_variance: float, activation: str) -> float:
    """leaves weight_variance out"""
    return next_length(q, 1.0, activation)


@catalogue.add("Is the second argument a variance or a standard deviation? Does it still have to be squared?")
def weight_variance_squared(q: float, weight_variance: float, activation: str) -> float:
    """squares weight_variance, as if it were a standard deviation"""
    return next_length(q, weight_variance**2, activation)


@catalogue.add("Second moments or standard deviations: which does the function return?")
def root_of_the_result(q: float, weight_variance: float, activation: str) -> float:
    """returns the square root: a standard deviation instead of a second moment"""
    return np.sqrt(next_length(q, weight_variance, activation))


@catalogue.add("φ is the activation function. Which one do you evaluate?")
def relu_for_every_activation(q: float, weight_variance: float, activation: str) -> float:
    """uses ReLU, whatever the activation is called"""
    return next_length(q, weight_variance, "relu")


catalogue.include(rules, "weights_not_normalised", "weights_normalised_twice", "physicists_nodes")


@catalogue.instead_of(rule, "Double the number of nodes: which digits of your result change?")
def ten_nodes() -> Rule:
    """uses 10 quadrature nodes, too few for tanh"""
    z, weights = np.polynomial.hermite_e.hermegauss(10)
    return z, weights / np.sqrt(2 * np.pi)
