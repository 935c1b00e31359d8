"""The instructor's own notebook decides on points and exercises, and both commands agree on it."""

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from autograder import __version__, reports
from autograder.course import folder, notebooks
from autograder.course.exercises import misconceptions_of
from autograder.demo.handin import released, solved, source_of, write
from autograder.grading import secret
from autograder.reports.json import from_dict
from autograder.text import points
from tests.support import totals as format_totals
from tests.support.command import autograder
from tests.support.scratch import ASSIGNMENT, ScratchCourse
from tests.support.tampering import EXERCISE, WRITTEN, cell

pytestmark = pytest.mark.slow  # one course for all these tests

STEPS = "def steps_to_move(c, depth): return 1"
Change = Callable[[dict[str, Any]], None]


def own_points(notebook: dict[str, Any]) -> None:
    """Other points for one exercise, another left out, a question that is read by a person."""
    cell(notebook, f"check_{EXERCISE}")["metadata"]["nbgrader"]["points"] = 30
    cell(notebook, WRITTEN)["metadata"]["nbgrader"]["points"] = 10
    without(notebook, "check_steps_to_move", "steps_to_move")


def without(notebook: dict[str, Any], *grade_ids: str) -> None:
    notebook["cells"] = [one for one in notebook["cells"] if notebooks.grade_id(one) not in grade_ids]


def changed(course: Path, change: Change) -> None:
    path = course / "source" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    notebook = json.loads(path.read_text())
    change(notebook)
    path.write_text(json.dumps(notebook))


def hand_in(course: ScratchCourse, student: str, notebook: dict[str, Any]) -> None:
    without(notebook, "check_steps_to_move", "steps_to_move")
    course.hand_in(student, json.loads(write(notebook)))


@pytest.fixture(scope="module")
def course(sandbox: None, tmp_path_factory: pytest.TempPathFactory) -> ScratchCourse:
    """A course with points of its own, in which a class has handed in and is graded."""
    root = tmp_path_factory.mktemp("own") / "course"
    folder.make(root)
    changed(root, own_points)
    made = ScratchCourse(root)
    done = made.nbgrader("generate_assignment", ASSIGNMENT)
    assert done.returncode == 0, done.stderr
    wrong = source_of(next(iter(misconceptions_of(EXERCISE))), EXERCISE)
    hand_in(made, "ada", solved(ASSIGNMENT))
    hand_in(made, "bob", solved(ASSIGNMENT, {EXERCISE: wrong}))
    hand_in(made, "eve", released(ASSIGNMENT))
    done = made.nbgrader("autograde", ASSIGNMENT)
    assert done.returncode == 0, done.stderr
    assert "a new secret was made" in done.stderr
    assert "Warning: Object of type" not in done.stderr  # nothing that anybody could mend
    return made


def totals(course: ScratchCourse) -> dict[str, tuple[float, float]]:
    with course.gradebook() as gradebook:
        found = gradebook.assignment_submissions(ASSIGNMENT)
        return {one.student.id: (one.score, one.max_score) for one in found}


def test_both_commands_give_the_same_totals(course: ScratchCourse) -> None:
    done = autograder(course.root, "grade", "--course", ".", "--format", "json")
    assert done.returncode == 0, done.stderr
    assert totals(course) == {grade["student"]: (grade["score"], grade["max_score"]) for grade in done.grades}
    full = sum(notebooks.assignments()[ASSIGNMENT].points.values())
    assert totals(course)["ada"][1] > full  # 10 for the question
    grades = [from_dict(grade) for grade in done.grades]
    for name in reports.formats():
        reported = format_totals.totals(name, grades)
        for grade, total in zip(grades, reported, strict=True):
            score, automatic, by_hand = total or (None, 0.0, 0.0)
            known = totals(course)[str(grade.student)]
            assert (score, automatic + by_hand) == pytest.approx(known, abs=0.005), (name, grade.student)
        assert {by_hand for _, _, by_hand in filter(None, reported)} == {10}
    assert totals(course)["bob"][0] < totals(course)["ada"][0] == totals(course)["ada"][1] - 10


