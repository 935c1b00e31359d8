"""Requests that are encoded once: the same bytes as if they were encoded anew, for every student."""

from typing import Any

import numpy as np
import pytest

from autograder.course import notebooks
from autograder.course.exercises import misconceptions_of
from autograder.demo.handin import solved, source_of
from autograder.grading.grader import Grader
from autograder.intake.submission import from_cells
from autograder.sandbox import Sandbox
from autograder.sandbox.inside.wire import Arguments, Frame, Rng, frame
from autograder.sandbox.requests import _KEPT, Requests


def asked(requests: Requests, *arguments: Any) -> Frame:
    return requests.calls("f", [arguments], 100, 200)


def test_the_same_arguments_are_encoded_once() -> None:
    requests, array = Requests(), np.arange(3.0)
    assert asked(requests, array, 2, Rng(1)) is asked(requests, array, 2, Rng(1))


@pytest.mark.parametrize(
    ("one", "other"), [(1, True), (1, 1.0), (0.0, -0.0), (Rng(1), Rng(1, shared=True)), ("1", 1)]
)
def test_what_differs_on_the_wire_is_told_apart(one: Any, other: Any) -> None:
    requests = Requests()
    assert asked(requests, one) != asked(requests, other)


def test_an_equal_array_that_is_another_one_is_encoded_by_itself() -> None:
    requests = Requests()
    for number in range(3 * _KEPT):  # without being kept, many would have the identity of one before
        array = np.full(3, float(number))
        assert asked(requests, array) == frame(
            {"name": "f", "batch": [Arguments((array,))], "size": 100, "total": 200}, to_worker=True
        )
    assert len(requests._known) == _KEPT


@pytest.mark.parametrize("assignment", notebooks.assignments())
def test_no_check_changes_a_hidden_input(assignment: str, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Requests.calls

    def compared(self: Requests, name: str, batch: Any, size: int, total: int) -> Frame:
        cached = kept(self, name, batch, size, total)
        fresh = kept(Requests(), name, batch, size, total)
        assert [*map(bytes, cached)] == [*map(bytes, fresh)], name
        return cached

    monkeypatch.setattr(Requests, "calls", compared)
    exercises = notebooks.assignments()[assignment].exercises
    catalogues = {name: list(misconceptions_of(name)) for name in exercises}
    wrong = [{name: source_of(of_it[k], name) for name, of_it in catalogues.items()} for k in (0, -1)]
    with Grader(Sandbox(), b"a secret of the tests") as grader:
        for changes in ({}, *wrong, {}):
            cells = solved(assignment, changes)["cells"]
            assert grader.grade(from_cells("test.ipynb", cells, None, assignment)).status == "graded"
