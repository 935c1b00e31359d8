"""Work in several processes, any of which may be killed, by the kernel out of memory for one: nothing is lost."""

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def each(work: Callable[[T], R], items: Sequence[T], jobs: int, killed: Callable[[T], R]) -> Iterator[R]:
    """`work` of each item, in the same order; `killed` of an item that ends its process, even alone."""
    ready: dict[int, R] = {}
    turn = 0
    try:
        for number, result in _numbered(work, items, jobs, killed):
            ready[number] = result
            while turn in ready:
                yield ready.pop(turn)
                turn += 1
    except (Exception, KeyboardInterrupt):
        yield from (ready[number] for number in sorted(ready))
        raise


def _numbered(
    work: Callable[[T], R], items: Sequence[T], jobs: int, killed: Callable[[T], R]
) -> Iterator[tuple[int, R]]:
    """Results as they become ready. When a process is killed, what was in flight is tried again, one by one."""
    rest = deque(range(len(items)))
    while rest:
        suspects: list[int] = []
        with _processes(jobs) as pool:
            for number, future in _finished(pool, work, items, rest, jobs):
                try:
                    yield number, future.result()
                except BrokenProcessPool:
                    suspects.append(number)
        yield from ((number, _alone(work, items[number], killed)) for number in suspects)


def _finished(
    pool: ProcessPoolExecutor, work: Callable[[T], R], items: Sequence[T], rest: deque[int], jobs: int
) -> Iterator[tuple[int, "Future[R]"]]:
    """What is done of `rest`, of which no more than `jobs` are in flight; until all is, or the pool is broken."""
    running: dict[Future[R], int] = {}
    broken = False
    while running or (rest and not broken):
        try:
            while rest and not broken and len(running) < jobs:
                running[pool.submit(work, items[rest[0]])] = rest[0]
                rest.popleft()
        except BrokenProcessPool:  # what is in flight says so in a moment
            broken = True
        for future in wait(running, return_when=FIRST_COMPLETED).done:
            broken = broken or isinstance(future.exception(), BrokenProcessPool)
            yield running.pop(future), future


def _alone(work: Callable[[T], R], item: T, killed: Callable[[T], R]) -> R:
    with _processes(1) as pool:
        try:
            return pool.submit(work, item).result()
        except BrokenProcessPool:
            return killed(item)


def _processes(count: int) -> ProcessPoolExecutor:
    # spawn: a forked copy of this process would share the parent's sandbox
    return ProcessPoolExecutor(count, multiprocessing.get_context("spawn"), _ignore_interrupts)


def _ignore_interrupts() -> None:
    """Ctrl-C reaches every process of a terminal, and the first one decides."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
