"""What a student reads in a notebook: one closing line, one notation, lines that fit, all that one needs to follow."""

import json
import re
from collections.abc import Iterator
from typing import Literal

import pytest

from autograder.course import notebooks

Kind = Literal["solutions", "assignments"]
KINDS: tuple[Kind, ...] = ("solutions", "assignments")
PLACES = [(kind, assignment) for kind in KINDS for assignment in notebooks.assignments()]
WIDTH = 100  # characters of code that fit a page at the usual sizes of type
CLOSING = 'print("The examples pass.")'
# A layer's number stands in brackets above, as in notebook 1; what stands below is a component, or a number of units.
OTHER_NOTATION = re.compile(r"[WbZAa]_\{?[lL\d](?![a-z])|(?<!\w)w_\{?[lL]|\\delta_|n\^\{?\[")
ELSEWHERE = re.compile(r"\b(lectures?|lecturers?|transcripts?)\b", re.IGNORECASE)


def sources(kind: Kind, assignment: str, cell_type: str | None = None) -> Iterator[tuple[str, str]]:
    """The id and the text of each cell."""
    document = json.loads(notebooks.notebook(kind, assignment).read_text(encoding="utf-8"))
    for cell in document["cells"]:
        if cell_type in (None, cell["cell_type"]):
            yield notebooks.grade_id(cell) or cell["id"], notebooks.source(cell)


@pytest.mark.parametrize(("kind", "assignment"), PLACES)
def test_every_check_cell_says_in_the_same_words_that_its_examples_pass(kind: Kind, assignment: str) -> None:
    last = {
        name: text.splitlines()[-1]
        for name, text in sources(kind, assignment, "code")
        if name.startswith(notebooks.GRADE_CELL)
    }
    assert len(last) == len(notebooks.assignments()[assignment].exercises)
    other = {name: line for name, line in last.items() if line != CLOSING}
    assert not other, f"the last line of a check cell is {CLOSING}"


@pytest.mark.parametrize(("kind", "assignment"), PLACES)
def test_the_number_of_a_layer_is_written_in_one_way(kind: Kind, assignment: str) -> None:
    found = [(name, *OTHER_NOTATION.findall(text)) for name, text in sources(kind, assignment)]
    assert not [one for one in found if len(one) > 1], (
        "write W^{[l]}, b^{[l]}, A^{[l]} and n_l, and in docstrings W^[l]"
    )


@pytest.mark.parametrize(("kind", "assignment"), PLACES)
def test_nothing_refers_to_what_a_reader_may_not_have(kind: Kind, assignment: str) -> None:
    found = [(name, *ELSEWHERE.findall(text)) for name, text in sources(kind, assignment)]
    assert not [one for one in found if len(one) > 1], "say what the lecture says, or that one often hears it"


@pytest.mark.parametrize(("kind", "assignment"), PLACES)
def test_lines_of_code_fit_the_page(kind: Kind, assignment: str) -> None:
    lines = [(name, line) for name, text in sources(kind, assignment, "code") for line in text.splitlines()]
    too_long = [f"{name}: {line}" for name, line in lines if len(line) > WIDTH]
    assert not too_long, f"at most {WIDTH} characters a line of code"


@pytest.mark.parametrize("assignment", notebooks.assignments())
def test_the_first_cell_says_how_one_is_graded(assignment: str) -> None:
    texts = [text for _, text in sources("assignments", assignment, "markdown")]
    assert "\n## How you are graded\n" in texts[0]
    assert not any("How you are graded" in text for text in texts[1:])


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("$W_l$", False),
        ("$W_{l+1}^T$", False),
        (r"$\partial J / \partial W_1$", False),
        ("dJ/dZ_l", False),
        ("$n^{[l]}$", False),
        (r"$\delta_L$", False),
        ("$w_l$", False),
        ("$W^{[l]}$ of shape $(n_l, n_{l-1})$", True),
        ("$w_1 x_1 + w_2 x_2$ and $W_{ij}$", True),
        ("W1_example, A_prev, x_last, new_layer, low_loss", True),
    ],
)
def test_other_notations_are_told_from_names_and_components(text: str, is_one: bool) -> None:
    assert (OTHER_NOTATION.search(text) is None) is is_one
