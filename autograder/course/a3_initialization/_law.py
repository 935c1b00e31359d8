"""Draws of a student's weights, several shapes in one round trip. How they are judged: see `_sample`."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from autograder.authoring import Cases, Labelled, Student
from autograder.course.a3_initialization._pools import MATRICES, Kind, by_place, doubtful, pooled
from autograder.course.a3_initialization._sample import RTOL, Sample, Stream, arguments, scale_of, weights
from autograder.course.reference.initialization import Array
from autograder.sandbox import Reply, Rng, SessionLost

Range = tuple[tuple[int, ...], tuple[int, ...]]  # the smallest and the largest sizes of a shape

# Wrong fans and wrong constants differ from the right variance by 4/3 or more at one of the first two, n ± 1
# by 3/2 at the third. With bounds at 4e-12 a ratio of 4/3 escapes once in 1e8 at 4,800 entries, and one of 3/2
# once in 1e20 at 4,000.
FIRST = ((4, 7), (6, 9))
VAST = ((290, 250), (300, 260))  # tells apart, in tier 2, what is almost right
LARGE = (((155, 31), (165, 33)), ((40, 120), (42, 124)), ((2000, 2), (2040, 2)))


@dataclass(frozen=True)
class Draw:
    """The shape and the generator of a call, and the entries that each trusted implementation returns."""

    shape: tuple[int, ...]
    rng: Rng
    streams: tuple[Stream, ...]


@dataclass(frozen=True)
class Drawn:
    """All draws of one submission: what came back, and the matrices made of it.

    The first of the samples and the last one are two draws from one generator, `again` and `other` from other ones.
    """

    law: "Law"
    replies: list[Reply]
    samples: list[Sample]
    again: Array
    other: Array
    pools: list[Sample]
    in_time: bool = True  # else the large ones are not so large

    @cached_property
    def large(self) -> list[Sample]:
        """The samples with enough entries for statistics."""
        return [sample for sample in self.samples if sample.large]

    @property
    def judged(self) -> list[Sample]:
        """The large samples and the pools of small ones."""
        return [*self.large, *self.pools]


@dataclass(frozen=True)
class Law:
    """What an exercise asks for: arrays of these shapes, whose entries have the variance `variance(*shape)`.

    `samplers` are trusted implementations `sampler(*shape, rng)`: tier 1 knows the draws of each of them.
    Shapes are drawn within the ranges and, small ones, by `kinds`, so that nobody can know them. Whoever takes too long
    for the large ones, or too much memory, is asked for `modest` ones in their place, if the law has some.
    """

    name: str
    text: str
    variance: Callable[..., float]
    samplers: tuple[Callable[..., Array], ...]
    first: Range = FIRST
    large: tuple[Range, ...] = LARGE
    kinds: tuple[Kind, ...] = MATRICES
    vast: Range = VAST
    modest: tuple[Range, ...] = ()
    label: str = "plan"

    @cached_property
    def modestly(self) -> "Law":
        """The same law, asked for in modest sizes."""
        return replace(self, large=self.modest, vast=self.modest[-1], modest=(), label="modest_plan")

    def plan(self, rng: np.random.Generator) -> list[Draw]:
        """The calls: small ones first, for a quick diagnosis; the last three are the first shape again: the next
        draw of the first one's generator, a new generator with its seed, and one with another seed.
        """
        small = [kind.shape(rng) for kind in self.kinds]
        shapes = [_within(rng, self.first), *small, *(_within(rng, sizes) for sizes in self.large)]
        shapes[1 + len(small)] = _with_odd_sum(shapes[1 + len(small)])
        seeds = [int(rng.integers(2**62)) for _ in shapes]
        others = [self._draw(shape, Rng(seed)) for shape, seed in zip(shapes[1:], seeds[1:], strict=True)]
        on_one = Rng(seeds[0], shared=True)
        first, again, other = (
            self._draw(shapes[0], given) for given in (on_one, Rng(seeds[0]), Rng(seeds[0] + 1))
        )
        return [first, *others, self._draw(first.shape, on_one, earlier=1), again, other]

    def _draw(self, shape: tuple[int, ...], given: Rng, earlier: int = 0) -> Draw:
        """A call, after so many equal `earlier` ones on its generator."""
        streams = []
        for sampler in self.samplers:
            rng = np.random.default_rng(given.seed)
            W = [sampler(*shape, rng) for _ in range(earlier + 1)][-1]
            streams.append(Stream(W.ravel()))
        return Draw(shape, given, tuple(streams))

    def replies(self, student: Student, cases: Cases) -> tuple["Law", list[Draw], list[Reply]]:
        """What the student's function returns for the plan, in one round trip, and in which sizes it was asked for."""
        plan = cases.once(Labelled(self.label, self.plan))
        try:
            replies = student.calls(self.name, [(*d.shape, d.rng) for d in plan])
        except SessionLost:
            if not self.modest:
                raise
            return self.modestly.replies(student, cases)
        if self.modest and any(reply.error == "MemoryError" for reply in replies):
            return self.modestly.replies(student, cases)
        return self, plan, replies

    def draws(self, student: Student, cases: Cases) -> Drawn:
        """The student's weights. Lists and float32 are judged by their values; a wrong shape fails every check."""
        law, plan, replies = student.once(self.replies, cases)
        found = [
            weights(r.value, d.shape, f"For {arguments(d.shape)} the result")
            for d, r in zip(plan, replies, strict=True)
        ]
        with np.errstate(all="ignore"):
            samples = _trusted_factors(
                [self._sample(draw, W) for draw, W in zip(plan[:-2], found[:-2], strict=True)]
            )
            pools, whole = law.pools(student, cases) if doubtful(samples) else ([], True)
        return Drawn(self, replies, samples, found[-2], found[-1], pools, whole and law is self)

    def _sample(self, draw: Draw, W: Array) -> Sample:
        scale, in_order = scale_of(W, draw.streams)
        return Sample(W, self.variance(*draw.shape), scale, in_order=in_order)

    def second_plan(self, rng: np.random.Generator) -> list[list[tuple[Any, ...]]]:
        """Many small calls, kind by kind, and one for a vast array."""
        shapes = [*(list(kind.shapes(rng)) for kind in self.kinds), [_within(rng, self.vast)]]
        return [[(*shape, Rng(int(rng.integers(2**62)))) for shape in some] for some in shapes]

    def pools(self, student: Student, cases: Cases) -> tuple[list[Sample], bool]:
        """Small arrays of each kind, and all together, and a vast one, in one more round trip; and whether there was
        memory for the vast one.
        """
        plan = cases.once(Labelled(f"second_{self.label}", self.second_plan))
        answers = student.calls(self.name, [call for calls in plan for call in calls])
        whole = not (self.modest and answers[-1].error == "MemoryError")
        plan, replies = plan if whole else [*plan[:-1], []], iter(answers)
        *small, vast = ([self._other(call, next(replies)) for call in calls] for calls in plan)
        kinds = list(zip(self.kinds, small, strict=True))
        pools = [pooled(kind.words, samples) for kind, samples in kinds]
        places = [place for kind, samples in kinds for place in by_place(kind, samples)]
        together = pooled("small arrays", [sample for samples in small for sample in samples])
        return [*pools, *places, together, *vast], whole

    def _other(self, call: tuple[Any, ...], reply: Reply) -> Sample:
        shape = call[:-1]
        return Sample(
            weights(reply.value, shape, f"For {arguments(shape)} the result"), self.variance(*shape), None
        )


def _within(rng: np.random.Generator, sizes: Range) -> tuple[int, ...]:
    return tuple(int(n) for n in rng.integers(*sizes, endpoint=True))


def _with_odd_sum(shape: tuple[int, ...]) -> tuple[int, ...]:
    """The shape, one row longer if need be, so that nobody may halve the sum of its sizes by `//`."""
    return shape if len(shape) < 2 or sum(shape) % 2 else (shape[0] + 1, *shape[1:])


def _trusted_factors(samples: list[Sample]) -> list[Sample]:
    """A factor other than 1 counts only if the large arrays are the trusted draws, too.

    Who cuts a normal law off, or mixes laws, returns trusted draws times a factor where nothing was cut off.
    """
    if all(s.scale is not None for s in samples if s.large):
        return samples
    return [
        s if s.scale is None or abs(s.scale - 1.0) <= RTOL else replace(s, scale=None, in_order=False)
        for s in samples
    ]
