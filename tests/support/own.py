"""A course of an instructor's own: other points for one exercise, and another left out."""

import json
from pathlib import Path

from autograder.course import folder, notebooks
from tests.support.handed import ASSIGNMENT


def course_of_own(
    path: Path, exercise: str = "he_normal", points: float = 30, without: str = "neuron"
) -> Path:
    """Make the course in a new folder."""
    folder.make(path)
    source = path / "source" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    notebook = json.loads(source.read_text(encoding="utf-8"))
    cells = [c for c in notebook["cells"] if notebooks.grade_id(c) not in (without, f"check_{without}")]
    for cell in cells:
        if notebooks.grade_id(cell) == f"check_{exercise}":
            cell["metadata"]["nbgrader"]["points"] = points
    source.write_text(json.dumps({**notebook, "cells": cells}), encoding="utf-8")
    return path
