"""Processes that are killed lose nothing, and an error of ours comes after what was done."""

import errno
import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Generator
from contextlib import closing
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest

from autograder.grading import batch, pool
from autograder.intake.discovery import Found
from autograder.results import Grade
from autograder.sandbox import SandboxUnavailable
from tests.support.patience import HANGS
from tests.support.traces import spawned

KILL = "__import__('os').kill(__import__('os').getpid(), 9)"


def worked(sources: list[str], jobs: int) -> Generator[tuple[str, Any], None, None]:
    yield from pool.each(eval, sources, jobs, killed=lambda source: ("killed", source))


def in_order(sources: list[str], jobs: int) -> list[Any]:
    results = list(worked(sources, jobs))
    assert len(results) == len(sources)
    return [dict(results)[source] for source in sources]


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_item_that_kills_its_process_costs_only_itself(jobs: int) -> None:
    sources = ["0", KILL, "2", "3", KILL, "5", "6"]
    wanted = [("killed", KILL) if source == KILL else int(source) for source in sources]
    assert in_order(sources, jobs) == wanted


def kill_the_first(done: threading.Event) -> None:
    while not done.wait(1e-4):
        if processes := spawned(os.getpid()):
            os.kill(processes[0], signal.SIGKILL)
            break


def test_a_process_may_be_killed_while_others_start() -> None:
    for _ in range(5):  # a race: ProcessPoolExecutor of CPython 3.11.7 lost it, for ever
        done = threading.Event()
        thread = threading.Thread(target=kill_the_first, args=[done])
        thread.start()
        assert in_order(["1", "2", "3"], 2) == [1, 2, 3]
        done.set()
        thread.join()


def test_a_long_command_line_makes_nobody_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """What `multiprocessing` spawns would be sent it all, after which a killed process is waited for."""
    monkeypatch.setattr(sys, "argv", [*sys.argv, "x" * 200_000])
    test_a_process_may_be_killed_while_others_start()


def test_an_item_that_cannot_be_sent_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without memory for buffers the kernel may refuse it while the process lives."""
    send = Connection.send
    fails = iter([False, True])

    def refused_once(pipe: Connection, what: object) -> None:
        if next(fails, False):
            raise OSError(errno.ENOBUFS, "no buffer space available")
        send(pipe, what)

    monkeypatch.setattr(Connection, "send", refused_once)
    assert in_order(["1", "2", "3"], 1) == [1, 2, 3]


def test_a_process_ends_though_it_may_ignore_signals() -> None:
    ignore = "__import__('signal').signal(15, __import__('signal').SIG_IGN)"
    with closing(worked([ignore, f"{ignore} and __import__('time').sleep(600)", "3"], 2)) as results:
        next(results)
    assert not spawned(os.getpid())


def test_who_stops_early_leaves_no_process() -> None:
    with closing(worked(["1", "2", "__import__('time').sleep(600)", "4"], 2)) as results:
        assert next(results)[1] in (1, 2)
        assert spawned(os.getpid())
    assert not spawned(os.getpid())


def test_processes_end_with_the_first(tmp_path: Path) -> None:
    """It may be the one that is killed. They end as soon as they have done what they are at."""
    script, go = tmp_path / "first.py", tmp_path / "go"
    waits = (
        f"[*iter(lambda: __import__('os').path.exists({str(go)!r}) or __import__('time').sleep(0.01), True)]"
    )
    script.write_text(
        "from autograder.grading import pool\n"
        "if __name__ == '__main__':\n"
        f"    list(pool.each(eval, [{waits!r}] * 2, 2, killed=print))\n"
    )
    with subprocess.Popen([sys.executable, script]) as first:
        while len(processes := spawned(first.pid)) < 2:
            assert first.poll() is None
            time.sleep(0.01)
        watched = [os.pidfd_open(process) for process in processes]
        first.kill()
    go.touch()
    for pidfd in watched:
        assert select.select([pidfd], [], [], HANGS)[0]
        os.close(pidfd)


def test_an_item_is_tried_again(tmp_path: Path) -> None:
    once = f"{KILL} if not __import__('os').mkdir({str(tmp_path / 'tried')!r}) else 0"
    again = f"7 if __import__('os').path.exists({str(tmp_path / 'tried')!r}) else {once}"
    assert in_order(["1", again, "3"], 2) == [1, 7, 3]


def test_without_room_one_comes_after_the_other() -> None:
    sources = ["__import__('time').sleep(0.3)", "1", "2"]
    results = pool.each(eval, sources, 2, killed=str, has_room=lambda: False)
    assert [source for source, _ in results] == sources


def test_results_come_when_they_are_ready() -> None:
    with closing(worked(["__import__('time').sleep(600)", "1", "2", "3"], 2)) as results:
        assert [next(results) for _ in range(3)] == [("1", 1), ("2", 2), ("3", 3)]


def test_an_exception_comes_after_all_that_was_done() -> None:
    results = worked(["__import__('time').sleep(600)", "1", "2", "1 / 0", "4"], 2)
    seen = list[Any]()
    with pytest.raises(ZeroDivisionError):
        seen.extend(results)
    assert seen == [("1", 1), ("2", 2)]


def test_a_sandbox_that_is_lost_on_the_way_ends_a_process_and_not_the_class(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def lost(*_: object) -> Grade:
        raise SandboxUnavailable("its fork server is killed again and again")

    monkeypatch.setattr(batch, "_grader_there", lambda _: None)
    monkeypatch.setattr(batch, "grade_one", lost)
    with pytest.raises(SystemExit):
        batch._grade_there(batch.Settings(b"secret"), batch.Task(0, Found(Path(), Path("x.ipynb")), b""))


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_item_that_ends_its_process_is_one_that_kills_it(jobs: int) -> None:
    source = "__import__('sys').exit(1)"
    assert in_order(["0", source, "2"], jobs) == [0, ("killed", source), 2]
