"""A student's notebook as a page in HTML: the feedback, and (in formgrader.py) what an instructor grades."""

import re
import shlex
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup
from nbconvert.exporters import Exporter, HTMLExporter
from nbconvert.filters import Highlight2HTML
from nbformat import NotebookNode
from nbgrader import preprocessors as stock
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.converters import GenerateFeedback
from pygments.formatters import HtmlFormatter
from traitlets import default
from traitlets.config import Config

from autograder.nbgrader_plugin.exporting import is_open
from autograder.nbgrader_plugin.graded import STAMP
from autograder.nbgrader_plugin.logs import Told
from autograder.nbgrader_plugin.markdown import escaped_markdown, shown_markdown, without_pasted_images
from autograder.nbgrader_plugin.parts import page, part
from autograder.text import printable

MAX_CELL = 100_000  # characters that are shown of one cell
MAX_NOTEBOOK = 400_000  # and of all cells
MAX_PARSED = 100_000  # of these go through the parsers of Markdown and Python, three times a long notebook
MAX_COLOURED = 20_000  # of one cell
_BLANKS = re.compile(r"\s{500}")  # the Python lexer takes quadratic time for these
_TOTAL = re.compile(r'<h1 id="top">[^<]*<span[^>]*>([^<]*)</span>')
_STALE = (
    "%s was left as it is, and says %s where the gradebook has %s: run `nbgrader generate_feedback %s --force` if "
    "students shall read that"
)
_GONE = (
    "autograded/{0}/{1} has no grades in the gradebook: delete that folder if {0} was removed, or run "
    "`nbgrader autograde {1} --student={2} --force`"
)
_stock_destination = GenerateFeedback.init_destination
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

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Put them into the notebook; who is not in the gradebook has none."""
        try:
            found: tuple[NotebookNode, Any] = super().preprocess(nb, resources)
        except MissingEntry:
            names = resources["nbgrader"]
            student = printable(names["student"])
            said = _GONE.format(student, names["assignment"], shlex.quote(student))
            self.log.error("%s", said)
            raise Told(said) from None
        return found

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
            markdown=shown_markdown,
            colours=_colours(),
        )
        return shown, resources


def guard() -> None:
    """Replace nbgrader's method, which passes over a page in silence; a second time changes nothing."""
    GenerateFeedback.init_destination = _told


def _told(converter: GenerateFeedback, assignment: str, student: str) -> bool:
    """Whether to write a student's pages; says which of those that are kept tell an old total."""
    wanted: bool = _stock_destination(converter, assignment, student)
    folder = Path(converter._format_dest(assignment, student))
    for notebook in [] if wanted else converter.notebooks:
        page = (folder / Path(notebook).name).with_suffix(".html")
        then, now = _total_on(page), _total_of(converter.coursedir, assignment, student, page.stem)
        if then and now and then != now:
            converter.log.warning(_STALE, page, then, now, assignment)
    return wanted


def _total_on(page: Path) -> str | None:
    """The total that a page tells: its first one, before anything of a student's."""
    try:
        found = _TOTAL.search(page.read_text(encoding="utf-8", errors="replace"))
    except OSError:
        return None
    return found[1] if found else None


def _total_of(course: Any, assignment: str, student: str, name: str) -> str | None:
    """The total of the gradebook, in the words of a page."""
    with Gradebook(course.db_url, course.course_id) as gradebook:
        try:
            found = gradebook.find_submission_notebook(name, assignment, student)
        except MissingEntry:
            return None
        unread = sum(grade.max_score for grade in found.grades if is_open(grade))
        score = max(found.score - (found.late_submission_penalty or 0.0), 0.0)
        return f"{round(score, 2):g} of {round(found.max_score - unread, 2):g} points"


@cache
def _colours() -> tuple[Markup, ...]:
    """The style sheets for code, by light and by dark."""
    formatter: Any = HtmlFormatter  # it has no types
    return tuple(Markup(formatter(style=style).get_style_defs(".highlight")) for style in _COLOURS)
