"""What goes into an LMS: a student's points for an assignment, from grades or from nbgrader's gradebook.

The gradebook knows what no grade does: points that a person gave, and penalties for being late.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.reports._words import who
from autograder.results import Grade

# Of our plug-in for `nbgrader export`.
COLUMNS = frozenset(("assignment", "student_id", "score", "max_score", "status"))
_SCORED = ("graded", "to be reviewed")


@dataclass(frozen=True)
class Mark:
    """The points of a student; no score where nothing was graded.

    full_name: what the student is called, where `student` is an id.
    by_hand: points that a person has not given yet.
    doubt: why somebody should look at it first.
    """

    name: str
    student: str | None
    assignment: str | None
    score: float | None
    max_score: float
    by_hand: float = 0.0
    lms_id: str | None = None
    email: str | None = None
    full_name: str | None = None
    doubt: str | None = None


def of_grades(grades: Iterable[Grade]) -> list[Mark]:
    """The points of grades."""
    return [
        Mark(
            who(g),
            g.student,
            g.assignment,
            g.score if g.percent is not None else None,
            g.max_score or 0.0,
            g.by_hand,
            g.lms_id,
        )
        for g in grades
    ]


def of_gradebook(paths: Sequence[Path]) -> list[Mark] | None:
    """The points in files that `nbgrader export` wrote; None if they are no such files. Raises ValueError, OSError."""
    marks: list[Mark] = []
    for path in paths:
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
            if file.read(1) != "a":  # "assignment"; what is not ours may be large
                return None
            rows = csv.DictReader(io.StringIO("a" + file.read()))
        if not set(rows.fieldnames or ()) >= COLUMNS:
            return None
        for row in rows:
            try:
                marks.append(_mark(row))
            except (KeyError, TypeError, ValueError):
                raise ValueError(f"{path}, line {rows.line_num} is no row of `nbgrader export`") from None
    return marks


def _mark(row: Mapping[str, str]) -> Mark:
    """Who is missing has no score: the 0 of nbgrader's is no grade."""
    scored = row["status"] in _SCORED
    return Mark(
        name=row["student_id"],
        student=row["student_id"],
        assignment=row["assignment"],
        score=float(row["score"]) if scored and float(row["max_score"]) else None,
        max_score=float(row["max_score"]),
        email=row.get("email") or None,
        full_name=" ".join(filter(None, (row.get("first_name"), row.get("last_name")))) or None,
        doubt=row["status"] if row["status"] == "to be reviewed" else None,
    )
