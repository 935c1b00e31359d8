"""What is our fault is never a student's zero: the notebook is not graded, and nbgrader says so."""

import os
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from nbformat import NotebookNode
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory

from autograder.course import notebooks
from autograder.grading import secret
from autograder.nbgrader_plugin import exporting, folders, grading, nodes
from autograder.nbgrader_plugin.grading import GradeNotebook, NotGradedError
from autograder.results import CheckResult, ExerciseResult, Grade
from autograder.sandbox import SandboxUnavailable
from tests.support.scratch import ASSIGNMENT

RESOURCES = {"nbgrader": {"student": "ada", "assignment": ASSIGNMENT, "notebook": ASSIGNMENT}}
EXERCISE, POINTS = next(iter(notebooks.assignments()[ASSIGNMENT].points.items()))


class FakeGrader:
    def __init__(self, **fields: Any) -> None:
        self.fields = fields

    def grade(self, submission: Any) -> Grade:
        return Grade(submission.path, "ada", ASSIGNMENT, "none", 0.0, **self.fields)


def notebook(points: float = POINTS) -> NotebookNode:
    entry = {"grade": True, "solution": False, "grade_id": f"check_{EXERCISE}", "points": points}
    return nodes.notebook([nodes.cell("code", f"def {EXERCISE}(): ..."), nodes.cell("code", "", entry)])


def grade_with(monkeypatch: pytest.MonkeyPatch, grader: Any, nb: NotebookNode) -> NotebookNode:
    monkeypatch.setattr(grading, "_grader", grader)
    monkeypatch.setattr(secret, "load", lambda: b"0123456789abcdef")
    return GradeNotebook().preprocess(nb, RESOURCES)[0]


def passed(points: float) -> ExerciseResult:
    return ExerciseResult(EXERCISE, (CheckResult("check_it", "it holds", "passed", points),))


def test_an_error_in_a_check_is_not_graded(monkeypatch: pytest.MonkeyPatch) -> None:
    grader = FakeGrader(error="the grader is at fault", exercises=(passed(POINTS),))
    with pytest.raises(NotGradedError, match="the grader is at fault"):
        grade_with(monkeypatch, lambda key: grader, notebook())


def test_without_a_sandbox_nothing_is_graded(monkeypatch: pytest.MonkeyPatch) -> None:
    def unavailable(key: bytes) -> None:
        raise SandboxUnavailable("no sandbox here")

    with pytest.raises(SandboxUnavailable):
        grade_with(monkeypatch, unavailable, notebook())


def test_points_that_differ_from_the_gradebook_are_not_graded(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NotGradedError, match="generate_assignment"):
        grade_with(monkeypatch, lambda key: FakeGrader(exercises=(passed(POINTS),)), notebook(POINTS + 1))


def test_a_grade_cell_without_checks_is_not_graded(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NotGradedError, match="no hidden checks"):
        grade_with(monkeypatch, lambda key: FakeGrader(exercises=()), notebook())


def test_the_score_is_one_plain_number(monkeypatch: pytest.MonkeyPatch) -> None:
    nb = grade_with(monkeypatch, lambda key: FakeGrader(exercises=(passed(POINTS),)), notebook())
    assert nb.cells[1].outputs[-1].data["text/plain"] == repr(float(POINTS))


@pytest.mark.parametrize(
    ("automatic", "manual", "flagged", "status"),
    [
        (3.0, None, False, "graded"),
        (None, 3.0, False, "graded"),
        (None, 3.0, True, "to be reviewed"),  # scored by hand, then handed in again and not gradable
        (3.0, 2.0, True, "to be reviewed"),
        (None, None, True, "not graded"),
    ],
)
def test_the_export_says_what_a_person_should_look_at(
    automatic: float | None, manual: float | None, flagged: bool, status: str
) -> None:
    one = SimpleNamespace(
        max_score=5.0, auto_score=automatic, manual_score=manual, needs_manual_grade=flagged
    )
    free = SimpleNamespace(max_score=0.0, auto_score=None, manual_score=None, needs_manual_grade=True)
    submission = SimpleNamespace(notebooks=[SimpleNamespace(grades=[one, free])])
    assert exporting._status(submission) == status


def test_the_formgrader_reads_no_timestamp_that_hangs(tmp_path: Path) -> None:
    folders.guard()
    api = NbGraderAPI(coursedir=CourseDirectory(root=str(tmp_path)))
    makers: dict[str, Callable[[Path], object]] = {
        "pipe": os.mkfifo,
        "words": lambda path: path.write_text("soon"),
    }
    for student, make in makers.items():
        beside = tmp_path / "submitted" / student / ASSIGNMENT
        beside.mkdir(parents=True)
        make(beside / "timestamp.txt")
        assert api.get_submitted_timestamp(ASSIGNMENT, student) is None
    (beside / "timestamp.txt").write_text("2026-11-20 10:00:00 UTC")
    assert api.get_submitted_timestamp(ASSIGNMENT, student).year == 2026
