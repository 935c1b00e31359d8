"""`nbgrader autograde` with our plug-in: right scores, whatever was done to a notebook, and no kernel. And what comes
back: feedback in HTML that no student's text can script, and the grades as CSV.
"""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.demo.handin import released
from autograder.grading import secret
from autograder.grading.batch import grade_one
from autograder.grading.grader import Grader
from autograder.intake import submission
from autograder.intake.discovery import discover_all
from autograder.sandbox import Sandbox
from tests.support.cohort import NO_NOTEBOOK, SCRIPT, Class, full
from tests.support.scratch import ASSIGNMENT, ScratchCourse
from tests.support.tampering import EXERCISE, GRADE_CELL, HARMLESS, HOPELESS, cell, entry, index

pytestmark = pytest.mark.slow  # one class for all these tests, and so one file: a process grades it once


@pytest.fixture(scope="session")
def grader(graded: Class) -> Iterator[Grader]:
    """The grader behind `autograder grade`, with the course's own secret."""
    with Grader(Sandbox(), secret.load(graded.folder.root / secret.NAME)) as own:
        yield own


@pytest.mark.parametrize("name", HARMLESS)
def test_tampering_changes_no_score(graded: Class, name: str) -> None:
    assert graded.folder.scores(name) == full()


@pytest.mark.parametrize("name", [*HARMLESS, "unsolved", "mistaken", "hostile", "again"])
def test_scores_are_those_of_the_command(graded: Class, grader: Grader, name: str) -> None:
    path = graded.folder.submitted(name)
    grade = grader.grade(submission.from_bytes(path, path.read_bytes(), name, ASSIGNMENT))
    assert graded.folder.scores(name) == {exercise.name: exercise.score for exercise in grade.exercises}


def test_hostile_code_costs_only_its_own_points(graded: Class) -> None:
    lost = {name for name, score in graded.folder.scores("hostile").items() if score != full()[name]}
    assert lost == {"steps_to_move"}
    assert not (graded.folder.root / "stolen").exists()


def test_a_stub_earns_nothing(graded: Class) -> None:
    assert set(graded.folder.scores("unsolved").values()) == {0.0}


def test_a_wrong_formula_loses_points_and_only_its_own(graded: Class) -> None:
    lost = {name for name, score in graded.folder.scores("mistaken").items() if score != full()[name]}
    assert lost == {EXERCISE, "steps_to_move"}


@pytest.mark.parametrize("name", HOPELESS)
def test_a_hopeless_notebook_is_not_graded_and_the_cure_is_named(graded: Class, name: str) -> None:
    assert "NOT graded" in graded.said_of(name)
    assert HOPELESS[name][1] in graded.said_of(name)
    assert set(graded.folder.scores(name).values()) == {0.0}  # what nbgrader shows for no score at all …
    assert graded.needs_review(name) > 1  # … but every cell asks for an instructor


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("link", "symbolic link"),
        ("pipe", "not a regular file"),
        *((name, NO_NOTEBOOK[name] or "the folder is empty") for name in NO_NOTEBOOK),
    ],
)
def test_links_and_pipes_are_refused(graded: Class, name: str, said: str) -> None:
    assert said in graded.said_of(name)
    assert not (graded.folder.root / "autograded" / name / ASSIGNMENT).exists()


def test_failures_are_reported_at_the_end(graded: Class) -> None:
    failed = [line for line in graded.said.split("\n") if f"assignment '{ASSIGNMENT}' for student" in line]
    assert len(failed) == len(HOPELESS) + len(NO_NOTEBOOK) + 2
    assert graded.returned == 1


def test_a_resubmission_without_the_grade_cell_gets_its_own_score(graded: Class) -> None:
    score = graded.folder.scores("again")[EXERCISE]
    assert score is not None
    assert score < full()[EXERCISE]


