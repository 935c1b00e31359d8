"""Wrong gradient descents.

Initial weights of whatever other size are one mistake: the function is given its parameters, and makes some of its own.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from autograder.authoring import Catalogue
from autograder.course.reference.backpropagation import Array, Parameters, activate, backward, forward

Losses = Array
Slope = Callable[[Parameters], dict[str, Array]]  # the gradients at these parameters


def loss(Y_hat: Array, Y: Array) -> float:
    """The right cost."""
    return 0.5 * float(np.sum((Y_hat - Y) ** 2)) / Y.shape[1]


def gradients_at(X: Array, Y: Array, parameters: Parameters, activation: str) -> dict[str, Array]:
    """The right gradients."""
    Y_hat, caches = forward(X, parameters, activation)
    return backward(Y_hat, Y, parameters, caches, activation)


def begun(parameters: Parameters) -> Parameters:
    """Where training starts: from what is given."""
    return parameters


def along(parameters: Parameters, gradients: dict[str, Array], learning_rate: float) -> Parameters:
    """All parameters after a step against these gradients."""
    return {name: value - learning_rate * gradients["d" + name] for name, value in parameters.items()}


def down(parameters: Parameters, slope: Slope, learning_rate: float) -> Parameters:
    """All parameters after a step along their gradients."""
    return along(parameters, slope(parameters), learning_rate)


def layer_down(
    parameters: dict[str, Array], l: int, gradients: dict[str, Array], learning_rate: float
) -> None:
    """One layer's parameters after a step, in the dictionary itself."""
    for name in (f"W{l}", f"b{l}"):
        parameters[name] = parameters[name] - learning_rate * gradients["d" + name]


def stepped(parameters: Parameters, slope: Slope, learning_rate: float) -> Parameters:
    """The right step."""
    return down(parameters, slope, learning_rate)


def told(losses: Losses) -> Any:
    """The loss before the first step and after each."""
    return losses


def descend(
    X: Array, Y: Array, parameters: Parameters, activation: str, learning_rate: float, steps: int
) -> Any:
    """The right descent."""
    parameters = begun(parameters)
    losses = [loss(forward(X, parameters, activation)[0], Y)]
    for _ in range(steps):
        parameters = stepped(parameters, lambda now: gradients_at(X, Y, now, activation), learning_rate)
        losses.append(loss(forward(X, parameters, activation)[0], Y))
    return told(np.array(losses))


catalogue = Catalogue(whole=descend)


@catalogue.instead_of(stepped, "The gradient points to where the loss grows. Which way do you go?")
def ascent(parameters: Parameters, slope: Slope, learning_rate: float) -> Parameters:
    """adds the gradient and so climbs"""
    return down(parameters, slope, -learning_rate)


@catalogue.instead_of(
    stepped, "Train twice from the same dictionary. Does the second run start where the first did?"
)
def changes_parameters(parameters: Parameters, slope: Slope, learning_rate: float) -> Parameters:
    """changes the parameters that belong to the caller, the dictionary or its arrays"""
    gradients = slope(parameters)
    for name, value in parameters.items():
        value -= learning_rate * gradients["d" + name]
    return parameters


@catalogue.instead_of(told, "How many losses are there when no step is taken?")
def first_loss_missing(losses: Losses) -> Losses:
    """records a loss after each step but not the one before the first"""
    return losses[1:]


@catalogue.instead_of(told, "After the last step the parameters are new. Which loss do they have?")
def last_loss_missing(losses: Losses) -> Losses:
    """records the loss before each step but not the one after the last"""
    return losses[:-1]


@catalogue.instead_of(told, "Which value is the history and which only its end?")
def last_loss_only(losses: Losses) -> float:
    """returns the last loss alone"""
    return float(losses[-1])


@catalogue.instead_of(loss, "Compare your loss with J for a single example with an error of 1.")
def half_left_out(Y_hat: Array, Y: Array) -> float:
    """leaves out the factor ½ of J in the losses"""
    return float(np.sum((Y_hat - Y) ** 2)) / Y.shape[1]


@catalogue.instead_of(loss, "J is a mean over something. Should twice the data give twice the loss?")
def sum_for_mean(Y_hat: Array, Y: Array) -> float:
    """sums over the examples where J takes their mean"""
    return 0.5 * float(np.sum((Y_hat - Y) ** 2))


