"""`nbgrader zip_collect`: archives of learning platforms into `submitted/`, with nobody passed over or overwritten."""

import re
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from autograder.course import folder
from autograder.demo.handin import released, solved, write
from tests.support.scratch import ASSIGNMENT, ScratchCourse

pytestmark = pytest.mark.slow

SOLVED, STUBS = write(solved(ASSIGNMENT)), write(released(ASSIGNMENT))


@pytest.fixture
def course(tmp_path: Path) -> ScratchCourse:
    folder.make(tmp_path / "course")
    return ScratchCourse(tmp_path / "course")


def download(course: ScratchCourse, files: Mapping[str, str], name: str = "submissions.zip") -> None:
    archive = course.root / "downloaded" / ASSIGNMENT / "archive"
    archive.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(archive / name, "w") as packed:
        for inside, text in files.items():
            packed.writestr(inside, text)


def submitted(course: ScratchCourse) -> dict[str, str]:
    files = [path for path in (course.root / "submitted").rglob("[!.]*") if path.is_file()]
    return {str(path.relative_to(course.root / "submitted")): path.read_text() for path in files}


CANVAS = {
    f"lovelaceada_12345_67890_{ASSIGNMENT}.ipynb": STUBS,
    f"lovelaceada_12345_67899_{ASSIGNMENT}-1.ipynb": SOLVED,
    f"noetheremmy_LATE_12346_67891_{ASSIGNMENT}.ipynb": SOLVED,
}


def test_a_class_of_canvas_under_the_ids_of_the_roster(course: ScratchCourse) -> None:
    download(course, CANVAS)
    (course.root / "roster.csv").write_text("id,lms_id\nada,12345\nemmy,12346\nabsent,12347\n")
    done = course.nbgrader("zip_collect", ASSIGNMENT)
    assert done.returncode == 0, done.stderr
    assert submitted(course) == {
        f"{student}/{ASSIGNMENT}/{ASSIGNMENT}.ipynb": SOLVED for student in ("ada", "emmy")
    }
    assert "2 submissions collected" in done.stderr
    assert "emmy is late, says the platform" in done.stderr
    again = course.nbgrader("zip_collect", ASSIGNMENT)
    assert (again.returncode, "0 submissions collected, 2 are there already" in again.stderr) == (0, True)


def test_one_who_was_missing_in_the_roster_does_not_stay_under_two_names(course: ScratchCourse) -> None:
    download(course, CANVAS)
    course.nbgrader("generate_assignment", ASSIGNMENT)
    (course.root / "roster.csv").write_text("id,lms_id\nemmy,12346\n")
    done = course.nbgrader("zip_collect", ASSIGNMENT)
    assert (
        "lovelaceada: this student is not in the roster: before you grade, give roster.csv a line"
        in done.stderr
    )
    assert "with 12345 in a column `lms_user_id`" in done.stderr
    course.nbgrader("autograde", ASSIGNMENT)
    (course.root / "roster.csv").write_text("id,lms_id\nemmy,12346\nada,12345\n")
    done = course.nbgrader("zip_collect", ASSIGNMENT)
    old = course.root / "submitted" / "lovelaceada"
    graded = course.root / "autograded" / "lovelaceada"
    assert (
        f"lovelaceada and ada are one person, says roster.csv: delete {old} and {graded}, and" in done.stderr
    )
    assert "emmy and" not in done.stderr
    shutil.rmtree(old)
    shutil.rmtree(graded)
    said = re.search(r"`nbgrader (db student remove .*?)`", done.stderr)
    assert said
    assert course.nbgrader(*said[1].split()).returncode == 0
    assert "one person" not in course.nbgrader("zip_collect", ASSIGNMENT).stderr
    course.nbgrader("autograde", ASSIGNMENT)
    with course.gradebook() as gradebook:
        assert {one.id for one in gradebook.students} == {"ada", "emmy"}


@pytest.mark.parametrize(
    "files",
    [
        CANVAS,
        {f"Ada Lovelace_12345_assignsubmission_file_/{ASSIGNMENT}.ipynb": SOLVED},
        {f"12345-67890 - Ada Lovelace - Oct 1, 2026 100 PM/{ASSIGNMENT}.ipynb": SOLVED, "index.html": ""},
    ],
    ids=("canvas", "moodle", "brightspace"),
)
@pytest.mark.parametrize("is_unpacked", [False, True])
def test_feedback_goes_back_under_the_names_of_the_platform(
    course: ScratchCourse, files: dict[str, str], is_unpacked: bool
) -> None:
    download(course, files)
    archive = course.root / "downloaded" / ASSIGNMENT / "archive"
    if is_unpacked:
        shutil.unpack_archive(archive / "submissions.zip", archive)
        (archive / "submissions.zip").unlink()
    for command in ("generate_assignment", "zip_collect", "autograde", "generate_feedback"):
        done = course.nbgrader(command, ASSIGNMENT)
        assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(archive.with_name("feedback.zip")) as packed:
        pages = {name: packed.read(name) for name in packed.namelist()}
    counted = {name for name, text in files.items() if text == SOLVED}
    assert pages.keys() == {name.replace(".ipynb", ".html") for name in counted}
    assert {*pages.values()} == {page.read_bytes() for page in course.root.glob("feedback/*/*/*.html")}


