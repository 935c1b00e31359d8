"""Whose the files in an LMS's archive are, from the names that the LMS gave them: one module a system.

Such a name counts only where the LMS writes it: at the top of the archive, or of the folder it was unpacked into. What
lies below is named by students.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from autograder.course import notebooks
from autograder.intake.lms import blackboard, brightspace, canvas, gradescope, moodle
from autograder.intake.ownership import Owner
from autograder.text import utf8

__all__ = ["Names", "gradescope", "names", "owner_of_folder"]

_LONGEST = 500  # characters of a name that is looked at
_OF_FILES: tuple[Callable[[str], Owner | None], ...] = (
    canvas.file,
    blackboard.file,
    moodle.file,
    brightspace.file,
)


@dataclass(frozen=True)
class Names:
    """What an LMS says of the files and folders at the top; without one, each folder is a student's."""

    files: Mapping[str, Owner]
    folders: Mapping[str, tuple[Owner, ...]]

    @property
    def known(self) -> bool:
        """Whether it is an LMS's archive."""
        return bool(self.files or self.folders)

    def of_file(self, name: str) -> Owner:
        """Whose a file at the top is."""
        return self.files.get(name, Owner())

    def of_folder(self, name: str) -> tuple[Owner, ...]:
        """Whose a folder at the top is: nobody's if it is an assignment's, several students' if a group handed in."""
        own = Owner() if name in notebooks.assignments() else Owner(utf8(name))
        return self.folders.get(name, (own,))


def names(files: Iterable[str], folders: Iterable[str], metadata: Callable[[], Iterable[bytes]]) -> Names:
    """What the names at the top say; `metadata` are the lines of Gradescope's file, where there is one."""
    files = list(files)
    if gradescope.METADATA in files:
        return Names({}, gradescope.owners(line.decode("utf-8", "replace") for line in metadata()))
    owners = {name: owner for name in folders if (owner := owner_of_folder(name))}
    return Names(_owners_of_files(files), {name: (owner,) for name, owner in owners.items()})


def owner_of_folder(name: str) -> Owner | None:
    """Whose folder it is, if an LMS gave it this name."""
    return None if len(name) > _LONGEST else moodle.folder(name) or brightspace.folder(name)


def _owners_of_files(files: Iterable[str]) -> Mapping[str, Owner]:
    """Whose each file at the top is, if one LMS gave all notebooks there their names.

    All of them: where students name files themselves, one of them could take the name of another student.
    """
    named = [name for name in files if len(name) <= _LONGEST]
    notebooks_there = {name for name in named if name.endswith(".ipynb")}
    for read in _OF_FILES:
        found = {name: owner for name in named if (owner := read(name))}
        if found and found.keys() >= (notebooks_there or set(named)):
            return found
    return {}
