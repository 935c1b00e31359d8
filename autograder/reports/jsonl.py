"""JSON lines: one submission a line, each as in the JSON report."""

import json
from collections.abc import Sequence

from autograder.reports.json import as_dict
from autograder.results import Grade
from autograder.text import HASHES, inert


def render(grades: Sequence[Grade]) -> str:
    """One line of JSON for each grade."""
    return "".join(inert(json.dumps(as_dict(grade)), HASHES) + "\n" for grade in grades)
