"""A class on a cluster of Dask: the scheduler and its workers are there already, and ours.

Which worker gets which submission is decided here, not by the scheduler: only so is it known what a worker that was
lost was working on, and that the secret goes to nobody who was not looked at before. A worker has two submissions, one
that it works on and one that it has next; what was lost with a worker is tried once more, alone on another one.
"""

import ipaddress
import logging
import platform
import queue
import threading
import uuid
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from autograder import __version__
from autograder.grading.batch import Settings, Task, Worked, grade_surely, unreached
from autograder.grading.edition import edition
from autograder.grading.grader import Grader
from autograder.results import Grade
from autograder.sandbox import SandboxUnavailable, enforceable, probe

if TYPE_CHECKING:
    from distributed import Client, Future

_AT_ONCE = 2
_SECONDS = 1.0  # between two looks at which workers there are
_FETCH = 3.0  # seconds for an answer that is there
_ENCRYPTED = ("tls", "wss")
_KILLED = "its worker was lost twice, the second time with nothing else on it: grade it again on this machine"
_CERTIFICATES = "for TLS, Dask's configuration names the certificates (distributed.comm.tls)"


class ClusterError(Exception):
    """Why there is no grading on this cluster, and what mends it."""


def on_cluster(
    settings: Settings, address: str, tell: Callable[[str], object], without_tls: bool = False
) -> Worked:
    """Grading on the workers of the scheduler at this address. Raises ClusterError."""
    if not (without_tls or is_private(address)):
        raise ClusterError(_in_clear(address))

    def worked(tasks: Iterator[Task]) -> Iterator[tuple[Task, Grade]]:
        client = _connected(address)
        try:
            yield from _Round(client, settings, tell, without_tls).each(tasks)
        finally:
            client.close(timeout=5)

    return worked


def is_private(address: str) -> bool:
    """Whether nobody can read on the way what is sent to this address: it is encrypted, or stays on this machine."""
    parts = urlsplit(address if "://" in address else f"tcp://{address}")
    try:
        loopback = ipaddress.ip_address(parts.hostname or "").is_loopback
    except ValueError:
        loopback = parts.hostname == "localhost"
    return parts.scheme in (*_ENCRYPTED, "inproc") or loopback


def _in_clear(address: str) -> str:
    return (
        f"the secret would travel to {address} unencrypted: use tls:// ({_CERTIFICATES}), or, in a network in which "
        "nobody can listen, --cluster-without-tls"
    )


