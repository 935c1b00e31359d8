"""What goes wrong around the grading and is nobody's submission, in a sentence instead of a traceback.

A gradebook that another program uses, a full disk, a folder that belongs to somebody else.
"""

import sys
from types import TracebackType

from nbgrader.api import InvalidEntry
from nbgrader.apps.baseapp import NbGrader
from nbgrader.converters.base import NbGraderException
from nbgrader.exchange import ExchangeError
from sqlalchemy.exc import DatabaseError
from traitlets.config import Application

from autograder.grading.secret import SecretError
from autograder.output import trouble
from autograder.sandbox import SandboxUnavailable
from autograder.text import printable

_stock_hook = sys.excepthook
_OF_GRADEBOOK = {
    "locked": "is in use by another program: wait until it has done its work, or close it",
    "unable to open": "cannot be opened: are its folder and the file yours to write?",
    "readonly": "cannot be written: are its folder and the file yours to write?",
    "not a database": "is no gradebook: put yours back, or move this file away and generate the assignments again",
    "malformed": "is damaged: put a copy back",
    "full": "cannot be written, since the disk is full: make room",
    "disk I/O": "cannot be written: is the disk full?",
    "no such": "is of another version of nbgrader: copy it, and run `nbgrader db upgrade`",
}


def guard() -> None:
    """Say it in a sentence wherever a command of nbgrader ends by it."""
    if Application.initialized() and isinstance(Application.instance(), NbGrader):
        sys.excepthook = _hook


def sentence(error: BaseException | None) -> str | None:
    """What is the matter, and the mend; None if it is a fault of somebody's code, whose traceback is wanted."""
    if isinstance(error, InvalidEntry):  # as which nbgrader raises whatever the database says
        error = error.__context__
    if isinstance(error, DatabaseError):
        return _of_gradebook(str(error.orig))
    if isinstance(error, OSError) and error.errno is not None:
        return printable(trouble(error), 1200)
    told = (ExchangeError, NbGraderException, SecretError, SandboxUnavailable)
    return printable(str(error), 1000) if isinstance(error, told) else None


def stops_all(error: BaseException) -> bool:
    """Whether it is no matter of one submission: then no score is forgotten, and the others need not be tried."""
    return (
        isinstance(error, (DatabaseError, InvalidEntry, OSError, SecretError)) and sentence(error) is not None
    )


def _of_gradebook(said: str) -> str | None:
    course = getattr(Application.instance(), "coursedir", None) if Application.initialized() else None
    where = course.db_url.removeprefix("sqlite:///") if course else ""
    mend = next((mend for word, mend in _OF_GRADEBOOK.items() if word in said), None)
    return f"the gradebook {where} {mend}, and run this again ({printable(said)})" if mend else None


def _hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    said = sentence(error)
    if said is None:
        _stock_hook(kind, error, trace)
    else:
        print(f"Error: {said}", file=sys.stderr)
