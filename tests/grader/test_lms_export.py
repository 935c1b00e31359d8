"""Grades in the exports of Canvas and Moodle: the right cell of the right student, and every other byte as it was."""

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.nbgrader_plugin import exporting
from autograder.reports.json import as_dict
from autograder.reports.lms import SYSTEMS, LmsError, fill, of_grades
from autograder.reports.lms.sheet import Sheet, SheetError
from autograder.results import CheckResult, ExerciseResult, Grade
from tests.support.command import autograder, in_process
from tests.support.handed import OWN, POINTS, SOLVED, in_folder

A3, A1 = "3-initialization", "1-deep-chains"
CANVAS = (
    "\ufeffStudent,ID,SIS User ID,SIS Login ID,Section,3-initialization (777),1-deep-chains (778),Essay (1),"
    "Assignments Current Score,Final Score\r\n"
    ",,,,,,Manual Posting,,(read only),(read only)\r\n"
    "    Points Possible,,,,,20,100,10,(read only),(read only)\r\n"
    '"Lovelace, Ada",12345,20123456,ada,"CS ""101""",,7,  ,81.5,\r\n'
    '"O\'Neil, Zoë",12346,20123457,zoe@uni.example,CS 101,"3",,,,\r\n'
    '"Student, Test",12347,,9f3a,CS 101,,,,,'
)
WORKSHEET = (
    "Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,"
    "Last modified (submission),Last modified (grade),Feedback comments\n"
    'Participant 501,Ada Lovelace,ada@uni.example,Submitted for grading,,50.00,Yes,"Monday, 2 November",-,""\n'
    'Participant 502,Zoë O\'Neil,zoe@uni.example,No submission,12.00,50.00,Yes,-,-,"two\nlines"\n'
)
GRADEBOOK = (
    "First name;Surname;ID number;Email address;Assignment: 3-initialization (Real);"
    "Assignment: 3-initialization (Percentage);Assignment: 3-initialization (Feedback);"
    "Quiz: 1-deep-chains (Real);Course total (Real);Last downloaded from this course\n"
    "Ada;Lovelace;20123456;ada@uni.example;-;87,00 %;;-;-;1732900000\n"
    "Zoë;O'Neil;;zoe@uni.example;40,50;-;well done;-;40,50;1732900000\n"
)


def grade(student: str, percent: float = 75.0, assignment: str = A3, lms_id: str | None = None) -> Grade:
    """A grade of 40 points in all."""
    checks = (
        CheckResult("a", "t", "passed", percent * 0.4),
        CheckResult("b", "t", "failed", 40.0 - percent * 0.4, "stub"),
    )
    exercises = (ExerciseResult("he_normal", checks),)
    return Grade(f"{student}.ipynb", student, assignment, "landlock", 0.1, exercises=exercises, lms_id=lms_id)


def ungraded(student: str) -> Grade:
    return replace(grade(student), error="it is a PDF", exercises=())


def filled(
    system: str, text: str, *grades: Grade
) -> tuple[list[list[str]], tuple[str, ...], tuple[str, ...]]:
    """The cells afterwards, the faults and the remarks."""
    done = fill(SYSTEMS[system](Sheet(text)), of_grades(grades))
    rows = csv.reader(
        io.StringIO(done.text.removeprefix("\ufeff"), newline=""), delimiter=Sheet(text).separator
    )
    return [*rows], done.faults, done.remarks


def changed(system: str, text: str, *grades: Grade) -> dict[tuple[int, int], str]:
    """The cells that are others now."""
    separator = Sheet(text).separator
    before = [*csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=separator)]
    after, _, _ = filled(system, text, *grades)
    return {(y, x): cell for y, row in enumerate(after) for x, cell in enumerate(row) if cell != before[y][x]}


def test_canvas_points_are_of_those_that_are_possible() -> None:
    grades = (grade("ada", 75.0), grade("ada", 50.0, A1), grade("zoe@uni.example", 62.5))
    assert changed("canvas", CANVAS, *grades) == {(3, 5): "15", (3, 6): "50", (4, 5): "12.5"}


def test_every_other_byte_is_as_it_was() -> None:
    text = fill(SYSTEMS["canvas"](Sheet(CANVAS)), of_grades([grade("ada"), grade("zoe@uni.example")])).text
    assert text == CANVAS.replace('"CS ""101""",,7', '"CS ""101""",15,7').replace('CS 101,"3"', 'CS 101,"15"')
    text = fill(SYSTEMS["moodle"](Sheet(WORKSHEET)), of_grades([grade("ada")])).text
    assert text == WORKSHEET.replace("Submitted for grading,,", "Submitted for grading,37.5,")


