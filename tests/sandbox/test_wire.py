"""The codec: what goes in comes out, and nothing but ProtocolError comes out of hostile bytes."""

import copy
import random
import struct
import time
from typing import Any

import msgpack
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from autograder.sandbox.inside import given as received
from autograder.sandbox.inside.decoder import Decoder
from autograder.sandbox.inside.wire import (
    DTYPES,
    HEADER,
    MAX_DEPTH,
    OUT_OF_BAND,
    Bounds,
    Function,
    ProtocolError,
    Rng,
    frame,
    raw,
)

BOUNDS = Bounds(1 << 20)


def across(value: Any) -> Any:
    head, *large = frame(value)
    decoder = Decoder(BOUNDS)
    result = decoder.decode(bytes(head[HEADER.size :]))
    for array, content in zip(decoder.pending, large, strict=True):
        raw(array)[:] = content
    return result


def to_the_worker(value: Any) -> Any:
    head, *large = frame({"value": value}, to_worker=True)
    result, pending = received.decode(bytes(head[HEADER.size :]))
    for array, content in zip(pending, large, strict=True):
        raw(array)[:] = content
    return result["value"]


def same(a: Any, b: Any) -> bool:
    if isinstance(a, np.ndarray):
        return (
            isinstance(b, np.ndarray)
            and a.dtype == b.dtype
            and a.shape == b.shape
            and a.tobytes() == b.tobytes()
        )
    if isinstance(a, list | tuple):
        return type(b) is list and len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict):
        return list(a) == list(b) and all(same(a[key], b[key]) for key in a)
    return type(a) is type(b) and repr(a) == repr(b)


