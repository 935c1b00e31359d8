"""`activate(Z, kind)`: the activation functions, entry by entry."""

from autograder.authoring import Cases, Exercise, Student, check
from autograder.course.a2_backpropagation import _examples, _pictures
from autograder.course.a2_backpropagation._elementwise import Elementwise, domain, tiny_and_huge
from autograder.course.reference.backpropagation import KINDS, activate

KIND_BY_KIND = Elementwise("activate", activate)


@check(points=1)
def check_linear(student: Student, cases: Cases) -> None:
    """the linear activation leaves Z as it is"""
    KIND_BY_KIND.agrees(student, cases, "linear")
    KIND_BY_KIND.agrees_for(student, cases, "linear", tiny_and_huge)


@check(points=4)
def check_relu(student: Student, cases: Cases) -> None:
    """ReLU keeps what is positive and puts 0 for the rest, at every scale"""
    KIND_BY_KIND.agrees(student, cases, "relu")
    KIND_BY_KIND.agrees_for(student, cases, "relu", tiny_and_huge)


@check(points=3)
def check_tanh(student: Student, cases: Cases) -> None:
    """tanh is the hyperbolic tangent of every entry"""
    KIND_BY_KIND.agrees(student, cases, "tanh")


@check(points=3)
def check_sigmoid(student: Student, cases: Cases) -> None:
    """the sigmoid of z is 1 / (1 + exp(−z))"""
    KIND_BY_KIND.agrees(student, cases, "sigmoid")


@check(points=1)
def check_saturation(student: Student, cases: Cases) -> None:
    """nothing turns into nan or inf at z = ±800"""
    for kind in KINDS:
        KIND_BY_KIND.survives(student, cases, kind)


@check(points=1)
def check_dtype(student: Student, cases: Cases) -> None:
    """the result holds float64 numbers"""
    KIND_BY_KIND.double(student, cases)


@check(points=1)
def check_argument_unchanged(student: Student, cases: Cases) -> None:
    """Z is not modified"""
    KIND_BY_KIND.unchanged(student, cases)


EXERCISE = Exercise(
    activate,
    checks=(
        check_linear,
        check_relu,
        check_tanh,
        check_sigmoid,
        check_saturation,
        check_dtype,
        check_argument_unchanged,
    ),
    pictures=_pictures.by_argument("activate"),
    domain=domain(),
    examples=_examples.elementwise_arguments,
)
