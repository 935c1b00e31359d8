"""JSON lines: one submission a line, each as in the JSON report."""

import json
from collections.abc import Iterator, Sequence

from autograder.reports.json import as_dict
from autograder.results import Grade
from autograder.text import HASHES, inert


def pieces(grades: Sequence[Grade]) -> Iterator[str]:
    """One line of JSON for each grade."""
    return (inert(json.dumps(as_dict(grade)), HASHES) + "\n" for grade in grades)
