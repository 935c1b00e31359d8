"""Untrusted bytes: files are opened without following links, JSON is measured before it is parsed."""

import errno
import json
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import numpy as np

from autograder.intake.kinds import what_it_is

MAX_FILE = 32 << 20  # bytes, with outputs (plots are stored in them)
MAX_LINES = 64 << 20  # bytes of a file that an LMS has written
MAX_NOTEBOOK = 4 << 20  # characters of code, the part that is graded
MAX_DEPTH = 64
MAX_TOKENS = 400_000  # of [ { , – bounds the memory that parsing takes, whatever the bytes are
MAX_CELLS = 2_000

MAX_WIDE = 24 << 20  # bytes of a file with emoji: one of them makes a string take four bytes a character

_PARTS = b"[]{},"
_FILLER = bytes(set(range(256)) - set(_PARTS + b'"'))
_STEPS = np.zeros(256, np.int8)  # how each byte outside a string changes the depth
_STEPS[list(b"[{")], _STEPS[list(b"]}")] = 1, -1
_TOO_MANY = "its JSON has too many parts: clear the outputs and save it again"


class SubmissionError(Exception):
    """Why a submission cannot be graded, in a sentence that names the cure."""


def read_file(root: Path, relative: Path) -> bytes:
    """The bytes of `root/relative`; below `root` no component may be a link. Raises SubmissionError."""
    with open(open_file(root, relative), "rb") as file:
        data = file.read(MAX_FILE + 1)
    if len(data) > MAX_FILE:
        raise SubmissionError(f"it is larger than {MAX_FILE >> 20} MiB: clear the outputs and save it again")
    return data


def lines(file: IO[bytes]) -> Iterator[bytes]:
    """The lines of an open file, up to `MAX_LINES` bytes. Raises SubmissionError."""
    left = MAX_LINES
    while line := file.readline(left + 1):
        left -= len(line)
        if left < 0:
            raise SubmissionError(f"it is larger than {MAX_LINES >> 20} MiB")
        yield line


def open_file(root: Path, relative: Path) -> int:
    """A descriptor of the ordinary file `root/relative`, never through a link. Raises SubmissionError."""
    try:
        descriptor = _open(root, relative)
    except OSError as error:
        raise SubmissionError(_reason(error)) from None
    try:
        _require_ordinary(os.fstat(descriptor))
    except SubmissionError:
        os.close(descriptor)
        raise
    return descriptor


def _require_ordinary(status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise SubmissionError("it is not a regular file: hand in the notebook file itself")
    if status.st_nlink > 1:
        raise SubmissionError("it is a hard link to another file: hand in a copy")


def _open(root: Path, relative: Path) -> int:
    """Open component by component, so that no link below `root` is ever followed."""
    flags = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC
    here = os.open(root, flags | os.O_DIRECTORY)
    for part in relative.parts:
        try:
            below = os.open(part, flags | os.O_NOFOLLOW, dir_fd=here)
        finally:
            os.close(here)
        here = below
    return here


def _reason(error: OSError) -> str:
    return {
        errno.ENOENT: "there is no such file",
        errno.ELOOP: "it is a symbolic link: hand in the notebook itself",
        errno.ENOTDIR: "a part of its path is a link or not a folder",
        errno.EACCES: "the grader may not read it: check its permissions",
        errno.ENXIO: "it is not a regular file: hand in the notebook file itself",
    }.get(error.errno or 0, f"it cannot be opened ({error.strerror})")


def notebook(data: bytes) -> list[dict[str, Any]]:
    """The cells of an untrusted version-4 notebook, measured before it is parsed. Raises SubmissionError."""
    _measure(data)
    found = cells(data)
    if len(found) > MAX_CELLS:
        raise SubmissionError(f"it has more than {MAX_CELLS} cells")
    return found


def cells(data: bytes) -> list[dict[str, Any]]:
    """The cells of a version-4 notebook that we made: of any size, never measured. Raises SubmissionError."""
    try:
        document = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise SubmissionError(what_it_is(data)) from None
    if not isinstance(document, dict) or "nbformat" not in document:
        raise SubmissionError("it is not a notebook (JSON, but without nbformat): hand in the .ipynb file")
    if document["nbformat"] != 4:
        raise SubmissionError("it is not a version-4 notebook: open it in Jupyter and save it again")
    found = document.get("cells")
    if not isinstance(found, list) or not all(isinstance(cell, dict) for cell in found):
        raise SubmissionError("its list of cells is damaged: download it from Jupyter again")
    return found


def _measure(data: bytes) -> None:
    """Refuse JSON that is too deep or takes too much memory, in linear time and without building any of it."""
    if len(data) > MAX_WIDE and _is_wide(data):
        limit = f"{MAX_WIDE >> 20} MiB and has emoji in it"
        raise SubmissionError(f"it is larger than {limit}: clear the outputs and save it again")
    parts = _parts(data)
    steps = _STEPS[np.frombuffer(parts[: MAX_TOKENS + 1], np.uint8)]
    if np.max(np.cumsum(steps, dtype=np.int32), initial=0) > MAX_DEPTH:
        raise SubmissionError(
            f"its JSON is nested deeper than {MAX_DEPTH} levels: download it from Jupyter again"
        )
    if len(parts) > MAX_TOKENS:
        raise SubmissionError(_TOO_MANY)


def _is_wide(data: bytes) -> bool:
    """Whether a character may be beyond U+FFFF: in UTF-8, or as two escapes such as \\ud83d\\ude00."""
    return bool(data.translate(None, bytes(range(0xF0)))) or b"\\ud" in data or b"\\uD" in data


def _parts(data: bytes) -> bytes:
    """The brackets and commas outside strings, exactly up to where `data` stops to be JSON.

    Without pairs of backslashes a backslash before a quote means that it closes nothing; without those, every
    second piece between quotes lies outside strings. The pieces are counted before they are made: JSON of
    `MAX_TOKENS` parts has at most two strings a part.
    """
    bare = data.replace(b"\\\\", b"").replace(b'\\"', b"").translate(None, _FILLER)
    if bare.count(b'"') > 4 * (MAX_TOKENS + 1):
        raise SubmissionError(_TOO_MANY)
    return b"".join(bare.split(b'"')[::2])
