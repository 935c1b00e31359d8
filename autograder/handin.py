"""Notebooks as students hand them in, made from the solved one: for the demonstration class and the tests."""

import copy
import importlib
import json
from collections.abc import Mapping
from typing import Any

from autograder import course


def solved(assignment: str, changes: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The solved notebook, with the cells named in `changes` (grade_id -> source) replaced."""
    return _changed(course.notebook("solutions", assignment).read_text(encoding="utf-8"), changes or {})


def released(assignment: str) -> dict[str, Any]:
    """The notebook as students get it: nothing is solved."""
    return _changed(course.notebook("assignments", assignment).read_text(encoding="utf-8"), {})


def _changed(text: str, changes: Mapping[str, str]) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(text)
    unused = set(changes)
    for cell in document["cells"]:
        name = course.grade_id(cell)
        if name is not None and name in changes:
            cell["source"] = changes[name]
            unused.discard(name)
    if unused:
        raise KeyError(f"no cell with the grade_id {', '.join(sorted(unused))}")
    return document


def variants_of(exercise: str) -> dict[str, str]:
    """Right solutions that differ from ours: source text by name, from `variants/<exercise>.py`."""
    return copy.copy(importlib.import_module(f"autograder.variants.{exercise}").VARIANTS)


def write(document: Mapping[str, Any]) -> str:
    """The notebook's text, as Jupyter writes it."""
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
