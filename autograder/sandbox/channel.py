"""The grader's end of a worker's socket: no wait without a deadline, no reading beyond the limits."""

import contextlib
import math
import select
import socket
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import eq

import msgpack

from .inside.decoder import Decoder
from .inside.wire import HEADER, NUMBER, Array, Bounds, Frame, ProtocolError, Value, raw
from .outcome import Heard, SessionLost

_BUFFER = 1 << 18
_ID = b"\x82\xa2id"  # how a reply begins: two keys, of which the first is this one


class Hangup(Exception):
    """The worker's end is closed."""


@dataclass(frozen=True)
class Received:
    """A reply, its bytes, where they go on behind the number of the request, and its large arrays."""

    value: Value
    body: bytearray
    start: int | None
    large: Sequence[Array]


def _continues(body: bytearray, start: bytes, rest: bytes | None) -> bool:
    """Whether `body` is `start` and then `rest`."""
    return (
        rest is not None
        and len(body) == len(start) + len(rest)
        and body.startswith(start)
        and body.endswith(rest)
    )


class Watch:
    """The deadline of one exchange: processor time by the worker's own clock, and wall time."""

    def __init__(self, pid: int, cpu: float, wall: float) -> None:
        self._clock = (~pid << 3) | 2  # the kernel's name for "processor time of that process"
        self._cpu_end = self.used() + cpu
        self._wall_end = time.monotonic() + wall

    def used(self) -> float:
        """Processor seconds of the worker so far."""
        try:
            return time.clock_gettime(self._clock)
        except OSError:  # it has just died; the poll below says so
            return 0.0

    def left(self) -> float:
        """Seconds until this must be asked again. Raises SessionLost when there are none."""
        cpu, wall = self._cpu_end - self.used(), self._wall_end - time.monotonic()
        if not cpu > 0:
            raise SessionLost("time")
        if not wall > 0:
            raise SessionLost("stalled")
        return min(cpu, wall)  # a worker has one thread: it cannot use processor time faster than time passes

    def wait(self, connection: socket.socket, event: int) -> None:
        """Return when the socket is ready."""
        poll = select.poll()
        poll.register(connection, event)
        while not poll.poll(math.ceil(self.left() * 1000)):
            pass


class Channel:
    """Requests out, one frame back for each."""

    def __init__(self) -> None:
        self._mine, self.theirs = socket.socketpair()
        self._mine.setblocking(False)
        for end in (self._mine, self.theirs):
            end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _BUFFER)
            end.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _BUFFER)

    def close(self) -> None:
        """Close both ends."""
        self._mine.close()
        self.theirs.close()

    def greeting(self, seconds: float) -> bytes:
        """What a worker says before it has seen any of the submission; nothing if it said nothing."""
        self.theirs.close()
        poll = select.poll()
        poll.register(self._mine, select.POLLIN)
        return self._mine.recv(1 << 10) if poll.poll(seconds * 1000) else b""

    def send(self, requests: Mapping[int, Frame], watch: Watch) -> None:
        """Send requests, each with its number. Raises SessionLost, ProtocolError or Hangup.

        A worker that ends while the second or a later one is sent may have answered those before: who reads the
        replies comes to its end in time.
        """
        self._expect_silence()
        (number, request), *others = requests.items()
        self._send_one(number, request, watch)
        with contextlib.suppress(Hangup):
            for number, request in others:
                self._send_one(number, request, watch)

    def receive(
        self, number: int, bounds: Bounds, watch: Watch, known: Sequence[Heard] = ()
    ) -> Received | Heard:
        """Receive the reply to the request of this number, or which of the known answers it is.

        Raises SessionLost, ProtocolError or Hangup.
        """
        (length,) = HEADER.unpack(self._receive(HEADER.size, watch))
        if length > bounds.size:
            raise ProtocolError("a frame larger than the limits")
        body = self._receive(length, watch)
        start = _ID + msgpack.packb(number)
        large: list[bytearray] = []
        for one in known:
            if _continues(body, start, one.body):
                large = [self._receive(len(part), watch) for part in one.large]
                if all(map(eq, large, one.large)):
                    return one
                break
        decoder = Decoder(bounds)
        reply = decoder.decode(body)
        for index, array in enumerate(decoder.pending):
            if index < len(large):
                raw(array)[:] = large[index]
            else:
                self._fill(raw(array), watch)
        return Received(reply, body, len(start) if body.startswith(start) else None, decoder.pending)

    def _expect_silence(self) -> None:
        """Bytes that answer no request are a forgery of the next reply."""
        try:
            unsolicited = self._mine.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            return
        except OSError:
            raise Hangup from None
        if unsolicited:
            raise ProtocolError("unsolicited bytes")
        raise Hangup

    def _send_one(self, number: int, request: Frame, watch: Watch) -> None:
        self._send(memoryview(NUMBER.pack(number) + request[0]), watch)
        for part in request[1:]:
            self._send(memoryview(part), watch)

    def _send(self, data: memoryview, watch: Watch) -> None:
        while data:
            try:
                data = data[self._mine.send(data, socket.MSG_NOSIGNAL) :]
            except BlockingIOError:
                watch.wait(self._mine, select.POLLOUT)
            except OSError:
                raise Hangup from None

    def _receive(self, size: int, watch: Watch) -> bytearray:
        buffer = bytearray(size)
        self._fill(memoryview(buffer), watch)
        return buffer

    def _fill(self, view: memoryview, watch: Watch) -> None:
        while view:
            try:
                count = self._mine.recv_into(view)
            except BlockingIOError:
                watch.wait(self._mine, select.POLLIN)
                continue
            except OSError:
                raise Hangup from None
            if count == 0:
                raise Hangup
            view = view[count:]
            if view:
                watch.left()  # a worker that drips bytes never lets us wait
