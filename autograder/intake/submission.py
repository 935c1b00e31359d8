"""A submission: an untrusted notebook, turned into the code cells that will run."""

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.course import notebooks
from autograder.intake import files
from autograder.intake.files import SubmissionError
from autograder.sandbox import Cell
from autograder.text import printable, utf8

__all__ = ["Submission", "SubmissionError", "from_bytes", "from_cells", "named"]

# Names that are defined. The boundary before `def` is looked for behind it: a search goes from one `def` to the next.
DEFINED = re.compile(r"def(?<!\wdef)[ \t]+(\w{1,80})")


@dataclass(frozen=True)
class Submission:
    """What a student handed in: where, who, which assignment, the code cells to run, and remarks on them.

    `essential` are the cells without our own experiments that the student left as they were: those draw plots,
    take most of a notebook's time, and hardly ever define anything that a graded function needs.
    `checked_at` says at which number the check cell of an exercise stands, if it is there.
    """

    path: str
    student: str | None
    assignment: str
    cells: tuple[Cell, ...]
    essential: tuple[Cell, ...]
    checked_at: Mapping[str, int]
    notes: tuple[str, ...] = ()


def from_bytes(
    path: Path,
    data: bytes,
    student: str | None,
    assignment: str | None,
    left_out: Container[str] = (),
) -> Submission:
    """The submission in a file's bytes; `assignment` or else the path says which it claims to be.

    `left_out` are exercises that nobody is asked for. Raises SubmissionError, whose text says what to mend.
    """
    claimed = assignment or named(path)
    return from_cells(utf8(str(path)), files.notebook(data), student, claimed, left_out)


def from_cells(
    path: str,
    cells: list[dict[str, Any]],
    student: str | None,
    named: str | None,
    left_out: Container[str] = (),
) -> Submission:
    """The submission that consists of `cells`; `named` is the assignment it claims to be, if it does."""
    code = [
        (number, cell, utf8(notebooks.source(cell)))
        for number, cell in enumerate(cells, 1)
        if cell.get("cell_type") == "code"
    ]
    if sum(len(source) for _, _, source in code) > files.MAX_NOTEBOOK:
        raise SubmissionError(f"it has more than {files.MAX_NOTEBOOK >> 20} MiB of code")
    found = {notebooks.grade_id(cell) for _, cell, _ in code} | _words(source for _, _, source in code)
    assignment = _identify(named, found)
    ours = notebooks.assignments()[assignment]
    cells_to_run = tuple(
        Cell(number, source, count)
        for count, (number, _, source) in enumerate(code, 1)
        if source.strip() not in ours.grade_cells
    )
    essential = tuple(cell for cell in cells_to_run if cell.source.strip() not in ours.experiments)
    missing = [name for name in ours.exercises if name not in found and name not in left_out]
    checked_at = dict(_check_cells(cells, ours))
    kinds = {notebooks.grade_id(cell): cell.get("cell_type") for cell in cells}
    notes = tuple(_missing(name, kinds.get(name)) for name in missing)
    return Submission(path, student, assignment, cells_to_run, essential, checked_at, notes)


def _check_cells(cells: Iterable[dict[str, Any]], ours: notebooks.Assignment) -> Iterator[tuple[str, int]]:
    """Each exercise that has a check cell, with its number; the last one, if a student has copied it."""
    for number, cell in enumerate(cells, 1):
        name = (notebooks.grade_id(cell) or "").removeprefix(notebooks.GRADE_CELL)
        if name in ours.exercises and notebooks.grade_id(cell) != name:
            yield name, number


def _missing(exercise: str, kind: object) -> str:
    if kind in ("markdown", "raw"):
        return f"the cell of {exercise} is a {kind} cell, which is not run: make it a code cell again (Esc, then Y)"
    return f"the cell of {exercise} is missing: take it from the released notebook again"


def _words(sources: Any) -> set[str | None]:
    return {word for source in sources for word in DEFINED.findall(source)}


def named(path: Path) -> str | None:
    """The assignment that the file or its folder is named after."""
    return next((name for name in (path.stem, path.parent.name) if name in notebooks.assignments()), None)


def _identify(named: str | None, found: set[str | None]) -> str:
    """The assignment that the notebook is. Raises SubmissionError if it is none, or not the one it claims to be."""
    known = notebooks.assignments()
    if named is not None and named not in known:
        raise SubmissionError(f"there is no assignment {printable(named)}; there are {', '.join(known)}")
    matches = Counter({name: len(found.intersection(a.exercises)) for name, a in known.items()})
    best, count = matches.most_common(1)[0]
    if named is not None and matches[named]:
        return named
    if not count:
        wanted = named or "any assignment of this course"
        raise SubmissionError(f"no exercise of {wanted} is in it: is it a notebook of another course?")
    if named is not None:
        raise SubmissionError(f"it holds the exercises of {best}, not of {named}: hand in the other notebook")
    return best
