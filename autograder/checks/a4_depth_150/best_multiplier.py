"""`best_multiplier(activation, candidates, depth, width, rng) -> float`: the multiplier that keeps the signal best.

Candidates are so far apart that the draws cannot decide. Chernoff bounds for the sum or the difference of the
two log growths that would have to err, each from a network of its own, dead ReLU networks included:

    ReLU, width 48, depth 36:   1.3e-11 (dead networks on the whole) and 3e-12
    linear, width 40, depth 14: 4e-17, 9e-18 and, for the list of three, 2e-94
    linear, width 16, depth 8:  4e-38 and 3e-69

in all below 2e-11 a submission; tests/course/test_depth_bounds.py proves it. The input's direction does not
matter, so one input may serve all candidates. Whoever rescales one network for all of them, which the text
does not ask for, fails at most twice in 1e6 submissions.
"""

from dataclasses import dataclass

import numpy as np

from autograder import expect
from autograder.checks import Cases, Student, check
from autograder.checks.a4_depth_150._pasted import blame
from autograder.sandbox import Rng

FALSE_FAIL = 2e-11  # per submission, see the module
RELU, LINEAR, SMALL = (36, 48), (14, 40), (8, 16)  # depth, width
PASTED = ("activate", "forward", "initialize_parameters")


@dataclass(frozen=True)
class Choice:
    """One call, with the position of the right candidate."""

    activation: str
    candidates: list[float]
    right: int
    size: tuple[int, int]
    seed: int

    @property
    def arguments(self) -> tuple[str, list[float], int, int, Rng]:
        """The arguments of the call."""
        return (self.activation, self.candidates, *self.size, Rng(self.seed))


def relu_choices(rng: np.random.Generator) -> list[Choice]:
    """A pair that a missing ReLU would decide otherwise, and one that a multiplied standard deviation would."""
    u, v = rng.uniform(0.97, 1.03, 2)
    return [
        Choice("relu", [0.7, 2.0 * u], 1, RELU, int(rng.integers(2**62))),
        Choice("relu", [4.9 * v**0.5, 0.5], 0, RELU, int(rng.integers(2**62))),
    ]


def linear_choices(rng: np.random.Generator) -> list[Choice]:
    """A list around 1, a pair that ReLU would decide otherwise and one that He's variance would."""
    u, v, w = rng.uniform(0.97, 1.03, 3)
    return [
        Choice("linear", [0.1 * u, 9.0 * u, 1.0 * u], 2, LINEAR, int(rng.integers(2**62))),
        Choice("linear", [0.6, 4.0 * v], 0, LINEAR, int(rng.integers(2**62))),
        Choice("linear", [0.125, 4.0 * w], 1, LINEAR, int(rng.integers(2**62))),
    ]


def far_choices(rng: np.random.Generator) -> list[Choice]:
    """A moderate growth against a decay that |g − 1| takes for the smaller evil."""
    u, v = rng.uniform(0.9, 1.1, 2)
    return [
        Choice("linear", [0.02, 7.0 * u], 1, SMALL, int(rng.integers(2**62))),
        Choice("linear", [8.0 * v, 0.01], 0, SMALL, int(rng.integers(2**62))),
    ]


def chooses(student: Student, choices: list[Choice], law: str) -> None:
    """Fail unless the student's function returns the right candidate of each choice."""
    replies = student.calls("best_multiplier", [choice.arguments for choice in choices])
    for choice, reply in zip(choices, replies, strict=True):
        listed = ", ".join(f"{c:.3g}" for c in choice.candidates)
        got = expect.number(reply.value, f"for the candidates {listed} the result")
        errors = [expect.relative_error(got, c) for c in choice.candidates]
        expect.that(
            min(errors) <= 1e-12, f"For the candidates {listed} you return {got:.3g}, which is none of them."
        )
        expect.that(
            errors[choice.right] <= 1e-12,
            f"For {choice.activation!r} and the candidates {listed} you choose {got:.3g}. {law}",
        )


@check(points=6, false_fail=1.3e-11 + 3e-12)
def check_relu(student: Student, cases: Cases) -> None:
    """a ReLU network holds its signal best with the variance nearest to 2/n"""
    with blame(student, cases, "best_multiplier", *PASTED):
        chooses(
            student,
            cases.once(relu_choices),
            "Each layer's growth is the square root of half the multiplier.",
        )


@check(points=5, false_fail=4e-17 + 9e-18)
def check_linear(student: Student, cases: Cases) -> None:
    """a linear network holds its signal best with the variance nearest to 1/n"""
    with blame(student, cases, "best_multiplier", *PASTED):
        chooses(
            student, cases.once(linear_choices), "Each layer's growth is the square root of the multiplier."
        )


@check(points=4, false_fail=5e-38)
def check_logarithm(student: Student, cases: Cases) -> None:
    """halving and doubling are equally bad: |log g| decides"""
    with blame(student, cases, "best_multiplier", *PASTED):
        law = "Which of the growths is further from 1, counted in factors and not in differences?"
        chooses(student, cases.once(far_choices), law)
