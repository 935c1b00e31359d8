"""Whoever ends the grading of a class, by Ctrl-C, SIGTERM or SIGHUP, loses only what was just being graded."""

import json
import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from autograder.commands.signals import Interrupted, Interruption
from autograder.demo.handin import solved, write
from tests.support.patience import HANGS
from tests.support.traces import spawned

MARK = "1-deep-chains"
HALF_WAY = f"""
import sys, time
from autograder import cli
from autograder.grading import batch
from autograder.results import Grade

def grade_all(found, *_):
    yield 0, Grade(str(found[0].path), found[0].student, "{MARK}", "bwrap", 0.0)
    print("half-way", file=sys.__stdout__, flush=True)
    time.sleep({HANGS})

batch.grade_all = grade_all
cli.main()
"""
ENDING = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]


@pytest.fixture(autouse=True)
def hangup() -> Iterator[None]:
    """As in a terminal: what `nohup` starts ignores SIGHUP, and so would these tests and their programs."""
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGHUP, before)


def hand_in(folder: Path, *students: str, changes: dict[str, str] | None = None) -> None:
    for student in students:
        path = folder / "submitted" / student / MARK / f"{MARK}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(write(solved(MARK, changes)), encoding="utf-8")


def half_way(
    folder: Path, ignored: tuple[int, ...] = (), stderr: int = subprocess.PIPE
) -> "subprocess.Popen[str]":
    """The command, about to grade one of two submissions, told to ignore some signals."""
    hand_in(folder, "ada", "bob")
    argv = [
        sys.executable,
        "-P",
        "-c",
        HALF_WAY,
        "grade",
        "--format",
        "jsonl",
        "--output",
        "r.jsonl",
        "submitted",
    ]

    def told() -> None:  # whatever the tests themselves were told
        for number in ENDING:
            signal.signal(number, signal.SIG_IGN if number in ignored else signal.SIG_DFL)

    return subprocess.Popen(
        argv, cwd=folder, text=True, preexec_fn=told, stdout=subprocess.PIPE, stderr=stderr
    )


def half_done(process: "subprocess.Popen[str]") -> None:
    assert process.stdout
    assert process.stdout.readline() == "half-way\n"


def reported(path: Path) -> list[str]:
    return [json.loads(line)["student"] for line in path.read_text().splitlines()]


@pytest.mark.parametrize("number", ENDING)
def test_what_was_graded_is_reported(tmp_path: Path, number: int) -> None:
    with half_way(tmp_path) as process:
        half_done(process)
        process.send_signal(number)
        _, said = process.communicate()
    assert process.returncode == 128 + number
    assert reported(tmp_path / "r.jsonl") == ["ada"]
    assert "only 1 of 2 submissions were reached" in said
    assert "Traceback" not in said


def test_a_terminal_that_is_closed_costs_nothing(tmp_path: Path) -> None:
    terminal, theirs = pty.openpty()
    with half_way(tmp_path, stderr=theirs) as process:
        os.close(theirs)
        half_done(process)
        os.close(terminal)
        process.send_signal(signal.SIGHUP)
        process.communicate()
    assert process.returncode == 128 + signal.SIGHUP
    assert reported(tmp_path / "r.jsonl") == ["ada"]


def test_nohup_stays_in_force(tmp_path: Path) -> None:
    with half_way(tmp_path, ignored=(signal.SIGHUP,)) as process:
        half_done(process)
        process.send_signal(signal.SIGHUP)
        process.send_signal(signal.SIGTERM)
        process.communicate()
    assert process.returncode == 128 + signal.SIGTERM


def test_no_process_is_left(tmp_path: Path) -> None:
    hand_in(tmp_path, "ada", "bob", changes={"steps_to_move": "while True: pass"})
    argv = [sys.executable, "-P", "-m", "autograder", "grade", "--jobs", "2", "submitted"]
    with subprocess.Popen(argv, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        while len(workers := spawned(process.pid)) < 2:
            assert process.poll() is None
            time.sleep(0.01)
        watched = [os.pidfd_open(worker) for worker in workers]
        process.terminate()
        process.communicate()
    assert process.returncode == 128 + signal.SIGTERM
    for pidfd in watched:
        assert select.select([pidfd], [], [], HANGS)[0]
        os.close(pidfd)


def after_a_signal(number: int, between: Callable[[Interruption, Iterator[int]], None]) -> int:
    """The signal that ends it, when it comes after the first of three items and then `between` happens."""
    try:
        with Interruption() as stop:
            items = stop.until(range(3))
            assert next(items) == 0
            signal.raise_signal(number)
            between(stop, items)
    except Interrupted as ended:
        return ended.number
    return 0


def test_a_signal_between_two_items_waits_for_the_next() -> None:
    assert after_a_signal(signal.SIGTERM, lambda _, items: [*items].append(0)) == signal.SIGTERM


def test_a_signal_that_no_item_follows_is_not_forgotten() -> None:
    assert after_a_signal(signal.SIGHUP, lambda *_: None) == signal.SIGHUP
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


def test_a_second_signal_does_not_wait() -> None:
    assert after_a_signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGHUP)) == signal.SIGHUP
