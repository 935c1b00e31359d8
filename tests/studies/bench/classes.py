"""Whole classes, graded by the command: time and memory as the class grows, and classes that are hostile or wrong."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from autograder.course import notebooks
from autograder.course.exercises import misconceptions_of
from autograder.demo.handin import solved, source_of, write
from tests.studies.bench.timing import BIN
from tests.support.mutants import mutants, solution
from tests.support.traces import descendants

ASSIGNMENT = "3-initialization"
Notebook = Callable[[int], str]


@dataclass(frozen=True)
class Run:
    """What grading a class took."""

    seconds: float
    peak: int  # bytes of all processes together, each shared page counted once


def right(number: int) -> str:
    """A right solution, in no two submissions the same bytes."""
    document = solved(ASSIGNMENT)
    last = document["cells"][-1]
    document["cells"].append(
        {**last, "id": f"student{number}", "metadata": {}, "source": f"Student {number}"}
    )
    return write(document)


def wrong(number: int) -> str:
    """A mistake of the catalogue in every exercise, each student others."""
    names = notebooks.assignments()[ASSIGNMENT].exercises
    mistakes = {name: list(misconceptions_of(name)) for name in names}
    return write(solved(ASSIGNMENT, {n: source_of(m[number % len(m)], n) for n, m in mistakes.items()}))


def unforeseen(number: int) -> str:
    """A mutant of our solution in every exercise, each student others; few of them have a name."""
    made = {name: _mutants(name) for name in notebooks.assignments()[ASSIGNMENT].exercises}
    return write(solved(ASSIGNMENT, {name: some[7 * number % len(some)] for name, some in made.items()}))


@cache
def _mutants(exercise: str) -> list[str]:
    return list(mutants(solution(ASSIGNMENT, exercise)))


def endless(number: int) -> str:
    """Every sixth student loops for ever in every exercise."""
    if number % 6:
        return right(number)
    names = notebooks.assignments()[ASSIGNMENT].exercises
    return write(solved(ASSIGNMENT, {n: f"def {n}(*_):\n    while True:\n        pass" for n in names}))


def graded(made: Notebook, size: int, jobs: int, format_name: str = "jsonl", hints: str = "line") -> Run:
    """Grade so many, as one command."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number in range(size):
            path = folder / "submitted" / f"s{number:06}" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
            path.parent.mkdir(parents=True)
            path.write_text(made(number), encoding="utf-8")
        report = ["--format", format_name, "--output", "grades", "--hints", hints]
        return _watched([str(BIN / "autograder"), "grade", *report, "--jobs", str(jobs), "submitted"], folder)


@contextmanager
def one_more(assignment: str, jobs: int, size: int) -> Iterator[Callable[[], float]]:
    """Seconds of one more submission in a class of this size; starting the command is timed apart, and taken off."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number in range(size):
            path = folder / "submitted" / f"s{number:06}" / assignment / f"{assignment}.ipynb"
            path.parent.mkdir(parents=True)
            path.write_text(write(solved(assignment)), encoding="utf-8")
        argv = [
            str(BIN / "autograder"),
            "grade",
            "--format",
            "jsonl",
            "--output",
            "grades",
            "--jobs",
            str(jobs),
        ]
        few = [f"submitted/s{number:06}" for number in range(jobs)]

        def measure() -> float:
            start = _watched([*argv, *few], folder).seconds
            return (_watched([*argv, "submitted"], folder).seconds - start) / (size - jobs)

        yield measure


def _watched(argv: list[str], folder: Path) -> Run:
    start, peak = time.perf_counter(), 0
    with subprocess.Popen(argv, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        while process.poll() is None:
            peak = max(peak, _memory(process.pid))
            time.sleep(0.2)
        if process.returncode:
            assert process.stderr
            sys.exit(f"{' '.join(argv)} failed:\n{process.stderr.read().decode()[-2000:]}")
    return Run(time.perf_counter() - start, peak)


def _memory(pid: int) -> int:
    """Bytes of a process and of all that it started; what they share counts once."""
    return sum(map(_proportional, [pid, *descendants(pid)]))


def _proportional(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:  # it has just ended
        return 0
    return sum(int(line.split()[1]) << 10 for line in lines if line.startswith("Pss:"))


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0))
