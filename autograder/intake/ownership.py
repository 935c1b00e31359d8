"""Whose a file is: below a folder `submitted` the first folder tells, whatever its owner calls those inside."""

import os
import re
from dataclasses import dataclass
from pathlib import Path, PurePath

from autograder.course import notebooks
from autograder.text import utf8

SUBMITTED = "submitted"
COURSE_FOLDERS = frozenset((SUBMITTED, *"solutions assignments source release autograded feedback".split()))

# What version control, editors and operating systems put beside the students' folders.
_NO_STUDENTS = re.compile(
    r"__MACOSX|\.(?:git|github|gitlab|svn|hg|ipynb_checkpoints|DS_Store|idea|vscode|venv|cache|snapshots?)"
    r"|\.(?:Trash|nbgrader|nfs|fuse_hidden).*"
)


@dataclass(frozen=True)
class Owner:
    """Whose something is, as far as names tell that students cannot choose.

    late: whether the LMS says that it is late; None if it does not say.
    attempt: when it was handed in, in a form that sorts; of several attempts the last one counts.
    order: a number that grows from file to file, where no time is known.
    name: what the student called the file, where the LMS has renamed it.
    doubt: why nobody can tell whose it is.
    """

    student: str | None = None
    lms_id: str | None = None
    email: str | None = None
    late: bool | None = None
    attempt: str = ""
    order: int = 0
    name: str | None = None
    doubt: str | None = None


NOBODY = Owner()


def within(root: Path, relative: Path) -> tuple[Path, Path] | None:
    """The outermost folder `submitted` that `root` is or lies in, and the way down from there to `relative`.

    It is the outermost, since a student can make folders of that name only further down.
    """
    here, way = Path(os.path.abspath(root)).parts, relative.parts
    if SUBMITTED not in here:
        return None
    top = here.index(SUBMITTED) + 1
    return Path(*here[:top]), Path(*here[top:], *way)


def student(place: PurePath) -> str | None:
    """The student whose file lies at `place` below the folder of the class, or whose folder or link that is."""
    folders = place.parts[:-1] if place.suffix == ".ipynb" else place.parts
    if folders and folders[-1] in notebooks.assignments():
        folders = folders[:-1]
    return utf8(folders[0]) if folders else None


def is_no_student(name: str) -> bool:
    """Whether a hidden folder in the place of a student's is certainly none."""
    return _NO_STUDENTS.fullmatch(name) is not None


def is_hidden(name: str) -> bool:
    """Whether a file or folder is one that Jupyter or an archiver made for itself."""
    return name.startswith(".") or name == "__MACOSX"
