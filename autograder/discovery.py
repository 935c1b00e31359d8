"""Which notebooks a path means: a file, a folder of submissions, or a zip of them."""

import io
import os
import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path, PurePosixPath

from autograder import course, intake
from autograder.intake import SubmissionError
from autograder.text import utf8

MAX_MEMBERS = 20_000
MAX_DIRECTORY = 4 << 20  # bytes of a zip file's list of members, which zipfile would read whatever its size
MAX_PER_STUDENT = 20
COURSE_FOLDERS = frozenset("submitted solutions assignments source release autograded feedback".split())
MAX_RATIO = 200  # a plot compresses 5-fold, a bomb 1,000-fold


@dataclass(frozen=True)
class Found:
    """A notebook that was found in `root` (a folder or a zip file), and whose it is if the folders tell.

    `refusal` says why it will not even be opened.
    """

    root: Path
    relative: Path
    student: str | None = None
    refusal: str | None = None

    @property
    def path(self) -> Path:
        """The path that a person reads."""
        return self.root / self.relative

    def read(self) -> bytes:
        """The notebook's bytes. Raises SubmissionError."""
        if self.refusal is not None:
            raise SubmissionError(self.refusal)
        if self.root.is_file():
            return _extract(self.root, str(self.relative))
        return intake.read_file(self.root, self.relative)


def discover(path: Path) -> Iterator[Found]:
    """The notebooks that `path` means; always at least one, which then says why it cannot be read."""
    if path.is_dir():
        yield from _folder(path / "submitted" if _is_course(path) else path)
    elif path.suffix == ".zip":
        yield from _zip(path)
    else:
        parts = path.absolute().parts
        student = parts[-3] if parts[-4:-3] == ("submitted",) else None
        yield Found(path.parent, Path(path.name), student)


def _is_course(path: Path) -> bool:
    """Whether `path` is a course, whose submissions lie in `submitted`: no student's folder of that name will do."""
    folders = {entry.name for entry in path.iterdir() if entry.is_dir() and not entry.name.startswith(".")}
    return "submitted" in folders and ((path / "nbgrader_config.py").is_file() or folders <= COURSE_FOLDERS)


def _folder(root: Path) -> Iterator[Found]:
    """`<student>/<assignment>/<assignment>.ipynb`, `<student>/<notebook>` or `<notebook>` below `root`."""
    found = [
        Found(root, relative, _student(root, relative)) for relative in _notebooks(root, Path(), depth=3)
    ]
    nothing = [Found(root, Path(), refusal="there is no notebook (.ipynb) in this folder")]
    yield from _not_too_many(found) or nothing


def _not_too_many(found: list[Found]) -> list[Found]:
    """At most `MAX_PER_STUDENT` notebooks of each student: one student must not keep the class waiting."""
    counts: Counter[str | None] = Counter()
    kept = []
    for item in found:
        counts[item.student] += item.student is not None
        if counts[item.student] <= MAX_PER_STUDENT:
            kept.append(item)
        elif counts[item.student] == MAX_PER_STUDENT + 1:
            refusal = (
                f"there are more than {MAX_PER_STUDENT} notebooks of this student: hand in one an assignment"
            )
            kept.append(replace(item, refusal=refusal))
    return kept


def _notebooks(root: Path, below: Path, depth: int) -> Iterator[Path]:
    """Notebooks at most `depth` levels down, in order; never through a link, but links to notebooks are named."""
    try:
        with os.scandir(root / below) as entries:
            names = sorted(
                (e.name, e.is_dir(follow_symlinks=False)) for e in entries if not e.name.startswith(".")
            )
    except OSError:
        yield below  # reading it will say why
        return
    chosen = _chosen(
        [name for name, is_folder in names if name.endswith(".ipynb") and not is_folder], below.name
    )
    for name, is_folder in names:
        if name in chosen:
            yield below / name
        elif is_folder and depth > 1:
            yield from _notebooks(root, below / name, depth - 1)


def _chosen(notebooks: list[str], folder: str) -> list[str]:
    """In an assignment's folder only the assignment's own notebook counts, if it is there."""
    own = f"{folder}.ipynb"
    return [own] if own in notebooks else notebooks


def _student(root: Path, relative: Path) -> str | None:
    folders = relative.parts[:-1]
    if folders and folders[-1] in course.assignments():
        folders = folders[:-1]
    if folders:
        return utf8(folders[0])
    return root.name if root.parent.name == "submitted" else None


def _zip(path: Path) -> Iterator[Found]:
    try:
        names = sorted(_archive(path).namelist())
    except (OSError, ValueError, NotImplementedError, zipfile.BadZipFile):
        yield Found(path, Path(), refusal="it is not a zip file that can be read: make it again")
        return
    except SubmissionError as error:
        yield Found(path, Path(), refusal=str(error))
        return
    notebooks = [name for name in names if name.endswith(".ipynb")]
    if len(names) > MAX_MEMBERS or not notebooks:
        what = "has too many members" if notebooks else "holds no notebook (.ipynb)"
        yield Found(path, Path(), refusal=f"the zip file {what}")
        return
    top = _top([PurePosixPath(name) for name in notebooks if _is_safe(name)])
    for name in notebooks:
        if _is_safe(name):
            yield Found(path, Path(name), _student(path, Path(name).relative_to(top)))
        else:
            refusal = "its name in the zip file is unsafe: make the zip again"
            yield Found(path, Path(PurePosixPath(name).name), refusal=refusal)


def _is_safe(name: str) -> bool:
    relative = PurePosixPath(name)
    return not relative.is_absolute() and ".." not in relative.parts and str(relative) == name


def _top(names: list[PurePosixPath]) -> PurePosixPath:
    """The folders that hold the whole class, such as `class/submitted`: all share them, and students lie below."""
    top = PurePosixPath()
    while names and all(len(name.parts) > 3 + len(top.parts) for name in names):
        first = {name.parts[len(top.parts)] for name in names}
        if len(first) > 1:
            break
        top /= first.pop()
    return top


class _Bounded(io.FileIO):
    """A zip file of which no more is read at once than a list of members may take."""

    def read(self, size: int | None = -1, /) -> bytes:
        left = os.fstat(self.fileno()).st_size - self.tell()
        wanted = left if size is None or size < 0 else min(size, left)
        if wanted > MAX_DIRECTORY:
            raise SubmissionError("the zip file has too many members")
        return super().read(max(0, wanted)) or b""


@lru_cache(maxsize=1)
def _archive(path: Path) -> zipfile.ZipFile:
    return zipfile.ZipFile(_Bounded(path))


def _extract(path: Path, name: str) -> bytes:
    try:
        member = _archive(path).getinfo(name)
        if stat.S_ISLNK(member.external_attr >> 16):
            raise SubmissionError("it is a link in the zip file: hand in the notebook itself")
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise SubmissionError("it is compressed in an unusual way: make an ordinary zip file")
        if member.file_size > min(intake.MAX_FILE, MAX_RATIO * max(member.compress_size, 1000)):
            raise SubmissionError(f"it unpacks to {member.file_size} bytes, which is too much")
        with _archive(path).open(member) as file:
            return b"".join(iter(partial(file.read, 1 << 20), b""))  # no more than `file_size`
    except (RuntimeError, KeyError, zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        raise SubmissionError(
            f"it is damaged in the zip file, or encrypted ({type(error).__name__})"
        ) from None
