"""Whose a notebook is: the folder below `submitted` tells, whatever a student puts, calls or links inside."""

import os
import signal
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from autograder.intake import zips
from autograder.intake.discovery import Found, discover_all
from autograder.intake.files import SubmissionError
from tests.support.patience import HANGS

NAME = "1-deep-chains"
OWN = f"{NAME}/{NAME}.ipynb"


def written(root: Path, *names: str) -> Path:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("{}")
    return root


def zipped(path: Path, *names: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, f"in {path.name}: {name}")
    return path


def outcome(item: Found) -> str:
    try:
        return item.read().decode()
    except SubmissionError as error:
        return str(error)


def students(paths: Iterable[Path]) -> list[str | None]:
    return [item.student for item in discover_all(paths)]


@pytest.fixture
def submitted(tmp_path: Path) -> Path:
    return written(tmp_path / "submitted", f"alice/{OWN}", f"bob/{OWN}")


@pytest.mark.parametrize("pattern", ["", "*", "*/*", "*/*/*.ipynb"])
def test_however_the_class_is_given_the_students_are_the_same(submitted: Path, pattern: str) -> None:
    paths = sorted(submitted.glob(pattern)) if pattern else [submitted]
    assert students(paths) == ["alice", "bob"]


def test_paths_may_be_relative_to_any_folder_of_the_class(
    submitted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(submitted)
    assert students([Path("alice"), Path("bob", OWN)]) == ["alice", "bob"]
    monkeypatch.chdir(submitted / "alice")
    (item,) = discover_all([Path()])
    assert (item.student, str(item.path), item.read()) == ("alice", OWN, b"{}")


def test_a_file_in_no_folder_of_a_student_is_nobodys(submitted: Path, tmp_path: Path) -> None:
    written(submitted, "x.ipynb", "list.csv")
    strays = [submitted / "x.ipynb", submitted / "list.csv", tmp_path / "missing", tmp_path / "missing.ipynb"]
    assert students(strays) == [None] * 4


@pytest.mark.parametrize("pattern", ["", "*", "*/*", "*/*/*.ipynb"])
@pytest.mark.parametrize("link", ["mallory", f"mallory/{NAME}"])
def test_a_linked_folder_is_refused_and_named_however_it_is_given(
    submitted: Path, pattern: str, link: str
) -> None:
    (submitted / link).parent.mkdir(exist_ok=True)
    (submitted / link).symlink_to(submitted / "alice" / Path(link).relative_to("mallory"))
    paths = sorted(submitted.glob(pattern)) if pattern else [submitted]
    outcomes = {item.student: outcome(item) for item in discover_all(paths)}
    assert outcomes.keys() == {"alice", "bob", "mallory"}
    assert "it is a symbolic link" in outcomes["mallory"]


def test_a_link_to_nowhere_is_named_and_a_link_to_data_is_not(submitted: Path) -> None:
    (submitted / "alice" / "data.csv").symlink_to(submitted / "bob" / OWN)
    (submitted / "mallory").symlink_to("nowhere")
    (submitted / "loop").symlink_to("loop")
    assert students([submitted]) == ["alice", "bob", "loop", "mallory"]


@pytest.mark.parametrize("inner", ["alice", "submitted/alice"])
def test_no_folder_of_a_student_is_another_student(submitted: Path, inner: str) -> None:
    written(submitted / "mallory", f"{inner}/{OWN}", f"{inner}/x.ipynb", "y.ipynb")
    every = [submitted, *submitted.glob("*"), *submitted.rglob("*.ipynb"), *submitted.rglob(NAME)]
    for path in every:
        for item in discover_all([path, submitted / "mallory" / "submitted"]):
            owner = item.path.relative_to(submitted).parts[0] if item.path != submitted else None
            assert item.student == owner
    assert discover_all([submitted / "mallory" / inner / OWN])[0].student == "mallory"


def test_a_course_in_a_students_folder_is_none(submitted: Path) -> None:
    written(submitted / "mallory", f"submitted/alice/{OWN}", "nbgrader_config.py")
    assert students([submitted / "mallory"]) == ["mallory"]


def test_what_lies_too_deep_is_refused(submitted: Path) -> None:
    deep = written(submitted, f"mallory/alice/{OWN}") / "mallory" / "alice"
    for path in (deep / OWN, deep / NAME):
        (item,) = discover_all([path])
        assert "it lies deeper than" in outcome(item)


def test_invented_folders_and_many_paths_give_nobody_more_notebooks(submitted: Path) -> None:
    written(submitted, *(f"mallory/{n}/{n}.ipynb" for n in range(50)))
    for pattern in ("*", "*/*", "*/*/*.ipynb"):
        found = discover_all(sorted(submitted.glob(pattern)))
        assert [item.student for item in found] == ["alice", "bob", "mallory"]
        assert "of 50 notebooks this one counts" in found[-1].notes[0]


def test_folders_of_archivers_are_left_out(submitted: Path) -> None:
    written(submitted, f"__MACOSX/alice/{NAME}/._{NAME}.ipynb", f"__MACOSX/bob/{OWN}")
    assert students([submitted]) == ["alice", "bob"]


@contextmanager
def without_hanging() -> Iterator[None]:
    def stop(*_: object) -> None:
        raise TimeoutError

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(int(HANGS))
    try:
        yield
    finally:
        signal.alarm(0)


@pytest.mark.parametrize("folder", ["submitted/mallory", "zips"])
def test_what_is_called_zip_and_is_none_keeps_nobody_waiting(tmp_path: Path, folder: str) -> None:
    (tmp_path / folder / "folder.zip").mkdir(parents=True)
    os.mkfifo(tmp_path / folder / "pipe.zip")
    (tmp_path / folder / "device.zip").symlink_to("/dev/zero")
    with without_hanging():
        found = {path.name: discover_all([path]) for path in (tmp_path / folder).iterdir()}
        outcomes = {name: outcome(item) for name, (item,) in found.items()}
        together = discover_all(sorted((tmp_path / folder).iterdir()))
        said = [outcome(item) for item in together]
    assert outcomes["device.zip"] == "it is a symbolic link: hand in the notebook itself"
    assert "the folder is empty" in outcomes["folder.zip"]
    assert "not a regular file" in outcomes["pipe.zip"]
    assert len(said) == (3 if folder == "zips" else 1)
    assert set(said) <= set(outcomes.values())


def test_a_pipe_is_not_opened_as_a_zip_even_if_it_was_one_before(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "class.zip")
    with without_hanging(), pytest.raises(SubmissionError, match="not a regular file"):
        zips.members(tmp_path / "class.zip")


def test_a_linked_zip_of_a_student_is_refused(submitted: Path, tmp_path: Path) -> None:
    zipped(tmp_path / "secret.zip", "x.ipynb")
    (submitted / "m.zip").symlink_to(tmp_path / "secret.zip")
    (item,) = discover_all([submitted / "m.zip"])
    assert "it is a symbolic link" in outcome(item)
    (tmp_path / "link.zip").symlink_to(tmp_path / "secret.zip")
    assert students([tmp_path / "link.zip"]) == [None]  # our own


@pytest.mark.parametrize("top", ["", "class/", "submitted/", "class/submitted/", "a/b/c/"])
@pytest.mark.parametrize(
    "hostile",
    [
        (),
        (f"mallory/{NAME}.ipynb",),
        ("mallory/x.ipynb",),
        (f"mallory/ada/{OWN}",),
        (f"mallory/submitted/ada/{OWN}",),
        (f"mallory/{OWN}", "mallory/a/b/c/d.ipynb"),
        (f"submitted/ada/{OWN}",),
    ],
)
def test_in_a_zip_of_the_class_no_student_changes_a_name(
    tmp_path: Path, top: str, hostile: tuple[str, ...]
) -> None:
    names = [f"ada/{OWN}", f"bob/{OWN}", *hostile]
    path = zipped(tmp_path / "class.zip", *(top + name for name in names))
    assert set(students([path])) == {name.split("/")[0] for name in names}


@pytest.mark.parametrize(
    ("names", "wanted"),
    [
        ([f"ada/{OWN}"], ["ada"]),
        (["ada/homework.ipynb"], ["ada"]),
        ([f"ada/{OWN}", "ada/3-initialization/3-initialization.ipynb"], ["ada", "ada"]),
        ([f"class/submitted/ada/{OWN}"], ["ada"]),
        ([f"class/ada/{OWN}"], [None]),
        ([f"mallory/alice/{OWN}", "mallory/x.ipynb"], ["mallory"]),
        (["ada.ipynb", "bob.ipynb"], [None, None]),
        (["class/ada.ipynb", "class/bob.ipynb"], [None, None]),
        ([OWN], [None]),
        ([f"c/submitted/ada/{OWN}", f"c/submitted/bob/{OWN}", f"c/source/{OWN}"], ["ada", "bob"]),
    ],
)
def test_folders_in_a_zip_tell_the_student_or_nobody(
    tmp_path: Path, names: list[str], wanted: list[str | None]
) -> None:
    assert students([zipped(tmp_path / "class.zip", *names)]) == wanted


def test_a_zip_of_a_students_own_names_nobody_else(submitted: Path, tmp_path: Path) -> None:
    names = [f"alice/{OWN}", f"bob/{OWN}"]
    zipped(submitted / "mallory.zip", *names)
    written(submitted, "eve/x.ipynb")
    zipped(submitted / "eve" / "e.zip", *names)
    assert students([submitted / "mallory.zip"]) == ["mallory"]
    assert students([submitted / "eve" / "e.zip"]) == ["eve"]
    several = [zipped(tmp_path / "ada.zip", "x.ipynb"), zipped(tmp_path / "dan.zip", *names)]
    assert students(several) == ["ada", "dan"]


def test_one_student_cannot_queue_thousands_of_notebooks_in_a_zip(tmp_path: Path) -> None:
    many = (f"mallory/{n}.ipynb" for n in range(200))
    unsafe = (f"../{n}.ipynb" for n in range(200))
    found = discover_all([zipped(tmp_path / "class.zip", f"alice/{OWN}", *many, *unsafe)])
    assert sorted(str(item.student) for item in found) == ["None", "alice", "mallory"]


def test_a_flat_zip_of_a_large_class_is_read(tmp_path: Path) -> None:
    path = zipped(tmp_path / "class.zip", *(f"class/{n}.ipynb" for n in range(100)))
    assert [item.refusal for item in discover_all([path])] == [None] * 100


def test_what_archivers_and_jupyter_add_to_a_zip_is_left_out(tmp_path: Path) -> None:
    junk = [
        f"alice/{NAME}/.ipynb_checkpoints/{NAME}-checkpoint.ipynb",
        f"__MACOSX/alice/{NAME}/._{NAME}.ipynb",
    ]
    (item,) = discover_all([zipped(tmp_path / "class.zip", f"alice/{OWN}", *junk, ".hidden.ipynb")])
    assert item.student == "alice"
    (item,) = discover_all([zipped(tmp_path / "junk.zip", *junk)])
    assert item.student == "alice"
    assert "only hidden files" in outcome(item)
    (item,) = discover_all([zipped(tmp_path / "none.zip", "README", ".hidden.ipynb")])
    assert "holds no notebook" in outcome(item)


@pytest.mark.parametrize("unsafe", ["z/../alice.ipynb", "./alice.ipynb", "/alice.ipynb", "z//alice.ipynb"])
def test_an_unsafe_name_takes_no_ones_place(tmp_path: Path, unsafe: str) -> None:
    path = zipped(tmp_path / "class.zip", "alice.ipynb", unsafe)
    outcomes = sorted(outcome(item) for item in discover_all([path]))
    assert outcomes == ["in class.zip: alice.ipynb", "its name in the zip file is unsafe: make the zip again"]
