"""A long evening of grading: nothing may grow, neither here nor in the fork server."""

import contextlib
import os
import select
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import autograder.sandbox
from autograder.sandbox import Isolation, Sandbox, SessionLost
from autograder.sandbox.server import host_pid
from tests.support.levels import cells, require
from tests.support.patience import HANGS

SOURCES = [
    "def f(n): return np.zeros(n)",
    "import os; os._exit(1)",
    "def f(n): return np.zeros(n)\nimport os; os.write(3, b'x' * 500)",
    "def f(n): raise ValueError",
]


def evening(sandbox: Sandbox, submissions: int) -> None:
    for number in range(submissions):
        with sandbox.open(cells(SOURCES[number % len(SOURCES)])) as session, contextlib.suppress(SessionLost):
            session.calls("f", [(10,), (20_000,)])


def measure(pid: int) -> tuple[int, int]:
    """Number of descriptors, and resident KiB."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return len(os.listdir(f"/proc/{pid}/fd")), pages * os.sysconf("SC_PAGESIZE") // 1024


def children(pid: int) -> int:
    return len(Path(f"/proc/{pid}/task/{pid}/children").read_text().split())


@pytest.mark.slow
@pytest.mark.parametrize("level", [Isolation.BWRAP, Isolation.KERNEL])
def test_two_hundred_sessions_leave_nothing_behind(level: Isolation) -> None:
    require(level)
    with Sandbox(level) as sandbox:
        pidfd = sandbox._server._pidfd
        assert pidfd is not None
        server = host_pid(pidfd)
        evening(sandbox, 24)  # lazy imports and caches of both sides
        before = [measure(pid) for pid in (os.getpid(), server)]
        evening(sandbox, 200)
        after = [measure(pid) for pid in (os.getpid(), server)]
        assert [fds for fds, _ in after] == [fds for fds, _ in before]
        assert all(now - then < 4096 for (_, then), (_, now) in zip(before, after, strict=True))
        assert children(server) == 0


def test_closing_a_sandbox_ends_its_workers_and_closes_its_descriptors() -> None:
    require(Isolation.KERNEL)
    descriptors = measure(os.getpid())[0]
    with Sandbox(Isolation.KERNEL) as sandbox:
        session = sandbox.open(cells("x = 1"))
        worker = session._worker._pidfd  # type: ignore[attr-defined]
        assert host_pid(worker) > 0
        session.close()
    assert measure(os.getpid())[0] == descriptors


def test_a_session_may_outlive_its_sandbox() -> None:
    require(Isolation.KERNEL)
    with Sandbox(Isolation.KERNEL) as sandbox:
        session = sandbox.open(cells("def f(): return 1"))
    session.close()


GRADER = """
import sys
from autograder.sandbox import Cell, Isolation, Sandbox
session = Sandbox(Isolation(sys.argv[1])).open([Cell(1, "def f():\\n    import time; time.sleep(3600)")])
print(session._worker._host_pid, flush=True)
session.calls("f", [()])
"""


@pytest.mark.parametrize("level", [Isolation.BWRAP, Isolation.KERNEL])
def test_a_killed_grader_leaves_no_process(level: Isolation) -> None:
    require(level)
    root = Path(autograder.sandbox.__file__).parents[2]
    with subprocess.Popen(
        [sys.executable, "-c", GRADER, level.value], cwd=root, stdout=subprocess.PIPE
    ) as grader:
        assert grader.stdout is not None
        worker = os.pidfd_open(int(grader.stdout.readline()))
        grader.kill()
    poll = select.poll()
    poll.register(worker, select.POLLIN)
    assert poll.poll(1000 * HANGS)
    os.close(worker)


def test_threads_that_find_the_fork_server_gone_restart_it_once() -> None:
    require(Isolation.KERNEL)

    def grade(_: int) -> object:
        with sandbox.open(cells("def f(): return 1")) as session:
            return session.calls("f", [()])[0].value

    with Sandbox(Isolation.KERNEL) as sandbox, ThreadPoolExecutor(4) as pool:
        assert sandbox._server._pidfd is not None
        signal.pidfd_send_signal(sandbox._server._pidfd, signal.SIGKILL)
        assert list(pool.map(grade, range(4))) == [1] * 4
