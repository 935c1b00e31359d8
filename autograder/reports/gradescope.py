"""Gradescope's `results.json`, for one submission: a test a check, its points as they are; all texts plain.

    autograder grade --format gradescope --output /autograder/results/results.json /autograder/submission

What could not be graded gets neither a score nor tests, only the reason: a score of 0 would look like a grade.
Gradescope asks for a score, so it reports that the autograder failed, and an instructor looks at it.
Points that a person gives are no test, which would say 0: there is a note, and `extra_data` has the number.
Deterministic apart from `execution_time`.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from autograder.reports._words import NAME, PARAGRAPH, SENTENCE, explained, notes, only, warning
from autograder.results import ExerciseResult, Grade
from autograder.text import HASHES, inert, printable


def render(grades: Sequence[Grade]) -> str:
    """The results of the one submission. Raises ValueError if there is not exactly one."""
    grade = only(grades, "gradescope")
    results = _about(grade) | (_scores(grade) if grade.error is None else {})
    return inert(json.dumps(results, indent=1), HASHES) + "\n"


def _about(grade: Grade) -> dict[str, Any]:
    error = f"NOT GRADED: {printable(grade.error, SENTENCE)}" if grade.error is not None else None
    said = (f"Note: {printable(note, SENTENCE)}" for note in notes(grade))
    return {
        "output": "\n".join(filter(None, [warning([grade]), error, *said])),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "execution_time": grade.seconds,
        "extra_data": {
            "status": grade.status,
            "assignment": printable(grade.assignment or "", NAME) or None,
            "isolation": printable(grade.isolation),
            "secret": grade.secret,
            "by_hand": grade.by_hand,
        },
    }


def _scores(grade: Grade) -> dict[str, Any]:
    tests = [test for number, e in enumerate(grade.exercises, 1) for test in _tests(number, e)]
    return {"score": grade.score, "tests": tests}


def _tests(number: int, exercise: ExerciseResult) -> Iterator[dict[str, Any]]:
    for place, (check, parts) in enumerate(explained(exercise), 1):
        yield {
            "name": f"{printable(exercise.name, NAME)}: {printable(check.title, SENTENCE)}",
            "number": f"{number}.{place}",
            "score": check.score,
            "max_score": check.max_score,
            "status": "passed" if check.status == "passed" else "failed",
            "output": "\n".join(word + printable(text, PARAGRAPH) for word, text in parts),
            "extra_data": {
                "exercise": printable(exercise.name, NAME),
                "check": printable(check.name, NAME),
                "reason": check.reason,
                "misconceptions": [printable(cause, NAME) for cause in check.causes],
            },
        }
