"""CSV: one row a submission, for a spreadsheet or a gradebook.

UTF-8, commas, a heading line; a score is a plain number, and empty where nothing was graded: never a zero. Of
`max_score` a person has `by_hand` still to give; `percent` leaves these points out. Text that
a spreadsheet would take for a formula gets an apostrophe in front, as it does when a person types it; so a student
whose name begins with = + - or @ has to be matched by hand. For an LMS, copy `student` and `score` into the columns
of its own export.
"""

import csv
import io
import re
from collections.abc import Sequence

from autograder.reports._words import NAME, PARAGRAPH, SENTENCE, mistakes, warning, who
from autograder.results import Grade
from autograder.text import inert, points, printable

COLUMNS = (
    *("student", "assignment", "score", "max_score", "percent", "status"),
    *("error", "mistakes", "notes", "submission", "isolation", "warning", "lms_id", "late", "by_hand"),
)
# Where semicolons separate cells, one begins after each, or in a quotation mark. East Asian Excel reads the wide signs.
_FORMULA = re.compile(r'((?:^|;)[\s"]*)(?=[=+\-@＝＋－＠])')


def render(grades: Sequence[Grade]) -> str:
    """A heading and one row for each grade."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([COLUMNS, *map(_row, grades)])
    return inert(text.getvalue())


def _row(grade: Grade) -> tuple[str, ...]:
    return (
        _text(who(grade), NAME),
        _text(grade.assignment or "", NAME),
        *map(_number, (grade.score, grade.max_score, grade.percent)),
        grade.status,
        _text(grade.error or ""),
        _text("; ".join(map(printable, mistakes(grade))), 5 * PARAGRAPH),
        _text("; ".join(map(printable, grade.notes)), 5 * PARAGRAPH),
        _text(grade.submission),
        _text(grade.isolation),
        warning([grade]) or "",
        _text(grade.lms_id or "", NAME),
        {None: "", True: "yes", False: "no"}[grade.late],
        _number(None if grade.error is not None else grade.by_hand),
    )


def _number(value: float | None) -> str:
    return "" if value is None else points(value)


def _text(text: str, limit: int = SENTENCE) -> str:
    """Text that no spreadsheet takes for a formula."""
    return _FORMULA.sub(r"\1'", printable(text, limit))
