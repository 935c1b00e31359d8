"""Draws of a student's weights, several shapes in one round trip. How they are judged: see `_sample`."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from autograder.checks import Cases, Student
from autograder.checks.a3_initialization._sample import Sample, arguments, scale_of, weights
from autograder.reference.initialization import Array
from autograder.sandbox import Reply, Rng

# Wrong fans and wrong constants differ from the right variance by 4/3 or more at one of the first two, n ± 1
# by 3/2 at the third. With bounds at 4e-12 a ratio of 4/3 escapes once in 1e8 at 4,800 entries, and one of 3/2
# once in 1e20 at 4,000.
LARGE = ((160, 32), (40, 120), (2000, 2))
SMALL = ((5, 8), (6, 1), (2, 7))  # for tier 1 alone; five free entries agree to 1e-6 by chance once in 1e30


@dataclass(frozen=True)
class Draw:
    """The shape and the seed of a call, and the sorted entries that each trusted implementation returns."""

    shape: tuple[int, ...]
    seed: int
    streams: tuple[Array, ...]


@dataclass(frozen=True)
class Drawn:
    """All draws of one submission: what came back, and the matrices made of it."""

    law: "Law"
    replies: list[Reply]
    samples: list[Sample]
    again: Array
    other: Array

    @cached_property
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
        """The student's weights. Lists and float32 are judged by their values; a wrong shape fails every check."""
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
