"""`layer_gradient_norms(Y_hat, Y, parameters, caches, activation) -> (L,)`: the gradient, layer by layer."""

from typing import Any

import numpy as np

from autograder.authoring import Cases, Exercise, Student, check, corner, expect
from autograder.course.a2_backpropagation import _examples, _pictures
from autograder.course.a2_backpropagation._networks import (
    Network,
    identities,
    nothing_comes_back,
    one_layer,
    rectangular,
    sigmoids,
    stopped,
)
from autograder.course.a2_backpropagation._passes import Pass, domain
from autograder.course.reference.backpropagation import Array, layer_gradient_norms

NORMS = Pass(
    layer_gradient_norms, lambda n: n.way_back, (rectangular, stopped, one_layer, identities, sigmoids)
)


def ratios(value: Any, n: Network) -> Array:
    """The student's norms divided by the right ones: they span 45 orders of magnitude, each must be right.

    A norm of 0, which is exact, is right if it is 0.
    """
    norms = expect.vector(value, n.depth, f"for {n} the result", near=n.norms)
    with np.errstate(all="ignore"):
        return np.asarray(np.where((norms == 0.0) & (n.norms == 0.0), 1.0, norms / n.norms))


def entries(value: Any) -> list[Any]:
    """The array, or the entries of a list, in which NumPy's numbers have a dtype."""
    return value if isinstance(value, list) else [value]


def same_norms(value: Any, n: Network) -> None:
    """Fail unless the norm is right in every layer; the last layer first, as on the way back."""
    with np.errstate(all="ignore"):
        wrong = np.flatnonzero(~(np.abs(ratios(value, n) - 1.0) <= n.rtol))
    if wrong.size:
        expect.fail(f"For {n} the norm of dJ/dZ{wrong[-1] + 1} is not right.")


@check(points=5)
def check_norms(student: Student, cases: Cases) -> None:
    """entry l is the Frobenius norm of dJ/dZ^[l]"""
    for make in (rectangular, stopped):
        NORMS.agrees(student, cases, make, same_norms)


@check(points=1)
def check_one_layer(student: Student, cases: Cases) -> None:
    """a network with one layer has one norm, that of dJ/dY_hat"""
    NORMS.agrees(student, cases, one_layer, same_norms)


@check(points=3)
def check_depth_150(student: Student, cases: Cases) -> None:
    """with 152 multiples c·I of the identity the norms grow and shrink by the factor c from layer to layer"""
    NORMS.agrees(student, cases, identities, same_norms)


@check(points=1)
def check_sigmoid_vanishes(student: Student, cases: Cases) -> None:
    """behind 15 sigmoids the gradient is gone, though the output is not"""
    NORMS.agrees(student, cases, sigmoids, same_norms)


@check(points=1)
def check_dtype(student: Student, cases: Cases) -> None:
    """the norms are float64 numbers"""
    NORMS.double(student, cases, rectangular, entries, same_norms)


@check(points=1)
def check_arguments_unchanged(student: Student, cases: Cases) -> None:
    """Y_hat, Y, the parameters and the caches are not modified"""
    NORMS.agrees(student, cases, one_layer, same_norms)
    NORMS.unchanged(student, cases)


EXERCISE = Exercise(
    layer_gradient_norms,
    checks=(
        check_norms,
        check_one_layer,
        check_depth_150,
        check_sigmoid_vanishes,
        check_dtype,
        check_arguments_unchanged,
    ),
    pictures=_pictures.NORMS,
    domain=(
        *domain(lambda Y_hat, Y, parameters, caches, activation: (Y, parameters, activation)),
        corner("no gradient to send back", nothing_comes_back),
    ),
    examples=_examples.backward_arguments,
)
