"""Work that lies where nbgrader does not look, and students who may be others: said, since it passes them over."""

import difflib
import fnmatch
import os
import shlex
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory

from autograder.intake.people import forms
from autograder.text import printable

_MOST = 5  # that are named
_ELSEWHERE = "%s lies where nbgrader does not look, and is NOT graded: move it to %s"
_NO_ASSIGNMENT = "%s is NOT graded, since no assignment is called so: rename the folder to %s, or delete it"
_NEW = (
    "%s handed in for the first time, and %s, who is in the gradebook, has not: if both are one, rename the folder, "
    "and then %s"
)
_GONE = (
    "There is no work of %s any more, who have grades, which stay and are exported: if a folder was renamed, or "
    "somebody has left, then for each %s"
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


def gone(course: CourseDirectory, folders: Iterable[str], known: Collection[str]) -> Iterator[Said]:
    """Who had grades before (`known`), and has no work in the folders of the work that was graded now."""
    if course.student_id == "*" and _students(course):
        left = sorted({*known} - {Path(folder).parent.name for folder in folders})
        yield from ((_GONE, ", ".join(map(printable, left[:_MOST])), _commands(one)) for one in left[:1])


def doubtful(
    course: CourseDirectory, gradebook: Gradebook, folders: Iterable[str], known: Collection[str]
) -> Iterator[Said]:
    """Who may be somebody else, who has handed in nothing: under a like name, or one whose name it is."""
    handed_in = [Path(folder).parent.name for folder in folders]
    students = {one.id: f"{one.first_name or ''} {one.last_name or ''}" for one in gradebook.students}
    absent = sorted(students.keys() - {path.name for path in _students(course)})
    names = {form: id_ for id_, name in students.items() for form in forms(name) if id_ not in handed_in}
    # Whom nobody has imported has no name in the gradebook.
    new = [one for one in handed_in if one not in known or not students.get(one, "").strip()]
    found = ((one, _near(one, absent) or _named(one, names)) for one in (new if absent else []))
    doubts = [(one, other) for one, other in found if other is not None]
    yield from ((_NEW, printable(one), printable(other), _commands(one)) for one, other in doubts[:_MOST])


def _near(name: str, others: Sequence[str]) -> str | None:
    """One of the others whose letters are the same, or nearly."""
    folded = {other.casefold(): other for other in others if other != name}
    near = difflib.get_close_matches(name.casefold(), folded, 1, cutoff=0.8)
    same = (other for other in folded if sorted(other) == sorted(name.casefold()))
    found = next(iter(near), next(same, None))
    return None if found is None else folded[found]


def _named(name: str, names: Mapping[str, str]) -> str | None:
    """Who is called so."""
    return next((names[form] for form in forms(name) if names.get(form, name) != name), None)


def _commands(student: str) -> str:
    name = shlex.quote(student)
    return f"`rm -rf autograded/{name} feedback/{name}; nbgrader db student remove {name} --force`"


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
