"""The hidden cases touch every corner of the domain that an exercise declares, under any secret."""

import pytest

from autograder.authoring import Cases, Student
from autograder.authoring.domain import corner, pair_of_calls, untouched
from autograder.course.exercises import exercise_of
from autograder.grading.marking import mark
from autograder.sandbox import OwnCode
from tests.support.gradings import EXERCISES, cells_of


@pytest.mark.parametrize("secret", [b"one secret", b"another one"])
@pytest.mark.parametrize(("assignment", "exercise"), EXERCISES)
def test_every_corner_of_the_domain_is_touched(assignment: str, exercise: str, secret: bytes) -> None:
    with OwnCode().open(cells_of(assignment, {})) as session:
        student = Student(session)
        mark(exercise_of(exercise).checks, student, Cases(secret, f"{assignment}/{exercise}"))
    calls = [call.arguments for call in student.transcript if call.name == exercise]
    assert untouched(exercise_of(exercise).domain, calls) == []


def test_a_corner_that_no_call_touches_is_found() -> None:
    corners = [
        corner("one", lambda n: n == 1),
        corner("negative", lambda n: n < 0),
        pair_of_calls("growing", lambda a, b: a[0] < b[0]),
    ]
    assert untouched(corners, [(3,), (1,)]) == ["negative", "growing"]
    assert untouched(corners, [(-1,), (3,), (1,)]) == []
