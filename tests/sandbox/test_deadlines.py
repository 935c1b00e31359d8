"""Deadlines, budgets and revivals. The clock is the worker's own processor time, so a busy machine fails nobody."""

import contextlib
import os
import select
import signal
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from autograder.sandbox import Isolation, Limits, Sandbox, Session, SessionLost, WorkerKilled
from autograder.sandbox.channel import Channel, Watch
from autograder.sandbox.server import host_pid
from tests.support.levels import cells, require
from tests.support.patience import HANGS

HONEST = "def f(): return 1"
LOST = {
    "while True: pass": "time",
    "__import__('os')._exit(0)": "died",
    "__import__('os').close(3)": "died",
    "__import__('ctypes').string_at(1)": "died",
    "__import__('os')._exit(71)": "memory",
    "__import__('os').write(3, b'x' * 100)": "protocol",
}


@pytest.mark.parametrize(("statement", "reason"), LOST.items())
def test_a_lost_worker_has_a_reason_and_a_successor(impatient: Sandbox, statement: str, reason: str) -> None:
    with impatient.open(cells(HONEST, f"def g():\n    {statement}")) as session:
        with pytest.raises(SessionLost) as lost:
            session.calls("g", [()])
        assert lost.value.reason == reason
        assert session.calls("f", [()])[0].value == 1
        assert session.errors == ()


SKIPPED = {
    "while True: pass": "did not finish within 0.3 s of processor time; it was skipped",
    "import os; os._exit(0)": "ended the Python process; it was skipped",
    "import os; os.write(3, b'x' * 100)": "wrote to a file that is not its own; it was skipped",
    "import os; os._exit(71)": "needed more than 512 MiB of memory; it was skipped",
}


@pytest.mark.parametrize(("source", "message"), SKIPPED.items())
def test_a_cell_that_loses_the_worker_is_skipped(impatient: Sandbox, source: str, message: str) -> None:
    with impatient.open(cells(HONEST, source, "def g(): return f() + 1", "1/0")) as session:
        assert [(e.number, e.type, e.message) for e in session.errors] == [
            (2, "Error", message), (4, "ZeroDivisionError", "division by zero")]  # fmt: skip
        assert session.calls("g", [()])[0].value == 2


def test_the_whole_submission_has_a_budget_of_processor_time(impatient: Sandbox) -> None:
    """Calls that each stay below their deadline must not add up for ever."""
    slow = """
import time
def f():
    end = time.process_time() + 0.2
    while time.process_time() < end: pass
    return 1
"""
    with impatient.open(cells(slow)) as session:
        answered = 0
        with contextlib.suppress(SessionLost):
            while session.calls("f", [()])[0].value == 1:
                answered += 1
        assert 2 <= answered <= 4
        workers = session._workers  # type: ignore[attr-defined]
        for _ in range(3):
            with pytest.raises(SessionLost, match="budget"):
                session.calls("f", [()])
        assert session._workers == workers  # type: ignore[attr-defined]


def test_the_whole_submission_has_a_budget_of_waiting() -> None:
    """Calls that each sleep for less than their deadline must not add up either."""
    require(Isolation.KERNEL)
    limits = Limits(wall=60.0, total_wall=1.0)
    source = "import time\ndef f(): time.sleep(0.3); return 1"
    with Sandbox(Isolation.KERNEL, limits) as sandbox, sandbox.open(cells(source)) as session:
        answered = 0
        with contextlib.suppress(SessionLost):
            while session.calls("f", [()])[0].value == 1:
                answered += 1
        assert answered <= 3
        with pytest.raises(SessionLost, match="budget"):
            session.calls("f", [()])


def test_the_whole_submission_has_a_number_of_workers(impatient: Sandbox) -> None:
    with impatient.open(cells(HONEST, "import os\ndef g(): os._exit(0)")) as session:
        reasons = []
        for _ in range(7):
            with pytest.raises(SessionLost) as lost:
                session.calls("g", [()])
            reasons.append(lost.value.reason)
    assert reasons == ["died"] * 5 + ["budget"] * 2  # the first worker and four more


def test_cells_that_use_up_the_budget_are_told_at_the_first_call(impatient: Sandbox) -> None:
    with impatient.open(cells(HONEST, *["import os; os._exit(0)"] * 9)) as session:
        assert len(session.errors) == 5
        with pytest.raises(SessionLost, match="budget"):
            session.calls("f", [()])


def test_dripping_bytes_do_not_stretch_the_deadline(wakeful: Sandbox) -> None:
    drip = """
import os, time
def f():
    os.write(3, (1000).to_bytes(4, "little"))
    while True:
        os.write(3, b"x"); time.sleep(.05)
"""
    with wakeful.open(cells(drip)) as session, pytest.raises(SessionLost, match="stalled"):
        session.calls("f", [()])


def test_every_piece_of_a_frame_is_checked_against_the_clock() -> None:
    """A worker that writes as fast as we read never lets us wait, and so never lets us look at the time."""

    class Expired(Watch):
        def left(self) -> float:
            raise SessionLost("time")

        def wait(self, *_: object) -> None:
            raise AssertionError("waited without a look at the clock")

    channel = Channel()
    channel.theirs.send(b"x")
    with pytest.raises(SessionLost, match="time"):
        channel._fill(memoryview(bytearray(10)), Expired(os.getpid(), 1.0, 1.0))
    channel.close()


