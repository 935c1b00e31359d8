"""What was graded before, in parallel, `nbgrader autograde` takes over: the same scores, for its own work alone."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from autograder.demo.handin import solved
from autograder.reports.json import as_dict, from_dict
from autograder.results import Grade
from tests.support.cohort import mistaken
from tests.support.command import autograder
from tests.support.scratch import ASSIGNMENT, ScratchCourse, scratch_course

LOCAL = "--GradeNotebook.journal=grades.jsonl"


@pytest.fixture
def course(tmp_path: Path) -> ScratchCourse:
    """A course in which Ada is right and Bob is mistaken, and the command line has graded both."""
    course = scratch_course(tmp_path)
    said = course.nbgrader("generate_assignment", ASSIGNMENT)
    assert said.returncode == 0, said.stderr
    course.hand_in("ada", solved(ASSIGNMENT))
    course.hand_in("bob", mistaken())
    done = autograder(tmp_path, "grade", "--journal", "grades.jsonl", "--format", "json", "submitted")
    assert done.returncode == 0, done.stderr
    return course


def autograde(course: ScratchCourse, *options: str) -> dict[str, dict[str, float | None]]:
    done = course.nbgrader("autograde", ASSIGNMENT, "--force", *options)
    assert done.returncode == 0, done.stderr
    return {student: course.scores(student) for student in ("ada", "bob")}


def tell_another_story(path: Path) -> None:
    """Let every check of the journal have failed: whoever has such scores has them from there."""
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    path.write_text("".join(json.dumps(line | as_dict(_failed(from_dict(line)))) + "\n" for line in lines))


def _failed(grade: Grade) -> Grade:
    exercises = (
        replace(
            one,
            checks=tuple(replace(c, status="failed", reason="wrong", message="It is.") for c in one.checks),
        )
        for one in grade.exercises
    )
    return replace(grade, exercises=tuple(exercises))


@pytest.mark.slow
def test_scores_are_taken_over_and_are_the_same(course: ScratchCourse) -> None:
    here = autograde(course)
    feedback: Any = course.autograded("bob")["cells"]
    assert autograde(course, LOCAL) == here
    assert course.autograded("bob")["cells"] == feedback
    tell_another_story(course.root / "grades.jsonl")
    assert {*autograde(course, LOCAL)["ada"].values()} == {0.0}
    changed = solved(ASSIGNMENT)
    changed["cells"].append({"cell_type": "markdown", "id": "new", "metadata": {}, "source": "mended"})
    course.hand_in("ada", changed)
    scores = autograde(course, LOCAL)
    assert (scores["ada"], {*scores["bob"].values()}) == (here["ada"], {0.0})


@pytest.mark.slow
def test_without_a_journal_all_is_graded(course: ScratchCourse) -> None:
    done = course.nbgrader("autograde", ASSIGNMENT, "--GradeNotebook.journal=nowhere.jsonl")
    assert done.returncode == 0
    assert "cannot open the journal nowhere.jsonl" in done.stderr
    assert sum(score or 0 for score in course.scores("ada").values()) == 100
