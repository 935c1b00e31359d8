"""`nbgrader export`: the grades as CSV, or as `autograder report` reads them; nobody gets a zero for what is open."""

import csv
import io
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from nbgrader.api import Assignment, Grade, Gradebook, MissingEntry, Student, SubmittedAssignment
from nbgrader.plugins import ExportPlugin

from autograder.course.notebooks import GRADE_CELL
from autograder.intake.enrolment import NOTHING
from autograder.reports import render
from autograder.results import CheckResult, ExerciseResult
from autograder.results import Grade as Saved

Row = dict[str, object]


class GradesOfCourse(ExportPlugin):  # type: ignore[misc]  # nbgrader is not typed
    """nbgrader's own columns and `status`: graded, to be reviewed, not graded (without a score), or missing.

    Into a file `….jsonl` what `autograder report` makes any other format of: with what a person gave, and penalties.
    """

    def export(self, gradebook: Gradebook) -> None:
        """Write `grades.csv`, or the file that `--to` names."""
        path = Path(self.to or "grades.csv")
        asked = list(self._asked(gradebook))
        _write(path, _jsonl(gradebook, asked) if path.suffix == ".jsonl" else _csv(gradebook, asked))

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


def _jsonl(gradebook: Gradebook, asked: Iterable[tuple[Assignment, Student]]) -> str:
    return render("jsonl", [as_grade(*one, _submission(gradebook, *one)) for one in asked])


def _submission(gradebook: Gradebook, assignment: Assignment, student: Student) -> SubmittedAssignment | None:
    try:
        return gradebook.find_submission(assignment.name, student.id)
    except MissingEntry:
        return None


def _write(path: Path, text: str) -> None:
    """Write a file; an old one stays unless all is written. A pipe or a device is written to as it is."""
    if path.exists() and not path.is_file():
        path.write_text(text, encoding="utf-8")
        return
    new = path.with_name(f".{path.name}.new")
    try:
        new.write_text(text, encoding="utf-8")
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


_WHERE = "nbgrader's feedback says why"
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


def as_grade(assignment: Assignment, student: Student, submission: SubmittedAssignment | None) -> Saved:
    """What the gradebook knows of a student's work, as one of our grades."""
    where = f"submitted/{student.id}/{assignment.name}"
    made = partial(Saved, where, student.id, assignment.name, "unknown", 0.0, lms_id=student.lms_user_id)
    if submission is None:
        return made(error=NOTHING)
    grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
    cells = [grade for grade in grades if grade.max_score or grade.score]
    left = [grade.name for grade in cells if is_open(grade)]
    if left or not cells:
        return made(error=f"not graded yet: {', '.join(left) or 'there is nothing to grade'}")
    exercises = [_exercise(grade.name, grade.score, grade.max_score) for grade in cells]
    penalty = min(submission.late_submission_penalty or 0.0, submission.score)
    late = [_exercise("handed_in_late", -penalty, 0.0)] if penalty else []
    return made(exercises=(*exercises, *late), late=submission.total_seconds_late > 0)


def _exercise(name: str, score: float, available: float) -> ExerciseResult:
    """Points that were given, and points that were not."""
    given = CheckResult("given", "points given", "passed", score)
    rest = CheckResult("rest", "points not given", "failed", available - score, "wrong", message=_WHERE)
    checks = tuple(check for check in (given, rest) if check.max_score)
    return ExerciseResult(name.removeprefix(GRADE_CELL), checks)


def is_open(grade: Grade) -> bool:
    """Whether these points are still to be given: what nobody has graded is no zero."""
    return bool(grade.max_score) and grade.auto_score is None and grade.manual_score is None


def _status(submission: SubmittedAssignment) -> str:
    """Whether every cell that carries points has a score, and whether nbgrader asks a person to look at one."""
    grades = [grade for notebook in submission.notebooks for grade in notebook.grades if grade.max_score]
    if not grades or any(map(is_open, grades)):
        return "not graded"
    return "to be reviewed" if any(grade.needs_manual_grade for grade in grades) else "graded"
