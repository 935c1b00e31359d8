"""Which Pythons are welcome is said in several places, and all say the same."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

REPOSITORY = Path(__file__).parents[2]
PYTHON = "Programming Language :: Python :: "


def project() -> dict[str, Any]:
    table: dict[str, Any] = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["project"]
    return table


def pythons() -> list[str]:
    return [line.removeprefix(PYTHON) for line in project()["classifiers"] if line.startswith(PYTHON)]


def test_the_metadata_shut_out_no_python_of_tomorrow() -> None:
    assert project()["requires-python"] == f">={pythons()[0]}"


def test_ci_tries_every_python_and_the_readme_names_the_first_and_the_last() -> None:
    workflow = (REPOSITORY / ".github" / "workflows" / "ci.yml").read_text()
    (matrix,) = re.findall(r"^ +python: \[(.+)\]$", workflow, re.MULTILINE)
    assert re.findall(r"3\.\d+", matrix) == pythons()
    needed = f"Python {pythons()[0]} or newer (tested up to {pythons()[-1]})"
    assert needed in (REPOSITORY / "README.md").read_text()


@pytest.mark.parametrize("python", pythons())
def test_every_package_has_one_version_on_every_python(python: str) -> None:
    lines = (REPOSITORY / "constraints.txt").read_text().splitlines()
    pins = [Requirement(line) for line in lines if not line.startswith("#")]
    fitting = [pin.name for pin in pins if not pin.marker or pin.marker.evaluate({"python_version": python})]
    assert Counter(fitting) == Counter({pin.name for pin in pins})


def make(folder: Path, python: Path) -> "subprocess.CompletedProcess[str]":
    """What `make` says and does when it sets up with this Python."""
    shutil.copy(REPOSITORY / "Makefile", folder)
    command = ["make", f"PYTHON={python}", ".venv/.made"]
    alone = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    return subprocess.run(command, cwd=folder, env=alone, capture_output=True, text=True, check=False)


def a_python(folder: Path, major: int, minor: int) -> Path:
    """A program that says it is this Python; asked for an environment, it makes an empty folder."""
    path = folder / "python"
    path.write_text(
        f"#!{sys.executable}\n"
        "import os, sys\n"
        f"sys.version_info = ({major}, {minor}, 1)\n"
        f"if sys.argv[1] == '--version': print('Python {major}.{minor}.1')\n"
        "elif sys.argv[1] == '-c': exec(sys.argv[2])\n"
        "else: os.mkdir(sys.argv[3])\n"
    )
    path.chmod(0o755)
    return path


@pytest.mark.parametrize("version", [(2, 7), (3, 6), (3, 10)])
def test_make_refuses_an_old_python_in_a_sentence(tmp_path: Path, version: tuple[int, int]) -> None:
    python = a_python(tmp_path, *version)
    done = make(tmp_path, python)
    said, *rest = done.stderr.splitlines()
    assert said == (
        f"{python} is Python {'.'.join(map(str, version))}.1; Python {pythons()[0]} or newer is needed. "
        "Install one and name it: make PYTHON=python3.12 .venv/.made"
    )
    assert "".join(rest).startswith("make: ***")
    assert done.returncode
    assert not (tmp_path / ".venv").exists()


@pytest.mark.parametrize("version", [(3, 11), (3, 15), (4, 0)])
def test_make_takes_a_python_of_today(tmp_path: Path, version: tuple[int, int]) -> None:
    assert make(tmp_path, a_python(tmp_path, *version)).returncode == 0
    assert (tmp_path / ".venv" / ".made").exists()


def test_make_says_so_when_there_is_no_such_python(tmp_path: Path) -> None:
    done = make(tmp_path, tmp_path / "nothing")
    assert f"{tmp_path / 'nothing'} is no program that runs here; Python" in done.stderr
    assert not (tmp_path / ".venv").exists()
