"""The line of a mistake: the place where one edit of the student's own code is enough."""

from collections.abc import Iterator
from functools import cache

import pytest

from autograder.course import notebooks
from autograder.demo.handin import solved
from autograder.grading.grader import Grader
from autograder.grading.repair import Search, likely
from autograder.intake.submission import from_cells
from autograder.reports import _words
from autograder.reports.json import as_dict, from_dict
from autograder.results import CheckResult, ExerciseResult, Grade, Hints, Repair
from autograder.sandbox import (
    Cell,
    Edit,
    Isolation,
    OwnCode,
    Rng,
    Sandbox,
    SandboxUnavailable,
    SessionLost,
    Spent,
)
from autograder.sandbox.inside.edits import BORROWED, SLIP
from tests.support.selection import mostly_slow

EXERCISES = {exercise: name for name, one in notebooks.assignments().items() for exercise in one.exercises}


@cache
def solution(exercise: str) -> str:
    return notebooks.assignments()[EXERCISES[exercise]].solutions[exercise]


def changed(exercise: str, old: str, new: str) -> str:
    """Our solution with one thing in it changed."""
    assert solution(exercise).count(old) == 1
    return solution(exercise).replace(old, new)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    try:
        with Sandbox() as made:
            yield made
    except SandboxUnavailable as error:
        pytest.skip(str(error))


@cache
def grader(sandbox: Sandbox | OwnCode, hints: Hints) -> Grader:
    return Grader(sandbox, b"a secret of this test's own", hints=hints)


def graded(sandbox: Sandbox | OwnCode, sources: dict[str, str], hints: Hints = "line") -> Grade:
    (assignment,) = {EXERCISES[name] for name in sources}
    cells = solved(assignment, sources)["cells"]
    grade = grader(sandbox, hints).grade(from_cells("x.ipynb", cells, None, assignment))
    assert grade.error is None
    return grade


def result(sandbox: Sandbox | OwnCode, exercise: str, source: str, hints: Hints = "line") -> ExerciseResult:
    return next(e for e in graded(sandbox, {exercise: source}, hints).exercises if e.name == exercise)


def line_of(source: str, piece: str) -> int:
    return source[: source.index(piece)].count("\n") + 1


SLIPS = [  # that no misconception and no probe names: exercise, what is right, the slip, and what is pointed at
    ("chain_gradients", "c ** (depth - layer)", "(c * (depth - layer))", "c * (depth - layer)"),
    ("residual_forward", "W2 @ np", "W2 * np", "W2 * np.maximum(W1 @ A, 0.0)"),
    ("train", "(Y_hat - Y) ** 2)", "(Y_hat - Y) * 2)", "(Y_hat - Y) * 2"),
    ("growth_factor", "profile[0]", "profile[1]", "profile[1]"),
    ("length_map", "np.sum(p * outputs**2)", "np.sum(p)", "return weight_variance * np.sum(p)"),
    ("layer_norm", "A.mean(axis=0)", "A.mean(axis=1)", "A.mean(axis=1)"),
]


@pytest.mark.parametrize(("exercise", "right", "slip", "code"), mostly_slow(SLIPS), ids=lambda v: v[:20])
def test_the_line_of_a_slip_is_told(
    sandbox: Sandbox, exercise: str, right: str, slip: str, code: str
) -> None:
    source = changed(exercise, right, slip)
    found = result(sandbox, exercise, source).repair
    assert found is not None
    assert (found.line, found.code) == (line_of(source, slip), code)


def test_a_mere_name_is_shown_with_its_line_and_so_is_the_edit(sandbox: Sandbox) -> None:
    source = "def init_neuron(n, rng):\n    return rng.standard_normal(n) / np.sqrt(n + 1)\n"
    found = result(sandbox, "init_neuron", source).repair
    assert found is not None
    assert found.code == "return rng.standard_normal(n) / np.sqrt(n + 1)"
    assert found.edit.startswith("return rng.standard_normal(n) / np.sqrt(")


OWN_WAY = """def chain_gradients(c, depth, x, y):
    powers = [c ** k for k in range(depth + 1)]
    error = powers[depth] * x - y
    found = []
    for l in range(depth):
        found.append(error * powers[depth - 1] + x)
    return np.array(found)
"""


