"""Solutions and notebooks of people who never saw a check: read, and graded."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from autograder.demo.handin import solved
from autograder.grading.grader import Grader
from autograder.intake.submission import from_bytes, from_cells
from autograder.results import ExerciseResult, Grade

FOLDER = Path(__file__).parents[1] / "strangers"
_HEAD = re.compile(r"^# %% (right|wrong): ([\w-]+)\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Solution:
    """One solution of an exercise: the content of its cell, and what its writer says of it."""

    assignment: str
    exercise: str
    name: str
    right: bool
    source: str

    @property
    def id(self) -> str:
        """How `verdicts.toml` names it."""
        return f"{self.exercise}/{self.name}"

    def said(self, what: str) -> str:
        """What the line `# what: …` says, or nothing."""
        found = re.search(rf"^# {what}: *((?:.|\n#  )*)$", self.source, re.MULTILINE)
        return " ".join(found[1].split()) if found else ""


@dataclass(frozen=True)
class Notebook:
    """A whole notebook, and which of its exercises deserve to lose points."""

    path: str
    assignment: str
    wrong: frozenset[str]
    story: str


@cache
def verdicts() -> dict[str, Any]:
    """Where the text of the released notebook decides against a label: `right`, `wrong` or `open`, and why."""
    return tomllib.loads((FOLDER / "verdicts.toml").read_text(encoding="utf-8"))


def solutions() -> Iterator[Solution]:
    """All solutions, with the verdict that the notebook's text gives; what it leaves open is left out."""
    for path in sorted((FOLDER / "solutions").glob("*/*.py")):
        parts = _HEAD.split(path.read_text(encoding="utf-8"))
        for kind, name, source in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
            verdict = verdicts().get("solutions", {}).get(f"{path.stem}/{name}", {"is": kind})["is"]
            if verdict != "open":
                yield Solution(path.parent.name, path.stem, name, verdict == "right", source.strip() + "\n")


def whole_notebooks() -> Iterator[Notebook]:
    """All whole notebooks."""
    labels = tomllib.loads((FOLDER / "notebooks" / "labels.toml").read_text(encoding="utf-8"))
    for entry in labels["notebook"]:
        wrong = verdicts().get("notebooks", {}).get(entry["path"].partition("/")[0], entry)["wrong"]
        yield Notebook(entry["path"], entry["assignment"], frozenset(wrong), entry["story"])


def grade_solution(grader: Grader, solution: Solution) -> ExerciseResult:
    """The result of the exercise, in a notebook that is otherwise solved."""
    document = solved(solution.assignment, {solution.exercise: solution.source})
    grade = grader.grade(from_cells("x.ipynb", document["cells"], "stranger", solution.assignment))
    assert grade.error is None, grade.error
    return next(one for one in grade.exercises if one.name == solution.exercise)


def grade_notebook(grader: Grader, notebook: Notebook) -> Grade:
    """The grade of a whole notebook."""
    path = FOLDER / "notebooks" / notebook.path
    return grader.grade(from_bytes(path, path.read_bytes(), "stranger", notebook.assignment))


def lost(grade: Grade) -> frozenset[str]:
    """The exercises that lost points."""
    return frozenset(one.name for one in grade.exercises if one.failed)
