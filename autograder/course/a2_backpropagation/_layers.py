"""The right arrays of all layers, laid end to end, so that 150 comparisons are one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from autograder.course.reference.backpropagation import Array


@dataclass(frozen=True)
class Layers:
    """One array a layer, each in units of its largest entry: layers span 100 orders of magnitude."""

    flat: Array
    sizes: NDArray[np.intp]
    tops: NDArray[np.intp]  # where in `flat` the largest entries are
    units: Array  # the largest entries
    norms: Array  # in these units

    @classmethod
    def of(cls, arrays: Sequence[Array]) -> Self:
        """The arrays; one that is zero has 1 for its unit."""
        sizes = np.array([a.size for a in arrays])
        tops = _starts(sizes) + np.array([np.argmax(np.abs(a)) for a in arrays])
        flat = _end_to_end(arrays)
        units: Array = np.where(flat[tops] == 0.0, 1.0, flat[tops])
        flat = flat / np.repeat(units, sizes)
        return cls(flat, sizes, tops, units, np.sqrt(np.add.reduceat(flat**2, _starts(sizes))))

    @property
    def lengths(self) -> Array:
        """The norms of the arrays."""
        return np.abs(self.units) * self.norms

    def wrong(self, arrays: Sequence[Array], rtol: float, up_to_factors: bool = False) -> Any:
        """The places (from 0) at which `arrays`, of the right shapes, differ by more than `rtol` of the norm.

        With `up_to_factors` each array may be any multiple of the right one, except 0.
        """
        flat = _end_to_end(arrays)
        with np.errstate(all="ignore"):
            errors = (
                flat / np.repeat(flat[self.tops] if up_to_factors else self.units, self.sizes) - self.flat
            )
            distances = np.sqrt(np.add.reduceat(errors**2, _starts(self.sizes)))
        return np.flatnonzero(~(distances <= rtol * self.norms))  # nan is wrong, too


def _end_to_end(arrays: Sequence[Array]) -> Array:
    return np.concatenate([a.ravel() for a in arrays])


def _starts(sizes: NDArray[np.intp]) -> NDArray[np.intp]:
    return np.cumsum(sizes) - sizes
