"""What one student handed in, graded where a platform runs us: every file is that student's."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from autograder.course.own import Own
from autograder.grading import own_points, secret
from autograder.grading.batch import Settings, grade_all, here, unreached
from autograder.intake.discovery import discover_all
from autograder.output import replace as replace_file
from autograder.results import Grade
from autograder.sandbox import SandboxUnavailable

SETTINGS = "settings.json"
_SEVERAL = "there are several assignments: {}. Hand in one, or let the settings name which one counts"


@dataclass(frozen=True)
class Chosen:
    """What the settings of a package say: the assignment that counts, and the points of the instructor's notebooks."""

    assignment: str | None = None
    course: tuple[Own, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)


def chosen(folder: Path) -> Chosen:
    """The settings in a folder, if there are any; whoever edits them may make mistakes, which end the program."""
    try:
        values = json.loads((folder / SETTINGS).read_text(encoding="utf-8"))
        course = tuple(
            Own(own["assignment"], tuple(own["points"].items()), tuple(own["by_hand"].items()))
            for own in values.get("course", ())
        )
        return Chosen(values.get("assignment"), course, values)
    except FileNotFoundError:
        return Chosen()
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SystemExit(f"Error: {SETTINGS} is not as it was written ({error})") from None


def grades(path: Path, said: Chosen, secret_file: Path) -> list[Grade]:
    """The grade of each assignment that is in `path`. What goes wrong is a grade without a score, never silence."""
    found = discover_all([path], said.assignment, True, own_points.left_out(said.course))
    try:
        settings = Settings(secret.load(secret_file), said.assignment, course=said.course)
        return [_placed(grade, path) for _, grade in grade_all(found, settings, here(settings))]
    except (SandboxUnavailable, secret.SecretError) as error:
        return [unreached(Settings(b"", said.assignment), found[0], f"{error}. Please tell the instructor")]


def one(several: Sequence[Grade]) -> Grade:
    """The one grade that a platform records."""
    if len(several) == 1:
        return several[0]
    names = ", ".join(grade.assignment or grade.submission for grade in several[:5])
    return Grade(several[0].submission, None, None, several[0].isolation, 0.0, error=_SEVERAL.format(names))


def write(path: Path, pieces: Iterable[str]) -> None:
    """Write a file for the platform, whole or not at all; what keeps it from being written ends the program."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, pieces)
    except OSError as error:
        raise SystemExit(f"Error: cannot write {error.filename or path}: {error.strerror}") from None


def _placed(grade: Grade, path: Path) -> Grade:
    """The grade with the file's place in the hand-in, or the name of it: the folders of the platform say nothing."""
    try:
        place = Path(grade.submission).relative_to(path)
        return replace(grade, submission=path.name if place == Path() else str(place))
    except ValueError:
        return grade
