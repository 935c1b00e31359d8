"""Notebooks as students hand them in, made from the solved one: for the demonstration class and the tests."""

import ast
import inspect
import json
import textwrap
from collections.abc import Mapping
from typing import Any

from autograder.authoring import Misconception
from autograder.authoring.misconception import Function
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
    needed: dict[str, str] = {}
    _collect(wrong.function, exercise, needed)
    return "\n\n".join(needed.values())


def _collect(function: Function, name: str, needed: dict[str, str]) -> None:
    """Add to `needed` the source of the function under this name, after what of the mistake it uses."""
    (definition,) = ast.parse(textwrap.dedent(inspect.getsource(function))).body
    assert isinstance(definition, ast.FunctionDef)
    known = _names_known_in(function)
    for used in (node.id for node in ast.walk(definition) if isinstance(node, ast.Name)):
        value = known.get(used)
        if inspect.isfunction(value) and _is_wrong(value) and value is not function:
            _collect(value, used, needed)
        elif isinstance(value, int | float | str | tuple):
            needed[used] = f"{used} = {value!r}"
    definition.name = name
    needed[name] = ast.unparse(_plain(definition))


def _names_known_in(function: Any) -> dict[str, Any]:
    around = zip(function.__code__.co_freevars, function.__closure__ or (), strict=True)
    return {**function.__globals__, **{name: cell.cell_contents for name, cell in around}}


def _is_wrong(function: Function) -> bool:
    """Whether it belongs to the mistake: not to a library, and not to what students have written right before."""
    return function.__module__.startswith("autograder.course.a")


def _plain(function: ast.FunctionDef) -> ast.FunctionDef:
    function.decorator_list = []
    function.returns = None
    for argument in ast.walk(function.args):
        if isinstance(argument, ast.arg):
            argument.annotation = None
    if ast.get_docstring(function) is not None:
        function.body = function.body[1:] or [ast.Pass()]
    return function
