"""The trusted structure of a notebook: what nbgrader saved when the assignment was generated."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nbformat import NotebookNode
from nbgrader.api import Gradebook

from autograder.nbgrader_plugin import nodes


@dataclass(frozen=True)
class TrustedCell:
    """One cell with an nbgrader id, as it was released; `points` is None unless the cell carries points."""

    grade_id: str
    cell_type: str
    source: str
    checksum: str | None
    locked: bool
    solution: bool
    task: bool
    points: float | None

    @property
    def ours(self) -> bool:
        """Whether the whole cell is the course's: a cell that is graded automatically."""
        return self.points is not None and not self.solution and not self.task

    def filled(self, source: str) -> NotebookNode:
        """The cell with `source` in it."""
        return nodes.cell(self.cell_type, source, self._metadata())

    def _metadata(self) -> dict[str, Any]:
        entry = {
            "cell_type": self.cell_type,
            "checksum": self.checksum,
            "grade": self.points is not None and not self.task,
            "grade_id": self.grade_id,
            "locked": self.locked,
            "schema_version": 3,
            "solution": self.solution,
            "task": self.task,
        }
        return entry if self.points is None else entry | {"points": self.points}


def trusted_cells(names: Mapping[str, str]) -> tuple[TrustedCell, ...]:
    """The trusted cells of the notebook that `names` (nbgrader's resources) denotes, in their order."""
    with Gradebook(names["db_url"]) as gradebook:
        notebook = gradebook.find_notebook(names["notebook"], names["assignment"])
        points = {cell.name: float(cell.max_score) for cell in (*notebook.grade_cells, *notebook.task_cells)}
        solutions = {cell.name for cell in notebook.solution_cells}
        tasks = {cell.name for cell in notebook.task_cells}
        return tuple(
            TrustedCell(
                grade_id=cell.name,
                cell_type=cell.cell_type,
                source=cell.source,
                checksum=cell.checksum,
                locked=bool(cell.locked),
                solution=cell.name in solutions,
                task=cell.name in tasks,
                points=points.get(cell.name),
            )
            for cell in notebook.source_cells
        )
