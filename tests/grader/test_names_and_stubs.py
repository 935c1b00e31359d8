"""Names as they were, and exercises left out: what costs points is the function, not the notebook around it."""

from typing import Any

import pytest

from autograder.course import notebooks
from autograder.demo.handin import released, solved
from autograder.results import Elsewhere, Grade
from tests.support.gradings import grade
from tests.support.selection import mostly_slow

BEFORE, AFTER = "before its check cell", "after its check cell"


def code(source: str) -> dict[str, Any]:
    return {"cell_type": "code", "metadata": {}, "source": source, "outputs": []}


def lost(result: Grade) -> list[str]:
    assert result.error is None
    return [exercise.name for exercise in result.exercises if exercise.failed]


def place(document: dict[str, Any], grade_id: str) -> int:
    return next(i for i, cell in enumerate(document["cells"]) if notebooks.grade_id(cell) == grade_id)


def with_cell(document: dict[str, Any], grade_id: str, source: str) -> dict[str, Any]:
    """The notebook with one more cell, right after that one."""
    document["cells"].insert(place(document, grade_id) + 1, code(source))
    return document


XAVIER = "def xavier_normal(n_out, n_in, rng):\n    return scale(n_in) * rng.standard_normal((n_out, n_in))"
HE = XAVIER.replace("xavier", "he")
SCALES = {
    "a function": ("def scale(n_in):\n    return np.sqrt({} / n_in)\n", "scale(n_in)"),
    "a lambda": ("scale = lambda n_in: np.sqrt({} / n_in)\n", "scale(n_in)"),
    "a constant": ("GAIN = {}\n", "np.sqrt(GAIN / n_in)"),
    "an annotated constant": ("GAIN: float = {}\n", "np.sqrt(GAIN / n_in)"),
    "one of two names": ("GAIN, other = {}, 3\n", "np.sqrt(GAIN / n_in)"),
    "a loop variable": ("for GAIN in ({},):\n    pass\n", "np.sqrt(GAIN / n_in)"),
    "a name under an if": ("if True:\n    GAIN = {}\n", "np.sqrt(GAIN / n_in)"),
    "a changed number": ("GAIN = 0\nGAIN += {}\n", "np.sqrt(GAIN / n_in)"),
    "a class": ("class Gain:\n    value = {}\n", "np.sqrt(Gain.value / n_in)"),
}


@pytest.mark.parametrize("helper", SCALES)
def test_a_helper_that_is_defined_anew_further_down_costs_nothing(helper: str) -> None:
    define, use = SCALES[helper]
    xavier, he = (
        define.format(gain) + source.replace("scale(n_in)", use) for gain, source in ((1, XAVIER), (2, HE))
    )
    document = solved("3-initialization", {"xavier_normal": xavier, "he_normal": he})
    result = grade(document, "3-initialization")
    assert lost(result) == []
    number = place(document, "he_normal") + 1
    assert any(
        f"cell {number} redefines `" in note and "which `xavier_normal` uses" in note for note in result.notes
    )


OVERWRITTEN = {
    "by its result": "he_normal = he_normal(3, 2, np.random.default_rng(0))",
    "by a number": "he_normal = 3",
    "by a loop": "for he_normal in range(3):\n    pass",
    "by an import": "import math as he_normal",
    "by a wrong try": "def he_normal(n_out, n_in, rng):\n    return rng.random((n_out, n_in))",
    "by nothing": "del he_normal",
}


@pytest.mark.parametrize("how", OVERWRITTEN)
def test_a_function_that_is_overwritten_after_its_check_costs_nothing(how: str) -> None:
    document = with_cell(solved("3-initialization"), "check_he_normal", OVERWRITTEN[how])
    result = grade(document, "3-initialization")
    assert lost(result) == []
    number = place(document, "check_he_normal") + 2
    assert any(f"cell {number} gives `he_normal` another value" in note for note in result.notes)


def test_a_function_that_is_mended_further_down_is_right() -> None:
    document = solved("3-initialization")
    right = notebooks.assignments()["3-initialization"].solutions["he_normal"]
    document["cells"][place(document, "he_normal")]["source"] = (
        "def he_normal(n_out, n_in, rng):\n    return 1"
    )
    assert lost(grade(document, "3-initialization")) == ["he_normal"]
    assert lost(grade(with_cell(document, "check_he_normal", right), "3-initialization")) == []


