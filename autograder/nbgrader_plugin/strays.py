"""Work that lies where nbgrader does not look, and students who may be others: said, since it passes them over."""

import difflib
import fnmatch
import os
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory

from autograder.text import printable

_MOST = 5  # that are named
_ELSEWHERE = "%s lies where nbgrader does not look, and is NOT graded: move it to %s"
_NO_ASSIGNMENT = "%s is NOT graded, since no assignment is called so: rename the folder to %s, or delete it"
_NEW = (
    "%s is added to the gradebook, which has %s, of whom there is no folder: if both are one, rename the folder, and "
    "run `nbgrader db student remove %s --force`"
)

Said = tuple[str, ...]  # a sentence, and what stands in it


def misplaced(course: CourseDirectory, assignments: Collection[str], asked: str) -> Iterator[Said]:
    """What seems to be work on the assignment, but lies beside its folder, or in one of another name."""
    for student in _asked(course):
        try:
            entries = sorted(entry.name for entry in os.scandir(student))
        except OSError:
            continue
        for name in entries:
            right = student / asked
            if name == f"{asked}.ipynb" and not right.exists():
                yield _ELSEWHERE, _shown(student / name), _shown(right / name)
            elif _is_like(name, asked, assignments) and any((student / name).glob("*.ipynb")):
                yield _NO_ASSIGNMENT, _shown(student / name), asked


def _is_like(name: str, asked: str, assignments: Collection[str]) -> bool:
    return name not in assignments and difflib.get_close_matches(name, assignments, 1) == [asked]


def doubtful(course: CourseDirectory, gradebook: Gradebook, handed_in: Sequence[str]) -> Iterator[Said]:
    """Who hands in for the first time under a name like that of a student who has handed in nothing."""
    known = {student.id for student in gradebook.students}
    absent = known - {path.name for path in _students(course)}
    folded = {name.casefold(): name for name in absent}
    for name in [one for one in handed_in if one not in known][: _MOST if absent else 0]:
        near = difflib.get_close_matches(name.casefold(), folded, 1, cutoff=0.8)
        if near:
            yield _NEW, printable(name), printable(folded[near[0]]), printable(name)


def _students(course: CourseDirectory) -> list[Path]:
    """The folders of all students, if they lie as nbgrader has them unless it is told otherwise."""
    root = Path(course.root, course.submitted_directory)
    if (
        Path(course.format_path(course.submitted_directory, "s", "a")) != root / "s" / "a"
        or not root.is_dir()
    ):
        return []
    return [path for path in sorted(root.iterdir()) if not path.name.startswith(".") and path.is_dir()]


def _asked(course: CourseDirectory) -> list[Path]:
    """Those of the students that are to be graded now."""
    return [path for path in _students(course) if fnmatch.fnmatch(path.name, course.student_id)]


def _shown(path: Path) -> str:
    return printable(str(path), 1000)
