"""What the grader asks, as the worker reads it. It comes from the trusted side, so nothing is inspected.

A class is asked the same thing again and again: an array stays the bytes that came until a call needs one of its own.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from types import CodeType
from typing import Any

import msgpack
import numpy as np
from numpy.random.bit_generator import ISpawnableSeedSequence

from .wire import (
    APART,
    ARRAYS,
    CALL,
    COUNT,
    DTYPES,
    FUNCTION,
    IN_PIECES,
    READ_ONLY,
    RNG,
    SHAPES,
    Array,
    Function,
    Rng,
    generator,
    laid_out,
)

# Taken before a student can replace them.
_ndarray, _Generator, _PCG64, _uint64 = np.ndarray, np.random.Generator, np.random.PCG64, np.uint64
_SeedSequence, _frombuffer = np.random.SeedSequence, np.frombuffer
_LAYOUT = READ_ONLY | IN_PIECES
_DTYPES = tuple(map(np.dtype, DTYPES))
_WORDS = 32  # bytes of what PCG64 makes of a seed


class Seeds(ISpawnableSeedSequence):
    """`SeedSequence(seed)`, of which the words that PCG64 starts from are known: to make them takes ten times as long
    as to make the generator.
    """

    def __init__(self, seed: int, words: bytes) -> None:
        self._seed, self._words = seed, words

    def generate_state(self, n_words: int, dtype: Any = np.uint32) -> Array:
        """As a SeedSequence does."""
        if n_words * 8 == len(self._words) and dtype is _uint64:
            return _frombuffer(self._words, _uint64)
        return self._real().generate_state(n_words, dtype)

    def spawn(self, n_children: int) -> list[Any]:
        """As a SeedSequence does."""
        return self._real().spawn(n_children)

    def _real(self) -> np.random.SeedSequence:
        if "_made" not in self.__dict__:
            self._made = _SeedSequence(self._seed)
        return self._made

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self._real(), name)


class Draws:
    """An Rng, and the words that its generator starts from."""

    __slots__ = ("given", "words")

    def __init__(self, given: Rng, words: bytes) -> None:
        self.given, self.words = given, words

    def generator(self) -> np.random.Generator:
        """A fresh one."""
        if self.given.still:
            return generator(self.given)
        return _Generator(_PCG64(Seeds(self.given.seed, self.words)))


@dataclass(slots=True)
class List:
    """A list of so many arrays that were left out."""

    length: int


@dataclass(slots=True)
class Packed:
    """The arguments of a call: without their small arrays, and these in one piece."""

    skeleton: list[Any]
    heads: list[bytes]
    which: bytes
    data: bytes

    def arrays(self, memory: bytearray) -> list[Array]:
        """What was left out, in order, in this memory."""
        kinds, at, made = [kind_of(head) for head in self.heads], 0, []
        for index in self.which:
            shape, dtype, size = kinds[index]
            made.append(_ndarray(shape, dtype, memory, at))
            at += size
        return made

    def one_by_one(self) -> list[Any]:
        """The arguments with each array as bytes of its own."""
        at, parts = 0, []
        for index in self.which:
            head = self.heads[index]
            shape, dtype, size = kind_of(head)
            parts.append(head + self.data[at : at + math.prod(shape) * dtype.itemsize])
            at += size
        left = iter(parts)
        return [_whole(value, left) for value in self.skeleton]


@cache  # only the grader writes them
def kind_of(head: bytes) -> tuple[tuple[int, ...], np.dtype[Any], int]:
    """Shape, dtype, and how many bytes behind an array of this kind the next one begins."""
    dtype, shape, _, _ = _head(head)
    size = math.prod(shape) * dtype.itemsize
    return shape, dtype, size + -size % APART


def _whole(value: Any, left: Iterator[bytes]) -> Any:
    if type(value) is bytes:
        return value or next(left)
    if type(value) is List:
        return list(islice(left, value.length))
    if type(value) is list:
        return [_whole(item, left) for item in value]
    return {key: _whole(item, left) for key, item in value.items()} if type(value) is dict else value


def array(data: bytes) -> Array:
    """An array of one's own from the bytes that came, so that these show what was changed in it.

    Nothing else is allocated, so that the next call's first array is likely to lie where this call's did: whoever
    remembers results by `id` is found out.
    """
    dtype, shape, start, layout = _head(data[: 2 + 8 * (data[1] & ~_LAYOUT)])
    view = _ndarray(shape, dtype, data, start)
    return laid_out(view, layout) if layout else view.copy()


def is_still(data: bytes, now: Any) -> bool:
    """Whether that array has kept its type, its shape and its numbers."""
    dtype, shape, start, _ = _head(data[: 2 + 8 * (data[1] & ~_LAYOUT)])
    if type(now) is not _ndarray or now.shape != shape or now.dtype != dtype:
        return False
    return now.nbytes == len(data) - start and data.endswith(now.tobytes())


@cache  # only the grader writes them
def _head(head: bytes) -> tuple[np.dtype[Any], tuple[int, ...], int, int]:
    """What the first bytes of an array say: dtype, shape, where its numbers begin, layout."""
    layout = head[1] & _LAYOUT
    return _DTYPES[head[0]], SHAPES[head[1] ^ layout].unpack_from(head, 2), len(head), layout


@cache
def code(source: str) -> CodeType:
    """A function of ours, compiled."""
    return compile(source, "<given>", "eval")


def decode(body: bytes | bytearray | memoryview) -> tuple[dict[str, Any], list[Array]]:
    """A request, and its large arrays, in order: empty, to be filled from the wire."""
    pending: list[Array] = []
    request = msgpack.unpackb(body, raw=False, ext_hook=lambda code, data: _extension(code, data, pending))
    assert isinstance(request, dict)
    return request, pending


def _extension(code: int, data: bytes, pending: list[Array]) -> Packed | List | Draws | Function | Array:
    if code == CALL:
        return Packed(
            *msgpack.unpackb(data, raw=False, ext_hook=lambda code, data: _extension(code, data, pending))
        )
    if code == ARRAYS:
        return List(*COUNT.unpack(data))
    if code == RNG:
        words = data[:_WORDS] if len(data) > _WORDS else b""
        seed, shared, still = data[len(words) :].split(b",")
        return Draws(Rng(int(seed), shared == b"1", still == b"1"), words)
    if code == FUNCTION:
        return Function(data.decode())
    dtype, shape, _, _ = _head(data)
    pending.append(np.empty(shape, dtype))
    return pending[-1]