def _connected(address: str) -> "Client":
    try:
        from distributed import Client, Security
    except ImportError:
        raise ClusterError("Dask is not installed here: pip install 'depth150[cluster]'") from None
    for name in ("asyncio", "distributed", "distributed.client", "distributed.core", "distributed.comm"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what matters is said here, in a sentence
    try:
        tls = Security().get_connection_args("client")["ssl_context"]
        if urlsplit(address).scheme in _ENCRYPTED and tls is None:
            raise ValueError("there is no certificate")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # versions are compared here, too
            return Client(address, set_as_default=False)
    except (OSError, ValueError, TypeError, RuntimeError) as error:
        reason = f"{str(error) or type(error).__name__}; {_CERTIFICATES}"
        raise ClusterError(f"no connection to the scheduler {address}: {reason}") from None


@dataclass
class _Load:
    """A worker, and what it has to do."""

    tasks: dict[str, Task] = field(default_factory=dict)
    alone: bool = False

    def takes(self, alone: bool) -> bool:
        """Whether it takes one more, or one that must be alone."""
        return not self.tasks if alone else not self.alone and len(self.tasks) < _AT_ONCE


class _Round:
    """One class on one cluster."""

    def __init__(
        self, client: "Client", settings: Settings, tell: Callable[[str], object], without_tls: bool
    ) -> None:
        self._client, self._settings, self._tell, self._without_tls = client, settings, tell, without_tls
        self._loads: dict[str, _Load] = {}
        self._futures: dict[str, Future[Any]] = {}
        self._done: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._again: list[Task] = []
        self._suspects: set[int] = set()
        self._waits = False

    def each(self, tasks: Iterator[Task]) -> Iterator[tuple[Task, Grade]]:
        """The tasks with their grades as they become ready."""
        rest = True
        while rest or self._again or self._futures:
            yield from self._look()
            while self._again and (address := self._free(alone=True)):
                self._give(address, self._again.pop(), alone=True)
            while rest and (address := self._free(alone=False)):
                task = next(tasks, None)
                if task is None:
                    rest = False
                else:
                    self._give(address, task, alone=False)
            yield from self._answers()

    def _look(self) -> Iterator[tuple[Task, Grade]]:
        """See which workers have come and gone."""
        try:
            there = set(self._client.nthreads())
        except Exception as error:  # whatever the library makes of a connection that ended
            raise ClusterError(f"the scheduler has gone ({error or type(error).__name__})") from None
        for address in self._loads.keys() - there:
            for key, task in self._loads.pop(address).tasks.items():
                self._futures.pop(key).cancel(force=True)
                yield from self._lost(task)
        self._admit(sorted(there - self._loads.keys()))
        if not self._loads and not self._waits:
            self._tell("the cluster has no worker: waiting for one")
        self._waits = not self._loads

    def _admit(self, addresses: list[str]) -> None:
        """Let new workers take part, if they keep the secret and grade as this machine does. Raises ClusterError."""
        for address in addresses:
            if not (self._without_tls or is_private(address)):
                raise ClusterError(_in_clear(f"the worker {address}"))
        if addresses:
            here = facts()
            found = self._client.run(_vetted, here["edition"], workers=addresses, on_error="return")
            for address, said in found.items():
                if isinstance(said, OSError):
                    continue  # it has gone already
                if reason := _refusal(here, said):
                    raise ClusterError(f"the worker {address} {reason}")
                self._loads[address] = _Load()

    def _free(self, alone: bool) -> str | None:
        free = (address for address, load in self._loads.items() if load.takes(alone))
        return min(free, key=lambda address: len(self._loads[address].tasks), default=None)

    def _give(self, address: str, task: Task, alone: bool) -> None:
        key = f"autograder-{uuid.uuid4().hex}"
        load = self._loads[address]
        load.tasks[key], load.alone = task, alone
        self._futures[key] = future = self._client.submit(
            _grade, self._settings, task, key=key, workers=[address], allow_other_workers=False, pure=False
        )
        future.add_done_callback(lambda done: self._done.put(done.key))

    def _answers(self) -> Iterator[tuple[Task, Grade]]:
        """What is ready; if nothing is, wait for it, but not for long."""
        keys = list[str]()
        try:
            keys.append(self._done.get(timeout=_SECONDS))
            while True:
                keys.append(self._done.get_nowait())
        except queue.Empty:
            pass
        for key in keys:
            yield from self._answer(key)

    def _answer(self, key: str) -> Iterator[tuple[Task, Grade]]:
        future = self._futures.get(key)
        if future is None:
            return  # that of a worker that is lost
        try:
            result = future.result(timeout=_FETCH) if future.status == "finished" else None
        except TimeoutError:  # it was lost with its answer: `_look` will see it
            self._done.put(key)
            return
        task, address = self._ended(key)
        if isinstance(result, Grade):
            yield task, result
        elif isinstance(result, _Failed) and not result.sandbox:
            raise ClusterError(
                f"the grader failed on the worker {address} ({result.reason}), please report it"
            )
        else:
            yield from self._lost(task)

    def _ended(self, key: str) -> tuple[Task, str]:
        self._futures.pop(key).release()
        address = next(address for address, load in self._loads.items() if key in load.tasks)
        self._loads[address].alone = False
        return self._loads[address].tasks.pop(key), address

    def _lost(self, task: Task) -> Iterator[tuple[Task, Grade]]:
        """Try a task again, unless it is the second time."""
        if task.number in self._suspects:
            yield task, unreached(self._settings, task.item, _KILLED)
        else:
            self._suspects.add(task.number)
            self._again.append(task)


def facts() -> dict[str, str]:
    """What must be the same here and on a worker."""
    libraries = {name: version(name) for name in ("numpy", "scipy", "distributed")}
    return {"autograder": __version__, "Python": platform.python_version(), **libraries, "edition": edition()}


def _refusal(here: dict[str, str], said: Any) -> str | None:
    """Why a worker cannot take part; `said` is what it says of itself, or why it could not."""
    if isinstance(said, BaseException):
        return f"cannot grade ({type(said).__name__}: {said}): install this version of the kit there"
    if said["refusal"]:
        return str(said["refusal"])
    other = [f"{name} {said[name]} (here {value})" for name, value in here.items() if said.get(name) != value]
    return f"has {', '.join(other)}: install the same on both sides" if other else None


def _vetted(wanted: str) -> dict[str, str | None]:
    """On a worker: what is installed, and why it will not work, if it will not."""
    refusal = None
    if edition() == wanted:
        try:
            enforceable(probe())
        except SandboxUnavailable as error:
            refusal = f"refuses: {error}"
    return {**facts(), "refusal": refusal}


@dataclass(frozen=True)
class _Failed:
    """Why a worker made no grade. A value: an exception whose traceback cannot be sent, Dask never delivers."""

    reason: str
    sandbox: bool


def _grade(settings: Settings, task: Task) -> Grade | _Failed:
    """On a worker: the grade."""
    try:
        return _BENCH.grade(settings, task)
    except Exception as error:
        return _Failed(f"{type(error).__name__}: {error}", isinstance(error, SandboxUnavailable))


class _Bench:
    """The one grader of a worker process, with its fork server and its references. Tasks run in threads there, one
    or several; they take turns.
    """

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._settings: Settings | None = None
        self._grader: Grader | None = None

    def grade(self, settings: Settings, task: Task) -> Grade:
        """The grade of a submission. Raises SandboxUnavailable; the next one has a new sandbox."""
        with self._turn:
            try:
                return grade_surely(self._grader_for(settings), task.item, settings, task.data)
            except SandboxUnavailable:
                self._close()
                raise

    def _grader_for(self, settings: Settings) -> Grader:
        if self._grader is None or settings != self._settings:
            self._close()
            self._grader, self._settings = settings.grader().__enter__(), settings
        return self._grader

    def _close(self) -> None:
        if self._grader is not None:
            self._grader.__exit__(None, None, None)
        self._grader = None


_BENCH = _Bench()
