"""Judging a student's pass on many networks, all of them in one round trip."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from autograder import expect
from autograder.checks import Cases, Student
from autograder.checks.a2_backpropagation._networks import Network
from autograder.sandbox import Reply

Make = Callable[..., list[Network]]
Compare = Callable[[Any, Network], None]


@dataclass(frozen=True)
class Pass:
    """An exercise that takes a network forward or back."""

    exercise: str
    arguments: Callable[[Network], tuple[Any, ...]]
    makes: tuple[Make, ...]

    def replies(self, student: Student, cases: Cases) -> dict[Make, list[Reply]]:
        """What the student's function returns for all networks, in one round trip."""
        batch = [self.arguments(network) for make in self.makes for network in cases.once(make)]
        replies = iter(student.calls(self.exercise, batch))
        return {make: [next(replies) for _ in cases.once(make)] for make in self.makes}

    def agrees(self, student: Student, cases: Cases, make: Make, compare: Compare) -> None:
        """Fail unless `compare` accepts the student's result for every network of `make`."""
        replies = student.once(self.replies, cases)[make]
        for network, reply in zip(cases.once(make), replies, strict=True):
            compare(reply.value, network)

    def unchanged(self, student: Student, cases: Cases) -> None:
        """Fail if a call changed its arguments."""
        replies = student.once(self.replies, cases).values()
        modified = any(reply.modified for some in replies for reply in some)
        expect.that(not modified, "Your function changes its arguments. Work on new arrays, not in place.")
