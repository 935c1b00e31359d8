"""Answers that were right before are right again, and nobody's else: a grader that knows some grades as one that does
not.
"""

from collections.abc import Sequence
from typing import Any

import pytest

from autograder.course import notebooks
from autograder.course.exercises import misconceptions_of, variants_of
from autograder.demo.handin import solved, source_of
from autograder.grading import known
from autograder.grading.grader import Grader
from autograder.intake.submission import from_cells
from autograder.results import Grade
from autograder.sandbox import Sandbox, SessionLost
from tests.support.gradings import EXERCISES
from tests.support.selection import mostly_slow

SECRET = b"a secret of the tests"


def handed_in(assignment: str, changes: dict[str, str] | None = None) -> Any:
    return from_cells("test.ipynb", solved(assignment, changes or {})["cells"], None, assignment)


def results(grade: Grade, exercise: str) -> Any:
    """What there is to know but for the explanation."""
    found = next(e for e in grade.exercises if e.name == exercise)
    return [(check.name, check.status, check.reason, check.message) for check in found.checks]


@pytest.fixture(scope="module")
def sandbox() -> Any:
    with Sandbox() as box:
        yield box


@pytest.mark.parametrize("assignment", notebooks.assignments())
def test_the_same_answers_are_judged_once(
    assignment: str, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    grader = Grader(sandbox, SECRET, hints="none")
    first = grader.grade(handed_in(assignment))
    monkeypatch.setattr(known, "mark", None)
    again = grader.grade(handed_in(assignment))
    assert again.percent == 100
    assert again.exercises == first.exercises


@pytest.mark.parametrize(("assignment", "exercise"), mostly_slow(EXERCISES, key=lambda pair: pair[0]))
def test_other_answers_are_judged_as_if_none_were_known(
    assignment: str, exercise: str, sandbox: Sandbox
) -> None:
    warm = Grader(sandbox, SECRET, hints="none")
    warm.grade(handed_in(assignment))
    wrong = [source_of(one, exercise) for one in list(misconceptions_of(exercise))[:3]]
    for source in [*wrong, next(iter(variants_of(exercise).values())), f"{exercise} = 1"]:
        submission = handed_in(assignment, {exercise: source})
        fresh = Grader(sandbox, SECRET, hints="none").grade(submission)
        assert results(warm.grade(submission), exercise) == results(fresh, exercise)


class Deaf:
    """A session that answers the first question and then is lost."""

    def __init__(self) -> None:
        self.asked = 0

    def hear(self, name: str, batch: Sequence[Any], known: Sequence[Any] = ()) -> Any:
        self.asked += 1
        if self.asked > 1:
            raise SessionLost("died")
        return known[0]


def test_what_was_lost_on_a_known_way_is_lost_for_the_check_that_asked(sandbox: Sandbox) -> None:
    grader = Grader(sandbox, SECRET, hints="none")
    grader.grade(handed_in("1-deep-chains"))
    session: Any = Deaf()
    attempts = grader._marked("1-deep-chains", "linear_forward", session)
    assert [a.result.reason for a in attempts] == [None, "lost", "untried", "untried", "untried"]
    assert session.asked == 2


def test_an_answer_that_only_begins_alike_is_another(sandbox: Sandbox) -> None:
    """Of arrays that follow the frame only the sizes are in it."""
    cells = handed_in("3-initialization").cells[:0]
    with sandbox.open(cells) as session:
        session.define("import numpy as np\ndef f(x): return np.full(9000, x)")
        one = session.hear("f", [(1.0,)])
        assert session.hear("f", [(1.0,)], [one]) is one
        other = session.hear("f", [(2.0,)], [one])
        assert other.replies[0].value[0] == 2.0  # type: ignore[index]
