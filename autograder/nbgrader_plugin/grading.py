"""Grade a notebook in nbgrader's pipeline, in the place of the preprocessor that would run it in a kernel."""

import atexit
from collections.abc import Mapping
from functools import cache
from typing import Any

from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.course import notebooks
from autograder.grading import secret
from autograder.grading.grader import Grader
from autograder.intake import submission
from autograder.nbgrader_plugin import nodes
from autograder.nbgrader_plugin.showing import as_html, as_text, notes_as_markdown
from autograder.results import ExerciseResult, Grade
from autograder.sandbox import Sandbox, WorkerKilled
from autograder.text import points


class NotGradedError(Exception):
    """Why there is no grade, though it is not the student's fault: nbgrader reports it and goes on."""


class GradeNotebook(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader is not typed
    """Write score and feedback of the hidden checks into the grade cells. No kernel is started."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Grade one submission."""
        grade = _grade(nb, resources["nbgrader"])
        results = {exercise.name: exercise for exercise in grade.exercises}
        for cell in filter(_is_ours, nb.cells):
            cell.outputs = _outputs(cell, results)
        if grade.notes:
            notes = nodes.cell("markdown", notes_as_markdown(grade.notes))
            nb.cells = nodes.numbered([notes, *nb.cells])
        return nb, resources


def _grade(nb: NotebookNode, names: Mapping[str, str]) -> Grade:
    # Our own cells keep their places, so that the numbers of the others are right in the notes.
    cells = [{"metadata": cell.metadata} if _is_ours(cell) else cell for cell in nb.cells]
    path = f"{names['student']}/{names['assignment']}/{names['notebook']}.ipynb"
    handed_in = submission.from_cells(path, cells, names["student"], names["notebook"])
    grader = _grader(secret.load())
    try:
        grade = grader.grade(handed_in)
    except WorkerKilled as killed:
        raise NotGradedError(f"{killed}; grade it again when the machine has memory to spare") from None
    if grade.error is not None:
        raise NotGradedError(grade.error)
    return grade


@cache
def _grader(key: bytes) -> Grader:
    """One fork server and one set of references for all submissions of a run (and of a formgrader's life)."""
    grader = Grader(Sandbox(), key)
    atexit.register(grader.__exit__, None, None, None)
    return grader.__enter__()


def _is_ours(cell: NotebookNode) -> bool:
    return bool(utils.is_grade(cell) and not utils.is_solution(cell))


def _outputs(cell: NotebookNode, results: Mapping[str, ExerciseResult]) -> list[NotebookNode]:
    """The feedback, then the score: nbgrader takes the first `execute_result` (and any stderr for a zero)."""
    grade_id, available = cell.metadata.nbgrader.grade_id, cell.metadata.nbgrader.points
    result = results.get(grade_id.removeprefix(notebooks.GRADE_CELL))
    if result is None or result.max_score != available:
        stated = (
            "no hidden checks" if result is None else f"{points(result.max_score)} points of hidden checks"
        )
        mend = "take the notebook of this version of the course and run `nbgrader generate_assignment` again"
        raise NotGradedError(
            f"the gradebook has {points(available)} points for {grade_id}, but there are {stated}: {mend}"
        )
    return [
        nodes.display(as_text(result), as_html(result)),
        nodes.result(float(result.score)),
    ]