def test_whoever_handed_in_something_else_is_named_and_the_others_are_collected(
    course: ScratchCourse,
) -> None:
    others = {"hopper_12349_67893_report.pdf": "%PDF", "turingalan_12348_67892_broken.ipynb": "{"}
    download(course, CANVAS | others)
    done = course.nbgrader("zip_collect", ASSIGNMENT)
    assert done.returncode == 1
    assert "1 of 4 were NOT collected" in done.stderr  # what is broken is found out when it is graded
    assert "hopper_12349_67893_report.pdf" in done.stderr
    assert {path.split("/")[0] for path in submitted(course)} == {"lovelaceada", "noetheremmy", "turingalan"}
    assert "Traceback" not in done.stderr


def test_nothing_is_overwritten_but_by_a_later_attempt(course: ScratchCourse) -> None:
    config = course.root / folder.CONFIG
    config.write_text(config.read_text() + '\nc.Exchange.timezone = "Europe/Berlin"\n')
    name = f"{ASSIGNMENT}_ada_attempt_2026-11-{{}}-12-00-00_{ASSIGNMENT}.ipynb"
    place = f"ada/{ASSIGNMENT}/"
    for day, text, collected in (
        ("02", STUBS, "02"),
        ("01", SOLVED, "02"),
        ("02", STUBS, "02"),
        ("03", SOLVED, "03"),
    ):
        download(course, {name.format(day): text})
        done = course.nbgrader("zip_collect", ASSIGNMENT)
        assert done.returncode == (1 if day < collected else 0), done.stderr
        assert ("holds other work" in done.stderr) is (day < collected)
        assert submitted(course)[f"{place}timestamp.txt"] == f"2026-11-{collected} 11:00:00 UTC\n"
        assert submitted(course)[f"{place}{ASSIGNMENT}.ipynb"] == (SOLVED if collected == "03" else STUBS)
    download(course, {name.format("01"): STUBS})
    assert course.nbgrader("zip_collect", ASSIGNMENT, "--force").returncode == 0
    assert submitted(course)[f"{place}{ASSIGNMENT}.ipynb"] == STUBS


def test_without_a_named_zone_no_time_is_invented(course: ScratchCourse) -> None:
    download(course, {f"{ASSIGNMENT}_ada_attempt_2026-11-01-12-00-00_{ASSIGNMENT}.ipynb": SOLVED})
    assert course.nbgrader("zip_collect", ASSIGNMENT).returncode == 0
    assert list(submitted(course)) == [f"ada/{ASSIGNMENT}/{ASSIGNMENT}.ipynb"]


def test_what_is_missing_is_said(course: ScratchCourse) -> None:
    done = course.nbgrader("zip_collect", ASSIGNMENT)
    assert done.returncode == 1
    assert "put the archive there" in done.stderr
    done = course.nbgrader("zip_collect", "9-nothing")
    assert done.returncode == 1
    assert "is 9-nothing the name of an assignment?" in done.stderr
    download(course, CANVAS)
    (course.root / "roster.csv").write_text("id,email\nsomebody,else@example.edu\n")
    done = course.nbgrader("zip_collect", ASSIGNMENT)
    assert done.returncode == 1
    assert "it may be the roster of another course. Nothing was collected" in done.stderr
    assert not (course.root / "submitted").exists()


def test_a_file_that_canvas_numbers_as_later_is_collected_graded_and_given_back(
    course: ScratchCourse,
) -> None:
    download(course, CANVAS | {f"turingalan_12348_67892_{ASSIGNMENT}.ipynb": "{"})
    for command in ("generate_assignment", "zip_collect", "autograde"):
        course.nbgrader(command, ASSIGNMENT)
    download(course, {f"noetheremmy_12346_67850_{ASSIGNMENT}.ipynb": STUBS}, "earlier.zip")
    download(course, {
        f"turingalan_LATE_12348_99999_{ASSIGNMENT}-2.ipynb": SOLVED,
        f"lovelaceada_LATE_12345_99998_{ASSIGNMENT}-2.ipynb": STUBS,
    }, "later.zip")  # fmt: skip
    done = course.nbgrader("zip_collect", ASSIGNMENT)
    assert (done.returncode, "2 submissions collected, 1 are there already" in done.stderr) == (0, True), (
        done.stderr
    )
    said = course.nbgrader("autograde", ASSIGNMENT).stderr
    assert "turingalan is graded again" not in said  # it was not graded at all
    assert "lovelaceada is graded again: another notebook is there now" in said
    assert "noetheremmy is graded again" not in said
    assert course.nbgrader("generate_feedback", ASSIGNMENT).returncode == 0
    page = (course.root / "feedback" / "turingalan" / ASSIGNMENT / f"{ASSIGNMENT}.html").read_text()
    assert "100 of 100 points" in page
    mine = course.root / "submitted" / "lovelaceada" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    mine.write_text(SOLVED)  # what somebody has put there is not replaced
    download(course, {f"lovelaceada_12345_100000_{ASSIGNMENT}-3.ipynb": STUBS}, "latest.zip")
    assert "holds other work" in course.nbgrader("zip_collect", ASSIGNMENT).stderr
    assert mine.read_text() == SOLVED


