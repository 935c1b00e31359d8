"""A student's notebook as a page in HTML: the feedback, and (in formgrader.py) what an instructor grades."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from markupsafe import Markup
from nbconvert.exporters import Exporter, HTMLExporter
from nbconvert.filters import Highlight2HTML
from nbformat import NotebookNode
from nbgrader import preprocessors as stock
from pygments.formatters import HtmlFormatter
from traitlets import default
from traitlets.config import Config

from autograder.nbgrader_plugin.exporting import is_open
from autograder.nbgrader_plugin.grading import STAMP
from autograder.nbgrader_plugin.markdown import drawn_markdown, escaped_markdown, without_pasted_images
from autograder.nbgrader_plugin.parts import page, part

MAX_CELL = 100_000  # characters that are shown of one cell
MAX_NOTEBOOK = 400_000  # and of all cells
MAX_PARSED = 100_000  # of these go through the parsers of Markdown and Python, three times a long notebook
MAX_COLOURED = 20_000  # of one cell
_BLANKS = re.compile(r"\s{500}")  # the Python lexer takes quadratic time for these
_CUT = "\n… (cut)"
_COLOURS = ("default", "github-dark")  # of code, by light and by dark


def coloured(source: str, metadata: dict[str, Any] | None = None) -> Markup:
    """nbconvert's filter for code; what would take long is not coloured."""
    if len(source) > MAX_COLOURED or _BLANKS.search(source) or (metadata or {}).get("plain"):
        return part("uncoloured", source)
    highlighter: Any = Highlight2HTML  # it has no types
    return Markup(highlighter(pygments_lexer="python")(source))


def _unchanged(page: str) -> str:
    """In the place of a filter that turns `href="files/javascript:…"` into a script."""
    return page


def bound(cells: Iterable[NotebookNode]) -> None:
    """Cut what is too long and mark what shall not be parsed, so that a page takes bounded time."""
    shown, parsed = MAX_NOTEBOOK, MAX_PARSED
    for cell in cells:
        if cell.cell_type == "markdown":
            cell.source, pasted = without_pasted_images(cell.source)
            cell.attachments = cell.get("attachments", {}) | pasted
        cell.source = _cut(cell.source, min(shown, MAX_CELL))
        shown, parsed = max(0, shown - len(cell.source)), parsed - len(cell.source)
        cell.metadata.plain = parsed < 0


def _cut(source: str, limit: int) -> str:
    return source if len(source) <= limit else source[:limit] + _CUT


class StudentPage(HTMLExporter):
    """nbconvert's exporter with filters that obey nothing in a student's text, in bounded time."""

    @property
    def default_config(self) -> Config:
        """In the classes' own names: `HTMLExporter` in the configuration is what nbgrader sets for its pages."""
        config: Config = super().default_config.copy()
        config.StudentPage.filters = {
            "markdown2html": escaped_markdown,
            "highlight_code": coloured,
            "strip_files_prefix": _unchanged,
        }
        return config

    def from_notebook_node(self, nb: NotebookNode, resources: Any = None, **options: Any) -> Any:
        """Convert a notebook, which is changed."""
        bound(nb.cells)
        return super().from_notebook_node(nb, resources, **options)


class GetGrades(stock.GetGrades):  # type: ignore[misc]  # nbgrader is not typed
    """nbgrader's scores from the gradebook, and which are still to be given."""

    def _get_score(self, cell: NotebookNode, resources: Any) -> None:
        super()._get_score(cell, resources)
        grade = self.gradebook.find_grade(
            cell.metadata.nbgrader.grade_id, self.notebook_id, self.assignment_id, self.student_id
        )
        cell.metadata.nbgrader.open = is_open(grade)


class FeedbackPage(Exporter):
    """What a student gets back: a page of our own, without scripts, that loads nothing."""

    @default("file_extension")
    def _html(self) -> str:
        return ".html"

    def from_notebook_node(self, nb: NotebookNode, resources: Any = None, **options: Any) -> Any:
        """Convert a notebook, which is changed."""
        bound(nb.cells)
        graded, resources = super().from_notebook_node(nb, resources, **options)
        shown = page(
            "feedback.html.j2",
            cells=graded.cells,
            names=resources["nbgrader"],
            stamp=nb.metadata.get(STAMP, {}),
            coloured=coloured,
            markdown=drawn_markdown,
            colours=_colours(),
        )
        return shown, resources


@cache
def _colours() -> tuple[Markup, ...]:
    """The style sheets for code, by light and by dark."""
    formatter: Any = HtmlFormatter  # it has no types
    return tuple(Markup(formatter(style=style).get_style_defs(".highlight")) for style in _COLOURS)
