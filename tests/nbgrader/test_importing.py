"""`nbgrader db student import` takes lists as spreadsheets write them, all of a list or nothing."""

from pathlib import Path

import pytest

from autograder.course import folder
from autograder.intake import roster
from autograder.intake.roster import RosterError
from autograder.nbgrader_plugin import importing
from tests.support.scratch import ASSIGNMENT, ScratchCourse


def students(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    "data",
    [
        b"id,first_name\nada,A\n",
        b"\xef\xbb\xbfid;First Name\r\nada;A\r\n\r\n",
        b"sep=;\nID;first_name\nada;A;more;than;headings\n",
    ],
)
def test_a_list_is_as_nbgrader_reads_it(tmp_path: Path, data: bytes) -> None:
    assert importing._clean(students(tmp_path / "s.csv", data)) == [["id", "first_name"], ["ada", "A"]]


@pytest.mark.parametrize(
    "data",
    [
        b"Student ID,Firstname,Mail\nada,A,a@x\n",
        b"first_name,ID,SIS User ID,SIS Login ID\n Points Possible,,,\nA,12345,S1,ada\n",  # of Canvas
    ],
)
def test_the_ids_are_those_of_the_same_file_as_a_roster(tmp_path: Path, data: bytes) -> None:
    path = students(tmp_path / "s.csv", data)
    names, line = importing._clean(path)
    assert [line[names.index("id")]] == [*roster.read(path).people] == ["ada"]
    assert names.count("id") == 1
    assert line[names.index("first_name")] == "A"


def test_canvas_names_its_people_in_one_cell(tmp_path: Path) -> None:
    data = (
        'Student,ID,SIS Login ID\n    Points Possible,,\n"Lovelace, Ada",12345,ada\n"Student, Test",1,9f3a\n'
    )
    assert importing._clean(students(tmp_path / "s.csv", data.encode())) == [
        ["id", "first_name", "last_name", "lms_user_id"],
        ["ada", "Ada", "Lovelace", "12345"],
    ]


def test_participants_of_moodle_are_no_ids(tmp_path: Path) -> None:
    with pytest.raises(RosterError, match="call the column with the gradebook's ids `id`"):
        importing._clean(students(tmp_path / "s.csv", b"Identifier,Full name\nParticipant 1,A\n"))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "it is empty"),
        (b"id\n", "nobody in it"),
        (b"name\nada\n", "no column with the gradebook's ids: call one `id`"),
        (b"id,first_name\nada,\xe9\n", "not in UTF-8"),
        (b"id,first_name\nada,A\nada,B\n", r"more than one line for ada \(lines 2, 3\)"),
        (b"id,first_name\nada,A\n,B\n", "no `id` in line 3"),
    ],
)
def test_what_cannot_be_meant_is_refused(tmp_path: Path, data: bytes, said: str) -> None:
    with pytest.raises(RosterError, match=said):
        importing._clean(students(tmp_path / "s.csv", data))


@pytest.mark.slow
def test_the_command_imports_all_or_nothing(tmp_path: Path) -> None:
    folder.make(tmp_path / "course")
    course = ScratchCourse(tmp_path / "course")
    students(course.root / "bad.csv", b"id\nada\nbob\nada\n")
    done = course.nbgrader("db", "student", "import", "bad.csv")
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert (
        "bad.csv: it has more than one line for ada (lines 2, 4): leave one. Nothing was imported"
        in done.stderr
    )
    students(course.root / "good.csv", "\ufeffid;last_name\nada;Lovelace\nbob;Bö\n".encode())
    done = course.nbgrader("db", "student", "import", "good.csv")
    assert done.returncode == 0, done.stderr
    with course.gradebook() as gradebook:
        assert {(one.id, one.last_name) for one in gradebook.students} == {("ada", "Lovelace"), ("bob", "Bö")}


@pytest.mark.slow
def test_an_assignment_and_its_due_date_are_what_was_meant(tmp_path: Path) -> None:
    folder.make(tmp_path / "course")
    course = ScratchCourse(tmp_path / "course")
    add = ("db", "assignment", "add")
    for arguments, said in (
        (("1-deep-chain",), "There is no assignment 1-deep-chain (there are: 1-deep-chains, 2-"),
        ((ASSIGNMENT, "--duedate=10.12.2026 09:00"), "due date 10.12.2026 09:00 could be another moment"),
        (
            (ASSIGNMENT, "--duedate=tomorrow"),
            "due date tomorrow could be another moment: write 2026-11-10 09:00",
        ),
    ):
        done = course.nbgrader(*add, *arguments)
        assert (done.returncode, "Traceback" in done.stderr) == (1, False)
        assert said in done.stderr
    assert course.nbgrader(*add, ASSIGNMENT, "--duedate=2026-12-10 09:00:00 +0100").returncode == 0
    with course.gradebook() as gradebook:
        assert {one.name: str(one.duedate) for one in gradebook.assignments} == {
            ASSIGNMENT: "2026-12-10 08:00:00"
        }


@pytest.mark.slow
def test_feedback_that_nobody_has_made_is_not_released_in_silence(tmp_path: Path) -> None:
    folder.make(tmp_path / "course")
    course = ScratchCourse(tmp_path / "course")
    config = course.root / folder.CONFIG
    (tmp_path / "exchange").mkdir()
    (tmp_path / "exchange").chmod(0o777)
    config.write_text(f'{config.read_text()}\nc.Exchange.root = "{tmp_path}/exchange"\n')
    done = course.nbgrader("release_feedback", ASSIGNMENT)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert f"run `nbgrader generate_feedback {ASSIGNMENT}` first" in done.stderr
