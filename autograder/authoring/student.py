"""The student's functions as a check sees them: calls go to the worker, values come back."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from inspect import signature
from typing import Any, Protocol, TypeVar

from autograder.authoring.cases import Cases, Labelled
from autograder.authoring.expect import CheckFailed, that
from autograder.sandbox import Reply

T = TypeVar("T")
E = TypeVar("E", bound=Exception)
Kind = Labelled[list[T]]


@dataclass(frozen=True)
class Call:
    """One call of the student's function and what came back."""

    name: str
    arguments: tuple[Any, ...]
    reply: Reply


class Asked(Protocol):
    """A session, as far as checks need it."""

    def calls(self, name: str, batch: Sequence[tuple[Any, ...]]) -> list[Reply]:
        """The replies to a batch of calls."""


class Student:
    """Calls the student's functions and keeps a transcript, from which the diagnosis works."""

    def __init__(self, session: Asked) -> None:
        self._session = session
        self.transcript: list[Call] = []
        self._made: dict[Callable[..., Any], Any] = {}
        self._judged: dict[Hashable, CheckFailed | None] = {}

    def calls(self, name: str, batch: Sequence[tuple[Any, ...]]) -> list[Reply]:
        """Call function `name` once for each tuple of arguments, all in one round trip.

        A reply's `value` raises `StudentFault` if that call failed. Raises `SessionLost` if the
        worker died or ran out of time.
        """
        replies = self._session.calls(name, batch)
        self.transcript += [Call(name, tuple(a), r) for a, r in zip(batch, replies, strict=True)]
        return replies

    def call(self, name: str, *arguments: Any) -> Any:
        """Call function `name` once and return its value; raises as `calls` and `Reply.value` do."""
        return self.calls(name, [arguments])[0].value

    def by_kind(
        self, name: str, cases: Cases, kinds: Sequence[Kind[T]], arguments: Callable[[T], tuple[Any, ...]]
    ) -> dict[Kind[T], list[tuple[T, Reply]]]:
        """All cases of these kinds, each with the reply to its arguments, kind by kind, in one round trip."""
        made = {kind: cases.once(kind) for kind in kinds}
        replies = iter(self.calls(name, [arguments(case) for some in made.values() for case in some]))
        return {kind: [(case, next(replies)) for case in some] for kind, some in made.items()}

    def leaves_arguments(self, reference: Callable[..., Any]) -> None:
        """Fail if a call of the function that is called like the reference, of those made so far, changed what it was
        given.
        """
        calls = [call for call in self.transcript if call.name == reference.__name__]
        changed = {index for call in calls for index in call.reply.modified}
        names = [
            f"`{name}`" for index, name in enumerate(signature(reference).parameters) if index in changed
        ]
        that(
            not changed,
            f"Your function changes {' and '.join(names)}, and what it is given belongs to the caller. Does it write "
            "into an array (`+=`, `[...] =`, `out=`), or put something into a list or a dictionary, or take it out?",
        )

    def once(self, make: Callable[["Student", Cases], T], cases: Cases) -> T:
        """What `make(student, cases)` returns, kept, so that several checks can judge the same calls."""
        if make not in self._made:
            self._made[make] = make(self, cases)
        made: T = self._made[make]
        return made

    def judge_once(self, what: Hashable, judge: Callable[[], None]) -> None:
        """Judge answers on first use; whoever asks for the same `what` later hears the same complaint, or none."""
        if what not in self._judged:
            try:
                judge()
                self._judged[what] = None
            except CheckFailed as failed:
                self._judged[what] = anew(failed)
        if (complaint := self._judged[what]) is not None:
            raise anew(complaint)


def anew(failed: E) -> E:
    """The same exception, without the frames that it has passed, and with them all that a submission returned."""
    complaint = type(failed).__new__(type(failed), *failed.args)
    vars(complaint).update(vars(failed))
    return complaint
