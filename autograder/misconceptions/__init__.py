"""Wrong implementations of each exercise: one catalogue, three uses.

The diagnosis finds the one that does what a student's function did; the tests hand each in as a wrong
submission; the demonstration class is made of them. In `misconceptions/<exercise>.py` every function with
the decorator is one: its name is the id, its docstring the one-line name, the decorator's text the hint,
which leads to the mistake without giving the answer away.

    @misconception("Which units feed a neuron: the columns of W or its rows?")
    def fan_out_for_fan_in(n_out, n_in, rng):
        \"\"\"divides by n_out where He divides by n_in\"\"\"
        return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_out)

A module may define `alike(call, value)`, which says whether `value`, a misconception's result, explains the
recorded call; without it results must agree to 1e-9 of their norm, in shape and in structure.
"""

import ast
import importlib
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Any

Function = Callable[..., Any]


@dataclass(frozen=True)
class Misconception:
    """A wrong implementation with the name and the hint that a student reads."""

    id: str
    name: str
    hint: str
    function: Function


def misconception(hint: str) -> Callable[[Function], Misconception]:
    """Make a `Misconception` of a function (see the module)."""

    def decorate(function: Function) -> Misconception:
        name = " ".join((function.__doc__ or "").split())
        if not name or not hint:
            raise ValueError(f"{function.__name__}: a misconception needs a docstring (its name) and a hint")
        return Misconception(function.__name__, name, " ".join(hint.split()), function)

    return decorate


def module_of(exercise: str) -> ModuleType:
    """The module that holds an exercise's misconceptions."""
    return importlib.import_module(f"{__name__}.{exercise}")


@cache
def misconceptions_of(exercise: str) -> tuple[Misconception, ...]:
    """All misconceptions of an exercise, in the order in which they are written."""
    members = vars(module_of(exercise)).values()
    return tuple(member for member in members if isinstance(member, Misconception))


def source_of(wrong: Misconception, exercise: str) -> str:
    """The misconception as a student would hand it in: the exercise's name, no annotations, its helpers first."""
    module = ast.parse(inspect.getsource(module_of(exercise)))
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
