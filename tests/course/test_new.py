"""The skeleton of an exercise, made in a copy of the course: what is left to do is named; once it is done, all pass."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from autograder.course import neighbour, new, notebooks
from autograder.course.exercises import folder_of
from tests.support.gradings import EXERCISES

ROOT = Path(__file__).parents[2]
COPIED = ("autograder", "assignments", "solutions", "tests/course", "tests/support")
ASSIGNMENT, NAME = "1-deep-chains", "column_norms"
ASKED = [ASSIGNMENT, NAME, "--points", "5", "--arguments", "A, order"]
FOLDER = f"autograder/course/a1_deep_chains/{NAME}"

# What an author writes in place of each TODO.
WRITTEN = {
    "checks.py": {
        "TODO: what it computes, in one line.": "the norm of each column.",
        "TODO: why": "Norms are well-conditioned, which is why",
        'TODO: types and shapes."""\n    raise NotImplementedError("TODO: the trusted implementation")': (
            'A (n, m) gives (m,)."""\n    return np.sum(np.abs(A) ** order, axis=0) ** (1 / order)'
        ),
        'raise NotImplementedError("TODO: draw hidden arguments with `rng`")': (
            "rows, columns = rng.permutation(np.arange(2, 9))[:2]\n"
            "    return rng.standard_normal((rows, columns)), float(rng.choice([1.0, 2.0, 3.0]))"
        ),
        "TODO: the law that this check holds, as the student reads it": "one norm for each column",
        "TODO: what is wrong, in a sentence that tells no argument.": "The norms are wrong.",
        "# TODO: examples": "# No examples",
        "check_dtype))": "check_dtype), trial=(np.eye(2), 2.0))",
    },
    "misconceptions.py": {
        "\nfrom autograder": "\nfrom typing import Any\n\nimport numpy as np\n\nfrom autograder",
        "# TODO": "# Others",
        "catalogue = Catalogue()\n": '''catalogue = Catalogue()


@catalogue.add("Along which axis do you add?")
def rows(A: Any, order: Any) -> Any:
    """adds along the rows"""
    return np.sum(np.abs(A) ** order, axis=1) ** (1 / order)


@catalogue.add("What undoes a power?")
def without_root(A: Any, order: Any) -> Any:
    """takes no root"""
    return np.sum(np.abs(A) ** order, axis=0)


@catalogue.add("Is a norm a sum or a mean?")
def mean(A: Any, order: Any) -> Any:
    """takes the mean where the sum is asked for"""
    return np.mean(np.abs(A) ** order, axis=0) ** (1 / order)

''',
    },
    "variants.py": {
        "# TODO: five or more": "# more",
        "= {\n": "= {\n"
        + "".join(
            f'    "{title}": """\ndef column_norms(A, order):\n    return {result}\n""",\n'
            for title, result in {
                "the library's": "np.linalg.norm(A, order, axis=0)",
                "a list": "np.array([np.sum(np.abs(a) ** order) ** (1 / order) for a in A.T])",
                "transposed": "np.sum(np.abs(A.T) ** order, axis=1) ** (1 / order)",
                "power": "np.power(np.power(np.abs(A), order).sum(0), 1 / order)",
                "scaled": "2 * np.sum(np.abs(A / 2) ** order, axis=0) ** (1 / order)",
            }.items()
        ),
    },
}
CELL = {
    'raise NotImplementedError("TODO: the solution")': "return np.sum(np.abs(A) ** order, axis=0) ** (1 / order)",
    "# TODO: small worked": "# Small worked",
    "TODO": "One or the other",
}


