"""`end_to_end_matrix(weights) -> M`: the one matrix that a deep linear chain is."""

from typing import Any

import numpy as np

from autograder.authoring import Cases, Exercise, Student, check, labelled
from autograder.course.a1_deep_chains import _chain
from autograder.course.a1_deep_chains._case import Case, agree, ask, unchanged
from autograder.course.reference.chains import end_to_end_matrix
from autograder.sandbox import Reply

RTOL = 1e-10  # of the norm: the chains are well-conditioned, orders of summation differ by less than 1e-12


def case(chain: _chain.Chain) -> Case:
    """The call for a chain."""
    return Case((chain.weights,), end_to_end_matrix(chain.weights), chain.shapes)


@labelled("rectangular")
def rectangular(rng: np.random.Generator) -> list[Case]:
    """Chains of different widths."""
    return [case(chain) for chain in _chain.rectangular(rng)]


@labelled("one_layer")
def one_layer(rng: np.random.Generator) -> list[Case]:
    """Chains of depth 1."""
    return [case(chain) for chain in _chain.one_layer(rng)]


@labelled("depth_150")
def depth_150(rng: np.random.Generator) -> list[Case]:
    """A chain of depth 150 and one that is not quite so deep."""
    return [case(chain) for chain in _chain.depth_150(rng)]


def answers(student: Student, cases: Cases) -> list[Reply]:
    """The student's answers for the rectangular chains, judged by two checks."""
    return ask(student, "end_to_end_matrix", cases.once(rectangular))


@check(points=6)
def check_rectangular(student: Student, cases: Cases) -> None:
    """M = W_L … W_2 W_1, of shape (n_L, n_0), for layers of different widths"""
    agree(student.once(answers, cases), cases.once(rectangular), RTOL)


@check(points=2)
def check_one_layer(student: Student, cases: Cases) -> None:
    """a network with one layer is its own end-to-end matrix"""
    chains = cases.once(one_layer)
    agree(ask(student, "end_to_end_matrix", chains), chains, RTOL)


@check(points=3)
def check_depth_150(student: Student, cases: Cases) -> None:
    """the product is right at depth 150, whether it explodes or vanishes"""
    chains = cases.once(depth_150)
    agree(ask(student, "end_to_end_matrix", chains), chains, RTOL)


@check(points=1)
def check_arguments_unchanged(student: Student, cases: Cases) -> None:
    """the weights are not modified"""
    agree(student.once(answers, cases), cases.once(rectangular), RTOL)
    unchanged(student, "end_to_end_matrix", "the weights")


def examples() -> Any:
    """Small inputs for the search for the smallest one on which the student's function differs."""
    return _chain.small_chains().map(lambda chain: (chain.weights,))


EXERCISE = Exercise(
    end_to_end_matrix,
    checks=(
        check_rectangular,
        check_one_layer,
        check_depth_150,
        check_arguments_unchanged,
    ),
    examples=examples,
)
