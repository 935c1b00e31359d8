"""`gradient_factor(q, weight_variance, activation)`: by how much one layer multiplies a gradient's mean square."""

import numpy as np

from autograder.authoring import Cases, Exercise, Student, check, labelled
from autograder.course.a5_beyond import _pictures
from autograder.course.a5_beyond._layers import DOMAIN, Layer, agrees, examples, random_layers
from autograder.course.reference.beyond import gradient_factor, length_map

# ReLU's derivative jumps at 0. A trapezoid with a node there is off by half a step (0.5 % for 1000 steps on
# [−6, 6]), which is no mistake in the formula; an odd Gauss–Hermite rule is off by 8 % or more and is one.
RTOL_JUMP = 1e-2


@labelled("smooth_layers")
def smooth_layers(rng: np.random.Generator) -> list[Layer]:
    """Random layers whose activation has no jump in its derivative, q = 1, where few nodes are not enough, and a
    factor of which four decimals tell little.
    """
    smooth = [layer for layer in random_layers(rng) if layer[2] != "relu"]
    return [*smooth, (1.0, 1.5, "tanh"), (0.3, float(rng.uniform(4e-3, 8e-3)), "sigmoid")]


@labelled("relu_layers")
def relu_layers(rng: np.random.Generator) -> list[Layer]:
    """ReLU at He's variance, where χ is 1 whatever the length, tiny ones as well, and at another one."""
    q = rng.uniform((0.1, 0.5), (0.4, 1.0))
    others = [(float(q[0]), 2.0, "relu"), (float(q[1]), float(rng.uniform(2.6, 4.0)), "relu")]
    return [*others, (1e-8, 2.0, "relu"), (1e-10, float(rng.uniform(2.6, 4.0)), "relu")]


@labelled("edge")
def edge(rng: np.random.Generator) -> list[Layer]:
    """tanh with variance 1 at tiny lengths, its edge of chaos, and a little inside."""
    return [(1e-10, 1.0, "tanh"), (float(rng.uniform(0.03, 0.06)), 1.0, "tanh")]


@labelled("sigmoid_fixed")
def sigmoid_fixed(_rng: np.random.Generator) -> list[Layer]:
    """Sigmoid with variance 1 at the length that it keeps: forward stable, backward vanishing."""
    q = 0.26
    for _ in range(30):
        q = length_map(q, 1.0, "sigmoid")
    return [(q, 1.0, "sigmoid")]


@check(points=10)
def check_smooth(student: Student, cases: Cases) -> None:
    """χ is weight_variance · E[φ'(√q·z)²] for linear, tanh and sigmoid"""
    agrees(student, "gradient_factor", gradient_factor, cases.once(smooth_layers))


@check(points=4)
def check_relu(student: Student, cases: Cases) -> None:
    """with ReLU χ is weight_variance / 2, whatever the length"""
    agrees(student, "gradient_factor", gradient_factor, cases.once(relu_layers), RTOL_JUMP)


@check(points=3)
def check_edge(student: Student, cases: Cases) -> None:
    """with tanh and weight_variance 1, χ comes up to 1 as the length goes to 0"""
    agrees(student, "gradient_factor", gradient_factor, cases.once(edge))


@check(points=3)
def check_sigmoid(student: Student, cases: Cases) -> None:
    """sigmoid keeps a length of 0.26 while its gradients vanish"""
    agrees(student, "gradient_factor", gradient_factor, cases.once(sigmoid_fixed))


EXERCISE = Exercise(
    gradient_factor,
    checks=(
        check_smooth,
        check_relu,
        check_edge,
        check_sigmoid,
    ),
    pictures=_pictures.by_length("gradient_factor"),
    examples=examples,
    domain=DOMAIN,
)
