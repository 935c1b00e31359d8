"""`gradient_check(f, theta, gradient, epsilon=1e-5) -> float`: is a gradient right?"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.authoring import (
    Cases,
    Exercise,
    Student,
    check,
    corner,
    expect,
    in_pieces,
    labelled,
    pair_of_calls,
)
from autograder.authoring.cases import sizes
from autograder.authoring.values import real
from autograder.course.a2_backpropagation import _examples
from autograder.course.reference.backpropagation import Array, gradient_check
from autograder.sandbox import Function, Reply

RTOL = 1e-6  # of a result of order 1: round-off in the differences is of order 1e-16/epsilon ≤ 1e-11
ROUND_OFF = 1e-8  # a right gradient whose differences have no truncation error stays far below

CURVED = "lambda theta: float(np.sum(np.exp(theta)) + theta[0] * theta[-1] ** 2)"
QUADRATIC = "lambda theta: float(theta @ theta + 3.0 * theta[0])"
QUARTIC = "lambda theta: float(np.sum(theta ** 4))"
RIPPLED = "lambda theta: float(np.sum(np.sin(1000.0 * theta)))"  # truncation shows at epsilon = 1e-5, too


@dataclass(frozen=True)
class Case:
    """A call of `gradient_check` and the reference's result."""

    arguments: tuple[Any, ...]
    right: float

    @property
    def theta(self) -> Array:
        """Where the gradient is checked."""
        theta: Array = self.arguments[1]
        return theta


def case(source: str, theta: Array, gradient: Array, *epsilon: float) -> Case:
    """The call with this function (an expression of ours) and its right result."""
    arguments: tuple[Any, ...] = (Function(source), theta, gradient, *epsilon)
    return Case(arguments, gradient_check(*map(real, arguments)))


def point(rng: np.random.Generator, p: int) -> Array:
    """A theta of length p with both signs and no entry near 0."""
    return rng.uniform(0.5, 1.5, p) * np.where(np.arange(p) % 2, -1.0, 1.0)


def at_zero(rng: np.random.Generator) -> Array:
    """A theta of length 4, a view, in which entries are 0."""
    theta = point(rng, 8)
    theta[[2, 4]] = 0.0
    return theta[::2]


@labelled("curved")
def curved(rng: np.random.Generator) -> list[Case]:
    """A function with curvature, and gradients that have nothing to do with it; one has more than a hundred entries."""
    p, q = sizes(rng, 2, 8, least=3)
    many = int(rng.integers(105, 130))
    own = round(float(rng.uniform(0.02, 0.08)), 3)
    return [
        case(CURVED, point(rng, size), rng.uniform(0.5, 2.0, size), *epsilon)
        for size, epsilon in ((p, ()), (2, (0.05,)), (q, (own,)), (1, (0.1,)), (many, ()))
    ] + [case(CURVED, at_zero(rng), rng.uniform(0.5, 2.0, 8)[::2], own)]


@labelled("quadratic")
def quadratic(rng: np.random.Generator) -> list[Case]:
    """A quadratic function at a large epsilon, with its gradient and with twice its gradient."""
    theta = point(rng, 4)
    gradient = 2.0 * theta + np.array([3.0, 0.0, 0.0, 0.0])
    return [case(QUADRATIC, theta, gradient, 0.1), case(QUADRATIC, theta, 2.0 * gradient, 0.1)]


@labelled("scaled")
def scaled(rng: np.random.Generator) -> list[Case]:
    """Gradients of size 1e-26, 1e-10 and 1e26, with the wrong sign and right."""
    theta = point(rng, 3)
    pairs = [(scale, sign) for scale in (1e-26, 1e-10, 1e26) for sign in (-1.0, 1.0)]
    return [
        case(f"lambda theta: {scale!r} * float(theta @ theta)", theta, sign * 2.0 * scale * theta)
        for scale, sign in pairs
    ]


@labelled("truncated")
def truncated(rng: np.random.Generator) -> list[Case]:
    """Right gradients for which what epsilon leaves over is known: at epsilon = 0.5 and without epsilon."""
    theta = point(rng, 3)
    return [
        case(QUARTIC, theta, 4.0 * theta**3, 0.5),
        case(RIPPLED, theta, 1000.0 * np.cos(1000.0 * theta)),
    ]


@labelled("zero")
def zero(rng: np.random.Generator) -> list[Case]:
    """Both gradients zero; only one of them zero."""
    theta, nothing = point(rng, 3), np.zeros(3)
    return [
        case("lambda theta: 1.5", theta, nothing),
        case("lambda theta: 1.5", theta, point(rng, 3)),
        case(QUADRATIC, theta, nothing),
    ]


MAKES = (curved, quadratic, scaled, truncated, zero)


def replies(student: Student, cases: Cases) -> dict[Any, list[tuple[Case, Reply]]]:
    """What the student's function returns for all cases, in one round trip."""
    return student.by_kind("gradient_check", cases, MAKES, lambda c: c.arguments)


