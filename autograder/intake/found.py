"""A notebook that was found, or a place where one should be: where it is, whose, and why it will not be opened."""

import calendar
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePath

from autograder.course import notebooks
from autograder.intake import files, ownership, zips
from autograder.intake.files import SubmissionError
from autograder.intake.ownership import Owner

# As browsers, Jupyter and Canvas number copies: `name (1)`, `name-Copy1`, `name copy 2`, `name-1`, `name_2`.
_COPY = re.compile(r"(.+?)(?:[ _]?\(\d{1,4}\)|[-_ ]copy[-_ ]?\d{0,4}|[-_]\d{1,4}){1,2}", re.IGNORECASE)
MAX_PER_STUDENT = 200  # notebooks, of which one is chosen


@dataclass(frozen=True)
class Found:
    """A notebook that was found in `root` (a folder or a zip file), and whose it is.

    assignment: the one that it is graded as; None if its content decides.
    refusal: why it will not even be opened.
    missing: whether there is no notebook at all, only `refusal`.
    """

    root: Path
    relative: Path
    owner: Owner = ownership.NOBODY
    assignment: str | None = None
    refusal: str | None = None
    missing: bool = False
    notes: tuple[str, ...] = ()

    @property
    def student(self) -> str | None:
        """The student, if anything tells."""
        return self.owner.student

    @property
    def path(self) -> Path:
        """The path that a person reads."""
        return self.root / self.relative

    @property
    def place(self) -> tuple[Path, Path]:
        """The folder below which no link is followed, and the way from there."""
        return ownership.within(self.root, self.relative) or (self.root, self.relative)

    @property
    def claim(self) -> tuple[str | None, int]:
        """The assignment that the names claim, and how plainly: the file's 3, as a copy of it 2, the folder's 1."""
        names = {3: self._stem, 2: self.plain_name, 1: self.path.parent.name}
        if self.missing:  # here it is a folder
            names = {3: self.path.name, 1: self.path.parent.name}
        known = notebooks.assignments()
        return next(((name, rank) for rank, name in names.items() if name in known), (None, 0))

    @property
    def plain_name(self) -> str:
        """The file's name without the number of a copy, unless that belongs to an assignment's name."""
        copy = _COPY.fullmatch(self._stem)
        return copy[1] if copy and self._stem not in notebooks.assignments() else self._stem

    @property
    def _stem(self) -> str:
        return PurePath(self.owner.name or self.path.name).stem

    def read(self) -> bytes:
        """The notebook's bytes. Raises SubmissionError."""
        if self.refusal is not None:
            raise SubmissionError(self.refusal)
        if self.root.is_file():
            return zips.extract(self.root, str(self.relative))
        return files.read_file(*self.place)

    def modified(self) -> float:
        """When it was last changed, in seconds, as the file system or the zip file has it; 0 if it says nothing."""
        try:
            if self.root.is_file():
                return calendar.timegm(zips.archive(self.root).getinfo(str(self.relative)).date_time)
            return os.lstat(self.path).st_mtime
        except (OSError, KeyError, ValueError, SubmissionError):
            return 0.0


def plainest(items: Iterable[Found]) -> list[Found]:
    """As many as one student may have, those first whose names say most."""
    return sorted(items, key=lambda item: -item.claim[1])[:MAX_PER_STUDENT]


def natural(name: str) -> list[object]:
    """For sorting: `a10` comes after `a9`."""
    pieces = re.split(r"(\d+)", name.casefold())
    return [(len(piece.lstrip("0")), piece.lstrip("0")) if n % 2 else piece for n, piece in enumerate(pieces)]