def test_a_left_out_exercise_is_nowhere(course: ScratchCourse) -> None:
    assert set(course.scores("ada")) == {
        *notebooks.assignments()[ASSIGNMENT].exercises,
        WRITTEN,
    } - {"steps_to_move"}
    assert "steps_to_move" not in json.dumps(course.autograded("ada")["cells"][:2])


def test_what_nobody_has_read_is_not_graded_yet(course: ScratchCourse) -> None:
    done = course.nbgrader("generate_feedback", ASSIGNMENT)
    assert done.returncode == 0, done.stderr
    ada, eve = course.feedback("ada"), course.feedback("eve")
    assert "10 not graded yet" in ada
    assert "<b>not graded yet</b> (10 points)" in ada
    assert "0 of 10" not in ada
    assert "not graded yet" not in eve  # who wrote nothing has no points for it
    stamp = secret.fingerprint(secret.load(course.root / secret.NAME))
    assert f"hidden inputs of this class have the number {stamp}" in ada
    with course.gradebook() as gradebook:
        grade = gradebook.find_grade(WRITTEN, ASSIGNMENT, ASSIGNMENT, "ada")
        grade.manual_score, grade.needs_manual_grade = 7.0, False
        gradebook.db.commit()
    again = course.nbgrader("generate_feedback", ASSIGNMENT)  # the page is there, and newer than the work
    assert again.stderr.count("was left as it is, and says") == 1
    assert f"where the gradebook has {points(totals(course)['ada'][0])} of" in again.stderr
    assert f"`nbgrader generate_feedback {ASSIGNMENT} --force`" in again.stderr
    assert course.nbgrader("generate_feedback", ASSIGNMENT, "--force", "--student=ada").returncode == 0
    assert "was left as it is" not in course.nbgrader("generate_feedback", ASSIGNMENT).stderr
    assert "not graded yet" not in course.feedback("ada")
    assert "7 of 10 points" in course.feedback("ada")


def test_a_release_that_is_kept_though_its_source_was_changed_is_said(tmp_path: Path) -> None:
    folder.make(tmp_path / "course")
    scratch = ScratchCourse(tmp_path / "course")
    scratch.nbgrader("generate_assignment", ASSIGNMENT)
    assert "is newer than" not in scratch.nbgrader("generate_assignment", ASSIGNMENT).stderr
    path = scratch.root / "source" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    path.write_text(path.read_text().replace("Depth", "DEPTH", 1))
    done = scratch.nbgrader("generate_assignment", ASSIGNMENT)
    assert f"{path} is newer than" in done.stderr
    assert f"run `nbgrader generate_assignment {ASSIGNMENT} --force`" in done.stderr
    assert "is newer than" not in scratch.nbgrader("generate_assignment", ASSIGNMENT, "--force").stderr


def test_a_cell_without_checks_is_refused_before_students_get_it(tmp_path: Path) -> None:
    folder.make(tmp_path / "course")
    course = ScratchCourse(tmp_path / "course")
    changed(
        course.root,
        lambda notebook: cell(notebook, f"check_{EXERCISE}")["metadata"]["nbgrader"].update(
            grade_id="check_mine"
        ),
    )
    done = course.nbgrader("generate_assignment", ASSIGNMENT)
    assert done.returncode == 1
    assert "check_mine is graded automatically, and there are no hidden checks" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (course.root / "release").exists()


def test_cells_that_use_what_is_left_out_are_named(tmp_path: Path) -> None:
    folder.make(tmp_path / "course")
    course = ScratchCourse(tmp_path / "course")
    uses: dict[str, Any] = {
        "cell_type": "code",
        "id": "uses",
        "metadata": {},
        "outputs": [],
        "execution_count": None,
        "source": "%matplotlib inline\nprint(steps_to_move(1.0, 2))",
    }
    changed(course.root, lambda notebook: without(notebook, "check_steps_to_move", "steps_to_move"))
    changed(course.root, lambda notebook: notebook["cells"].append(uses))
    said = "that begins with `%matplotlib inline` uses steps_to_move, which nothing in the notebook defines"
    done = course.nbgrader("generate_assignment", ASSIGNMENT)
    assert (done.returncode, said in done.stderr) == (0, True), done.stderr
    changed(course.root, lambda notebook: notebook["cells"].append(uses | {"id": "defines", "source": STEPS}))
    done = course.nbgrader("generate_assignment", ASSIGNMENT, "--force")
    assert (done.returncode, "steps_to_move" in done.stderr) == (0, False), done.stderr


