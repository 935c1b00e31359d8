"""Small arrays, pooled until there are enough weights for statistics.

One small array says nothing about the variance of its law. Tier 1 (see `_sample`) knows it all the same; where
it does not, many small arrays are asked for, and their entries judged together, kind of shape by kind of shape.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import sqrt

import numpy as np

from autograder.course.a3_initialization._sample import Sample

# A normal variance of twice or half the right one passes once in 1e4.
ENTRIES = 600

# Some of N normal weights are as far from zero, in standard deviations: none is with probability .9281^N, N ≥ 540.
# Uniform weights end at 1.74.
REACH = 1.8
REACH_FAIL = 4e-18

Shape = tuple[int, ...]


@dataclass(frozen=True)
class Kind:
    """Small shapes that a function may treat alike, in words, and how one is drawn: 2 to 27 weights.

    A single weight is no shape to ask for: who makes the mean of the sample zero finds nan or 0 there, and would
    pay for one mistake many times.
    """

    words: str
    shape: Callable[[np.random.Generator], Shape]

    def shapes(self, rng: np.random.Generator) -> Iterator[Shape]:
        """Shapes with `ENTRIES` weights together, or a few more."""
        total = 0
        while total < ENTRIES:
            shape = self.shape(rng)
            total += int(np.prod(shape))
            yield shape


def row(rng: np.random.Generator) -> Shape:
    """(1, 2) to (1, 24)."""
    return (1, int(rng.integers(2, 25)))


def column(rng: np.random.Generator) -> Shape:
    """(2, 1) to (24, 1)."""
    return row(rng)[::-1]


def square(rng: np.random.Generator) -> Shape:
    """(2, 2) to (5, 5)."""
    n = int(rng.integers(2, 6))
    return (n, n)


def tall(rng: np.random.Generator) -> Shape:
    """(3, 2) to (9, 3)."""
    n_in = int(rng.integers(2, 4))
    return (int(rng.integers(n_in + 1, 10)), n_in)


def wide(rng: np.random.Generator) -> Shape:
    """(2, 3) to (3, 9)."""
    return tall(rng)[::-1]


def vector(rng: np.random.Generator) -> Shape:
    """(2,) to (24,)."""
    return row(rng)[1:]


MATRICES = (
    Kind("small matrices with more rows than columns", tall),
    Kind("small matrices with more columns than rows", wide),
    Kind("small square matrices", square),
    Kind("matrices of one row", row),
    Kind("matrices of one column", column),
)
THREE = Kind("neurons with three inputs", lambda rng: (3,))
VECTORS = (Kind("small numbers of inputs", vector), THREE)


def pooled(words: str, samples: Sequence[Sample]) -> Sample:
    """All entries as one sample, in units of the standard deviation that each should have."""
    entries = [sample.W.ravel() / np.sqrt(sample.target) for sample in samples]
    sums = tuple(float(some.sum()) / sqrt(some.size) for some in entries)
    return Sample(np.concatenate(entries), 1.0, None, pool=words, sums=sums)


def by_place(kind: Kind, samples: Sequence[Sample]) -> list[Sample]:
    """The first weights of all neurons with three inputs, the second and the third, as one sample each."""
    if kind is not THREE:
        return []
    places = [[replace(s, W=s.W[place : place + 1]) for s in samples] for place in range(3)]
    return [pooled(f"{kind.words}, weight {place + 1}", some) for place, some in enumerate(places)]


def doubtful(samples: Sequence[Sample]) -> bool:
    """Whether tier 1 leaves something open, and shows no wrong variance that would make the question idle."""
    known = [sample for sample in samples if sample.scale is not None]
    return len(known) < len(samples) and all(sample.variance_is_right for sample in samples)
