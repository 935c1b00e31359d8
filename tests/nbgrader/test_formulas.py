"""The course's formulas are all drawn, so that no page needs the network."""

import json
import re

import pytest

from autograder.course import notebooks
from autograder.nbgrader_plugin.formulas import drawn

FORMULA = re.compile(r"\$\$(.+?)\$\$|\$(.+?)\$", re.DOTALL)


def formulas(assignment: str) -> list[tuple[str, str]]:
    """Each formula of the notebook, as it is typed, and how it is displayed."""
    document = json.loads(notebooks.notebook("solutions", assignment).read_text(encoding="utf-8"))
    texts = ["".join(cell["source"]) for cell in document["cells"] if cell["cell_type"] == "markdown"]
    found = [match.groups() for text in texts for match in FORMULA.finditer(text)]
    return [(block, "block") if block else (inline, "inline") for block, inline in found]


@pytest.mark.parametrize("assignment", notebooks.assignments())
def test_every_formula_of_the_course_is_drawn(assignment: str) -> None:
    assert len(formulas(assignment)) > 20
    for tex, display in formulas(assignment):
        page = drawn(tex, display)
        assert page.startswith(f'<math display="{display}">'), tex
        assert "\\" not in page, tex  # a command that is not known would be left as it is
