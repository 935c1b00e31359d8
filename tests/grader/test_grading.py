"""The whole way from a notebook to a grade, through the sandbox: what students do to notebooks must not matter."""

import copy
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from autograder.course import notebooks
from autograder.course.exercises import misconceptions_of
from autograder.demo.handin import released, solved, source_of
from autograder.grading.grader import Grader
from autograder.intake.submission import from_cells
from autograder.results import CheckResult, ExerciseResult, Grade
from autograder.sandbox import Cell, Sandbox, Spent, Workbench
from tests.support.attack import CORPUS, read

ASSIGNMENTS = tuple(notebooks.assignments())
Grading = Callable[..., Grade]  # of a notebook, and perhaps the name of its assignment


@pytest.fixture(scope="module")
def grader() -> Iterator[Grader]:
    with Grader(Sandbox(), b"a secret of the tests") as grader:
        yield grader


@pytest.fixture
def grade(grader: Grader) -> Grading:
    def of(document: dict[str, Any], assignment: str | None = None) -> Grade:
        return grader.grade(from_cells("test.ipynb", document["cells"], None, assignment))

    return of


def code(source: str) -> dict[str, Any]:
    return {"cell_type": "code", "metadata": {}, "source": source, "outputs": [], "execution_count": None}


def exercise(result: Grade, name: str) -> ExerciseResult:
    return next(e for e in result.exercises if e.name == name)


def failed(result: Grade, name: str) -> tuple[CheckResult, ...]:
    return exercise(result, name).failed


def scores(result: Grade) -> dict[str, float]:
    return {e.name: e.score for e in result.exercises}


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_solution_full_stub_nothing(grade: Grading, assignment: str) -> None:
    assert (grade(solved(assignment)).percent, grade(released(assignment)).score) == (100, 0)


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_cells_in_reverse_order_get_full_marks(grade: Grading, assignment: str) -> None:
    document = solved(assignment)
    document["cells"].reverse()
    assert grade(document).percent == 100


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_stripped_metadata_get_full_marks(grade: Grading, assignment: str) -> None:
    document = solved(assignment)
    for cell in document["cells"]:
        cell["metadata"] = {}
    assert grade(document).percent == 100


def test_tampered_metadata_are_ignored(grade: Grading) -> None:
    document = solved("3-initialization")
    for cell in document["cells"]:
        if "nbgrader" in cell["metadata"]:
            cell["metadata"]["nbgrader"].update(points="abc", grade=True, solution=True, locked=None)
    assert grade(document).percent == 100


def test_every_cell_twice_is_graded(grade: Grading) -> None:
    document = solved("3-initialization")
    document["cells"] += copy.deepcopy(document["cells"])
    assert grade(document).percent == 100


def test_magics_commands_warnings_and_prints_cost_nothing(grade: Grading) -> None:
    document = solved("3-initialization")
    document["cells"].insert(0, code("%matplotlib inline\n!pip install numpy\nimport numpy as np"))
    document["cells"].append(code("%%bash\nrm -rf somewhere"))
    document["cells"].append(code("np.float64(1e308) * 10\nprint('overflow', file=__import__('sys').stderr)"))
    result = grade(document)
    assert (result.percent, result.notes) == (100, ())


def test_an_unchanged_experiment_is_not_run_and_a_changed_one_is(grade: Grading) -> None:
    document = solved("1-deep-chains")
    (first, *_) = [
        c for c in document["cells"] if notebooks.source(c).strip() in ours("1-deep-chains").experiments
    ]
    assert grade(document).notes == ()
    first["source"] = notebooks.source(first) + "\nraise ValueError('changed')"
    assert any("ValueError: changed" in note for note in grade(document).notes)


def ours(assignment: str) -> notebooks.Assignment:
    return notebooks.assignments()[assignment]


def test_a_function_that_needs_what_an_experiment_defines_gets_full_marks(grade: Grading) -> None:
    document = solved("1-deep-chains")
    experiment = next(
        c for c in document["cells"] if notebooks.source(c).strip() in ours("1-deep-chains").experiments
    )
    name = next(
        line.split(" =")[0]
        for line in notebooks.source(experiment).splitlines()
        if line[:1].isalpha() and " = " in line
    )
    for cell in document["cells"]:
        if notebooks.grade_id(cell) == "steps_to_move":
            cell["source"] = (
                notebooks.source(cell)
                + f"\n\n_right = steps_to_move\ndef steps_to_move(*a):\n    {name}\n    return _right(*a)"
            )
    assert grade(document).percent == 100


