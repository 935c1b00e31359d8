"""A course of an instructor's own, elsewhere: two lines of configuration, nbgrader's own folders and penalties."""

import datetime
import shutil
from pathlib import Path

import pytest

from autograder.course import notebooks
from autograder.demo.handin import solved, write
from tests.support.cohort import full
from tests.support.scratch import ASSIGNMENT, ScratchCourse

CONFIG = """
from nbgrader.plugins import LateSubmissionPlugin
from autograder.nbgrader_plugin import configure

class TenPoints(LateSubmissionPlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return 10

c = get_config()
configure(c)
c.AssignLatePenalties.plugin_class = TenPoints
"""

# When each hands in, under which name, and the penalty: it is due at midnight in Greenwich.
HANDED_IN = {
    "ada": ("2030-01-02 00:00:00 UTC", f"{ASSIGNMENT}.ipynb", 10),
    "east": ("2030-01-01 01:30:00 +0200", f"{ASSIGNMENT}.ipynb", 0),
    "west": ("2029-12-31T23:30:00-02:00", "Untitled.ipynb", 10),
    "unclear": ("02.01.2030", "homework.ipynb", 0),
}


@pytest.fixture
def own(tmp_path: Path) -> ScratchCourse:
    """Week 1 consists of our first notebook; ada hands in late, and others at about that time."""
    (tmp_path / "nbgrader_config.py").write_text(CONFIG)
    (tmp_path / "source" / "week1").mkdir(parents=True)
    shutil.copy(notebooks.notebook("solutions", ASSIGNMENT), tmp_path / "source" / "week1")
    for student, (time, name, _) in HANDED_IN.items():
        folder = tmp_path / "submitted" / student / "week1"
        folder.mkdir(parents=True)
        (folder / name).write_text(write(solved(ASSIGNMENT)))
        (folder / "timestamp.txt").write_text(time)
    return ScratchCourse(tmp_path)


@pytest.mark.slow
@pytest.mark.usefixtures("sandbox")
def test_two_lines_are_enough(own: ScratchCourse) -> None:
    assert own.nbgrader("generate_assignment", "week1").returncode == 0
    with own.gradebook() as gradebook:
        gradebook.update_or_create_assignment("week1", duedate=datetime.datetime(2030, 1, 1))
    done = own.nbgrader("autograde", "week1")
    assert done.returncode == 0, done.stderr
    with own.gradebook() as gradebook:
        for student, (_, _, penalty) in HANDED_IN.items():
            submission = gradebook.find_submission("week1", student)
            assert submission.score == sum(full().values())
            assert (submission.late_submission_penalty or 0) == penalty
    assert str(own.root / "submitted" / "unclear" / "week1" / "timestamp.txt") in done.stderr
    assert not own.kernel_was_started
