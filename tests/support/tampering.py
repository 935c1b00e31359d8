"""What students do to a notebook's structure, by accident or not: each is a function on the solved notebook."""

import copy
from collections.abc import Callable
from typing import Any

Notebook = dict[str, Any]
Tampering = Callable[[Notebook], None]

EXERCISE = "linear_forward"
GRADE_CELL = f"check_{EXERCISE}"
WRITTEN = "written_tiny_gradients"


def entry(cell: dict[str, Any]) -> dict[str, Any]:
    """nbgrader's part of a cell's metadata (a fresh dictionary where there is none)."""
    found: dict[str, Any] = cell["metadata"].get("nbgrader", {})
    return found


def index(notebook: Notebook, grade_id: str) -> int:
    """Where the cell with this id is."""
    return [entry(cell).get("grade_id") for cell in notebook["cells"]].index(grade_id)


def cell(notebook: Notebook, grade_id: str) -> dict[str, Any]:
    """The cell with this id."""
    found: dict[str, Any] = notebook["cells"][index(notebook, grade_id)]
    return found


def _duplicate(grade_id: str) -> Tampering:
    def change(notebook: Notebook) -> None:
        notebook["cells"].append(copy.deepcopy(cell(notebook, grade_id)))

    return change


def _delete(grade_id: str) -> Tampering:
    return lambda notebook: notebook["cells"].pop(index(notebook, grade_id))


def _set(which: str, /, **fields: Any) -> Tampering:
    return lambda notebook: entry(cell(notebook, which)).update(fields)


def _rewrite(grade_id: str, source: str) -> Tampering:
    return lambda notebook: cell(notebook, grade_id).update(source=source)


def _retype(grade_id: str, kind: str) -> Tampering:
    return lambda notebook: cell(notebook, grade_id).update(cell_type=kind)


def _strip(notebook: Notebook) -> None:
    for one in notebook["cells"]:
        one["metadata"] = {}


def _garble(notebook: Notebook) -> None:
    for one in notebook["cells"]:
        one["metadata"], one["id"] = ["not", {"a": "dictionary"}], "the same everywhere"
    notebook["metadata"] = {"kernelspec": {"name": "../../evil", "display_name": 7}, "language_info": []}


def _age(version: Any) -> Tampering:
    def change(notebook: Notebook) -> None:
        for one in notebook["cells"]:
            entry(one)["schema_version"] = version

    return change


def _reverse(notebook: Notebook) -> None:
    notebook["cells"].reverse()


def _swap_ids(notebook: Notebook) -> None:
    here, there = entry(cell(notebook, EXERCISE)), entry(cell(notebook, "end_to_end_matrix"))
    here["grade_id"], there["grade_id"] = there["grade_id"], here["grade_id"]


def _swap_with_check(notebook: Notebook) -> None:
    here, there = entry(cell(notebook, EXERCISE)), entry(cell(notebook, GRADE_CELL))
    here["grade_id"], there["grade_id"] = there["grade_id"], here["grade_id"]


def _forge_output(notebook: Notebook) -> None:
    forged = {
        "output_type": "execute_result",
        "execution_count": 1,
        "metadata": {},
        "data": {"text/plain": "16.0"},
    }
    for one in notebook["cells"]:
        if one["cell_type"] == "code":
            one["outputs"] = [forged]


def _warn(notebook: Notebook) -> None:
    noisy = "\nimport sys\nprint('RuntimeWarning: overflow', file=sys.stderr)\nnp.float64(1e300) * np.float64(1e300)"
    cell(notebook, EXERCISE)["source"] += noisy


def _surrogate(notebook: Notebook) -> None:
    cell(notebook, EXERCISE)["source"] += "\n# half a character: \ud83d"


# Every one of these, done to a solved notebook, must still get full marks.
HARMLESS: dict[str, Tampering] = {
    "untouched": lambda notebook: None,
    "duplicate_solution": _duplicate(EXERCISE),
    "duplicate_check": _duplicate(GRADE_CELL),
    "duplicate_written": _duplicate(WRITTEN),
    "deleted_check": _delete(GRADE_CELL),
    "deleted_written": _delete(WRITTEN),
    "other_id": _set(GRADE_CELL, grade_id="check_of_mine"),
    "other_solution_id": _set(EXERCISE, grade_id="mine"),
    "id_is_a_list": _set(GRADE_CELL, grade_id=["a"]),
    "points_text": _set(GRADE_CELL, points="abc"),
    "points_100": _set(GRADE_CELL, points=100),
    "points_nan": _set(GRADE_CELL, points=float("nan")),
    "solution_is_grade": _set(EXERCISE, grade=True, points=1000),
    "grade_false": _set(GRADE_CELL, grade=False),
    "check_is_solution": _set(GRADE_CELL, solution=True),
    "check_unlocked": _set(GRADE_CELL, locked=False, checksum="x"),
    "edited_check": _rewrite(GRADE_CELL, "16.0"),
    "check_is_markdown": _retype(GRADE_CELL, "markdown"),
    "check_is_raw": _retype(GRADE_CELL, "raw"),
    "written_not_solution": _set(WRITTEN, solution=False),
    "written_is_code": _retype(WRITTEN, "code"),
    "stripped": _strip,
    "garbled": _garble,
    "old_schema": _age(1),
    "future_schema": _age(99),
    "schema_text": _age("new"),
    "reversed": _reverse,
    "swapped_ids": _swap_ids,
    "swapped_with_check": _swap_with_check,
    "forged_output": _forge_output,
    "warning": _warn,
    "surrogate": _surrogate,
}


# None of these is a notebook that can be graded; each with words of the sentence that says so.
HOPELESS: dict[str, tuple[bytes, str]] = {
    "a_corrupt": (b'{"cells": [', "not valid JSON"),
    "deep": (b"[" * 200_000 + b"]" * 200_000, "nested deeper"),
    "wide": (b"[" + b"0," * 500_000 + b"0]", "too many parts"),
    "huge": (b" " * (33 << 20), "larger than"),
    "wrong_types": (b'{"nbformat": 4, "cells": {"0": 7}}', "list of cells is damaged"),
    "old_format": (b'{"nbformat": 3, "worksheets": []}', "version-4"),
    "other_course": (b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}', "another course"),
    "z_binary": (bytes(range(256)), "not valid JSON"),
}
