"""Draws of a student's weight matrices, several shapes in one round trip, and what is measured on them.

Two tiers. Tier 1: the sorted entries are the sorted entries of the trusted implementation, drawn from the
same generator, up to a factor: then the factor is known exactly, whatever the order of the draws, and a right
solution never fails. Tier 2, for draws that come about in another way: the tests of `autograder.statistics`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder import expect
from autograder.checks import Cases, Student
from autograder.reference.initialization import Array
from autograder.sandbox import Reply, Rng
from autograder.statistics import mean_bound, variance_bounds

# Each test of tier 2: 4 matrix exercises × 3 shapes × (variance, mean) = 24 of them, `init_neuron` 6 and
# `initialize_parameters` 16: 46 tests, 4.6e-10 a submission even if nothing comes from tier 1.
FALSE_FAIL = 1e-11

# Wrong fans and wrong constants differ from the right variance by 4/3 or more at one of the first two, n ± 1
# by 3/2 at the third. At 1e-11 a ratio of 4/3 takes 4,700 entries and one of 3/2 2,400.
LARGE = ((320, 64), (64, 192), (2000, 2))
SMALL = ((5, 8), (6, 1), (2, 7))  # for tier 1 alone; five free entries agree to 1e-6 by chance once in 1e30

RTOL = 1e-6  # tier 1: a cast to float32 changes entries by 6e-8


@dataclass(frozen=True)
class Draw:
    """The shape and the seed of a call, and the sorted entries that each trusted implementation returns."""

    shape: tuple[int, ...]
    seed: int
    streams: tuple[Array, ...]


@dataclass(frozen=True)
class Sample:
    """A student's weights. `scale` is their factor to the trusted draws, None if they are other draws."""

    W: Array
    target: float
    scale: float | None
    layer: int = 1

    @property
    def ratio(self) -> float:
        """The variance of the entries over the right one; exact in tier 1."""
        return self.scale**2 if self.scale is not None else float(self.W.var() / self.target)

    @property
    def rms(self) -> float:
        """The root of the mean square of the entries."""
        return float(np.sqrt(np.mean(self.W * self.W)))

    @property
    def large(self) -> bool:
        """Whether there are enough entries for tier 2."""
        return self.W.size >= 2000

    @property
    def variance_is_right(self) -> bool:
        """Exactly in tier 1. Below, tier 2 leaves room for the mean: var = mean square − mean²."""
        if self.scale is not None:
            return abs(self.scale - 1.0) <= RTOL
        if not self.large:
            return True
        lo, hi = variance_bounds(self.W.size, FALSE_FAIL)
        return lo - mean_bound(FALSE_FAIL) ** 2 / self.W.size <= self.ratio <= hi

    @property
    def mean_is_zero(self) -> bool:
        """Judged in units of the entries' own root mean square: a wrong variance costs nothing here."""
        if self.scale is not None or not self.large:
            return True
        lo, _ = variance_bounds(self.W.size, FALSE_FAIL)
        bound = mean_bound(FALSE_FAIL) * self.rms / np.sqrt(lo * self.W.size)
        return bool(0.0 < self.rms < np.inf and abs(self.W.mean()) <= bound)


@dataclass(frozen=True)
class Drawn:
    """All draws of one submission: what came back, and the matrices made of it."""

    law: "Law"
    replies: list[Reply]
    samples: list[Sample]
    again: Array
    other: Array

    @property
    def large(self) -> list[Sample]:
        """The samples with enough entries for statistics."""
        return [sample for sample in self.samples if sample.large]


@dataclass(frozen=True)
class Law:
    """What an exercise asks for: arrays of these shapes, whose entries have the variance `variance(*shape)`.

    `samplers` are trusted implementations `sampler(*shape, rng)`: tier 1 knows the draws of each of them.
    """

    name: str
    text: str
    variance: Callable[..., float]
    samplers: tuple[Callable[..., Array], ...]
    shapes: tuple[tuple[int, ...], ...] = SMALL + LARGE

    def plan(self, rng: np.random.Generator) -> list[Draw]:
        """The calls: small ones first, for a quick diagnosis; the last two are the first shape again."""
        draws = [self._draw(shape, int(rng.integers(2**62))) for shape in self.shapes]
        first = draws[0]
        return [*draws, first, self._draw(first.shape, first.seed + 1)]

    def _draw(self, shape: tuple[int, ...], seed: int) -> Draw:
        drawn = (sampler(*shape, np.random.default_rng(seed)) for sampler in self.samplers)
        return Draw(shape, seed, tuple(np.sort(W, axis=None) for W in drawn))

    def replies(self, student: Student, cases: Cases) -> list[Reply]:
        """What the student's function returns for the plan, in one round trip."""
        return student.calls(self.name, [(*d.shape, Rng(d.seed)) for d in cases.once(self.plan)])

    def draws(self, student: Student, cases: Cases) -> Drawn:
        """The student's weights. Lists, float32 and transposed matrices are judged by their values."""
        plan, replies = cases.once(self.plan), student.once(self.replies, cases)
        found = [
            weights(r.value, d.shape, f"For {arguments(d.shape)} the result")
            for d, r in zip(plan, replies, strict=True)
        ]
        with np.errstate(all="ignore"):
            samples = [
                Sample(W, self.variance(*d.shape), scale_of(W, d.streams))
                for d, W in zip(plan[:-2], found[:-2], strict=True)
            ]
        return Drawn(self, replies, samples, found[-2], found[-1])


def weights(value: Any, shape: tuple[int, ...], what: str) -> Array:
    """`value` as finite float64 numbers of this shape, also from a list, integers or the transpose.

    A vector may come as a row or as a column. `what` names the value in the sentence.
    """
    if isinstance(value, list):
        try:
            value = np.array(value, dtype=np.float64)
        except (TypeError, ValueError, OverflowError):
            expect.fail(f"{what} should be a NumPy array of shape {shape}, but it is {expect.kind(value)}.")
    if isinstance(value, np.ndarray) and value.ndim == 2 and value.shape != shape:
        value = value.T if value.shape == shape[::-1] else value
        value = value.ravel() if len(shape) == 1 and value.size in value.shape else value
    if isinstance(value, np.ndarray) and value.dtype.kind in "iu":
        value = value.astype(np.float64)
    W = expect.array(value, shape, what)
    expect.that(np.all(np.isfinite(W)), f"{what} holds nan or inf.")
    return W


def arguments(shape: tuple[int, ...]) -> str:
    """The sizes of a call in words: 'n_out=3, n_in=2' or 'n=3'."""
    return f"n_out={shape[0]}, n_in={shape[1]}" if len(shape) == 2 else f"n={shape[0]}"


def scale_of(W: Array, streams: Iterable[Array]) -> float | None:
    """s > 0 if the sorted entries of W are s times one of the sorted streams; None if they are something else."""
    entries = np.sort(W, axis=None)
    size = norm(entries)
    if not 0.0 < size < np.inf:
        return None
    for stream in streams:
        scale = size / norm(stream)
        if norm(entries - scale * stream) <= RTOL * size:
            return scale
    return None


def norm(a: Array) -> float:
    """The Euclidean norm without BLAS, whose threads would wait for each other when many submissions are graded."""
    return float(np.sqrt(np.sum(a * a)))
