"""`python -m tests.studies.soak [SUBMISSIONS]`: a long evening of grading, one submission in eight hostile. Prints,
for each level of isolation, what isolation costs, what a worker takes, and how memory and descriptors stand at the end.
"""

import os
import sys
import time
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from statistics import median

from autograder.demo.handin import solved, write
from autograder.sandbox import Cell, Isolation, SandboxUnavailable
from tests.support.attack import corpus
from tests.support.harness import ASSIGNMENT, EXERCISE, Arena
from tests.support.traces import descendants, descriptors, resident

SUBMISSIONS, HOSTILE_ONE_IN = 2000, 8
# Quick ones: what is measured here is what they leave, not how long they hang.
CATEGORIES = ("exit", "forge", "harvest", "leak", "network", "persist", "read", "signal", "tamper")
GROWTH = 8 << 20


def milliseconds(work: Callable[[], object], rounds: int = 300) -> float:
    """The median time of `work`."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return 1e3 * median(times)


def private(pid: int) -> int:
    """Bytes of memory that a process shares with nobody."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) << 10 for line in lines if line.startswith("Private_"))


def isolation_cost(arena: Arena) -> None:
    """Fork, harden, load one cell, call, kill, reap; and the memory of a live worker."""
    honest = [Cell(1, "def f(x):\n    return x + 1\n")]

    def one() -> None:
        with arena.sandbox.open(honest) as session:
            session.calls("f", [(1.0,)])

    print(f"  a submission of one cell and one call  {milliseconds(one):6.1f} ms (median)")
    with arena.sandbox.open(honest) as session:
        session.calls("f", [(1.0,)])
        (worker,) = descendants(arena.server)
        print(f"  private memory of a worker             {private(worker) / 2**20:6.1f} MiB")


def evening(arena: Arena, submissions: int, hostile_one_in: int = HOSTILE_ONE_IN) -> list[float]:
    """Grade so many; the honest ones' scores in per cent."""
    honest = write(solved(ASSIGNMENT)).encode()
    attacks = cycle(
        [
            write(solved(ASSIGNMENT, {EXERCISE: arena.lab.fill_in(one.source)})).encode()
            for one in corpus()
            if one.category in CATEGORIES and one.cell == EXERCISE and one.clock != "wall"
        ]
    )
    scores = []
    for number in range(submissions):
        hostile = number % hostile_one_in == 0
        grade = arena._grade(next(attacks) if hostile else honest)
        scores += [] if hostile else [grade.percent or 0.0]
    return scores


def soak(isolation: Isolation, submissions: int) -> bool:
    """Whether everything is where it was."""
    print(f"\n{isolation.value}")
    with Arena(isolation) as arena:
        isolation_cost(arena)
        evening(arena, 2 * len(corpus()), hostile_one_in=2)  # each attack once: caches fill up …
        evening(arena, submissions // 4)  # … and the allocator's pools reach their size
        pids = {"grader": os.getpid(), "fork server": arena.server}
        before = {name: (resident(pid), descriptors(pid)) for name, pid in pids.items()}
        start = time.perf_counter()
        scores = evening(arena, submissions)
        seconds = time.perf_counter() - start
        print(f"  {submissions} submissions, {submissions / seconds:.0f} a second")
        print(f"  honest ones with full marks {sum(score == 100.0 for score in scores)} of {len(scores)}")
        kept = [_stayed(name, pid, *before[name]) for name, pid in pids.items()]
        return all(kept) and set(scores) == {100.0} and not descendants(arena.server)


def _stayed(name: str, pid: int, memory: int, held: int) -> bool:
    now, holds = resident(pid), descriptors(pid)
    print(f"  {name:12} {memory / 2**20:6.1f} -> {now / 2**20:6.1f} MiB, descriptors {held} -> {holds}")
    return now - memory < GROWTH and holds == held


def main() -> int:
    """Print all figures; 1 if something grew or an honest student lost a point."""
    submissions = int(sys.argv[1]) if len(sys.argv) > 1 else SUBMISSIONS
    well = []
    for isolation in (Isolation.BWRAP, Isolation.KERNEL):
        try:
            well.append(soak(isolation, submissions))
        except SandboxUnavailable as error:
            print(f"\n{isolation.value}: not here: {error}")
    return int(not all(well))


if __name__ == "__main__":
    sys.exit(main())
