"""In the formgrader's tables, too, what nobody has graded yet is "not graded yet" and no zero."""

import functools
from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from nbgrader.api import Grade, Gradebook, TaskCell
from nbgrader.apps.api import NbGraderAPI
from nbgrader.server_extensions.formgrader import handlers

from autograder.nbgrader_plugin.exporting import is_open

_METHODS = (
    "get_submission",
    "get_submissions",
    "get_notebook_submissions",
    "get_student_submissions",
    "get_student_notebook_submissions",
)
_stock = {name: getattr(NbGraderAPI, name) for name in _METHODS}
_render = handlers.BaseHandler.render
_SCRIPT = (Path(__file__).parent / "templates" / "open.js").read_text(encoding="utf-8")
_TABLES = (
    "gradebook_notebook_submissions.tpl",
    "manage_submissions.tpl",
    "manage_students_assignments.tpl",
    "manage_students_notebook_submissions.tpl",
)


def guard() -> None:
    """Replace methods that give the formgrader its tables; a second time changes nothing."""
    for name, method in _stock.items():
        setattr(NbGraderAPI, name, _with_open(method))
    handlers.BaseHandler.render = _with_script


def _with_open(method: Callable[..., Any]) -> Callable[..., Any]:
    """`method`, whose rows say how many points of each column are open."""

    @functools.wraps(method)
    def made(api: NbGraderAPI, *arguments: Any, **options: Any) -> Any:
        if getattr(api, "is_listing", False):  # nbgrader's methods call each other
            return method(api, *arguments, **options)
        api.is_listing = True
        try:
            rows = method(api, *arguments, **options)
        finally:
            api.is_listing = False
        with api.gradebook as gradebook:
            left = _open(gradebook)
        for row in rows if isinstance(rows, list) else [rows] if rows else []:
            row["open"] = left.get(row.get("id"), {})
        return rows

    return made


def _open(gradebook: Gradebook) -> Mapping[str, Mapping[str, float]]:
    """The points that are still to be given, by column, of each submission and each notebook of one."""
    ungraded = gradebook.db.query(Grade).filter(Grade.auto_score.is_(None), Grade.manual_score.is_(None))
    left: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for grade in filter(is_open, ungraded):
        for whole in (grade.notebook.id, grade.notebook.assignment.id):
            for column in ("score", _column(grade)):
                left[whole][column] += grade.max_score
    return left


def _column(grade: Grade) -> str:
    if isinstance(grade.cell, TaskCell):
        return "task_score"
    return "code_score" if grade.cell_type == "code" else "written_score"


def _with_script(handler: Any, name: str, **values: Any) -> str:
    page: str = _render(handler, name, **values)
    if name not in _TABLES:
        return page
    return page.replace("</head>", f"<script>{_SCRIPT}</script></head>", 1)
