"""nbgrader's database and its checks of metadata, which it makes anew a dozen times for each submission.

The gradebook stays as durable as it is: only what belongs together is written at once.
"""

import functools
import json
import os
from collections.abc import Callable
from typing import Any

from nbformat import NotebookNode
from nbgrader import api
from nbgrader.nbgraderformat.common import BaseMetadataValidator
from nbgrader.preprocessors import SaveAutoGrades

from autograder.nbgrader_plugin.regrading import converter_of

MOST = 10_000  # kinds of metadata that are remembered: a class has a few dozen

_validate: Callable[[Any, NotebookNode], None] = BaseMetadataValidator.validate_cell
_valid = set[tuple[int, str]]()
_open_and_make: Callable[..., None] = api.Gradebook.__init__
_known = set[tuple[tuple[int, int] | None, str]]()


def guard() -> None:
    """Keep what a gradebook has learned about its database, and which metadata are valid, for the next submission.

    An engine holds no connection once its gradebook is closed, but the statements that it has compiled.
    """
    if not hasattr(api.create_engine, "cache_info"):
        api.create_engine = functools.lru_cache(8)(api.create_engine)
    BaseMetadataValidator.validate_cell = _validated_once
    api.Gradebook.__init__ = _open


def _open(gradebook: Any, db_url: str, course_id: str = "default_course", authenticator: Any = None) -> None:
    """Open it; that all tables and the course are in the file is made sure once for each file."""
    file = _identity(db_url)
    if file is None or (file, course_id) not in _known:
        _open_and_make(gradebook, db_url, course_id, authenticator)
        _known.add((_identity(db_url), course_id))
        return
    gradebook.engine = api.create_engine(db_url, echo=False, future=True)
    session = api.sessionmaker(autoflush=True, bind=gradebook.engine, future=True)
    gradebook.db = api.scoped_session(session)
    gradebook.course_id, gradebook.authenticator = course_id, authenticator


def _identity(db_url: str) -> tuple[int, int] | None:
    """What a file is whatever is done with its name; None where there is none."""
    try:
        found = os.stat(db_url.removeprefix("sqlite:///"))
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _validated_once(validator: Any, cell: NotebookNode) -> None:
    key = validator.schema_version, json.dumps(cell.metadata.get("nbgrader"), sort_keys=True, default=repr)
    if key not in _valid:
        _validate(validator, cell)
        if len(_valid) < MOST:
            _valid.add(key)


class SaveGrades(SaveAutoGrades):  # type: ignore[misc]  # nbgrader is not typed
    """Saves all scores of a notebook in one transaction, where nbgrader waits for the disk after each cell."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """As nbgrader does, but all or nothing."""
        names = resources["nbgrader"]
        self.unchanged = getattr(converter_of(self), "unchanged", {}).get(names["notebook"], ())
        self.notebook_id, self.assignment_id = names["notebook"], names["assignment"]
        self.student_id, self.db_url = names["student"], names["db_url"]
        with api.Gradebook(self.db_url) as self.gradebook:
            session = self.gradebook.db
            commit, session.commit = session.commit, session.flush
            for index, cell in enumerate(nb.cells):
                nb.cells[index], resources = self.preprocess_cell(cell, resources, index)
            commit()
        return nb, resources

    def _add_score(self, cell: NotebookNode, resources: dict[str, Any]) -> None:
        """Who gave points to this need not look again if work and points are the same, and what the checks give."""
        name = cell.metadata.nbgrader.grade_id
        if name not in self.unchanged:
            super()._add_score(cell, resources)
            return
        grade = self.gradebook.find_grade(name, self.notebook_id, self.assignment_id, self.student_id)
        given = grade.manual_score is not None and not grade.needs_manual_grade
        before = grade.auto_score
        super()._add_score(cell, resources)
        if given and grade.auto_score == before:
            grade.needs_manual_grade = False
