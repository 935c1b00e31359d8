"""Whose a file is: below a folder `submitted` the first folder tells, whatever its owner calls those inside."""

import os
from pathlib import Path, PurePath

from autograder.course import notebooks
from autograder.text import utf8

SUBMITTED = "submitted"
COURSE_FOLDERS = frozenset((SUBMITTED, *"solutions assignments source release autograded feedback".split()))


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


def is_hidden(name: str) -> bool:
    """Whether a file or folder is one that Jupyter or an archiver made for itself."""
    return name.startswith(".") or name == "__MACOSX"
