"""What an exercise offers to the engine: one object, declared as `EXERCISE` at the end of its `checks.py`."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from autograder.authoring.check import Check
from autograder.authoring.domain import Corner
from autograder.authoring.sketch import Sketch
from autograder.results import Cause
from autograder.sandbox import Reply

# Calls the student's function, once for each tuple.
Ask = Callable[[Sequence[tuple[Any, ...]]], Sequence[Reply]]


@dataclass(frozen=True)
class Exercise:
    """A function that students write.

    reference: the trusted implementation; it takes what the student's function takes.
    checks: in the order in which students read them.
    examples: a Hypothesis strategy of small tuples of arguments, from which the smallest one that shows a mistake
        is chosen; a function, since Hypothesis is slow to import. Without it no example is shown.
    trial: arguments of a call that is tried, where there are no examples, to hear what the function raises.
    pictures: what a mistake may be seen in, if a check fails by a wrong value: the first picture that shows it is
        taken; a function, since it is needed only then.
    domain: the corners of what the notebook's text promises to accept; the hidden cases touch all of them.
    reading: where results are random or a mere choice: puts questions of its own to the student's function, with public
        inputs, and says what it computes.
    """

    reference: Callable[..., Any]
    checks: tuple[Check, ...]
    examples: Callable[[], Any] | None = None
    trial: tuple[Any, ...] = ()
    domain: tuple[Corner, ...] = ()
    pictures: Callable[[], tuple[Sketch, ...]] | None = None
    reading: Callable[[Ask], Iterator[Cause]] | None = None

    @property
    def points(self) -> float:
        """Points available in all checks."""
        return sum(check.points for check in self.checks)
