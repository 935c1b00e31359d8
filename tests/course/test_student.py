"""What a student's answers are judged by is run once, whoever asks; a check without title or points is none."""

from typing import cast

import pytest

from autograder.authoring import Cases, Student, check, expect
from autograder.sandbox import Session


def test_answers_are_judged_once_and_the_complaint_is_kept() -> None:
    student, runs = Student(cast(Session, None)), list[str]()

    def judge() -> None:
        runs.append("run")
        expect.fail("no")

    for _ in range(2):
        with pytest.raises(expect.CheckFailed, match="no"):
            student.judge_once("what", judge)
    student.judge_once("else", lambda: runs.append("run"))
    student.judge_once("else", judge)
    assert len(runs) == 2


def check_nothing(student: Student, cases: Cases) -> None:
    pass


@pytest.mark.parametrize(
    ("points", "title", "said"),
    [
        (1, "", "check_nothing has no docstring, which is the title that students read"),
        (0, "a title", "check_nothing has 0 points; a check needs more than 0"),
        (-1, "a title", "check_nothing has -1 points; a check needs more than 0"),
    ],
)
def test_what_a_check_lacks_is_said(points: float, title: str, said: str) -> None:
    with pytest.raises(ValueError, match=f"^{said}$"):
        check(points=points, title=title)(check_nothing)
