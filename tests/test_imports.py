"""No test imports another test, nor a study: what they share is in `tests/support/`."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
OTHERS = {"corpus", "strangers"}  # attacks, and what strangers handed in
FILES = [path for path in sorted(TESTS.rglob("*.py")) if not OTHERS & set(path.relative_to(TESTS).parts)]

BENCH = "tests.studies.bench"  # the one study of several files, which import each other


def imported(path: Path) -> Iterator[str]:
    """The modules that a file imports, `.` before those that it names from where it stands."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")


@pytest.mark.parametrize("path", FILES, ids=[str(path.relative_to(TESTS)) for path in FILES])
def test_of_other_tests_only_support_is_imported(path: Path) -> None:
    own = [name for name in imported(path) if name.split(".")[0] in ("", "tests")]
    allowed = ("tests.support", *([BENCH] if BENCH.endswith(path.parent.name) else []))
    assert [name for name in own if not name.startswith(allowed)] == []