def test_memory_is_bounded(sandbox: Sandbox) -> None:
    with sandbox.open(cells("def f(n): return len(bytearray(n))")) as session:
        too_much, enough = session.calls("f", [(1 << 30,), (200 << 20,)])
        assert too_much.error == "MemoryError"
        assert enough.value == 200 << 20


def test_a_cell_that_keeps_all_memory_is_skipped(sandbox: Sandbox) -> None:
    hoard = "kept = []\nwhile True: kept.append('x' * 9**7)"
    with sandbox.open(
        cells(HONEST, hoard, "def g(): return f() + len(bytearray(100 << 20)) // (100 << 20)")
    ) as session:
        assert [(e.number, e.skipped) for e in session.errors] == [(2, True)]
        assert session.calls("g", [()])[0].value == 2


def test_a_cell_that_only_asked_for_too_much_keeps_its_functions(sandbox: Sandbox) -> None:
    with sandbox.open(cells("def f(): return 1\nbig = bytearray(1 << 40)")) as session:
        assert [(e.number, e.type, e.skipped) for e in session.errors] == [(1, "MemoryError", False)]
        assert session.calls("f", [()])[0].value == 1


def test_output_costs_neither_memory_nor_time(sandbox: Sandbox) -> None:
    chatter = "import sys\ndef f():\n    for _ in range(100): print('x' * 100_000)\n    sys.stderr.write('x'); return 1"
    with sandbox.open(cells(chatter)) as session:
        assert session.calls("f", [()])[0].value == 1


@pytest.mark.slow
def test_sleeping_is_stalling(wakeful: Sandbox) -> None:
    with wakeful.open(
        cells(HONEST, "import time; time.sleep(60)", "import time\ndef g(): time.sleep(60)")
    ) as session:
        assert [e.message for e in session.errors] == ["did not finish within 2 s; it was skipped"]
        with pytest.raises(SessionLost, match="stalled"):
            session.calls("g", [()])
        assert session.calls("f", [()])[0].value == 1


def server_pid(sandbox: Sandbox) -> int:
    pidfd = sandbox._server._pidfd
    assert pidfd is not None
    return host_pid(pidfd)


def kill_server(sandbox: Sandbox, session: Session) -> None:
    """Returns when the session's worker has died with it."""
    poll = select.poll()
    poll.register(session._worker._pidfd, select.POLLIN)  # type: ignore[attr-defined]
    os.kill(server_pid(sandbox), signal.SIGKILL)
    assert poll.poll(1000 * HANGS)


def test_a_killed_fork_server_is_started_again_and_costs_nobody_a_point() -> None:
    require(Isolation.KERNEL)
    with Sandbox(Isolation.KERNEL) as sandbox, sandbox.open(cells(HONEST)) as session:
        first = server_pid(sandbox)
        kill_server(sandbox, session)
        assert session.calls("f", [()])[0].value == 1
        assert server_pid(sandbox) != first
        kill_server(sandbox, session)
        with pytest.raises(WorkerKilled):  # twice is no coincidence, and says nothing about the submission
            session.calls("f", [()])
        assert session.calls("f", [()])[0].value == 1


def test_a_killed_fork_server_is_started_again_for_the_next_submission() -> None:
    require(Isolation.KERNEL)
    with Sandbox(Isolation.KERNEL) as sandbox:
        os.kill(server_pid(sandbox), signal.SIGKILL)
        with sandbox.open(cells(HONEST)) as session:
            assert session.calls("f", [()])[0].value == 1


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Ctrl-C is heard, which it is not in what a shell starts in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_an_interrupted_grader_does_not_read_the_old_reply() -> None:
    """Ctrl-C in the middle of a call: the next call must not get that call's answer."""
    require(Isolation.KERNEL)
    source = """
def slow():
    for n in range(10**12): pass
    return 'old'
def f(): return 'new'
"""
    with (
        Sandbox(Isolation.KERNEL, Limits(cpu=600, wall=600)) as sandbox,
        sandbox.open(cells(source)) as session,
    ):
        watch = session._worker.watch(1.0, 1.0)  # type: ignore[attr-defined]
        began = watch.used()

        def interrupt() -> None:
            while watch.used() < began + 0.1:  # the worker is not in the middle of the call yet
                time.sleep(0.01)
            signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)

        threading.Thread(target=interrupt).start()
        with pytest.raises(KeyboardInterrupt):
            session.calls("slow", [()])
        assert session.calls("f", [()])[0].value == "new"


def test_the_sandbox_belongs_to_one_process(sandbox: Any) -> None:
    pid = os.fork()
    if pid == 0:
        try:
            sandbox.open(cells(HONEST))
        except RuntimeError:
            os._exit(7)
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 7


def test_a_worker_that_is_killed_from_outside_says_nothing_about_the_submission(sandbox: Any) -> None:
    """As the kernel does when the memory of the machine ends."""
    with sandbox.open(cells(HONEST)) as session:
        os.kill(session._worker._host_pid, signal.SIGKILL)
        with pytest.raises(WorkerKilled):
            session.calls("f", [()])
        assert session.calls("f", [()])[0].value == 1
