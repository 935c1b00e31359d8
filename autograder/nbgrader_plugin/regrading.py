"""Which work is graded again, though it was graded before, and what of it a person need not look at once more."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nbgrader.api import Notebook

from autograder.course import exercises
from autograder.course.notebooks import GRADE_CELL
from autograder.intake import discovery
from autograder.intake.files import SubmissionError
from autograder.nbgrader_plugin import graded, releasing
from autograder.nbgrader_plugin.graded import Graded
from autograder.nbgrader_plugin.structure import TrustedCell

Named = tuple[str, str]  # assignment, notebook


def converter_of(preprocessor: Any) -> Any:
    """nbgrader's converter for which this works, which has `kept`; None if something else uses it."""
    return getattr(preprocessor.parent, "parent", None)


@dataclass
class Kept:
    """What the gradebook says of the assignments that are graded now; looked up once for a class.

    worth: the points of the cells; left_out: the exercises that an assignment does not grade; students: who has grades.
    """

    worth: dict[Named, Mapping[str, float]] = field(default_factory=dict)
    due: dict[str, str | None] = field(default_factory=dict)
    left_out: dict[str, frozenset[str]] = field(default_factory=dict)
    students: dict[str, frozenset[str]] = field(default_factory=dict)
    trusted: dict[Named, tuple[TrustedCell, ...]] = field(default_factory=dict)

    def add(self, notebook: Notebook) -> None:
        """Take up one notebook of an assignment."""
        assignment, worth = notebook.assignment, releasing.kept_points(notebook)
        self.worth[assignment.name, notebook.name] = worth
        self.due[assignment.name] = None if assignment.duedate is None else str(assignment.duedate)
        self.students[assignment.name] = frozenset(one.student_id for one in assignment.submissions)
        if notebook.name in exercises.assignments():
            counted = {name.removeprefix(GRADE_CELL) for name in worth}
            without = exercises.exercises_of(notebook.name) - counted
            self.left_out[assignment.name] = self.left_out.get(assignment.name, frozenset()) | without

    def released(self, assignment: str) -> list[str]:
        """The names of its notebooks."""
        return [notebook for name, notebook in self.worth if name == assignment]

    def counting(self, assignment: str, folder: Path) -> frozenset[str]:
        """Digests of those notebooks in a student's folder that count now."""
        if len([*folder.glob("*.ipynb")]) < 2:
            return graded.contents(folder)
        way, released = Path(*folder.parts[-2:]), self.released(assignment)
        left_out = self.left_out.get(assignment, frozenset())
        found = discovery.in_folder(folder.parents[1], way, released, left_out)
        try:
            return frozenset(graded.digest(item.read()) for item in found.values() if not item.missing)
        except SubmissionError:
            return frozenset()

    def unchanged(
        self, assignment: str, before: Graded, counting: frozenset[str]
    ) -> Mapping[str, frozenset[str]]:
        """By notebook the cells of the same work for the same points."""
        if before.said("content") != counting:
            return {}
        now = {name: self.worth.get((assignment, name), {}) for name in before.points}
        return {
            name: frozenset(cell for cell in worth if worth[cell] == now[name].get(cell))
            for name, worth in before.points.items()
        }

    def reason(self, assignment: str, student: str, before: Graded, counting: frozenset[str]) -> str | None:
        """Why what is graded already does not count any more; nbgrader itself notices a later time alone."""
        if before.stamps and student not in self.students.get(assignment, ()):
            return "the gradebook has no grades for it"
        if before.said("content") and before.said("content") != counting:
            return "another notebook is there now"
        if before.said("due") - {self.due.get(assignment)}:
            return "the due date was another then"
        stale = any(
            worth and worth != self.worth.get((assignment, name), worth)
            for name, worth in before.points.items()
        )
        return "its exercises had other points then" if stale else None
