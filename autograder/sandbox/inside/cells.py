"""Running one cell of a notebook as IPython would."""

import builtins
import re
from types import ModuleType
from typing import Any

import numpy as np

from .shell import History, Namespace, Shell
from .stand_ins import Inert

Caught = tuple[type[BaseException], ...]

_EXCEPTIONS = {c for c in vars(builtins).values() if isinstance(c, type) and issubclass(c, BaseException)}
_MAX_MESSAGE = 200
_CELL = re.compile(r"<cell (\d{1,6})>")


def notebook_module() -> ModuleType:
    """A module like a notebook's `__main__`. numpy is bound: a late import cell should cost no points."""
    module = ModuleType("__main__")
    names = ("display", "help", "exit", "quit")
    module.__dict__.update({name: Inert() for name in names}, np=np, numpy=np)
    return module


class Notebook:
    """A notebook that is run cell by cell; its names are those of `__main__`."""

    def __init__(self, module: ModuleType) -> None:
        self.namespace: Namespace = module.__dict__
        self._shell, self._history = Shell(self.namespace), History(self.namespace)
        self.namespace["get_ipython"] = lambda: self._shell

    def run_cell(self, number: int, count: int, source: str, caught: Caught) -> tuple[str, str] | None:
        """Run it; the type and message of the exception that ended it, or None."""
        self._history.begin(source, count)
        try:
            self._history.end(self._shell.run_cell(source, f"<cell {number}>"))
        except caught as error:
            return exception_name(error), _message(error)
        return None

    def words_of(
        self, function: Any, arguments: list[Any], caught: Caught
    ) -> tuple[str, str, int, int] | None:
        """What the call raises, if it does: type and message, and the last cell and line of it on the way there."""
        try:
            function(*arguments)
        except caught as error:
            return exception_name(error), _message(error), *_place(error)
        return None


def _place(error: BaseException) -> tuple[int, int]:
    """The number of the cell and its line in which the exception arose; zeros if it was in none."""
    number, line = 0, 0
    try:
        trace = error.__traceback__
        while trace:
            found = _CELL.fullmatch(trace.tb_frame.f_code.co_filename)
            number, line = (int(found[1]), trace.tb_lineno) if found else (number, line)
            trace = trace.tb_next
    except BaseException:  # a student's exception may have a traceback of its own making
        pass
    return number, line


def exception_name(error: BaseException) -> str:
    """The built-in exception that this one is, or "other": no name of the student's making leaves."""
    for kind in type(error).__mro__:
        if kind in _EXCEPTIONS:
            vague = kind in (Exception, BaseException) and kind is not type(error)
            return "other" if vague else kind.__name__
    return "other"


def _message(error: BaseException) -> str:
    try:
        if isinstance(error, SyntaxError):
            return f"{error.msg} (line {error.lineno})"[:_MAX_MESSAGE]
        text = str(error)
        return str.encode(text[:_MAX_MESSAGE], "utf-8", "replace").decode()
    except BaseException:  # str(error) is the student's code, too
        return ""
