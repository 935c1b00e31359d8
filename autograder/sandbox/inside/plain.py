"""A student's result, reduced to the plain values that the wire carries."""

from collections import OrderedDict, defaultdict, deque
from dataclasses import dataclass
from typing import Any

import numpy as np

from .wire import CODES, MAX_DEPTH, MAX_DIMENSIONS, MAX_TEXT, OUT_OF_BAND, Value, fits_64_bits, inline

_WIDER = {"g": np.dtype("<f8"), "G": np.dtype("<c16")}  # long doubles, which no two machines lay out alike
_FLOAT64 = np.dtype("<f8")
_SEQUENCES = (list, tuple, deque)  # and what is derived from them, such as named tuples
_DICTIONARIES = (dict, OrderedDict, defaultdict)
_OF_NUMPY = (np.ndarray, np.generic)


class Unsupported(Exception):
    """The result is not a plain value, or too large a one."""


@dataclass
class Room:
    """What results may still take up, so that an honest worker never sends what the grader would refuse."""

    size: int
    objects: int

    def take(self, size: int, objects: int = 1) -> None:
        """Use some of it up; Unsupported if there is not so much."""
        self.size -= size
        self.objects -= objects
        if self.size < 0 or self.objects < 0:
            raise Unsupported


def plain(value: object, room: Room, depth: int = 0) -> Value:
    """A copy of `value` made of plain values: tuples become lists, numpy scalars 0-d arrays.

    Judged by `type(value)`, which cannot lie as `__class__` can; no method of a student's class is called.
    """
    room.take(size=16)
    kind = type(value)
    if depth > MAX_DEPTH:
        raise Unsupported
    if kind is np.ndarray or kind is np.float64:  # first, as most are
        return _array(value, room)
    for sequence in _SEQUENCES:
        if issubclass(kind, sequence):
            items: Any = sequence.__iter__(value)  # type: ignore[arg-type]  # not the student's own __iter__
            return [plain(item, room, depth + 1) for item in items]
    if isinstance(value, dict) and kind in _DICTIONARIES:
        return {_text(key, room): plain(item, room, depth + 1) for key, item in dict.items(value)}
    if issubclass(kind, _OF_NUMPY):
        return _array(value, room)
    return _scalar(value, room)


def _scalar(value: object, room: Room) -> Value:
    kind = type(value)
    if isinstance(value, bool | float | None) and kind in (bool, float, type(None)):
        return value
    if isinstance(value, int) and kind is int and fits_64_bits(value):
        return value
    if isinstance(value, bytes) and kind is bytes and len(value) <= MAX_TEXT:
        room.take(len(value), objects=0)
        return value
    return _text(value, room)


def _text(value: object, room: Room) -> str:
    if not isinstance(value, str) or type(value) is not str or len(value) > MAX_TEXT // 4:
        raise Unsupported
    try:
        room.take(len(value.encode()))
    except UnicodeEncodeError:  # half of a surrogate pair
        raise Unsupported from None
    return value


def _array(value: Any, room: Room) -> Value:
    array = np.ndarray.view(value, np.ndarray) if isinstance(value, np.ndarray) else np.asarray(value)
    dtype = array.dtype
    if dtype is not _FLOAT64:
        dtype = _WIDER.get(dtype.char, dtype.newbyteorder("<"))
        if dtype.str not in CODES:
            raise Unsupported
    if array.ndim > MAX_DIMENSIONS:
        raise Unsupported
    size = array.size * dtype.itemsize
    room.take(size + 128)  # before the copy: a broadcast view may claim terabytes
    # A copy even where none is needed: a later call of the batch may change the array it returned.
    if size < OUT_OF_BAND:
        small: Value = inline(array if array.dtype is dtype else array.astype(dtype))
        return small
    return np.array(array, dtype=dtype, order="C", copy=True, subok=False)
