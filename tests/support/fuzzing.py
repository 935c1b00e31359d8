"""Mutated frames against the reply decoder and the readers of replies behind it.

Only ProtocolError may come out, within a bounded time and with bounded memory. Half of the mutants are bytes
changed, cut, doubled and spliced at random; half are built from msgpack's own headers, so that they get deep.
"""

import random
import struct
import sys
import time
import tracemalloc
from collections import Counter
from collections.abc import Generator
from dataclasses import dataclass, field

import msgpack
import numpy as np

from autograder.sandbox.inside.decoder import Decoder
from autograder.sandbox.inside.wire import DTYPES, Bounds, ProtocolError, frame
from autograder.sandbox.replies import cell_error, replies

BOUNDS = Bounds(1 << 20)
SLOW = 0.5  # seconds of processor time for one frame; an honest one takes less than a millisecond
MEMORY = 64 << 20  # what decoding one frame of at most a mebibyte may take, Python's objects and all
CALLS = [(1,), (2, 3)]
_INTERESTING = (0, 1, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xC0, 0xC1, 0xC4, 0xC7, 0xC8, 0xC9, 0xCB, 0xCF, 0xD4, 0xD8, 0xDC,
                0xDD, 0xDE, 0xDF, 0xFF)  # fmt: skip


@dataclass
class Report:
    """What came of the frames: counts by outcome, the slowest and the largest."""

    outcomes: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    largest: int = 0

    @property
    def frames(self) -> int:
        return self.outcomes.total()


def seeds() -> list[bytes]:
    """Honest replies of all kinds, without their length."""
    results = [
        np.ones((3, 4)), np.zeros(10_000), np.array(1.5), np.ones((2, 2), "c16"), [1, 2.5, "x", None, True, b"raw"],
        {"W1": np.ones((2, 2)), "b1": [[0.0]]}, -(2**63), float("nan"), "text", [[[[[]]]]], {},
    ]  # fmt: skip
    bodies = [
        {"id": 7, "replies": [[one, None, [0], False], [None, "ValueError", [], True]]} for one in results
    ]
    bodies += [{"id": 7, "error": None}, {"id": 7, "error": ["NameError", "name 'x' is not defined"]}]
    return [bytes(frame(body)[0][4:]) for body in bodies]


def changed(chance: random.Random, corpus: list[bytes]) -> bytes:
    """An honest body with bytes changed, cut out, doubled, or another one's tail."""
    body = bytearray(chance.choice(corpus))
    for _ in range(chance.randint(1, 8)):
        place = chance.randrange(len(body) + 1)
        match chance.randrange(5):
            case 0 | 1 if place < len(body):
                body[place] = chance.choice((*_INTERESTING, chance.randrange(256)))
            case 2:
                del body[place : place + chance.choice((1, 2, 8, 100))]
            case 3:
                body[place:place] = body[place : place + chance.choice((1, 4, 50, 500))] * chance.choice(
                    (1, 2, 20)
                )
            case _:
                body[place:] = chance.choice(corpus)[place:]
    return bytes(body[:100_000])


def packed(value: object) -> bytes:
    data: bytes = msgpack.packb(value)
    return data


def built(chance: random.Random, depth: int = 0) -> bytes:
    """A value of msgpack's grammar, with lengths that may lie."""
    size = chance.choice((0, 1, 2, 3, 5, 15, 16, 255, 65_535, 1 << 20, (1 << 32) - 1))
    few = chance.randint(0, 4) if depth < 24 else 0
    claimed = few if chance.random() < 0.8 else size
    match chance.randrange(8):
        case 0 | 1:
            head = bytes([0x90 | few]) if claimed == few else b"\xdd" + struct.pack(">I", claimed)
            return head + b"".join(built(chance, depth + 1) for _ in range(few))
        case 2:
            keys = [packed(chance.choice(("id", "replies", "error", "a", 1))) for _ in range(few)]
            return b"\xdf" + struct.pack(">I", claimed) + b"".join(key + b"\xc0" for key in keys)
        case 3:
            return packed(msgpack.ExtType(chance.choice((1, 1, 2, 2, 3, 4, 5, 127)), array(chance)))
        case 4:
            head = chance.choice((b"\xd9", b"\xc4")) + bytes([min(size, 255)])
            return head + b"x" * chance.choice((0, 3, size % 300))
        case 5:
            return bytes([chance.choice(_INTERESTING)]) + chance.randbytes(chance.randint(0, 9))
        case 6:
            envelope = {"id": 7, "replies": [[1, None, [], False], [2, None, [], False]]}
            return packed(envelope).replace(b"\x01", built(chance, depth + 1)) if depth < 3 else b"\xc0"
        case _:
            return packed(chance.choice((None, True, 0, -1, 2**64 - 1, 1.5, "t", float("inf"))))


def array(chance: random.Random) -> bytes:
    """The header of an array, perhaps with its bytes."""
    dimensions = chance.choice((0, 1, 1, 2, 2, 3, 8, 9, 255))
    shape = [chance.choice((0, 1, 2, 3, 100, 1 << 16, 1 << 32, (1 << 64) - 1)) for _ in range(dimensions)]
    head = struct.pack(f"<BB{dimensions}Q", chance.choice((*range(len(DTYPES)), 99, 255)), dimensions, *shape)
    return head[: chance.choice((len(head), len(head), 1, 5))] + b"\0" * chance.choice((0, 8, 16, 64))


def judge(body: bytes) -> str:
    """What becomes of this body: "refused", or "read" with its arrays empty. Anything else is raised."""
    try:
        decoder = Decoder(BOUNDS)
        reply = decoder.decode(body)
        promised = sum(one.nbytes for one in decoder.pending)
        assert promised <= BOUNDS.size, f"it promises {promised} bytes"
        if not isinstance(reply, dict) or reply.pop("id", None) != 7:
            raise ProtocolError("a reply to something else")
        (cell_error(1, reply) if "error" in reply else replies(CALLS, reply))
    except ProtocolError:
        return "refused"
    return "read"


def fuzz(seed: int, measured: bool = False) -> Generator[Report, None, None]:
    """Mutants without end: what came of them, after every hundred. With `measured`, the memory of each is traced,
    which takes ten times as long.
    """
    chance, corpus, report = random.Random(seed), seeds(), Report()
    if measured:
        tracemalloc.start()
    try:
        while True:
            for _ in range(100):
                _one(chance, corpus, report, measured)
            yield report
    finally:
        tracemalloc.stop()


def _one(chance: random.Random, corpus: list[bytes], report: Report, measured: bool) -> None:
    body = changed(chance, corpus) if chance.random() < 0.5 else built(chance)
    if measured:
        tracemalloc.reset_peak()
    began = time.process_time()
    try:
        report.outcomes[judge(body)] += 1
    except Exception:
        print(f"the body that did it: {body.hex()}", file=sys.stderr)
        raise
    report.slowest = max(report.slowest, time.process_time() - began)
    if measured:
        report.largest = max(report.largest, tracemalloc.get_traced_memory()[1])
    assert report.slowest < SLOW, f"{report.slowest:.2f} s for {body.hex()}"
    assert report.largest < MEMORY, f"{report.largest >> 20} MiB for {body.hex()}"
