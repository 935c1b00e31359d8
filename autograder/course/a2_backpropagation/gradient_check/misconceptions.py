"""Wrong gradient checks.

Results of right gradients are round-off, which depends on the order of a sum: `alike` compares them loosely.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.authoring import Catalogue
from autograder.authoring.student import Call
from autograder.course.reference.backpropagation import Array

F = Callable[[Array], float]


def alike(call: Call, value: Any) -> bool:
    """Whether `value` explains the recorded result: equal to 1e-6, or both are round-off."""
    result = np.asarray(call.reply.result if isinstance(call.reply.result, float | np.ndarray) else None)
    if result.dtype.kind != "f" or result.shape != np.shape(value):
        return False
    return bool(np.allclose(result, value, rtol=1e-6, atol=1e-9, equal_nan=True))


def quotient(f: F, theta: Array, i: int, epsilon: float) -> Any:
    """The right central difference in coordinate i."""
    plus, minus = theta.copy(), theta.copy()
    plus[i] += epsilon
    minus[i] -= epsilon
    return (f(plus) - f(minus)) / (2.0 * epsilon)


def differences(f: F, theta: Array, epsilon: float) -> Array:
    """The right estimate of the gradient."""
    return np.array([quotient(f, theta, i, epsilon) for i in range(theta.size)])


def scale(gradient: Array, estimate: Array) -> Any:
    """The right measure of both."""
    return np.linalg.norm(gradient) + np.linalg.norm(estimate)


def compare(gradient: Array, estimate: Array) -> Any:
    """The right measure of their difference."""
    size = scale(gradient, estimate)
    return float(np.linalg.norm(gradient - estimate) / size) if size > 0 else 0.0


def checked(f: F, theta: Array, gradient: Array, epsilon: float = 1e-5) -> Any:
    """The right check."""
    return compare(gradient, differences(f, theta, epsilon))


catalogue = Catalogue(alike, whole=checked)


@catalogue.instead_of(
    quotient, "Try your difference quotient on θ² with epsilon = 0.1. How large is its error?"
)
def one_sided(f: F, theta: Array, i: int, epsilon: float) -> Any:
    """steps to one side only: (f(θ + ε) − f(θ)) / ε"""
    plus = theta.copy()
    plus[i] += epsilon
    return (f(plus) - f(theta)) / epsilon


@catalogue.add("How far apart are the two points at which you evaluate f?")
def divided_by_epsilon(f: F, theta: Array, gradient: Array, epsilon: float = 1e-5) -> Any:
    """divides the central difference by ε: the estimate is twice too large"""
    return compare(gradient, 2.0 * differences(f, theta, epsilon))


@catalogue.instead_of(
    quotient, "After plus = theta, how many arrays are there? Print both after you have changed one of them."
)
def plus_and_minus_are_one_array(f: F, theta: Array, i: int, epsilon: float) -> Any:
    """uses theta itself for both points, so that they are the same array and the difference is 0"""
    plus = minus = theta
    plus[i] += epsilon
    minus[i] -= epsilon
    return (f(plus) - f(minus)) / (2.0 * epsilon)


@catalogue.add("What is theta[0] when your loop has moved on to theta[1]?")
def coordinate_not_restored(f: F, theta: Array, gradient: Array, epsilon: float = 1e-5) -> Any:
    """does not put a coordinate back before it moves the next one"""
    estimate, moved = np.zeros(theta.size), theta.copy()
    for i in range(theta.size):
        moved[i] += epsilon
        above = f(moved)
        moved[i] -= 2.0 * epsilon
        estimate[i] = (above - f(moved)) / (2.0 * epsilon)
    return compare(gradient, estimate)


@catalogue.instead_of(quotient, "A partial derivative moves one coordinate. How many do you move at a time?")
def all_coordinates_at_once(f: F, theta: Array, i: int, epsilon: float) -> Any:
    """moves all coordinates at once"""
    return (f(theta + epsilon) - f(theta - epsilon)) / (2.0 * epsilon)


@catalogue.add(
    "How many digits of f(θ + 1e-14) − f(θ − 1e-14) are left in float64? Which step did the caller ask for?"
)
def fixed_step_too_small(f: F, theta: Array, gradient: Array, epsilon: float = 1e-5) -> Any:
    """uses a step of 1e-14 whatever the caller asks for: round-off is all that is left"""
    return checked(f, theta, gradient, 1e-14)


@catalogue.add("Which step did the caller ask for? Over 0.1 a function bends, and a ReLU may have its kink.")
def fixed_step_too_large(f: F, theta: Array, gradient: Array, epsilon: float = 1e-5) -> Any:
    """uses a step of 0.1 whatever the caller asks for: curvature and kinks spoil the estimate"""
    return checked(f, theta, gradient, 0.1)


@catalogue.add("Which step did the caller ask for?")
def fixed_step_of_the_textbook(f: F, theta: Array, gradient: Array, epsilon: float = 1e-5) -> Any:
    """uses a step of 1e-7 whatever the caller asks for"""
    return checked(f, theta, gradient, 1e-7)


@catalogue.add("How many digits has a float32? What is left of them in f(θ + ε) − f(θ − ε)?")
def single_precision(f: F, theta: Array, gradient: Array, epsilon: float = 1e-5) -> Any:
    """computes in float32, where the difference of two values has hardly a digit left"""
    return checked(f, theta.astype(np.float32), gradient, epsilon)


@catalogue.instead_of(compare, "What does your formula give if both gradients are zero?")
def zero_over_zero(gradient: Array, estimate: Array) -> Any:
    """divides 0 by 0 if both gradients are zero: nan is not larger than any threshold"""
    return np.linalg.norm(gradient - estimate) / scale(gradient, estimate)


@catalogue.instead_of(
    compare, "Try gradients of size 1e-26 and opposite signs. Which default of np.allclose decides?"
)
def allclose(gradient: Array, estimate: Array) -> Any:
    """returns 0 whenever np.allclose is content, with its absolute tolerance of 1e-8"""
    if np.allclose(gradient, estimate):
        return 0.0
    return float(np.linalg.norm(gradient - estimate) / scale(gradient, estimate))


@catalogue.instead_of(
    scale, "Try gradients of size 1e-26 and opposite signs. Which part of your denominator decides?"
)
def floor_in_the_denominator(gradient: Array, estimate: Array) -> Any:
    """never divides by less than 1e-8: small gradients always look right"""
    return max(1e-8, np.linalg.norm(gradient) + np.linalg.norm(estimate))


@catalogue.instead_of(compare, "Is a difference of 1e10 large? Compare it with a gradient of size 1e26.")
def absolute_difference(gradient: Array, estimate: Array) -> Any:
    """returns ‖g − ĝ‖ without dividing: the result depends on the gradient's scale"""
    return float(np.linalg.norm(gradient - estimate))


