"""PrairieLearn's `results.json` of an external grader, for one submission: a test a check, all texts plain.

    autograder grade --format prairielearn --output /grade/results/results.json /grade/student

What could not be graded is not gradable: the attempt does not count, and the student reads why. The score is a share
of 1, which PrairieLearn multiplies by the question's automatic points. Points that a person gives, its manual points,
are not in it.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from autograder.reports._words import NAME, PARAGRAPH, SENTENCE, explained, notes, only, warning
from autograder.results import ExerciseResult, Grade
from autograder.text import HASHES, inert, printable


def render(grades: Sequence[Grade]) -> str:
    """The results of the one submission. Raises ValueError if there is not exactly one."""
    grade = only(grades, "prairielearn")
    said = [
        *filter(None, [warning([grade])]),
        *(f"Note: {printable(note, SENTENCE)}" for note in notes(grade)),
    ]
    results = _graded(grade) if grade.error is None else _ungraded(grade.error)
    return inert(json.dumps({**results, "output": "\n".join(said)}, indent=1), HASHES) + "\n"


def _ungraded(reason: str) -> dict[str, Any]:
    return {"gradable": False, "format_errors": [f"NOT GRADED: {printable(reason, SENTENCE)}"]}


def _graded(grade: Grade) -> dict[str, Any]:
    return {
        "gradable": True,
        "score": round((grade.percent or 0.0) / 100.0, 6),
        "tests": [test for exercise in grade.exercises for test in _tests(exercise)],
    }


def _tests(exercise: ExerciseResult) -> Iterator[dict[str, Any]]:
    """Every test has both kinds of points: without them PrairieLearn shows none at all."""
    for check, parts in explained(exercise):
        yield {
            "name": f"{printable(exercise.name, NAME)}: {printable(check.title, SENTENCE)}",
            "points": check.score,
            "max_points": check.max_score,
            "message": "\n".join(word + printable(text, PARAGRAPH) for word, text in parts),
        }
