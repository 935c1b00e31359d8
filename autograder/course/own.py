"""An instructor's own notebooks: which exercises they hold, for how many points, and what a person grades.

They are the truth, in both commands: nbgrader keeps their points in its gradebook when an assignment is generated, and
`autograder grade --course` reads them. Both refuse what cannot be graded, in a sentence that names the cell.
"""

import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.course import exercises, notebooks
from autograder.course.folder import SOURCE
from autograder.text import printable

_SOURCES = (SOURCE, "solutions")  # the second as in this repository


class CourseError(Exception):
    """What in an instructor's notebook cannot be graded, and how to mend it."""


@dataclass(frozen=True)
class Own:
    """What a notebook says: points by exercise, and by question that a person grades.

    assignment: the one whose exercises it holds, after which it is called.
    """

    assignment: str
    points: tuple[tuple[str, float], ...]
    by_hand: tuple[tuple[str, float], ...]

    @property
    def left_out(self) -> frozenset[str]:
        """The exercises that it does not grade."""
        return _known(self.assignment) - dict(self.points).keys()


def of_folder(course: Path, assignment: str | None = None) -> tuple[Own, ...]:
    """What the notebooks of a course folder say, or that of one assignment alone. Raises CourseError."""
    source = next((course / name for name in _SOURCES if (course / name).is_dir()), None)
    if source is None:
        raise CourseError(f"there is no folder {course / SOURCE}: `autograder init` makes a course")
    paths = sorted(source.glob(f"*/{assignment or '*'}.ipynb"))
    held = {path: own for path in paths if (own := of_file(path)).points}
    if not held:
        named = f"{assignment}.ipynb" if assignment else "notebook"
        raise CourseError(f"no {named} in {source} holds an exercise")
    first: dict[str, Path] = {}
    for path, own in held.items():
        before = first.setdefault(own.assignment, path)
        if held[before] != own:
            raise CourseError(
                f"{before} and {path} are one assignment here, with other points: give both the same, or grade them "
                "with `nbgrader autograde`, to which they are two"
            )
    return tuple(held[path] for path in first.values())


def of_file(path: Path) -> Own:
    """What the source notebook in this file says. Raises CourseError."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        cells = [cell for cell in content["cells"] if isinstance(cell["metadata"], dict)]
        own = of_cells(path.stem, cells)
        _vet(own, cells)
    except OSError as error:
        raise CourseError(f"cannot read {path}: {error.strerror}") from None
    except (ValueError, KeyError, TypeError):
        raise CourseError(f"{path} is not a notebook: take it from version control again") from None
    except CourseError as error:
        raise CourseError(f"{path}: {error}") from None
    return own


def of_cells(name: str, cells: Iterable[Mapping[str, Any]]) -> Own:
    """What the notebook of this name with these cells says. Raises CourseError."""
    points, by_hand = dict[str, float](), dict[str, float]()
    for entry in filter(_carries_points, map(_entry, cells)):
        grade_id = str(entry.get("grade_id"))
        if entry.get("solution") or entry.get("task"):
            by_hand[grade_id] = _points(grade_id, entry)
        else:
            points[_exercise(name, grade_id)] = _points(grade_id, entry)
    return Own(name, tuple(points.items()), tuple(by_hand.items()))


def _known(assignment: str) -> frozenset[str]:
    return exercises.exercises_of(assignment) if assignment in exercises.assignments() else frozenset()


def _entry(cell: Mapping[str, Any]) -> Mapping[str, Any]:
    entry = cell["metadata"].get("nbgrader")
    return entry if isinstance(entry, dict) else {}


def _carries_points(entry: Mapping[str, Any]) -> bool:
    return bool(entry.get("grade") or entry.get("task"))


def _points(grade_id: str, entry: Mapping[str, Any]) -> float:
    try:
        points = float(entry["points"])
    except (KeyError, TypeError, ValueError):
        points = math.nan
    if not (math.isfinite(points) and points >= 0):
        raise CourseError(f"the cell {printable(grade_id)} needs a number of points, 0 or more")
    return points


def _exercise(assignment: str, grade_id: str) -> str:
    """The exercise that a cell with hidden checks belongs to."""
    exercise = grade_id.removeprefix(notebooks.GRADE_CELL)
    home = next((name for name in exercises.assignments() if exercise in _known(name)), None)
    shown = printable(grade_id)
    if home is None or exercise == grade_id:
        raise CourseError(
            f"the cell {shown} is graded automatically, and there are no hidden checks for it: make it a manually "
            f"graded one, or give it the id {notebooks.GRADE_CELL}EXERCISE of an exercise of this course"
        )
    if home != assignment:
        raise CourseError(
            f"the cell {shown} is of the assignment {home}: it can only stand in a notebook called {home}.ipynb, "
            "whatever the folder is called"
        )
    return exercise


def _vet(own: Own, cells: Iterable[Mapping[str, Any]]) -> None:
    """Refuse what would be found out when the assignment is generated, or when students hand in."""
    for cell in cells:
        if f"### {notebooks.BEGIN}" in notebooks.source(dict(cell)) and not _entry(cell).get("solution"):
            raise CourseError(
                f"a cell that is not marked as a solution has `### {notebooks.BEGIN}` in it: mark it as an *autograded "
                "answer*, or delete both markers, so that students get all of it"
            )
    ids = Counter(_entry(cell).get("grade_id") for cell in cells)
    for name, count in ids.items():
        if name is not None and count > 1:
            raise CourseError(
                f"{count} cells have the id {printable(str(name))}: delete or rename all but one"
            )
    for exercise, _ in own.points:
        if exercise not in ids:
            raise CourseError(
                f"the cell {notebooks.GRADE_CELL}{exercise} carries points, and there is no cell {exercise} to write "
                f"the answer in: delete the first as well, or take {exercise} from `autograder init` again"
            )
