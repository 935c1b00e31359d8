"""JSON, schema 1: a list of submissions, and back. Deterministic apart from `seconds`."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from autograder.reports import _older
from autograder.reports._reading import NotAGrade, reader
from autograder.reports._words import example, hint, message
from autograder.results import CheckResult, ExerciseResult, Grade, Picture
from autograder.text import HASHES, inert

SCHEMA = 1


def pieces(grades: Sequence[Grade]) -> Iterator[str]:
    """All grades as one JSON list, a line each: with more line breaks a large class would take twice as long, and in
    one piece many times the memory.
    """
    for number, grade in enumerate(grades):
        yield (",\n" if number else "[") + inert(json.dumps(as_dict(grade)), HASHES)
    yield "]\n" if grades else "[]\n"


def as_dict(grade: Grade) -> dict[str, Any]:
    """One submission as the contract has it."""
    return {
        "schema": SCHEMA,
        "submission": grade.submission,
        "student": grade.student,
        "lms_id": grade.lms_id,
        "assignment": grade.assignment,
        "status": grade.status,
        "error": grade.error,
        "late": grade.late,
        "score": grade.score,
        "max_score": grade.max_score,
        "by_hand": grade.by_hand,
        "secret": grade.secret,
        "isolation": grade.isolation,
        "seconds": grade.seconds,
        "notes": list(grade.notes),
        "exercises": [_exercise(exercise) for exercise in grade.exercises],
    }


def from_dict(value: Any) -> Grade:
    """The grade of which `as_dict` made this; what else an object holds is ignored.

    Raises NotAGrade, a ValueError that names the field, if it is no such object.
    """
    if not isinstance(value, dict):
        raise NotAGrade("is not an object")
    if value.get("schema") != SCHEMA:
        raise NotAGrade(f"is {value.get('schema')!r}, and this version reads {SCHEMA}").within("schema")
    grade: Grade = reader(Grade)(_older.completed(value))
    return grade


def _exercise(exercise: ExerciseResult) -> dict[str, Any]:
    return {
        "name": exercise.name,
        "score": exercise.score,
        "max_score": exercise.max_score,
        "raised": asdict(exercise.raised) if exercise.raised else None,
        "example": exercise.example,
        "repair": asdict(exercise.repair) if exercise.repair else None,
        "picture": _picture(exercise.picture) if exercise.picture else None,
        "fault": exercise.fault,
        "causes": [{"id": c.id, "name": c.name, "hint": c.hint} for c in exercise.causes],
        "checks": [_check(exercise, check) for check in exercise.checks],
    }


def _picture(picture: Picture) -> dict[str, Any]:
    return {**vars(picture), "yours": [*picture.yours], "expected": [*picture.expected]}


def _check(exercise: ExerciseResult, check: CheckResult) -> dict[str, Any]:
    return {
        "name": check.name,
        "title": check.title,
        "status": check.status,
        "score": check.score,
        "max_score": check.max_score,
        "reason": check.reason,
        "detail": check.detail,
        "finding": check.message,
        "elsewhere": asdict(check.elsewhere) if check.elsewhere else None,
        "causes": list(check.causes),
        "message": message(exercise, check),
        "hint": hint(exercise, check),
        "misconception": " or ".join(check.causes) or None,
        "example": example(exercise, check),
    }
