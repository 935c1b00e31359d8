"""The sandbox: one fork server for many submissions."""

import contextlib
import os
import sys
import threading
from collections.abc import Sequence

from .isolation import Isolation, SandboxUnavailable, enforceable, probe
from .limits import Limits, Spent
from .outcome import Cell, Workbench
from .requests import Requests
from .server import ForkServer, ServerLost
from .session import SandboxSession
from .worker import Worker

_DEFAULT = Limits()


class Sandbox:
    """Runs submissions apart from the grader and from each other. A context manager.

    Without `isolation` the strongest is taken that this machine can enforce: its layers are probed where not all of
    them hold. With it, that one or SandboxUnavailable. Belongs to the process that made it: a child of the grader
    makes its own.
    """

    def __init__(self, isolation: Isolation | None = None, limits: Limits = _DEFAULT) -> None:
        if isolation is Isolation.NONE:
            raise ValueError("a sandbox without isolation is none; use OwnCode, for code that you trust")
        self._limits, self._requests = limits, Requests()
        self._process = os.getpid()
        self._restarting = threading.Lock()
        self.isolation, self._server = self._chosen(isolation)

    def open(self, cells: Sequence[Cell], spent: Spent | None = None) -> Workbench:
        """Load the cells, in order, in a fresh worker; `spent` is what the submission has used already."""
        return SandboxSession(self._spawn, self._requests, cells, self._limits, spent or Spent())

    def close(self) -> None:
        """End the fork server and every worker of it."""
        self._server.close()

    def __enter__(self) -> "Sandbox":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _chosen(self, isolation: Isolation | None) -> tuple[Isolation, ForkServer]:
        """A worker's own hardening proves all that a probe could find."""
        if sys.platform == "linux":
            if isolation:
                return isolation, self._proven(isolation)
            with contextlib.suppress(SandboxUnavailable):
                return Isolation.BWRAP, self._proven(Isolation.BWRAP)
        return self._strongest(enforceable(probe()))

    def _strongest(self, candidates: Sequence[Isolation]) -> tuple[Isolation, ForkServer]:
        """The first that works to the end, a hardened worker; the last one's failure is the failure."""
        *stronger, last = candidates
        for isolation in stronger:
            with contextlib.suppress(SandboxUnavailable):
                return isolation, self._proven(isolation)
        return last, self._proven(last)

    def _proven(self, isolation: Isolation) -> ForkServer:
        server = ForkServer(isolation, self._limits)
        try:
            Worker(server).end()  # a wall that cannot be put up shows now, before there is a submission
        except (RuntimeError, ServerLost) as error:
            server.close()
            raise SandboxUnavailable(str(error) or "the fork server ended at its first worker") from None
        return server

    def _spawn(self) -> Worker:
        """A worker. A fork server that is gone (a submission may have found a way) is started again, once."""
        if os.getpid() != self._process:
            raise RuntimeError("this Sandbox belongs to the parent process; make one in each process")
        if self._server.closed:
            raise ValueError("this Sandbox is closed")
        server = self._server
        try:
            return Worker(server)
        except ServerLost:
            self._restart(server)
        try:
            return Worker(self._server)
        except ServerLost:
            raise RuntimeError("the fork server ended twice while it started a worker") from None

    def _restart(self, lost: ForkServer) -> None:
        """Replace this fork server, unless another thread has done so."""
        with self._restarting:
            if self._server is lost:
                self._server = ForkServer(self.isolation, self._limits)
                lost.close()
