"""Judging a student's pass on many networks, all of them in one round trip."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from autograder.authoring import Cases, Labelled, Student, expect
from autograder.course.a2_backpropagation._networks import Network
from autograder.sandbox import Reply

Make = Labelled[list[Network]]
Compare = Callable[[Any, Network], None]


@dataclass(frozen=True)
class Pass:
    """An exercise that takes a network forward or back."""

    exercise: str
    arguments: Callable[[Network], tuple[Any, ...]]
    makes: tuple[Make, ...]

    def replies(self, student: Student, cases: Cases) -> dict[Make, list[tuple[Network, Reply]]]:
        """What the student's function returns for all networks, in one round trip."""
        return student.by_kind(self.exercise, cases, self.makes, self.arguments)

    def agrees(self, student: Student, cases: Cases, make: Make, compare: Compare) -> None:
        """Fail unless `compare` accepts the student's result for every network of `make`."""
        for network, reply in student.once(self.replies, cases)[make]:
            compare(reply.value, network)

    def double(
        self, student: Student, cases: Cases, make: Make, compare: Compare, arrays: Callable[[Any], list[Any]]
    ) -> None:
        """Fail unless the results for `make` are right and the `arrays` in them hold float64 numbers."""
        self.agrees(student, cases, make, compare)
        for network, reply in student.once(self.replies, cases)[make]:
            for value in arrays(reply.value):
                expect.double(value, f"a result for {network}")

    def unchanged(self, student: Student, cases: Cases) -> None:
        """Fail if a call changed its arguments."""
        student.once(self.replies, cases)
        modified = student.changes_arguments(self.exercise)
        expect.that(not modified, "Your function changes its arguments. Work on new arrays, not in place.")