@pytest.mark.parametrize(
    ("student", "lms_id"),
    [
        ("whoever", "12345"), ("ada", None), ("20123456", None), ("Ada Lovelace", None), ("lovelaceada", None),
        ("Lovelace, Ada", None),
    ],
)  # fmt: skip
def test_a_student_is_known_by_number_login_or_name(student: str, lms_id: str | None) -> None:
    assert changed("canvas", CANVAS, grade(student, lms_id=lms_id)) == {(3, 5): "15"}


@pytest.mark.parametrize(
    ("student", "lms_id"),
    [("whoever", "502"), ("Zoe O'Neil", None), ("zoe@uni.example", None), ("zoe", None)],
)
def test_moodles_worksheet_says_for_how_many_points(student: str, lms_id: str | None) -> None:
    assert changed("moodle", WORKSHEET, grade(student, lms_id=lms_id)) == {(2, 4): "37.5"}


def test_moodles_gradebook_gets_points_and_per_cent_with_its_decimal_comma() -> None:
    _, _, remarks = filled("moodle", GRADEBOOK, grade("zoe", 81.25), grade("Ada Lovelace", 50.0, A1))
    assert changed("moodle", GRADEBOOK, grade("zoe", 81.25), grade("Ada Lovelace", 50.0, A1)) == {
        (2, 4): "32,5",
        (2, 5): "81,25 %",
        (1, 7): "20",
    }
    assert any("how many points are possible" in remark for remark in remarks)


def test_the_number_of_another_student_is_not_overruled_by_a_name() -> None:
    _, faults, _ = filled("canvas", CANVAS, grade("ada"), grade("Ada Lovelace", lms_id="999"))
    assert faults == ("no row was found for Ada Lovelace",)


OTHERS = (
    "Identifier,Full name,Email address,Status,Grade,Maximum Grade\n"
    "Participant 501,Carl Gauss,gauss@uni.example,,,50.00\n"
    "Participant 502,Carl Other,carl@mail.example,,,50.00\n"
    "Participant 503,Ada Lovelace,ada@uni.example,,,50.00\n"
)


def test_an_address_elsewhere_is_no_login() -> None:
    """carl@mail.example may be anybody; what most have is the institution's."""
    assert changed("moodle", OTHERS, grade("ada"), grade("gauss")) == {(1, 4): "37.5", (3, 4): "37.5"}
    _, faults, _ = filled("moodle", OTHERS, grade("ada"), grade("carl"))
    assert faults == ("no row was found for carl",)


def test_a_name_of_the_gradebook_goes_before_a_part_of_an_address() -> None:
    marks = [replace(mark, full_name=name) for mark, name in zip(
        of_grades([grade("other"), grade("ada"), grade("gauss")]),
        ("Other, Carl", "Évariste Galois", "Carl Gauss"),
        strict=True,
    )]  # fmt: skip
    done = fill(SYSTEMS["moodle"](Sheet(OTHERS.replace("Ada Lovelace,ada@", "Evariste Galois,eg@"))), marks)
    assert done.faults == ()
    assert [row.split(",")[4] for row in done.text.splitlines()[1:]] == ["37.5", "37.5", "37.5"]


@pytest.mark.parametrize("numbers", [("12345", "12346", "12347"), ("503", "501", "502")])
def test_numbers_of_another_lms_tell_nothing(numbers: tuple[str, str, str]) -> None:
    """None of them is in the export; or they mean others than the logins do."""
    found = zip(("gauss", "carl@mail.example", "ada"), (25.0, 50.0, 75.0), numbers, strict=True)
    grades = [grade(student, percent, lms_id=number) for student, percent, number in found]
    assert changed("moodle", OTHERS, *grades) == {(1, 4): "12.5", (2, 4): "25", (3, 4): "37.5"}


def test_who_has_no_grade_keeps_what_was_there() -> None:
    rows, faults, remarks = filled("canvas", CANVAS, grade("ada"), ungraded("zoe@uni.example"))
    assert rows[4][5] == "3"
    assert faults == ()
    assert remarks == (
        "3-initialization went into the column 3-initialization (points, of 20)",
        "not graded, and left as they were: zoe@uni.example",
        "without a grade here, and left as they were: 1 row of the export (Student, Test)",
    )


def test_five_of_many_rows_without_a_grade_are_named() -> None:
    more = "".join(f'\r\n"More, N{number}",{number},,m{number},CS 101,,,,,' for number in range(6))
    _, _, remarks = filled("canvas", CANVAS + more, grade("ada"), grade("zoe@uni.example"))
    (said,) = (remark for remark in remarks if "without a grade here" in remark)
    assert "7 rows of the export (" in said
    assert said.endswith("; More, N3; …)")