@dataclass(frozen=True)
class Checkout:
    """A copy of what an author works on, with a HOME of its own."""

    root: Path

    def python(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run Python there; `-P` keeps the folder itself off the module path."""
        home = {"HOME": str(self.root / "home"), "PATH": os.environ["PATH"], "PYTHONPATH": str(self.root)}
        command = [sys.executable, "-P", *arguments]
        return subprocess.run(command, cwd=self.root, env=home, capture_output=True, text=True, check=False)

    def new(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self.python("-m", "autograder.course.new", *arguments)

    def release(self, assignment: str = ASSIGNMENT) -> None:
        """What `make notebooks` does, for one assignment."""
        done = self.python("-m", "nbgrader", "generate_assignment", assignment, "--force", "--no-db")
        assert done.returncode == 0, done.stderr

    def tested(self, name: str = NAME, *options: str) -> str:
        """What the course's tests say of the exercise."""
        return self.python("-m", "pytest", "tests/course", "-k", name, "-q", "--color=no", *options).stdout

    def write(self, path: str, changes: dict[str, str]) -> None:
        """Replace each key by its value, and insist that it was there."""
        text = (self.root / path).read_text(encoding="utf-8")
        for old, fresh in changes.items():
            assert old in text, f"{path} does not contain {old!r}"
            text = text.replace(old, fresh)
        (self.root / path).write_text(text, encoding="utf-8")

    def write_cells(self) -> None:
        notebook = self.root / f"solutions/{ASSIGNMENT}/{ASSIGNMENT}.ipynb"
        document = json.loads(notebook.read_text(encoding="utf-8"))
        for cell in document["cells"]:
            source = "".join(cell["source"])
            for old, fresh in CELL.items():
                source = source.replace(old, fresh)
            cell["source"] = source.splitlines(keepends=True)
        notebook.write_text(json.dumps(document), encoding="utf-8")


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    being_written = shutil.ignore_patterns("*.pyc.*")  # what Python has compiled is of use there, too
    for name in COPIED:
        shutil.copytree(ROOT / name, tmp_path / name, ignore=being_written)
    for name in ("pyproject.toml", "nbgrader_config.py", "tests/conftest.py"):
        shutil.copy(ROOT / name, tmp_path / name)
    return Checkout(tmp_path)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["6-more", NAME, "--points", "5"], "there is no assignment '6-more'"),
        ([ASSIGNMENT, "he_normal", "--points", "5"], "he_normal already, in 3-initialization"),
        ([ASSIGNMENT, "column-norms", "--points", "5"], "'column-norms' cannot be the name"),
        ([ASSIGNMENT, "lambda", "--points", "5"], "'lambda' cannot be the name"),
        ([ASSIGNMENT, "check_norms", "--points", "5"], "'check_norms' cannot be an exercise's name"),
        ([ASSIGNMENT, "summary", "--points", "5"], "has the id summary already"),
        ([*ASKED, "--arguments", "A,,B"], "'' cannot be the name"),
        ([*ASKED, "--after", "he_normal"], "no exercise 'he_normal' in 1-deep-chains"),
        ([ASSIGNMENT, NAME, "--points", "1"], "1 is not in the range"),
        ([ASSIGNMENT, NAME], "--points"),
        ([*ASKED, "--colour"], "--colour"),
        ([*ASKED, "--like", "linear_forward"], "give --arguments or --like"),
        ([ASSIGNMENT, NAME, "--like", "he_normal"], "no exercise 'he_normal' in 1-deep-chains to copy"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    arguments: Sequence[str],
    sentence: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(new, "make", lambda plan: pytest.fail(f"{plan} would have been made"))
    monkeypatch.setattr(sys, "argv", ["new", *arguments])
    with pytest.raises(SystemExit) as stopped:
        new.main()
    said = capsys.readouterr()
    assert (stopped.value.code, said.out) == (1, "")
    assert sentence in said.err
    assert said.err.count("\n") == 1


@pytest.mark.slow
def test_what_is_left_to_do_is_named_by_failing_tests_until_it_is_done(checkout: Checkout) -> None:
    made = checkout.new(*ASKED)
    assert made.returncode == 0, made.stderr
    assert FOLDER in made.stdout
    assert f"{FOLDER}/checks.py:1:" in made.stdout
    assert f"sum to {notebooks.assignments()[ASSIGNMENT].max_score + 5:g}. You may" in made.stdout
    again = checkout.new(*ASKED)
    assert (again.returncode, again.stderr.count("\n")) == (1, 1)
    assert "run `make notebooks`" in checkout.tested()
    checkout.release()

    said = checkout.tested()
    for place in (
        f"{FOLDER}/checks.py",
        f"{FOLDER}/misconceptions.py",
        f"{FOLDER}/variants.py",
        "cell about-column-norms",
        "cell column-norms",
        "cell check-column-norms",
    ):
        assert re.search(rf"{place}.*TODO", said), said
    for test in ("solution_gets_full_marks", "enough_misconceptions", "left_to_do"):
        assert re.search(rf"FAILED .*{test}.*{NAME}", said), said

    for module, changes in WRITTEN.items():
        checkout.write(f"{FOLDER}/{module}", changes)
    checkout.write_cells()
    checkout.release()
    said = checkout.tested()
    assert "failed" not in said, said
    assert "passed" in said


# In the checkout with a new exercise these tests run, too; it is copied from the others only.
@pytest.mark.parametrize(("assignment", "exercise"), [pair for pair in EXERCISES if NAME not in pair])
def test_a_copy_has_the_new_name_and_marks_what_is_of_the_old_exercise(
    assignment: str, exercise: str
) -> None:
    for module in new.MODULES:
        source = (folder_of(assignment) / exercise / f"{module}.py").read_text(encoding="utf-8")
        copy = neighbour.copied_module(source, exercise, NAME)
        compile(copy, module, "exec")
        assert "TODO" in copy
        unmarked = [[line for line in text.splitlines() if "TODO" not in line] for text in (source, copy)]
        assert not [
            line for line in unmarked[1] if re.search(rf"\b{exercise}\b", line) and " as " not in line
        ]
        if not re.search(rf"^from .* import .*\b{exercise}\b", source, re.MULTILINE):
            assert [neighbour.renamed(line, exercise, NAME) for line in unmarked[0]] == unmarked[1]


@pytest.mark.slow
def test_a_copy_passes_all_tests_but_that_of_its_marks(checkout: Checkout) -> None:
    assignment, name = "3-initialization", "lecun_normal"
    made = checkout.new(assignment, name, "--like", "he_normal")
    assert made.returncode == 0, made.stderr
    assert "fails is now bounded by" in made.stdout
    checkout.release(assignment)
    said = checkout.tested(name, "-m", "not slow")
    failed = [line for line in said.splitlines() if line.startswith("FAILED")]
    assert [line.partition("[")[0] for line in failed] == [
        "FAILED tests/course/test_joins.py::test_nothing_is_left_to_do"
    ], said
