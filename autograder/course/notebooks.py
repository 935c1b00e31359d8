"""The course as its notebooks state it: which assignments and exercises there are, and in which order.

The exercise's name joins everything: it is the `grade_id` of the solution cell, `check_<name>` that of the
grade cell, and the name of the folder with its checks, its misconceptions and its variants.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal

GRADE_CELL = "check_"
BEGIN = "BEGIN SOLUTION"  # nbgrader cuts out what is between this line and END SOLUTION
_DOCSTRING = re.compile(r'"""(.*?)"""', re.DOTALL)


@dataclass(frozen=True)
class Assignment:
    """One assignment: points and right solutions by exercise, in the notebook's order, and the sources of cells.

    Grade cells hold the visible examples. Experiments are plots and trials: code that is not marked as anything
    in the notebook and imports nothing.
    """

    name: str
    points: Mapping[str, float]
    solutions: Mapping[str, str]
    grade_cells: frozenset[str]
    experiments: frozenset[str]

    @property
    def exercises(self) -> tuple[str, ...]:
        """The exercises in the order of the notebook."""
        return tuple(self.points)

    @cached_property
    def docstrings(self) -> tuple[str, ...]:
        """The texts of the docstrings, which students get, too: no code."""
        return tuple(text for source in self.solutions.values() for text in _DOCSTRING.findall(source))

    @property
    def max_score(self) -> float:
        """Points available."""
        return sum(self.points.values())


def folder(kind: Literal["solutions", "assignments"]) -> Path:
    """The folder of the solved or of the released notebooks, in a checkout or in an installed package."""
    here = Path(__file__).resolve().parents[1]
    installed = here / "notebooks" / kind
    return installed if installed.is_dir() else here.parent / kind


def notebook(kind: Literal["solutions", "assignments"], assignment: str) -> Path:
    """The solved or the released notebook of an assignment."""
    return folder(kind) / assignment / f"{assignment}.ipynb"


@cache
def assignments() -> Mapping[str, Assignment]:
    """All assignments by name, in the order of the course."""
    paths = sorted(folder("assignments").glob("*/*.ipynb"))
    if not paths:
        raise FileNotFoundError(f"no released notebooks in {folder('assignments')}: run `make notebooks`")
    return {path.stem: _read(path) for path in paths if path.stem == path.parent.name}


def _cells(path: Path) -> list[dict[str, Any]]:
    cells: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return cells


def _read(path: Path) -> Assignment:
    cells = _cells(path)
    solved = {grade_id(cell): source(cell) for cell in _cells(notebook("solutions", path.stem))}
    graded = {grade_id(cell): cell for cell in cells if (grade_id(cell) or "").startswith(GRADE_CELL)}
    points = {str(name).removeprefix(GRADE_CELL): _points(cell) for name, cell in graded.items()}
    return Assignment(
        path.stem,
        points,
        solutions={name: solved[name] for name in points},
        grade_cells=frozenset(source(cell).strip() for cell in graded.values()),
        experiments=frozenset(source(cell).strip() for cell in cells if _is_experiment(cell)),
    )


def _is_experiment(cell: dict[str, Any]) -> bool:
    marked = "nbgrader" in cell["metadata"]
    return cell["cell_type"] == "code" and not marked and "import " not in source(cell)


def _points(cell: dict[str, Any]) -> float:
    return float(cell["metadata"]["nbgrader"]["points"])


def grade_id(cell: dict[str, Any]) -> str | None:
    """A cell's nbgrader id, or None; whatever a student has made of the metadata."""
    entry: Any = cell
    for key in ("metadata", "nbgrader", "grade_id"):
        entry = entry.get(key) if isinstance(entry, dict) else None
    return entry if isinstance(entry, str) else None


def source(cell: dict[str, Any]) -> str:
    """A cell's source as one text (notebooks hold a text or a list of lines)."""
    lines = cell.get("source", "")
    if isinstance(lines, list):
        lines = "".join(line for line in lines if isinstance(line, str))
    return lines if isinstance(lines, str) else ""
