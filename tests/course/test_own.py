"""What an instructor's own notebook may say, and what is refused in a sentence that names the cell and the mend."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from autograder.course import exercises, notebooks, own
from autograder.demo.handin import solved, write
from autograder.grading import own_points
from autograder.results import CheckResult, ExerciseResult, Grade
from tests.support.command import in_process
from tests.support.scratch import ASSIGNMENT

WRITTEN = "written_tiny_gradients"
Notebook = dict[str, Any]


def source() -> Notebook:
    notebook: Notebook = json.loads(notebooks.notebook("solutions", ASSIGNMENT).read_text())
    return notebook


def entry(notebook: Notebook, grade_id: str) -> dict[str, Any]:
    found: dict[str, Any] = next(c for c in notebook["cells"] if notebooks.grade_id(c) == grade_id)
    marked: dict[str, Any] = found["metadata"]["nbgrader"]
    return marked


def without(notebook: Notebook, *grade_ids: str) -> None:
    notebook["cells"] = [c for c in notebook["cells"] if notebooks.grade_id(c) not in grade_ids]


def put(course: Path, notebook: Notebook, name: str = ASSIGNMENT, folder: str = "week1") -> Path:
    path = course / "source" / folder / f"{name}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(notebook))
    return path


def test_our_notebooks_say_what_the_checks_say(tmp_path: Path) -> None:
    in_process(tmp_path, "init", "course")
    course = own.of_folder(tmp_path / "course")
    assert [one.assignment for one in course] == list(notebooks.assignments())
    for one in course:
        assert dict(one.points) == notebooks.assignments()[one.assignment].points
        assert [worth for _, worth in one.by_hand] == [0.0]
        assert not one.left_out


def test_other_points_left_out_and_read_by_a_person(tmp_path: Path) -> None:
    notebook = source()
    entry(notebook, "check_linear_forward")["points"] = 24
    entry(notebook, WRITTEN)["points"] = 10
    without(notebook, "check_steps_to_move")
    (one,) = [own.of_file(put(tmp_path, notebook))]
    assert dict(one.points)["linear_forward"] == 24.0
    assert one.by_hand == ((WRITTEN, 10.0),)
    assert one.left_out == {"steps_to_move"}


def points_of_no_kind(notebook: Notebook) -> None:
    entry(notebook, "check_linear_forward")["points"] = "many"


def negative_points(notebook: Notebook) -> None:
    entry(notebook, WRITTEN)["points"] = -1


def own_tests(notebook: Notebook) -> None:
    entry(notebook, "check_linear_forward")["grade_id"] = "check_mine"


def a_bare_name(notebook: Notebook) -> None:
    without(notebook, "linear_forward")
    entry(notebook, "check_linear_forward")["grade_id"] = "linear_forward"


def of_another_assignment(notebook: Notebook) -> None:
    entry(notebook, "check_linear_forward")["grade_id"] = "check_he_normal"


def nothing_to_write_in(notebook: Notebook) -> None:
    without(notebook, "linear_forward")


def twice(notebook: Notebook) -> None:
    notebook["cells"] += [c for c in notebook["cells"] if notebooks.grade_id(c) == "linear_forward"]


def half_marked(notebook: Notebook) -> None:
    cell = next(c for c in notebook["cells"] if c["cell_type"] == "code" and "nbgrader" not in c["metadata"])
    cell["source"] = "### BEGIN SOLUTION\nx = 1\n### END SOLUTION"


REFUSED: dict[Callable[[Notebook], None], tuple[str, str]] = {
    half_marked: ("a cell that is not marked", "*autograded answer*"),
    points_of_no_kind: ("check_linear_forward", "needs a number of points"),
    negative_points: (WRITTEN, "needs a number of points"),
    own_tests: ("check_mine", "make it a manually graded one"),
    a_bare_name: ("linear_forward", "give it the id check_EXERCISE"),
    of_another_assignment: ("check_he_normal", "called 3-initialization.ipynb"),
    nothing_to_write_in: ("check_linear_forward", "delete the first as well"),
    twice: ("linear_forward", "delete or rename all but one"),
}


@pytest.mark.parametrize("change", REFUSED, ids=lambda change: change.__name__)
def test_what_cannot_be_graded_is_refused(tmp_path: Path, change: Callable[[Notebook], None]) -> None:
    notebook = source()
    change(notebook)
    path = put(tmp_path, notebook)
    with pytest.raises(own.CourseError) as refused:
        own.of_file(path)
    for said in (str(path), *REFUSED[change]):
        assert said in str(refused.value)
    done = in_process(tmp_path, "grade", "--course", tmp_path, "--unsafe-own-code", path)
    assert done.returncode == 1
    assert str(refused.value) in done.stderr


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"cells": [1]}', '{"cells": [{"metadata": null}]}', "\0"])
def test_what_is_no_notebook_is_refused(tmp_path: Path, text: str) -> None:
    path = put(tmp_path, {})
    path.write_text(text)
    with pytest.raises(own.CourseError):
        own.of_folder(tmp_path)


def test_a_course_must_be_one(tmp_path: Path) -> None:
    with pytest.raises(own.CourseError, match="autograder init"):
        own.of_folder(tmp_path)
    put(tmp_path, source())
    put(tmp_path, source(), folder="week2")
    assert [one.assignment for one in own.of_folder(tmp_path)] == [ASSIGNMENT]
    other = source()
    entry(other, "check_linear_forward")["points"] = 24
    put(tmp_path, other, folder="week2")
    with pytest.raises(
        own.CourseError, match=r"week1.* and .*week2.* are one assignment.* give both the same"
    ):
        own.of_folder(tmp_path)


def test_a_fault_in_one_notebook_stops_no_other_assignment(tmp_path: Path) -> None:
    put(tmp_path, source())
    (put(tmp_path, {}, name="2-backpropagation")).write_text("")
    with pytest.raises(own.CourseError, match="2-backpropagation"):
        own.of_folder(tmp_path)
    assert [one.assignment for one in own.of_folder(tmp_path, ASSIGNMENT)] == [ASSIGNMENT]
    with pytest.raises(own.CourseError, match=r"no 5-beyond\.ipynb in .* holds an exercise"):
        own.of_folder(tmp_path, "5-beyond")
    graded = in_process(tmp_path, "grade", "--course", tmp_path, "--unsafe-own-code", tmp_path)
    assert (graded.returncode, "--assignment NAME" in graded.stderr) == (1, True)


def graded() -> Grade:
    found = notebooks.assignments()[ASSIGNMENT].exercises
    checks = {name: exercises.exercise_of(name).checks for name in found}
    results = tuple(
        ExerciseResult(
            name,
            tuple(
                CheckResult(check.name, check.title, "failed" if name == found[0] else "passed", check.points)
                for check in checks[name]
            ),
        )
        for name in found
    )
    return Grade("a.ipynb", "ada", ASSIGNMENT, "none", 0.0, exercises=results)


def test_points_are_scaled_and_what_nobody_has_read_is_no_zero() -> None:
    worth = {
        "linear_forward": 7.0,
        "end_to_end_matrix": 10.0,
        "activation_trace": 1 / 3,
        "steps_to_move": 0.0,
    }
    one = own.Own(ASSIGNMENT, tuple(worth.items()), ((WRITTEN, 10.0), ("free", 0.0)))
    grade = own_points.by(one, graded())
    assert {e.name: e.max_score for e in grade.exercises} == {name: round(v, 6) for name, v in worth.items()}
    assert grade.score == round(10 + 1 / 3, 6)
    assert grade.max_score == round(27 + 1 / 3, 6)
    assert grade.percent == pytest.approx(100 * (10 + 1 / 3) / (17 + 1 / 3), abs=1e-3)
    assert grade.notes == (f"graded by hand, not counted yet: {WRITTEN} (10 points)",)


@pytest.mark.slow
def test_the_command_grades_by_the_course(tmp_path: Path) -> None:
    notebook = source()
    entry(notebook, "check_linear_forward")["points"] = 24
    entry(notebook, WRITTEN)["points"] = 10
    without(notebook, "check_steps_to_move")
    put(tmp_path / "course", notebook)
    mine = solved(ASSIGNMENT)
    without(mine, "steps_to_move", "check_steps_to_move")
    path = tmp_path / "course" / "submitted" / "ada" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    path.parent.mkdir(parents=True)
    path.write_text(write(mine))
    done = in_process(tmp_path, "grade", "--course", "course", "--unsafe-own-code", "--format", "json")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "course" / ".autograder-secret").is_file()
    assert "a new secret was made, course/.autograder-secret" in done.stderr
    (grade,) = done.grades
    points = notebooks.assignments()[ASSIGNMENT].points
    score = sum(points.values()) - points["steps_to_move"] + 24 - points["linear_forward"]
    assert (grade["score"], grade["max_score"], grade["by_hand"]) == (score, score + 10.0, 10.0)
    assert grade["notes"] == [f"graded by hand, not counted yet: {WRITTEN} (10 points)"]
    other = tmp_path / "3-initialization.ipynb"
    other.write_text(write(solved("3-initialization")))
    done = in_process(tmp_path, "grade", "--course", "course", "--unsafe-own-code", "--format", "json", other)
    assert done.returncode == 2
    assert done.grades[0]["error"] == f"3-initialization is not in this course, which has {ASSIGNMENT}"
