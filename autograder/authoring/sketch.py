"""Pictures that an exercise may show of a mistake: which public calls are made, and which numbers are drawn of them.

Theirs are numbers of hostile code: as many as the reference's, finite, and as coarse as a picture is, so that a picture
could tell little even if its worker knew something.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import erf, isfinite, sqrt
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from autograder.results import Picture

Array = NDArray[np.float64]
Numbers = Callable[[list[Any]], Any]
Share = Callable[[float], float]

MOST = 40  # numbers in a series
HEIGHTS = 200  # a number of theirs is one of so many
SEEN = 0.05  # of the height: a smaller difference is none in a picture
BINS = 30
SHARE = 0.06  # of the weights that lie in other bins: chance alone moves less than 0.02
WIDEST = 300.0  # times the law's reach: beyond, the law would be a needle


@dataclass(frozen=True)
class Lines:
    """Numbers side by side, of layers, of steps, or along an axis.

    `numbers` takes the results of all calls; it is given theirs only if they have the reference's form.
    """

    title: str
    across: str
    up: str
    calls: Sequence[tuple[Any, ...]]
    numbers: Numbers
    first: float = 0.0
    step: float = 1.0
    log: bool = False
    kind: Literal["profile", "curve"] = "curve"

    def drawn(self, got: list[Any], wanted: list[Any]) -> Picture | None:
        """The picture, if it shows a difference."""
        right = self._heights(wanted)
        theirs = self._heights(got)
        if not self.log:  # what is far off would make a flat line of what is right
            theirs = np.where(np.abs(theirs) <= 50.0 * np.nanmax(np.abs(right)), theirs, np.nan)
        if theirs.shape != right.shape or np.isnan(theirs).mean() > 0.5:
            return None  # a line of what is left of it shows nothing
        low, span = _range(np.concatenate([theirs, right]), self.log)
        apart = np.abs(theirs - right) > SEEN * span
        if not np.any(apart | (np.isnan(theirs) & ~np.isnan(right))):
            return None
        coarse = low + np.round((theirs - low) / span * HEIGHTS) * span / HEIGHTS
        yours, expected = map(self._told, (coarse, right))
        return Picture(
            self.kind, self.title, self.across, self.up, self.log, self.first, self.step, yours, expected
        )

    def _heights(self, results: list[Any]) -> Array:
        """The numbers as they are drawn: logarithms perhaps, nan for what cannot be drawn."""
        found = np.asarray(self.numbers(results), dtype=np.float64).ravel()[:MOST]
        heights, most = (np.log10(found), 300.0) if self.log else (found, 1e300)
        return np.where(np.abs(heights) <= most, heights, np.nan)

    def _told(self, heights: Array) -> tuple[float | None, ...]:
        return tuple(_number(10.0**h if self.log else h) for h in heights.tolist())


def _range(heights: Array, log: bool) -> tuple[float, float]:
    """The least, and how far it is to the largest; not so little that roundings would fill a picture."""
    low, high = float(np.nanmin(heights)), float(np.nanmax(heights))
    return low, max(high - low, 0.5 if log else 0.1 * max(abs(low), abs(high)), 1e-300)


@dataclass(frozen=True)
class Histogram:
    """The weights of one call, and the law that they should follow.

    law: the share of weights below a number. reach: beyond it lies next to nothing of the law. free: whether other
    laws of this deviation are as right.
    """

    title: str
    call: tuple[Any, ...]
    law: Share
    reach: float
    deviation: float
    free: bool = False

    @property
    def calls(self) -> Sequence[tuple[Any, ...]]:
        """The call."""
        return [self.call]

    def drawn(self, got: list[Any], wanted: list[Any]) -> Picture | None:
        """The picture, if it shows a difference."""
        del wanted  # draws in another order are as right
        weights = np.asarray(got[0], dtype=np.float64).ravel()
        if np.unique(weights).size < weights.size / 2:
            return None  # of few values a sentence tells, and chance shapes them
        if self.free and self._spread_as_they_should(weights):
            return None
        farthest = _number(1.1 * float(np.quantile(np.abs(weights), 0.995)))
        if farthest is None or farthest > WIDEST * self.reach or not np.isfinite(weights).all():
            return None
        reach = max(self.reach, farthest)
        edges = np.linspace(-reach, reach, BINS + 1)
        theirs = np.histogram(weights, edges)[0] / weights.size
        right = np.diff([self.law(edge) for edge in edges.tolist()])
        if np.abs(theirs - right).sum() < 2.0 * SHARE:
            return None
        step = max(theirs.max(), right.max()) / HEIGHTS
        yours, expected = (
            tuple(round(100.0 * share, 2) for share in shares.tolist())
            for shares in (np.round(theirs / step) * step, right)
        )
        first, width = round(-reach, 9), round(2.0 * reach / BINS, 9)
        return Picture(
            "histogram", self.title, "weight", "weights in %", False, first, width, yours, expected
        )

    def _spread_as_they_should(self, weights: Array) -> bool:
        return bool(
            abs(weights.std() / self.deviation - 1.0) < 0.1 and abs(weights.mean() / self.deviation) < 0.1
        )


Sketch = Lines | Histogram


def normal(deviation: float) -> Share:
    """The normal law around 0."""
    return lambda x: 0.5 * (1.0 + erf(x / (deviation * sqrt(2.0))))


def uniform(limit: float) -> Share:
    """The uniform law from −limit to limit."""
    return lambda x: min(max(0.5 * (x / limit + 1.0), 0.0), 1.0)


def norms(arrays: Sequence[Any]) -> Array:
    """The Euclidean norm of each array; none that is a float64 number is lost to its square."""
    return np.array([_norm(np.asarray(one, dtype=np.float64)) for one in arrays])


def _norm(a: Array) -> float:
    largest = float(np.max(np.abs(a), initial=0.0))
    return largest * float(np.linalg.norm(a / largest)) if 0.0 < largest < np.inf else largest


def alike_in_form(got: Any, want: Any) -> bool:
    """Whether a result has the structure and the shapes of the right one, and holds numbers."""
    if isinstance(want, dict):
        return (
            isinstance(got, dict)
            and got.keys() == want.keys()
            and all(alike_in_form(got[key], want[key]) for key in want)
        )
    if isinstance(want, list | tuple):
        return (
            isinstance(got, list | tuple)
            and len(got) == len(want)
            and all(alike_in_form(g, w) for g, w in zip(got, want, strict=True))
        )
    if not isinstance(got, np.ndarray | float | int):
        return False
    one = np.asarray(got)
    return one.dtype.kind in "fiu" and one.shape == np.shape(want)


def _number(value: float) -> float | None:
    """To three digits, if it is finite."""
    rounded = float(f"{value:.3g}")
    return rounded if isfinite(rounded) else None
