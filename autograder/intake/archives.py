"""A zip file of a class, of one student, or from an LMS: whose the files in it are, and who has no notebook there."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from autograder.course import notebooks
from autograder.intake import absent, lms, ownership, zips
from autograder.intake.files import SubmissionError
from autograder.intake.found import Found, plainest
from autograder.intake.ownership import Owner
from autograder.intake.zips import Member
from autograder.text import utf8

_UNSAFE = "its name in the zip file is unsafe: make the zip again"
_NOTHING = "the zip file holds no notebook (.ipynb): "


def of_zip(path: Path, is_class: bool) -> list[Found]:
    """What is in the zip file: of a class, or else of the student whose file it is, whatever is in it."""
    place = ownership.within(path.parent, Path(path.stem))
    owner = Owner(utf8(place[1].parts[0] if place else path.stem)) if place or not is_class else None
    try:
        members = zips.members(path)
        found = _of_class(path, members) if owner is None else _notebooks(path, members, [owner])
    except SubmissionError as error:
        return [Found(path, Path(), owner or ownership.NOBODY, refusal=str(error))]
    if found:
        return sorted(found, key=lambda item: str(item.relative))
    ways = [member.place for member in members if member.place and not member.is_folder]
    return [
        Found(path, Path(), owner or ownership.NOBODY, refusal=_NOTHING + absent.reason(ways), missing=True)
    ]


def is_of_lms(path: Path) -> bool:
    """Whether the zip file, which is no student's, is as an LMS makes it of a class."""
    if path.is_symlink() or ownership.within(path.parent, Path(path.stem)):
        return False
    try:
        return _names(path, zips.members(path)).known
    except SubmissionError:
        return False


def _names(path: Path, members: Iterable[Member]) -> lms.Names:
    """What an LMS says of the files and folders at the top."""
    tops = {member.parts[0]: member for member in members if member.place}
    inside = {m.parts[0] for m in members if m.place and (m.is_folder or len(m.parts) > 1)}
    flat = tops.keys() - inside
    return lms.names(flat, inside, lambda: zips.lines(path, tops[lms.gradescope.METADATA].name))


def _notebooks(path: Path, members: Iterable[Member], owners: Sequence[Owner]) -> list[Found]:
    named = [member for member in members if member.is_notebook]
    found = [Found(path, Path(one.name.lstrip("/")), refusal=None if one.place else _UNSAFE) for one in named]
    return [replace(item, owner=owner) for owner in owners for item in plainest(found)]


def _of_class(path: Path, members: Sequence[Member]) -> list[Found]:
    """What each student handed in. Beside notebooks in no student's folder, a folder without one is no student's."""
    tops: dict[str, list[Member]] = {}
    for member in members:
        tops.setdefault(member.parts[0] if member.place else "", []).append(member)
    found = _notebooks(path, tops.pop("", ()), [ownership.NOBODY])
    inside = {
        top: some for top, some in tops.items() if any(one.is_folder or len(one.parts) > 1 for one in some)
    }
    flat = {top: some[0] for top, some in tops.items() if top not in inside}
    names = _names(path, members)
    students = [
        item for top, some in inside.items() for item in _of_folder(path, top, some, names.of_folder(top))
    ]
    held = [item for item in students if not item.missing]
    own = any(one.is_notebook for one in flat.values()) or (held and not any(item.student for item in held))
    if own and not names.known and members[-1].above.name != ownership.SUBMITTED:
        students = held
    return found + students + [item for one in flat.values() for item in _at_the_top(path, one, names)]


def _of_folder(path: Path, top: str, members: Sequence[Member], owners: Sequence[Owner]) -> list[Found]:
    """What is in a student's folder: notebooks, and assignments without one."""
    way = members[0].above / top
    if ownership.is_hidden(top):
        meant = any(absent.is_meant(one.name) for one in members) and not ownership.is_no_student(top)
        return [Found(path, way, Owner(utf8(top)), refusal=absent.HIDDEN, missing=True)] if meant else []
    files = [PurePosixPath(*one.parts[1:]) for one in members if not one.is_folder and len(one.parts) > 1]
    empty = {name: some for name, some in _assignments(members) if not any(map(absent.is_notebook, some))}
    found = _notebooks(path, members, owners)
    if not found and not empty:
        empty = {"": files}
    return found + [
        Found(path, way / name, owner, refusal=absent.reason(some), missing=True)
        for owner in owners
        for name, some in empty.items()
    ]


def _assignments(members: Sequence[Member]) -> Iterator[tuple[str, list[PurePosixPath]]]:
    """The folders of assignments in a student's folder, and the files in each."""
    for name in notebooks.assignments():
        inside = [
            one for one in members if one.parts[1:2] == (name,) and (one.is_folder or len(one.parts) > 2)
        ]
        if inside:
            yield name, [PurePosixPath(*one.parts[2:]) for one in inside if not one.is_folder]


def _at_the_top(path: Path, member: Member, names: lms.Names) -> Iterator[Found]:
    """What stands for something beside the students' folders."""
    way, owner = Path(member.name), names.of_file(member.parts[0])
    if member.is_notebook:
        yield Found(path, way, owner, refusal=owner.doubt)
    elif ownership.is_hidden(way.name):
        return
    elif way.name in names.files or absent.is_misnamed(way.name):
        yield Found(path, way, owner, refusal=absent.reason([PurePosixPath(way.name)]), missing=True)
    elif way.suffix == ".zip":
        yield Found(
            path, way, Owner(utf8(way.stem)), refusal=absent.reason([PurePosixPath(way.name)]), missing=True
        )