class Watched(Sandbox):
    """Knows which cells each session loaded."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[list[Cell]] = []

    def open(self, cells: Sequence[Cell], spent: Spent | None = None) -> Workbench:
        """As ever."""
        self.opened.append(list(cells))
        return super().open(cells, spent)


def opened_for(assignment: str, changes: dict[str, str]) -> list[list[Cell]]:
    """The cells of every session that grading this notebook takes, solutions of ours as cells of number 0."""
    sandbox = Watched()
    with Grader(sandbox, b"a secret of the tests", hints="cause") as grader:
        grader.grade(from_cells("x.ipynb", solved(assignment, changes)["cells"], None, assignment))
    return sandbox.opened


def test_experiments_on_which_nothing_depends_are_run_once() -> None:
    sessions = opened_for("3-initialization", {"neuron": "def neuron(w, X):\n    return w @ missing"})
    experiments = ours("3-initialization").experiments
    run = [cells for cells in sessions if any(cell.source.strip() in experiments for cell in cells)]
    assert (len(run), len(sessions) > 2) == (1, True)


def test_a_function_that_a_docstring_names_is_not_used() -> None:
    wrong = {name: f"def {name}(*given):\n    return 1.0" for name in ("neuron", "he_normal")}
    text = f'''    """{next(t for t in ours("3-initialization").docstrings if "neuron" in t)}"""'''
    wrong["he_normal"] = f"def he_normal(n_out, n_in, rng):\n{text}\n    return 1.0"
    sessions = opened_for("3-initialization", wrong)
    assert not any(cell.number == 0 for cells in sessions for cell in cells)


def test_what_a_known_mistake_in_another_function_explains_is_not_searched() -> None:
    wrong = next(iter(misconceptions_of("activation_derivative")))
    source = source_of(wrong, "activation_derivative")
    first, *others = opened_for("2-backpropagation", {"activation_derivative": source})
    assert not any(cell.number == 0 for cell in first)
    assert [sum(cell.number == 0 for cell in cells) for cells in others] == [1, 1]


def test_a_wrong_function_does_not_cost_the_points_of_one_that_calls_it(grade: Grading) -> None:
    wrong = next(iter(misconceptions_of("activate")))
    result = grade(solved("2-backpropagation", {"activate": source_of(wrong, "activate")}))
    points = ours("2-backpropagation").points
    assert {name for name, score in scores(result).items() if score < points[name]} == {"activate"}
    assert {check.causes for check in failed(result, "activate")} == {(wrong.id,)}


@pytest.mark.slow
def test_a_missing_function_does_not_cost_the_points_of_one_that_calls_it(grade: Grading) -> None:
    result = grade(solved("2-backpropagation", {"activate": "raise RuntimeError('gone')"}))
    assert scores(result)["activate"] == 0
    assert result.score == ours("2-backpropagation").max_score - ours("2-backpropagation").points["activate"]
    assert any("beside our version of activate" in note for note in result.notes)


SECOND_GUESS = """
def activation_derivative(Z, kind):
    if globals()["acti" "vate"](np.full((1, 1), 3.0), "relu")[0, 0] != 3:
        return Z  # a first guess; the other one is not here yet
    s = 1 / (1 + np.exp(-np.abs(Z)))
    slopes = {"relu": np.where(Z > 0, 1.0, 0.0), "tanh": 1 / np.cosh(np.clip(Z, -300, 300)) ** 2}
    return slopes.get(kind, s * (1 - s) if kind == "sigmoid" else np.ones_like(Z))
