"""What comes back: feedback in HTML that no student's text can script, and the grades as CSV."""

import csv
import io

import pytest

from tests.support.klass import NO_NOTEBOOK, SCRIPT, Class, full
from tests.support.scratch import ASSIGNMENT
from tests.support.tampering import EXERCISE

# With `--dist loadgroup` one process grades the class, not each.


@pytest.fixture(scope="module")
def page(graded: Class) -> str:
    with graded.folder.gradebook() as gradebook:
        comment = gradebook.find_comment(EXERCISE, ASSIGNMENT, ASSIGNMENT, "mistaken")
        comment.manual_comment = "Draw the **two** layers."
        gradebook.db.commit()
    done = graded.folder.nbgrader("generate_feedback", ASSIGNMENT, "--student=mistaken")
    assert done.returncode == 0, done.stderr
    return graded.folder.feedback("mistaken")


def test_feedback_names_the_mistake(page: str) -> None:
    assert "It seems that your function" in page
    assert "Hint: " in page


def test_feedback_has_the_instructors_comment(page: str) -> None:
    assert "Draw the <strong>two</strong> layers." in page


def test_feedback_says_what_the_notebook_raised(page: str) -> None:
    assert "What happened when the notebook was run for grading" in page
    assert "ValueError" in page


def test_nothing_a_student_wrote_is_obeyed(page: str) -> None:
    assert SCRIPT not in page
    assert "&lt;script&gt;alert" in page
    assert "<img src" not in page
    assert '"javascript:' not in page
    assert "go (<code>javascript:alert%282%29</code>)" in page


def test_exported_csv_has_no_score_where_there_is_no_grade(graded: Class) -> None:
    done = graded.folder.nbgrader("export")
    assert done.returncode == 0, done.stderr
    rows = {
        row["student_id"]: row
        for row in csv.DictReader(io.StringIO((graded.folder.root / "grades.csv").read_text()))
    }
    assert float(rows["untouched"]["score"]) == sum(full().values())
    assert (rows["unsolved"]["score"], rows["unsolved"]["status"]) == ("0.0", "graded")
    for name in ("a_corrupt", "again_corrupt", "link", *NO_NOTEBOOK):
        assert (rows[name]["score"], rows[name]["status"]) == ("", "not graded")