@catalogue.instead_of(loss, "J is a mean over the examples. Over what else does `np.mean` average?")
def mean_over_outputs(Y_hat: Array, Y: Array) -> float:
    """averages over the outputs as well as over the examples"""
    return 0.5 * float(np.mean((Y_hat - Y) ** 2))


@catalogue.instead_of(
    gradients_at, "`backward` already holds the mean over the examples. How often do you divide by m?"
)
def divides_gradient_by_m(X: Array, Y: Array, parameters: Parameters, activation: str) -> dict[str, Array]:
    """divides the gradients by the number of examples a second time"""
    Y_hat, caches = forward(X, parameters, activation)
    gradients = backward(Y_hat, Y, parameters, caches, activation)
    return {name: value / X.shape[1] for name, value in gradients.items()}


@catalogue.instead_of(stepped, "Which entries of the dictionary does your loop change?")
def biases_fixed(parameters: Parameters, slope: Slope, learning_rate: float) -> Parameters:
    """updates the weights but not the biases"""
    new = down(parameters, slope, learning_rate)
    return {name: new[name] if name[0] == "W" else value for name, value in parameters.items()}


@catalogue.instead_of(
    stepped, "Which line changes the biases, and does it stand inside the loop over the layers?"
)
def hidden_biases_fixed(parameters: Parameters, slope: Slope, learning_rate: float) -> Parameters:
    """updates all weights, but only the biases of the last layer"""
    new, L = down(parameters, slope, learning_rate), len(parameters) // 2
    return {n: new[n] if n[0] == "W" or int(n[1:]) == L else value for n, value in parameters.items()}


@catalogue.instead_of(
    stepped, "Which line changes the weights, and does it stand inside the loop over the layers?"
)
def hidden_weights_fixed(parameters: Parameters, slope: Slope, learning_rate: float) -> Parameters:
    """updates all biases, but only the weights of the last layer"""
    new, L = down(parameters, slope, learning_rate), len(parameters) // 2
    return {n: new[n] if n[0] == "b" or int(n[1:]) == L else value for n, value in parameters.items()}


@catalogue.instead_of(stepped, "Which layers does your loop visit, and which does it change?")
def only_last_layer(parameters: Parameters, slope: Slope, learning_rate: float) -> Parameters:
    """updates the last layer alone"""
    new, L = down(parameters, slope, learning_rate), len(parameters) // 2
    return {name: new[name] if int(name[1:]) == L else value for name, value in parameters.items()}


@catalogue.instead_of(stepped, "Which layers does your loop visit?")
def first_layer_fixed(parameters: Parameters, slope: Slope, learning_rate: float) -> Parameters:
    """does not update the first layer"""
    new = down(parameters, slope, learning_rate)
    return {name: value if int(name[1:]) == 1 else new[name] for name, value in parameters.items()}


@catalogue.instead_of(stepped, "Which layers does your loop visit?")
def last_layer_fixed(parameters: Parameters, slope: Slope, learning_rate: float) -> Parameters:
    """does not update the last layer"""
    new, L = down(parameters, slope, learning_rate), len(parameters) // 2
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
        parameters = along(parameters, gradients, learning_rate)
    return np.array(losses)


@catalogue.instead_of(
    stepped, "All gradients of a step belong to the same parameters. When do you compute them?"
)
def one_layer_after_the_other(parameters: Parameters, slope: Slope, learning_rate: float) -> Parameters:
    """computes the gradients anew after each single update, with half of the parameters changed"""
    new = dict(parameters)
    for name in parameters:
        new[name] = new[name] - learning_rate * slope(new)["d" + name]
    return new


@catalogue.add(
    "When do you change W^[l], and which of its values has to take the gradient back to layer l − 1?"
)
def updates_on_the_way_back(
    X: Array, Y: Array, parameters: Parameters, activation: str, learning_rate: float, steps: int
) -> Losses:
    """changes the weights of a layer before the gradient has passed through them to the layer below"""
    parameters, losses = dict(parameters), []
    for _ in range(steps + 1):
        Y_hat, caches = forward(X, parameters, activation)
        losses.append(loss(Y_hat, Y))
        for l in range(len(caches), 0, -1):
            gradients = backward(Y_hat, Y, parameters, caches, activation)
            layer_down(parameters, l, gradients, learning_rate)
    return np.array(losses)


