"""What a platform needs to grade with this package, ready to upload: our wheel, scripts, and a page that says how.

The wheel is in it, instead of a version to be downloaded: what grades there is what was tried here.
"""

import json
import shutil
import stat
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from autograder.course.own import Own
from autograder.platforms import handed, wheel

# For each platform the kinds of our files, each with its folder in the package; the wheel goes into the first one.
PLATFORMS: Mapping[str, Mapping[str, str]] = {
    "gradescope": {"gradescope": "."},
    "github": {"shared": "grader", "github": "."},
    "gitlab": {"shared": "grader", "container": "grader", "gitlab": "."},
    "container": {"shared": ".", "container": "."},
}
REPOSITORY = "OWNER/autograder"  # where the files speak of the instructor's repository
SECRET, ARCHIVE = "secret", "autograder.zip"
_EPOCH = (1980, 1, 1, 0, 0, 0)


class PackageError(Exception):
    """Why there is no package, and what mends it."""


@dataclass(frozen=True)
class Settings:
    """What an instructor chooses: the assignment that counts, where the grader is kept, the secret, the own points."""

    assignment: str | None = None
    repository: str | None = None
    secret: bytes = b""
    course: tuple[Own, ...] = ()


def write(platform: str, folder: Path, settings: Settings) -> Path:
    """Write the package for a platform; returns what is to be uploaded. Raises PackageError or OSError, and then the
    folder is as empty as before.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise PackageError(f"{folder} is not empty: name a new folder")
    folder.mkdir(parents=True, exist_ok=True)
    try:
        return _written(platform, folder, settings)
    except BaseException as error:
        for path in folder.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        if isinstance(error, wheel.WheelError):
            raise PackageError(str(error)) from None
        raise


def _written(platform: str, folder: Path, settings: Settings) -> Path:
    kinds = PLATFORMS[platform]
    main = folder / next(iter(kinds.values()))
    main.mkdir(exist_ok=True)
    wheel.write(main)
    for kind, below in kinds.items():
        for way, data in _files(kind):
            _put(folder / below / way, _filled(data, settings))
    _put(main / handed.SETTINGS, _settings(platform, settings))
    if platform != "gradescope":
        return folder
    _put(folder / SECRET, settings.secret + b"\n", 0o600)
    archive = _zipped(folder)
    _put(folder / ".gitignore", b"# The secret is in this folder.\n*\n")
    return archive


def _files(kind: str) -> Iterator[tuple[str, bytes]]:
    """The files of a kind as they are kept here; where two kinds have one of a name, the later one counts."""
    root = Path(str(files("autograder.platforms") / "files" / kind))
    for path in sorted(root.rglob("*")):
        if path.is_file():
            yield path.relative_to(root).as_posix(), path.read_bytes()


def _filled(data: bytes, settings: Settings) -> bytes:
    """The file with the instructor's names in it."""
    if settings.repository:
        data = data.replace(REPOSITORY.encode(), settings.repository.encode())
    for key in (b"assignment", b"ASSIGNMENT") if settings.assignment else ():
        data = data.replace(key + b': ""\n', key + f': "{settings.assignment}"\n'.encode())
    return data


def _settings(platform: str, settings: Settings) -> bytes:
    course = [
        {"assignment": own.assignment, "points": dict(own.points), "by_hand": dict(own.by_hand)}
        for own in settings.course
    ]
    values: dict[str, object] = {"assignment": settings.assignment, "course": course}
    if platform == "gradescope":
        values |= {"visibility": "visible", "visibility_of": {}}
    return json.dumps(values, indent=1).encode() + b"\n"


def _put(path: Path, data: bytes, mode: int | None = None) -> None:
    """Write a file; a program may be run."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o666 if mode is None else mode)
    path.write_bytes(data)
    if mode is None and data.startswith(b"#!"):
        path.chmod(path.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)


def _zipped(folder: Path) -> Path:
    """The folder as the zip file that is uploaded, with the secret in it: for its owner alone."""
    archive = folder / ARCHIVE
    archive.touch(mode=0o600)
    with zipfile.ZipFile(archive, "w") as target:
        for path in sorted(folder.iterdir()):
            if path != archive:
                entry = zipfile.ZipInfo(path.name, _EPOCH)
                entry.external_attr = path.stat().st_mode << 16
                with target.open(entry, "w") as inside, path.open("rb") as outside:
                    shutil.copyfileobj(outside, inside)
    return archive
