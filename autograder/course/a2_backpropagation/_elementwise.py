"""What the checks of `activate` and of `activation_derivative` share: inputs, one round trip, comparisons."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from autograder.authoring import Cases, Student, corner, expect, in_pieces, labelled, pair_of_calls
from autograder.authoring.cases import sizes
from autograder.authoring.domain import Corner
from autograder.course.reference.backpropagation import KINDS, Array
from autograder.sandbox import Reply

RTOL = 1e-12  # of the norm: spellings differ in the last digits, 1 − tanh² loses two of them
ATOL = 1e-12  # at ±800 alone, where 0 and 1 are rounded and a clipped exponent is as good


@labelled("ordinary")
def ordinary(rng: np.random.Generator) -> list[Array]:
    """Matrices of several shapes, with both signs and sizes from 0.001 to 20 in each, never at ReLU's kink.

    One shape comes twice: results must not be kept by shape. Then a view, and single numbers of either sign.
    """
    n, m = sizes(rng, 2, 7, least=3)
    matrices = [_both_signs(rng, shape) for shape in ((n, m), (n, m), (1, n), (m, m))]
    for Z in matrices:
        # The others stay near 1, and so does the norm: the round-off of a slope of 1e-9 is small beside it.
        Z.flat[1:3] *= [10.0 ** rng.uniform(-2.0, -1.0), rng.uniform(2.0, 8.0)]
    single = rng.uniform(0.1, 2.5, (1, 1))
    return [*matrices, np.asfortranarray(_both_signs(rng, (m, n))), single, -single]


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


CORNERS = {
    "one number, for": lambda Z: Z.size == 1,
    "one row, for": lambda Z: len(Z) == 1 < Z.size,
    "one column, for": lambda Z: Z.shape[1] == 1 < Z.size,
    "a square, for": lambda Z: Z.shape[0] == Z.shape[1] > 1,
    "a view, for": in_pieces,
    "zeros, for": lambda Z: not np.all(Z),
    "nothing positive, for": lambda Z: np.all(Z < 0),
    "nothing negative, for": lambda Z: np.all(Z > 0),
    "entries of ±800, for": lambda Z: np.max(np.abs(Z)) == 800,
}
SCALES = {
    "tiny numbers, for": lambda Z: np.max(np.abs(Z)) < 1e-40,
    "huge numbers, for": lambda Z: np.max(Z) > 1e25,
}


def domain() -> tuple[Corner, ...]:
    """Every kind of activation at every corner; ReLU and linear at the ends of the scale, too."""
    asked = [(name, holds, kind) for name, holds in CORNERS.items() for kind in KINDS]
    asked += [(name, holds, kind) for name, holds in SCALES.items() for kind in ("linear", "relu")]
    same_shape = pair_of_calls(
        "equal shapes", lambda a, b: a[1] == b[1] and a[0].shape == b[0].shape and a[0].size > 1
    )
    views = corner("a view", lambda Z, _: in_pieces(Z))
    return (
        *(corner(f"{name} {kind}", partial(_lies, holds, kind)) for name, holds, kind in asked),
        views,
        same_shape,
    )


def _lies(holds: Callable[[Array], Any], of: str, Z: Array, kind: str) -> bool:
    return kind == of and bool(holds(Z))


@dataclass(frozen=True)
class Elementwise:
    """An exercise that maps (Z, kind) to an array of Z's shape, and the kinds for which it is defined at 0."""

    exercise: str
    reference: Callable[[Array, str], Array]
    at_zero: tuple[str, ...] = KINDS

    def replies(self, student: Student, cases: Cases) -> dict[tuple[Any, str], list[Reply]]:
        """What the student's function returns for all kinds and inputs, in one round trip."""
        keys = [(make, kind) for make in (ordinary, saturated) for kind in KINDS]
        keys += [(zeros, kind) for kind in KINDS] + [(tiny_and_huge, kind) for kind in ("linear", "relu")]
        replies = iter(
            student.calls(self.exercise, [(Z, kind) for make, kind in keys for Z in cases.once(make)])
        )
        return {(make, kind): [next(replies) for _ in cases.once(make)] for make, kind in keys}

    def agrees(self, student: Student, cases: Cases, kind: str) -> None:
        """Fail unless the student's values for this kind are right, beside 0 and, if defined, at 0."""
        self.agrees_for(student, cases, kind, ordinary)
        self.agrees_for(student, cases, kind, zeros)

    def agrees_for(self, student: Student, cases: Cases, kind: str, make: Any) -> None:
        """Fail unless the student's values for this kind and the matrices of `make` are right."""
        student.judge_once((self.exercise, kind, make), lambda: self._judge(student, cases, kind, make))

    def _judge(self, student: Student, cases: Cases, kind: str, make: Any) -> None:
        for Z, reply in zip(cases.once(make), student.once(self.replies, cases)[make, kind], strict=True):
            if _single(reply.value) and np.max(np.abs(Z)) < expect.SMALL:
                continue  # for float32 these are zeros
            right = self.reference(Z, kind)
            value = self.judged(numeric(reply.value, right, kind), Z, kind)
            size = float(np.max(np.abs(Z)))
            of = f" of size {size:.0e}" if not 1e-6 < size < 1e6 else ""
            what = f"Z of shape {Z.shape}{of}" if np.all(Z) else f"Z of shape {Z.shape} with entries 0"
            sentence = f"For {kind!r} and {what} the shape is right, but the values are not."
            expect.close(value, self.judged(right, Z, kind), RTOL, sentence)

    def judged(self, values: Array, Z: Array, kind: str) -> Array:
        """The values where they are defined; the others count as 0."""
        return values if kind in self.at_zero else np.where(Z == 0, 0.0, values)

    def survives(self, student: Student, cases: Cases, kind: str) -> None:
        """Fail unless the student's values are right among entries of ±800."""
        replies = student.once(self.replies, cases)[saturated, kind]
        for Z, reply in zip(cases.once(saturated), replies, strict=True):
            right = self.reference(Z, kind)
            value = numeric(reply.value, right, kind)
            nans = f"For {kind!r} the result is nan or inf where Z is 800 or −800. What is exp(800)?"
            expect.that(np.all(np.isfinite(value)), nans)
            bound = ATOL * max(1.0, float(np.max(np.abs(right))))
            sentence = f"For {kind!r} the values are not right when some entries of Z are 800 or −800."
            expect.that(np.all(np.abs(value - right) <= bound), sentence)

    def double(self, student: Student, cases: Cases) -> None:
        """Fail unless every result holds float64 numbers; the values at ordinary numbers must be right."""
        for kind in KINDS:
            self.agrees_for(student, cases, kind, ordinary)
        for (_, kind), replies in student.once(self.replies, cases).items():
            for reply in replies:
                expect.double(reply.value, f"the result for {kind!r}")

    def unchanged(self, student: Student, cases: Cases) -> None:
        """Fail if a call changed Z, or got the ordinary values wrong."""
        for kind in KINDS:
            self.agrees(student, cases, kind)
        replies = student.once(self.replies, cases)
        changing = [kind for (_, kind), some in replies.items() if any(reply.modified for reply in some)]
        if changing:
            expect.fail(f"For {changing[0]!r} your function changes Z. Work on a new array, not in place.")


def _single(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.dtype == np.float32


def numeric(value: Any, right: Array, kind: str) -> Array:
    """`value` as float64; truth values, integers and float32 count here, the check of the dtype tells them apart."""
    return expect.array(
        value, right.shape, f"for {kind!r} and Z of shape {right.shape} the result", near=right
    )
