"""What the grader asks, as the worker reads it. It comes from the trusted side, so nothing is inspected.

A class is asked the same thing again and again: an array stays the bytes that came until a call needs one of its own.
"""

from functools import cache
from types import CodeType
from typing import Any

import msgpack
import numpy as np
from numpy.random.bit_generator import ISpawnableSeedSequence

from .wire import (
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


def decode(body: bytes) -> tuple[dict[str, Any], list[Array]]:
    """A request, and its large arrays, in order: empty, to be filled from the wire."""
    pending: list[Array] = []
    request = msgpack.unpackb(body, raw=False, ext_hook=lambda code, data: _extension(code, data, pending))
    assert isinstance(request, dict)
    return request, pending


def _extension(code: int, data: bytes, pending: list[Array]) -> Draws | Function | Array:
    if code == RNG:
        words = data[:_WORDS] if len(data) > _WORDS else b""
        seed, shared, still = data[len(words) :].split(b",")
        return Draws(Rng(int(seed), shared == b"1", still == b"1"), words)
    if code == FUNCTION:
        return Function(data.decode())
    dtype, shape, _, _ = _head(data)
    pending.append(np.empty(shape, dtype))
    return pending[-1]