def test_what_nobody_has_read_is_told_and_may_still_come() -> None:
    unread = replace(grade("ada", 75.0), by_hand=10.0)  # 30 of 40, and 10 more to come
    rows, _, remarks = filled("canvas", CANVAS, unread)
    assert rows[3][5] == "12"
    assert "points that a person gives are not in it yet: 10 for ada" in remarks


def test_two_grades_for_one_row_are_told_and_not_chosen() -> None:
    rows, faults, _ = filled(
        "canvas", CANVAS, grade("ada"), grade("x", lms_id="12345"), grade("zoe@uni.example")
    )
    assert (rows[3][5], rows[4][5]) == ("", "15")
    assert faults == ("row 4 was left as it was, since several grades are for it: ada, x",)


def test_two_rows_for_one_student_are_not_chosen() -> None:
    twice = CANVAS + '\r\n"Lovelace, Ada",12349,,ada,CS 102,,,,,'
    _, faults, _ = filled("canvas", twice, grade("ada"), grade("zoe@uni.example"))
    assert faults == ("ada may be any of several rows (4, 7), none of which was filled in",)


@pytest.mark.parametrize(
    ("system", "text", "said"),
    [
        ("canvas", CANVAS.replace("3-init", "3-inits"), "no column is called like the assignment 3-initialization"),
        ("canvas", CANVAS.replace("Essay (1)", "3-initialization (9)"), "several columns may be the assignment"),
        ("canvas", CANVAS.replace("3-init", "HW 3-init").replace("Essay", "Redo 3-initialization"), "several columns"),
        ("canvas", CANVAS.replace("20,100", ",100"), "the column `3-initialization (777)` has no points"),
        ("canvas", CANVAS.replace("20,100", "0,100"), "has no points"),
        ("canvas", WORKSHEET, "it is no export of Canvas' gradebook"),
        ("moodle", CANVAS, "it is no grading worksheet and no export of the gradebook"),
        ("moodle", GRADEBOOK.replace("3-init", "x-init"), "no column is called like the assignment"),
        ("moodle", WORKSHEET.replace("50.00,Yes,-", "-,Yes,-"), "the column `Grade` has no maximum in row 3"),
        ("canvas", CANVAS.replace("ada", "bob").replace("12345", "1").replace("Lovelace, Ada", "B"), "another class"),
    ],
)  # fmt: skip
def test_an_export_that_does_not_fit_is_refused(system: str, text: str, said: str) -> None:
    with pytest.raises(LmsError, match=said.replace("(", r"\(").replace(")", r"\)")):
        fill(SYSTEMS[system](Sheet(text)), of_grades([grade("ada")]))


def test_a_worksheet_is_for_one_assignment() -> None:
    with pytest.raises(LmsError, match="would go into one column: choose one with --assignment"):
        filled("moodle", WORKSHEET, grade("ada"), grade("ada", assignment=A1))


def test_a_title_may_say_more_than_the_name() -> None:
    text = CANVAS.replace("3-initialization (777)", "Homework 3: 3 Initialization! (777)")
    assert changed("canvas", text, grade("ada")) == {(3, 5): "15"}


CELLS = st.text(st.sampled_from(list('a",;\t\r\n é\ufeff-=')), max_size=6)


@given(
    st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=4),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
)
def test_what_csv_writes_is_read_as_csv_reads_it(rows: list[list[str]], end: str, everything: bool) -> None:
    text = io.StringIO()
    csv.writer(
        text, lineterminator=end, quoting=csv.QUOTE_ALL if everything else csv.QUOTE_MINIMAL
    ).writerows([["a", "b", "c"], *rows])
    sheet = Sheet(text.getvalue())
    read = [*csv.reader(io.StringIO(text.getvalue(), newline=""))]
    assert sheet.text == text.getvalue()
    assert [sheet.row(n) or [] for n in range(sheet.height)] == [row or [""] for row in read]


@given(st.text(st.sampled_from(list('a",\r\n')), max_size=12))
def test_any_text_is_kept_or_refused(text: str) -> None:
    try:
        assert Sheet(text).text == text
    except SheetError:
        assert '"' in text


def test_a_short_row_is_made_longer() -> None:
    sheet = Sheet("a,b,c\n1\n2,3")
    sheet.put(1, 2, "x")
    assert sheet.text == "a,b,c\n1,,x\n2,3"


