"""One grade a student and assignment: which of several notebooks counts, and that the others are named."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.course import notebooks
from autograder.demo.handin import solved, write
from autograder.intake import choice, contents
from autograder.intake.discovery import discover_all
from autograder.intake.found import Found, natural
from autograder.intake.ownership import Owner
from tests.support.command import in_process
from tests.support.handed import (
    ASSIGNMENT,
    OTHER,
    OWN,
    POINTS,
    SOLVED,
    SOLVED_OTHER,
    STUBS,
    aged,
    in_folder,
    in_zip,
    reason,
)

FIRST = notebooks.assignments()[ASSIGNMENT].exercises[0]
PARTLY = write(solved(ASSIGNMENT, {FIRST: "raise NotImplementedError()"}))
EMPTY = '{"nbformat": 4, "metadata": {}, "cells": []}'
PASTED = write(
    {"nbformat": 4, "metadata": {}, "cells": [{"cell_type": "code", "source": f"def {FIRST}(): return 1"}]}
)


@pytest.mark.parametrize(
    ("files", "wanted", "why"),
    [
        ({f"{ASSIGNMENT}.ipynb": SOLVED, "extra.ipynb": SOLVED}, f"{ASSIGNMENT}.ipynb", "has the assignment's name"),
        ({f"{ASSIGNMENT}.ipynb": PARTLY, "extra.ipynb": SOLVED}, f"{ASSIGNMENT}.ipynb", "has the assignment's name"),
        ({"extra.ipynb": SOLVED, OWN: SOLVED}, OWN, "has the assignment's name"),
        ({f"{ASSIGNMENT} (1).ipynb": SOLVED, "a.ipynb": SOLVED}, f"{ASSIGNMENT} (1).ipynb", "assignment's name"),
        ({f"{ASSIGNMENT}-Copy1.ipynb": SOLVED, f"{ASSIGNMENT}.ipynb": SOLVED}, f"{ASSIGNMENT}.ipynb", "name"),
        ({f"{ASSIGNMENT}.ipynb": STUBS, "Untitled.ipynb": SOLVED}, "Untitled.ipynb", "something is written"),
        ({f"{ASSIGNMENT}.ipynb": "The dog", "b.ipynb": SOLVED}, "b.ipynb", "something is written"),
        ({f"{ASSIGNMENT}.ipynb": "", f"{ASSIGNMENT}-1.ipynb": SOLVED}, f"{ASSIGNMENT}-1.ipynb", "something is written"),
        ({"homework.ipynb": SOLVED, "scratch.ipynb": PASTED}, "homework.ipynb", "has the most exercises written"),
        ({"new.ipynb": PARTLY, "old.ipynb": SOLVED}, "old.ipynb", "has the most exercises written"),
    ],
)  # fmt: skip
def test_of_several_notebooks_one_counts_by_name_and_work(
    tmp_path: Path, files: dict[str, str], wanted: str, why: str
) -> None:
    folder = in_folder(tmp_path / "submitted" / "ada", files)
    aged(folder, [wanted, *(name for name in files if name != wanted)])
    inside = in_zip(
        tmp_path / "class.zip", {f"ada/{name}": text for name, text in files.items()} | {f"bob/{OWN}": ""}
    )
    for found in (discover_all([folder]), discover_all([inside])[:1]):
        (item,) = found
        assert str(item.relative).removeprefix("ada/") == wanted
        assert item.assignment == ASSIGNMENT
        (note,) = item.notes
        assert "of 2 notebooks this one counts" in note
        assert why in note
        assert min(name for name in files if name != wanted) in note


@pytest.mark.parametrize("names", [("a.ipynb", "b.ipynb"), ("b.ipynb", "a.ipynb"), ("x/a.ipynb", "b.ipynb")])
def test_else_the_newest_counts(tmp_path: Path, names: tuple[str, ...]) -> None:
    folder = in_folder(tmp_path / "submitted" / "ada", dict.fromkeys(names, SOLVED))
    aged(folder, names)
    (item,) = discover_all([folder])
    assert str(item.relative) == names[-1]
    assert "is the newest" in item.notes[0]


@pytest.mark.parametrize("order", [1, -1])
def test_what_is_of_the_same_age_as_after_a_checkout_is_told_apart_by_its_name(
    tmp_path: Path, order: int
) -> None:
    names = ["homework1.ipynb", "homework9.ipynb", "homework10.ipynb"]
    folder = in_folder(tmp_path / "submitted" / "ada", dict.fromkeys(names, SOLVED))
    aged(folder, names[::order], apart=2.0)
    (item,) = discover_all([folder])
    assert str(item.relative) == "homework10.ipynb"
    assert "has the last name" in item.notes[0]


def test_each_assignment_has_a_row_and_what_is_none_is_only_named(tmp_path: Path) -> None:
    files = {f"{OTHER}.ipynb": SOLVED_OTHER, "work.ipynb": SOLVED, "empty.ipynb": EMPTY, "dog.ipynb": "woof"}
    found = discover_all([in_folder(tmp_path / "submitted" / "ada", files)])
    assert {item.assignment: item.relative.name for item in found} == {
        OTHER: f"{OTHER}.ipynb",
        ASSIGNMENT: "work.ipynb",
    }
    (note,) = found[0].notes
    assert "dog.ipynb was left out: it is not a notebook" in note
    assert "empty.ipynb was left out: no exercise of this course is in it" in note


def test_the_notebooks_of_a_class_in_a_folder_of_the_assignment_are_not_one_students(tmp_path: Path) -> None:
    files = {f"{ASSIGNMENT}/{name}.ipynb": SOLVED for name in ("ada", "bob", "cyd")}
    folder, inside = in_folder(tmp_path / "downloads", files), in_zip(tmp_path / "class.zip", files)
    for paths in ([folder], [inside], [folder / ASSIGNMENT], sorted(folder.glob("*/*"))):
        assert len(discover_all(paths)) == 3
        assert len(discover_all(paths, ASSIGNMENT)) == 3


def test_beside_the_own_notebook_of_an_assignments_folder_another_one_is_extra(tmp_path: Path) -> None:
    files = {OWN: SOLVED, f"{ASSIGNMENT}/scratch.ipynb": SOLVED}
    for path in (in_folder(tmp_path / "repository", files), in_zip(tmp_path / "c.zip", files)):
        (item,) = discover_all([path])
        assert (item.student, str(item.relative)) == (None, OWN)
        assert "scratch.ipynb" in item.notes[0]


def test_links_and_pipes_take_the_place_of_nothing(tmp_path: Path) -> None:
    submitted = in_folder(tmp_path / "submitted", {f"ada/{OWN}": SOLVED, f"bob/{OWN}": SOLVED})
    (submitted / "ada" / f"{ASSIGNMENT}.ipynb").symlink_to(submitted / "bob" / OWN)
    (submitted / "ada" / "more").symlink_to(submitted / "bob")
    item, other = discover_all([submitted])
    assert (str(item.relative), reason(item), other.student) == (f"ada/{OWN}", "", "bob")
    assert "symbolic link" in item.notes[-1]


@pytest.mark.parametrize("number", [2, 25, 1000])
def test_however_many_notebooks_there_are_they_make_one_row(tmp_path: Path, number: int) -> None:
    files = {f"ada/{n}.ipynb": PASTED for n in range(number)} | {f"ada/{OWN}": SOLVED, f"bob/{OWN}": SOLVED}
    for path in (in_folder(tmp_path / "submitted", files), in_zip(tmp_path / "class.zip", files)):
        found = discover_all([path])
        assert [(item.student, item.assignment) for item in found] == [
            ("ada", ASSIGNMENT),
            ("bob", ASSIGNMENT),
        ]
        assert found[0].path.name == f"{ASSIGNMENT}.ipynb"


def test_only_so_much_of_one_student_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = in_folder(tmp_path / "submitted" / "ada", {f"{n}.ipynb": PASTED for n in range(100)})
    read: list[Path] = []
    original = Found.read

    def watched(item: Found) -> bytes:
        read.append(item.path)
        return original(item)

    monkeypatch.setattr(Found, "read", watched)
    discover_all([folder])
    assert len(read) == contents.MAX_READ
    monkeypatch.setattr(contents, "MAX_BYTES", 3 * len(PASTED))
    read.clear()
    discover_all([folder])
    assert len(read) <= 4


# The rule itself

CANDIDATES = st.lists(
    st.tuples(
        st.sampled_from(["a", "b1", "b10", ASSIGNMENT, f"{ASSIGNMENT}-1"]),
        st.sampled_from(["", "x"]),
    ),
    min_size=1,
    max_size=6,
    unique=True,
)


@given(CANDIDATES, st.permutations(range(6)))
def test_the_order_in_which_notebooks_are_found_decides_nothing(
    candidates: Sequence[tuple[str, str]], order: Sequence[int]
) -> None:
    items = [
        Found(Path("/nowhere"), Path(folder, f"{name}.ipynb"), Owner("ada")) for name, folder in candidates
    ]
    shuffled = [items[n] for n in order if n < len(items)]
    one, other = (choice.chosen(some) for some in (items, shuffled))
    assert {(row.path, row.assignment) for row in one} == {(row.path, row.assignment) for row in other}


@given(st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1))
def test_any_name_can_be_sorted(name: str) -> None:
    assert sorted([name, "a1", "a10", name + "9" * 5000], key=natural)


# --assignment

REPOSITORY = {f"{OTHER}/{OTHER}.ipynb": SOLVED_OTHER, OWN: SOLVED, "README.md": ""}


@pytest.mark.parametrize(
    ("asked", "files"),
    [
        (ASSIGNMENT, REPOSITORY),
        (OTHER, REPOSITORY),
        (ASSIGNMENT, {f"{OTHER}.ipynb": SOLVED_OTHER, f"{ASSIGNMENT}.ipynb": SOLVED}),
        (ASSIGNMENT, {f"{OTHER}.ipynb": SOLVED_OTHER, "work.ipynb": SOLVED}),
        (ASSIGNMENT, {f"{OTHER}/x.ipynb": SOLVED_OTHER, f"{ASSIGNMENT}/y.ipynb": SOLVED}),
        (ASSIGNMENT, {"one.ipynb": SOLVED_OTHER, "two.ipynb": SOLVED, "three.ipynb": EMPTY}),
    ],
)
def test_assignment_chooses_among_two(tmp_path: Path, asked: str, files: dict[str, str]) -> None:
    (item,) = discover_all([in_folder(tmp_path / "repository", files)], asked, alone=True)
    assert (item.assignment, reason(item)) == (asked, "")


@pytest.mark.parametrize("asked", [ASSIGNMENT, OTHER])
@pytest.mark.parametrize("format_name", ["gradescope", "github"])
def test_a_repository_with_two_is_graded_as_the_one_asked_for(
    tmp_path: Path, asked: str, format_name: str
) -> None:
    in_folder(tmp_path / "repository", REPOSITORY)
    done = in_process(tmp_path, "grade", "--assignment", asked, "--format", format_name, "repository")
    result = json.loads(done.stdout)
    assert done.returncode == 0
    assert sum(test["score"] for test in result["tests"]) == notebooks.assignments()[asked].max_score


def test_assignment_chooses_in_a_class(tmp_path: Path) -> None:
    files = {
        f"ada/{OTHER}/{OTHER}.ipynb": SOLVED_OTHER,
        f"ada/{OWN}": SOLVED,
        f"bob/{OTHER}/{OTHER}.ipynb": SOLVED_OTHER,
        "cyd/work.ipynb": SOLVED,
        f"dan/{ASSIGNMENT}/report.pdf": "",
        f"dan/{OTHER}/{OTHER}.ipynb": SOLVED_OTHER,
    }
    in_folder(tmp_path / "submitted", files)
    done = in_process(tmp_path, "grade", "--assignment", ASSIGNMENT, "--format", "json", "submitted")
    rows = {grade["student"]: grade for grade in done.grades}
    assert {student: row["assignment"] for student, row in rows.items()} == dict.fromkeys(
        ["ada", "bob", "cyd", "dan"], ASSIGNMENT
    )
    assert {student: row["score"] for student, row in rows.items()} == {
        "ada": POINTS,
        "bob": None,
        "cyd": POINTS,
        "dan": None,
    }
    assert rows["bob"]["error"] == f"nothing was handed in for it, only for {OTHER}"
    assert "only report.pdf" in rows["dan"]["error"]
    assert done.returncode == 2


def test_assignment_leaves_out_loose_notebooks_of_others(tmp_path: Path) -> None:
    folder = in_folder(tmp_path / "repository", REPOSITORY)
    (item,) = discover_all([folder], ASSIGNMENT)
    assert (str(item.relative), item.assignment) == (OWN, ASSIGNMENT)
    (item,) = discover_all([folder / OTHER / f"{OTHER}.ipynb"], ASSIGNMENT)  # asked for by name
    assert item.assignment == ASSIGNMENT


# A program always finds its file

ONE = {
    "extra.ipynb": EMPTY,
    "data/x.csv": "",
    "report.pdf": "",
    "submitted/ada/x.pdf": "",
    "turing/y.IPYNB": "",
}


@pytest.mark.parametrize(
    ("files", "graded"),
    [
        ({f"{ASSIGNMENT}.ipynb": SOLVED, "extra.ipynb": EMPTY}, True),
        ({f"{ASSIGNMENT}.ipynb": SOLVED, "extra.ipynb": SOLVED}, True),
        ({f"{ASSIGNMENT}.ipynb": SOLVED, **ONE}, True),
        ({f"homework/final/{OWN}": SOLVED, **ONE}, True),
        ({f"one/{OWN}": SOLVED, f"two/{OWN}": STUBS}, True),
        ({OWN: SOLVED, f"{OTHER}/report.pdf": ""}, True),
        ({f"submitted/mine/{OWN}": SOLVED, "submitted/old/x.ipynb": STUBS}, True),
        (ONE, False),
        ({}, False),
        ({f"{ASSIGNMENT}.ipynb": ""}, False),
        ({f"{ASSIGNMENT}.ipynb": SOLVED, f"{OTHER}.ipynb": SOLVED_OTHER}, False),
        ({"work.zip": ""}, False),
    ],
)
def test_a_format_for_programs_always_writes_its_file(
    tmp_path: Path, files: dict[str, str], graded: bool
) -> None:
    in_folder(tmp_path / "submission", files)
    format_name = "github" if len(files) == 1 else "gradescope"
    done = in_process(tmp_path, "grade", "--format", format_name, "--output", "result.json", "submission")
    result = json.loads((tmp_path / "result.json").read_text())
    assert done.returncode == (0 if graded else 2)
    if graded:
        assert sum(test["score"] for test in result["tests"]) == POINTS
    else:
        assert result.get("score") is None
        assert not any(test.get("score") for test in result.get("tests", []))


def test_a_zip_in_which_nothing_names_students_is_one_submission(tmp_path: Path) -> None:
    files = {f"{ASSIGNMENT}.ipynb": SOLVED, "extra.ipynb": SOLVED, "old.ipynb": STUBS}
    (item,) = discover_all([in_zip(tmp_path / "work.zip", files)], alone=True)
    assert item.path.name == f"{ASSIGNMENT}.ipynb"


def test_several_assignments_are_undecided_and_the_option_is_named(tmp_path: Path) -> None:
    (item,) = discover_all([in_folder(tmp_path / "submission", REPOSITORY)], alone=True)
    assert f"several assignments ({OTHER}, {ASSIGNMENT}): say with --assignment" in reason(item)


@pytest.mark.parametrize("where", ["submitted", "class.zip"])
@pytest.mark.parametrize("format_name", ["gradescope", "github"])
def test_a_class_is_no_single_submission(tmp_path: Path, where: str, format_name: str) -> None:
    files = {f"ada/{OWN}": SOLVED, f"bob/{OWN}": SOLVED}
    (in_zip if where.endswith(".zip") else in_folder)(tmp_path / where, files)
    done = in_process(tmp_path, "grade", "--format", format_name, where)
    assert (done.returncode, done.stdout) == (1, "")
    assert "takes exactly one submission, and there are 2" in done.stderr


@pytest.mark.parametrize("format_name", ["gradescope", "github"])
def test_one_student_of_a_class_is_one_submission(tmp_path: Path, format_name: str) -> None:
    in_folder(tmp_path / "submitted" / "ada", {OWN: SOLVED, "extra.ipynb": EMPTY})
    done = in_process(tmp_path, "grade", "--format", format_name, "submitted/ada")
    assert (done.returncode, done.stdout != "") == (0, True)
