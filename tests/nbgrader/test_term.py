"""A whole term with a handful of students; `make term` does it with the wheel and thirty.

Each command of nbgrader runs once as it is installed, and from then on without its imports.
"""

import re
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.support import warm
from tests.support.scratch import REPOSITORY
from tests.support.term import Term, whole_term

pytestmark = pytest.mark.slow


PAGES = (REPOSITORY / "docs" / "instructors.md", REPOSITORY / "autograder" / "course" / "start" / "README.md")
ELSEWHERE = {("autograder", "demo")}


def uses(words: Sequence[str]) -> set[tuple[str, ...]]:
    """A command, and each option with it."""
    return {
        tuple(words[:2]),
        *((*words[:2], word.partition("=")[0]) for word in words if word.startswith("--")),
    }


def shown(page: Path) -> set[tuple[str, ...]]:
    """What the page tells an instructor to run."""
    blocks = re.findall(r"^```sh\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    lines = [shlex.split(line, comments=True) for block in blocks for line in block.splitlines()]
    return {use for line in lines if line[:1] in (["nbgrader"], ["autograder"]) for use in uses(line)}


@pytest.mark.usefixtures("sandbox")
def test_a_term_from_init_to_the_exported_grades_by_the_commands_of_the_documents(tmp_path: Path) -> None:
    term = Term(tmp_path, Path(sys.executable).parent, 4, again=warm.nbgrader)
    whole_term(term)
    ran = {use for command in term.ran for use in uses(command)} | ELSEWHERE
    for page in PAGES:
        assert shown(page) - ran == set(), f"no term has tried what {page.name} shows"
