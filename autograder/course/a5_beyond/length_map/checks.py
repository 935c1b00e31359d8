"""`length_map(q, weight_variance, activation)`: from one layer's second moment to the next layer's."""

import numpy as np

from autograder.authoring import Cases, Exercise, Student, check, labelled
from autograder.course.a5_beyond import _pictures
from autograder.course.a5_beyond._layers import DOMAIN, Layer, agrees, examples, random_layers
from autograder.course.reference.beyond import length_map


@labelled("relu_fixed")
def relu_fixed(rng: np.random.Generator) -> list[Layer]:
    """ReLU with He's variance: every length is a fixed point."""
    return [(float(q), 2.0, "relu") for q in (*rng.uniform((0.05, 0.6), (0.4, 1.0)), 1e-8)]


@labelled("tanh_descent")
def tanh_descent(_rng: np.random.Generator) -> list[Layer]:
    """tanh with variance 1, started at length 1: what enters layers 1, 2, 11, 51 and 150.

    Each is judged by itself, from the right length, so that a small error is not carried on.
    """
    lengths = [1.0]
    for _ in range(149):
        lengths.append(length_map(lengths[-1], 1.0, "tanh"))
    return [(lengths[l], 1.0, "tanh") for l in (0, 1, 10, 50, 149)]


@check(points=12)
def check_all_activations(student: Student, cases: Cases) -> None:
    """the next length is weight_variance · E[φ(√q·z)²] for every activation"""
    agrees(student, "length_map", length_map, cases.once(random_layers))


@check(points=4)
def check_relu_fixed(student: Student, cases: Cases) -> None:
    """ReLU with weight_variance 2 keeps every length"""
    agrees(student, "length_map", length_map, cases.once(relu_fixed))


@check(points=6)
def check_tanh_descent(student: Student, cases: Cases) -> None:
    """tanh with weight_variance 1 takes a length from 1 to 0.0034 in 150 layers"""
    agrees(student, "length_map", length_map, cases.once(tanh_descent))


EXERCISE = Exercise(
    length_map,
    checks=(
        check_all_activations,
        check_relu_fixed,
        check_tanh_descent,
    ),
    pictures=_pictures.by_length("length_map"),
    examples=examples,
    domain=DOMAIN,
)
