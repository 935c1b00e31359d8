"""Work in several processes, any of which may be killed, by the kernel out of memory for one: nothing is lost.

Not `ProcessPoolExecutor`: when a process is killed while another one starts, its threads may wait for each other for
ever (seen with CPython 3.11.7). Here one thread does everything, and a process shares nothing but its own pipe.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, NoReturn, TypeVar

T = TypeVar("T")
R = TypeVar("R")

# A forked copy would share the parent's sandbox, and what `multiprocessing` spawns is first sent the whole command
# line, for ever if it is long and the process has been killed.
_SERVE = """
import json, sys
sys.path[:] = json.loads(sys.argv[2])
from autograder.grading import pool
pool.serve(int(sys.argv[1]))
"""


def each(
    work: Callable[[T], R],
    items: Iterable[T],
    jobs: int,
    killed: Callable[[T], R],
    has_room: Callable[[], bool] = lambda: True,
) -> Iterator[tuple[T, R]]:
    """Each item with its result as it becomes ready; `killed` is that of one that ends its process twice, the second
    time alone. An item is taken when a process is free for it, and beside others only while `has_room` says so.
    """
    again, twice = list[T](), list[T]()
    yield from _results(work, iter(items), jobs, again, has_room)
    yield from _results(work, iter(again), 1, twice, has_room)
    yield from ((item, killed(item)) for item in twice)


def _results(
    work: Callable[[T], R], items: Iterator[T], jobs: int, killed: list[T], has_room: Callable[[], bool]
) -> Iterator[tuple[T, R]]:
    """The items with what was made of them; one that ended its process goes to `killed`."""
    idle: list[_Process[T, R]] = []
    busy: dict[Any, _Process[T, R]] = {}
    rest = True
    try:
        while rest or busy:
            while rest and len(busy) < jobs and (not busy or has_room()):
                try:
                    item = next(items)
                except StopIteration:
                    rest = False
                    break
                process = idle.pop() if idle else _Process(work)
                busy[process.pipe] = process
                process.give(item)
            for pipe in wait(list(busy)) if busy else ():
                process = busy.pop(pipe)
                answer = process.answer()
                if answer is None:
                    process.end()
                    killed.append(process.item)
                else:
                    idle.append(process)
                    yield process.item, answer.result()
    finally:
        for process in (*idle, *busy.values()):
            process.end()


@dataclass(frozen=True)
class _Answer(Generic[R]):
    """What `work` returned."""

    value: R

    def result(self) -> R:
        return self.value


@dataclass(frozen=True)
class _Raised:
    """What `work` raised."""

    error: Exception

    def result(self) -> NoReturn:
        raise self.error


class _Process(Generic[T, R]):
    """A process that works on one item at a time."""

    def __init__(self, work: Callable[[T], R]) -> None:
        self.pipe, theirs = Pipe()
        with theirs:  # closed here, so that the pipe ends with the process
            told = [str(theirs.fileno()), json.dumps([*map(str, sys.path)])]
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-c", _SERVE, *told],
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                process_group=0,  # Ctrl-C in a terminal is for the first process
            )
        self._send(work)

    def give(self, item: T) -> None:
        """Begin with an item."""
        self.item = item
        self._send(item)

    def _send(self, what: object) -> None:
        try:
            self.pipe.send(what)
        except OSError:  # it was killed, or does not know what to do: `answer` finds that it has ended
            self._process.kill()

    def answer(self) -> _Answer[R] | _Raised | None:
        """The answer to the item, for which this waits; None if the process has ended without one."""
        try:
            answer: _Answer[R] | _Raised = self.pipe.recv()
        except (EOFError, OSError):
            return None
        return answer

    def end(self) -> None:
        """End the process, whatever it is doing."""
        self.pipe.close()
        self._process.kill()
        self._process.wait()


def serve(handle: int) -> None:
    """Be one of the processes: do the work that the pipe brings, on the items that it brings, until it ends."""
    pipe: Connection[Any, Any] = Connection(handle)
    with suppress(EOFError, OSError):
        work = pipe.recv()
        while True:
            pipe.send(_tried(work, pipe.recv()))


def _tried(work: Callable[[T], R], item: T) -> _Answer[R] | _Raised:
    try:
        return _Answer(work(item))
    except Exception as error:
        return _Raised(error)
