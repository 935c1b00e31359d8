"""`activation_derivative(Z, kind)`: the derivatives of the activation functions, entry by entry."""

from autograder.authoring import Cases, Exercise, Student, check
from autograder.course.a2_backpropagation import _examples, _pictures
from autograder.course.a2_backpropagation._elementwise import Elementwise, domain, tiny_and_huge
from autograder.course.reference.backpropagation import KINDS, activation_derivative

KIND_BY_KIND = Elementwise(
    "activation_derivative", activation_derivative, at_zero=("linear", "tanh", "sigmoid")
)


@check(points=1)
def check_linear(student: Student, cases: Cases) -> None:
    """the slope of the linear activation is 1 everywhere"""
    KIND_BY_KIND.agrees(student, cases, "linear")
    KIND_BY_KIND.agrees_for(student, cases, "linear", tiny_and_huge)


@check(points=4)
def check_relu(student: Student, cases: Cases) -> None:
    """ReLU's slope is 1 where z > 0 and 0 where z < 0, at every scale"""
    KIND_BY_KIND.agrees(student, cases, "relu")
    KIND_BY_KIND.agrees_for(student, cases, "relu", tiny_and_huge)


@check(points=3)
def check_tanh(student: Student, cases: Cases) -> None:
    """the slope of tanh at z is right"""
    KIND_BY_KIND.agrees(student, cases, "tanh")


@check(points=3)
def check_sigmoid(student: Student, cases: Cases) -> None:
    """the slope of the sigmoid at z is right"""
    KIND_BY_KIND.agrees(student, cases, "sigmoid")


@check(points=1)
def check_saturation(student: Student, cases: Cases) -> None:
    """far out, at z = ±800, the slopes of tanh and sigmoid are 0, not nan"""
    for kind in KINDS:
        KIND_BY_KIND.survives(student, cases, kind)


@check(points=1)
def check_dtype(student: Student, cases: Cases) -> None:
    """the result holds float64 numbers, for ReLU as well"""
    KIND_BY_KIND.double(student, cases)


@check(points=1)
def check_argument_unchanged(student: Student, cases: Cases) -> None:
    """Z is not modified"""
    KIND_BY_KIND.unchanged(student, cases)


EXERCISE = Exercise(
    activation_derivative,
    checks=(
        check_linear,
        check_relu,
        check_tanh,
        check_sigmoid,
        check_saturation,
        check_dtype,
        check_argument_unchanged,
    ),
    pictures=_pictures.by_argument("activation_derivative"),
    domain=domain(),
    examples=_examples.elementwise_arguments,
)
