"""What a notebook finds of IPython: `get_ipython()`, whose magics run their code and do nothing else; In, Out, _."""

import ast
import contextlib
import inspect
import re
from types import CodeType
from typing import Any

from .stand_ins import Inert
from .transformer import as_python

Namespace = dict[str, Any]

_RUN_THEIR_BODY = ("time", "capture", "prun", "debug")
_FLAGS = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
# Each line that begins at the margin is one of a definition or an import, and so no statement is an expression, whose
# value a notebook keeps: such a cell, as most are, is compiled without being taken apart.
_DEFINITIONS = re.compile(
    r"(?:(?:(?:(?:def|class|async def)[ \t]|[@)# \t])[^\n\r\f]*|(?:import|from)[ \t][^;(\\\n\r\f]*|)(?:\n|\Z))*+"
)
_PYLAB = "from numpy import *\nimport numpy as np\nimport numpy\nfrom matplotlib import pyplot as plt"


class Shell(Inert):
    """`get_ipython()`. System calls and magics are inert, but for those that only watch what they run."""

    def __init__(self, namespace: Namespace) -> None:
        self.__dict__.update(namespace=namespace, source="", name="")

    def run_cell(self, source: str, name: str = "<cell>") -> Any:
        """Run a cell; the value of its last expression, or None."""
        self.__dict__.update(source=source, name=name)
        return _run(source, name, self.__dict__["namespace"])

    def run_line_magic(self, magic: str, line: str, *_: Any, **__: Any) -> Any:
        """`%magic line`: `%time` runs and returns what it times."""
        if magic == "time":
            return _run(line, self.__dict__["name"], self.__dict__["namespace"])
        if magic == "pylab":
            return _run(_PYLAB, self.__dict__["name"], self.__dict__["namespace"])
        return "." if magic == "pwd" else Inert()

    def run_cell_magic(self, magic: str, line: str, body: str) -> Any:
        """`%%magic line` over a cell. What `%%timeit` defines is gone after it, as in Jupyter."""
        namespace, source = self.__dict__["namespace"], self.__dict__["source"]
        above = source.count("\n", 0, max(0, source.rfind(body.rstrip("\n"))))
        code = "\n" * above + body
        if magic == "timeit":
            return _run(code, self.__dict__["name"], dict(namespace))
        if magic not in _RUN_THEIR_BODY:
            return Inert()
        for word in line.split() if magic == "capture" else ():
            if word.isidentifier():
                namespace[word] = Inert()
        return _run(code, self.__dict__["name"], namespace)

    def magic(self, line: str) -> Any:
        """The old spelling of `run_line_magic`."""
        name, _, rest = line.lstrip("%").partition(" ")
        return self.run_line_magic(name, rest)


class History:
    """`In`, `Out`, `_`, `__`, `___` and `_3` of a notebook that is run from top to bottom."""

    def __init__(self, namespace: Namespace) -> None:
        self._namespace, self._last = namespace, ["", "", ""]
        self._inputs, self._outputs = [""], dict[int, Any]()
        namespace.update({"In": self._inputs, "Out": self._outputs, "_": "", "__": "", "___": ""})

    def begin(self, source: str, count: int) -> None:
        """The cell is the notebook's code cell number `count`; those between are not run here."""
        self._inputs += [""] * (count - len(self._inputs)) + [source]

    def end(self, value: Any) -> None:
        """Its last expression had this value."""
        if value is None:
            return
        count = len(self._inputs) - 1
        self._outputs[count] = self._namespace[f"_{count}"] = value
        before, self._last = self._last, [value, *self._last[:2]]
        for name, old, new in zip(("_", "__", "___"), before, self._last, strict=True):
            if self._namespace.get(name, old) is old:  # `for _ in …`: then it is the student's
                self._namespace[name] = new


def _run(source: str, name: str, namespace: Namespace) -> Any:
    """Run the cell; the value of its last expression, unless a semicolon follows it."""
    if code := _definitions(source, name):
        _execute(code, namespace)
        return None
    tree = _parsed(source, name)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    _execute(compile(tree, name, "exec", _FLAGS, dont_inherit=True), namespace)
    if not isinstance(last, ast.Expr):
        return None
    expression = ast.Expression(last.value)
    value = _execute(compile(expression, name, "eval", _FLAGS, dont_inherit=True), namespace)
    return None if source.rstrip().endswith(";") else value


def _definitions(source: str, name: str) -> CodeType | None:
    """A cell of definitions and imports alone, compiled; None if it is not one, or not Python."""
    if _DEFINITIONS.fullmatch(source):
        with contextlib.suppress(SyntaxError):
            code: CodeType = compile(source, name, "exec", _FLAGS, dont_inherit=True)
            return code
    return None


def _parsed(source: str, name: str) -> ast.Module:
    """IPython's syntax is sought only where Python stumbles: reading a cell that way takes longer than running it.

    A copied prompt is valid Python, an annotation of In[3].
    """
    try:
        return ast.parse(as_python(source) if source.lstrip().startswith("In [") else source, name)
    except SyntaxError:
        return ast.parse(as_python(source), name)


def _execute(code: CodeType, namespace: Namespace) -> Any:
    value = eval(code, namespace)
    return _finished(value) if code.co_flags & inspect.CO_COROUTINE else value


def _finished(coroutine: Any) -> Any:
    """The result of a top-level `await`: an event loop without sockets, of which a worker has none."""
    import asyncio
    import time

    class Waiting:
        def select(self, timeout: float | None) -> list[Any]:
            time.sleep(max(0.0, timeout or 0.0))
            return []

    class Loop(asyncio.BaseEventLoop):
        _selector = Waiting()

        def _process_events(self, events: list[Any]) -> None:
            assert not events

    loop = Loop()
    try:
        return loop.run_until_complete(coroutine)
    finally:
        loop.close()
