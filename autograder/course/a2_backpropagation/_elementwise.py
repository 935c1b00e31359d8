"""What the checks of `activate` and of `activation_derivative` share: inputs, one round trip, comparisons."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.authoring import Cases, Student, expect, labelled
from autograder.authoring.cases import sizes
from autograder.course.reference.backpropagation import Array
from autograder.sandbox import Reply

KINDS = ("linear", "relu", "tanh", "sigmoid")
RTOL = 1e-12  # of the norm: spellings differ in the last digits, 1 − tanh² loses two of them
ATOL = 1e-12  # at ±800 alone, where 0 and 1 are rounded and a clipped exponent is as good


@labelled("ordinary")
def ordinary(rng: np.random.Generator) -> list[Array]:
    """Matrices of several shapes, with both signs and sizes from 0.001 to 20 in each, never at ReLU's kink."""
    n, m = sizes(rng, 2, 7, least=3)
    matrices = [_both_signs(rng, shape) for shape in ((n, m), (1, n), (m, m))]
    for Z in matrices:
        # The others stay near 1, and so does the norm: the round-off of a slope of 1e-9 is small beside it.
        Z.flat[1:3] *= [10.0 ** rng.uniform(-2.0, -1.0), rng.uniform(2.0, 8.0)]
    return matrices


@labelled("zeros")
def zeros(rng: np.random.Generator) -> list[Array]:
    """A column in which some entries are 0."""
    Z = _both_signs(rng, (int(rng.integers(4, 9)), 1))
    Z[1:3] = 0.0
    return [Z]


@labelled("tiny_and_huge")
def tiny_and_huge(rng: np.random.Generator) -> list[Array]:
    """Signals as they are after 150 layers of the lecture's network: of size 1e-45 and 1e26."""
    n, m = sizes(rng, 2, 6)
    return [scale * _both_signs(rng, (n, m)) for scale in (1e-45, 1e26)]


@labelled("saturated")
def saturated(rng: np.random.Generator) -> list[Array]:
    """Entries around ±800 among ordinary ones: exp(800) is not a float64."""
    Z = _both_signs(rng, (int(rng.integers(2, 7)) * 2, 3))
    Z[:4:2] = [[800.0, -800.0, 750.0], [-750.0, 800.0, -800.0]]
    return [Z]


def _both_signs(rng: np.random.Generator, shape: tuple[int, int]) -> Array:
    Z = rng.uniform(0.1, 2.5, shape)
    Z.flat[:: 1 + int(rng.integers(1, 3))] *= -1.0
    return Z


@dataclass(frozen=True)
class Elementwise:
    """An exercise that maps (Z, kind) to an array of Z's shape, and the kinds for which it is defined at 0."""

    exercise: str
    reference: Callable[[Array, str], Array]
    at_zero: tuple[str, ...] = KINDS

    def replies(self, student: Student, cases: Cases) -> dict[tuple[Any, str], list[Reply]]:
        """What the student's function returns for all kinds and inputs, in one round trip."""
        keys = [(make, kind) for make in (ordinary, saturated) for kind in KINDS]
        keys += [(zeros, kind) for kind in self.at_zero] + [(tiny_and_huge, "relu")]
        replies = iter(
            student.calls(self.exercise, [(Z, kind) for make, kind in keys for Z in cases.once(make)])
        )
        return {(make, kind): [next(replies) for _ in cases.once(make)] for make, kind in keys}

    def agrees(self, student: Student, cases: Cases, kind: str) -> None:
        """Fail unless the student's values for this kind are right at ordinary numbers and, if defined, at 0."""
        self.agrees_for(student, cases, kind, ordinary)
        if kind in self.at_zero:
            self.agrees_for(student, cases, kind, zeros)

    def agrees_for(self, student: Student, cases: Cases, kind: str, make: Any) -> None:
        """Fail unless the student's values for this kind and the matrices of `make` are right."""
        for Z, reply in zip(cases.once(make), student.once(self.replies, cases)[make, kind], strict=True):
            value = numeric(reply.value, Z, kind)
            what = f"Z of shape {Z.shape}" if np.all(Z) else f"Z of shape {Z.shape} with entries 0"
            sentence = f"For {kind!r} and {what} the shape is right, but the values are not."
            expect.close(value, self.reference(Z, kind), RTOL, sentence)

    def survives(self, student: Student, cases: Cases, kind: str) -> None:
        """Fail unless the student's values are right among entries of ±800."""
        replies = student.once(self.replies, cases)[saturated, kind]
        for Z, reply in zip(cases.once(saturated), replies, strict=True):
            value = numeric(reply.value, Z, kind)
            nans = f"For {kind!r} the result is nan or inf where Z is 800 or −800. What is exp(800)?"
            expect.that(np.all(np.isfinite(value)), nans)
            right = self.reference(Z, kind)
            bound = ATOL * max(1.0, float(np.max(np.abs(right))))
            sentence = f"For {kind!r} the values are not right when some entries of Z are 800 or −800."
            expect.that(np.all(np.abs(value - right) <= bound), sentence)

    def floating(self, student: Student, cases: Cases) -> None:
        """Fail unless every result is an array of floats."""
        for (make, kind), replies in student.once(self.replies, cases).items():
            for Z, reply in zip(cases.once(make), replies, strict=True):
                expect.array(reply.value, Z.shape, f"the result for {kind!r}")

    def unchanged(self, student: Student, cases: Cases) -> None:
        """Fail if a call changed Z, or got the ordinary values wrong."""
        for kind in KINDS:
            self.agrees(student, cases, kind)
        replies = student.once(self.replies, cases)
        changing = [kind for (_, kind), some in replies.items() if any(reply.modified for reply in some)]
        if changing:
            expect.fail(f"For {changing[0]!r} your function changes Z. Work on a new array, not in place.")


def numeric(value: Any, Z: Array, kind: str) -> Array:
    """`value` as float64; truth values and integers count here, the check of the dtype tells them apart."""
    if isinstance(value, np.ndarray) and value.dtype.kind in "biu":
        value = value.astype(np.float64)
    return expect.array(value, Z.shape, f"for {kind!r} and Z of shape {Z.shape} the result")
