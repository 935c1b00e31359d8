"""Reading a frame: bytes, objects, depth, text and dimensions are bounded; only ProtocolError leaves here."""

import math
import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import msgpack
import numpy as np

from .wire import (
    DTYPES,
    FOLLOWS,
    INLINE,
    MAX_DEPTH,
    MAX_DIMENSIONS,
    OUT_OF_BAND,
    Array,
    Bounds,
    ProtocolError,
    Value,
    fits_64_bits,
)  # fmt: skip

_ITEMSIZES = tuple(np.dtype(name).itemsize for name in DTYPES)


@dataclass
class Decoder:
    """One frame. After `decode`, the arrays in `pending` are empty: fill them from the wire, in order."""

    bounds: Bounds
    pending: list[Array] = field(default_factory=list)
    _objects: int = 0
    _room: int = 0

    def decode(self, body: bytes | bytearray) -> Value:
        """The value of this body; whatever is wrong with it, a ProtocolError."""
        self._room = self.bounds.size - len(body)
        try:
            value = self._unpack(body)
            self._inspect(value, 0)
        except ProtocolError:
            raise
        except Exception as error:  # msgpack has many: OutOfData, StackError, UnicodeDecodeError …
            raise ProtocolError(type(error).__name__) from None
        return value

    def _unpack(self, body: bytes | bytearray) -> Value:
        # An element takes at least a byte, so no list is allocated that the body could not fill.
        count = min(self.bounds.objects, len(body))
        text = min(self.bounds.text, len(body))
        unpacker = msgpack.Unpacker(
            None, raw=False, strict_map_key=True, max_buffer_size=len(body),
            ext_hook=self._unpack_extension, list_hook=self._count, object_pairs_hook=self._pairs,
            max_str_len=text, max_bin_len=text, max_array_len=count, max_map_len=count, max_ext_len=len(body),
        )  # fmt: skip
        unpacker.feed(body)
        value: Value = unpacker.unpack()
        if unpacker.tell() != len(body):
            raise ProtocolError("bytes behind the value")
        return value

    def _count(self, items: list[Any]) -> list[Any]:
        self._objects += 1 + len(items)
        if self._objects > self.bounds.objects:
            raise ProtocolError("too many objects")
        return items

    def _pairs(self, pairs: list[tuple[Any, Any]]) -> dict[str, Any]:
        self._count(pairs)
        result = {key: value for key, value in pairs if type(key) is str}
        if len(result) != len(pairs):
            raise ProtocolError("a key is repeated or is no text")
        return result

    def _inspect(self, value: object, depth: int) -> None:
        """Accept positively: msgpack has types of its own (timestamps) and integers beyond 64 bits."""
        kind = type(value)
        if depth > MAX_DEPTH + 4:  # a result lies this deep in its envelope
            raise ProtocolError("too deep")
        if kind is list or kind is dict:
            for item in value if isinstance(value, list) else value.values():  # type: ignore[attr-defined]
                self._inspect(item, depth + 1)
        elif kind is int:
            if not fits_64_bits(value):  # type: ignore[arg-type]
                raise ProtocolError("integer")
        elif kind not in (type(None), bool, float, str, bytes, np.ndarray):
            raise ProtocolError(f"a {kind.__name__}")

    def _unpack_extension(self, code: int, data: bytes) -> Value:
        if code not in (INLINE, FOLLOWS):
            raise ProtocolError(f"extension {code}")
        dtype, shape, start = _array_header(data)
        size, content = math.prod(shape) * _ITEMSIZES[dtype], len(data) - start
        if code == FOLLOWS:
            return self._promise(DTYPES[dtype], shape, size, content)
        if size != content:
            raise ProtocolError("size of an array")
        # A copy: aligned, and it does not keep the whole body alive.
        return np.ndarray(shape, DTYPES[dtype], data, start).copy()

    def _promise(self, dtype: str, shape: Sequence[int], size: int, content: int) -> Array:
        self._room -= size
        if content or size < OUT_OF_BAND or self._room < 0:
            raise ProtocolError("size of an array")
        array: Array = np.empty(shape, dtype)
        self.pending.append(array)
        return array


def _array_header(data: bytes) -> tuple[int, tuple[int, ...], int]:
    """The code of its dtype, its shape, and where its numbers begin."""
    code, dimensions = data[0], data[1]
    if not (code < len(DTYPES) and dimensions <= MAX_DIMENSIONS):
        raise ProtocolError("header of an array")
    return code, struct.unpack_from(f"<{dimensions}Q", data, 2), 2 + 8 * dimensions
