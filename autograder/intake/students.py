"""A folder of the class: each folder in it is a student's, and has a row, whatever is in it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from autograder.course import notebooks
from autograder.intake import absent, archives, files, folders, lms, ownership
from autograder.intake.files import SubmissionError
from autograder.intake.folders import Listing
from autograder.intake.found import Found, plainest
from autograder.intake.ownership import Owner
from autograder.text import utf8

DEPTH = 3  # <student>/<assignment>/<notebook>
DEPTH_FREE = 8  # where a student's own folders tell nothing
_MAX_LISTED = 20_000


def of_class(root: Path, is_class: bool) -> list[Found]:
    """What the students handed in. `is_class` says that `root` is certainly a class.

    Otherwise it is one if an LMS has made it, or if notebooks are in several folders, none of which is called like an
    assignment, and nowhere else. In what is none a folder without a notebook is no student's.
    """
    try:
        here = folders.listing(root)
        names = lms.names(here.files, here.folders, lambda: _lines(root))
    except SubmissionError as error:
        return [Found(root, Path(), refusal=str(error), missing=True)]
    visible = [name for name in here.folders if not ownership.is_hidden(name)]
    students = {
        name: of_student(root, Path(name), names.of_folder(name), _depth(name, names) - 1) for name in visible
    }
    holding = [name for name in students if _holds(students[name])]
    own = here.notebooks or notebooks.assignments().keys() & holding  # as in one's repository
    is_class = is_class or names.known or (len(holding) > 1 and not own)
    found = [
        item
        for name in here.names
        for item in students.get(name) or _at_the_top(root, name, here, names, is_class)
    ]
    if not is_class:
        found = [item for item in found if not item.missing]
    return found or [_missing(root, Path())]


def _depth(name: str, names: lms.Names) -> int:
    return DEPTH_FREE if name in names.folders else DEPTH


def _holds(items: Iterable[Found]) -> bool:
    return any(not item.missing for item in items)


def _lines(root: Path) -> Iterator[bytes]:
    with open(files.open_file(root, Path(lms.gradescope.METADATA)), "rb") as file:
        yield from files.lines(file)


def _at_the_top(root: Path, name: str, here: Listing, names: lms.Names, is_class: bool) -> Sequence[Found]:
    """What stands for something at the top and is no student's folder that everybody sees."""
    way, owner = Path(name), names.of_file(name)
    if name in here.notebooks:
        return [Found(root, way, owner, refusal=owner.doubt)]
    if name in here.folders:
        hidden = not ownership.is_no_student(name) and is_class
        return [Found(root, way, Owner(utf8(name)), refusal=absent.HIDDEN, missing=True)] if hidden else []
    if ownership.is_hidden(name):
        return []
    if name in here.links:
        return [Found(root, way, Owner(utf8(name)))]
    if name in names.files or (is_class and absent.is_misnamed(name)):
        return [Found(root, way, owner, refusal=absent.reason([way]), missing=True)]
    if name.endswith(".zip") and ownership.within(root, way):
        return archives.of_zip(root / name, is_class=False)
    return []


def of_student(root: Path, below: Path, owners: Sequence[Owner], depth: int) -> list[Found]:
    """What is in a student's folder, or in a folder of it: notebooks, and assignments without one."""
    if depth < 1:
        return [Found(root, below, owner, refusal=absent.TOO_DEEP, missing=True) for owner in owners]
    seen = (Found(root, way, refusal=refusal) for way, refusal in _notebooks(root, below, depth))
    found = plainest(islice(seen, _MAX_LISTED))
    items = found + [_missing(root, way) for way in _empty_assignments(root, below, depth, found)]
    return [replace(item, owner=owner) for owner in owners for item in items or [_missing(root, below)]]


def _missing(root: Path, way: Path) -> Found:
    return Found(root, way, refusal=absent.reason(folders.everything(root / way)), missing=True)


def _empty_assignments(root: Path, below: Path, depth: int, found: Iterable[Found]) -> Iterator[Path]:
    """Folders of assignments in which there is no notebook."""
    held = {item.relative.parent for item in found}
    try:
        named = folders.listing(root / below).folders if depth > 1 else ()
    except SubmissionError:
        return
    yield from (
        below / name for name in named if name in notebooks.assignments() and below / name not in held
    )


def _notebooks(root: Path, below: Path, depth: int) -> Iterator[tuple[Path, str | None]]:
    """Notebooks at most `depth` levels down, and the reason why one cannot be read, if that is known.

    Links are not followed but named, so that someone asks.
    """
    for here, inside in folders.walk(root, below, depth):
        if isinstance(inside, str):
            yield here, inside
            continue
        last = len(here.parts) - len(below.parts) == depth - 1
        links = () if last else (name for name in inside.links if not ownership.is_hidden(name))
        yield from ((here / name, None) for name in sorted({*inside.notebooks, *links}))