@catalogue.add("After a step the parameters are new. Are the activations that `backward` is given?")
def first_caches(
    X: Array, Y: Array, parameters: Parameters, activation: str, learning_rate: float, steps: int
) -> Losses:
    """gives `backward` the caches of the first forward pass in every step"""
    Y_hat, caches = forward(X, parameters, activation)
    losses = [loss(Y_hat, Y)]
    for _ in range(steps):
        gradients = backward(Y_hat, Y, parameters, caches, activation)
        parameters = along(parameters, gradients, learning_rate)
        Y_hat, _ = forward(X, parameters, activation)
        losses.append(loss(Y_hat, Y))
    return np.array(losses)


_TOGETHER = "All gradients of a step belong to the same parameters. How often does your step compute them?"


def one_layer_at_a_time(
    X: Array,
    Y: Array,
    parameters: Parameters,
    activation: str,
    learning_rate: float,
    steps: int,
    layers: Sequence[int],
) -> Losses:
    """Each layer moves by gradients that are computed after the one before it in `layers` has moved."""
    parameters, losses = dict(parameters), []
    for _ in range(steps + 1):
        losses.append(loss(forward(X, parameters, activation)[0], Y))
        for l in layers:
            layer_down(parameters, l, gradients_at(X, Y, parameters, activation), learning_rate)
    return np.array(losses)


@catalogue.add(_TOGETHER)
def layer_by_layer(
    X: Array, Y: Array, parameters: Parameters, activation: str, learning_rate: float, steps: int
) -> Losses:
    """computes the gradients anew for each layer, when the layers before have already moved"""
    layers = range(1, len(parameters) // 2 + 1)
    return one_layer_at_a_time(X, Y, parameters, activation, learning_rate, steps, layers)


@catalogue.add(_TOGETHER)
def layer_by_layer_from_the_end(
    X: Array, Y: Array, parameters: Parameters, activation: str, learning_rate: float, steps: int
) -> Losses:
    """computes the gradients anew for each layer, when the layers behind have already moved"""
    layers = range(len(parameters) // 2, 0, -1)
    return one_layer_at_a_time(X, Y, parameters, activation, learning_rate, steps, layers)


@catalogue.instead_of(gradients_at, "At which point is the activation's derivative taken: at Z, or at g(Z)?")
def slope_at_activation(X: Array, Y: Array, parameters: Parameters, activation: str) -> dict[str, Array]:
    """takes the activation's derivative at A, where it belongs at Z"""
    Y_hat, caches = forward(X, parameters, activation)
    at_A = [(A, activate(Z, activation)) for A, Z in caches]
    return backward(Y_hat, Y, parameters, at_A, activation)


@catalogue.add("Which layers have an activation, and what is the last one?")
def activated_output(
    X: Array, Y: Array, parameters: Parameters, activation: str, learning_rate: float, steps: int
) -> Losses:
    """applies the activation in the last layer, too, on the way forward"""
    losses = []
    for _ in range(steps + 1):
        Z, caches = forward(X, parameters, activation)
        Y_hat = activate(Z, activation)
        losses.append(loss(Y_hat, Y))
        gradients = backward(Y_hat, Y, parameters, caches, activation)
        parameters = along(parameters, gradients, learning_rate)
    return np.array(losses)


@catalogue.add("Each step starts where the last one ended. Where do yours start?")
def always_from_the_start(
    X: Array, Y: Array, parameters: Parameters, activation: str, learning_rate: float, steps: int
) -> Losses:
    """takes every step from the first parameters, so that it never gets beyond one step"""
    losses = descend(X, Y, parameters, activation, learning_rate, 1)
    return np.array([losses[0]] + [losses[1]] * steps)


@catalogue.instead_of(begun, "From which parameters should training start?")
def starts_from_zeros(parameters: Parameters) -> Parameters:
    """replaces the given parameters by zeros, from which symmetric units cannot part"""
    return {name: np.zeros_like(value) for name, value in parameters.items()}


@catalogue.instead_of(begun, "From which parameters should training start?")
def starts_from_constants(parameters: Parameters) -> Parameters:
    """replaces the given weights by a constant, from which symmetric units cannot part"""
    return {
        name: 0.1 * np.ones_like(value) if name[0] == "W" else 0 * value for name, value in parameters.items()
    }


@catalogue.instead_of(begun, "From which parameters should training start?")
def starts_from_own_weights(parameters: Parameters) -> Parameters:
    """replaces the given weights by small random ones of its own"""
    rng = np.random.default_rng(0)
    return {
        name: 0.01 * rng.standard_normal(value.shape) if name[0] == "W" else 0 * value
        for name, value in parameters.items()
    }
