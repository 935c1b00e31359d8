"""The journal: a line of JSON a grade, as soon as it is known. What is in it is not graded again.

A line is what the format `jsonl` writes, with the `key` under which the same notebook has the same grade, and with
`known`: how many of the notes, the first ones, were known before it was graded.
"""

import contextlib
import errno
import fcntl
import hashlib
import json
import os
import stat
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from autograder.course import notebooks
from autograder.course.own import Own
from autograder.grading.edition import edition
from autograder.results import Grade, Hints
from autograder.text import plural

# What may be lost if the machine goes down: grades, or seconds of them. If only this process does: none.
_GROUP, _SECONDS = 32, 1.0
_SHOWN = 5
Place = tuple[int, int]  # offset and length of a line


class JournalError(Exception):
    """Why a file cannot be the journal."""


@dataclass(frozen=True)
class Codec:
    """How a grade becomes an object of JSON, and is made of it again; the second raises ValueError."""

    encode: Callable[[Grade], dict[str, Any]]
    decode: Callable[[Any], Grade]


@dataclass(frozen=True)
class Line:
    """A grade that is in the journal, and how many of its notes were known before it was graded."""

    grade: Grade
    known: int


def key_of(
    content: bytes,
    named: str | None,
    secret: str,
    course: tuple[Own, ...] = (),
    trusted: bool = False,
    hints: Hints = "line",
) -> str:
    """What is the same for two grades of the same: the notebook, the checks, the points, the secret's fingerprint,
    whether its code was trusted, and how much is told.

    `named` is the assignment that it claims to be, of which it may be none.
    """
    own = {own.assignment: dict(own.points) for own in course}
    known = {name: dict(assignment.points) for name, assignment in notebooks.assignments().items()} | own
    points = {named: known[named]} if named in known else known
    facts = [hashlib.sha256(content).hexdigest(), named, points, edition(), secret, trusted, hints]
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()[:32]


class Journal:
    """The journal in a file. A context manager; unless it is only to be read, nobody else can write it meanwhile.

    `tell` is told what is the matter with it. Raises JournalError.
    """

    def __init__(
        self,
        path: Path,
        codec: Codec,
        tell: Callable[[str], object] = lambda _: None,
        read_only: bool = False,
    ) -> None:
        self._path, self._codec, self._tell = path, codec, tell
        self._places: dict[bytes, Place] = {}
        self._waiting, self._synced = 0, time.monotonic()
        self._broken = read_only
        self._file = _opened(path, read_only)
        try:
            self._end = self._load()
            if not read_only:
                os.ftruncate(self._file, self._end)  # the line that was just being written when all ended
        except BaseException:
            os.close(self._file)
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._sync()
        os.close(self._file)

    def find(self, key: str, submission: str, student: str | None) -> Line | None:
        """The grade under this key: that of the same submission, or else of one that is the same."""
        for digest in (_digest(key, submission, student), _digest(key)):
            if digest in self._places:
                length, offset = self._places[digest][1], self._places[digest][0]
                with contextlib.suppress(ValueError):
                    value = json.loads(os.pread(self._file, length, offset))
                    return Line(self._codec.decode(value), int(value["known"]))
        return None

    def add(self, grade: Grade, key: str, known: int) -> None:
        """Write a grade, unless it is there already. A disk that is full is told once; the grade is in the report."""
        value = {**self._codec.encode(grade), "key": key, "known": known}
        if self._broken or _of_line(value) in self._places:
            return
        line = json.dumps(value).encode() + b"\n"
        try:
            _write(self._file, line, self._end)
        except OSError as error:
            self._give_up(error)
            return
        self._note(value, (self._end, len(line)))
        self._end += len(line)
        self._waiting += 1
        if self._waiting >= _GROUP or time.monotonic() - self._synced >= _SECONDS:
            self._sync()

    def _give_up(self, error: OSError) -> None:
        self._broken = True
        with contextlib.suppress(OSError):
            os.ftruncate(self._file, self._end)
        self._tell(
            f"cannot write the journal {self._path} any more ({error.strerror}): what follows is in the report alone"
        )

    def _sync(self) -> None:
        if self._waiting and not self._broken:
            with contextlib.suppress(OSError):
                os.fsync(self._file)
        self._waiting, self._synced = 0, time.monotonic()

    def _load(self) -> int:
        """Note where each grade is; returns where the last whole line ends."""
        end, damaged = 0, []
        for number, (place, line) in enumerate(_lines(self._file), 1):
            try:
                self._note(dict(json.loads(line)), place)
            except (ValueError, KeyError, TypeError, RecursionError):
                if number == 1:
                    raise JournalError(
                        f"{self._path} is no journal, but perhaps what `--output` wrote: name another file"
                    ) from None
                damaged.append(str(number))
            end = sum(place)
        if damaged:
            which = ", ".join(damaged[:_SHOWN]) + (", …" if len(damaged) > _SHOWN else "")
            count = plural(len(damaged), "line")
            self._tell(f"{count} of the journal {self._path} cannot be read ({which}): graded again")
        return end

    def _note(self, value: Mapping[str, Any], place: Place) -> None:
        self._places[_of_line(value)] = place
        if value["error"] is None:  # what could not be graded is tried again
            self._places[_digest(value["key"], value["submission"], value["student"])] = place
            self._places[_digest(value["key"])] = place


def _opened(path: Path, read_only: bool) -> int:
    try:
        # Not waiting for whoever may be at the other end of a pipe.
        file = os.open(path, os.O_NONBLOCK | (os.O_RDONLY if read_only else os.O_RDWR | os.O_CREAT), 0o600)
    except OSError as error:
        raise JournalError(f"cannot open the journal {path}: {error.strerror}") from None
    try:
        if not stat.S_ISREG(os.fstat(file).st_mode):
            raise JournalError(f"the journal {path} is no ordinary file")
        if not read_only:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(file)
        if error.errno in (errno.EWOULDBLOCK, errno.EACCES):
            raise JournalError(
                f"another grader is writing the journal {path}: let it end, or name another file"
            ) from None
        raise JournalError(
            f"the journal {path} cannot be locked: {error.strerror}; name a file on another disk"
        ) from None
    except JournalError:
        os.close(file)
        raise
    return file


def _lines(file: int) -> Iterator[tuple[Place, bytes]]:
    """The whole lines, each with its place. What stands after the last of them was not written to its end."""
    offset = 0
    with open(os.dup(file), "rb") as reader:
        reader.seek(0)
        for line in reader:
            if line.endswith(b"\n"):
                yield (offset, len(line)), line
            elif not offset and not b'{"schema": '.startswith(line[:11]):
                yield (offset, len(line)), line  # somebody's file, of which nothing may be cut off
            offset += len(line)


def _write(file: int, line: bytes, offset: int) -> None:
    written = 0
    while written < len(line):
        written += os.pwrite(file, line[written:], offset + written)


def _of_line(value: Mapping[str, Any]) -> bytes:
    """What is the same for two lines that say the same, times aside."""
    return _digest(*(json.dumps(value[name]) for name in sorted(value) if name != "seconds"))


def _digest(*parts: str | None) -> bytes:
    return hashlib.blake2b(json.dumps(parts).encode(), digest_size=12).digest()
