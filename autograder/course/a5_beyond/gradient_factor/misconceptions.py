"""Wrong gradient factors."""

import numpy as np

from autograder.authoring import Catalogue
from autograder.course.a5_beyond._mean_field import (
    RTOL,
    Rule,
    phi,
    preactivations,
    right_factor,
    rule,
    rules,
    second_moment,
    slope,
)
from autograder.course.reference.beyond import Array

catalogue = Catalogue(whole=right_factor, rtol=RTOL)


@catalogue.add("Where is the average over z? q is not a pre-activation but the mean of its square.")
def slope_at_q(q: float, weight_variance: float, activation: str) -> float:
    """evaluates φ' at the one point q instead of averaging over z"""
    return float(weight_variance * slope(np.asarray(q), activation) ** 2)


@catalogue.add("Where is the average over z? A pre-activation is a random number, not always of size √q.")
def slope_at_root_q(q: float, weight_variance: float, activation: str) -> float:
    """evaluates φ' at the one point √q instead of averaging over z"""
    return float(weight_variance * slope(np.sqrt(q), activation) ** 2)


@catalogue.instead_of(
    second_moment, "A gradient's mean square is multiplied by χ. What happens to the square of φ'?"
)
def slope_not_squared(values: Array, p: Array) -> float:
    """averages φ' instead of its square"""
    return np.sum(p * values)


@catalogue.instead_of(second_moment, "What do you square, and when: before the average or after it?")
def square_of_the_mean(values: Array, p: Array) -> float:
    """squares after averaging, E[φ']², instead of before"""
    return np.sum(p * values) ** 2


@catalogue.instead_of(
    slope, "Through which function does a gradient pass on its way back: φ or its derivative?"
)
def phi_for_its_slope(z: Array, activation: str) -> Array:
    """uses φ instead of φ': that is the length map"""
    return phi(z, activation)


@catalogue.instead_of(
    preactivations, "q is a second moment. What is the standard deviation of the pre-activations?"
)
def q_without_root(q: float, z: Array) -> Array:
    """puts q·z into φ' where √q·z belongs"""
    return q * z


@catalogue.add("What does your function do with its second argument?")
def weight_variance_forgotten(q: float, weight_variance: float, activation: str) -> float:
    """leaves weight_variance out"""
    return right_factor(q, 1.0, activation)


@catalogue.add("χ multiplies the mean square of a gradient, not its length. Which of the two do you return?")
def root_of_the_result(q: float, weight_variance: float, activation: str) -> float:
    """returns √χ, the factor for a gradient's length"""
    return np.sqrt(right_factor(q, weight_variance, activation))


@catalogue.add("χ of a linear layer does not depend on q. Does yours?")
def inner_derivative(q: float, weight_variance: float, activation: str) -> float:
    """multiplies by q, as if √q·z were differentiated, too"""
    return q * right_factor(q, weight_variance, activation)


@catalogue.add("What is the derivative of tanh at 0, and what is it at a large z, on either side?")
def tanh_slope_without_square(q: float, weight_variance: float, activation: str) -> float:
    """takes 1 − tanh(z) as the derivative of tanh, where the square is missing"""
    if activation != "tanh":
        return right_factor(q, weight_variance, activation)
    z, p = rule()
    return weight_variance * second_moment(1.0 - np.tanh(preactivations(q, z)), p)


@catalogue.add("φ' is a function of z. Of what do you take it?")
def slope_at_the_activation(q: float, weight_variance: float, activation: str) -> float:
    """takes φ' at φ(z), where it belongs at z"""
    z, p = rule()
    a = phi(preactivations(q, z), activation)
    return weight_variance * second_moment(slope(a, activation), p)


@catalogue.instead_of(rule, "An odd rule has a node at z = 0. What does ReLU's derivative do there?")
def odd_number_of_nodes() -> Rule:
    """uses an odd number of nodes, one of which lies on ReLU's kink"""
    z, weights = np.polynomial.hermite_e.hermegauss(65)
    return z, weights / np.sqrt(2 * np.pi)


catalogue.include(rules, "weights_not_normalised", "weights_normalised_twice", "physicists_nodes")


@catalogue.instead_of(rule, "Double the number of nodes: which digits of your result change?")
def twenty_nodes() -> Rule:
    """uses 20 quadrature nodes, too few for tanh"""
    z, weights = np.polynomial.hermite_e.hermegauss(20)
    return z, weights / np.sqrt(2 * np.pi)
