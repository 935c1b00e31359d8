"""`activate(Z, kind)`: the activation functions, entry by entry."""

from typing import Any

from autograder.authoring import Cases, Student, check
from autograder.course.a2_backpropagation import _examples
from autograder.course.a2_backpropagation._elementwise import KINDS, Elementwise, tiny_and_huge
from autograder.course.reference.backpropagation import activate

__all__ = ["activate"]  # the engine searches for an example on which the student's function differs from it

EXERCISE = Elementwise("activate", activate)


@check(points=1)
def check_linear(student: Student, cases: Cases) -> None:
    """the linear activation leaves Z as it is"""
    EXERCISE.agrees(student, cases, "linear")


@check(points=4)
def check_relu(student: Student, cases: Cases) -> None:
    """ReLU keeps what is positive and puts 0 for the rest, at every scale"""
    EXERCISE.agrees(student, cases, "relu")
    EXERCISE.agrees_for(student, cases, "relu", tiny_and_huge)


@check(points=3)
def check_tanh(student: Student, cases: Cases) -> None:
    """tanh is the hyperbolic tangent of every entry"""
    EXERCISE.agrees(student, cases, "tanh")


@check(points=4)
def check_sigmoid(student: Student, cases: Cases) -> None:
    """the sigmoid of z is 1 / (1 + exp(−z))"""
    EXERCISE.agrees(student, cases, "sigmoid")


@check(points=1)
def check_saturation(student: Student, cases: Cases) -> None:
    """nothing turns into nan or inf at z = ±800"""
    for kind in KINDS:
        EXERCISE.survives(student, cases, kind)


@check(points=1)
def check_argument_unchanged(student: Student, cases: Cases) -> None:
    """Z is not modified"""
    EXERCISE.unchanged(student, cases)


def examples() -> Any:
    """Small inputs for the search for the smallest one on which the student's function differs."""
    return _examples.elementwise_arguments()
