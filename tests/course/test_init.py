"""`autograder init`: a course folder apart from this repository; nothing of anybody's is lost."""

import re
from pathlib import Path

import pytest

import autograder
from autograder.course import folder, notebooks
from tests.support.command import autograder as run_apart
from tests.support.command import in_process


def everything(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_a_new_course_has_our_notebooks_and_what_is_around_them(tmp_path: Path) -> None:
    done = in_process(tmp_path, "init", "course")
    assert done.returncode == 0, done.stderr
    made = everything(tmp_path / "course")
    for name in notebooks.assignments():
        ours = notebooks.notebook("solutions", name).read_bytes()
        assert made.pop(f"source/{name}/{name}.ipynb") == ours
    assert set(made) == {".gitignore", "README.md", "nbgrader_config.py"}
    for private in (b".autograder-secret\n", b"/*.csv\n", b"/*.jsonl\n"):
        assert private in made[".gitignore"]
    assert folder.made_with(tmp_path / "course") == autograder.__version__
    assert not re.search(rb"\$\w", b"".join(made.values())), "a template is not filled in"


def test_whoever_grades_in_it_without_its_points_is_told_how_to(tmp_path: Path) -> None:
    folder.make(tmp_path / "course")
    done = in_process(tmp_path / "course", "grade", "--course", ".")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "Error: nothing has been handed in to this course: there is no folder submitted\n"
    (tmp_path / "course" / "submitted").mkdir()
    paths = [tmp_path / "course" / "submitted" / "ada" / "1-deep-chains"]
    done = in_process(tmp_path, "grade", *paths)
    course = f"{tmp_path}/course"
    told = f"Warning: {course} is a course folder: its own points and exercises count with --course {course}"
    assert told in done.stderr
    assert told in in_process(tmp_path, "grade", tmp_path / "course").stderr
    done = in_process(tmp_path / "course", "grade", "submitted")
    assert (
        "Warning: this is a course folder: its own points and exercises count with --course ., and"
        in done.stderr
    )
    done = in_process(tmp_path / "course", "grade", "--course", ".")
    assert "is a course folder" not in done.stderr
    done = in_process(tmp_path, "grade", "submitted")
    assert "is a course folder" not in done.stderr


def test_an_empty_folder_will_do_and_another_will_not(tmp_path: Path) -> None:
    assert in_process(tmp_path, "init", ".").returncode == 0
    before = everything(tmp_path)
    done = in_process(tmp_path, "init", ".")
    assert done.returncode == 1
    assert "is not empty" in done.stderr
    assert everything(tmp_path) == before


def test_what_cannot_be_written_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere" / "at all")
    for name, said in {
        "file": "File exists",
        "dangling": "File exists",
        "no/such/folder": "there is no folder no/such",
        "/proc/course": "/proc",
        "x" * 300: "File name too long",
    }.items():
        done = in_process(tmp_path, "init", name)
        assert done.returncode == 1
        assert said in done.stderr
        assert done.stderr.startswith("Error: ")
        assert done.stderr.count("\n") == 1
    assert everything(tmp_path) == {"file": b"mine"}


@pytest.mark.parametrize("is_new", [True, False])
def test_nothing_is_left_when_the_disk_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_new: bool
) -> None:
    target = tmp_path / "course"
    if not is_new:
        target.mkdir()
    contents = list(folder._contents())

    def until_full() -> object:
        yield from contents[:-1]
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(folder, "_contents", until_full)
    done = in_process(tmp_path, "init", "course")
    assert (done.returncode, done.stderr) == (
        1,
        "Error: cannot make a course in course: No space left on device\n",
    )
    assert target.exists() is not is_new
    assert not everything(tmp_path)


def test_another_version_is_said(tmp_path: Path) -> None:
    in_process(tmp_path, "init", "course")
    config = tmp_path / "course" / folder.CONFIG
    assert folder.another_version(folder.made_with(config.parent)) is None
    config.write_text(
        config.read_text().replace(f'made_with="{autograder.__version__}"', 'made_with="0.1.0"')
    )
    assert "0.1.0 made this course folder" in str(folder.another_version(folder.made_with(config.parent)))
    assert folder.another_version(folder.made_with(tmp_path)) is None


def test_the_command_alone(tmp_path: Path) -> None:
    assert run_apart(tmp_path, "init", "course").returncode == 0