def test_a_cell_that_is_all_solution_is_named(tmp_path: Path) -> None:
    folder.make(tmp_path / "course")
    course = ScratchCourse(tmp_path / "course")
    done = course.nbgrader("generate_assignment", ASSIGNMENT)
    assert "BEGIN SOLUTION" not in done.stderr
    changed(course.root, lambda notebook: cell(notebook, EXERCISE).update(source=STEPS.replace("steps", "x")))
    done = course.nbgrader("generate_assignment", ASSIGNMENT, "--force")
    assert f"the cell {EXERCISE} has no `### BEGIN SOLUTION`" in done.stderr


def test_points_by_hand_beyond_what_there_is_are_doubted(course: ScratchCourse) -> None:
    answered = json.loads(write(solved(ASSIGNMENT)))
    hand_in(course, "kim", answered)
    course.nbgrader("autograde", ASSIGNMENT, "--student=kim")
    with course.gradebook() as gradebook:
        grade = gradebook.find_grade(WRITTEN, ASSIGNMENT, ASSIGNMENT, "kim")
        grade.manual_score, grade.needs_manual_grade = 70.0, False
        gradebook.db.commit()
    done = course.nbgrader("export", "--to", "g.csv")
    assert f"kim was given 70 of 10 points for {WRITTEN}, by hand: is that meant?" in done.stderr
    with (course.root / "g.csv").open() as file:
        assert [r["status"] for r in csv.DictReader(file) if r["student_id"] == "kim"] == ["to be reviewed"]


def test_once_students_have_handed_in_no_cell_goes_and_nothing_is_lost(course: ScratchCourse) -> None:
    release = course.root / "release" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    source = course.root / "source" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    kept, before = source.read_bytes(), release.read_bytes()
    changed(course.root, lambda notebook: without(notebook, "check_input_gradient", "input_gradient"))
    done = course.nbgrader("generate_assignment", ASSIGNMENT, "--force")
    source.write_bytes(kept)
    assert done.returncode == 1
    assert "were added or removed (check_input_gradient, input_gradient)" in done.stderr
    assert "Traceback" not in done.stderr
    assert release.read_bytes() == before


def test_points_that_were_changed_since_are_said(course: ScratchCourse) -> None:
    def more(notebook: dict[str, Any]) -> None:
        cell(notebook, f"check_{EXERCISE}")["metadata"]["nbgrader"]["points"] = 60

    source = course.root / "source" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    kept, before = source.read_bytes(), totals(course)
    changed(course.root, more)
    done = course.nbgrader("autograde", ASSIGNMENT)
    assert (
        f"gives check_{EXERCISE} 60 points, and the assignment was generated with check_{EXERCISE} 30"
        in done.stderr
    )
    assert totals(course) == before
    done = course.nbgrader("generate_assignment", ASSIGNMENT, "--force")
    assert f"had other points. Run `nbgrader autograde {ASSIGNMENT}`" in done.stderr
    done = course.nbgrader("autograde", ASSIGNMENT)
    assert "ada is graded again: its exercises had other points then" in done.stderr
    again = course.nbgrader("autograde", ASSIGNMENT)
    source.write_bytes(kept)
    assert done.returncode == again.returncode == 0, done.stderr
    assert "is graded again" not in again.stderr
    assert totals(course)["ada"][1] == before["ada"][1] + 30
    assert totals(course)["ada"][0] == before["ada"][0] + 30


