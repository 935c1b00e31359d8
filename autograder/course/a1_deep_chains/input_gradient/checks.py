"""`input_gradient(weights, dY) -> dX`: back through a deep linear chain."""

from typing import Any

import numpy as np

from autograder.authoring import Cases, Exercise, Student, check, labelled
from autograder.course.a1_deep_chains import _chain
from autograder.course.a1_deep_chains._case import Case, agree, ask, unchanged
from autograder.course.reference.chains import input_gradient
from autograder.sandbox import Reply

RTOL = 1e-10  # of the norm: the chains are well-conditioned, orders of summation differ by less than 1e-12
RTOL_POWER = 1e-12  # 150 products by a number: at most 150 roundings, 2e-14


def case(chain: _chain.Chain) -> Case:
    """The call for a chain."""
    dX = input_gradient(chain.weights, chain.dY)
    return Case((chain.weights, chain.dY), dX, f"{chain.shapes} and dY of shape {chain.dY.shape}")


def scaled_identity(rng: np.random.Generator, c: float) -> Case:
    """150 layers c·I of width 3; by hand, dX is c^150·dY."""
    dY = rng.standard_normal((3, 4))
    return Case(([c * np.eye(3) for _ in range(150)], dY), c**150 * dY, f"150 layers of {c}·I")


@labelled("rectangular")
def rectangular(rng: np.random.Generator) -> list[Case]:
    """Chains of different widths."""
    return [case(chain) for chain in _chain.rectangular(rng)]


@labelled("one_layer")
def one_layer(rng: np.random.Generator) -> list[Case]:
    """Chains of depth 1."""
    return [case(chain) for chain in _chain.one_layer(rng)]


@labelled("scaled_identities")
def scaled_identities(rng: np.random.Generator) -> list[Case]:
    """The lecture's networks: one explodes, one vanishes."""
    return [scaled_identity(rng, c) for c in (1.5, 0.5)]


@labelled("depth_150")
def depth_150(rng: np.random.Generator) -> list[Case]:
    """A chain of depth 150 and one between shallow and deep."""
    return [case(_chain.rotations(rng, depth, 0.9)) for depth in (150, int(rng.integers(7, 30)))]


def answers(student: Student, cases: Cases) -> list[Reply]:
    """The student's answers for the rectangular chains, judged by two checks."""
    return ask(student, "input_gradient", cases.once(rectangular))


@check(points=6)
def check_rectangular(student: Student, cases: Cases) -> None:
    """∂J/∂X = W_1ᵀ W_2ᵀ … W_Lᵀ dY for layers of different widths"""
    agree(student.once(answers, cases), cases.once(rectangular), RTOL)


@check(points=2)
def check_one_layer(student: Student, cases: Cases) -> None:
    """a network with one layer gives W_1ᵀ dY"""
    chains = cases.once(one_layer)
    agree(ask(student, "input_gradient", chains), chains, RTOL)


@check(points=3)
def check_scaled_identities(student: Student, cases: Cases) -> None:
    """through 150 layers of c·I the gradient explodes at c = 1.5 and vanishes at c = 0.5"""
    chains = cases.once(scaled_identities)
    agree(ask(student, "input_gradient", chains), chains, RTOL_POWER)


@check(points=2)
def check_depth_150(student: Student, cases: Cases) -> None:
    """the order of the layers is right at depth 150"""
    chains = cases.once(depth_150)
    agree(ask(student, "input_gradient", chains), chains, RTOL)


@check(points=1)
def check_arguments_unchanged(student: Student, cases: Cases) -> None:
    """the weights and dY are not modified"""
    agree(student.once(answers, cases), cases.once(rectangular), RTOL)
    unchanged(student, "input_gradient", "the weights or dY")


def examples() -> Any:
    """Small inputs for the search for the smallest one on which the student's function differs."""
    return _chain.small_chains().map(lambda chain: (chain.weights, chain.dY))


EXERCISE = Exercise(
    input_gradient,
    checks=(
        check_rectangular,
        check_one_layer,
        check_scaled_identities,
        check_depth_150,
        check_arguments_unchanged,
    ),
    examples=examples,
)
