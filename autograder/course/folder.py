"""A course folder of an instructor's own, apart from this package: `autograder init` makes it."""

import contextlib
import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from string import Template

import click

from autograder import __version__
from autograder.course import notebooks

SOURCE, SUBMITTED, CONFIG = "source", "submitted", "nbgrader_config.py"
_START = Path(__file__).parent / "start"
_FILES = {"README.md": "README.md", ".gitignore": "gitignore.txt", CONFIG: "nbgrader_config.txt"}


class Refused(click.ClickException):
    """Why there is no new course, in one sentence."""


def make(folder: Path) -> None:
    """Write a new course into `folder`, which may not be there yet. Raises Refused, and then nothing was changed."""
    try:
        is_new = not folder.is_dir()
        if is_new:
            folder.mkdir()
        elif any(folder.iterdir()):
            raise Refused(f"{folder} is not empty: name a new folder, nothing is ever overwritten")
    except OSError as error:
        raise Refused(_cannot(folder, error)) from None
    begun: list[Path] = []
    try:
        _write(folder, begun)
    except OSError as error:
        _remove([*begun, *([folder] if is_new else [])])
        raise Refused(_cannot(folder, error)) from None


def another_version(made_with: str | None) -> str | None:
    """What to do if this package is not the version that made the course folder; None if it is, or nobody knows."""
    if made_with in (None, __version__):
        return None
    return (
        f"autograder {__version__} is installed, and {made_with} made this course folder: its notebooks may not fit "
        "the hidden checks. Compare them with those of a folder that `autograder init` makes now, then write "
        f'made_with="{__version__}" into nbgrader_config.py'
    )


def made_with(folder: Path) -> str | None:
    """The version that made the course in `folder`, if its configuration, which is not run for it, says so."""
    path = folder / CONFIG
    try:
        text = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
    except OSError:
        return None
    found = re.search(r'^configure\(.*\bmade_with="([^"]*)"', text, re.MULTILINE)
    return found[1] if found else None


def beside(paths: Iterable[Path]) -> Path | None:
    """The course folder in which we are, that is one of these paths, or in whose `submitted/` one of them lies."""
    paths = [*paths]
    handed_in = (place for path in paths for place in (path.absolute(), *path.absolute().parents))
    places = (Path(), *paths, *(place.parent for place in handed_in if place.name == SUBMITTED))
    return next((place for place in places if made_with(place) is not None), None)


def points_elsewhere(paths: Iterable[Path], option: str) -> str | None:
    """What to say if these are handed in to a course of whose own points nobody has spoken."""
    folder = beside(paths)
    if folder is None:
        return None
    here = "this" if folder == Path() else str(folder)
    return f"{here} is a course folder: its own points and exercises count with {option} {folder}, and not without"


def _cannot(folder: Path, error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return f"cannot make {folder}: there is no folder {folder.parent}"
    return f"cannot make a course in {folder}: {error.strerror}"


def _write(folder: Path, begun: list[Path]) -> None:
    """Write all files; `begun` says at any time what there is to remove."""
    (folder / SOURCE).mkdir()
    begun.append(folder / SOURCE)
    for relative, data in _contents():
        path = folder / relative
        if len(relative.parts) > 1:
            path.parent.mkdir()
        with path.open("xb") as file:
            begun.append(path)
            file.write(data)


def _contents() -> Iterator[tuple[Path, bytes]]:
    """What a course consists of: our notebooks with their solutions, and the files around them."""
    for name in notebooks.assignments():
        path = notebooks.notebook("solutions", name)
        yield Path(SOURCE, name, path.name), path.read_bytes()
    for name, template in _FILES.items():
        text = Template((_START / template).read_text(encoding="utf-8")).safe_substitute(version=__version__)
        yield Path(name), text.encode()


def _remove(paths: list[Path]) -> None:
    for path in paths:
        with contextlib.suppress(OSError):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