def test_the_commands_write_the_export(tmp_path: Path) -> None:
    in_folder(tmp_path, {f"submitted/ada/{OWN}": SOLVED, f"submitted/mallory/{OWN}": SOLVED})
    (tmp_path / "export.csv").write_bytes(CANVAS.encode())
    done = autograder(
        tmp_path, "grade", "--lms", "canvas", "export.csv", "--output", "filled.csv", "submitted"
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "Error: no row was found for mallory." in done.stderr
    assert (tmp_path / "filled.csv").read_bytes() == CANVAS.encode().replace(b'""",,7', b'""",20,7')
    autograder(tmp_path, "grade", "--format", "jsonl", "--output", "g.jsonl", "submitted")
    again = autograder(tmp_path, "report", "g.jsonl", "--lms", "canvas", "export.csv")
    assert again.stdout.encode() == (tmp_path / "filled.csv").read_bytes().replace(b"\r\n", b"\n")  # as text


GRADEBOOK_CSV = (
    "assignment,duedate,timestamp,student_id,last_name,first_name,email,raw_score,late_submission_penalty,score,"
    "max_score,status\n"
    "3-initialization,,,ada,,,,38.0,8.0,30.0,40.0,graded\n"
    "3-initialization,,,noether,,,zoe@uni.example,20.0,0.0,20.0,40.0,to be reviewed\n"
    "3-initialization,,,Test Student,,,,0.0,0.0,0.0,40.0,missing\n"
    "1-deep-chains,,,ada,,,,,,,100.0,not graded\n"
)


def test_the_gradebook_is_as_nbgrader_exports_it() -> None:
    assert GRADEBOOK_CSV.splitlines()[0] == ",".join(exporting._COLUMNS)


def test_nbgraders_gradebook_brings_penalties_and_points_given_by_hand(tmp_path: Path) -> None:
    (tmp_path / "grades.csv").write_text(GRADEBOOK_CSV)
    (tmp_path / "export.csv").write_bytes(CANVAS.encode())
    done = in_process(
        tmp_path, "report", "grades.csv", "--lms", "canvas", "export.csv", "--output", "import.csv"
    )
    assert (done.returncode, done.stdout) == (0, "")
    text = CANVAS.replace('"CS ""101""",,7', '"CS ""101""",15,7').replace('CS 101,"3"', 'CS 101,"10"')
    assert (tmp_path / "import.csv").read_bytes() == text.encode()
    assert (
        "not graded, and left as they were: Test Student (3-initialization), ada (1-deep-chains)"
        in done.stderr
    )
    assert "filled in, and to be reviewed: noether" in done.stderr


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("30.0,40.0", "thirty,40.0", "grades.csv, line 2 is no row of `nbgrader export`"),
        ("3-init", "4-init", "no column is called like the assignment 4-initialization"),
        (",status\n", "\n", "grades.csv is what nbgrader's own exporter wrote"),
    ],
)
def test_a_gradebook_that_does_not_fit_is_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    (tmp_path / "grades.csv").write_text(GRADEBOOK_CSV.replace(old, new))
    (tmp_path / "export.csv").write_bytes(CANVAS.encode())
    done = in_process(tmp_path, "report", "grades.csv", "--lms", "canvas", "export.csv")
    assert (done.returncode in (1, 2), done.stdout) == (True, "")
    assert said in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--lms", "canvas", "gone.csv"), "does not exist"),
        (("--lms", "canvas", "g.jsonl"), "it is no export of Canvas"),
        (("--lms", "canvas", "empty.csv"), "empty.csv: it is empty"),
        (("--lms", "canvas", "latin.csv"), "it is not in UTF-8"),
        (("--lms", "canvas", "torn.csv"), "row 1 is no CSV"),
        (("--lms", "blackboard", "g.jsonl"), "is not one of"),
        (("--lms", "canvas", "export.csv", "--format", "csv"), "leave out --format"),
    ],
)
def test_usage(arguments: tuple[str, ...], said: str, tmp_path: Path) -> None:
    import json

    (tmp_path / "g.jsonl").write_text(json.dumps(as_dict(grade("ada"))))
    (tmp_path / "export.csv").write_text(CANVAS)
    (tmp_path / "empty.csv").write_text("\n")
    (tmp_path / "latin.csv").write_bytes(CANVAS.encode("latin-1", "replace"))
    (tmp_path / "torn.csv").write_text('Student,"ID')
    done = in_process(tmp_path, "report", "g.jsonl", *arguments)
    assert (done.returncode, done.stdout) == (1, "")
    assert said in done.stderr


def test_grades_are_shown_where_the_export_does_not_fit(tmp_path: Path) -> None:
    in_folder(tmp_path, {f"submitted/bob/{OWN}": SOLVED})
    (tmp_path / "export.csv").write_text(CANVAS)
    done = in_process(tmp_path, "grade", "--lms", "canvas", "export.csv", "--output", "x.csv", "submitted")
    assert done.returncode == 1
    assert "export of another class. Nothing was filled in; the grades are on standard output" in done.stderr
    assert f"{POINTS:g}/{POINTS:g}" in done.stdout
    assert not (tmp_path / "x.csv").exists()
