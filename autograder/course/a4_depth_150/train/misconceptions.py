"""Wrong gradient descents (catalogue T01–T03, T05 and what goes wrong in the loop).

T04 and T06 are initial weights of other sizes: to a function that is given its parameters they are one mistake
with T02, a start of its own.
"""

import numpy as np

from autograder.authoring import Catalogue
from autograder.course.reference.backpropagation import Array, Parameters, backward, forward

Losses = Array


def loss(Y_hat: Array, Y: Array) -> float:
    """The right cost."""
    return 0.5 * float(np.sum((Y_hat - Y) ** 2)) / Y.shape[1]


def gradients_at(X: Array, Y: Array, parameters: Parameters, activation: str) -> dict[str, Array]:
    """The right gradients."""
    Y_hat, caches = forward(X, parameters, activation)
    return backward(Y_hat, Y, parameters, caches, activation)


def descend(
    X: Array, Y: Array, parameters: Parameters, activation: str, learning_rate: float, steps: int
) -> Losses:
    """The right descent."""
    losses = [loss(forward(X, parameters, activation)[0], Y)]
    for _ in range(steps):
        gradients = gradients_at(X, Y, parameters, activation)
        parameters = {
            name: value - learning_rate * gradients["d" + name] for name, value in parameters.items()
        }
        losses.append(loss(forward(X, parameters, activation)[0], Y))
    return np.array(losses)


catalogue = Catalogue()


@catalogue.add("The gradient points to where the loss grows. Which way do you go?")
def ascent(
    X: Array, Y: Array, parameters: Parameters, activation: str, learning_rate: float, steps: int
) -> Losses:
    """adds the gradient and so climbs"""
    return descend(X, Y, parameters, activation, -learning_rate, steps)


@catalogue.add("Train twice from the same dictionary. Does the second run start where the first did?")
def changes_parameters(
    X: Array, Y: Array, parameters: Parameters, activation: str, learning_rate: float, steps: int
) -> Losses:
    """changes the caller's parameters in place"""
    losses = [loss(forward(X, parameters, activation)[0], Y)]
    for _ in range(steps):
        gradients = gradients_at(X, Y, parameters, activation)
        for name in parameters:
            parameters[name][...] -= learning_rate * gradients["d" + name]
        losses.append(loss(forward(X, parameters, activation)[0], Y))
    return np.array(losses)


@catalogue.add("How many losses are there when no step is taken?")
def first_loss_missing(
    X: Array, Y: Array, parameters: Parameters, activation: str, learning_rate: float, steps: int
) -> Losses:
    """records a loss after each step but not the one before the first"""
    return descend(X, Y, parameters, activation, learning_rate, steps)[1:]


@catalogue.add("After the last step the parameters are new. Which loss do they have?")
def last_loss_missing(
    X: Array, Y: Array, parameters: Parameters, activation: str, learning_rate: float, steps: int
) -> Losses:
    """records the loss before each step but not the one after the last"""
    return descend(X, Y, parameters, activation, learning_rate, steps)[:-1]


@catalogue.add("Which value is the history and which only its end?")
def last_loss_only(
    X: Array, Y: Array, parameters: Parameters, activation: str, learning_rate: float, steps: int
) -> float:
    """returns the last loss alone"""
    return float(descend(X, Y, parameters, activation, learning_rate, steps)[-1])


@catalogue.add("Compare your loss with J for a single example with an error of 1.")
def half_left_out(
    X: Array, Y: Array, parameters: Parameters, activation: str, learning_rate: float, steps: int
) -> Losses:
    """leaves out the factor ½ of J in the losses"""
    return 2 * descend(X, Y, parameters, activation, learning_rate, steps)


@catalogue.add("J is a mean over something. Should twice the data give twice the loss?")
def sum_for_mean(
    X: Array, Y: Array, parameters: Parameters, activation: str, learning_rate: float, steps: int
) -> Losses:
    """sums over the examples where J takes their mean"""
    return Y.shape[1] * descend(X, Y, parameters, activation, learning_rate, steps)


