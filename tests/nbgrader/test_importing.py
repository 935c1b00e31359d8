"""`nbgrader db student import` takes lists as spreadsheets write them, all of a list or nothing."""

from pathlib import Path

import pytest

from autograder.course import folder
from autograder.intake.roster import RosterError
from autograder.nbgrader_plugin import importing
from tests.support.scratch import ScratchCourse


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
    ("data", "said"),
    [
        (b"", "it is empty"),
        (b"id\n", "nobody in it"),
        (b"name\nada\n", "call the column with the gradebook's ids `id`"),
        (b"student id\nada\n", "call the column with the gradebook's ids `id`"),
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
