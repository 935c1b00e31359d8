"""Framing and codec of the values that cross between grader and worker. Never verdicts, never pickle.

    frame   length of the body (4 bytes, little-endian) · msgpack body · bytes of the large arrays, in order;
            before a request its number (8 bytes), which the reply repeats
    array   extension 1: dtype code, number of dimensions, shape, raw bytes in C order
            extension 2: the same header; the bytes follow the frame and are received without a copy
            Towards the worker the number of dimensions of a small array also says whether it is read-only, and
            whether it does not lie in one piece, as a transpose does not: so does what the student is given.
            Towards the worker a small array crosses as bytes, which it may stay until a call needs it.
    Rng     extension 3, Function extension 4: only towards the worker
    Arguments extension 5, only towards the worker: those of a call, small arrays left out (extension 6 is a list of
            nothing else, and how many); the distinct headers of these; which each of them has; and all their bytes in
            one piece, each array at a multiple of 16

What comes back is read by `decoder`, which trusts nothing; what the worker is asked, by `given`.
"""

import struct
from dataclasses import dataclass
from typing import Any, TypeAlias

import msgpack
import numpy as np
import numpy.typing as npt

Array: TypeAlias = npt.NDArray[Any]

# Taken before a student can replace them.
_default_rng, _Generator, _PCG64 = np.random.default_rng, np.random.Generator, np.random.PCG64
_SeedSequence = np.random.SeedSequence

DTYPES = (
    "|b1", "|i1", "<i2", "<i4", "<i8", "|u1", "<u2", "<u4", "<u8", "<f2", "<f4", "<f8", "<c8", "<c16",
)  # fmt: skip
CODES = {name: code for code, name in enumerate(DTYPES)}
_CODES = {np.dtype(name): code for code, name in enumerate(DTYPES)}
MAX_DIMENSIONS, MAX_DEPTH, MAX_TEXT, MAX_OBJECTS = 8, 16, 1 << 12, 200_000
OUT_OF_BAND = 1 << 16
SHAPES = tuple(struct.Struct(f"<{dimensions}Q") for dimensions in range(MAX_DIMENSIONS + 1))
HEADER, NUMBER = struct.Struct("<I"), struct.Struct("<Q")
READ_ONLY, IN_PIECES = 0x40, 0x80
_PCG64_MULTIPLIER = 0x2360ED051FC65DA44385DF649FCCF645
INLINE, FOLLOWS, RNG, FUNCTION, CALL, ARRAYS = 1, 2, 3, 4, 5, 6
LEFT_OUT, COUNT, APART = b"", struct.Struct("<I"), 16


class ProtocolError(Exception):
    """What arrived is not a frame of ours."""


@dataclass(frozen=True)
class Rng:
    """Becomes `numpy.random.default_rng(seed)` in the worker, a fresh one for each call.

    If it is shared, the calls of a batch that have the same seed get one generator, one after the other.
    If it stands still, `seed` is a word of 32 bits, and all bits that are ever drawn repeat it: whoever draws in one
    order and whoever draws in another get the same numbers.
    """

    seed: int
    shared: bool = False
    still: bool = False


@dataclass(frozen=True)
class Function:
    """A function of ours, written as an expression that the worker evaluates with `np` bound."""

    source: str


@dataclass(frozen=True)
class Arguments:
    """Those of one call, whose small arrays are to cross in one piece."""

    values: tuple[Any, ...]


Value: TypeAlias = (
    bool
    | int
    | float
    | str
    | bytes
    | list[Any]
    | tuple[Any, ...]
    | dict[str, Any]
    | Array
    | Rng
    | Function
    | None
)


Frame: TypeAlias = list[bytes | memoryview]


@dataclass(frozen=True)
class Bounds:
    """What the decoder accepts: bytes of a whole frame, number of decoded objects, bytes of one text."""

    size: int
    objects: int = MAX_OBJECTS
    text: int = MAX_TEXT


def frame(value: Value, to_worker: bool = False) -> Frame:
    """The buffers to write, in order."""
    large: list[Array] = []
    if to_worker:
        _refuse_bytes(value)
    body = msgpack.packb(value, default=lambda x: _extension(x, large, to_worker), strict_types=True)
    return [HEADER.pack(len(body)) + body, *map(raw, large)]


def _refuse_bytes(value: object) -> None:
    """Towards the worker bytes are an array."""
    if isinstance(value, bytes):
        raise TypeError("bytes cannot cross the wire to a worker")
    if isinstance(value, Arguments):
        value = value.values
    if isinstance(value, list | tuple | dict):
        for item in value.values() if isinstance(value, dict) else value:
            _refuse_bytes(item)


def raw(array: Array) -> memoryview:
    """The bytes of an array in C order, to be read or filled in place."""
    return array.reshape(-1).data.cast("B")


