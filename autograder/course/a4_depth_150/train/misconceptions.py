"""Wrong gradient descents (catalogue T01–T03, T05 and what goes wrong in the loop).

T04 and T06 are initial weights of other sizes: to a function that is given its parameters they are one mistake
with T02, a start of its own.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from autograder.authoring import Catalogue
from autograder.authoring.misconception import named_after
from autograder.authoring.parts import Function
from autograder.course.reference.backpropagation import Array, Parameters, backward, forward

Losses = Array
Slope = Callable[[Parameters], dict[str, Array]]  # the gradients at these parameters
Step = Callable[[Parameters, Slope, float], Parameters]
Initial = Callable[[str, Array], Array]  # for a parameter of this name and value
Told = Callable[[Losses, Array], Any]  # of all losses and Y


def given(_name: str, value: Array) -> Array:
    """Training starts from the parameters that are given."""
    return value


def every_parameter(parameters: Parameters, slope: Slope, learning_rate: float) -> Parameters:
    """All parameters go down their gradients at once."""
    gradients = slope(parameters)
    return {name: value - learning_rate * gradients["d" + name] for name, value in parameters.items()}


def all_losses(losses: Losses, _Y: Array) -> Losses:
    """The loss before the first step and after each."""
    return losses


def loss(Y_hat: Array, Y: Array) -> float:
    """The right cost."""
    return 0.5 * float(np.sum((Y_hat - Y) ** 2)) / Y.shape[1]


def gradients_at(X: Array, Y: Array, parameters: Parameters, activation: str) -> dict[str, Array]:
    """The right gradients."""
    Y_hat, caches = forward(X, parameters, activation)
    return backward(Y_hat, Y, parameters, caches, activation)


def descend(
    X: Array,
    Y: Array,
    parameters: Parameters,
    activation: str,
    learning_rate: float,
    steps: int,
    *,
    initial: Initial = given,
    step: Step = every_parameter,
    told: Told = all_losses,
) -> Any:
    """A descent of these parts, which are right unless one is given."""
    parameters = {name: initial(name, value) for name, value in parameters.items()}
    losses = [loss(forward(X, parameters, activation)[0], Y)]
    for _ in range(steps):
        parameters = step(parameters, lambda now: gradients_at(X, Y, now, activation), learning_rate)
        losses.append(loss(forward(X, parameters, activation)[0], Y))
    return told(np.array(losses), Y)


def with_initial(initial: Initial) -> Function:
    """The descent from other parameters."""
    return named_after(initial, partial(descend, initial=initial))


def with_step(step: Step) -> Function:
    """The descent by other steps."""
    return named_after(step, partial(descend, step=step))


def with_told(told: Told) -> Function:
    """The right descent, of which something else is told."""
    return named_after(told, partial(descend, told=told))


catalogue = Catalogue()


@catalogue.add("The gradient points to where the loss grows. Which way do you go?")
@with_step
def ascent(parameters: Parameters, slope: Slope, learning_rate: float) -> Parameters:
    """adds the gradient and so climbs"""
    return every_parameter(parameters, slope, -learning_rate)


@catalogue.add("Train twice from the same dictionary. Does the second run start where the first did?")
@with_step
def changes_parameters(parameters: Parameters, slope: Slope, learning_rate: float) -> Parameters:
    """changes the caller's parameters in place"""
    gradients = slope(parameters)
    for name, value in parameters.items():
        value -= learning_rate * gradients["d" + name]
    return parameters


@catalogue.add("How many losses are there when no step is taken?")
@with_told
def first_loss_missing(losses: Losses, _Y: Array) -> Losses:
    """records a loss after each step but not the one before the first"""
    return losses[1:]


@catalogue.add("After the last step the parameters are new. Which loss do they have?")
@with_told
def last_loss_missing(losses: Losses, _Y: Array) -> Losses:
    """records the loss before each step but not the one after the last"""
    return losses[:-1]


@catalogue.add("Which value is the history and which only its end?")
@with_told
def last_loss_only(losses: Losses, _Y: Array) -> float:
    """returns the last loss alone"""
    return float(losses[-1])


