"""Notebooks as students hand them in, made from the solved one: for the demonstration class and the tests."""

import ast
import copy
import inspect
import json
from collections.abc import Mapping
from typing import Any

from autograder.authoring import Misconception
from autograder.course import notebooks
from autograder.course.exercises import module_of


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


def variants_of(exercise: str) -> dict[str, str]:
    """Right solutions that differ from ours: source text by name, from its `variants.py`."""
    return copy.copy(module_of(exercise, "variants").VARIANTS)


def write(document: Mapping[str, Any]) -> str:
    """The notebook's text, as Jupyter writes it."""
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def source_of(wrong: Misconception, exercise: str) -> str:
    """The misconception as a student would hand it in: the exercise's name, no annotations, its helpers first."""
    module = ast.parse(inspect.getsource(module_of(exercise, "misconceptions")))
    functions = {node.name: node for node in module.body if isinstance(node, ast.FunctionDef)}
    needed: list[str] = []
    _collect(wrong.id, functions, needed)
    functions[wrong.id].name = exercise
    return "\n\n".join(ast.unparse(_plain(functions[name])) for name in needed)


def _collect(name: str, functions: dict[str, ast.FunctionDef], needed: list[str]) -> None:
    """Append `name` to `needed`, after the functions of the module that it uses."""
    for node in ast.walk(functions[name]):
        if isinstance(node, ast.Name) and node.id in functions and node.id not in (*needed, name):
            _collect(node.id, functions, needed)
    needed.append(name)


def _plain(function: ast.FunctionDef) -> ast.FunctionDef:
    function.decorator_list = []
    function.returns = None
    for argument in ast.walk(function.args):
        if isinstance(argument, ast.arg):
            argument.annotation = None
    if ast.get_docstring(function) is not None:
        function.body = function.body[1:] or [ast.Pass()]
    return function