def test_code_that_is_nothing_like_ours_is_mended_in_its_own_terms(sandbox: Sandbox) -> None:
    found = result(sandbox, "chain_gradients", OWN_WAY).repair
    assert found is not None
    assert (found.line, found.code) == (6, "error * powers[depth - 1] + x")


def test_a_function_that_the_exercise_uses_is_mended_where_it_stands(sandbox: Sandbox) -> None:
    helper = (
        "def _factor(c, k):\n    return c ** k + k\n\n"
        "def scaled_identity_output(c, depth, X, last_weight):\n    return _factor(c, depth - 1) * (last_weight @ X)\n"
    )
    found = result(sandbox, "scaled_identity_output", helper).repair
    assert found is not None
    assert (found.line, found.code) == (2, "c ** k + k")


def test_a_missing_line_is_told_by_its_place(sandbox: Sandbox) -> None:
    source = changed("chain_gradients", "        from_the_front = c ** (layer - 1) * x\n", "")
    found = result(sandbox, "chain_gradients", source)
    assert found.repair is not None
    assert found.repair.code == ""
    assert abs(found.repair.line - line_of(source, "gradients.append")) <= 1
    assert "Look at the lines around line" in str(_words.repair(found, found.failed[0]))


WORKED_AROUND = {  # what an edit would work around, and the line that is told
    "a value that is passed by": (
        "residual_forward",
        "def residual_forward(A, blocks, scale):\n    for W1, W2 in blocks:\n"
        "        A = A + scale * (W2 @ np.maximum(W1 @ A, 0.0))\n    out = np.tril(A)\n    return out\n",
        "out = np.tril(A)",
    ),
    "a branch that is not taken": (
        "input_gradient",
        "def input_gradient(weights, dY):\n    for W in reversed(weights):\n        if W.shape[0] == W.shape[1]:\n"
        "            dY = np.linalg.solve(W, dY)\n        else:\n            dY = W.T @ dY\n    return dY\n",
        "if W.shape[0] == W.shape[1]:",
    ),
    "a number and where it is used": (
        "activate",
        "def activate(Z, kind):\n    least = 1e-10\n"
        "    if kind == 'relu':\n        return np.where(Z > least, Z, 0.0)\n"
        "    if kind == 'tanh':\n        return np.tanh(Z)\n    if kind == 'sigmoid':\n"
        "        return 0.5 * (1 + np.tanh(Z / 2))\n    return 1.0 * Z\n",
        "least = 1e-10",
    ),
    "a guard that nobody asked for": (
        "train",
        changed("train", "gradients[\"d\" + name]", "np.clip(gradients[\"d\" + name], -5, 5)"),
        "np.clip(gradients[\"d\" + name], -5, 5)",
    ),
    "a side that is cut off": (
        "residual_forward",
        changed("residual_forward", "np.maximum(W1 @ A, 0.0)", "np.clip(W1 @ A, 0.0, 2.0)"),
        "np.clip(W1 @ A, 0.0, 2.0)",
    ),
    "entries that are set apart": (
        "input_gradient",
        "def input_gradient(weights, dY):\n    for W in reversed(weights):\n        dY = W.T @ dY\n"
        "        dY[np.abs(dY) < 1e-9] = 0\n    return dY\n",
        "dY[np.abs(dY) < 1e-9] = 0",
    ),
    "a condition for the sake of tame numbers": (
        "linear_forward",
        "def linear_forward(X, weights):\n    for W in weights:\n        X = W @ X\n"
        "        if np.abs(X).max() > 1e6:\n            X = X / np.abs(X).max()\n    return X\n",
        "if np.abs(X).max() > 1e6:",
    ),
    "a search that may find nothing": (
        "best_multiplier",
        changed(
            "best_multiplier",
            "        distances.append(abs(np.log(growth)))\n    return float(candidates[np.argmin(distances)])\n",
            "        distances.append(abs(np.log(growth)))\n    chosen, least = None, 1.0\n"
            "    for one, distance in zip(candidates, distances):\n        if distance < least:\n"
            "            chosen, least = one, distance\n    return chosen\n",
        ),
        "chosen, least = None, 1.0",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", mostly_slow(list(WORKED_AROUND)))
def test_what_an_edit_works_around_is_told_and_not_where_it_does(sandbox: Sandbox, kind: str) -> None:
    exercise, source, code = WORKED_AROUND[kind]
    found = result(sandbox, exercise, source).repair
    assert found is not None
    assert (found.line, found.code) == (line_of(source, code), code)


HELPED = (
    Cell(1, "def _power(c, k):\n    for i in range(k):\n        c = c * c\n    return c\n"),
    Cell(2, "def f(c, n):\n    for k in range(n):\n        c = _power(c, k)\n    return c\n"),
)
PLACES = {  # the cells and lines of edits that pass, whether they add a line, and the lines of which one is told
    "one place": ([(0, 3, False), (0, 3, False)], {3}),
    "a helper as well": ([(0, 3, False), (1, 3, False)], {3}),
    "a helper alone": ([(1, 3, False)], {3}),
    "the head of a loop as well": ([(0, 2, False), (0, 4, False)], {4}),
    "the head of a loop alone": ([(0, 2, False)], {2}),
    "a line to be added as well": ([(0, 3, True), (0, 4, False)], {4}),
    "a line to be added nearby": ([(0, 3, True), (0, 4, True)], {3, 4}),
    "two places": ([(0, 3, False), (0, 4, False)], set()),
    "a helper, and a line to be added at home": ([(0, 4, True), (1, 3, False)], {4}),
}


@pytest.mark.parametrize("kind", PLACES)
def test_of_all_places_the_likely_one_is_told_or_none(kind: str) -> None:
    search = Search("f", HELPED, (), ["f", "_power"], "", (), OwnCode().open, Spent())
    places, lines = PLACES[kind]
    edits = [Edit(SLIP, cell, 0, 60, 9, 9 if adds else 12, line, "x") for cell, line, adds in places]
    assert {edit.line for edit in likely(search, edits)} == lines


def test_a_slip_of_the_hand_is_told_rather_than_a_way_around_it() -> None:
    search = Search("f", HELPED, (), ["f", "_power"], "", (), OwnCode().open, Spent())
    borrowed, slip = Edit(BORROWED, 0, 0, 60, 9, 12, 4, "x"), Edit(SLIP, 0, 0, 60, 9, 12, 3, "x")
    assert likely(search, [borrowed, slip]) == [slip]
    assert likely(search, [borrowed]) == [borrowed]


def test_of_several_places_none_is_told(sandbox: Sandbox) -> None:
    source = (
        "def scaled_identity_output(c, depth, X, last_weight):\n    sign = np.sign(c)\n"
        "    size = abs(c) * depth\n    return sign + size * (last_weight @ X)\n"
    )
    assert result(sandbox, "scaled_identity_output", source).repair is None


def test_the_student_reads_the_place_and_the_instructor_the_edit(sandbox: Sandbox) -> None:
    source = changed("residual_forward", "W2 @ np", "W2 * np")
    grade = graded(sandbox, {"residual_forward": source})
    wrong = next(e for e in grade.exercises if e.name == "residual_forward")
    assert wrong.repair is not None
    told = " ".join(text for check in wrong.failed for _, text in _words.explanation(wrong, check))
    assert f"`W2 * np.maximum(W1 @ A, 0.0)` in line {line_of(source, 'W2 *')} of cell" in told
    assert "W2 @ np" in wrong.repair.edit
    assert "W2 @ np" not in told
    assert from_dict(as_dict(grade)) == grade


def test_what_has_a_name_and_what_is_right_is_not_searched(sandbox: Sandbox) -> None:
    named = result(sandbox, "he_normal", changed("he_normal", "2 / n_in", "2 / n_out"))
    assert named.causes
    assert named.repair is None
    assert result(sandbox, "he_normal", solution("he_normal")).repair is None


def test_an_instructor_decides_how_much_is_told(sandbox: Sandbox) -> None:
    named = "layer_norm"
    source = changed(named, "A.mean(axis=0)", "A.mean(axis=1)")
    cause = result(sandbox, named, source, "cause")
    assert cause.repair is None
    assert cause.example or cause.causes
    none = result(sandbox, named, source, "none")
    assert (none.repair, none.example, none.causes, none.raised) == (None, None, (), None)
    assert none.failed


def test_without_isolation_nothing_is_tried() -> None:
    source = changed("layer_norm", "A.mean(axis=0)", "A.mean(axis=1)")
    assert OwnCode().isolation is Isolation.NONE
    assert result(OwnCode(), "layer_norm", source).repair is None


def test_a_regrade_finds_the_same(sandbox: Sandbox) -> None:
    source = changed("train", "(Y_hat - Y) ** 2)", "(Y_hat - Y) * 2)")
    first = result(sandbox, "train", source)
    grader.cache_clear()
    assert result(sandbox, "train", source) == first


# ——— The worker's part


def test_names_are_as_before_after_a_trial(sandbox: Sandbox) -> None:
    cells = [Cell(1, "k = 3\ndef f(x):\n    return x + k\n")]
    with sandbox.open(cells) as session:
        [[one], [two], [three]] = session.tries(
            "f", ["def f(x):\n    global k\n    k = 9\n    return x * k", "def f(x): 1 +", "k = 4"], [(2.0,)]
        )
        assert (one.result, two.error, three.result) == (18.0, "SyntaxError", 6.0)
        assert session.calls("f", [(2.0,)])[0].result == 5.0
        session.define("def f(x):\n    return -x")
        assert session.calls("f", [(2.0,)])[0].result == -2.0


def test_a_trial_without_end_is_ended_and_costs_no_other(sandbox: Sandbox) -> None:
    with sandbox.open([Cell(1, "def f(x):\n    return x\n")]) as session:
        endless = (
            "def f(x):\n    while True:\n        try:\n            x += 1\n        except ValueError: pass"
        )
        [[lost], [right]] = session.tries("f", [endless, "def f(x):\n    return 2 * x"], [(2.0,)])
        assert lost.error == "other"
        assert right.result == 4.0


def test_a_trial_that_takes_the_processor_is_lost_quickly(sandbox: Sandbox) -> None:
    with sandbox.open([Cell(1, "def f(x):\n    return x\n")]) as session:
        with pytest.raises(SessionLost):
            session.tries("f", ["def f(x):\n    return sum(range(10 ** 12))"], [(2.0,)])
        assert session.calls("f", [(2.0,)])[0].result == 2.0


HOSTILE = [
    "def f(x):\n    return " + "(" * 5000 + "x" + ")" * 5000,
    "def f(x):\n    return " + "-" * 50_000 + "x",
    "def f(x):\n    return x" + " + x" * 4000,
    "def f(x):\n    return 'ä€😀' + f'{x!r:>{x}}'",
    "def f(:\n",
    "\0",
    "%matplotlib inline\ndef f(x):\n    return x",
    "@g\ndef f(x, /, y=lambda: 0, *a, z=(1), **k):\n    yield [i async for i in x if i if not i]\n    return",
    "class f:\n    def __init__(self): self.x = {**{}, 1: 2}[1:2, ...]\n    x: int = 3",
]


@pytest.mark.parametrize("source", HOSTILE, ids=range(len(HOSTILE)))
def test_whatever_is_parsed_the_grader_is_told_edits_or_that_a_worker_is_lost(
    sandbox: Sandbox, source: str
) -> None:
    try:
        with sandbox.open(()) as clean:
            for edit in clean.edits([source], ["f"], []):
                assert 0 <= edit.first <= edit.start <= edit.end <= edit.last <= len(source)
    except SessionLost:
        pass


@pytest.mark.filterwarnings("ignore::SyntaxWarning")
def test_every_edit_of_a_solution_is_python(sandbox: Sandbox) -> None:
    with sandbox.open(()) as clean:
        for exercise in ("backward", "norm_profile", "train", "orthogonal"):
            source = solution(exercise)
            edits = clean.edits([source], [exercise], [source])
            assert len(edits) > 300
            for edit in edits:
                compile(source[: edit.start] + edit.text + source[edit.end :], "x", "exec")


def test_a_request_for_draws_is_the_same_for_every_trial(sandbox: Sandbox) -> None:
    with sandbox.open([Cell(1, "def f(rng):\n    return rng.random()\n")]) as session:
        one, two = session.tries("f", ["k = 1", "k = 2"], [(Rng(3),), (Rng(3),)])
        assert [r.result for r in one] == [r.result for r in two]


def test_a_place_is_told_once_and_bounded() -> None:
    failed = [CheckResult(name, name, "failed", 1.0, "wrong", message="It is wrong.") for name in ("a", "b")]
    wrong = ExerciseResult("f", tuple(failed), repair=Repair(3, 2, "x + y", "x - y"))
    said = [text for _, parts in _words.explained(wrong) for _, text in parts]
    assert (
        said.count("Look at `x + y` in line 2 of cell 3: one change there is enough to pass all checks.") == 1
    )
