"""Undo what a student did to a notebook's structure; of what the student wrote nothing is lost."""

import re
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.course import notebooks
from autograder.nbgrader_plugin import nodes
from autograder.nbgrader_plugin.regrading import converter_of
from autograder.nbgrader_plugin.structure import TrustedCell, trusted_cells


class RestoreCells(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader is not typed
    """Give every cell the metadata it was released with, and put our grade cells back as they were."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Restore all cells of a submission."""
        nb.cells = nodes.numbered(restored(nb.cells, self._trusted(resources["nbgrader"])))
        return nb, resources

    def _trusted(self, names: Mapping[str, str]) -> tuple[TrustedCell, ...]:
        """The cells as they were released; looked up once for a class."""
        kept = getattr(converter_of(self), "kept", None)
        known = kept.trusted if kept else {}
        notebook = names["assignment"], names["notebook"]
        if notebook not in known:
            known[notebook] = trusted_cells(names)
        found: tuple[TrustedCell, ...] = known[notebook]
        return found


def restored(cells: Sequence[NotebookNode], trusted: Sequence[TrustedCell]) -> list[NotebookNode]:
    """The student's cells in their order with trusted metadata, and all cells that carry points among them.

    A student's code is never dropped or reordered, unless it is a mere copy of a grade cell: the grade must
    be the one that `autograder grade` gives.
    """
    owners = _owners(cells, trusted)
    copies = {cell.source.strip() for cell in trusted if cell.ours}
    result: list[NotebookNode] = []
    for number, cell in enumerate(cells):
        owner = owners.get(number)
        mere_copy = cell.source.strip() in copies
        if not mere_copy and (owner is None or owner.ours or owner.cell_type != cell.cell_type):
            result.append(_unmarked(cell))
        if owner is not None:
            result.append(_marked(cell, owner))
    return _completed(result, trusted)


def _owners(cells: Sequence[NotebookNode], trusted: Sequence[TrustedCell]) -> Mapping[int, TrustedCell]:
    """Which trusted cell stands where: found by its id, else by its source, else by the function in it."""
    owners: dict[int, TrustedCell] = {}
    for finds in (_by_id, _by_source, _by_function):
        for owner in trusted:
            if owner not in owners.values():
                free = (n for n, cell in enumerate(cells) if n not in owners and finds(owner, cell))
                owners.update((number, owner) for number in islice(free, 1))
    return owners


def _by_id(owner: TrustedCell, cell: NotebookNode) -> bool:
    # An answer typed into a code cell is an answer; a function in a text cell is not run, here as elsewhere.
    fits = owner.ours or owner.cell_type in ("markdown", cell.cell_type)
    return fits and notebooks.grade_id(cell) == owner.grade_id


def _by_source(owner: TrustedCell, cell: NotebookNode) -> bool:
    return owner.ours and cell.source.strip() == owner.source.strip()


def _by_function(owner: TrustedCell, cell: NotebookNode) -> bool:
    defined = rf"\bdef[ \t]+{re.escape(owner.grade_id)}\b"
    return (
        not owner.ours
        and cell.cell_type == owner.cell_type == "code"
        and bool(re.search(defined, cell.source))
    )


def _marked(cell: NotebookNode, owner: TrustedCell) -> NotebookNode:
    """The trusted cell, with what the student wrote where that is for the student to write."""
    made = owner.filled(owner.source if owner.ours else cell.source)
    if "attachments" in cell and made.cell_type == "markdown":
        made.attachments = cell.attachments
    return made


def _unmarked(cell: NotebookNode) -> NotebookNode:
    cell.metadata = {}
    return cell


def _completed(cells: list[NotebookNode], trusted: Sequence[TrustedCell]) -> list[NotebookNode]:
    """`cells` and the missing ones that carry points, each after its predecessor in the released notebook."""
    here = -1
    for owner in trusted:
        place = next((n for n, cell in enumerate(cells) if notebooks.grade_id(cell) == owner.grade_id), None)
        if place is None and owner.points is not None:
            place = here + 1 if here >= 0 else len(cells)
            cells.insert(place, owner.filled(owner.source))
        here = here if place is None else place
    return cells