@catalogue.add("Compare your loss with J for a single example with an error of 1.")
@with_told
def half_left_out(losses: Losses, _Y: Array) -> Losses:
    """leaves out the factor ½ of J in the losses"""
    return 2 * losses


@catalogue.add("J is a mean over something. Should twice the data give twice the loss?")
@with_told
def sum_for_mean(losses: Losses, Y: Array) -> Losses:
    """sums over the examples where J takes their mean"""
    return Y.shape[1] * losses


@catalogue.add("J is a mean over the examples. Over what else does `np.mean` average?")
@with_told
def mean_over_outputs(losses: Losses, Y: Array) -> Losses:
    """averages over the outputs as well as over the examples"""
    return losses / Y.shape[0]


@catalogue.add("`backward` already holds the mean over the examples. How often do you divide by m?")
def divides_gradient_by_m(
    X: Array, Y: Array, parameters: Parameters, activation: str, learning_rate: float, steps: int
) -> Losses:
    """divides the gradients by the number of examples a second time"""
    return descend(X, Y, parameters, activation, learning_rate / X.shape[1], steps)


@catalogue.add("Which entries of the dictionary does your loop change?")
@with_step
def biases_fixed(parameters: Parameters, slope: Slope, learning_rate: float) -> Parameters:
    """updates the weights but not the biases"""
    new = every_parameter(parameters, slope, learning_rate)
    return {name: new[name] if name[0] == "W" else value for name, value in parameters.items()}


@catalogue.add("Which layers does your loop visit?")
@with_step
def last_layer_fixed(parameters: Parameters, slope: Slope, learning_rate: float) -> Parameters:
    """does not update the last layer"""
    new, L = every_parameter(parameters, slope, learning_rate), len(parameters) // 2
    last = {name: parameters[name] for name in (f"W{L}", f"b{L}")}
    return {**new, **last}


@catalogue.add("After a step the parameters are new. Are the gradients?")
def stale_gradients(
    X: Array, Y: Array, parameters: Parameters, activation: str, learning_rate: float, steps: int
) -> Losses:
    """computes the gradients once and uses them for all steps"""
    gradients, parameters, losses = gradients_at(X, Y, parameters, activation), dict(parameters), []
    for _ in range(steps + 1):
        losses.append(loss(forward(X, parameters, activation)[0], Y))
        parameters = {
            name: value - learning_rate * gradients["d" + name] for name, value in parameters.items()
        }
    return np.array(losses)


@catalogue.add("All gradients of a step belong to the same parameters. When do you compute them?")
@with_step
def one_layer_after_the_other(parameters: Parameters, slope: Slope, learning_rate: float) -> Parameters:
    """computes the gradients anew after each single update, with half of the parameters changed"""
    new = dict(parameters)
    for name in parameters:
        new[name] = new[name] - learning_rate * slope(new)["d" + name]
    return new


@catalogue.add("Each step starts where the last one ended. Where do yours start?")
def always_from_the_start(
    X: Array, Y: Array, parameters: Parameters, activation: str, learning_rate: float, steps: int
) -> Losses:
    """takes every step from the first parameters, so that it never gets beyond one step"""
    losses = descend(X, Y, parameters, activation, learning_rate, 1)
    return np.array([losses[0]] + [losses[1]] * steps)


@catalogue.add("From which parameters should training start?")
@with_initial
def starts_from_zeros(_name: str, value: Array) -> Array:
    """replaces the given parameters by zeros, from which symmetric units cannot part"""
    return np.zeros_like(value)


@catalogue.add("From which parameters should training start?")
@with_initial
def starts_from_constants(name: str, value: Array) -> Array:
    """replaces the given weights by a constant, from which symmetric units cannot part"""
    return 0.1 * np.ones_like(value) if name[0] == "W" else 0 * value


@catalogue.add("From which parameters should training start?")
def starts_from_own_weights(
    X: Array, Y: Array, parameters: Parameters, activation: str, learning_rate: float, steps: int
) -> Losses:
    """replaces the given weights by small random ones of its own"""
    rng = np.random.default_rng(0)
    own = {
        name: 0.01 * rng.standard_normal(value.shape) if name[0] == "W" else 0 * value
        for name, value in parameters.items()
    }
    return descend(X, Y, own, activation, learning_rate, steps)
