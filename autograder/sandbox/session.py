"""One submission's session in the sandbox: its cells, its calls, its deadlines, its budget, its revivals."""

import contextlib
import time
from collections.abc import Callable, Sequence
from functools import partial
from math import inf
from typing import Any, TypeVar

from .channel import Received
from .inside.wire import Frame, ProtocolError, Value, frame
from .limits import COMPARED, TRIAL, Limits, Spent
from .outcome import Cell, CellError, Edit, Heard, Raised, Reply, SessionLost, Workbench, WorkerKilled
from .replies import cell_error, edits, raised, replies, tried, weight
from .requests import Requests, trying
from .worker import Worker

Answer = TypeVar("Answer")
_CELL_REPLY = 4096  # bytes; an error's type and message fit many times
_TOGETHER = 1 << 16  # bytes of cells that are sent at once: a quarter of what a socket holds
_EDITS = 1 << 20  # bytes: many times those of a notebook's longest function


class SandboxSession(Workbench):
    """Cells are loaded into a worker at once; a lost worker is replaced at the next `calls`."""

    def __init__(
        self,
        spawn: Callable[[], Worker],
        requests: Requests,
        cells: Sequence[Cell],
        limits: Limits,
        spent: Spent,
    ) -> None:
        self._spawn, self._requests, self._cells, self._limits = spawn, requests, tuple(cells), limits
        self._errors: dict[int, CellError] = {}  # by index, as two cells may carry the same number
        self._skipped: set[int] = set()
        self._spent, self._workers = spent, 0
        self._server_lost = self._forgiven = False
        self._closed = False
        self._worker: Worker | None = None
        with contextlib.suppress(SessionLost):  # the cells used up the budget; the first call will say so
            self._revive()

    @property
    def errors(self) -> tuple[CellError, ...]:
        """Cells that raised, and cells that were skipped, in the order of the notebook."""
        return tuple(error for _, error in sorted(self._errors.items()))

    def calls(self, name: str, batch: Sequence[tuple[Value, ...]]) -> list[Reply]:
        """Results beyond the limits of one result, or of one batch, come back as "unsupported"; beyond those of
        the submission they are lost.
        """
        return self.hear(name, batch).replies

    def hear(self, name: str, batch: Sequence[tuple[Value, ...]], known: Sequence[Heard] = ()) -> Heard:
        """As `calls`; what is known is not read again."""
        total = min(self._limits.batch, len(batch) * self._limits.result)
        request = self._requests.calls(name, batch, self._limits.result, total + 4096)
        while True:
            self._revive()
            try:
                return self._ask(request, total + 8192, partial(self._heard, batch), known=known)
            except SessionLost:
                if not self._forgive():
                    raise

    def words_of(self, name: str, arguments: tuple[Value, ...]) -> Raised | None:
        """As the worker answers."""
        self._revive()
        request = frame({"words": name, "arguments": list(arguments)}, to_worker=True)
        return self._read(request, _CELL_REPLY, raised)

    def edits(self, sources: Sequence[str], names: Sequence[str], right: Sequence[str]) -> list[Edit]:
        """As the worker answers."""
        self._revive()
        request = frame({"edit": list(sources), "names": list(names), "right": list(right)})
        return self._read(request, _EDITS, partial(edits, sources))

    def tries(
        self, name: str, sources: Sequence[str], batch: Sequence[tuple[Value, ...]]
    ) -> list[list[Reply]]:
        """As the worker answers. Nothing of it is kept, so it is not charged."""
        self._revive()
        size, calls = self._limits.result, list(batch)
        request = trying(name, sources, calls, size)
        read = partial(tried, len(sources), calls)
        return self._read(frame(request, to_worker=True), size + 8192, read, cpu=TRIAL)

    def define(self, source: str) -> None:
        """As the worker does; whether it raised is seen in what is called next."""
        self._revive()
        self._read(frame(Cell(0, source).request), _CELL_REPLY, partial(cell_error, 0))

    def _heard(self, batch: Sequence[tuple[Value, ...]], reply: Received | Heard) -> Heard:
        """The replies, charged to the budget: the grader keeps them until the submission is graded."""
        taken = reply.weight if isinstance(reply, Heard) else weight(reply.value)
        self._spent.kept += taken
        if self._spent.kept > self._limits.kept:
            raise SessionLost("memory")
        if isinstance(reply, Heard):
            return reply
        said = replies(batch, _fields(reply))
        if reply.start is None or taken > COMPARED:
            return Heard(said, weight=taken)
        large = tuple(array.tobytes() for array in reply.large)
        return Heard(said, bytes(reply.body[reply.start :]), large, taken)

    def close(self) -> None:
        """Kill the worker, if one is left."""
        self._closed = True
        self._end()

    def _revive(self) -> None:
        """A worker with the cells loaded, unless there is one."""
        if self._closed:
            raise ValueError("this session is closed; open another")
        while self._worker is None:
            self._check_budget()
            if self._workers > self._limits.respawns:
                raise SessionLost("budget")
            self._worker = self._spawn()
            self._workers += 1
            self._load()

    def _load(self) -> None:
        left = {
            index: frame(cell.request) for index, cell in enumerate(self._cells) if index not in self._skipped
        }
        together = sum(len(one[0]) for one in left.values()) <= _TOGETHER
        for index in list(left):
            cell, request = self._cells[index], left.pop(index)
            read, following = partial(cell_error, cell.number), [*left.values()] if together else []
            together = False  # with the first
            try:
                error = self._read(request, _CELL_REPLY, read, following=following)
            except SessionLost as lost:
                self._blame(index, lost.reason)
                return
            self._errors.pop(index, None)
            if error:
                self._errors[index] = error

    def _blame(self, index: int, reason: str) -> None:
        """The cell that lost the worker is not run again, in this worker's successors either."""
        if reason != "budget" and self._forgive():
            return
        self._skipped.add(index)
        self._errors[index] = CellError(
            self._cells[index].number, "Error", self._sentence(reason), skipped=True
        )
        self._check_budget()

    def _sentence(self, reason: str) -> str:
        what = {
            "time": f"did not finish within {self._limits.cpu:g} s of processor time",
            "stalled": f"did not finish within {self._limits.wall:g} s",
            "memory": f"needed more than {self._limits.memory >> 20} MiB of memory",
            "budget": "did not finish within what was left of the submission's time",
            "protocol": "wrote to a file that is not its own",
        }
        return what.get(reason, "ended the Python process") + "; it was skipped"

    def _read(
        self,
        request: Frame,
        size: int,
        read: Callable[[dict[str, Any]], Answer],
        cpu: float = inf,
        following: Sequence[Frame] = (),
    ) -> Answer:
        """One exchange of which only what the reply says is wanted."""
        return self._ask(request, size, lambda reply: read(_fields(reply)), cpu, following=following)

    def _ask(
        self,
        request: Frame,
        size: int,
        read: Callable[[Received | Heard], Answer],
        cpu: float = inf,
        known: Sequence[Heard] = (),
        following: Sequence[Frame] = (),
    ) -> Answer:
        """One exchange within the budget, and perhaps within less."""
        self._check_budget()
        try:
            return self._exchange(request, size, read, min(cpu, self._limits.cpu), known, following)
        except SessionLost as lost:
            if lost.reason in ("time", "stalled"):
                self._check_budget()
            raise

    def _exchange(
        self,
        request: Frame,
        size: int,
        read: Callable[[Received | Heard], Answer],
        cpu: float,
        known: Sequence[Heard],
        following: Sequence[Frame],
    ) -> Answer:
        """One request and its answer, charged to the budget. Whatever interrupts it, the worker is gone."""
        worker, spent, limits = self._worker, self._spent, self._limits
        assert worker is not None
        began = time.monotonic()
        watch = worker.watch(
            min(cpu, limits.total_cpu - spent.cpu), min(limits.wall, limits.total_wall - spent.wall)
        )
        before = after = watch.used()
        try:
            answer = read(worker.ask(request, size, watch, known, following))
            after = watch.used()
            return answer
        except BaseException as error:
            self._server_lost, after = worker.server_lost, self._end()
            if isinstance(error, ProtocolError):
                raise SessionLost("protocol") from None
            raise
        finally:
            spent.cpu += max(0.0, after - before)
            spent.wall += time.monotonic() - began
            spent.compare(limits)

    def _check_budget(self) -> None:
        if self._spent.compare(self._limits):
            self._end()
            raise SessionLost("budget") from None

    def _end(self) -> float:
        """End the worker, if there is one; the processor seconds that it used."""
        worker, self._worker = self._worker, None
        return worker.end() if worker else 0.0

    def _forgive(self) -> bool:
        """Once a session: a worker also dies with its fork server, which no submission can kill, but the kernel."""
        if not self._server_lost:
            return False
        if self._forgiven:
            raise WorkerKilled from None
        self._forgiven = True
        return True


def _fields(reply: Received | Heard) -> dict[str, Any]:
    """What a reply says; `Worker.ask` has seen that it is a dictionary."""
    assert isinstance(reply, Received)
    assert isinstance(reply.value, dict)
    return reply.value
