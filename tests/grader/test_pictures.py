"""Pictures of mistakes: which numbers are drawn and which are not, and that no number breaks a page."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import product
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from autograder.authoring.sketch import HEIGHTS, MOST, Histogram, Lines, alike_in_form, normal, norms, uniform
from autograder.course import notebooks
from autograder.course.exercises import exercise_of, misconceptions_of
from autograder.demo.handin import solved
from autograder.grading.grader import Grader
from autograder.grading.pictures import picture_like, picture_of
from autograder.intake.submission import from_cells
from autograder.nbgrader_plugin.showing import as_html
from autograder.reports import render
from autograder.reports._drawing import drawing
from autograder.reports.json import as_dict, from_dict
from autograder.results import CheckResult, ExerciseResult, Grade, Hints, Picture
from autograder.sandbox import OwnCode, Reply, Sandbox, Session, SessionLost
from tests.support.gradings import cells_of, right_solutions
from tests.support.selection import mostly_slow

DRAWN = [
    (name, exercise)
    for name, assignment in notebooks.assignments().items()
    for exercise in assignment.exercises
    if exercise_of(exercise).pictures
]
HOSTILE = [np.nan, np.inf, -np.inf, 1.7e308, -1.7e308, 5e-324, 0.0, -0.0, -1.0, 1e200]


class Answers(Session):
    """Answers every call with the same value, or not at all."""

    errors = ()

    def __init__(self, value: Any = None, lost: bool = False) -> None:
        self.value, self.lost = value, lost

    def calls(self, name: str, batch: Sequence[tuple[Any, ...]]) -> list[Reply]:
        del name
        if self.lost:
            raise SessionLost("time")
        return [Reply(self.value) for _ in batch]

    def words_of(self, name: str, arguments: tuple[Any, ...]) -> None:
        del name, arguments

    def close(self) -> None:
        """Nothing is open."""


def pictures(exercise: str) -> list[Picture]:
    """Those of all misconceptions."""
    found = (picture_like(exercise, [wrong.id]) for wrong in misconceptions_of(exercise))
    return [picture for picture in found if picture]


def lines(log: bool, right: Sequence[float], theirs: Any) -> Picture | None:
    sketch = Lines("title", "layer", "norm", [()], lambda got: got[0], log=log)
    with np.errstate(all="ignore"):
        return sketch.drawn([np.asarray(theirs)], [np.array(right)])


def histogram(theirs: Any, free: bool = False) -> Picture | None:
    with np.errstate(all="ignore"):
        return Histogram("title", (), normal(1.0), 4.0, 1.0, free).drawn([np.asarray(theirs)], [])


def shown(exercise: str, picture: Picture | None, status: Any = "failed") -> Grade:
    check = CheckResult("check_values", "the values", status, 2.0, "wrong", message="They are not right.")
    result = ExerciseResult(exercise, (check,), picture=picture)
    return Grade("a.ipynb", "ada", "3-initialization", "bwrap", 0.1, exercises=(result,))


def svg(picture: Picture) -> str:
    (found,) = re.findall(r"<svg viewBox.*?</svg>", render("html", [shown("he_normal", picture)]), re.DOTALL)
    return str(found)


def numbers_in(paths: str) -> list[float]:
    return [float(number) for number in re.findall(r"-?[\d.]+(?:e-?\d+)?", paths)]


# What is drawn ----------------------------------------------------------------------------------------------------


def test_a_gradient_by_layer_is_the_formula_s() -> None:
    picture = picture_like("chain_gradients", ["from_behind_only"])
    assert picture is not None
    c, depth, x, y = 2.0, 12, 1.0, 0.5
    behind = np.array([abs((c**depth * x - y) * c ** (depth - layer) * x) for layer in range(1, depth + 1)])
    assert picture.expected == pytest.approx([(c**depth * x - y) * c ** (depth - 1) * x] * depth, rel=0.005)
    height = np.log10(behind.max() / behind.min()) / HEIGHTS
    assert np.abs(np.log10(np.array(picture.yours, dtype=float) / behind)).max() < height / 2 + 0.003
    assert (picture.first, picture.step, picture.log, picture.kind) == (1.0, 1.0, True, "profile")


def test_weights_are_counted_in_bins_beside_their_law() -> None:
    picture = picture_like("he_normal", ["one_for_two"])
    assert picture is not None
    edges = picture.first + picture.step * np.arange(len(picture.yours) + 1)
    middles, law = (edges[1:] + edges[:-1]) / 2, stats.norm(0, np.sqrt(2 / 60))
    assert picture.expected == pytest.approx(100 * np.diff(law.cdf(edges)), abs=0.05)
    shares = np.array(picture.yours, dtype=float)
    assert shares.sum() == pytest.approx(100, abs=1)
    assert np.sum(shares * middles**2) / 100 == pytest.approx(1 / 60, rel=0.06)


def test_the_uniform_law_has_its_edges_where_bins_end() -> None:
    picture = picture_like("glorot_uniform", ["std_as_bound"])
    assert picture is not None
    assert {*picture.expected} == {0.0, round(100 / 24, 2)}
    assert [uniform(2.0)(x) for x in (-3.0, -1.0, 0.0, 2.5)] == [0.0, 0.25, 0.5, 1.0]


def test_losses_that_rise_are_seen_beside_those_that_fall() -> None:
    picture = picture_like("train", ["ascent"])
    assert picture is not None
    assert picture.yours[0] == pytest.approx(picture.expected[0], rel=0.2)
    assert picture.yours[-1] > 1e3 > 1.0 > picture.expected[-1]  # type: ignore[operator]


@pytest.mark.parametrize(("assignment", "exercise"), DRAWN)
def test_most_misconceptions_have_a_picture_small_and_of_finite_numbers(
    assignment: str, exercise: str
) -> None:
    del assignment
    found = pictures(exercise)
    assert len(found) >= 4
    for picture in found:
        text = json.dumps(as_dict(shown(exercise, picture))["exercises"][0]["picture"], allow_nan=False)
        assert len(text) < 900
        assert len(picture.yours) == len(picture.expected) <= MOST
        assert any(number is not None for number in picture.yours)
        assert len(svg(picture)) < 4_000


@pytest.mark.parametrize(
    ("assignment", "exercise", "source"),
    mostly_slow(
        [
            (assignment, exercise, source)
            for assignment, exercise in DRAWN
            for source in right_solutions(exercise).values()
        ],
        key=lambda case: case[0],
    ),
)
def test_nothing_is_drawn_for_a_right_solution(assignment: str, exercise: str, source: str | None) -> None:
    with OwnCode().open(cells_of(assignment, {} if source is None else {exercise: source})) as session:
        assert picture_of(exercise, session) is None


def test_misconceptions_that_show_different_things_have_no_picture() -> None:
    one, other = picture_like("he_normal", ["no_scale"]), picture_like("he_normal", ["one_for_two"])
    assert one is not None
    assert one != other is not None
    assert picture_like("he_normal", ["no_scale", "one_for_two"]) is None
    assert picture_like("he_normal", ["no_scale", "no_scale"]) == one
    assert picture_like("he_normal", []) is None


# From a notebook --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as made:
        yield made


@cache
def grader(sandbox: Sandbox, hints: Hints) -> Grader:
    return Grader(sandbox, b"a secret of the tests", hints=hints)


def graded(
    sandbox: Sandbox, assignment: str, exercise: str, body: str, hints: Hints = "cause"
) -> ExerciseResult:
    document = solved(assignment, {exercise: body})
    grade = grader(sandbox, hints).grade(from_cells("x.ipynb", document["cells"], None, assignment))
    assert [one.picture for one in grade.exercises if one.name != exercise and one.picture] == []
    return next(one for one in grade.exercises if one.name == exercise)


BOUNDED = (
    "def he_normal(n_out, n_in, rng):\n    return np.clip(rng.standard_normal((n_out, n_in)), -{0}, {0})\n"
)
KNOWN = (
    "def he_normal(n_out, n_in, rng):\n    return rng.standard_normal((n_out, n_in)) * np.sqrt(1 / n_in)\n"
)


def test_an_unforeseen_mistake_is_drawn_from_the_student_s_own_numbers(sandbox: Sandbox) -> None:
    result = graded(sandbox, "3-initialization", "he_normal", BOUNDED.format(0.7))
    picture = result.picture
    assert picture is not None
    shares = np.array(picture.yours, dtype=float)
    edges = picture.first + picture.step * np.arange(len(shares) + 1)
    (at_the_cut,) = shares[(edges[:-1] <= 0.7) & (edges[1:] > 0.7)]
    assert at_the_cut > 20
    assert np.all(shares[(edges[1:] < -0.75) | (edges[:-1] > 0.75)] == 0)


def test_a_known_one_is_drawn_as_it_is_known(sandbox: Sandbox) -> None:
    result = graded(sandbox, "3-initialization", "he_normal", KNOWN)
    assert [cause.id for cause in result.causes] == ["one_for_two"]
    assert result.picture == picture_like("he_normal", ["one_for_two"]) is not None


@pytest.mark.parametrize(
    ("body", "hints"),
    [
        ("def he_normal(n_out, n_in, rng):\n    raise NotImplementedError()\n", "cause"),
        ("def he_normal(n_out, n_in, rng):\n    raise KeyError(n_in)\n", "cause"),
        ("def he_normal(n_out, n_in, rng):\n    return rng.standard_normal(n_out * n_in)\n", "cause"),
        ("def he_normal(n_out, n_in, rng):\n    return np.zeros((n_out, n_in))\n", "cause"),
        ("he_normal = 3\n", "cause"),
        (KNOWN.replace("1 / n_in)", "2 / n_in).astype(np.float32)"), "cause"),
        (KNOWN, "none"),
    ],
    ids=["stub", "raises", "shape", "zeros", "replaced", "dtype", "no hints"],
)
def test_no_picture_for_what_a_sentence_says(sandbox: Sandbox, body: str, hints: Hints) -> None:
    result = graded(sandbox, "3-initialization", "he_normal", body, hints)
    assert result.failed or "float32" in body
    assert result.picture is None


def test_a_mistake_in_a_helper_of_another_exercise_is_not_drawn_twice(sandbox: Sandbox) -> None:
    """`graded` asserts it of the exercises that call the wrong one."""
    wrong = "def activate(Z, kind):\n    return np.abs(Z) if kind == 'relu' else np.tanh(Z)\n"
    assert graded(sandbox, "2-backpropagation", "activate", wrong).picture is not None


def test_the_worker_that_is_asked_saw_no_hidden_input(sandbox: Sandbox) -> None:
    """Whatever it was asked before stands in the source: the same for every secret."""
    spy = (
        "seen = []\n"
        "def chain_gradients(c, depth, x, y):\n"
        "    seen.append(abs(c) + abs(x) + abs(y))\n"
        "    if (c, depth, x, y) == (2.0, 12, 1.0, 0.5):\n"
        "        return np.resize(np.array(seen[-13:-1]) ** 3 + 1e-3, depth)\n"
        "    return np.full(depth, np.sin(seen[-1]) + 2.0)\n"
    )
    document = solved("1-deep-chains", {"chain_gradients": spy})
    submission = from_cells("x.ipynb", document["cells"], None, "1-deep-chains")
    told = []
    for secret in (b"one secret", b"another one"):
        grade = Grader(sandbox, secret, hints="cause").grade(submission)
        told.append(next(one.picture for one in grade.exercises if one.name == "chain_gradients"))
    assert told[0] == told[1] is not None


def test_a_worker_that_is_lost_costs_the_picture_alone() -> None:
    assert picture_of("he_normal", Answers(lost=True)) is None


# Numbers of hostile code ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("assignment", "exercise"), DRAWN)
@pytest.mark.parametrize(
    "value", [None, "text", b"bytes", True, 10**400, [], {}, [[]], {"W1": "x"}, np.zeros(3)]
)
def test_what_has_another_form_is_not_drawn(assignment: str, exercise: str, value: Any) -> None:
    del assignment
    assert picture_of(exercise, Answers(value)) is None


def test_form_is_structure_shape_and_kind() -> None:
    want = {"W1": np.zeros((2, 3)), "b": [(np.zeros(2), 1.0)]}
    assert alike_in_form({"W1": np.ones((2, 3), "f4"), "b": [[np.ones(2, "i8"), 2]]}, want)
    for wrong in (
        {"W1": np.ones((3, 2)), "b": [[np.ones(2), 2]]},
        {"W1": np.ones((2, 3), complex), "b": [[np.ones(2), 2]]},
        {"W1": np.ones((2, 3), bool), "b": [[np.ones(2), 2]]},
        {"W1": np.ones((2, 3)), "b": [[np.ones(2), 2], 3]},
        {"W1": np.ones((2, 3)), "b": [[np.ones(2), "2"]]},
        {"W1": np.ones((2, 3))},
    ):
        assert not alike_in_form(wrong, want)


numbers = st.one_of(st.sampled_from(HOSTILE), st.floats())


@settings(max_examples=200, deadline=None)
@given(log=st.booleans(), theirs=st.lists(numbers, min_size=5, max_size=5))
def test_any_numbers_make_a_picture_that_holds_or_none(log: bool, theirs: list[float]) -> None:
    holds(lines(log, [1.0, 2.0, 4.0, 3.0, 0.0], theirs))


@settings(max_examples=60, deadline=None)
@given(theirs=st.lists(numbers, min_size=60, max_size=60))
def test_so_do_any_weights(theirs: list[float]) -> None:
    holds(histogram(theirs))


@pytest.mark.parametrize(("value", "log"), [*product(HOSTILE, (True, False))])
def test_so_does_the_same_number_everywhere(value: float, log: bool) -> None:
    holds(lines(log, [1.0, 2.0, 4.0], [value] * 3))
    holds(lines(log, [1.0, 2.0, 4.0], [value, 2.0, 4.0]))
    holds(histogram(np.append(np.random.default_rng(0).standard_normal(500), value)))


def holds(picture: Picture | None) -> None:
    """Fail unless a picture is of finite numbers, in JSON as well, and stays within its frame."""
    if picture is None:
        return
    assert len(json.dumps(as_dict(shown("he_normal", picture)), allow_nan=False)) < 3_000
    inside(svg(picture))


def inside(text: str) -> None:
    """Fail unless it is well-formed, and all that is drawn lies within the frame."""
    root = ElementTree.fromstring(text)
    assert root.get("viewBox") == "0 0 360 180"
    for element in root.iter():
        assert set(element.keys()) <= ALLOWED
        for name in ("x", "y"):
            assert 0 <= float(element.get(name, 0)) <= 360
        path = element.get("d", "")
        assert re.fullmatch(r"[MLHVhz\d. -]*", path)
        assert all(0 <= number <= 360 for number in numbers_in(path))


ALLOWED = {
    *("viewBox", "width", "height", "role", "fill", "font-size", "stroke", "stroke-opacity", "stroke-width", "d", "x"),
    *("y", "text-anchor", "fill-opacity", "stroke-linecap", "stroke-dasharray"),
}  # fmt: skip


def test_a_small_difference_is_none_in_a_picture() -> None:
    right = [1.0, 10.0, 100.0]
    assert lines(True, right, np.array(right) * 1.01) is None
    assert lines(True, [1.0] * 3, [1.05] * 3) is None
    assert lines(False, [1.0] * 3, [1.001] * 3) is None
    assert histogram(np.random.default_rng(0).standard_normal(15_000)) is None


def test_where_the_law_is_free_another_one_of_the_same_variance_is_none() -> None:
    even = np.random.default_rng(0).uniform(-np.sqrt(3), np.sqrt(3), 15_000)
    assert histogram(even) is not None
    assert histogram(even, free=True) is None
    assert histogram(2 * even, free=True) is not None
    assert histogram(even + 1, free=True) is not None


def test_what_cannot_be_drawn_is_counted() -> None:
    assert lines(True, [1.0, 2.0, 4.0, 8.0], [1.0, 0.0, np.nan, -8.0]) is None
    picture = lines(True, [1.0, 2.0, 4.0, 8.0, 16.0], [1.0, 0.0, np.nan, 8.0, 16.0])
    assert picture is not None
    assert picture.yours == (1.0, None, None, 8.0, 16.0)
    assert drawing(picture).left_out == 2
    assert "Not drawn, since 0, negative or not finite: 2 numbers of yours" in render(
        "html", [shown("he_normal", picture)]
    )


def test_what_is_far_off_does_not_flatten_what_is_right() -> None:
    picture = lines(False, [1.0, 2.0, 3.0], [1.0, 1e9, 4.0])
    assert picture is not None
    assert picture.yours[1] is None


@pytest.mark.parametrize("log", [True, False])
def test_numbers_are_as_coarse_as_a_picture(log: bool) -> None:
    rng = np.random.default_rng(1)
    right = np.linspace(1.0, 1000.0, MOST)
    found = [lines(log, right.tolist(), [1.0, *rng.uniform(1, 1000, MOST - 2), 1000.0]) for _ in range(200)]
    assert len({number for picture in found if picture for number in picture.yours}) <= HEIGHTS + 1


def test_norms_lose_nothing_to_squares() -> None:
    assert norms([[3e-200, 4e-200], [3e200, 4e200], [0.0], 2.0]) == pytest.approx([5e-200, 5e200, 0.0, 2.0])
    assert np.isnan(norms([[np.nan, 1.0]])).all()
    assert np.isinf(norms([[np.inf, 1.0]])).all()


# On the page ------------------------------------------------------------------------------------------------------

PICTURE = Picture(
    "profile", "The `norm` <b>&", "layer", "norm", True, 1.0, 1.0, (1.0, None, 1e-45), (1.0, 2.0, 1e26)
)


def test_it_is_read_again_as_it_was_written() -> None:
    grade = shown("he_normal", PICTURE)
    written = json.loads(json.dumps(as_dict(grade)))
    assert written["exercises"][0]["picture"]["yours"] == [1.0, None, 1e-45]
    assert from_dict(written) == grade


def test_grades_of_before_are_read_without_one() -> None:
    written = as_dict(shown("he_normal", PICTURE))
    del written["exercises"][0]["picture"]
    assert from_dict(written).exercises[0].picture is None


@pytest.mark.parametrize("kind", ["histogram", "profile", "curve"])
def test_it_can_be_read_aloud_and_takes_the_page_s_colours(kind: Any) -> None:
    text = svg(replace(PICTURE, kind=kind))
    root = ElementTree.fromstring(text)
    assert root.get("role") == "img"
    assert (root.findtext("title"), root[0].tag, root[1].tag) == ("The `norm` <b>&", "title", "desc")
    assert "Expected: first 1, last 1e26" in (root.findtext("desc") or "")
    colours = set(re.findall(r'(?:fill|stroke)="([^"]*)"', text))
    assert colours <= {"none", "currentColor", "var(--partly, #b26a00)", "var(--figure, #3b6ea8)"}
    inside(text)


def test_the_page_s_policy_allows_no_style_of_its_own() -> None:
    page = render("html", [shown("he_normal", PICTURE)])
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', page)
    assert not re.search("unsafe|img-src", policy)
    assert page.count("<style>") == 1
    assert not re.search(" style=|<script", page)


def test_the_class_shows_it_with_the_mistake() -> None:
    grades = [shown("he_normal", PICTURE), shown("xavier_normal", None)]
    assert render("html", grades).count('<figure class="picture">') == 1


def test_nbgrader_shows_it_in_colours_of_its_own() -> None:
    (result,) = shown("he_normal", PICTURE).exercises
    assert as_html(result).count("<svg") == 1
    assert "#b26a00" in as_html(result)
    assert "<b>&" not in as_html(result)


def test_what_passed_has_none() -> None:
    (result,) = shown("he_normal", PICTURE, "passed").exercises
    assert "<svg" not in as_html(result)


SAVED = [
    {"yours": (1.0,) * 10_000, "expected": ()},
    {"yours": (), "expected": ()},
    {"yours": (), "expected": (1.0,) * 10_000},
    {"first": 1.7e308, "step": 1.7e308},
    {"first": -1.7e308, "step": 0.0},
    {"yours": (1.7e308, -1.7e308), "expected": (None, 5e-324)},
    {"yours": (None, None), "expected": (None,)},
    {"title": "<script>" * 1000, "across": "</svg>" * 1000, "up": "\u202e\x1b[31m" * 1000},
]  # fmt: skip


@pytest.mark.parametrize("change", SAVED)
@pytest.mark.parametrize("kind", ["histogram", "profile", "curve"])
@pytest.mark.parametrize("log", [True, False])
def test_whatever_a_file_of_saved_grades_holds_is_drawn_within_the_frame(
    change: dict[str, Any], kind: Any, log: bool
) -> None:
    text = svg(replace(PICTURE, kind=kind, log=log, **change))
    inside(text)
    assert len(text) < 8_000


@pytest.mark.parametrize("field", ["yours", "expected", "first", "kind"])
def test_a_file_whose_picture_is_none_is_refused(field: str) -> None:
    written = as_dict(shown("he_normal", PICTURE))
    written["exercises"][0]["picture"][field] = "<script>"
    with pytest.raises(ValueError, match=f"picture.{field}"):
        from_dict(written)
