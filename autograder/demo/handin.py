"""Notebooks as students hand them in, made from the solved one: for the demonstration class and the tests."""

import ast
import inspect
import json
import textwrap
from collections.abc import Mapping
from typing import Any

from autograder.authoring import Misconception
from autograder.authoring.parts import Function
from autograder.course import notebooks


def solved(assignment: str, changes: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The solved notebook, with the cells named in `changes` (grade_id -> source) replaced."""
    return _changed(notebooks.notebook("solutions", assignment).read_text(encoding="utf-8"), changes or {})


def released(assignment: str) -> dict[str, Any]:
    """The notebook as students get it: nothing is solved."""
    return _changed(notebooks.notebook("assignments", assignment).read_text(encoding="utf-8"), {})


def _changed(text: str, changes: Mapping[str, str]) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(text)
    unused = set(changes)
    for cell in document["cells"]:
        name = notebooks.grade_id(cell)
        if name is not None and name in changes:
            cell["source"] = changes[name]
            unused.discard(name)
    if unused:
        raise KeyError(f"no cell with the grade_id {', '.join(sorted(unused))}")
    return document


def write(document: Mapping[str, Any]) -> str:
    """The notebook's text, as Jupyter writes it."""
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def source_of(wrong: Misconception, exercise: str) -> str:
    """The misconception as a student would hand it in: the exercise's name, no annotations, what it uses first."""
    cell = _Cell()
    cell.define(exercise, wrong.function)
    return "\n\n".join(cell.sources.values())


class _Cell:
    """A cell in the making: functions and numbers by the names that they have in it, each after what it uses."""

    def __init__(self) -> None:
        self.sources: dict[str, str] = {}
        self._functions: dict[str, Function] = {}

    def define(self, name: str, function: Function) -> None:
        """Add the function under this name, after what of the mistake it uses."""
        if name in self._functions:
            if self._functions[name] is not function:
                raise ValueError(f"in one cell two functions would be called {name}; write out what one does")
            return
        self._functions[name] = function
        definition = _plain(function)
        known = _names_known_in(function)
        for used in (node.id for node in ast.walk(definition) if isinstance(node, ast.Name)):
            value = known.get(used)
            if inspect.isfunction(value) and _is_wrong(value) and value is not function:
                self.define(used, value)
            elif isinstance(value, int | float | str | tuple):
                self.sources[used] = f"{used} = {value!r}"
        definition.name = name
        self.sources[name] = ast.unparse(definition)


def _names_known_in(function: Any) -> dict[str, Any]:
    around = zip(function.__code__.co_freevars, function.__closure__ or (), strict=True)
    known = {**function.__globals__, **{name: cell.cell_contents for name, cell in around}}
    return {name: value for name, value in known.items() if name not in function.__code__.co_varnames}


def _is_wrong(function: Function) -> bool:
    """Whether it belongs to the mistake: not to a library, and not to what students have written right before."""
    return function.__module__.startswith("autograder.course.a")


def _plain(function: Function) -> ast.FunctionDef:
    """The function's definition as a student writes it."""
    (definition,) = ast.parse(textwrap.dedent(inspect.getsource(function))).body
    assert isinstance(definition, ast.FunctionDef)
    definition.decorator_list = []
    definition.returns = None
    for argument in ast.walk(definition.args):
        if isinstance(argument, ast.arg):
            argument.annotation = None
    if ast.get_docstring(definition) is not None:
        definition.body = definition.body[1:] or [ast.Pass()]
    return definition
