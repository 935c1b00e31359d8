"""Reading a submitted notebook: measured before it is parsed, then built anew from what we understand."""

import os
from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode
from nbgrader.api import Gradebook, MissingEntry

from autograder import course, intake
from autograder.intake import SubmissionError
from autograder.nbgrader_plugin import nodes
from autograder.text import printable

_IMAGES = ("image/png", "image/jpeg", "image/gif")


class CheckedReader(NotebookExporter):
    """nbgrader's reader and writer of notebooks, in front of which stands our intake.

    A notebook that fails is not graded at all: its earlier score goes, too, and it is flagged for review.
    """

    def from_filename(
        self, filename: str, resources: dict[str, Any] | None = None, **_: Any
    ) -> tuple[Any, dict[str, Any]]:
        """Read the notebook in `filename` and run the preprocessors on it."""
        convert: Any = super().from_notebook_node  # nbconvert has no types for it
        resources = resources or {}
        try:
            made: tuple[Any, dict[str, Any]] = convert(read(Path(filename)), resources)
            return made
        except Exception as error:
            self.log.error("%s is NOT graded: %s", printable(filename, 1000), error)
            _forget_score(resources["nbgrader"])
            raise


def read(path: Path) -> NotebookNode:
    """The notebook in `path` without outputs; nothing in `<student>/<assignment>/` may be a link."""
    _refuse_links(path.parent)
    cells = intake.notebook(intake.read_file(path.parents[2], Path(*path.parts[-3:])))
    return nodes.notebook([_clean(cell) for cell in cells])


def _refuse_links(folder: Path) -> None:
    """nbgrader copies what links point to, the gradebook too, and would return it with the feedback."""
    for parent, _, files in os.walk(folder):
        for name in files:
            if os.path.islink(os.path.join(parent, name)):
                raise SubmissionError(f"{printable(name)} is a symbolic link: hand in the file itself")


def _clean(cell: dict[str, Any]) -> NotebookNode:
    """A cell with its source, nbgrader's entry and pasted images; what is not code can only be text."""
    # A lone surrogate could not be saved.
    source = course.source(cell).encode("utf-8", "backslashreplace").decode()
    metadata = cell.get("metadata")
    entry = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    kind = "code" if cell.get("cell_type") == "code" else "markdown"
    cleaned = nodes.cell(kind, source, entry if isinstance(entry, dict) else None)
    if kind == "markdown":
        cleaned.attachments = _images(cell.get("attachments"))
    return cleaned


def _images(attachments: Any) -> dict[str, dict[str, str]]:
    """The pasted images (students answer with photographs of paper), nothing else."""
    named = attachments.items() if isinstance(attachments, dict) else ()
    return {
        name: {kind: data for kind, data in bundle.items() if kind in _IMAGES and isinstance(data, str)}
        for name, bundle in named
        if isinstance(bundle, dict)
    }


def _forget_score(names: dict[str, str]) -> None:
    """An older score must not stand for a submission that could not be graded."""
    with Gradebook(names["db_url"]) as gradebook:
        try:
            notebook = gradebook.find_submission_notebook(
                names["notebook"], names["assignment"], names["student"]
            )
        except MissingEntry:
            return
        for grade in notebook.grades:
            grade.auto_score, grade.needs_manual_grade = None, True
        gradebook.db.commit()
