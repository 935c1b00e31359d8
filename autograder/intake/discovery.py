"""What a path means: a file, a folder of submissions, or a zip of them. Each student has a row for each assignment."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from autograder.intake import absent, archives, choice, lms, ownership, students
from autograder.intake.found import Found
from autograder.intake.ownership import Owner
from autograder.text import utf8

__all__ = ["Found", "discover_all"]


def discover_all(
    paths: Iterable[Path],
    assignment: str | None = None,
    alone: bool = False,
    left_out: Collection[str] = (),
) -> list[Found]:
    """What is to be graded: a notebook for each student and assignment, or the reason why there is none.

    `assignment` is the only one that is asked for; `left_out` are exercises that the course does not grade. `alone`
    says that everything is one student's, whatever its folders are called, unless a path is a class beyond doubt.
    """
    paths = [inside for path in paths for inside in (not alone and _archives_in(path)) or [path]]
    packed = {path for path in paths if path.suffix == ".zip"}
    # One zip file may be a class's. Several are students', of whom one could give the files the names of others'.
    is_class = len(packed) == 1 or all(map(archives.is_of_lms, packed))
    certain = any(map(_is_class, paths))
    found = [
        item for path in paths for item in (_alone(path) if alone and not certain else _found(path, is_class))
    ]
    # Another member's unsafe name must not take the place of a notebook, nor the other way round.
    once = {(item.path, item.owner, item.refusal): item for item in found}.values()
    return choice.chosen(once, assignment, alone and not any(item.student for item in once), left_out)


def _archives_in(path: Path) -> list[Path]:
    """The archives of an LMS in a folder that holds nothing else, as one where somebody keeps them."""
    if not path.is_dir() or ownership.within(path, Path()) or lms.owner_of_folder(path.name):
        return []
    try:
        there = [entry for entry in sorted(path.iterdir()) if not ownership.is_hidden(entry.name)]
    except OSError:  # whoever lists it will say why
        return []
    return there if all(one.suffix == ".zip" and archives.is_of_lms(one) for one in there) else []


def in_folder(
    root: Path, folder: Path, assignments: Sequence[str], left_out: Collection[str] = ()
) -> Mapping[str, Found]:
    """What counts of the notebooks directly in a student's folder below `root`, for each of these assignments."""
    if _is_linked(root, folder):
        return {name: Found(root, folder / f"{name}.ipynb") for name in assignments}
    items = students.of_student(root, folder, [ownership.NOBODY], 1)
    rows = choice.of_one(items, assignments[0] if len(assignments) == 1 else None, left_out)
    return {str(row.assignment): row for row in rows if row.assignment in assignments}


def _is_class(path: Path) -> bool:
    """Whether nobody would give `path` for one student's work, who may well have a folder called `submitted`."""
    course = (path / "nbgrader_config.py").is_file() and _is_course(path)
    place = ownership.within(path, Path())
    return path.suffix == ".zip" or (place is not None and not place[1].parts) or course


def _is_course(path: Path) -> bool:
    """Whether `path` is a course, whose submissions lie in `submitted`: no student's folder of that name will do."""
    if ownership.within(path, Path()):
        return False
    try:
        folders = {
            entry.name for entry in path.iterdir() if entry.is_dir() and not entry.name.startswith(".")
        }
    except OSError:  # whoever lists it will say why
        return False
    own = (path / "nbgrader_config.py").is_file() or folders <= ownership.COURSE_FOLDERS
    return ownership.SUBMITTED in folders and own


def _alone(path: Path) -> list[Found]:
    """What is in a folder of one student, or the file."""
    if path.is_dir():
        return students.of_student(path, Path(), [ownership.NOBODY], students.DEPTH_FREE)
    return [Found(path.parent, Path(path.name))]


def _found(path: Path, is_class: bool) -> list[Found]:
    """What `path` means; there is always something, which may say why it cannot be read.

    `is_class` says whether a zip file may hold several students; if not, it is that of one, called like the file.
    """
    place = ownership.within(path, Path())
    if place and _is_linked(*place):
        return [Found(path.parent, Path(path.name), _owner(place[1]))]
    if path.is_dir():
        return _folder(path)
    if path.suffix == ".zip" and path.is_file():
        return archives.of_zip(path, is_class)
    return [_file(path, place[1] if place else Path(path.name))]


def _is_linked(top: Path, way: Path) -> bool:
    """Whether a student put a link where `way` leads."""
    return any((top / here).is_symlink() for here in (way, *way.parents) if here.parts)


def _owner(way: Path) -> Owner:
    """Whose something below the folder of the class is; a file in no folder of a student is nobody's."""
    if not way.parts:
        return ownership.NOBODY
    name = way.parts[0]
    return lms.owner_of_folder(name) or Owner(utf8(name))


def _file(path: Path, way: Path) -> Found:
    """A file is that of the student whose folder it is in, or else nobody's."""
    owner = _owner(way) if len(way.parts) > 1 else ownership.NOBODY
    refusal = absent.TOO_DEEP if len(way.parts) > students.DEPTH else None
    return Found(path.parent, Path(path.name), owner, refusal=refusal)


def _folder(path: Path) -> list[Found]:
    """`<student>/<assignment>/<assignment>.ipynb`, `<student>/<notebook>` or `<notebook>` below the class.

    A folder that an LMS has named after a student is that student's, as in `grade unpacked/*`.
    """
    if (owner := lms.owner_of_folder(path.name)) and not ownership.within(path, Path()):
        return students.of_student(path, Path(), [owner], students.DEPTH_FREE)
    root = path / ownership.SUBMITTED if _is_course(path) else path
    place = ownership.within(root, Path())
    if place and place[1].parts:
        return students.of_student(root, Path(), [_owner(place[1])], students.DEPTH - len(place[1].parts))
    return students.of_class(root, is_class=place is not None)
