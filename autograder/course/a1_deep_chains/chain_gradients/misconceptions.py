"""Wrong derivatives of a chain of numbers."""

import numpy as np

from autograder.authoring import Catalogue
from autograder.course.reference.chains import Array

catalogue = Catalogue()


@catalogue.add("You have the derivative that arrives at layer l. What does w^[l] multiply there?")
def from_behind_only(c: float, depth: int, x: float, y: float) -> Array:
    """takes x for the input of every layer: (ŷ − y)·c^(L−l)·x, without the activation a^[l−1]"""
    error = c**depth * x - y
    return np.array([error * c ** (depth - layer) * x for layer in range(1, depth + 1)])


@catalogue.add("The error sits at the output. Which weights does it pass on its way back to layer l?")
def from_the_front_only(c: float, depth: int, x: float, y: float) -> Array:
    """takes the error at the output for the derivative at every layer: (ŷ − y)·a^[l−1]"""
    error = c**depth * x - y
    return np.array([error * c ** (layer - 1) * x for layer in range(1, depth + 1)])


@catalogue.add("Call your function with c = 0. Which factor did you divide by, and need you divide at all?")
def divides_by_weight(c: float, depth: int, x: float, y: float) -> Array:
    """divides the output by the weight, which fails for c = 0"""
    y_hat = c**depth * x
    return np.full(depth, (y_hat - y) * y_hat / c)


@catalogue.add("Of all the factors in ŷ, which one is gone after you have differentiated by it?")
def own_weight_kept(c: float, depth: int, x: float, y: float) -> Array:
    """keeps w^[l] itself in the product, one factor c too many"""
    error = c**depth * x - y
    return np.full(depth, error * c**depth * x)


@catalogue.add("J falls when ŷ comes closer to y. For ŷ above y, must ∂J/∂ŷ be positive or negative?")
def sign_flipped(c: float, depth: int, x: float, y: float) -> Array:
    """has y − ŷ for ŷ − y"""
    error = y - c**depth * x
    return np.full(depth, error * c ** (depth - 1) * x)


@catalogue.add("Differentiate ½(ŷ − y)² by ŷ. What happens to the ½?")
def half_forgotten(c: float, depth: int, x: float, y: float) -> Array:
    """is twice too large, as for a cost without the ½"""
    error = c**depth * x - y
    return np.full(depth, 2 * error * c ** (depth - 1) * x)


@catalogue.add("Whose derivative is it, the output's or the cost's? What does the chain rule still ask for?")
def output_not_cost(c: float, depth: int, x: float, y: float) -> Array:
    """differentiates ŷ instead of J"""
    return np.full(depth, c ** (depth - 1) * x)


@catalogue.add("Does one weight move here, or do all of them move together?")
def shared_weight(c: float, depth: int, x: float, y: float) -> Array:
    """differentiates by c, as if all layers shared one weight: L times too large"""
    error = c**depth * x - y
    return np.full(depth, error * depth * c ** (depth - 1) * x)


@catalogue.add("What reaches w^[1] when the input is twice as large?")
def input_forgotten(c: float, depth: int, x: float, y: float) -> Array:
    """leaves out the factor x"""
    error = c**depth * x - y
    return np.full(depth, error * c ** (depth - 1))


@catalogue.add("How many weights does the chain have, and how many derivatives do you return?")
def one_for_all(c: float, depth: int, x: float, y: float) -> float:
    """returns one number instead of one for each layer"""
    error = c**depth * x - y
    return error * c ** (depth - 1) * x