"""


@pytest.mark.slow
def test_a_function_that_mentions_no_failed_one_gets_no_second_try(grade: Grading) -> None:
    assert grade(solved("2-backpropagation", {"activation_derivative": SECOND_GUESS})).percent == 100
    solutions = {
        "activate": "def activate(Z, kind):\n    return 2.0 * Z",
        "activation_derivative": SECOND_GUESS,
    }
    mentioned = {**solutions, "activation_derivative": f"# activate\n{SECOND_GUESS}"}
    once, twice = (
        scores(grade(solved("2-backpropagation", these)))["activation_derivative"]
        for these in (solutions, mentioned)
    )
    assert once < twice == ours("2-backpropagation").points["activation_derivative"]


@pytest.mark.slow
def test_a_helper_between_two_exercises_carries_the_error_forward(grade: Grading) -> None:
    document = solved("2-backpropagation", {"activate": "raise RuntimeError('gone')"})
    for cell in document["cells"]:
        if notebooks.grade_id(cell) == "forward":
            cell["source"] = notebooks.source(cell).replace("activate(", "layer(")
    document["cells"].append(code("def layer(*given):\n    return activate(*given)"))
    assert (
        grade(document).score
        == ours("2-backpropagation").max_score - ours("2-backpropagation").points["activate"]
    )


def test_our_version_does_not_solve_an_exercise_that_is_not_written(grade: Grading) -> None:
    document = released("2-backpropagation")
    for cell in document["cells"]:
        if notebooks.grade_id(cell) == "activate":
            cell["source"] = "def activate(Z, kind):\n    return 3 * Z"
    assert grade(document).score == 0


def test_an_unknown_mistake_is_shown_on_the_smallest_input(grade: Grading) -> None:
    source = (
        "def linear_forward(X, weights):\n    for W in weights:\n        X = W @ X\n    return np.cos(3 * X)"
    )
    first = exercise(grade(solved("1-deep-chains", {"linear_forward": source})), "linear_forward")
    assert first.causes == ()
    assert first.example is not None
    assert "expected" in first.example
    assert len(first.example) < 200


def test_a_random_function_has_no_smallest_example_and_is_graded_all_the_same(grade: Grading) -> None:
    source = (
        "def linear_forward(X, weights):\n    return np.random.random((weights[-1].shape[0], X.shape[1]))"
    )
    result = grade(solved("1-deep-chains", {"linear_forward": source}))
    assert scores(result)["linear_forward"] == 0
    assert result.status == "graded"


def test_nothing_a_student_prints_or_raises_in_a_hidden_call_is_shown(grade: Grading) -> None:
    source = "def linear_forward(X, weights):\n    print('leak', X)\n    raise ValueError(f'leak {X}')"
    result = grade(solved("1-deep-chains", {"linear_forward": source}))
    assert "leak" not in repr(result)
    assert {(c.reason, c.detail) for c in failed(result, "linear_forward")} == {("raised", "ValueError")}


def test_the_same_notebook_gets_the_same_grade_twice(grade: Grading) -> None:
    document = solved(
        "3-initialization",
        {"he_normal": "def he_normal(n_out, n_in, rng):\n    return rng.random((n_out, n_in))"},
    )
    first, second = (grade(document).exercises for _ in range(2))
    assert first == second


def test_a_function_that_keeps_state_is_not_told_that_a_right_value_is_wrong(grade: Grading) -> None:
    source = "calls = 0\ndef layer_norm(A, epsilon=1e-5):\n    global calls\n    calls += 1\n    return A + calls % 2"
    example = exercise(grade(solved("5-beyond", {"layer_norm": source})), "layer_norm").example
    if example is not None:
        got, expected = example.split(" returned ")[1].split(", expected ")
        assert got != expected


def test_no_text_of_a_student_is_shown_in_an_example(grade: Grading) -> None:
    source = "def linear_forward(X, weights):\n    return 'regraded by hand: 16/16'"
    result = grade(solved("1-deep-chains", {"linear_forward": source}))
    assert "regraded" not in repr(result)
    source = "def linear_forward(X, weights):\n    return {'regraded by hand': X}"
    assert "regraded" not in repr(grade(solved("1-deep-chains", {"linear_forward": source})))


def test_few_numbers_of_a_student_are_shown_in_an_example(grade: Grading) -> None:
    source = "def linear_forward(X, weights):\n    return np.arange(1000) + 0.123456789"
    result = exercise(grade(solved("1-deep-chains", {"linear_forward": source})), "linear_forward")
    assert "an array of shape (1000,)" in (result.example or "")


def test_permutations_are_not_orthogonal_matrices_of_haars_law(grade: Grading) -> None:
    attack = read(CORPUS / "forge" / "permutations.py")
    result = grade(solved("5-beyond", {"orthogonal": attack.source}))
    assert "check_uniform" in {check.name for check in failed(result, "orthogonal")}
