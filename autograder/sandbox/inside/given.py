"""What the grader asks, as the worker reads it. It comes from the trusted side, so nothing is inspected.

A class is asked the same thing again and again: an array stays the bytes that came until a call needs one of its own.
"""

import struct
from dataclasses import dataclass
from typing import Any

import msgpack
import numpy as np

from .wire import DTYPES, FUNCTION, IN_PIECES, INLINE, READ_ONLY, RNG, Array, Function, Rng, laid_out

_LAYOUT = READ_ONLY | IN_PIECES


@dataclass(frozen=True, slots=True)
class Given:
    """A small array: a view of the bytes `data`, which end with its numbers, and the layout that calls are given."""

    view: Array
    layout: int
    data: bytes

    def array(self) -> Array:
        """An array of one's own, so that this one shows what was changed in it.

        Nothing else is allocated, so that the next call's first array is likely to lie where this call's did: whoever
        remembers results by `id` is found out.
        """
        return laid_out(self.view, self.layout) if self.layout else self.view.copy()

    def is_still(self, now: Any) -> bool:
        """Whether that array has kept its type, its shape and its numbers."""
        is_array = type(now) is np.ndarray and now.shape == self.view.shape and now.dtype == self.view.dtype
        return bool(is_array and self.data.endswith(now.tobytes()))


def decode(body: bytes) -> tuple[dict[str, Any], list[Array]]:
    """A request, and its large arrays, in order: empty, to be filled from the wire."""
    pending: list[Array] = []
    request = msgpack.unpackb(body, raw=False, ext_hook=lambda code, data: _extension(code, data, pending))
    assert isinstance(request, dict)
    return request, pending


def _extension(code: int, data: bytes, pending: list[Array]) -> Rng | Function | Given | Array:
    if code == RNG:
        seed, shared, still = data.split(b",")
        return Rng(int(seed), shared == b"1", still == b"1")
    if code == FUNCTION:
        return Function(data.decode())
    layout = data[1] & _LAYOUT
    dimensions = data[1] ^ layout
    dtype, shape = DTYPES[data[0]], struct.unpack_from(f"<{dimensions}Q", data, 2)
    if code == INLINE:
        return Given(np.ndarray(shape, dtype, data, 2 + 8 * dimensions), layout, data)
    pending.append(np.empty(shape, dtype))
    return pending[-1]
