"""The version is said in one place, and the changelog says what is in it, and since when."""

import re
import tomllib
from datetime import date
from pathlib import Path

from autograder import __version__

ROOT = Path(__file__).parents[2]
PLACES = ("*.md", "*.toml", "*.py", "Makefile", "docs/*", "autograder/**/*.py", ".github/**/*.yml", ".ci/*")
HEADING = re.compile(r"^## (\d+\.\d+\.\d+) – (\d{4}-\d\d-\d\d)$", re.MULTILINE)


def test_the_version_is_said_in_one_place() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert "version" in project["project"]["dynamic"]
    assert project["tool"]["hatch"]["version"] == {"path": "autograder/__init__.py"}
    whole = re.compile(rf"(?<![\d.]){re.escape(__version__)}(?![\d.])")
    files = [path for pattern in PLACES for path in ROOT.glob(pattern) if path.is_file()]
    said = {str(path.relative_to(ROOT)) for path in files if whole.search(path.read_text(encoding="utf-8"))}
    assert said == {"autograder/__init__.py", "CHANGELOG.md"}


def test_the_changelog_begins_with_it_and_has_dates_in_order() -> None:
    released = HEADING.findall((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    assert released[0][0] == __version__
    dates = [date.fromisoformat(day) for _, day in released]
    assert dates == sorted(dates, reverse=True)
    assert released == sorted(released, key=lambda entry: [*map(int, entry[0].split("."))], reverse=True)