arrays = hnp.arrays(st.sampled_from(DTYPES), hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=5))
scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats()
    | st.text()
    | st.binary()
    | arrays
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner) | st.tuples(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@settings(max_examples=200)
@given(values)
def test_a_value_arrives_as_it_was_sent(value: Any) -> None:
    assert same(value, across(value))


@pytest.mark.parametrize(
    "make", [np.asfortranarray, lambda a: a[::2], lambda a: a.T, lambda a: a.astype(">f8")]
)
def test_an_array_arrives_whatever_its_layout(make: Any) -> None:
    for rows in (4, 400):  # inline and out of band
        array = make(np.arange(rows * 60.0).reshape(rows, 60))
        assert np.array_equal(across(array), array)
        assert across(array).flags.writeable
        assert across(array).flags.aligned


@given(arrays, st.booleans(), st.booleans())
def test_the_worker_gives_each_call_an_array_of_its_own(
    array: np.ndarray[Any, Any], in_pieces: bool, writeable: bool
) -> None:
    if in_pieces:
        array = array.T
    array.flags.writeable = writeable
    arrived = to_the_worker(array)
    one, other = received.array(arrived), received.array(arrived)
    assert same(one, array)
    assert one.flags.writeable == writeable
    assert one.flags.c_contiguous == array.flags.c_contiguous
    assert not np.shares_memory(one, other)
    assert received.is_still(arrived, one)


@given(arrays)
def test_the_worker_sees_what_a_call_changed(array: np.ndarray[Any, Any]) -> None:
    arrived = to_the_worker(array)
    assert not received.is_still(arrived, received.array(arrived)[np.newaxis])
    assert not received.is_still(arrived, received.array(arrived).tolist())
    if array.size:
        changed = received.array(arrived)
        view = raw(changed)
        view[-1] ^= 1
        assert not received.is_still(arrived, changed)


def test_a_large_array_follows_the_frame() -> None:
    head, *large = frame([np.zeros(OUT_OF_BAND // 8), np.zeros(OUT_OF_BAND // 8 - 1)])
    assert [part.nbytes for part in large if isinstance(part, memoryview)] == [OUT_OF_BAND]
    assert len(head) < 2 * OUT_OF_BAND


def test_generators_and_functions_cross_only_towards_the_worker() -> None:
    for value in (Rng(2**200), Rng(7, shared=True), Rng(7, still=True), Function("lambda x: x")):
        arrived = to_the_worker(value)
        assert (arrived.given if isinstance(arrived, received.Draws) else arrived) == value
        with pytest.raises(ProtocolError):
            across(value)


def test_a_generator_is_numpys_own_but_for_the_time_it_takes_to_make() -> None:
    for seed in (0, 7, 2**63, 2**200):
        ours, real = to_the_worker(Rng(seed)).generator(), np.random.default_rng(seed)
        assert ours.bit_generator.state == real.bit_generator.state
        copied = copy.deepcopy(ours)
        assert ours.random() == real.random() == copied.random()
        for _ in range(2):  # the second children differ from the first
            assert [r.random() for r in ours.spawn(2)] == [r.random() for r in real.spawn(2)]
        same, seeds = np.random.SeedSequence(seed), ours.bit_generator.seed_seq
        assert seeds.entropy == same.entropy == seed
        for words, dtype in ((4, np.uint64), (4, np.uint32), (2, np.uint64)):
            assert np.array_equal(seeds.generate_state(words, dtype), same.generate_state(words, dtype))


def test_bytes_do_not_pass_for_an_array() -> None:
    with pytest.raises(TypeError, match="bytes"):
        to_the_worker([{"x": (b"x",)}])


@pytest.mark.parametrize("value", [object(), np.array([None]), np.array(["a"]), {1, 2}, 1 << 70])
def test_what_has_no_encoding_is_refused_by_the_sender(value: object) -> None:
    with pytest.raises((TypeError, OverflowError)):
        frame(value)  # type: ignore[arg-type]


def array_header(code: int, *shape: int) -> bytes:
    return struct.pack(f"<BB{len(shape)}Q", code, len(shape), *shape)


HOSTILE = {
    "empty": b"",
    "cut short": msgpack.packb([1, 2, 3])[:-1],
    "bytes behind the value": msgpack.packb(1) + b"\0",
    "nested a hundred thousand deep": b"\x91" * 100_000 + b"\xc0",
    "nested just too deep": b"\x91" * (MAX_DEPTH + 5) + b"\xc0",
    "a list that claims four thousand million items": b"\xdd\xff\xff\xff\xff",
    "lists that claim more than there is, in each other": b"\xdd\x00\x03\x00\x00" * 1000,
    "a million small objects": b"\xdd" + struct.pack(">I", 1_000_000) + b"\x90" * 1_000_000,
    "many lists of many nils": b"\xdc\x00\xff" + (b"\xdd" + struct.pack(">I", 4000) + b"\xc0" * 4000) * 255,
    "a key twice": b"\x82\xa1a\x01\xa1a\x02",
    "a key that is a number": b"\x81\x01\x01",
    "a key of bytes": b"\x81\xc4\x01a\x01",
    "a timestamp": msgpack.packb(msgpack.Timestamp(0, 0)),
    "a pickle": msgpack.packb(msgpack.ExtType(9, b"cos\nsystem\n")),
    "text that is no UTF-8": b"\xa2\xff\xfe",
    "a text too long": msgpack.packb("x" * 70_000),
    "bytes too long": msgpack.packb(b"x" * 70_000),
    "an integer beyond 64 bits": msgpack.packb(2**64 - 1),
    "an array without a header": msgpack.packb(msgpack.ExtType(1, b"")),
    "an array of unknown dtype": msgpack.packb(msgpack.ExtType(1, array_header(99, 0))),
    "an array of too many dimensions": msgpack.packb(msgpack.ExtType(1, array_header(11, *[1] * 9) + b"\0" * 8)),
    "an array with too few bytes": msgpack.packb(msgpack.ExtType(1, array_header(11, 2) + b"\0" * 8)),
    "an array with too many bytes": msgpack.packb(msgpack.ExtType(1, array_header(11, 0) + b"\0" * 8)),
    "dimensions that overflow": msgpack.packb(msgpack.ExtType(1, array_header(11, 1 << 32, 1 << 32))),
    "a promise of four tebibytes": msgpack.packb(msgpack.ExtType(2, array_header(11, 1 << 39))),
    "a promise of nothing": msgpack.packb(msgpack.ExtType(2, array_header(11, 0))),
    "a promise below the threshold": msgpack.packb(msgpack.ExtType(2, array_header(11, 8))),
    "promises that add up": msgpack.packb([msgpack.ExtType(2, array_header(11, 1 << 15))] * 5),
}  # fmt: skip


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_frames_are_refused(body: bytes) -> None:
    began = time.process_time()
    with pytest.raises(ProtocolError):
        Decoder(BOUNDS).decode(body)
    assert time.process_time() - began < 2  # a hundred times what it takes


def test_mutated_frames_raise_nothing_but_protocol_errors() -> None:
    chance = random.Random(150)
    seeds = [
        frame(
            {
                "id": 7,
                "replies": [[np.ones((3, 4)), None, [0], False], [{"W1": [1, 2.5, "x"]}, None, [], True]],
            }
        ),
        frame([[np.zeros(10_000), b"raw", -1, None], {"a": {"b": {"c": [True] * 40}}}]),
    ]
    refused = 0
    for _ in range(20_000):
        body = bytearray(chance.choice(seeds)[0][4:])
        for _ in range(chance.randint(1, 6)):
            body[chance.randrange(len(body))] = chance.choice(
                (0, 0x7F, 0x80, 0xC1, 0xC7, 0xDD, 0xDF, 0xFF, chance.randrange(256))
            )
        try:
            Decoder(BOUNDS).decode(bytes(body[: chance.choice((len(body), chance.randint(0, len(body))))]))
        except ProtocolError:
            refused += 1
    assert 1_000 < refused < 20_000  # the fuzzer reaches both the good and the bad paths
