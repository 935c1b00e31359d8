"""One hidden call: its arguments, the right result, and the words that name it to the student."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from autograder.authoring import Student, expect
from autograder.authoring.expect import Array
from autograder.sandbox import Reply


@dataclass(frozen=True)
class Case:
    """A call of an exercise and what the reference returns for it."""

    arguments: tuple[Any, ...]
    wanted: Array
    words: str


def ask(student: Student, exercise: str, cases: Sequence[Case]) -> list[Reply]:
    """The student's answers, all in one round trip."""
    return student.calls(exercise, [case.arguments for case in cases])


def agree(replies: Sequence[Reply], cases: Sequence[Case], rtol: float) -> None:
    """Fail unless every answer is an array equal to the reference, to `rtol` of its norm."""
    for case, reply in zip(cases, replies, strict=True):
        value = expect.array(reply.value, case.wanted.shape, f"For {case.words} the result")
        sentence = f"For {case.words} the shape is right, but the values are not."
        expect.close(value, case.wanted, rtol, sentence)


def unchanged(student: Student, exercise: str, arguments: str) -> None:
    """Fail if any call so far changed what it was given; `arguments` names that in the sentence."""
    expect.that(
        not student.changes_arguments(exercise),
        f"Your function changes {arguments}, which belongs to the caller. Work on new arrays, not in place.",
    )