def test_the_archive_of_another_assignment_is_not_collected(course: ScratchCourse) -> None:
    other = "5-beyond"
    download(course, {name.replace(ASSIGNMENT, other): text for name, text in CANVAS.items()})
    done = course.nbgrader("zip_collect", ASSIGNMENT)
    assert done.returncode == 1
    assert f"are called {other}: it is the archive of another assignment than {ASSIGNMENT}" in done.stderr
    assert not (course.root / "submitted").exists()


def test_work_of_another_course_takes_nobodys_place(course: ScratchCourse) -> None:
    other = write({"cells": [{"cell_type": "code", "source": "x = 1", "metadata": {}}], "nbformat": 4})
    download(course, CANVAS)
    assert course.nbgrader("zip_collect", ASSIGNMENT).returncode == 0
    before = submitted(course)
    download(course, {"noetheremmy_12346_99999_lab1.ipynb": other}, "lab1.zip")
    done = course.nbgrader("zip_collect", ASSIGNMENT)
    assert done.returncode == 1
    assert f"no exercise of {ASSIGNMENT} is in it" in done.stderr
    (course.root / "downloaded" / ASSIGNMENT / "archive" / "submissions.zip").unlink()
    done = course.nbgrader("zip_collect", ASSIGNMENT, "--force")
    assert done.returncode == 1
    assert f"No exercise of {ASSIGNMENT} is in any of the notebooks" in done.stderr
    assert submitted(course) == before


def test_of_two_archives_without_times_neither_is_the_later(course: ScratchCourse) -> None:
    name = f"Ada Lovelace_12345_assignsubmission_file_/{ASSIGNMENT}.ipynb"
    same = f"Emmy Noether_12346_assignsubmission_file_/{ASSIGNMENT}.ipynb"
    download(course, {name: SOLVED, same: SOLVED}, "77 (1).zip")
    download(course, {name: STUBS, same: SOLVED}, "77.zip")
    done = course.nbgrader("zip_collect", ASSIGNMENT, "--force")
    assert done.returncode == 1
    assert "1 of 2 were NOT collected" in done.stderr
    assert "nothing tells which is later: leave one of them there" in done.stderr
    assert list(submitted(course)) == [f"Emmy Noether/{ASSIGNMENT}/{ASSIGNMENT}.ipynb"]
    (course.root / "downloaded" / ASSIGNMENT / "archive" / "77 (1).zip").rename(course.root / "later.zip")
    assert course.nbgrader("zip_collect", ASSIGNMENT).returncode == 0
    (course.root / "later.zip").rename(course.root / "downloaded" / ASSIGNMENT / "archive" / "78.zip")
    done = course.nbgrader("zip_collect", ASSIGNMENT)
    assert (done.returncode, "nothing tells which is later" in done.stderr) == (
        1,
        True,
    )  # though one is there


def test_a_notebook_in_one_archive_goes_before_something_else_in_another(course: ScratchCourse) -> None:
    folder_ = "Eve_1005_assignsubmission_file_"
    download(
        course,
        {f"{folder_}/report.pdf": "%PDF", f"Ada_1_assignsubmission_file_/{ASSIGNMENT}.ipynb": SOLVED},
        "1.zip",
    )
    download(course, {f"{folder_}/{ASSIGNMENT}.ipynb": SOLVED}, "2.zip")
    done = course.nbgrader("zip_collect", ASSIGNMENT)
    assert done.returncode == 0, done.stderr
    assert {path.split("/")[0] for path in submitted(course)} == {"Ada", "Eve"}


def test_patterns_of_ones_own_are_nbgraders(course: ScratchCourse) -> None:
    config = course.root / folder.CONFIG
    pattern = (
        rf'c.FileNameCollectorPlugin.named_regexp = r".*/(?P<student_id>\w+?)-(?P<file_id>{ASSIGNMENT})"'
    )
    config.write_text(f"{config.read_text()}\n{pattern}\n")
    archive = course.root / "downloaded" / ASSIGNMENT / "archive"
    archive.mkdir(parents=True)
    (archive / f"ada-{ASSIGNMENT}.ipynb").write_text(SOLVED)
    done = course.nbgrader("zip_collect", ASSIGNMENT)
    assert done.returncode == 0, done.stderr
    assert list(submitted(course)) == [f"ada/{ASSIGNMENT}/{ASSIGNMENT}.ipynb"]
