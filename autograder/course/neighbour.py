"""An exercise's modules and cells under another name, with a TODO wherever the author of the copy has to look.

The copy works as it is, so that what does not work later is what has just been changed.
"""

import ast
import re
from collections.abc import Iterator

MARK = "# TODO: "


def renamed(text: str, old: str, new: str) -> str:
    """The text with one name in place of the other."""
    return re.sub(rf"\b{old}\b", new, text)


def copied_cell(source: str, old: str, new: str) -> str:
    """A code cell."""
    return f"{MARK}make this cell yours; it is {old}'s\n{renamed(source, old, new)}"


def copied_module(source: str, old: str, new: str) -> str:
    """A module. What it imports by the old name keeps it there, and gets the new one here."""
    lines, changed = source.splitlines(), list[str]()
    done = 0
    for node in ast.parse(source).body:
        start, end = _extent(node)
        changed += _renamed(lines[done:start], old, new)
        changed += _copied(node, lines[start:end], old, new)
        done = end
    return "\n".join([*changed, *_renamed(lines[done:], old, new)]) + "\n"


def _extent(node: ast.stmt) -> tuple[int, int]:
    """The lines of a statement, its decorators among them."""
    decorators = getattr(node, "decorator_list", [])
    return min(part.lineno for part in (node, *decorators)) - 1, node.end_lineno or node.lineno


def _copied(node: ast.stmt, lines: list[str], old: str, new: str) -> list[str]:
    if isinstance(node, ast.ImportFrom) and _is_from_elsewhere(node, old):
        return list(_import(node, old, new))
    lines = _renamed(lines, old, new)
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return [*lines, f"{MARK}say in the text above what yours is; it is {old}'s"]
    name = renamed(_named(node), old, new)
    return [f"{MARK}{name} is {old}'s: make it yours, or remove it", *lines] if name else lines


def _is_from_elsewhere(node: ast.ImportFrom, old: str) -> bool:
    """Whether it imports the old name from a module that is not the old exercise's own."""
    return old not in str(node.module).split(".") and any(alias.name == old for alias in node.names)


def _import(node: ast.ImportFrom, old: str, new: str) -> Iterator[str]:
    """What is imported, each by a line of its own, so that one has another name."""
    yield f"{MARK}import your own trusted implementation; this is {old}"
    for alias in node.names:
        name = alias.asname or (new if alias.name == old else alias.name)
        yield f"from {node.module} import {alias.name}" + (f" as {name}" if name != alias.name else "")


def _named(node: ast.stmt) -> str:
    """What is defined here, if it says something about the exercise: no import, no catalogue, no mistake taken over."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return node.name
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    names = ", ".join(ast.unparse(target) for target in targets if target is not None)
    return "" if names == "catalogue" else names


def _renamed(lines: list[str], old: str, new: str) -> list[str]:
    return [renamed(line, old, new) for line in lines]
