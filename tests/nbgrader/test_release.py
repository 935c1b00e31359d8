"""The released notebooks are what nbgrader makes of the solutions, byte for byte."""

from pathlib import Path

import pytest

from autograder.course import notebooks
from tests.support.scratch import scratch_course


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    scratch = scratch_course(tmp_path_factory.mktemp("release"))
    done = scratch.nbgrader("generate_assignment", "--assignment=*", "--force", "--no-db")
    assert done.returncode == 0, done.stderr
    return scratch.root


def names() -> list[str]:
    return sorted(path.name for path in notebooks.folder("solutions").iterdir() if path.is_dir())


@pytest.mark.parametrize("name", names())
def test_the_released_notebook_is_in_sync(generated: Path, name: str) -> None:
    fresh = generated / "assignments" / name / f"{name}.ipynb"
    committed = notebooks.notebook("assignments", name)
    assert committed.is_file(), f"{name} is not released: run `make notebooks`"
    assert committed.read_bytes() == fresh.read_bytes(), (
        f"{name} is not in sync with solutions/: run `make notebooks`"
    )


def test_nothing_else_is_released() -> None:
    assert sorted(path.name for path in notebooks.folder("assignments").iterdir()) == names()


@pytest.mark.parametrize("name", names())
def test_nothing_hidden_is_released(name: str) -> None:
    text = notebooks.notebook("assignments", name).read_text()
    assert not [word for word in ("BEGIN SOLUTION", "MARK SCHEME", "HIDDEN TESTS") if word in text]