def results(student: Student, cases: Cases, make: Any) -> list[tuple[Case, float]]:
    """The cases of `make`, each with the student's result, one number."""
    pairs = student.once(replies, cases)[make]
    return [(c, expect.number(reply.value, "the result")) for c, reply in pairs]


@check(points=5)
def check_law(student: Student, cases: Cases) -> None:
    """the result is ‖g − ĝ‖ / (‖g‖ + ‖ĝ‖) with central differences ĝ"""
    for c, value in results(student, cases, curved):
        epsilon = c.arguments[3] if len(c.arguments) > 3 else 1e-5
        where = f"For a wrong gradient of length {c.theta.size} and epsilon = {epsilon}"
        expect.close(value, c.right, RTOL, f"{where} the result is not right.")


@check(points=3)
def check_quadratic(student: Student, cases: Cases) -> None:
    """for a quadratic function central differences are exact, even at epsilon = 0.1"""
    right, doubled = results(student, cases, quadratic)
    expect.that(
        0.0 <= right[1] <= ROUND_OFF,
        "For a quadratic function and its own gradient the result is not 0 at epsilon = 0.1. "
        "What is the error of your difference quotient?",
    )
    expect.close(doubled[1], doubled[0].right, RTOL, "For twice the gradient the result is not right.")


@check(points=3)
def check_scales(student: Student, cases: Cases) -> None:
    """a right and a wrong gradient are told apart at 1e-26 and at 1e26"""
    for c, value in results(student, cases, scaled):
        size = f"a gradient of size {np.max(np.abs(c.arguments[2])):.0e}"
        if c.right > 0.5:
            expect.close(value, c.right, RTOL, f"For {size} and with the wrong sign the result is not right.")
        else:
            expect.that(0.0 <= value <= ROUND_OFF, f"For {size} that is right the result is not near 0.")


@check(points=1)
def check_epsilon(student: Student, cases: Cases) -> None:
    """epsilon is the step, 1e-5 if nothing is said"""
    for c, value in results(student, cases, truncated):
        said = "epsilon = 0.5" if len(c.arguments) > 3 else "no epsilon given"
        expect.close(
            value,
            c.right,
            1e-3,
            f"With {said} the result is not right: is the step the one that was asked for?",
        )


@check(points=1)
def check_zero(student: Student, cases: Cases) -> None:
    """the result is 0.0 if both gradients are zero, and 1 if only one is"""
    for c, value in results(student, cases, zero):
        if c.right == 0.0:
            expect.that(value == 0.0, "If both gradients are zero the result should be 0.0. What is 0/0?")
        else:
            expect.close(
                value, c.right, RTOL, "If only one of the two gradients is zero the result is not right."
            )


@check(points=1)
def check_theta_unchanged(student: Student, cases: Cases) -> None:
    """theta and the gradient are not modified"""
    for c, value in results(student, cases, curved):
        expect.close(value, c.right, RTOL, "The result is not right, so that this is not judged.")
    student.leaves_arguments(gradient_check)


EXERCISE = Exercise(
    gradient_check,
    checks=(
        check_law,
        check_quadratic,
        check_scales,
        check_epsilon,
        check_zero,
        check_theta_unchanged,
    ),
    domain=(
        corner("epsilon not given", lambda f, theta, gradient, epsilon=None: epsilon is None),
        corner("a large epsilon", lambda f, theta, gradient, epsilon=1e-5: epsilon >= 0.1),
        corner("one number", lambda f, theta, gradient, epsilon=1e-5: len(theta) == 1),
        corner("more than a hundred numbers", lambda f, theta, gradient, epsilon=1e-5: len(theta) > 100),
        corner("two numbers", lambda f, theta, gradient, epsilon=1e-5: len(theta) == 2),
        corner("0 in theta", lambda f, theta, gradient, epsilon=1e-5: 0 in theta),
        corner("views", lambda f, theta, gradient, epsilon=1e-5: in_pieces(theta) and in_pieces(gradient)),
        corner("a gradient of 0", lambda f, theta, gradient, epsilon=1e-5: not np.any(gradient)),
        corner(
            "a gradient of 1e-26", lambda f, theta, gradient, epsilon=1e-5: np.max(np.abs(gradient)) < 1e-25
        ),
        corner(
            "a gradient of 1e26", lambda f, theta, gradient, epsilon=1e-5: np.max(np.abs(gradient)) > 1e26
        ),
        corner(
            "a constant", lambda f, theta, gradient, epsilon=1e-5: "theta" not in f.source.partition(":")[2]
        ),
        pair_of_calls("another f alone", lambda a, b: a[0] != b[0] and a[1] is b[1]),
        pair_of_calls(
            "another gradient alone", lambda a, b: a[0] == b[0] and a[1] is b[1] and a[2] is not b[2]
        ),
    ),
    examples=_examples.gradient_check_arguments,
)
