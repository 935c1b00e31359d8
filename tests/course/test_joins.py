"""The exercise's name joins notebook, checks, misconceptions and variants: nothing is missing, nothing is left over."""

import inspect
import json
import re
from pathlib import Path
from typing import Any, Literal

import pytest

from autograder.course import notebooks
from autograder.course.exercises import (
    assignments,
    exercise_of,
    exercises_of,
    misconceptions_of,
    module_of,
    variants_of,
)
from autograder.course.new import left_to_do

ROOT = Path(__file__).parents[2]
ASSIGNMENTS = tuple(notebooks.assignments())
EXERCISES = [(name, exercise) for name in ASSIGNMENTS for exercise in notebooks.assignments()[name].exercises]
FILES = {"__init__.py", "checks.py", "misconceptions.py", "variants.py"}  # of an exercise
Kind = Literal["solutions", "assignments"]
UNGRADED = "your_"  # solution cells into which students paste earlier work
SECTION = re.compile(r"^## (\d+)(?:\.| ·) (.*)$", re.MULTILINE)


def cells(kind: Kind, assignment: str) -> list[dict[str, Any]]:
    document = json.loads(notebooks.notebook(kind, assignment).read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = document["cells"]
    return found


def marked(kind: Kind, assignment: str, **flags: bool) -> list[str]:
    """The grade_ids of the code cells whose nbgrader metadata have these flags."""
    entries = [c["metadata"].get("nbgrader", {}) for c in cells(kind, assignment) if c["cell_type"] == "code"]
    return [e["grade_id"] for e in entries if e and all(e[flag] is value for flag, value in flags.items())]


def written(assignment: str) -> list[str]:
    """The exercises whose solution cells stand in the solved notebook."""
    ids = marked("solutions", assignment, solution=True, grade=False)
    return [name for name in ids if not name.startswith(UNGRADED)]


WRITTEN = [(p.stem, name) for p in sorted((ROOT / "solutions").glob("*/*.ipynb")) for name in written(p.stem)]


@pytest.mark.parametrize(("assignment", "exercise"), WRITTEN)
def test_what_is_written_is_released(assignment: str, exercise: str) -> None:
    """With `-k NAME` no other test knows of an exercise before this one passes."""
    released = notebooks.assignments()
    assert assignment in released, f"run `make notebooks`: {assignment} is not in assignments/ yet"
    assert exercise in released[assignment].exercises, (
        f"run `make notebooks`: {exercise} is in solutions/ and not yet in assignments/, and no other test knows of it"
    )


def test_every_solution_notebook_is_released_and_has_checks() -> None:
    solved = {p.stem for p in (ROOT / "solutions").glob("*/*.ipynb")}
    assert solved == set(ASSIGNMENTS), "run `make notebooks`: solutions/ and assignments/ differ"
    assert solved == set(assignments()), "autograder/course/ and solutions/ differ"


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_every_solution_cell_has_a_grade_cell_and_checks_and_the_reverse(assignment: str) -> None:
    names = written(assignment)
    graded = marked("solutions", assignment, grade=True, solution=False)
    assert [f"check_{name}" for name in names] == graded, "each solution cell is followed by its grade cell"
    assert set(names) == exercises_of(assignment), "solution cells and folders of exercises differ"
    assert names == list(notebooks.assignments()[assignment].exercises), "run `make notebooks`"


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_grade_cells_are_locked_and_solution_cells_are_not(assignment: str) -> None:
    assert marked("assignments", assignment, grade=True, solution=False, locked=False) == []
    assert marked("assignments", assignment, grade=False, solution=True, locked=True) == []


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_one_written_question_is_graded_by_hand_and_stands_before_its_answer(assignment: str) -> None:
    released = cells("assignments", assignment)
    entries = [c["metadata"].get("nbgrader", {}) if c["cell_type"] == "markdown" else {} for c in released]
    (position,) = [i for i, e in enumerate(entries) if e.get("grade") and e.get("solution")]
    assert entries[position]["grade_id"].startswith("written_")
    question = released[
        position - 1
    ]  # nbgrader empties the whole answer cell: the question must not be in it
    assert (question["cell_type"], question["metadata"].get("nbgrader")) == ("markdown", None)
    assert "instructor" in notebooks.source(question)


@pytest.mark.parametrize(("assignment", "exercise"), EXERCISES)
def test_points_of_checks_and_notebook_agree(assignment: str, exercise: str) -> None:
    total = sum(check.points for check in exercise_of(exercise).checks)
    assert total == notebooks.assignments()[assignment].points[exercise], (
        f"points in the grade cell check_{exercise}"
    )


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_right_solutions_seldom_fail(assignment: str) -> None:
    rates = {
        name: sum(check.false_fail for check in exercise_of(name).checks) for name in exercises_of(assignment)
    }
    told = ", ".join(f"{name} {rate:.2g}" for name, rate in rates.items() if rate)
    assert sum(rates.values()) <= 1e-9, (
        f"the bounds on false fails sum to {sum(rates.values()):.3g} ({told}); let the new checks fail more seldom"
    )


def sections(assignment: str) -> list[tuple[int, str]]:
    """The numbered headings of the solved notebook: number and title."""
    texts = [notebooks.source(c) for c in cells("solutions", assignment) if c["cell_type"] == "markdown"]
    return [(int(number), title) for text in texts for number, title in SECTION.findall(text)]


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_sections_are_numbered_in_order(assignment: str) -> None:
    numbers = [number for number, _ in sections(assignment)]
    assert numbers == list(range(1, len(numbers) + 1)), (
        f"number the headings of {assignment} in order, and what mentions them: the text, solutions/README.md"
    )


def test_the_table_of_the_course_names_sections_that_exist() -> None:
    titles = {(name[0], n): title.replace("$", "") for name in ASSIGNMENTS for n, title in sections(name)}
    rows = re.findall(r"^\|.*$", (ROOT / "solutions/README.md").read_text(encoding="utf-8"), re.MULTILINE)
    cited = re.findall(r"(\d) §(\d+)([^;|,(]*)", "\n".join(rows))
    assert len(cited) > 50
    for notebook, number, title in cited:
        there = titles.get((notebook, int(number)), "not there")
        assert there.startswith(title.strip()), (
            f"solutions/README.md speaks of {notebook} §{number}{title.rstrip()}, which is {there!r}"
        )


@pytest.mark.parametrize(("assignment", "exercise"), EXERCISES)
def test_titles_start_in_lower_case_unless_a_name_and_end_without_a_stop(
    assignment: str, exercise: str
) -> None:
    for check in exercise_of(exercise).checks:
        assert check.name.startswith("check_")
        assert not check.title.endswith("."), check.title


def test_no_exercise_lacks_misconceptions_or_variants_and_no_file_is_stray() -> None:
    for _, exercise in EXERCISES:
        folder = Path(inspect.getfile(module_of(exercise, "checks"))).parent
        assert {path.name for path in folder.iterdir()} - {"__pycache__"} == FILES, folder


def test_names_of_exercises_are_unique_in_the_course() -> None:
    assert len({exercise for _, exercise in EXERCISES}) == len(EXERCISES)


@pytest.mark.parametrize(("assignment", "exercise"), EXERCISES)
def test_nothing_is_left_to_do(assignment: str, exercise: str) -> None:
    left = list(left_to_do(assignment, exercise))
    assert not left, "\n".join(left)


@pytest.mark.parametrize(("assignment", "exercise"), EXERCISES)
def test_every_exercise_has_enough_misconceptions_and_variants(assignment: str, exercise: str) -> None:
    assert len(misconceptions_of(exercise)) >= 3, "three or more wrong formulas in misconceptions.py"
    assert len(variants_of(exercise)) >= 5, "five or more other right solutions in variants.py"


@pytest.mark.parametrize(("assignment", "exercise"), EXERCISES)
def test_misconceptions_are_written_for_a_student(assignment: str, exercise: str) -> None:
    for wrong in misconceptions_of(exercise):
        assert not wrong.name.endswith("."), (
            f"{wrong.id}: the name is a phrase that follows “your function …”"
        )
        assert wrong.name[0].islower(), f"{wrong.id}: the name follows “your function …”"
        assert wrong.hint.endswith((".", "?")), f"{wrong.id}: a hint is a sentence"


@pytest.mark.parametrize(("assignment", "exercise"), EXERCISES)
def test_the_solution_has_a_docstring_with_shapes(assignment: str, exercise: str) -> None:
    solved = {notebooks.grade_id(c): notebooks.source(c) for c in cells("solutions", assignment)}
    namespace: dict[str, object] = {}
    stub = {notebooks.grade_id(c): notebooks.source(c) for c in cells("assignments", assignment)}[exercise]
    assert "BEGIN SOLUTION" in solved[exercise]
    assert "SOLUTION" not in stub
    assert "NotImplementedError" in stub
    exec(compile("import numpy as np\n" + stub, exercise, "exec"), namespace)  # our own released cell
    assert len(inspect.getdoc(namespace[exercise]) or "") > 40, (
        "the stub's docstring states shapes and an example"
    )


@pytest.mark.parametrize("kind", ["solutions", "assignments"])
@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_outputs_are_stripped(kind: Kind, assignment: str) -> None:
    for cell in cells(kind, assignment):
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []
            assert cell["execution_count"] is None
