"""Folders of students, looked through in bounded time; no link in them is followed."""

import os
from collections import deque
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


def walk(root: Path, below: Path, depth: int, hidden: bool = False) -> Iterator[tuple[Path, Listing | str]]:
    """A folder below `root` and those in it, `depth` levels down, each with what is in it, or why it cannot be opened.

    Level by level, so that of more than `MAX_FOLDERS` the nearest ones are seen.
    """
    rest = deque([(below, depth)])
    for _ in range(MAX_FOLDERS):
        if not rest:
            return
        here, levels = rest.popleft()
        try:
            inside = listing(root / here)
        except SubmissionError as error:
            yield here, str(error)
            continue
        yield here, inside
        shown = [name for name in inside.folders if hidden or not ownership.is_hidden(name)]
        rest.extend((here / name, levels - 1) for name in shown[:MAX_FOLDERS] if levels > 1)


def everything(root: Path) -> Iterator[PurePath]:
    """The ways from `root` to all files in it, hidden ones as well; what cannot be opened is left out."""
    for here, inside in walk(root, Path(), _DEPTH, hidden=True):
        if isinstance(inside, Listing):
            yield from (here / name for name in (*inside.files, *inside.links))
