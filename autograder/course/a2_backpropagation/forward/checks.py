"""`forward(X, parameters, activation) -> (Y_hat, caches)`: the forward pass of a deep network."""

from typing import Any

from autograder.authoring import Cases, Exercise, Student, check, expect
from autograder.course.a2_backpropagation import _examples, _pictures
from autograder.course.a2_backpropagation._networks import (
    Network,
    exploding,
    one_layer,
    rectangular,
    stopped,
)
from autograder.course.a2_backpropagation._passes import Pass, domain
from autograder.course.reference.backpropagation import Array, forward

FORWARD = Pass(
    forward, lambda n: (n.X, n.parameters, n.activation), (rectangular, stopped, one_layer, exploding)
)


def same_output(value: Any, n: Network) -> None:
    """Fail unless the first of the two results is Ŷ."""
    Y_hat, _ = expect.pair(value, f"for {n} the result")
    Y_hat = expect.array(Y_hat, n.Y_hat.shape, f"for {n} Y_hat", near=n.Y_hat)
    expect.close(Y_hat, n.Y_hat, n.rtol, f"For {n} Y_hat has the right shape, but not the right values.")


def same_caches(value: Any, n: Network) -> None:
    """Fail unless the second of the two results is the list of pairs (A_prev, Z)."""
    _, caches = expect.pair(value, f"for {n} the result")
    if not isinstance(caches, list | tuple) or len(caches) != n.depth:
        wanted = f"a list with one pair for each of the {n.depth} layers"
        expect.fail(f"for {n} caches should be {wanted}, but it is {expect.kind(caches)}.")
    received, made = zip(*(_trusted(cache, l, n) for l, cache in enumerate(caches, start=1)), strict=True)
    wrong = n.received.wrong(received, n.rtol)
    if wrong.size:
        l = wrong[0] + 1
        expect.fail(f"The first array in caches[{l - 1}] for {n} is not what layer {l} receives.")
    wrong = n.made.wrong(made, n.rtol)
    if wrong.size:
        l = wrong[0] + 1
        expect.fail(
            f"The second array in caches[{l - 1}] for {n} is not layer {l}'s Z, before the activation."
        )


def _trusted(cache: Any, l: int, n: Network) -> tuple[Array, Array]:
    where = f"in caches[{l - 1}] for {n}"
    got_A, got_Z = expect.pair(cache, f"what is {where}")
    A_prev, Z = n.caches[l - 1]
    A_prev = expect.array(got_A, A_prev.shape, f"A_prev {where}", near=A_prev)
    return A_prev, expect.array(got_Z, Z.shape, f"Z {where}", near=Z)


def computed(value: Any) -> list[Any]:
    """Y_hat and all Z; what the first layer receives is the caller's."""
    return [value[0], *(cache[1] for cache in value[1])]


@check(points=8)
def check_output(student: Student, cases: Cases) -> None:
    """hidden layers compute g(W A + b), the last layer is linear"""
    for make in (rectangular, stopped):
        FORWARD.agrees(student, cases, make, same_output)


@check(points=5)
def check_caches(student: Student, cases: Cases) -> None:
    """each cache holds what its layer receives and its own Z"""
    for make in FORWARD.makes:
        FORWARD.agrees(student, cases, make, same_caches)


@check(points=2)
def check_one_layer(student: Student, cases: Cases) -> None:
    """a network with one layer gives W^[1] X + b^[1], whatever the activation"""
    FORWARD.agrees(student, cases, one_layer, same_output)


@check(points=3)
def check_depth_150(student: Student, cases: Cases) -> None:
    """the output is right after 150 layers of ReLU, also where it explodes"""
    FORWARD.agrees(student, cases, exploding, same_output)


@check(points=1)
def check_dtype(student: Student, cases: Cases) -> None:
    """Y_hat and the caches hold float64 numbers"""
    FORWARD.double(student, cases, rectangular, computed, same_output, same_caches)


@check(points=1)
def check_arguments_unchanged(student: Student, cases: Cases) -> None:
    """X and the parameters are not modified"""
    FORWARD.agrees(student, cases, one_layer, same_output)
    FORWARD.unchanged(student, cases)


EXERCISE = Exercise(
    forward,
    checks=(
        check_output,
        check_caches,
        check_one_layer,
        check_depth_150,
        check_dtype,
        check_arguments_unchanged,
    ),
    pictures=_pictures.SIGNAL,
    domain=domain(lambda X, parameters, activation: (X, parameters, activation)),
    examples=_examples.forward_arguments,
)
