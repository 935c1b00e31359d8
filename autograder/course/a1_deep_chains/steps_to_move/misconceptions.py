"""Wrong numbers of gradient-descent steps."""

import numpy as np

from autograder.authoring import Catalogue

catalogue = Catalogue()


@catalogue.add("Can a journey take a negative number of steps? What does the sign of the gradient tell you?")
def sign_kept(distance: float, learning_rate: float, gradient: float) -> float:
    """keeps the gradient's sign, so that the number of steps may be negative"""
    if gradient == 0:
        return np.inf
    return distance / (learning_rate * gradient)


@catalogue.add("Call your function with a gradient of 0. Does Python divide a float by 0?")
def division_by_zero(distance: float, learning_rate: float, gradient: float) -> float:
    """divides by 0 when the gradient is 0, which Python refuses"""
    return distance / (learning_rate * abs(gradient))


@catalogue.add("A weight that does not move at all: has it arrived after 0 steps?")
def zero_at_rest(distance: float, learning_rate: float, gradient: float) -> float:
    """returns 0 for a gradient of 0, where the weight never arrives"""
    if gradient == 0:
        return 0.0
    return distance / (learning_rate * abs(gradient))


@catalogue.add("Compare the number that you add with a gradient at depth 150. Which one decides the result?")
def small_number_added(distance: float, learning_rate: float, gradient: float) -> float:
    """adds a small constant against division by 0, which is far larger than a vanished gradient"""
    return distance / (learning_rate * abs(gradient) + 1e-8)


@catalogue.add("How far does one step go? Which two numbers decide that?")
def learning_rate_forgotten(distance: float, learning_rate: float, gradient: float) -> float:
    """leaves out the learning rate"""
    if gradient == 0:
        return np.inf
    return distance / abs(gradient)


@catalogue.add("With twice the learning rate, do you need more steps or fewer?")
def learning_rate_above(distance: float, learning_rate: float, gradient: float) -> float:
    """multiplies by the learning rate instead of dividing by it"""
    if gradient == 0:
        return np.inf
    return distance * learning_rate / abs(gradient)


@catalogue.add("The text asks for the plain quotient. What may a number of steps below 1 tell you?")
def rounded_up(distance: float, learning_rate: float, gradient: float) -> float:
    """rounds up to whole steps"""
    if gradient == 0:
        return np.inf
    return float(np.ceil(distance / (learning_rate * abs(gradient))))


@catalogue.add("Is a gradient of 1e-45 the same as no gradient at all?")
def tiny_counts_as_zero(distance: float, learning_rate: float, gradient: float) -> float:
    """treats a tiny gradient as 0, so that the answer is infinity where it is only enormous"""
    if abs(gradient) < 1e-12:
        return np.inf
    return distance / (learning_rate * abs(gradient))