def test_a_helper_that_comes_after_its_check_is_there_at_the_end() -> None:
    document = solved("3-initialization", {"xavier_normal": XAVIER})
    document["cells"].append(code("def scale(n_in):\n    return np.sqrt(1 / n_in)"))
    assert lost(grade(document, "3-initialization")) == []


def test_a_wrong_function_stays_wrong_whatever_is_defined_anew() -> None:
    wrong = "def scale(n_in):\n    return 1 / n_in\n" + XAVIER
    document = solved("3-initialization", {"xavier_normal": wrong, "he_normal": wrong + "\n" + HE})
    assert lost(grade(document, "3-initialization")) == ["xavier_normal", "he_normal"]


def stub(assignment: str, exercise: str) -> str:
    return next(
        notebooks.source(cell)
        for cell in released(assignment)["cells"]
        if notebooks.grade_id(cell) == exercise
    )


USES: dict[tuple[str, str], tuple[str, str | None]] = {  # a right function that is built on another exercise
    ("1-deep-chains", "end_to_end_matrix"): (
        "linear_forward",
        "def end_to_end_matrix(weights):\n    return linear_forward(np.eye(weights[0].shape[1]), weights)",
    ),
    ("1-deep-chains", "linear_forward"): (  # and on a later one
        "end_to_end_matrix",
        "def linear_forward(X, weights):\n    return end_to_end_matrix(weights) @ X",
    ),
    ("2-backpropagation", "forward"): ("activate", None),
    ("4-depth-150", "best_multiplier"): ("norm_profile", None),
}


@pytest.mark.parametrize("how", mostly_slow(["a stub", "gone", "an error", "wrong"]))
@pytest.mark.parametrize("case", USES)
def test_an_exercise_that_is_left_out_costs_itself_alone(case: tuple[str, str], how: str) -> None:
    (assignment, exercise), (missing, source) = case, USES[case]
    left = {
        "a stub": stub(assignment, missing),
        "gone": "",
        "an error": f"def {missing}(*a, **k):\n    return 1 / 0",
        "wrong": f"def {missing}(*a, **k):\n    return 3.0",
    }[how]
    changes = {missing: left, **({exercise: source} if source else {})}
    assert lost(grade(solved(assignment, changes), assignment)) == [missing]


def test_two_exercises_that_only_call_each_other_do_not_both_count() -> None:
    circle = {
        exercise: USES["1-deep-chains", exercise][1] or ""
        for exercise in ("linear_forward", "end_to_end_matrix")
    }
    assert lost(grade(solved("1-deep-chains", circle), "1-deep-chains")) == ["linear_forward"]


def test_it_is_said_which_function_is_not_written_yet() -> None:
    source = "def end_to_end_matrix(weights):\n    linear_forward(np.eye(2), weights)\n    return np.eye(2)"
    changes = {"linear_forward": stub("1-deep-chains", "linear_forward"), "end_to_end_matrix": source}
    result = grade(solved("1-deep-chains", changes), "1-deep-chains")
    checks = {one.name: one.checks for one in result.exercises}
    assert {check.reason for check in checks["linear_forward"]} == {"stub"}
    assert {check.elsewhere for check in checks["end_to_end_matrix"]} == {Elsewhere("linear_forward", "stub")}


def test_a_pasted_stub_is_named_and_no_function_that_is_written() -> None:
    """Solved 4-depth-150 with only the pasted `forward` a stub."""
    document = solved("4-depth-150")
    paste = next(cell for cell in document["cells"] if (notebooks.grade_id(cell) or "").startswith("your_"))
    paste["source"] = (
        notebooks.source(paste) + "\ndef forward(X, parameters, activation):\n    raise NotImplementedError()"
    )
    result = grade(document, "4-depth-150")
    checks = {one.name: one.failed for one in result.exercises if one.failed}
    assert "depth_report" in checks
    assert {check.elsewhere for failed in checks.values() for check in failed} == {
        Elsewhere("forward", "stub", "2-backpropagation")
    }
