"""Every student's folder has a row: a notebook, or a sentence that says what is there instead, and the mend."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.intake import absent, folders
from autograder.intake.discovery import discover_all
from autograder.intake.found import Found
from tests.support.command import autograder
from tests.support.handed import ASSIGNMENT, OTHER, OWN, SOLVED, in_folder, in_zip, reason

# What a student has in the folder, and words of the sentence about it.
ABSENT: dict[str, tuple[tuple[str, ...], str]] = {
    "a pdf": (("report.pdf",), "only report.pdf: hand in the .ipynb file itself"),
    "a pdf of the assignment": ((f"{ASSIGNMENT}/report.PDF",), "only report.PDF"),
    "a page": ((f"{ASSIGNMENT}/{ASSIGNMENT}.html",), "not a print of it"),
    "capitals": ((f"{ASSIGNMENT}/{ASSIGNMENT}.IPYNB",), "does not end in .ipynb: rename the file"),
    "txt": ((f"{ASSIGNMENT}.ipynb.txt",), "does not end in .ipynb: rename the file"),
    "json": ((f"{OWN}.json",), "does not end in .ipynb"),
    "a browser's": ((f"{OWN} (1)",), "does not end in .ipynb"),
    "not whole": ((f"{OWN}.crdownload",), "does not end in .ipynb"),
    "a backup": ((f"{OWN}~",), "does not end in .ipynb"),
    "a zip": (("work.zip",), "only work.zip: unpack it"),
    "a zip and a pdf": (("a.pdf", "work.zip"), "only work.zip: unpack it"),
    "other archives": (("a.rar", "b.tar.gz", "c.7z", "d.tgz"), "only a.rar, b.tar.gz, c.7z and 1 more: unpack"),
    "a script": ((f"{ASSIGNMENT}/{ASSIGNMENT}.py",), "a script cannot be graded"),
    "a table": ((f"{ASSIGNMENT}/data.csv",), "there is no notebook (.ipynb), only data.csv"),
    "nothing": ((), "nothing was handed in: the folder is empty"),
    "nothing of the assignment": ((f"{ASSIGNMENT}/",), "the folder is empty"),
    "too deep": ((f"x/{OWN}",), f"x/{OWN} lies too deep: move it"),
    "much too deep": ((f"a/b/c/{OWN}",), "lies too deep"),
    "backups only": ((f"{ASSIGNMENT}/.ipynb_checkpoints/{ASSIGNMENT}-checkpoint.ipynb",), "only hidden files"),
    "a hidden notebook": ((f"{ASSIGNMENT}/.{ASSIGNMENT}.ipynb",), "only hidden files"),
    "what a mac adds": (("__MACOSX/._3.ipynb",), "only hidden files"),
    "a folder of the name": ((f"{OWN}/",), "the folder is empty"),
}  # fmt: skip


def of(found: list[Found], student: str) -> Found:
    (item,) = [item for item in found if item.student == student]
    return item


def given_below(student: str, names: tuple[str, ...]) -> dict[str, str]:
    return {f"{student}/{name}": SOLVED for name in names or ("",)}


@pytest.mark.parametrize(("names", "said"), ABSENT.values(), ids=ABSENT)
def test_a_student_without_a_notebook_has_a_row_that_says_why(
    tmp_path: Path, names: tuple[str, ...], said: str
) -> None:
    submitted = in_folder(tmp_path / "submitted", {f"ada/{OWN}": SOLVED, **given_below("bob", names)})
    for paths in ([submitted], [tmp_path], sorted(submitted.iterdir())):
        found = discover_all(paths)
        assert [item.student for item in found] == ["ada", "bob"]
        assert said in reason(of(found, "bob"))
        assert reason(of(found, "ada")) == ""


# No folder of a zip file is too deep: nobody can move anything in it.
IN_A_ZIP = {name: case for name, case in ABSENT.items() if "too deep" not in name}


@pytest.mark.parametrize(("names", "said"), IN_A_ZIP.values(), ids=IN_A_ZIP)
@pytest.mark.parametrize("top", ["", "class/submitted/"])
def test_so_it_is_in_a_zip(tmp_path: Path, names: tuple[str, ...], said: str, top: str) -> None:
    inside = {f"ada/{OWN}": SOLVED, **given_below("bob", names)}
    found = discover_all(
        [in_zip(tmp_path / "class.zip", {top + name: text for name, text in inside.items()})]
    )
    assert [item.student for item in found] == ["ada", "bob"]
    assert said in reason(of(found, "bob"))


def test_all_of_them_have_a_row_and_the_exit_code_is_2(tmp_path: Path) -> None:
    files = {f"ada/{OWN}": SOLVED, f".hidden/{OWN}": SOLVED}
    for name, (names, _) in ABSENT.items():
        files |= given_below(name, names)
    in_folder(tmp_path / "submitted", files)
    done = autograder(tmp_path, "grade", "--format", "json", "submitted")
    assert done.returncode == 2
    rows = {grade["student"]: grade for grade in done.grades}
    assert rows.keys() == {"ada", ".hidden", *ABSENT}
    assert [name for name, row in rows.items() if row["status"] == "graded"] == ["ada"]
    assert all(row["error"] and row["score"] is None for name, row in rows.items() if name != "ada")
    assert rows["capitals"]["assignment"] == ASSIGNMENT


@pytest.mark.parametrize(
    "make", [os.mkfifo, lambda path: path.symlink_to("/etc"), lambda path: path.symlink_to(path)]
)
def test_what_is_neither_file_nor_folder_hides_nobody(tmp_path: Path, make: Callable[[Path], None]) -> None:
    submitted = in_folder(tmp_path / "submitted", {f"ada/{OWN}": SOLVED, "bob/": ""})
    make(submitted / "bob" / "something")
    found = discover_all([submitted])
    assert [item.student for item in found] == ["ada", "bob"]
    assert reason(found[1])


def test_a_folder_that_cannot_be_opened_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    submitted = in_folder(tmp_path / "submitted", {f"ada/{OWN}": SOLVED, f"bob/{OWN}": SOLVED})
    scan = os.scandir

    def refuse(path: Path) -> object:
        if "bob" in str(path):
            raise PermissionError(13, "Permission denied")
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    found = discover_all([submitted])
    assert [item.student for item in found] == ["ada", "bob"]
    assert "cannot be opened (Permission denied)" in reason(found[1])


@pytest.mark.parametrize("name", [".hidden", ".ada", "..."])
def test_a_student_with_a_dot_has_a_row(tmp_path: Path, name: str) -> None:
    files = {f"ada/{OWN}": SOLVED, f"{name}/{OWN}": SOLVED}
    for path in (in_folder(tmp_path / "submitted", files), in_zip(tmp_path / "class.zip", files)):
        assert "begins with a dot" in reason(of(discover_all([path]), name))


@pytest.mark.parametrize(
    "name", [".git", ".ipynb_checkpoints", "__MACOSX", ".DS_Store", ".Trash-1000", ".vscode"]
)
def test_what_programs_put_beside_the_students_is_no_student(tmp_path: Path, name: str) -> None:
    files = {f"ada/{OWN}": SOLVED, f"{name}/{OWN}": SOLVED}
    for path in (in_folder(tmp_path / "submitted", files), in_zip(tmp_path / "class.zip", files)):
        assert [item.student for item in discover_all([path])] == ["ada"]


def test_an_assignment_without_a_notebook_has_a_row_beside_one_that_has_it(tmp_path: Path) -> None:
    files = {f"ada/{OTHER}/{OTHER}.ipynb": SOLVED, f"ada/{ASSIGNMENT}/report.pdf": ""}
    for path in (
        in_folder(tmp_path / "submitted", files),
        in_zip(tmp_path / "c.zip", files | {f"bob/{OWN}": ""}),
    ):
        rows = {item.assignment: reason(item) for item in discover_all([path]) if item.student == "ada"}
        assert rows[OTHER] == ""
        assert "only report.pdf" in rows[ASSIGNMENT]


def test_a_notebook_in_no_folder_of_its_assignment_fills_the_empty_one(tmp_path: Path) -> None:
    files = {f"ada/{ASSIGNMENT}.ipynb": SOLVED, f"ada/{ASSIGNMENT}/report.pdf": ""}
    (item,) = discover_all([in_folder(tmp_path / "submitted", files)])
    assert reason(item) == ""


def test_zips_of_students_in_the_folder_of_the_class_are_theirs(tmp_path: Path) -> None:
    submitted = in_folder(tmp_path / "submitted", {f"ada/{OWN}": SOLVED})
    in_zip(submitted / "bob.zip", {f"turing/{OWN}": SOLVED})
    in_zip(submitted / "cyd.zip", {"work.zip": ""})
    for paths in ([submitted], sorted(submitted.iterdir())):
        found = discover_all(paths)
        assert [item.student for item in found] == ["ada", "bob", "cyd"]
        assert "only work.zip" in reason(found[2])


def test_zips_in_a_zip_are_named(tmp_path: Path) -> None:
    path = in_zip(tmp_path / "class.zip", {f"ada/{OWN}": SOLVED, "bob/work.zip": "", "cyd.zip": ""})
    found = discover_all([path])
    assert [item.student for item in found] == ["ada", "bob", "cyd"]
    assert ["unpack it" in reason(item) for item in found] == [False, True, True]
    (item,) = discover_all([in_zip(tmp_path / "outer.zip", {"inner.zip": ""})])
    assert (item.student, "unpack it" in reason(item)) == ("inner", True)


def test_a_notebook_in_a_deep_folder_of_a_zip_is_graded(tmp_path: Path) -> None:
    found = discover_all([in_zip(tmp_path / "class.zip", {f"ada/{OWN}": SOLVED, f"bob/a/b/c/{OWN}": SOLVED})])
    assert [(item.student, reason(item)) for item in found] == [("ada", ""), ("bob", "")]


# What is not certainly a class

REPOSITORY = {
    f"homework/{OWN}": SOLVED,
    "data/x.csv": "",
    "figures/a.pdf": "",
    "README.md": "",
    "notes.ipynb~": "",
}


@pytest.mark.parametrize("extra", [{}, {f"{OTHER}.ipynb": SOLVED}, {OWN: SOLVED, "more/x.ipynb": SOLVED}])
def test_the_other_folders_of_a_repository_are_no_students(tmp_path: Path, extra: Mapping[str, str]) -> None:
    found = discover_all([in_folder(tmp_path / "repository", REPOSITORY | dict(extra))])
    assert {reason(item) for item in found} == {""}


def test_a_folder_is_a_class_if_several_folders_hold_notebooks(tmp_path: Path) -> None:
    files = {f"ada/{OWN}": SOLVED, "bob/homework.ipynb": SOLVED, "cyd/report.pdf": ""}
    found = discover_all([in_folder(tmp_path / "class", files)])
    assert [(item.student, reason(item) == "") for item in found] == [
        ("ada", True),
        ("bob", True),
        ("cyd", False),
    ]


@pytest.mark.parametrize(
    ("files", "said"),
    [({}, "the folder is empty"), ({"a.pdf": ""}, "only a.pdf"), ({"a.IPYNB": ""}, "does not end in .ipynb")],
)
def test_a_path_with_nothing_to_grade_has_a_row(tmp_path: Path, files: dict[str, str], said: str) -> None:
    for name in ("submitted", "anything"):
        (item,) = discover_all([in_folder(tmp_path / name, files)])
        assert said in reason(item)
    (item,) = discover_all([in_zip(tmp_path / "c.zip", files)])
    assert "no notebook" in reason(item) or said in reason(item)


# The reason is bounded

NAMES = st.lists(
    st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1), min_size=1
)


@given(st.lists(NAMES.map(lambda parts: Path(*parts)), max_size=20))
def test_a_reason_is_one_short_line_whatever_the_files_are_called(paths: list[Path]) -> None:
    said = absent.reason(paths)
    assert said
    assert said.isprintable()
    assert len(said) < 500


@pytest.mark.parametrize("alone", [False, True])
def test_a_forest_of_empty_folders_is_not_searched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, alone: bool
) -> None:
    """Twenty levels of three folders each would be three billion; here no more than so many are opened."""
    monkeypatch.setattr(folders, "MAX_FOLDERS", 40)
    opened: list[Path] = []

    def endless(folder: Path) -> folders.Listing:
        opened.append(folder)
        return folders.Listing(folders=("a", "b", "c"))

    path = in_folder(tmp_path / ("repository" if alone else "submitted/bob"), {})
    monkeypatch.setattr(folders, "listing", endless)
    assert len(discover_all([path], alone=alone)) == 1
    assert len(opened) < 200


def test_a_student_with_many_files_keeps_nobody_waiting(tmp_path: Path) -> None:
    files = {f"bob/{n}/{m}/{k}.txt": "" for n in range(8) for m in range(8) for k in range(8)}
    in_folder(tmp_path / "submitted", files | {f"ada/{OWN}": SOLVED})
    (item,) = [item for item in discover_all([tmp_path / "submitted"]) if item.student == "bob"]
    assert "0.txt, 0/0/1.txt, 0/0/2.txt and 509 more" in reason(item)