def test_a_score_above_the_points_of_now_is_no_score(course: ScratchCourse) -> None:
    source = course.root / "source" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    kept = source.read_bytes()
    changed(
        course.root,
        lambda book: cell(book, f"check_{EXERCISE}")["metadata"]["nbgrader"].update(points=1),
    )
    assert course.nbgrader("generate_assignment", ASSIGNMENT, "--force").returncode == 0
    assert course.nbgrader("export").returncode == 0
    source.write_bytes(kept)
    with (course.root / "grades.csv").open(encoding="utf-8") as file:
        rows = {row["student_id"]: row for row in csv.DictReader(file)}
    assert (rows["ada"]["status"], rows["ada"]["score"]) == ("not graded", "")
    assert course.nbgrader("generate_assignment", ASSIGNMENT, "--force").returncode == 0
    assert course.nbgrader("autograde", ASSIGNMENT).returncode == 0


def test_a_time_that_was_mended_counts_though_it_is_earlier(course: ScratchCourse) -> None:
    path = course.submitted("ada").with_name("timestamp.txt")
    for time in ("2026-11-10 10:00:00 UTC", "2026-11-09 10:00:00 UTC"):
        path.write_text(time)
        done = course.nbgrader("autograde", ASSIGNMENT)
        assert done.stderr.count("ada is graded again: the time in timestamp.txt was another then") == 1
        with course.gradebook() as gradebook:
            assert f"{gradebook.find_submission(ASSIGNMENT, 'ada').timestamp} UTC" == time
    assert "is graded again" not in course.nbgrader("autograde", ASSIGNMENT).stderr


def test_another_due_date_is_another_penalty(course: ScratchCourse) -> None:
    course.hand_in("lea", released(ASSIGNMENT))
    place = course.root / "submitted" / "lea" / ASSIGNMENT
    (place / "timestamp.txt").write_text("2026-11-10 10:00:00 UTC")
    add = ("db", "assignment", "add", ASSIGNMENT)
    for due, graded in (
        ("2026-11-12", ""),
        ("2026-11-12", ""),
        ("2026-11-09", "lea is graded again: the due date"),
    ):
        course.nbgrader(*add, f"--duedate={due} 10:00:00 UTC")
        said = course.nbgrader("autograde", ASSIGNMENT, "--student=lea").stderr
        assert graded in said
        assert ("is graded again" in said) is bool(graded)
    with course.gradebook() as gradebook:
        assert gradebook.find_submission(ASSIGNMENT, "lea").total_seconds_late == 86_400


def test_points_by_hand_wait_for_nobody_if_nothing_has_changed(course: ScratchCourse) -> None:
    answered = json.loads(write(solved(ASSIGNMENT)))
    cell(answered, WRITTEN)["source"] = "because"
    hand_in(course, "pia", answered)
    course.nbgrader("autograde", ASSIGNMENT, "--student=pia")

    def status() -> str:
        course.nbgrader("export", "--to", "g.csv")
        with (course.root / "g.csv").open() as file:
            return next(row["status"] for row in csv.DictReader(file) if row["student_id"] == "pia")

    with course.gradebook() as gradebook:
        grade = gradebook.find_grade(WRITTEN, ASSIGNMENT, ASSIGNMENT, "pia")
        grade.manual_score, grade.needs_manual_grade = 7.0, False
        gradebook.db.commit()
    assert status() == "graded"
    course.nbgrader("autograde", ASSIGNMENT, "--student=pia", "--force")
    assert status() == "graded"
    cell(answered, WRITTEN)["source"] = "another answer"
    hand_in(course, "pia", answered)
    assert "another notebook is there now" in course.nbgrader("autograde", ASSIGNMENT, "--student=pia").stderr
    assert status() == "to be reviewed"


def test_work_that_lies_elsewhere_is_named_and_fails_the_command(course: ScratchCourse) -> None:
    for way in (f"zoe/{ASSIGNMENT}.ipynb", "zed/1-deep-chainz/any.ipynb", "zed/notes/any.ipynb"):
        path = course.root / "submitted" / way
        path.parent.mkdir(parents=True)
        path.write_text(write(solved(ASSIGNMENT)))
    done = course.nbgrader("autograde", ASSIGNMENT, "--student=zed")
    root = course.root / "submitted"
    assert f"{root}/zed/1-deep-chainz is NOT graded" in done.stderr  # though there is nothing else
    hand_in(course, "zac", solved(ASSIGNMENT))
    done = course.nbgrader("autograde", ASSIGNMENT, "--student=z*")
    assert done.returncode == 1
    assert f"move it to {root}/zoe/{ASSIGNMENT}/{ASSIGNMENT}.ipynb" in done.stderr
    assert f"{root}/zed/1-deep-chainz is NOT graded" in done.stderr
    assert "2 places with work in it, named above, passed over" in done.stderr
    assert "notes" not in done.stderr


