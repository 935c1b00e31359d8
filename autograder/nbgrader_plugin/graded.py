"""What a graded notebook says of how it was graded, by which a later run knows whether that still counts."""

import contextlib
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder import __version__
from autograder.intake import files
from autograder.intake.files import SubmissionError

STAMP = "autograder"  # in the notebook's metadata


@dataclass(frozen=True)
class Graded:
    """The notebooks in a student's graded folder: how each was graded, by its name.

    points: what the cells were worth.
    """

    stamps: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    points: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    def said(self, key: str) -> frozenset[Any]:
        """What the stamps say of something; those of an older version may not say it."""
        return frozenset(stamp[key] for stamp in self.stamps.values() if key in stamp)


def stamp(secret: str | None, content: bytes | None, due: object) -> dict[str, Any]:
    """By which secret's hidden inputs, from which bytes, and with which due date a notebook was graded."""
    told = {"version": __version__, "due": None if due is None else str(due)}
    if content is not None:
        told["content"] = digest(content)
    return told | ({"secret": secret} if secret else {})


def digest(content: bytes) -> str:
    """What tells one notebook from another."""
    return hashlib.sha256(content).hexdigest()


def contents(folder: Path) -> frozenset[str]:
    """Of the notebooks that lie in a folder of a student's now."""
    found = set[str]()
    for path in folder.glob("*.ipynb"):
        with contextlib.suppress(SubmissionError):
            found.add(digest(files.read_file(folder, Path(path.name))))
    return frozenset(found)


def read(folder: Path) -> Graded:
    """What the notebooks in a graded folder say; nothing, if there are none or they are not ours."""
    stamps, points = dict[str, Mapping[str, Any]](), dict[str, Mapping[str, float]]()
    for path in folder.glob("*.ipynb"):
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
            notebook = json.loads(path.read_bytes())
            points[path.stem] = _points(notebook["cells"])
            stamps[path.stem] = dict(notebook["metadata"].get(STAMP, {}))
    return Graded(stamps, points)


def _points(cells: Iterable[Mapping[str, Any]]) -> Mapping[str, float]:
    entries = [cell["metadata"].get("nbgrader", {}) for cell in cells]
    return {one["grade_id"]: float(one["points"]) for one in entries if "points" in one}
