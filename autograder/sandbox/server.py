"""The fork server's life, seen from the grader: start it, have workers forked and reaped, end it."""

import contextlib
import json
import mmap
import os
import signal
import socket
import subprocess
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from . import jail
from .inside.control import EXIT, FORK, PID, READY, REAP
from .isolation import Isolation, SandboxUnavailable
from .limits import Limits

_SECONDS = 30.0  # for things that take milliseconds: only a broken machine gets here


class ServerLost(Exception):
    """The fork server is gone. What that means depends on who may have ended it."""


@dataclass(frozen=True)
class Exit:
    """How a worker ended: wait status, and all the processor seconds it used."""

    status: int
    cpu: float


class ForkServer:
    """One fork server process, from its start to its end."""

    def __init__(self, isolation: Isolation, limits: Limits) -> None:
        self.lost = self.closed = False
        self._pidfd: int | None = None
        self._lock = threading.Lock()
        self._errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 — closed with the server
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._control.settimeout(_SECONDS)
        with theirs:
            self._process = self._start(isolation, theirs.fileno())
        try:
            self._agree(limits)
        except (OSError, ServerLost, ValueError) as error:
            reason = str(error) or self._last_words()
            self.close()
            raise SandboxUnavailable(
                f"the isolation {isolation.value!r} could not be set up: {reason}. "
                "`autograder doctor` shows what this machine can enforce and what mends the rest."
            ) from None

    def _start(self, isolation: Isolation, control: int) -> "subprocess.Popen[bytes]":
        command = jail.python("fork_server", str(control), jail.site())
        if isolation is Isolation.BWRAP:
            command = jail.bubblewrap(command)
        try:
            return subprocess.Popen(
                command, env=jail.environment(), cwd="/", pass_fds=[control],
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=self._errors,
            )  # fmt: skip
        except OSError as error:
            self._control.close()
            self._errors.close()
            mend = "; apt install bubblewrap" if isolation is Isolation.BWRAP else ""
            raise SandboxUnavailable(f"{command[0]} could not be started: {error}{mend}") from None

    def _agree(self, limits: Limits) -> None:
        """Measure the fork server from outside — in its jail it has no /proc — and send its terms."""
        _, pidfd = self._receive()
        self._pidfd, pid = pidfd, host_pid(pidfd)
        if _threads(pid) != 1:
            raise ServerLost(f"numpy started {_threads(pid)} threads, and a filtered worker can run only one")
        with contextlib.suppress(OSError):  # workers inherit it: they go first when the machine's memory ends
            Path(f"/proc/{pid}/oom_score_adj").write_text("1000")
        terms = {
            "packages": jail.packages(),
            "address_space": _address_space(pid) + limits.memory,
            "seconds": int(limits.total_cpu) + 5,
        }
        self._send(json.dumps(terms).encode())
        answer, _ = self._receive()
        if answer != READY:
            raise ServerLost(answer[1:].decode(errors="replace"))

    def fork(self, connection: socket.socket) -> tuple[int, int]:
        """A new worker that holds this socket: its pid as the fork server knows it, and a pidfd."""
        reply, pidfd = self._request(FORK, connection)
        return PID.unpack(reply)[0], pidfd

    def reap(self, pid: int) -> Exit:
        """End a worker and collect it."""
        status, microseconds = EXIT.unpack(self._request(REAP + PID.pack(pid))[0])
        return Exit(status, microseconds / 1e6)

    def _request(self, message: bytes, *sockets: socket.socket) -> tuple[bytes, int]:
        if self.lost:
            raise ServerLost
        with self._lock:
            try:
                self._send(message, *sockets)
                return self._receive()
            except BaseException:  # Ctrl-C as well: the next reply would be this one's
                self.lost = True
                raise

    def close(self) -> None:
        """End the fork server; its workers die with it."""
        if self.closed:
            return
        self.lost = self.closed = True
        self._control.close()  # it leaves its loop
        if self._pidfd is None:
            self._process.kill()
        else:
            with contextlib.suppress(OSError):
                signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)
            os.close(self._pidfd)
        self._process.wait()
        self._errors.close()

    def _send(self, message: bytes, *sockets: socket.socket) -> None:
        try:
            socket.send_fds(self._control, [message], [one.fileno() for one in sockets])
        except OSError:
            raise ServerLost from None

    def _receive(self) -> tuple[bytes, int]:
        try:
            message, descriptors, _, _ = socket.recv_fds(self._control, 1 << 12, 1)
        except OSError:
            message, descriptors = b"", []
        if not message:
            raise ServerLost
        return message, descriptors[0] if descriptors else -1

    def _last_words(self) -> str:
        self._errors.seek(0)
        words = self._errors.read().decode(errors="replace").strip()[-500:]
        return words or "the fork server ended without a word"


def host_pid(pidfd: int) -> int:
    """The number under which this process namespace knows a process; -1 if it is dead, 0 if it is not here."""
    for line in Path(f"/proc/self/fdinfo/{pidfd}").read_text().splitlines():
        if line.startswith("Pid:"):
            return int(line.split()[1])
    return 0


def _threads(pid: int) -> int:
    return len(os.listdir(f"/proc/{pid}/task"))


def _address_space(pid: int) -> int:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[0]) * mmap.PAGESIZE