@pytest.mark.parametrize("name", ["renamed", "again_renamed", "untouched_beside", "corrupt_beside"])
def test_a_notebook_of_another_name_is_graded_as_by_the_command(
    graded: Class, grader: Grader, name: str
) -> None:
    assert graded.folder.scores(name) == full()
    (item,) = discover_all([graded.folder.submitted(name).parent])
    grade = grade_one(grader, item, None)
    assert (grade.student, grade.score) == (name, sum(full().values()))
    assert "is graded as" in graded.said


@pytest.mark.parametrize("name", ["again_corrupt"])
def test_an_old_score_does_not_stand_for_a_resubmission_that_cannot_be_graded(
    graded: Class, name: str
) -> None:
    assert set(graded.folder.scores(name).values()) == {0.0}
    assert graded.needs_review(name) > 1


@pytest.mark.parametrize("name", ["beside", "pipe_for_a_time", "no_time", "long_time", "surrogates", "lines"])
def test_what_lies_beside_the_notebook_costs_nothing(graded: Class, name: str) -> None:
    assert graded.folder.scores(name) == full()


def test_of_a_submission_only_notebook_and_timestamp_are_taken_over(graded: Class) -> None:
    kept = {path.name for path in (graded.folder.root / "autograded" / "beside" / ASSIGNMENT).rglob("*")}
    assert kept == {f"{ASSIGNMENT}.ipynb", "timestamp.txt"}
    with graded.folder.gradebook() as gradebook:
        moment = gradebook.find_submission(ASSIGNMENT, "beside").timestamp
        assert moment.isoformat() == "2026-11-20T10:00:00.500000"
        assert gradebook.find_submission(ASSIGNMENT, "no_time").timestamp is None


def test_the_log_holds_nothing_that_a_terminal_obeys(graded: Class) -> None:
    assert "name.ipynb" in graded.said
    assert not {c for c in graded.said if not c.isprintable() and c != "\n"}


@pytest.mark.parametrize("name", ["duplicate_written", "written_not_solution", "written_is_code"])
def test_the_written_answer_is_flagged_for_review(graded: Class, name: str) -> None:
    assert graded.needs_review(name) == 1


@pytest.mark.parametrize("name", [*HARMLESS, "mistaken", "unsolved"])
def test_a_grade_cell_has_one_score_and_one_feedback(graded: Class, name: str) -> None:
    cells = [
        c
        for c in graded.folder.autograded(name)["cells"]
        if entry(c).get("grade_id", "").startswith("check_")
    ]
    assert sorted(entry(c)["grade_id"] for c in cells) == sorted(f"check_{name}" for name in full())
    for one in cells:
        assert [output["output_type"] for output in one["outputs"]] == ["display_data", "execute_result"]
        assert 0.0 <= float("".join(one["outputs"][1]["data"]["text/plain"])) <= entry(one)["points"]


def test_only_our_outputs_are_left(graded: Class) -> None:
    cells = graded.folder.autograded("forged_output")["cells"]
    assert not any(c.get("outputs") for c in cells if not entry(c).get("grade_id", "").startswith("check_"))


def test_an_edited_grade_cell_is_restored_and_the_edit_stays_visible(graded: Class) -> None:
    notebook = graded.folder.autograded("edited_check")
    place = index(notebook, GRADE_CELL)
    assert "".join(notebook["cells"][place]["source"]) == "".join(
        cell(released(ASSIGNMENT), GRADE_CELL)["source"]
    )
    assert "".join(notebook["cells"][place - 1]["source"]) == "16.0"


def test_no_time_is_shown(graded: Class) -> None:
    assert "seconds" not in str([c.get("outputs") for c in graded.folder.autograded("mistaken")["cells"]])


START_KERNEL = """
from jupyter_client.manager import KernelManager
manager = KernelManager(kernel_name="python3")
manager.start_kernel(extra_arguments=["--HistoryManager.hist_file=:memory:"])
manager.provisioner.process.wait()
"""


def test_no_kernel_is_started(graded: Class) -> None:
    assert not graded.folder.kernel_was_started


def test_a_started_kernel_would_be_noticed(tmp_path: Path) -> None:
    folder = ScratchCourse(tmp_path)
    done = folder.python("-c", START_KERNEL)
    assert folder.kernel_was_started, done.stderr


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
