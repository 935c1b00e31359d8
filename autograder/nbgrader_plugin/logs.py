"""nbgrader's log names students' files, and shows tracebacks with their words: nothing of it may be obeyed.

Where a sentence says what is the matter it stands in the place of the traceback.
"""

import logging
import sys
import warnings

from sqlalchemy.exc import SAWarning
from tornado.log import app_log
from traitlets.config import Application

from autograder.nbgrader_plugin import troubles
from autograder.text import printable

_TRACEBACK = "Traceback (most recent call last)"
_DATABASE = "There was an error accessing the nbgrader database."  # whatever it was, upgrading is the cure
_SEE_ABOVE = (
    "Please see the the above traceback for details on the specific errors on the above failures.",
    "What is the matter with each is said above.",
)

_said = set[str]()


class OnlyText(logging.Filter):
    """Lines stay lines; what a terminal would obey, and what is too long to be read, goes."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Clean the record; let it through unless it has been said."""
        text = _in_short(record.getMessage())
        record.msg = "\n".join(printable(line, 2000) for line in text.split("\n"))
        record.args = ()
        return bool(text)


class NotSaidElsewhere(logging.Filter):
    """What nbgrader says of the gradebook, with a traceback, before it fails by it, and that is said in a sentence."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let all else through."""
        is_it = record.getMessage().startswith("Rolling back session due to database error")
        return not is_it or troubles.sentence(sys.exc_info()[1]) is None


class Told(Exception):
    """In the place of an error that the log has named already."""


def _in_short(text: str) -> str:
    """nbgrader's message on the error that it has just caught; nothing if that was said."""
    error = sys.exc_info()[1]
    said = "" if isinstance(error, Told) else troubles.sentence(error)
    if said is not None and text.startswith(_DATABASE):
        return ""
    return said if said is not None and text.startswith(_TRACEBACK) else text.replace(*_SEE_ABOVE)


def guard() -> None:
    """Clean the log of the application that reads this configuration, if there is one.

    SQLAlchemy warns of how nbgrader adds a student's first submission: nobody who grades can do anything about it.
    """
    warnings.filterwarnings("ignore", r"Object of type <Submitted\w+> not in session", SAWarning)
    if Application.initialized():
        log = Application.instance().log
        if not any(isinstance(one, OnlyText) for one in log.filters):
            log.addFilter(OnlyText())
            app_log.addFilter(NotSaidElsewhere())


def warn(sentence: str | None) -> None:
    """Say this in the log of the application that reads this configuration, if there is one: once, since it reads it
    several times.
    """
    if sentence and sentence not in _said and Application.initialized():
        _said.add(sentence)
        Application.instance().log.warning(sentence)
