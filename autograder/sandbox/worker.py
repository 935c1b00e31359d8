"""One worker, seen from the grader: ask it, clock it, end it."""

import contextlib
import os
import select
import signal
from collections import deque
from collections.abc import Sequence

from .channel import Channel, Hangup, Received, Watch
from .inside.control import OUT_OF_MEMORY, READY
from .inside.wire import Bounds, Frame, ProtocolError
from .outcome import Heard, SessionLost, WorkerKilled
from .server import Exit, ForkServer, ServerLost, host_pid

_GREETING_SECONDS = 30.0
_DYING_SECONDS = 0.2


class Worker:
    """Started, hardened and waiting for its first cell. What goes wrong until then is ours: RuntimeError."""

    def __init__(self, server: ForkServer) -> None:
        self._server = server
        self._exit: Exit | None = None
        self._channel = Channel()
        self._sent = deque[int]()  # numbers of the requests that have no reply yet
        try:
            self._pid, self._pidfd = server.fork(self._channel.theirs)
        except ServerLost:
            self._channel.close()
            raise
        greeting, self._host_pid = self._channel.greeting(_GREETING_SECONDS), host_pid(self._pidfd)
        if greeting != READY or self._host_pid <= 0:
            self.end()
            if server.lost:
                raise ServerLost
            reason = greeting[1:].decode(errors="replace") or "it ended without a word"
            raise RuntimeError(
                f"a worker could not be isolated: {reason}; `autograder doctor` shows what lacks"
            )

    @property
    def server_lost(self) -> bool:
        """Whether the fork server is gone, which takes all its workers along."""
        return self._server.lost

    def watch(self, cpu: float, wall: float) -> Watch:
        """A deadline that starts now."""
        return Watch(self._host_pid, cpu, wall)

    def ask(
        self,
        request: Frame,
        size: int,
        watch: Watch,
        known: Sequence[Heard] = (),
        following: Sequence[Frame] = (),
    ) -> Received | Heard:
        """One request, one reply, or which known answer it is, or SessionLost; the worker must be ended then.

        `following` are what will be asked next, in this order: they are sent along, and wait in the socket.
        """
        try:
            if not self._sent:
                requests = {int.from_bytes(os.urandom(7), "little"): one for one in (request, *following)}
                self._channel.send(requests, watch)
                self._sent += requests
            number = self._sent.popleft()
            reply = self._channel.receive(number, Bounds(size), watch, known)
            if isinstance(reply, Heard):
                return reply
            if not isinstance(reply.value, dict) or reply.value.pop("id", None) != number:
                raise ProtocolError("a reply to something else")
        except ProtocolError:
            raise SessionLost("protocol") from None
        except Hangup:
            raise self._cause_of_death() from None
        return reply

    def end(self) -> float:
        """Kill and collect it; the processor seconds that it used. It can be ended only once."""
        end = self._collect()
        os.close(self._pidfd)
        self._channel.close()
        return end.cpu if end else 0.0

    def _collect(self) -> Exit | None:
        if self._exit is None:
            try:
                self._exit = self._server.reap(self._pid)
            except ServerLost:  # a worker dies with its fork server; this is for the moment in between
                with contextlib.suppress(OSError):
                    signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)
        return self._exit

    def _cause_of_death(self) -> SessionLost | WorkerKilled:
        """Memory where the worker itself says so, which a submission can imitate; it cannot kill."""
        poll = select.poll()
        poll.register(self._pidfd, select.POLLIN)
        by_itself = poll.poll(_DYING_SECONDS * 1000)
        end = self._collect()
        if not by_itself or end is None:
            return SessionLost("died")
        code = os.waitstatus_to_exitcode(end.status)
        if code == -signal.SIGKILL and not self._server.lost:
            return WorkerKilled()
        return SessionLost("memory" if code == OUT_OF_MEMORY else "died")
