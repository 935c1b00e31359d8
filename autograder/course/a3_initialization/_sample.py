"""A student's weights and what is measured on them, in two tiers.

Tier 1: the sorted entries are the sorted entries of the trusted implementation, drawn from the same generator,
up to a factor: then the factor is known exactly, whatever the order of the draws, and a right solution never
fails. Tier 2, for draws that come about in another way: the tests of `autograder.authoring.bounds`, on large arrays
and on small ones pooled (see `_pools`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf, sqrt
from typing import Any

import numpy as np

from autograder.authoring import expect
from autograder.authoring.bounds import mean_bound, variance_bounds
from autograder.course.reference.initialization import Array

# For one array: that T leaves its bounds, and that Z does (see `autograder.authoring.bounds`). The checks of variance,
# mean and normal law take 3, 3 and 1 times this for each large array, or less, and the normal law once more for
# all of them; a submission that never reaches tier 1 meets 23 large arrays, and the bounds of all its checks sum
# to 117 · 4e-12 < 4.7e-10.
FALSE_FAIL = 4e-12
POOL_FAIL = 1e-12  # the same for one pool of small arrays; with all pools the checks sum to less than 7e-10

RTOL = 1e-6  # tier 1: a cast to float32 changes entries by 6e-8
FREE = 5  # entries, for a factor to be known: up to a factor fewer agree with too many other draws


@dataclass(frozen=True)
class Sample:
    """A student's weights. `scale` is their factor to the trusted draws, None if they are other draws.

    `pool` says what has been pooled; it is empty if W is a single array. `sums` of a pool are those of its arrays, each
    over the root of its size. `in_order`: the trusted draws in their order.
    """

    W: Array
    target: float
    scale: float | None
    layer: int = 1
    pool: str = ""
    in_order: bool = False
    sums: tuple[float, ...] = ()

    @cached_property
    def ratio(self) -> float:
        """The variance of the entries over the right one; exact in tier 1."""
        if self.scale is not None:
            return self.scale**2
        with np.errstate(all="ignore"):
            return float(self.W.var() / self.target)

    @cached_property
    def rms(self) -> float:
        """The root of the mean square of the entries."""
        with np.errstate(all="ignore"):
            return norm(self.W) / sqrt(self.W.size)

    @cached_property
    def largest(self) -> float:
        """The largest absolute value."""
        return float(np.max(np.abs(self.W)))

    @property
    def large(self) -> bool:
        """Whether there are enough entries for tier 2."""
        return self.W.size >= 2000 or bool(self.pool)

    @property
    def where(self) -> str:
        """Of which call or calls we speak."""
        return f"Over many {self.pool}" if self.pool else f"For {arguments(self.W.shape)}"

    @property
    def false_fail(self) -> float:
        """That T leaves its bounds, and that Z does."""
        return POOL_FAIL if self.pool else FALSE_FAIL

    @cached_property
    def varies(self) -> bool:
        """Whether the entries are not all equal; the trusted draws never are."""
        return self.scale is not None or bool(np.ptp(self.W) > 0)

    @property
    def bounds(self) -> tuple[float, float]:
        """Between what `ratio` lies but for 2·false_fail: T's bounds, with room for var = mean square − mean²."""
        low, high = variance_bounds(self.W.size, self.false_fail)
        with np.errstate(all="ignore"):
            square = float(self.W.mean() ** 2 / self.target)
        return low - min(square, mean_bound(self.false_fail) ** 2 / self.W.size), high

    @property
    def variance_is_right(self) -> bool:
        """Exactly in tier 1."""
        if self.scale is not None:
            return abs(self.scale - 1.0) <= RTOL
        low, high = self.bounds if self.W.size >= 1000 or self.pool else (-inf, inf)
        return low <= self.ratio <= high

    @property
    def mean_is_zero(self) -> bool:
        """Judged in units of the entries' own root mean square: a wrong variance costs nothing here."""
        if self.scale is not None or not self.large:
            return True
        low, _ = variance_bounds(self.W.size, self.false_fail)
        bound = mean_bound(self.false_fail) * self.rms / sqrt(low * self.W.size)
        with np.errstate(all="ignore"):
            return bool(0.0 < self.rms < inf and abs(self.W.mean()) <= bound)


def weights(value: Any, shape: tuple[int, ...], what: str) -> Array:
    """`value` as finite float64 numbers of this shape, also from a list or from integers.

    What the type should be costs points elsewhere; a wrong shape costs them here. `what` names the value.
    """
    if isinstance(value, list):
        try:
            value = np.array(value, dtype=np.float64)
        except (TypeError, ValueError, OverflowError):
            expect.fail(f"{what} should be a NumPy array of shape {shape}, but it is {expect.kind(value)}.")
    if isinstance(value, np.ndarray) and value.dtype.kind in "iu":
        value = value.astype(np.float64)
    W = expect.array(value, shape, what)
    expect.that(np.isfinite(W).all(), f"{what} holds nan or inf.")
    return W


def arguments(shape: tuple[int, ...]) -> str:
    """The sizes of a call in words: 'n_out=3, n_in=2' or 'n=3'."""
    return f"n_out={shape[0]}, n_in={shape[1]}" if len(shape) == 2 else f"n={shape[0]}"


@dataclass(frozen=True)
class Stream:
    """The entries of a trusted draw, in their order. Kept for a whole class, and so is what is computed of them."""

    entries: Array

    @cached_property
    def ascending(self) -> Array:
        """The entries, sorted."""
        return np.sort(self.entries)

    @cached_property
    def norm(self) -> float:
        """Their Euclidean norm."""
        return norm(self.entries)


def scale_of(W: Array, streams: Sequence[Stream]) -> tuple[float | None, bool]:
    """s > 0 if the sorted entries of W are s times one of the sorted streams, None if they are something else; and
    whether they are so without being sorted.

    Of fewer entries than `FREE` only s = 1 is known.
    """
    size = norm(W)
    if not 0.0 < size < inf:
        return None, False
    known = [s for s in streams if W.size >= FREE or abs(size / s.norm - 1.0) <= RTOL]
    drawn = W.ravel()
    for stream in known:
        if norm(drawn - (size / stream.norm) * stream.entries) <= RTOL * size:
            return size / stream.norm, True
    ascending = np.sort(drawn) if known else drawn
    for stream in known:
        if norm(ascending - (size / stream.norm) * stream.ascending) <= RTOL * size:
            return size / stream.norm, False
    return None, False


def norm(a: Array) -> float:
    """The Euclidean norm without BLAS, whose threads would wait for each other when many submissions are graded."""
    return sqrt(np.square(a).sum())
