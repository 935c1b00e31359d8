"""Which wrong formula explains what the student's function did?"""

from collections.abc import Callable, Sequence
from copy import deepcopy
from typing import Any

import numpy as np

from autograder.checks.student import Call
from autograder.expect import relative_error
from autograder.misconceptions import Misconception, misconceptions_of, module_of
from autograder.reference import reference_of
from autograder.sandbox import Function, Rng

Alike = Callable[[Call, Any], bool]

MAX_CAUSES = 3  # calls that more misconceptions fit tell nothing: perhaps all of them raised the same error


def explain(
    exercise: str, transcript: Sequence[Call], part: Sequence[Call] | None = None
) -> tuple[Misconception, ...]:
    """The misconceptions of `exercise` that did in every recorded call what the student's function did.

    Several are returned when the calls cannot tell them apart; none when none fits, or too many, or when the
    reference did the same, since then the mistake is not to be seen in these calls. With `part` only these calls of
    the transcript count.
    """
    calls = [call for call in (transcript if part is None else part) if call.name == exercise]
    alike: Alike = getattr(module_of(exercise), "alike", same)
    right = (
        same if part is None else alike
    )  # all draws of some mistakes have the right law, but not one entry is right
    with np.errstate(all="ignore"):
        if not calls or _explains(reference_of(exercise), calls, right):
            return ()
        again = _repeated(exercise, transcript)
        causes = tuple(
            m
            for m in misconceptions_of(exercise)
            if _explains(m.function, calls, alike) and _as_repeatable(m.function, again)
        )
    return causes if len(causes) <= MAX_CAUSES else ()


def _explains(function: Callable[..., Any], calls: Sequence[Call], alike: Alike) -> bool:
    return all(_fits(function, call, alike) for call in calls)


def _repeated(exercise: str, transcript: Sequence[Call]) -> list[tuple[Call, bool]]:
    """The calls whose arguments, a generator among them, came before, and whether they gave the same result."""
    first, again = dict[str, Call](), list[tuple[Call, bool]]()
    for call in transcript:
        if call.name == exercise and any(isinstance(argument, Rng) for argument in call.arguments):
            earlier = first.setdefault(repr(call.arguments), call)
            if earlier is not call:
                again.append((call, equivalent(call.reply.result, earlier.reply.result)))
    return again


def _as_repeatable(function: Callable[..., Any], again: Sequence[tuple[Call, bool]]) -> bool:
    """Whether equal seeds give equal results where the student's did, and other ones where they did not."""
    for call, alike in again:
        try:
            once, twice = (function(*map(_local, call.arguments)) for _ in range(2))
        except Exception:  # judged with the other calls
            continue
        if equivalent(once, twice) != alike:
            return False
    return True


def _fits(function: Callable[..., Any], call: Call, alike: Alike) -> bool:
    arguments = [_local(argument) for argument in call.arguments]
    before = deepcopy(arguments)
    try:
        value = function(*arguments)
    except Exception as exception:
        return call.reply.error == type(exception).__name__
    if call.reply.error is not None:
        return False
    changed = tuple(i for i, (a, b) in enumerate(zip(arguments, before, strict=True)) if not _equal(a, b))
    return changed == call.reply.modified and alike(call, value)


def same(call: Call, value: Any) -> bool:
    """Whether `value` is what the recorded call returned, to 1e-9 of the norm of each array."""
    return equivalent(call.reply.result, value)


def equivalent(got: Any, want: Any, rtol: float = 1e-9) -> bool:
    """Same structure, shapes and kinds, numbers equal to `rtol` of their norm (nan and inf in the same places)."""
    if isinstance(want, dict):
        return (
            isinstance(got, dict)
            and got.keys() == want.keys()
            and all(equivalent(got[k], want[k], rtol) for k in want)
        )
    if isinstance(want, list | tuple):
        return (
            isinstance(got, list | tuple)
            and len(got) == len(want)
            and all(equivalent(g, w, rtol) for g, w in zip(got, want, strict=True))
        )
    if want is None or isinstance(want, str):
        return bool(got is None if want is None else got == want) if type(got) is type(want) else False
    if not isinstance(got, np.ndarray | float | int):
        return False
    a, b = np.asarray(got), np.asarray(want)
    if a.shape != b.shape or (a.dtype.kind == "f") != (b.dtype.kind == "f") or b.dtype.kind not in "biuf":
        return False
    finite = np.isfinite(b)
    if not np.array_equal(a[~finite], b[~finite], equal_nan=True):
        return False
    return bool(relative_error(a[finite], b[finite]) <= rtol)


def _local(argument: Any) -> Any:
    """An argument as the student's function receives it."""
    if isinstance(argument, Rng):
        return np.random.default_rng(argument.seed)
    if isinstance(argument, Function):
        return eval(argument.source, {"np": np})  # our own expression, never a student's
    if isinstance(argument, list | tuple):
        return type(argument)(map(_local, argument))
    if isinstance(argument, dict):
        return {key: _local(a) for key, a in argument.items()}
    return argument.copy() if isinstance(argument, np.ndarray) else argument


def _equal(a: Any, b: Any) -> bool:
    if isinstance(a, np.ndarray):
        return np.array_equal(a, b, equal_nan=a.dtype.kind in "fc")
    if isinstance(a, list | tuple):
        return len(a) == len(b) and all(map(_equal, a, b))
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(_equal(a[k], b[k]) for k in a)
    return True  # numbers and texts cannot be changed; a generator is meant to advance
