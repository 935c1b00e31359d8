"""The formgrader's page of a submission, which shows a student's text inside the instructor's own Jupyter.

No setting chooses how it is made: nbgrader builds the exporter when the server starts, and reads the configuration of
a course below the server's folder much later. So a property of its handlers is replaced, as in `folders`.
"""

import os
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader
from nbgrader.server_extensions.formgrader import handlers
from tornado import web
from traitlets.config import Config

from autograder.nbgrader_plugin.pages import StudentPage

_stock_policy, _stock_get = handlers.BaseHandler.content_security_policy, handlers.FormgraderHandler.get
_STUDENTS = frozenset(("submitted", "autograded", "feedback", "downloaded"))
# The page has scripts and styles of its own in it, which cannot be forbidden; all else comes from this server alone.
_POLICY = (
    "default-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "object-src 'none'; frame-src 'none'; base-uri 'none'"
)
_OURS = FileSystemLoader(Path(__file__).parent / "templates" / "formgrader")


class SubmissionPage(StudentPage):
    """nbgrader's template with our filters, and without MathJax, which it would load from the network."""

    def __init__(self, config: Config) -> None:
        stock: Any = super()  # nbconvert has no types
        stock.__init__(config=config, extra_loaders=[_OURS])

    @property
    def default_config(self) -> Config:
        """nbgrader's template, whatever `HTMLExporter` is asked for."""
        config = super().default_config
        config.SubmissionPage.template_name = "formgrade"
        config.SubmissionPage.extra_template_basedirs = [handlers.template_path]
        return config


def guard() -> None:
    """Replace properties of nbgrader's handlers; a second time changes nothing."""
    handlers.BaseHandler.exporter = property(_exporter)
    handlers.SubmissionHandler.content_security_policy = property(_policy)
    handlers.FormgraderHandler.get = _open_course


def _exporter(handler: Any) -> Any:
    """One for the life of the server."""
    settings = handler.settings
    if not isinstance(settings["nbgrader_exporter"], SubmissionPage):
        settings["nbgrader_exporter"] = SubmissionPage(config=settings["nbgrader_formgrader"].config)
    return settings["nbgrader_exporter"]


def _policy(handler: Any) -> str:
    return f"{_stock_policy.fget(handler)}; {_POLICY}"


def _open_course(handler: Any) -> None:
    """Open the course in the folder that the address names, whose configuration nbgrader then runs: no student's."""
    if _STUDENTS.intersection(Path(os.path.abspath(handler.get_argument("path", ""))).parts):
        raise web.HTTPError(403, "This folder holds submissions: its nbgrader_config.py would be run.")
    _stock_get(handler)
