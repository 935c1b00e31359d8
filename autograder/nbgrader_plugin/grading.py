"""Grade a notebook in nbgrader's pipeline, in the place of the preprocessor that would run it in a kernel."""

import atexit
import contextlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, get_args

from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Enum, Unicode

from autograder.course import notebooks
from autograder.course.own import CourseError, Own, of_cells
from autograder.grading import own_points, secret
from autograder.grading.grader import Grader
from autograder.grading.journal import Codec, Journal, JournalError, key_of
from autograder.intake import submission
from autograder.nbgrader_plugin import nodes
from autograder.nbgrader_plugin.graded import STAMP, stamp
from autograder.nbgrader_plugin.regrading import converter_of
from autograder.nbgrader_plugin.showing import as_html, as_text, notes_as_markdown
from autograder.reports.json import as_dict, from_dict
from autograder.results import ExerciseResult, Grade, Hints
from autograder.sandbox import Sandbox, WorkerKilled


class NotGradedError(Exception):
    """Why there is no grade, though it is not the student's fault: nbgrader reports it and goes on."""


class GradeNotebook(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader is not typed
    """Write score and feedback of the hidden checks into the grade cells. No kernel is started."""

    hints: Any = Enum(
        get_args(Hints),
        default_value="line",
        help="Tell causes and examples of mistakes, and the line if one edit mends it.",
    ).tag(config=True)
    journal = Unicode(
        help="Grades that `autograder grade --journal` keeps in this file are not given again."
    ).tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Grade one submission."""
        own = _own(nb, resources["nbgrader"]["notebook"])
        if not own.points:  # all of it is read by a person
            nb.metadata[STAMP] = self._stamp(None, resources["nbgrader"])
            return nb, resources
        grade = self._grade(nb, resources["nbgrader"], own)
        results = {exercise.name: exercise for exercise in grade.exercises}
        for cell in filter(_is_ours, nb.cells):
            cell.outputs = _outputs(cell, results)
        if grade.notes:
            notes = nodes.cell("markdown", notes_as_markdown(grade.notes))
            nb.cells = nodes.numbered([notes, *nb.cells])
        nb.metadata[STAMP] = self._stamp(grade.secret, resources["nbgrader"])
        return nb, resources

    def _stamp(self, secret: str | None, names: Mapping[str, str]) -> dict[str, Any]:
        converter = converter_of(self)
        kept = getattr(converter, "kept", None)
        due = kept.due.get(names["assignment"]) if kept else None
        return stamp(secret, getattr(converter, "content", None), due)

    def _grade(self, nb: NotebookNode, names: Mapping[str, str], own: Own) -> Grade:
        # Our own cells keep their places, so that the numbers of the others are right in the notes.
        cells = [{"metadata": cell.metadata} if _is_ours(cell) else cell for cell in nb.cells]
        path = f"{names['student']}/{names['assignment']}/{names['notebook']}.ipynb"
        handed_in = submission.from_cells(path, cells, names["student"], names["notebook"], own.left_out)
        key = secret.load(tell=self.log.warning)
        if kept := self._kept(secret.fingerprint(key), names, own):
            return own_points.by(replace(own, by_hand=()), kept)
        grader = _grader(key, self.hints)
        try:
            grade = grader.grade(handed_in)
        except WorkerKilled as killed:
            raise NotGradedError(f"{killed}; grade it again when the machine has memory to spare") from None
        if grade.error is not None:
            raise NotGradedError(grade.error)
        return own_points.by(replace(own, by_hand=()), grade)  # nbgrader knows what a person has read

    def _kept(self, fingerprint: str, names: Mapping[str, str], own: Own) -> Grade | None:
        """The grade that is in the journal, as if it were made now."""
        content = getattr(converter_of(self), "content", None)
        if not self.journal or content is None:
            return None
        try:
            journal = _OPEN.at(Path(self.journal), self.log.warning)
        except JournalError as error:
            self.log.warning("%s: all is graded here", error)
            return None
        line = journal.find(
            key_of(content, names["notebook"], fingerprint, (own,), hints=self.hints), "", names["student"]
        )
        return replace(line.grade, notes=line.grade.notes[line.known :]) if line else None


class _Open:
    """The journal that was read last, as long as nobody writes to it: a class is graded notebook by notebook."""

    def __init__(self) -> None:
        self._stamp: tuple[Path, int, int] | None = None
        self._journal: Journal | None = None

    def at(self, path: Path, tell: Callable[[str], object]) -> Journal:
        """The journal in this file. Raises JournalError."""
        stamp = None
        with contextlib.suppress(OSError):
            found = path.stat()
            stamp = path, found.st_mtime_ns, found.st_size
        if self._journal is None or stamp is None or stamp != self._stamp:
            if self._journal is not None:
                self._journal.__exit__(None, None, None)
            self._journal = None
            self._journal, self._stamp = Journal(path, Codec(as_dict, from_dict), tell, read_only=True), stamp
        return self._journal


_OPEN = _Open()


def _own(nb: NotebookNode, name: str) -> Own:
    """What the notebook was generated with, which the gradebook keeps and `RestoreCells` has put back."""
    try:
        return of_cells(name, nb.cells)
    except CourseError as error:
        raise NotGradedError(f"{error}; then run `nbgrader generate_assignment` again") from None


@cache
def _grader(key: bytes, hints: Hints) -> Grader:
    """One fork server and one set of references for all submissions of a run (and of a formgrader's life)."""
    grader = Grader(Sandbox(), key, hints=hints)
    atexit.register(grader.__exit__, None, None, None)
    return grader.__enter__()


def _is_ours(cell: NotebookNode) -> bool:
    return bool(utils.is_grade(cell) and not utils.is_solution(cell))


def _outputs(cell: NotebookNode, results: Mapping[str, ExerciseResult]) -> list[NotebookNode]:
    """The feedback, then the score: nbgrader takes the first `execute_result` (and any stderr for a zero)."""
    entry = cell.metadata.nbgrader
    result = results.get(entry.grade_id.removeprefix(notebooks.GRADE_CELL))
    if result is None:
        raise NotGradedError(f"there are no hidden checks for {entry.grade_id}: install the grader anew")
    return [
        nodes.display(as_text(result), as_html(result)),
        nodes.result(min(result.score, float(entry.points))),  # a sum of floats may be above it
    ]