@catalogue.add("J is a mean over the examples. Over what else does `np.mean` average?")
def mean_over_outputs(
    X: Array, Y: Array, parameters: Parameters, activation: str, learning_rate: float, steps: int
) -> Losses:
    """averages over the outputs as well as over the examples"""
    return descend(X, Y, parameters, activation, learning_rate, steps) / Y.shape[0]


@catalogue.add("`backward` already holds the mean over the examples. How often do you divide by m?")
def divides_gradient_by_m(
    X: Array, Y: Array, parameters: Parameters, activation: str, learning_rate: float, steps: int
) -> Losses:
    """divides the gradients by the number of examples a second time"""
    return descend(X, Y, parameters, activation, learning_rate / X.shape[1], steps)


@catalogue.add("Which entries of the dictionary does your loop change?")
def biases_fixed(
    X: Array, Y: Array, parameters: Parameters, activation: str, learning_rate: float, steps: int
) -> Losses:
    """updates the weights but not the biases"""
    parameters, losses = dict(parameters), []
    for _ in range(steps + 1):
        losses.append(loss(forward(X, parameters, activation)[0], Y))
        gradients = gradients_at(X, Y, parameters, activation)
        for name in [name for name in parameters if name.startswith("W")]:
            parameters[name] = parameters[name] - learning_rate * gradients["d" + name]
    return np.array(losses)


@catalogue.add("Which layers does your loop visit?")
def last_layer_fixed(
    X: Array, Y: Array, parameters: Parameters, activation: str, learning_rate: float, steps: int
) -> Losses:
    """does not update the last layer"""
    parameters, losses = dict(parameters), []
    for _ in range(steps + 1):
        losses.append(loss(forward(X, parameters, activation)[0], Y))
        gradients = gradients_at(X, Y, parameters, activation)
        for l in range(1, len(parameters) // 2):
            for name in (f"W{l}", f"b{l}"):
                parameters[name] = parameters[name] - learning_rate * gradients["d" + name]
    return np.array(losses)


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
def one_layer_after_the_other(
    X: Array, Y: Array, parameters: Parameters, activation: str, learning_rate: float, steps: int
) -> Losses:
    """computes the gradients anew after each single update, with half of the parameters changed"""
    parameters, losses = dict(parameters), []
    for _ in range(steps + 1):
        losses.append(loss(forward(X, parameters, activation)[0], Y))
        for name in list(parameters):
            gradients = gradients_at(X, Y, parameters, activation)
            parameters[name] = parameters[name] - learning_rate * gradients["d" + name]
    return np.array(losses)


@catalogue.add("Each step starts where the last one ended. Where do yours start?")
def always_from_the_start(
    X: Array, Y: Array, parameters: Parameters, activation: str, learning_rate: float, steps: int
) -> Losses:
    """takes every step from the first parameters, so that it never gets beyond one step"""
    losses = descend(X, Y, parameters, activation, learning_rate, 1)
    return np.array([losses[0]] + [losses[1]] * steps)


@catalogue.add("From which parameters should training start?")
def starts_from_zeros(
    X: Array, Y: Array, parameters: Parameters, activation: str, learning_rate: float, steps: int
) -> Losses:
    """replaces the given parameters by zeros, from which symmetric units cannot part"""
    zeros = {name: np.zeros_like(value) for name, value in parameters.items()}
    return descend(X, Y, zeros, activation, learning_rate, steps)


@catalogue.add("From which parameters should training start?")
def starts_from_constants(
    X: Array, Y: Array, parameters: Parameters, activation: str, learning_rate: float, steps: int
) -> Losses:
    """replaces the given weights by a constant, from which symmetric units cannot part"""
    equal = {
        name: 0.1 * np.ones_like(value) if name[0] == "W" else 0 * value for name, value in parameters.items()
    }
    return descend(X, Y, equal, activation, learning_rate, steps)


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
