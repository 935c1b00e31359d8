"""`nbgrader export`: the grades as CSV, in which nobody gets a zero for what was not graded."""

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from nbgrader.api import Assignment, Grade, Gradebook, MissingEntry, Student, SubmittedAssignment
from nbgrader.converters.base import NbGraderException
from nbgrader.plugins import ExportPlugin

from autograder import output
from autograder.text import points

Row = dict[str, object]
_TOO_MUCH = "{0.student.id} was given {1} of {2} points for {0.cell.name}, by hand: is that meant?"


class GradesAsCsv(ExportPlugin):  # type: ignore[misc]  # nbgrader is not typed
    """nbgrader's own columns and `status`: graded, to be reviewed, not graded (without a score), or missing."""

    def export(self, gradebook: Gradebook) -> None:
        """Write `grades.csv`, or the file that `--to` names."""
        path = Path(self.to or "grades.csv")
        if not gradebook.assignments:
            raise NbGraderException(
                "there is no assignment in the gradebook here: run this in the course folder"
            )
        for grade in gradebook.db.query(Grade).filter(Grade.manual_score > Grade.max_score):
            self.log.warning(
                "%s", _TOO_MUCH.format(grade, points(grade.manual_score), points(grade.max_score))
            )
        try:
            output.replace(path, [_csv(gradebook, self._asked(gradebook))])
        except OSError as error:  # it names the file that would have taken the old one's place
            raise OSError(error.errno, error.strerror, str(path)) from None

    def _asked(self, gradebook: Gradebook) -> Iterator[tuple[Assignment, Student]]:
        for assignment in gradebook.assignments:
            for student in gradebook.students:
                wanted = assignment.name in (self.assignment or [assignment.name])
                if wanted and student.id in ([str(name) for name in self.student] or [student.id]):
                    yield assignment, student


def _csv(gradebook: Gradebook, asked: Iterable[tuple[Assignment, Student]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, _COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(_person(*one) | _result(_submission(gradebook, *one)) for one in asked)
    return text.getvalue()


def _submission(gradebook: Gradebook, assignment: Assignment, student: Student) -> SubmittedAssignment | None:
    try:
        return gradebook.find_submission(assignment.name, student.id)
    except MissingEntry:
        return None


_COLUMNS = (
    *("assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email"),
    *("raw_score", "late_submission_penalty", "score", "max_score", "status"),
)


def _person(assignment: Assignment, student: Student) -> Row:
    return {
        "assignment": assignment.name,
        "duedate": assignment.duedate,
        "student_id": student.id,
        "last_name": student.last_name,
        "first_name": student.first_name,
        "email": student.email,
        "max_score": assignment.max_score,
    }


def _result(submission: SubmittedAssignment | None) -> Row:
    if submission is None:
        return {"raw_score": 0.0, "late_submission_penalty": 0.0, "score": 0.0, "status": "missing"}
    status = _status(submission)
    if status == "not graded":
        return {"timestamp": submission.timestamp, "status": status}
    penalty = submission.late_submission_penalty
    return {
        "timestamp": submission.timestamp,
        "raw_score": submission.score,
        "late_submission_penalty": penalty,
        "score": max(0.0, submission.score - penalty),
        "status": status,
    }


def is_open(grade: Grade) -> bool:
    """Whether these points are still to be given: what nobody has graded is no zero, nor is what was graded when there
    were more points.
    """
    if grade.manual_score is None and (grade.auto_score or 0.0) > grade.max_score:
        return True
    return bool(grade.max_score) and grade.auto_score is None and grade.manual_score is None


def _status(submission: SubmittedAssignment) -> str:
    """Whether every cell that carries points has a score, and whether nbgrader asks a person to look at one."""
    grades = [grade for notebook in submission.notebooks for grade in notebook.grades if grade.max_score]
    if not grades or any(map(is_open, grades)):
        return "not graded"
    doubtful = (one.needs_manual_grade or (one.manual_score or 0.0) > one.max_score for one in grades)
    return "to be reviewed" if any(doubtful) else "graded"
