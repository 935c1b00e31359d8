"""Folders of students, looked through in bounded time; no link in them is followed."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path, PurePath

from autograder.intake import ownership
from autograder.intake.files import SubmissionError

MAX_ENTRIES = 100_000  # of one folder
MAX_FOLDERS = 500  # of one student
_DEPTH = 8  # folders below a student's in which nothing is graded, but something may explain why


@dataclass(frozen=True)
class Listing:
    """The names in a folder, sorted; `links` are those that do not lead to a file."""

    folders: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    files: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All names."""
        return tuple(sorted({*self.folders, *self.links, *self.files}))

    @property
    def notebooks(self) -> tuple[str, ...]:
        """What is called as notebooks are, and no folder."""
        named = (name for name in self.names if name.endswith(".ipynb") and name not in self.folders)
        return tuple(name for name in named if not ownership.is_hidden(name))


def listing(folder: Path) -> Listing:
    """What is in a folder. Raises SubmissionError."""
    try:
        with os.scandir(folder) as entries:
            seen = sorted(islice(entries, MAX_ENTRIES), key=lambda entry: entry.name)
    except OSError as error:
        raise SubmissionError(f"the folder cannot be opened ({error.strerror})") from None
    below = [entry.name for entry in seen if entry.is_dir(follow_symlinks=False)]
    links = [entry.name for entry in seen if entry.is_symlink() and not _is_file(entry)]
    files = {entry.name for entry in seen}.difference(below, links)
    return Listing(tuple(below), tuple(links), tuple(sorted(files)))


def _is_file(entry: os.DirEntry[str]) -> bool:
    """Whether a link leads to a file: data, perhaps, and nothing that somebody meant to hand in."""
    try:
        return entry.is_file()
    except OSError:  # it leads to itself
        return False


def everything(root: Path, below: Path = Path(), depth: int = _DEPTH) -> Iterator[PurePath]:
    """The ways from `root` to all files, folder by folder, hidden ones as well; what cannot be listed is left out."""
    try:
        here = listing(root / below)
    except SubmissionError:
        return
    yield from (below / name for name in (*here.files, *here.links))
    for name in here.folders[:MAX_FOLDERS] if depth > 1 else ():
        yield from everything(root, below / name, depth - 1)
