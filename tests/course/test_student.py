"""What a student's answers are judged by is run once, whoever asks."""

from typing import cast

import pytest

from autograder.authoring import Student, expect
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
