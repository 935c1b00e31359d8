"""JSON lines: one submission a line, each as in the JSON report."""

import json
from collections.abc import Sequence

from autograder.reports.json import as_dict
from autograder.results import Grade


def render(grades: Sequence[Grade]) -> str:
    """One line of JSON for each grade."""
    return "".join(json.dumps(as_dict(grade)) + "\n" for grade in grades)
