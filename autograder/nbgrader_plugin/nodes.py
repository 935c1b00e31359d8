"""Parts of a notebook, as nbformat has them. The whole is validated when it is written, not every part."""

from collections.abc import Mapping, Sequence
from typing import Any

import nbformat
from nbformat import NotebookNode

_node: Any = nbformat.from_dict  # it has no types


def cell(kind: str, source: str, nbgrader: Mapping[str, Any] | None = None) -> NotebookNode:
    """A code cell or a Markdown cell; `nbgrader` is nbgrader's entry in its metadata."""
    fields: dict[str, Any] = {"cell_type": kind, "id": "new", "metadata": {}, "source": source}
    if kind == "code":
        fields |= {"execution_count": None, "outputs": []}
    if nbgrader is not None:
        fields["metadata"] = {"nbgrader": nbgrader}
    made: NotebookNode = _node(fields)
    return made


def display(text: str, html: str) -> NotebookNode:
    """An output that is shown as HTML, or as text where HTML is not trusted."""
    data = {"text/html": html, "text/plain": text}
    made: NotebookNode = _node({"output_type": "display_data", "data": data, "metadata": {}})
    return made


def result(value: float) -> NotebookNode:
    """A cell's result."""
    data = {"text/plain": repr(value)}
    made: NotebookNode = _node(
        {"output_type": "execute_result", "data": data, "execution_count": None, "metadata": {}}
    )
    return made


def notebook(cells: Sequence[NotebookNode]) -> NotebookNode:
    """A Python notebook of these cells."""
    metadata = {"language_info": {"name": "python"}}
    made: NotebookNode = _node(
        {"cells": numbered(cells), "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    )
    return made


def numbered(cells: Sequence[NotebookNode]) -> list[NotebookNode]:
    """The cells with their positions as ids: the ids in a submission need not be unique."""
    for number, one in enumerate(cells, 1):
        one.id = f"cell-{number}"
    return list(cells)