def _extension(value: object, large: list[Array], to_worker: bool) -> Any:
    if type(value) is tuple:
        return list(value)
    if type(value) is Rng:
        words = b"" if value.still else _SeedSequence(value.seed).generate_state(4, np.uint64).tobytes()
        return msgpack.ExtType(RNG, words + b"%d,%d,%d" % (value.seed, value.shared, value.still))
    if type(value) is Arguments:
        return _in_one_piece(value, large)
    if type(value) is Function:
        return msgpack.ExtType(FUNCTION, value.source.encode())
    if isinstance(value, np.ndarray):
        return _given(value, large) if to_worker else _array(value, large)
    if isinstance(value, np.generic):  # only ours: a student's are made 0-d arrays before they get here
        return value.item()
    raise TypeError(f"a {type(value).__name__} cannot cross the wire: {value!r:.80}")


def _array(array: Array, large: list[Array]) -> Any:
    if array.nbytes < OUT_OF_BAND:
        return inline(_little_endian(array))
    array = np.asarray(array, dtype=array.dtype.newbyteorder("<"), order="C")
    large.append(array)
    return msgpack.ExtType(FOLLOWS, _header(array, 0))


def _in_one_piece(given: Arguments, large: list[Array]) -> Any:
    heads, which, data = dict[bytes, int](), bytearray(), bytearray()
    try:
        skeleton = [_without_arrays(value, heads, which, data) for value in given.values]
    except ValueError:  # more kinds of arrays than a byte can tell
        return list(given.values)
    parts = [skeleton, list(heads), bytes(which), bytes(data)]
    body = msgpack.packb(parts, default=lambda x: _extension(x, large, True), strict_types=True)
    return msgpack.ExtType(CALL, body)


def _without_arrays(value: Any, heads: dict[bytes, int], which: bytearray, data: bytearray) -> Any:
    """The value without the ordinary small arrays in it, which are added to the others."""
    if isinstance(value, np.ndarray) and 0 < value.nbytes < OUT_OF_BAND and not layout_of(value):
        value = _little_endian(value)
        which.append(heads.setdefault(_header(value, 0), len(heads)))
        data += value.tobytes() + bytes(-value.nbytes % APART)
        return LEFT_OUT
    if isinstance(value, list | tuple):
        items = [_without_arrays(item, heads, which, data) for item in value]
        alike = items and all(type(item) is bytes for item in items)
        return msgpack.ExtType(ARRAYS, COUNT.pack(len(items))) if alike else items
    if isinstance(value, dict):
        return {key: _without_arrays(item, heads, which, data) for key, item in value.items()}
    return value


def _given(array: Array, large: list[Array]) -> Any:
    if array.nbytes >= OUT_OF_BAND:
        return _array(array, large)
    array = _little_endian(array)
    return _header(array, layout_of(array)) + array.tobytes()


def inline(array: Array) -> Any:
    """A small array as an extension: a tuple made past its constructor, which looks at its two parts for longer."""
    return tuple.__new__(msgpack.ExtType, (INLINE, _header(array, 0) + array.tobytes()))


def _little_endian(array: Array) -> Array:
    return array if array.dtype in _CODES else array.astype(array.dtype.newbyteorder("<"), order="K")


def _header(array: Array, layout: int) -> bytes:
    code = _CODES.get(array.dtype)
    if code is None:
        raise TypeError(f"an array of {array.dtype} cannot cross the wire")
    return bytes((code, array.ndim | layout)) + SHAPES[array.ndim].pack(*array.shape)


def generator(given: Rng) -> np.random.Generator:
    """What a function receives for it."""
    return _still(given.seed) if given.still else _default_rng(given.seed)


def _still(word: int) -> np.random.Generator:
    """PCG64 steps from s to a·s + c, so c = s − a·s holds it where it is; below 2^64 it gives s itself."""
    s = word << 32 | word
    bits = _PCG64()
    held = {"state": s, "inc": (s - _PCG64_MULTIPLIER * s) % (1 << 128)}
    state: Any = {"bit_generator": "PCG64", "state": held, "has_uint32": 0, "uinteger": 0}
    bits.state = state
    return _Generator(bits)


def layout_of(array: Array) -> int:
    """Whether an array is read-only, and whether it lies in pieces."""
    return READ_ONLY * (not array.flags.writeable) | IN_PIECES * (not array.flags.c_contiguous)


def laid_out(array: Array, layout: int) -> Array:
    """A copy of an array in this layout; in pieces, it is the transpose of every second column of a wider one."""
    if layout & IN_PIECES and array.ndim:
        wide = np.zeros((*array.shape[:0:-1], 2 * array.shape[0]), array.dtype)
        made = wide[..., ::2].T
        made[...] = array
    else:
        made = array.copy()
    made.flags.writeable = not layout & READ_ONLY
    return made


def fits_64_bits(number: int) -> bool:
    """Whether a signed 64-bit integer holds it."""
    return -(1 << 63) <= number < 1 << 63
