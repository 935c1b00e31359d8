"""The result of a GitHub Classroom runner, for one submission: version 3 of what `autograding-grading-reporter` reads.

    echo "result=$(autograder grade --format github notebook.ipynb | base64 -w0)" >> "$GITHUB_OUTPUT"

A test is a check, all or nothing, with its points as the score; Classroom records their sum. The reporter's console
table counts tests instead, and prints no message of a test that failed: show students the `markdown` report in the
job's summary. Points that a person gives are in a note, and are neither earned nor available here. What could not be
graded has the status `error`, no points available and none earned: the job fails, and Classroom is told no points.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from autograder.reports._words import NAME, PARAGRAPH, SENTENCE, explained, notes, only, warning
from autograder.results import ExerciseResult, Grade
from autograder.text import HASHES, inert, printable

VERSION = 3


def render(grades: Sequence[Grade]) -> str:
    """The result of the one submission. Raises ValueError if there is not exactly one."""
    grade = only(grades, "github")
    result = _ungraded(grade, grade.error) if grade.error is not None else _graded(grade)
    return inert(json.dumps({"version": VERSION, **result}, indent=1), HASHES) + "\n"


def _graded(grade: Grade) -> dict[str, Any]:
    said = [*filter(None, [warning([grade])]), *(f"Note: {_text(note)}" for note in notes(grade))]
    return {
        "status": "pass" if grade.percent == 100.0 else "fail",
        "message": "\n".join(said),
        "max_score": grade.automatic,
        "tests": [test for exercise in grade.exercises for test in _tests(grade, exercise)],
    }


def _ungraded(grade: Grade, reason: str) -> dict[str, Any]:
    """One test without points: the reporter prints the messages of tests only, and divides by their number."""
    message = "\n".join(filter(None, [warning([grade]), _text(reason)]))
    test = _test(grade, "not graded", "error", message)
    return {"status": "error", "message": message, "max_score": 0, "tests": [test]}


def _tests(grade: Grade, exercise: ExerciseResult) -> Iterator[dict[str, Any]]:
    for check, parts in explained(exercise):
        name = f"{_text(exercise.name, NAME)}: {_text(check.title)}"
        message = "\n".join(word + _text(text, PARAGRAPH) for word, text in parts)
        status = "pass" if check.status == "passed" else "fail"
        yield _test(grade, name, status, message) | {"score": check.score}


def _test(grade: Grade, name: str, status: str, message: str) -> dict[str, Any]:
    return {
        "name": name,
        "status": status,
        "message": message,
        "test_code": "",
        "filename": _text(grade.submission),
        "line_no": 0,
        "duration": 0.0,
    }


def _text(text: str, limit: int = SENTENCE) -> str:
    """Text in which a runner's log finds no command: `##[` is one wherever it stands in a line."""
    return printable(text, limit).replace("##[", "## [")
