"""What is our fault is never a student's zero: the notebook is not graded, and nbgrader says so."""

import copy
import os
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from nbformat import NotebookNode
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import parse_utc

from autograder.course import notebooks
from autograder.grading import secret
from autograder.intake import times
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
    monkeypatch.setattr(secret, "load", lambda **_: b"0123456789abcdef")
    return GradeNotebook().preprocess(nb, RESOURCES)[0]


def passed(points: float) -> ExerciseResult:
    return ExerciseResult(EXERCISE, (CheckResult("check_it", "it holds", "passed", points),))


def test_an_error_in_a_check_is_not_graded(monkeypatch: pytest.MonkeyPatch) -> None:
    grader = FakeGrader(error="the grader is at fault", exercises=(passed(POINTS),))
    with pytest.raises(NotGradedError, match="the grader is at fault"):
        grade_with(monkeypatch, lambda *_: grader, notebook())


def test_without_a_sandbox_nothing_is_graded(monkeypatch: pytest.MonkeyPatch) -> None:
    def unavailable(*_: object) -> None:
        raise SandboxUnavailable("no sandbox here")

    with pytest.raises(SandboxUnavailable):
        grade_with(monkeypatch, unavailable, notebook())


def test_the_points_of_the_gradebook_count(monkeypatch: pytest.MonkeyPatch) -> None:
    for worth in (POINTS + 1, 1 / 3, 0.0):
        grader = FakeGrader(exercises=(passed(POINTS),))
        nb = grade_with(monkeypatch, lambda *_, grader=grader: grader, notebook(worth))
        assert 0 <= worth - float(nb.cells[1].outputs[-1].data["text/plain"]) < 1e-6


def test_a_cell_that_the_course_does_not_know_is_not_graded(monkeypatch: pytest.MonkeyPatch) -> None:
    nb = notebook()
    nb.cells[1].metadata.nbgrader.grade_id = "check_mine"
    with pytest.raises(NotGradedError, match=r"check_mine .* generate_assignment"):
        grade_with(monkeypatch, lambda *_: FakeGrader(exercises=(passed(POINTS),)), nb)


def test_a_notebook_that_a_person_grades_is_run_by_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    def unwanted(*_: object) -> None:
        raise AssertionError("something was graded")

    entry = {"grade": True, "solution": True, "grade_id": "essay", "points": 10}
    nb = nodes.notebook([nodes.cell("code", "1 / 0"), nodes.cell("markdown", "my answer", entry)])
    before = copy.deepcopy(nb)
    assert grade_with(monkeypatch, unwanted, nb).cells == before.cells


def test_a_grade_cell_without_checks_is_not_graded(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NotGradedError, match="no hidden checks"):
        grade_with(monkeypatch, lambda *_: FakeGrader(exercises=()), notebook())


def test_the_score_is_one_plain_number(monkeypatch: pytest.MonkeyPatch) -> None:
    nb = grade_with(monkeypatch, lambda *_: FakeGrader(exercises=(passed(POINTS),)), notebook())
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


@pytest.mark.parametrize(
    ("written", "hour"),
    [
        (b"2026-11-10 10:00:00 +0200", 8),
        (b"2026-11-10 10:00:00 +02:00\n", 8),
        (b"\xef\xbb\xbf2026-11-10 10:00:00.000000 UTC", 10),
        (b"2026-11-10T10:00:00Z", 10),
        (b"2026-07-10 10:00:00.000000 CEST", 8),
        (b"10.11.2026 10:00", None),
        (b"11/10/2026 10:00", None),
        (b"", None),
        (b"\xff\xfe2", None),
    ],
)
def test_a_time_is_right_or_refused_with_a_warning_that_names_the_file(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, written: bytes, hour: int | None
) -> None:
    folders.guard()
    path = tmp_path / "submitted" / "ada" / ASSIGNMENT / "timestamp.txt"
    path.parent.mkdir(parents=True)
    path.write_bytes(written)
    course = CourseDirectory(root=str(tmp_path))
    course.config.Exchange.timezone = "Europe/Berlin"
    moment = course.get_existing_timestamp(str(path.parent))
    assert (moment.hour if moment else None) == hour
    assert [str(path) in record.getMessage() for record in caplog.records] == ([True] if hour is None else [])


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("2026-11-10 10:00:00.5 UTC", "2026-11-10 10:00:00.5 UTC"),
        ("2026-11-10 10:00:00.5 +0200", "2026-11-10 08:00:00.500000 UTC"),
        ("2026-11-10 10:00:00 +02:00", "2026-11-10 08:00:00.000000 UTC"),
    ],
)
def test_what_nbgrader_misreads_is_written_so_that_it_does_not(written: str, kept: str) -> None:
    moment = times.moment(written)
    assert moment is not None
    found = folders.Timestamp(written, moment)
    assert found.as_nbgrader_reads_it() == kept
    assert parse_utc(kept) == found.moment
