"""`backward(Y_hat, Y, parameters, caches, activation) -> gradients`: the way back through a deep network."""

import re
from typing import Any

import numpy as np

from autograder.authoring import Cases, Exercise, Student, check, corner, expect
from autograder.course.a2_backpropagation import _examples, _pictures
from autograder.course.a2_backpropagation._networks import (
    Network,
    nothing_comes_back,
    one_layer,
    rectangular,
    stopped,
    vanishing,
    without_biases,
)
from autograder.course.a2_backpropagation._passes import Pass, domain
from autograder.course.reference.backpropagation import Array, backward

GRADIENT = r"d[Wb]([1-9]\d{0,8})"
BACKWARD = Pass(backward, lambda n: n.way_back, (rectangular, stopped, one_layer, vanishing, without_biases))


def gradient(value: Any, name: str, shape: tuple[int, ...], n: Network) -> Array:
    """The entry `name` of the student's dictionary, trusted in type and shape."""
    if not isinstance(value, dict):
        expect.fail(f"the gradients should be a dictionary, but they are {expect.kind(value)}.")
    expect.that(name in value, f"for {n} the dictionary of gradients has no key {name!r}.")
    return expect.array(value[name], shape, f"for {n} {name}", near=n.gradients[name])


def gradients(value: Any, of: str, n: Network) -> list[Array]:
    """The student's dW^[1] … dW^[L] (`of` is "W") or db^[1] … db^[L] ("b")."""
    return [gradient(value, f"d{of}{l}", n.parameters[f"{of}{l}"].shape, n) for l in range(1, n.depth + 1)]


def same_weight_gradients(value: Any, n: Network) -> None:
    """Fail unless every dW^[l] is right; the last layer first, as on the way back."""
    wrong = n.weight_gradients.wrong(gradients(value, "W", n), n.rtol)
    if wrong.size:
        expect.fail(f"For {n} dW{wrong[-1] + 1} has the right shape, but not the right values.")


def same_bias_gradients(value: Any, n: Network) -> None:
    """Fail unless every db^[l] is right; the last layer first, as on the way back."""
    wrong = n.bias_gradients.wrong(gradients(value, "b", n), n.rtol)
    if wrong.size:
        expect.fail(f"For {n} db{wrong[-1] + 1} has the right shape, but not the right values.")


def of_layers(value: dict[str, Any]) -> list[Any]:
    """The gradients in a dictionary that may hold more."""
    return [array for name, array in value.items() if re.fullmatch(GRADIENT, name)]


def no_other_layers(value: dict[str, Any], n: Network) -> None:
    """Fail if there are gradients of layers that the network does not have; other keys are no matter."""
    for name in value:
        if (found := re.fullmatch(GRADIENT, name)) and int(found[1]) > n.depth:
            expect.fail(f"For {n} the dictionary has a key {name!r}, though there are {n.depth} layers.")


def same_up_to_factors(value: Any, n: Network) -> None:
    """Fail unless every dW^[l] and db^[l] is a multiple of the right one, but not zero."""
    for of, right in (("W", n.weight_gradients), ("b", n.bias_gradients)):
        wrong = right.wrong(gradients(value, of, n), n.rtol, up_to_factors=True)
        if wrong.size:
            expect.fail(f"For {n} d{of}{wrong[-1] + 1} is not even a multiple of the right gradient.")
    no_other_layers(value, n)


def obeys_euler(value: Any, n: Network) -> None:
    """Fail unless ⟨W^[l], dW^[l]⟩ is ⟨∂J/∂Ŷ, Ŷ⟩ in every layer."""
    right = float(np.sum((n.Y_hat - n.Y) * n.Y_hat)) / n.Y.shape[1]
    for l, dW in enumerate(gradients(value, "W", n), start=1):
        with np.errstate(all="ignore"):
            product = float(np.sum(n.parameters[f"W{l}"] * dW))
        law = f"the entries of W{l} * dW{l} do not add up to those of Y_hat * dJ/dY_hat"
        expect.close(product, right, n.rtol, f"For {n} without biases {law}.")


@check(points=2)
def check_up_to_factors(student: Student, cases: Cases) -> None:
    """there is a dW^[l] and a db^[l] for each layer, of its shape and right but for a factor"""
    BACKWARD.agrees(student, cases, rectangular, same_up_to_factors)


@check(points=7)
def check_weight_gradients(student: Student, cases: Cases) -> None:
    """dW^[l] is the derivative of J with respect to W^[l]"""
    for make in (rectangular, stopped):
        BACKWARD.agrees(student, cases, make, same_weight_gradients)


@check(points=5)
def check_bias_gradients(student: Student, cases: Cases) -> None:
    """db^[l] is the derivative of J with respect to b^[l]"""
    for make in BACKWARD.makes:
        BACKWARD.agrees(student, cases, make, same_bias_gradients)


@check(points=2)
def check_one_layer(student: Student, cases: Cases) -> None:
    """a network with one layer has the gradient of linear regression"""
    BACKWARD.agrees(student, cases, one_layer, same_weight_gradients)


@check(points=5)
def check_depth_150(student: Student, cases: Cases) -> None:
    """all 150 weight gradients of a ReLU network are right, also where they vanish"""
    BACKWARD.agrees(student, cases, vanishing, same_weight_gradients)


@check(points=3)
def check_euler_identity(student: Student, cases: Cases) -> None:
    """without biases the entries of W^[l] * dW^[l] add up to those of Y_hat * dJ/dY_hat in every layer (Euler)"""
    BACKWARD.agrees(student, cases, without_biases, obeys_euler)


@check(points=1)
def check_dtype(student: Student, cases: Cases) -> None:
    """the gradients hold float64 numbers"""
    BACKWARD.double(student, cases, rectangular, of_layers, same_weight_gradients, same_bias_gradients)


@check(points=1)
def check_arguments_unchanged(student: Student, cases: Cases) -> None:
    """Y_hat, Y, the parameters and the caches are not modified"""
    BACKWARD.agrees(student, cases, one_layer, same_weight_gradients)
    BACKWARD.unchanged(student, cases)


EXERCISE = Exercise(
    backward,
    checks=(
        check_up_to_factors,
        check_weight_gradients,
        check_bias_gradients,
        check_one_layer,
        check_depth_150,
        check_euler_identity,
        check_dtype,
        check_arguments_unchanged,
    ),
    pictures=_pictures.GRADIENTS,
    domain=(
        *domain(lambda Y_hat, Y, parameters, caches, activation: (Y, parameters, activation)),
        corner("no gradient to send back", nothing_comes_back),
    ),
    examples=_examples.backward_arguments,
)
