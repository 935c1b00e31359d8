"""Which notebooks a path means: a file, a folder of submissions, or a zip of them."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from autograder.intake import files, ownership, zips
from autograder.intake.files import SubmissionError
from autograder.text import utf8

MAX_PER_STUDENT = 20
DEPTH = 3  # <student>/<assignment>/<notebook>
_TOO_DEEP = "it lies deeper than submitted/<student>/<assignment>/<notebook>: move it there"
_TOO_MANY = f"there are more than {MAX_PER_STUDENT} notebooks of this student: hand in one an assignment"


@dataclass(frozen=True)
class Found:
    """A notebook that was found in `root` (a folder or a zip file), and whose it is if the folders tell.

    `refusal` says why it will not even be opened.
    """

    root: Path
    relative: Path
    student: str | None = None
    refusal: str | None = None

    @property
    def path(self) -> Path:
        """The path that a person reads."""
        return self.root / self.relative

    @property
    def place(self) -> tuple[Path, Path]:
        """The folder below which no link is followed, and the way from there."""
        return ownership.within(self.root, self.relative) or (self.root, self.relative)

    def read(self) -> bytes:
        """The notebook's bytes. Raises SubmissionError."""
        if self.refusal is not None:
            raise SubmissionError(self.refusal)
        if self.root.is_file():
            return zips.extract(self.root, str(self.relative))
        return files.read_file(*self.place)


def discover_all(paths: Iterable[Path]) -> list[Found]:
    """All notebooks that the paths mean, each once, in order."""
    paths = list(paths)
    is_class = len({path for path in paths if path.suffix == ".zip"}) == 1
    found = [item for path in paths for item in discover(path, is_class)]
    # Another member's unsafe name must not take the place of a notebook, nor the other way round.
    return _not_too_many({(item.path, item.refusal): item for item in found}.values())


def discover(path: Path, is_class: bool = True) -> Iterator[Found]:
    """The notebooks that `path` means; always at least one, which then says why it cannot be read.

    `is_class` says whether a zip file may hold several students; if not, it is that of one, called like the file.
    """
    item = _found(path.parent, Path(path.name))
    if _is_linked(path):
        yield item
    elif path.is_dir():
        yield from _folder(path)
    elif path.suffix == ".zip" and path.is_file():
        yield from _zip(path, is_class)
    else:  # a file in no folder of a student is nobody's
        yield replace(item, student=item.student if len(item.place[1].parts) > 1 else None)


def _is_linked(path: Path) -> bool:
    """Whether a student put a link where `path` leads."""
    place = ownership.within(path, Path())
    return place is not None and any(
        (place[0] / here).is_symlink() for here in (place[1], *place[1].parents) if here.parts
    )


def _found(root: Path, relative: Path, refusal: str | None = None) -> Found:
    """What lies at `root/relative`, named by the folders below the class."""
    within = ownership.within(root, relative)
    way = within[1] if within else relative
    too_deep = _TOO_DEEP if within and len(way.parts) > DEPTH else None
    return Found(root, relative, ownership.student(way), refusal or too_deep)


def _is_course(path: Path) -> bool:
    """Whether `path` is a course, whose submissions lie in `submitted`: no student's folder of that name will do."""
    if ownership.within(path, Path()):
        return False
    folders = {entry.name for entry in path.iterdir() if entry.is_dir() and not entry.name.startswith(".")}
    own = (path / "nbgrader_config.py").is_file() or folders <= ownership.COURSE_FOLDERS
    return ownership.SUBMITTED in folders and own


def _folder(path: Path) -> Iterator[Found]:
    """`<student>/<assignment>/<assignment>.ipynb`, `<student>/<notebook>` or `<notebook>` below the class."""
    root = path / ownership.SUBMITTED if _is_course(path) else path
    above = ownership.within(root, Path())
    depth = DEPTH - (len(above[1].parts) if above else 0)
    found = [_found(root, relative) for relative in _notebooks(root, Path(), depth)]
    nothing = [
        _found(root, Path(), "there is no notebook (.ipynb) in this folder" if depth > 0 else _TOO_DEEP)
    ]
    yield from _not_too_many(found) or nothing


def _not_too_many(found: Iterable[Found]) -> list[Found]:
    """At most `MAX_PER_STUDENT` notebooks of each student: one student must not keep the class waiting.

    What is refused and nobody's is counted as if it were a student's: it could fill the report.
    """
    counts: Counter[tuple[Path, str | None]] = Counter()
    kept = []
    for item in found:
        count = 1
        if item.student is not None or item.refusal is not None:
            whom = item.place[0], item.student
            counts[whom] += 1
            count = counts[whom]
        if count <= MAX_PER_STUDENT:
            kept.append(item)
        elif count == MAX_PER_STUDENT + 1:
            kept.append(replace(item, refusal=item.refusal or _TOO_MANY))
    return kept


def _notebooks(root: Path, below: Path, depth: int) -> Iterator[Path]:
    """Notebooks at most `depth` levels down, in order; links are not followed but named, so that someone asks."""
    if depth < 1:
        return
    try:
        with os.scandir(root / below) as entries:
            seen = sorted((e for e in entries if not ownership.is_hidden(e.name)), key=lambda e: e.name)
    except OSError:
        yield below  # reading it will say why
        return
    folders = {e.name for e in seen if e.is_dir(follow_symlinks=False)}
    links = {e.name for e in seen if depth > 1 and e.is_symlink() and not _is_file(e)}
    files = [e.name for e in seen if e.name.endswith(".ipynb") and e.name not in folders]
    chosen = {*links, *_chosen(files, below.name)}
    for name in (e.name for e in seen):
        if name in chosen:
            yield below / name
        elif name in folders:
            yield from _notebooks(root, below / name, depth - 1)


def _is_file(entry: os.DirEntry[str]) -> bool:
    """Whether a link leads to a file: data, perhaps, and nothing that somebody meant to hand in."""
    try:
        return entry.is_file()
    except OSError:  # it leads to itself
        return False


def _chosen(notebooks: list[str], folder: str) -> list[str]:
    """In an assignment's folder only the assignment's own notebook counts, if it is there."""
    own = f"{folder}.ipynb"
    return [own] if own in notebooks else notebooks


def _zip(path: Path, is_class: bool) -> Iterator[Found]:
    """The notebooks in a zip file: of a class, or of the student whose file it is, whatever is in it."""
    place = ownership.within(path.parent, Path(path.stem))
    owner = utf8(place[1].parts[0]) if place else None if is_class else utf8(path.stem)
    try:
        yield from _not_too_many(_member(path, member, owner) for member in zips.members(path))
    except SubmissionError as error:
        yield Found(path, Path(), owner, str(error))


def _member(path: Path, member: zips.Member, owner: str | None) -> Found:
    if member.place is None:
        refusal = "its name in the zip file is unsafe: make the zip again"
        return Found(path, Path(member.name.lstrip("/")), owner, refusal)
    return Found(path, Path(member.name), owner or ownership.student(member.place))
