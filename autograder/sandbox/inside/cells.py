"""Running one cell of a notebook as IPython would, without IPython."""

import builtins
import re
from types import CodeType, ModuleType
from typing import Any

import numpy as np

from .stand_ins import Inert

Namespace = dict[str, Any]
Caught = tuple[type[BaseException], ...]

_MAGIC = re.compile(r"[ \t]*(?:[%!?]|[\w.]+\?\??\s*$)")
_RUNS_ITS_BODY = ("%%time", "%%timeit", "%%capture", "%%prun")
_EXCEPTIONS = {c for c in vars(builtins).values() if isinstance(c, type) and issubclass(c, BaseException)}
_MAX_MESSAGE = 200


def notebook_module() -> ModuleType:
    """A module like a notebook's `__main__`. numpy is bound: a late import cell should cost no points."""
    module = ModuleType("__main__")
    names = ("get_ipython", "display", "help", "exit", "quit")
    module.__dict__.update({name: Inert() for name in names}, np=np, numpy=np)
    return module


def run_cell(namespace: Namespace, number: int, source: str, caught: Caught) -> tuple[str, str] | None:
    """Run it; the type and message of the exception that ended it, or None."""
    try:
        exec(_compiled(source, f"<cell {number}>"), namespace)
    except caught as error:
        return exception_name(error), _message(error)
    return None


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


def _compiled(source: str, name: str) -> CodeType:
    """Code of the cell. Magics are sought only where Python stumbles: `% x` may continue an expression."""
    lines = _without_cell_magic(source).split("\n")
    while True:
        try:
            return compile("\n".join(lines), name, "exec", dont_inherit=True)
        except SyntaxError as error:
            index = (error.lineno or 0) - 1
            if not (0 <= index < len(lines) and _MAGIC.match(lines[index])):
                raise
            indent = len(lines[index]) - len(lines[index].lstrip())
            lines[index] = lines[index][:indent] + "pass"


def _without_cell_magic(source: str) -> str:
    first, _, rest = source.lstrip().partition("\n")
    if not first.startswith("%%"):
        return source
    skipped = source[: source.index(first)].count("\n") + 1
    return "\n" * skipped + rest if first.split()[0] in _RUNS_ITS_BODY else ""
