"""Nothing that the grader knows is in the memory of the fork server or of a worker: read from outside, all of it."""

import ctypes
import errno
import mmap
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
    """All memory of a process that the kernel lets be read."""
    for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
        found = re.match(r"([0-9a-f]+)-([0-9a-f]+) r", line)
        if found and "[vsyscall]" not in line:  # it lies where no offset of a file reaches
            yield from pieces(pid, *(int(word, 16) for word in found.groups()))


def pieces(pid: int, start: int, end: int) -> Iterator[bytes]:
    """What lies between the pages that the kernel refuses: guards in stacks, the clock's pages, ends of files."""
    piece = b""
    with open(f"/proc/{pid}/mem", "rb", buffering=0) as file:
        while start < end:
            file.seek(start)
            try:
                block = file.read(end - start)  # up to the next such page
                assert block, f"process {pid} has ended"
                piece, start = piece + block, start + len(block)
            except OSError as error:
                if error.errno != errno.EIO:
                    raise
                yield piece
                piece, start = b"", start + mmap.PAGESIZE
    yield piece


def holds(pid: int, word: bytes) -> bool:
    return any(word in block for block in memory(pid))


def test_the_scan_goes_on_behind_what_cannot_be_read() -> None:
    guard, page = 102, mmap.PAGESIZE  # MADV_GUARD_INSTALL, as in the stacks of threads since glibc 2.42
    with mmap.mmap(-1, 4 * page) as mapping:
        mapping[page - 6 : page], mapping[2 * page : 2 * page + 6] = b"before", b"behind"
        try:
            mapping.madvise(guard, page, page)
        except OSError:
            pytest.skip("this kernel has no guards within a mapping: they came with 6.13")
        start = ctypes.addressof(ctypes.c_char.from_buffer(mapping))
        found = [piece.strip(b"\0") for piece in pieces(os.getpid(), start, start + 4 * page)]
    assert found == [b"before", b"behind"]


@pytest.mark.slow
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
