"""Grades from JSON: all of them, exactly; older ones as well as they can; and what is no grade, by its field."""

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder import reports
from autograder.commands import options
from autograder.reports._reading import NotAGrade
from autograder.reports._words import _LOST, message
from autograder.reports.json import as_dict, from_dict
from autograder.results import Cause, CheckResult, Elsewhere, ExerciseResult, Grade, Outcry

POINTS = st.floats(0, 1_000, allow_nan=False)
CHECKS = st.builds(CheckResult, max_score=POINTS)
EXERCISES = st.builds(ExerciseResult, checks=st.lists(CHECKS, max_size=2).map(tuple))
GRADES = st.builds(Grade, seconds=POINTS, exercises=st.lists(EXERCISES, max_size=2).map(tuple))
ADDED = {"detail", "finding", "elsewhere", "causes"}


def through(grade: Grade) -> Grade:
    return from_dict(json.loads(json.dumps(as_dict(grade))))


def check(**facts: Any) -> CheckResult:
    return CheckResult("check_it", "it holds", "failed", 4.0, **facts)


def of(*checks: CheckResult, **facts: Any) -> Grade:
    exercises = (ExerciseResult("he_normal", checks, **facts),)
    return Grade("ada.ipynb", "ada", "3-initialization", "landlock", 0.5, exercises=exercises)


WHOLE = of(
    check(reason="elsewhere", message="m", elsewhere=Elsewhere("neuron", "stub", "1-deep-chains")),
    check(reason="raised", detail="ValueError", causes=("a",)),
    causes=(Cause("a", "does this", "do that"),),
    raised=Outcry("he_normal(1, 2)", "ValueError", None, 3, 1),
    fault="TypeError: x",
    example="he_normal(1, 2)",
)


@given(GRADES)
def test_a_grade_is_what_its_json_says(grade: Grade) -> None:
    assert through(grade) == grade


@pytest.mark.parametrize("name", reports.formats())
def test_every_report_of_a_saved_grade_is_the_same(name: str) -> None:
    assert reports.render(name, [through(WHOLE)]) == reports.render(name, [WHOLE])


@given(GRADES)
def test_whatever_was_saved_can_be_reported(grade: Grade) -> None:
    for name in reports.formats():
        assert reports.render(name, [grade])
        assert name in options.OF_ONE or reports.render(name, [grade, grade])


def test_what_else_an_object_holds_is_ignored() -> None:
    assert from_dict({**as_dict(WHOLE), "key": "of a journal"}) == WHOLE


def older(grade: Grade) -> Grade:
    """The grade as read from a file that has none of the fields that were added."""
    value = json.loads(json.dumps(as_dict(grade)))
    for exercise in value["exercises"]:
        del exercise["example"], exercise["fault"]
        exercise["checks"] = [{k: v for k, v in one.items() if k not in ADDED} for one in exercise["checks"]]
    return from_dict(value)


@pytest.mark.parametrize(
    "facts",
    [
        {"reason": "wrong", "message": "The variance is 2 / n_out."},
        {"reason": "wrong", "message": "It seems wrong.", "causes": ("a", "b")},
        {"reason": "stub"},
        {"reason": "raised", "detail": "numpy.linalg.LinAlgError"},
        {"reason": "raised", "detail": "other"},
        {"reason": "raised", "detail": "PermissionError"},
        *({"reason": "lost", "detail": detail} for detail in _LOST),
        {"reason": "untried", "detail": "memory"},
    ],
)
def test_an_older_file_says_what_it_said(facts: dict[str, Any]) -> None:
    grade = of(
        check(**facts), causes=(Cause("a", "does this", "h"), Cause("b", "does that", "i")), example="e"
    )
    for name in ("csv", "html", "markdown", "table", "gradescope"):
        assert reports.render(name, [older(grade)]) == reports.render(name, [grade])


def test_an_older_file_keeps_a_sentence_that_it_cannot_take_apart() -> None:
    elsewhere = of(check(reason="elsewhere", elsewhere=Elsewhere("neuron", "stub")))
    [before], [after] = elsewhere.exercises, older(elsewhere).exercises
    assert message(after, after.checks[0]) == message(before, before.checks[0])


def changed(path: str, value: object) -> Any:
    """The object of a grade with one field replaced, or taken away."""
    whole = json.loads(json.dumps(as_dict(WHOLE)))
    *way, last = [int(part) if part.isdigit() else part for part in path.split("/")]
    place = whole
    for part in way:
        place = place[part]
    if value is GONE:
        del place[last]
    else:
        place[last] = value
    return whole


GONE = object()


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("schema", 2, "`schema` is 2, and this version reads 1"),
        ("schema", GONE, "`schema` is None"),
        ("submission", GONE, "`submission` is missing"),
        ("student", 7, "`student` is not text"),
        ("seconds", True, "`seconds` is not a number"),
        ("seconds", math.nan, "`seconds` is not a finite number"),
        ("late", "yes", "`late` is not true or false"),
        ("notes", "one", "`notes` is not a list"),
        ("notes", [1], "`notes[0]` is not text"),
        ("exercises", {}, "`exercises` is not a list"),
        ("exercises/0", None, "`exercises[0]` is not an object"),
        ("exercises/0/checks", 3, "`exercises[0].checks` is not a list"),
        ("exercises/0/checks/1", "x", "`exercises[0].checks[1]` is not an object"),
        ("exercises/0/checks/1/max_score", "4", "`exercises[0].checks[1].max_score` is not a number"),
        ("exercises/0/checks/1/status", "fine", "`exercises[0].checks[1].status` is none of passed"),
        ("exercises/0/checks/1/score", 4.0, "`exercises[0].checks[1].score` is 4.0, but 0.0 follows"),
        ("exercises/0/raised/cell", "3", "`exercises[0].raised.cell` is not a whole number"),
        ("score", 8.0, "`score` is 8.0, but 0.0 follows from the rest"),
        ("status", "error", "`status` is 'error', but 'graded' follows"),
    ],
)
def test_what_is_no_grade_is_named_by_its_field(path: str, value: object, said: str) -> None:
    whole = changed(path, value)
    with pytest.raises(NotAGrade) as caught:
        from_dict(whole)
    assert str(caught.value).startswith(said)


@pytest.mark.parametrize("value", [None, [], "grade", 1, {}])
def test_what_is_no_object_is_refused(value: object) -> None:
    with pytest.raises(ValueError):
        from_dict(value)
