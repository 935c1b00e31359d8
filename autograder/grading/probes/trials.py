"""Public inputs: what the checks of an exercise ask when the secret is known to everybody.

They touch the same corners as the hidden ones. The reference answers them once for a class.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from inspect import Parameter, signature
from typing import Any

import numpy as np

from autograder.authoring import Call, Cases, Student
from autograder.authoring.misconception import Alike
from autograder.authoring.values import Generators, equivalent, real
from autograder.course.exercises import exercise_of, misconceptions_of
from autograder.sandbox import Raised, Reply, Rng, Session

PUBLIC = b"nothing is hidden here"
MOST = 48  # calls of one exercise
LARGEST = 5_000  # numbers in the arguments of one call


@dataclass(frozen=True)
class Trial:
    """A call of the student's function, and what the reference returns for its arguments.

    known: what was found of the arguments.
    """

    call: Call
    wanted: Any
    known: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def names(self) -> list[str]:
        """What the arguments are called."""
        return list(_parameters(self.call.name))

    @property
    def arguments(self) -> list[Any]:
        """The arguments, with the defaults of those that are left out."""
        given = list(self.call.arguments)
        return given + [p.default for p in list(_parameters(self.call.name).values())[len(given) :]]

    @cached_property
    def layers(self) -> int:
        """How many layers the network has, if there is one in the arguments or in the result."""
        some = [value for value in (*self.call.arguments, self.wanted) if isinstance(value, dict)]
        return max((sum(key.lstrip("d")[0] == "W" for key in one) for one in some), default=0)

    @property
    def given(self) -> list[Any]:
        """The arguments as a function receives them, made anew."""
        return [real(argument) for argument in self.arguments]

    @property
    def reply(self) -> Reply:
        """What came back."""
        return self.call.reply

    def is_like(self, value: Any, alike: Alike) -> bool:
        """Whether the function returned `value`."""
        return self.reply.error is None and alike(self.call, value)


@cache
def _parameters(exercise: str) -> dict[str, Parameter]:
    return dict(signature(exercise_of(exercise).reference).parameters)


@cache
def public(exercise: str) -> tuple[Trial, ...]:
    """Calls with public inputs, answered by the reference: few and small ones."""
    transcript = [call for turn in ("one", "two") for call in _asked(exercise, turn)]
    calls = [call for call in transcript if call.name == exercise and usable(call)]
    chosen = sorted(_spread(sorted(range(len(calls)), key=lambda i: size(calls[i].arguments)), MOST))
    return tuple(Trial(calls[i], calls[i].reply.result) for i in chosen)


def _asked(exercise: str, turn: str) -> list[Call]:
    """What the checks ask, with inputs that differ from turn to turn."""
    student, cases = Student(_Right()), Cases(PUBLIC, f"{exercise}/{turn}")
    with np.errstate(all="ignore"):
        for check in exercise_of(exercise).checks:
            check.run(student, cases)
    return student.transcript


def tried(trials: Sequence[Trial], session: Session) -> list[Trial]:
    """The same trials with the student's replies, in one round trip."""
    if not trials:
        return []
    replies = session.calls(trials[0].call.name, [trial.call.arguments for trial in trials])
    return [
        replace(trial, call=replace(trial.call, reply=reply))
        for trial, reply in zip(trials, replies, strict=True)
    ]


def recorded(exercise: str, calls: Sequence[Call]) -> list[Trial]:
    """The calls of a transcript that can be judged, as trials: those on which an explanation is verified."""
    chosen = [call for call in calls if call.name == exercise and usable(call)][:MOST]
    return [Trial(call, answer(exercise, call.arguments)) for call in chosen]


def answer(exercise: str, arguments: tuple[Any, ...]) -> Any:
    """What the reference returns."""
    with np.errstate(all="ignore"):
        return exercise_of(exercise).reference(*map(real, arguments))


def usable(call: Call) -> bool:
    """Whether a call stands for itself, and is small."""
    shared = any(isinstance(argument, Rng) and argument.shared for argument in call.arguments)
    return not shared and size(call.arguments) <= LARGEST


def size(value: Any) -> int:
    """How many numbers a value holds."""
    if isinstance(value, np.ndarray):
        return value.size
    if isinstance(value, dict):
        return sum(map(size, value.values()))
    return sum(map(size, value)) if isinstance(value, list | tuple) else 1


def comparison(exercise: str) -> Alike:
    """How results of the exercise are compared: random ones by their entries alone, never by their law."""
    catalogue = misconceptions_of(exercise)
    return _entries if is_random(exercise) else _numbers if catalogue.is_exact else catalogue.alike


def is_random(exercise: str) -> bool:
    """Whether the function is given a generator: then a right result may be another than the reference's."""
    return any(isinstance(a, Rng) for trial in public(exercise)[:1] for a in trial.call.arguments)


def _entries(call: Call, value: Any) -> bool:
    return equivalent(call.reply.result, value, 1e-6)


def _numbers(call: Call, value: Any) -> bool:
    """Entry by entry, as numbers: of an integer or a floating-point dtype, and at whatever scale."""
    got, want = _floats(call.reply.result), _floats(value)
    return equivalent(got, want) and (not isinstance(want, np.ndarray) or near(got, want))


def near(got: Any, want: Any) -> bool:
    """Whether each entry is right to nine digits, or within rounding of the largest where it should be 0."""
    if got.shape != want.shape:
        return False
    with np.errstate(all="ignore"):
        largest = np.max(np.abs(want), initial=0.0, where=np.isfinite(want))
        room = 1e-9 * np.abs(want) + np.where(want == 0, 1e-13 * largest, 0.0)
        return bool(np.all((np.abs(got - want) <= room) | (got == want) | (np.isnan(got) & np.isnan(want))))


def _floats(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return value.astype(np.float64) if value.dtype.kind in "biu" else value
    if isinstance(value, list | tuple):
        return [_floats(item) for item in value]
    if isinstance(value, dict):
        return {key: _floats(item) for key, item in value.items()}
    return float(value) if isinstance(value, int) else value


def _spread(order: list[int], most: int) -> list[int]:
    """So many of them, evenly, the first and the last among them."""
    if len(order) <= most:
        return order
    return [order[round(i * (len(order) - 1) / (most - 1))] for i in range(most)]


class _Right(Session):
    """Answers as the reference does."""

    errors = ()

    def __init__(self) -> None:
        self._shared: Generators = {}

    def calls(self, name: str, batch: Sequence[tuple[Any, ...]]) -> list[Reply]:
        reference = exercise_of(name).reference
        return [Reply(_on_the_wire(reference(*[real(a, self._shared) for a in call]))) for call in batch]

    def words_of(self, name: str, arguments: tuple[Any, ...]) -> Raised | None:
        """Nothing is raised."""
        del name, arguments
        return None

    def close(self) -> None:
        """There is no worker."""


def _on_the_wire(value: Any) -> Any:
    """As a value of the student's arrives."""
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, dict):
        return {key: _on_the_wire(item) for key, item in value.items()}
    return [_on_the_wire(item) for item in value] if isinstance(value, list | tuple) else value