def test_a_name_like_that_of_somebody_absent_is_doubted(course: ScratchCourse) -> None:
    with course.gradebook() as gradebook:
        gradebook.update_or_create_student("lovelace")
    hand_in(course, "Lovelase", solved(ASSIGNMENT))
    said = course.nbgrader("autograde", ASSIGNMENT, "--student=Lovelase").stderr
    assert "Lovelase handed in for the first time, and lovelace, who is in the gradebook, has not" in said
    said = course.nbgrader("autograde", ASSIGNMENT).stderr
    assert "Lovelase handed in for the first time, and lovelace" in said  # until it is settled
    hand_in(course, "Emmy Noether", solved(ASSIGNMENT))
    with course.gradebook() as gradebook:
        gradebook.update_or_create_student("s06", first_name="Emmy", last_name="Noether")
    said = course.nbgrader("autograde", ASSIGNMENT, "--student=Emmy Noether").stderr
    assert "Emmy Noether handed in for the first time, and s06, who is in the gradebook, has not" in said
    assert "nbgrader db student remove 'Emmy Noether' --force" in said


def test_grades_without_work_are_named_and_those_that_were_removed_are_made_again(
    course: ScratchCourse,
) -> None:
    hand_in(course, "rex", solved(ASSIGNMENT))
    course.nbgrader("autograde", ASSIGNMENT)
    course.nbgrader("db", "student", "remove", "rex", "--force")
    said = course.nbgrader("autograde", ASSIGNMENT).stderr
    assert "rex is graded again: the gradebook has no grades for it" in said
    shutil.rmtree(course.root / "submitted" / "rex")
    said = course.nbgrader("autograde", ASSIGNMENT).stderr
    assert "There is no work of rex any more, who have grades" in said
    assert "`rm -rf autograded/rex feedback/rex; nbgrader db student remove rex --force`" in said


def test_of_two_notebooks_the_one_that_counts_now_is_graded(course: ScratchCourse) -> None:
    hand_in(course, "uma", released(ASSIGNMENT))
    place = course.root / "submitted" / "uma" / ASSIGNMENT
    course.nbgrader("autograde", ASSIGNMENT, "--student=uma")
    (place / f"{ASSIGNMENT}.ipynb").rename(place / f"{ASSIGNMENT}-Copy1.ipynb")
    hand_in(course, "uma", solved(ASSIGNMENT))
    assert len([*place.glob("*.ipynb")]) == 2
    said = course.nbgrader("autograde", ASSIGNMENT, "--student=uma").stderr
    assert "uma is graded again: another notebook is there now" in said
    assert "uma is graded again" not in course.nbgrader("autograde", ASSIGNMENT, "--student=uma").stderr


def test_another_secret_is_said(course: ScratchCourse) -> None:
    old = secret.fingerprint(secret.load(course.root / secret.NAME))
    (course.root / secret.NAME).unlink()
    done = course.nbgrader("autograde", ASSIGNMENT, "--force")
    now = secret.fingerprint(secret.load(course.root / secret.NAME))
    assert done.stderr.count("had other hidden inputs") == 1
    assert f"(secret {old} then, {now} now)" in done.stderr
    assert course.autograded("ada")["metadata"]["autograder"]["secret"] == now


def test_another_version_of_the_course_folder_is_said(course: ScratchCourse) -> None:
    config = course.root / folder.CONFIG
    kept = config.read_text()
    config.write_text(kept.replace(__version__, "0.1.0"))
    done = course.nbgrader("autograde", ASSIGNMENT)
    alone = autograder(course.root, "grade", "--course", ".")
    config.write_text(kept)
    assert done.stderr.count("0.1.0 made this course folder") == 1
    assert "0.1.0 made this course folder" in alone.stderr
