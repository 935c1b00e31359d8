"""Hidden calls, and judging the answers to all calls of a kind."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from autograder.authoring import Cases, Labelled, Student, expect, whole_numbers
from autograder.sandbox import Reply


@dataclass(frozen=True)
class Case:
    """A call of an exercise, what the reference returns for it, and the words that name it to the student."""

    arguments: tuple[Any, ...]
    wanted: Any
    words: str

    @property
    def of_integers(self) -> bool:
        """Whether there are integers among the arrays, so that the result may hold integers."""
        lists = [a if isinstance(a, list) else [a] for a in self.arguments]
        return any(whole_numbers(a) for some in lists for a in some)


Make = Labelled[list[Case]]
Compare = Callable[[Any, Case], None]


@dataclass(frozen=True)
class Asked:
    """All calls of one kind with the student's answers, in one round trip."""

    exercise: str
    make: Make

    def __call__(self, student: Student, cases: Cases) -> list[tuple[Case, Reply]]:
        """Ask them."""
        made = cases.once(self.make)
        return list(zip(made, student.calls(self.exercise, [c.arguments for c in made]), strict=True))


@dataclass(frozen=True)
class Answers:
    """A student's answers in an exercise; `compare(value, case)` fails unless one is right."""

    exercise: str
    compare: Compare

    def agree(self, student: Student, cases: Cases, make: Make) -> None:
        """Fail unless every answer of this kind is right; a kind is asked once, whoever judges it."""

        def judge() -> None:
            for case, reply in student.once(Asked(self.exercise, make), cases):
                self.compare(reply.value, case)

        student.judge_once((self, make), judge)

    def double(self, student: Student, cases: Cases, make: Make) -> None:
        """Fail unless every answer of this kind is right, in float64; what is made of integers may stay integers."""
        self.agree(student, cases, make)
        for case, reply in student.once(Asked(self.exercise, make), cases):
            if not case.of_integers:
                expect.double(reply.value, f"the result for {case.words}")


def array(rtol: float) -> Compare:
    """A comparison that fails unless the value is an array equal to the reference, to `rtol` of its norm."""

    def compare(value: Any, case: Case) -> None:
        got = expect.array(value, case.wanted.shape, f"For {case.words} the result", near=case.wanted)
        expect.close(got, case.wanted, rtol, f"For {case.words} the shape is right, but the values are not.")

    return compare
