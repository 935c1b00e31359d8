"""What is in the notebooks of a student, without running them: which exercises, and which of them are written."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from autograder.course import notebooks
from autograder.intake import files
from autograder.intake.files import SubmissionError
from autograder.intake.found import Found, natural
from autograder.intake.submission import DEFINED

MAX_READ = 20  # notebooks of one student that are looked into
MAX_BYTES = 64 << 20  # of one student
_STUB = "NotImplementedError"


@dataclass(frozen=True)
class Contents:
    """How many exercises of each assignment there are in a notebook, and how many of them are written."""

    there: Mapping[str, int] = field(default_factory=dict)
    written: Mapping[str, int] = field(default_factory=dict)
    fault: str = "no exercise of this course is in it"

    @property
    def assignment(self) -> str | None:
        """The assignment of which most is in it."""
        return max(self.there, key=lambda name: self.there[name], default=None)


_UNREAD = Contents(fault="so many or so large notebooks of one student are not looked into")


def read(items: Sequence[Found], left_out: Collection[str] = ()) -> dict[Found, Contents]:
    """What is in the notebooks; those whose names tell most come first, since not everything is read.

    Exercises that the course leaves out do not count: students may have got their functions.
    """
    left, looks = MAX_BYTES, dict.fromkeys(items, _UNREAD)
    for item in sorted(items, key=lambda item: (-item.claim[1], natural(str(item.relative))))[:MAX_READ]:
        try:
            data = item.read() if left > 0 else b""
            left -= len(data)
            looks[item] = _counts(files.notebook(data), left_out) if left > 0 else _UNREAD
        except SubmissionError as error:
            looks[item] = Contents(fault=str(error))
    return looks


def of(data: bytes) -> Contents:
    """What is in the notebook in these bytes."""
    try:
        return _counts(files.notebook(data), ())
    except SubmissionError as error:
        return Contents(fault=str(error))


def _counts(cells: Iterable[dict[str, Any]], left_out: Collection[str]) -> Contents:
    there, written = set[str | None](), set[str | None]()
    code = [(cell, notebooks.source(cell)) for cell in cells if cell.get("cell_type") == "code"]
    if sum(len(source) for _, source in code) > files.MAX_NOTEBOOK:
        return Contents(fault=f"it has more than {files.MAX_NOTEBOOK >> 20} MiB of code")
    for cell, source in code:
        names = {notebooks.grade_id(cell), *DEFINED.findall(source)}.difference(left_out)
        there |= names
        if _STUB not in source:
            written |= names
    return Contents(_counted(there), _counted(written))


def _counted(names: set[str | None]) -> dict[str, int]:
    counts = {
        name: len(names.intersection(known.exercises)) for name, known in notebooks.assignments().items()
    }
    return {name: count for name, count in counts.items() if count}
