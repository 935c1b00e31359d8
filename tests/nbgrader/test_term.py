"""A whole term with a handful of students; `make term` does it with the wheel and thirty."""

import sys
from pathlib import Path

import pytest

from tests.support.term import Term, whole_term

pytestmark = pytest.mark.slow


@pytest.mark.usefixtures("sandbox")
def test_a_term_from_init_to_the_exported_grades(tmp_path: Path) -> None:
    whole_term(Term(tmp_path, Path(sys.executable).parent, 4))
