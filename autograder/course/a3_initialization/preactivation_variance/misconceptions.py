"""Wrong variances of a sum."""

import numpy as np

from autograder.authoring import Catalogue

catalogue = Catalogue()


@catalogue.add("z is a sum. How many terms does it have, and where is their number in your formula?")
def without_n(n: int, weight_variance: float, mean_square_input: float) -> float:
    """leaves out n, the number of terms"""
    return weight_variance * mean_square_input


@catalogue.add("Variances of independent terms add up. Do standard deviations, too?")
def standard_deviations_multiplied(n: int, weight_variance: float, mean_square_input: float) -> float:
    """multiplies standard deviations by n where variances add up"""
    return float(n * np.sqrt(weight_variance) * np.sqrt(mean_square_input))


@catalogue.add("Is the variance asked for, or its root?")
def standard_deviation(n: int, weight_variance: float, mean_square_input: float) -> float:
    """returns the standard deviation of z, not its variance"""
    return float(np.sqrt(n * weight_variance * mean_square_input))


@catalogue.add("Which of the arguments are already squares? Read their names once more.")
def weight_variance_squared(n: int, weight_variance: float, mean_square_input: float) -> float:
    """squares the weights' variance, as if it were a standard deviation"""
    return n * weight_variance**2 * mean_square_input


@catalogue.add("Which of the arguments are already squares? Read their names once more.")
def mean_square_squared(n: int, weight_variance: float, mean_square_input: float) -> float:
    """squares the inputs' mean square once more"""
    return n * weight_variance * mean_square_input**2


@catalogue.add("Independent terms partly cancel. What do n equal variances add up to?")
def n_squared(n: int, weight_variance: float, mean_square_input: float) -> float:
    """multiplies by n², as if all terms had the same sign"""
    return n**2 * weight_variance * mean_square_input


@catalogue.add("Does z get larger or smaller when the neuron gets more inputs?")
def divided_by_n(n: int, weight_variance: float, mean_square_input: float) -> float:
    """divides by n where it should multiply, as for a mean"""
    return weight_variance * mean_square_input / n


@catalogue.add("Which of the two is in the formula: the mean of x², or the variance of x?")
def variance_of_relu_inputs(n: int, weight_variance: float, mean_square_input: float) -> float:
    """subtracts the squared mean of ReLU inputs, and so uses Var x where E[x²] belongs"""
    return n * weight_variance * mean_square_input * (1 - 1 / np.pi)


@catalogue.add(
    "mean_square_input is the mean square of what reaches the neuron. Is there anything left to halve?"
)
def halved_for_relu(n: int, weight_variance: float, mean_square_input: float) -> float:
    """halves the mean square for ReLU, although it is given as it is"""
    return n * weight_variance * mean_square_input / 2


@catalogue.add("Weights and inputs are multiplied. What is the variance of a product with mean 0?")
def variances_added(n: int, weight_variance: float, mean_square_input: float) -> float:
    """adds the variance of the weights and the mean square of the inputs"""
    return n * (weight_variance + mean_square_input)
