"""Nothing that the grader knows is in the memory of the fork server or of a worker: read from outside, all of it."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.course.exercises import exercise_of
from autograder.demo.handin import solved, write
from autograder.sandbox import Cell, Isolation
from tests.support.harness import ASSIGNMENT, Arena
from tests.support.traces import descendants


def memory(pid: int) -> Iterator[bytes]:
    """All readable memory of a process, mapping by mapping."""
    with open(f"/proc/{pid}/mem", "rb", buffering=0) as file:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            found = re.match(r"([0-9a-f]+)-([0-9a-f]+) r", line)
            if found and "[v" not in line:
                start, end = (int(word, 16) for word in found.groups())
                file.seek(start)
                yield file.read(end - start)


def holds(pid: int, word: bytes) -> bool:
    return any(word in block for block in memory(pid))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can read another process's memory")
@pytest.mark.parametrize("level", [Isolation.BWRAP, Isolation.KERNEL])
def test_no_secret_is_in_the_sandbox(level: Isolation) -> None:
    from autograder.sandbox import SandboxUnavailable

    try:
        arena = Arena(level).__enter__()
    except SandboxUnavailable as error:
        pytest.skip(str(error))
    try:
        arena._grade(write(solved(ASSIGNMENT)).encode())  # an earlier submission
        (title,) = [c.title for c in exercise_of("he_normal").checks if c.name == "check_variance"]
        secrets = [*map(str.encode, arena.lab.canaries.values()), title.encode(), b"def check_variance"]
        with arena.sandbox.open([Cell(1, "x = 'a word of' + ' the student'")]) as session:
            assert session.errors == ()
            (worker,) = descendants(arena.server)
            assert holds(worker, b"a word of the student")  # the scan sees what is there
            assert holds(os.getpid(), arena.lab.secret)
            for pid in (arena.server, worker):
                assert not [word for word in secrets if holds(pid, word)]
            assert not holds(arena.server, b"def initialize_parameters")  # of the earlier submission
    finally:
        arena.__exit__(None, None, None)
