"""Zip files of notebooks: their members, where each lies below the folder of the class, and its bytes."""

import io
import os
import stat
import warnings
import weakref
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import takewhile
from pathlib import Path, PurePosixPath

from autograder.course import notebooks
from autograder.intake import files, ownership
from autograder.intake.files import SubmissionError

MAX_MEMBERS = 20_000
MAX_DIRECTORY = 4 << 20  # bytes of a zip file's list of members, which zipfile would read whatever its size
MAX_RATIO = 200  # a plot compresses 5-fold, a bomb 1,000-fold


@dataclass(frozen=True)
class Member:
    """A notebook in a zip file, and where it lies below the folder of the class; nowhere if its name is unsafe."""

    name: str
    place: PurePosixPath | None


def members(path: Path) -> list[Member]:
    """The notebooks in a zip file, in order, at least one. Raises SubmissionError."""
    try:
        names = sorted(archive(path).namelist())
    except (OSError, ValueError, NotImplementedError, zipfile.BadZipFile):
        raise SubmissionError("it is not a zip file that can be read: make it again") from None
    if len(names) > MAX_MEMBERS:
        raise SubmissionError("the zip file has too many members")
    notebooks = [name for name in names if name.endswith(".ipynb") and not _is_hidden(name)]
    places = _places([PurePosixPath(name) for name in notebooks if _is_safe(name)])
    found = [Member(name, places.get(name)) for name in notebooks if name in places or not _is_safe(name)]
    if not found:
        raise SubmissionError("the zip file holds no notebook (.ipynb)")
    return found


def _is_hidden(name: str) -> bool:
    return any(ownership.is_hidden(part) for part in PurePosixPath(name).parts if part != "..")


def _is_safe(name: str) -> bool:
    relative = PurePosixPath(name)
    return not relative.is_absolute() and ".." not in relative.parts and str(relative) == name


def _places(names: list[PurePosixPath]) -> dict[str, PurePosixPath]:
    """Where each notebook lies below the folder of the class; in a zip of a whole course, only what is submitted.

    That folder is `submitted`, or else the last that all notebooks share: no single student can move it.
    """
    if not names:
        return {}
    shared = _shared([name.parts[:-1] for name in names])
    below = {name.parts[len(shared)] for name in names if len(name.parts) > len(shared) + 1}
    if ownership.SUBMITTED in below and below <= ownership.COURSE_FOLDERS:
        shared = (*shared, ownership.SUBMITTED)
        names = [name for name in names if name.parts[: len(shared)] == shared]
    if ownership.SUBMITTED in shared:
        top = shared.index(ownership.SUBMITTED) + 1
    elif len(below.difference(notebooks.assignments())) > 1:
        top = len(shared)
    else:
        top = _above_one_student(shared, names)
    return {str(name): PurePosixPath(*name.parts[top:]) for name in names}


def _shared(folders: list[tuple[str, ...]]) -> tuple[str, ...]:
    """The folders that all have in common, from the top."""
    pairs = zip(min(folders), max(folders), strict=False)
    return tuple(one for one, other in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _above_one_student(shared: tuple[str, ...], names: Iterable[PurePosixPath]) -> int:
    """How many folders to leave out if all notebooks lie in `shared` or in folders of assignments there."""
    own = shared[:-1] if shared and shared[-1] in notebooks.assignments() else shared
    if len(own) > 1:
        return len(own)  # nobody can tell the class from the student
    flat = [name.stem for name in names if name.parts[:-1] == own]
    is_class = len(flat) > 1 and not notebooks.assignments().keys() >= set(flat)
    return len(own) if is_class else 0


class _Bounded(io.FileIO):
    """A zip file of which no more is read at once than a list of members may take."""

    def read(self, size: int | None = -1, /) -> bytes:
        left = os.fstat(self.fileno()).st_size - self.tell()
        wanted = left if size is None or size < 0 else min(size, left)
        if wanted > MAX_DIRECTORY:
            raise SubmissionError("the zip file has too many members")
        return super().read(max(0, wanted)) or b""


@lru_cache(maxsize=1)
def archive(path: Path) -> zipfile.ZipFile:
    """The zip file, opened once; where it is a student's own file, not through a link."""
    place = ownership.within(path.parent, Path(path.name))
    file = _Bounded(files.open_file(*place) if place else _open(path))
    try:
        opened = zipfile.ZipFile(file)
    except BaseException:
        file.close()
        raise
    weakref.finalize(opened, file.close)  # which it leaves to whoever gave it the file
    return opened


def _open(path: Path) -> int:
    """A descriptor of a regular file; a pipe must not keep us waiting."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    if stat.S_ISREG(os.fstat(descriptor).st_mode):
        return descriptor
    os.close(descriptor)
    raise SubmissionError("it is not a regular file: hand in the zip file itself")


def extract(path: Path, name: str) -> bytes:
    """The bytes of one member. Raises SubmissionError."""
    try:
        member = archive(path).getinfo(name)
        if stat.S_ISLNK(member.external_attr >> 16):
            raise SubmissionError("it is a link in the zip file: hand in the notebook itself")
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise SubmissionError("it is compressed in an unusual way: make an ordinary zip file")
        if member.file_size > min(files.MAX_FILE, MAX_RATIO * max(member.compress_size, 1000)):
            raise SubmissionError(f"it unpacks to {member.file_size} bytes, which is too much")
        # Newer Pythons warn of members that overlap, in words for programmers; each must carry its own name anyway.
        with warnings.catch_warnings(action="ignore"), archive(path).open(member) as file:
            return b"".join(iter(partial(file.read, 1 << 20), b""))  # no more than `file_size`
    except (RuntimeError, KeyError, zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        raise SubmissionError(
            f"it is damaged in the zip file, or encrypted ({type(error).__name__})"
        ) from None
