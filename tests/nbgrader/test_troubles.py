"""A gradebook in use, or of another course, a full disk: a sentence, an exit code, and nothing is lost."""

import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError

from autograder.course import folder
from autograder.demo.handin import solved
from autograder.nbgrader_plugin import troubles
from tests.support.scratch import ASSIGNMENT, ScratchCourse

pytestmark = pytest.mark.slow

COMMANDS = (
    ("generate_assignment", ASSIGNMENT, "--force"),
    ("autograde", ASSIGNMENT, "--force"),
    ("generate_feedback", ASSIGNMENT, "--force"),
    ("export", "--to", "grades.csv"),
)
Done = subprocess.CompletedProcess[str]


@pytest.fixture(scope="module")
def graded(sandbox: None, tmp_path_factory: pytest.TempPathFactory) -> ScratchCourse:
    root = tmp_path_factory.mktemp("troubles") / "course"
    folder.make(root)
    course = ScratchCourse(root)
    course.hand_in("ada", solved(ASSIGNMENT))
    for command in (("generate_assignment", ASSIGNMENT), *COMMANDS[1:]):
        assert course.nbgrader(*command).returncode == 0
    return course


@pytest.fixture
def course(graded: ScratchCourse, tmp_path: Path) -> ScratchCourse:
    """The class as it was graded, each time anew."""
    shutil.copytree(graded.root, tmp_path / "course", ignore=shutil.ignore_patterns("home"))
    return ScratchCourse(tmp_path / "course")


def kept(course: ScratchCourse) -> dict[str, bytes]:
    places = ("release", "autograded", "feedback", "submitted", "source")
    files = (path for place in places for path in (course.root / place).rglob("*") if path.is_file())
    return {str(path.relative_to(course.root)): path.read_bytes() for path in files}


def is_told(done: Done, said: str) -> bool:
    assert "Traceback" not in done.stderr
    return done.returncode == 1 and said in done.stderr


def test_a_gradebook_that_another_program_uses(course: ScratchCourse) -> None:
    before, grades = kept(course), (course.root / "grades.csv").read_bytes()
    with sqlite3.connect(course.root / "gradebook.db", isolation_level=None) as other:
        other.execute("BEGIN EXCLUSIVE")
        for command in COMMANDS:
            assert is_told(course.nbgrader(*command), "is in use by another program"), command
    assert kept(course) == before
    assert (course.root / "grades.csv").read_bytes() == grades


def test_a_file_that_is_no_gradebook(course: ScratchCourse) -> None:
    before = kept(course)
    (course.root / "gradebook.db").write_text(
        "no gradebook, but long enough to be read as the head of one. " * 20
    )
    for command in COMMANDS:
        assert is_told(course.nbgrader(*command), "is no gradebook"), command
    assert kept(course) == before


def test_a_gradebook_without_the_assignment(course: ScratchCourse) -> None:
    before = kept(course)
    (course.root / "gradebook.db").unlink()
    for command in COMMANDS[1:3]:
        assert is_told(course.nbgrader(*command), f"does not know the assignment {ASSIGNMENT} (it has: none)")
    assert kept(course) == before


def test_the_gradebook_of_another_course(course: ScratchCourse) -> None:
    before, config = kept(course), course.root / folder.CONFIG
    config.write_text(config.read_text().replace('course_id = "depth150"', 'course_id = "next-year"'))
    for command in COMMANDS[1:3]:
        assert is_told(course.nbgrader(*command), "is of the course depth150, and")
    assert kept(course) == before


def test_a_full_disk_forgets_no_score(course: ScratchCourse) -> None:
    """No file may become longer than 20,000 bytes; what is there stays as it is."""
    before, scores = kept(course), course.scores("ada")

    def on_a_full_disk(*command: str) -> Done:
        # Python itself would keep a module that it could write in half.
        limit = "import resource, runpy, sys; sys.dont_write_bytecode = True; "
        limit += "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)); "
        run = f"sys.argv = ['nbgrader', *{command!r}]; runpy.run_module('nbgrader', run_name='__main__')"
        return course.python("-c", limit + run)

    assert is_told(on_a_full_disk(*COMMANDS[1]), "Stopped at ada")
    assert course.scores("ada") == scores
    assert {name: data for name, data in before.items() if name not in kept(course)}.keys() <= {
        name for name in before if name.startswith("autograded/")
    }
    done = course.nbgrader("autograde", ASSIGNMENT)
    assert done.returncode == 0, done.stderr
    assert course.scores("ada") == scores
    assert f"autograded/ada/{ASSIGNMENT}/{ASSIGNMENT}.ipynb" in kept(course)


def test_a_folder_that_cannot_be_written(course: ScratchCourse) -> None:
    scores = course.scores("ada")
    for place, command in (("release", COMMANDS[0]), ("autograded", COMMANDS[1]), ("feedback", COMMANDS[2])):
        (course.root / place).rename(course.root / "aside")
        (course.root / place).write_text("a file where a folder should be")
        if place == "feedback":
            assert is_told(course.nbgrader(*command), "cannot use ")
        else:
            assert is_told(course.nbgrader(*command), "Not a directory")
        (course.root / place).unlink()
        (course.root / "aside").rename(course.root / place)
    assert course.scores("ada") == scores
    assert is_told(course.nbgrader("export", "--to", "no/folder.csv"), "cannot use no/")
    grades = course.root / "grades.csv"
    before = grades.read_bytes()
    assert course.nbgrader("export", "--to", "grades.csv").returncode == 0
    assert grades.read_bytes() == before


def test_a_fault_of_the_code_keeps_its_traceback() -> None:
    assert troubles.sentence(ValueError("a bug")) is None
    assert troubles.sentence(IntegrityError("", {}, Exception("UNIQUE constraint failed"))) is None
    assert "make room" in str(troubles.sentence(OSError(28, "full", "/x")))
    assert troubles.stops_all(OperationalError("", {}, Exception("database is locked")))
    assert not troubles.stops_all(ValueError("a bug"))
