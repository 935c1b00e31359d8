"""What leaves the program: files that are replaced as a whole, and streams that may be gone or know few characters."""

import errno
import os
import secrets
import select
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

_MENDS = {
    errno.ENOSPC: "make room",
    errno.EDQUOT: "make room",
    errno.EACCES: "it must be yours to write",
    errno.EPERM: "it must be yours to write",
    errno.EROFS: "it must be yours to write",
}


def trouble(error: OSError) -> str:
    """Why a file cannot be used, with its name as it is, and what mends it if a user can."""
    where = os.fsdecode(error.filename) if error.filename else "a file"
    mend = f"; {_MENDS[error.errno or 0]}" if can_be_mended(error) else ""
    return f"cannot use {where}: {os.strerror(error.errno or 0)}{mend}"


def can_be_mended(error: BaseException) -> bool:
    """Whether it is a full disk, or a folder that belongs to somebody else, and no fault of the program."""
    return isinstance(error, OSError) and error.errno in _MENDS


def replace(path: Path, pieces: Iterable[str]) -> None:
    """Write a file in UTF-8 beside the old one, whose place it takes when it is whole and on the disk.

    Raises OSError; then the old one is as it was. What cannot be renamed (a pipe, a file that is mounted) is written
    to as it is.
    """
    target = Path(os.path.realpath(path))
    if not _can_be_renamed(target):
        with open(path, "w", encoding="utf-8") as file:
            file.writelines(pieces)
        return
    beside = target.with_name(f".{target.name[:100]}.{secrets.token_hex(4)}")
    try:
        with open(
            os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666), "w", encoding="utf-8"
        ) as file:
            file.writelines(pieces)
            file.flush()
            with suppress(FileNotFoundError):
                os.fchmod(file.fileno(), target.stat().st_mode & 0o777)
            os.fsync(file.fileno())
        os.replace(beside, target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def _can_be_renamed(path: Path) -> bool:
    if not path.exists():
        return True
    return path.is_file() and not os.path.ismount(path) and os.access(path.parent, os.W_OK)


def _sync_folder(folder: Path) -> None:
    """Let the new name outlive a power cut, where the file system can."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def show(pieces: Iterable[str], utf8: bool = False) -> None:
    """Write to standard output; characters that it cannot encode become `?`, and `utf8` says that it is a document
    in UTF-8 whatever the terminal is.
    """
    with alive(sys.stdout) as out:
        if isinstance(out, TextIOWrapper):
            out.reconfigure(errors="replace", encoding="utf-8" if utf8 and not out.isatty() else None)
        out.writelines(pieces)
        out.flush()


@contextmanager
def alive(stream: TextIO) -> Iterator[TextIO]:
    """The stream. If nobody reads it any more (`| head`, a terminal that was closed), nothing more is written to it:
    else Python would try so again at its end, and forget the exit code. Raises OSError for other faults.
    """
    try:
        yield stream
    except OSError as error:
        _let_go(stream.fileno())
        if error.errno not in (errno.EPIPE, errno.EIO):
            raise


def let_go_of_a_closed_terminal() -> None:
    """Where a terminal was closed, let also the libraries that write to it go on."""
    for descriptor in (1, 2):
        poll = select.poll()
        poll.register(descriptor, 0)
        if any(event & select.POLLHUP for _, event in poll.poll(0)):
            _let_go(descriptor)


def _let_go(descriptor: int) -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)