@catalogue.instead_of(
    scale, "The contract's denominator has two terms. What becomes of yours if the gradient is zero?"
)
def relative_to_the_estimate(gradient: Array, estimate: Array) -> Any:
    """divides by ‖ĝ‖ alone, where the sum of both norms is asked for"""
    return np.linalg.norm(estimate)


@catalogue.instead_of(
    scale, "The contract's denominator has two terms. How large can the result become with yours?"
)
def relative_to_the_larger(gradient: Array, estimate: Array) -> Any:
    """divides by the larger of the two norms, where their sum is asked for"""
    return max(np.linalg.norm(gradient), np.linalg.norm(estimate))


@catalogue.instead_of(
    scale, "The contract's denominator has two terms. What becomes of yours if the estimate is zero?"
)
def relative_to_the_gradient(gradient: Array, estimate: Array) -> Any:
    """divides by ‖g‖ alone, where the sum of both norms is asked for"""
    return np.linalg.norm(gradient)


@catalogue.instead_of(
    scale, "Try gradients of size 1e-26 and opposite signs. Which part of your denominator decides?"
)
def small_number_in_the_denominator(gradient: Array, estimate: Array) -> Any:
    """adds 1e-8 to the denominator: small gradients always look right"""
    return np.linalg.norm(gradient) + np.linalg.norm(estimate) + 1e-8


@catalogue.instead_of(scale, "Is the norm of a sum the sum of the norms? Try g = −ĝ.")
def norm_of_the_sum(gradient: Array, estimate: Array) -> Any:
    """divides by ‖g + ĝ‖, where ‖g‖ + ‖ĝ‖ is asked for"""
    return np.linalg.norm(gradient + estimate)


@catalogue.instead_of(compare, "How long is (3, 4): 7, or 5? Which norm is ‖·‖?")
def sums_of_absolute_values(gradient: Array, estimate: Array) -> Any:
    """uses the sum of the absolute values for the norm"""
    size = np.sum(np.abs(gradient)) + np.sum(np.abs(estimate))
    return float(np.sum(np.abs(gradient - estimate)) / size) if size > 0 else 0.0


@catalogue.instead_of(compare, "How long is (3, 4): 4, or 5? Which norm is ‖·‖?")
def largest_entries(gradient: Array, estimate: Array) -> Any:
    """uses the largest absolute value for the norm"""
    size = np.max(np.abs(gradient)) + np.max(np.abs(estimate))
    return float(np.max(np.abs(gradient - estimate)) / size) if size > 0 else 0.0


@catalogue.instead_of(compare, "What is the length of (3, 4)? Does your norm take a root?")
def norms_squared(gradient: Array, estimate: Array) -> Any:
    """uses squared norms: the roots are missing"""
    size = np.sum(gradient**2) + np.sum(estimate**2)
    return float(np.sum((gradient - estimate) ** 2) / size) if size > 0 else 0.0


@catalogue.add("What are plus[0] and minus[0] when your loop has moved on to the second coordinate?")
def neither_point_restored(f: F, theta: Array, gradient: Array, epsilon: float = 1e-5) -> Any:
    """moves both points on and on: a coordinate is not put back in them before the next one is moved"""
    plus, minus, estimate = theta.copy(), theta.copy(), np.zeros(theta.size)
    for i in range(theta.size):
        plus[i] += epsilon
        minus[i] -= epsilon
        estimate[i] = (f(plus) - f(minus)) / (2.0 * epsilon)
    return compare(gradient, estimate)


@catalogue.add("What is theta[0] when your loop has moved on to theta[1], and what is it when all is done?")
def theta_left_behind(f: F, theta: Array, gradient: Array, epsilon: float = 1e-5) -> Any:
    """moves theta itself and does not put a coordinate back before it moves the next one"""
    estimate = np.zeros(theta.size)
    for i in range(theta.size):
        theta[i] += epsilon
        above = f(theta)
        theta[i] -= 2.0 * epsilon
        estimate[i] = (above - f(theta)) / (2.0 * epsilon)
    return compare(gradient, estimate)


@catalogue.add("Does the caller still have its theta after your function has run, to the last digit?")
def changes_theta(f: F, theta: Array, gradient: Array, epsilon: float = 1e-5) -> Any:
    """leaves theta displaced, which belongs to the caller"""
    result = checked(f, theta, gradient, epsilon)
    theta += epsilon
    return result
