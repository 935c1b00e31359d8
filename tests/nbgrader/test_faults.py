"""What is our fault is never a student's zero: the notebook is not graded, and nbgrader says so."""

from typing import Any

import pytest
from nbformat import NotebookNode

from autograder import course
from autograder.nbgrader_plugin import grading, nodes
from autograder.nbgrader_plugin.grading import GradeNotebook, NotGradedError
from autograder.results import CheckResult, ExerciseResult, Grade
from autograder.sandbox import SandboxUnavailable

from .scratch import ASSIGNMENT

RESOURCES = {"nbgrader": {"student": "ada", "assignment": ASSIGNMENT, "notebook": ASSIGNMENT}}
EXERCISE, POINTS = next(iter(course.assignments()[ASSIGNMENT].points.items()))


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
    monkeypatch.setattr(grading.secret, "load", lambda: b"0123456789abcdef")
    return GradeNotebook().preprocess(nb, RESOURCES)[0]


def passed(points: float) -> ExerciseResult:
    return ExerciseResult(EXERCISE, (CheckResult("check_it", "it holds", "passed", points),))


def test_an_error_in_a_check_is_not_graded(monkeypatch: pytest.MonkeyPatch):
    grader = FakeGrader(error="the grader is at fault", exercises=(passed(POINTS),))
    with pytest.raises(NotGradedError, match="the grader is at fault"):
        grade_with(monkeypatch, lambda key: grader, notebook())


def test_without_a_sandbox_nothing_is_graded(monkeypatch: pytest.MonkeyPatch):
    def unavailable(key: bytes) -> None:
        raise SandboxUnavailable("no sandbox here")

    with pytest.raises(SandboxUnavailable):
        grade_with(monkeypatch, unavailable, notebook())


def test_points_that_differ_from_the_gradebook_are_not_graded(monkeypatch: pytest.MonkeyPatch):
    with pytest.raises(NotGradedError, match="generate_assignment"):
        grade_with(monkeypatch, lambda key: FakeGrader(exercises=(passed(POINTS),)), notebook(POINTS + 1))


def test_a_grade_cell_without_checks_is_not_graded(monkeypatch: pytest.MonkeyPatch):
    with pytest.raises(NotGradedError, match="no hidden checks"):
        grade_with(monkeypatch, lambda key: FakeGrader(exercises=()), notebook())


def test_the_score_is_one_plain_number(monkeypatch: pytest.MonkeyPatch):
    nb = grade_with(monkeypatch, lambda key: FakeGrader(exercises=(passed(POINTS),)), notebook())
    assert nb.cells[1].outputs[-1].data["text/plain"] == repr(float(POINTS))
