"""Which wrong formula explains what the student's function did?"""

from collections.abc import Callable, Sequence
from copy import deepcopy
from typing import Any

import numpy as np

from autograder.authoring import Call, Misconception
from autograder.authoring.misconception import Alike
from autograder.authoring.values import Generators, equivalent, real, same, unchanged
from autograder.course.exercises import exercise_of, misconceptions_of
from autograder.sandbox import Rng
from autograder.sandbox.inside.cells import exception_name

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
    catalogue = misconceptions_of(exercise)
    # All draws of some mistakes have the right law, but not one entry is right.
    right = same if part is None else catalogue.alike
    with np.errstate(all="ignore"):
        if not calls or _explains(exercise_of(exercise).reference, calls, right):
            return ()
        again = _repeated(exercise, transcript)
        causes = tuple(
            m
            for m in catalogue
            if _explains(m.function, calls, catalogue.alike) and _as_repeatable(m.function, again)
        )
    if part is not None and not _told_by_values(exercise, calls):
        return ()
    return causes if len(causes) <= MAX_CAUSES else ()


def _told_by_values(exercise: str, calls: Sequence[Call]) -> bool:
    """Whether some result is wrong: in a few calls, errors alone are no evidence, as many mistakes raise the same."""
    reference, shared = exercise_of(exercise).reference, Generators()
    with np.errstate(all="ignore"):
        return any(call.reply.error is None and not _fits(reference, call, same, shared) for call in calls)


def _explains(function: Callable[..., Any], calls: Sequence[Call], alike: Alike) -> bool:
    shared = Generators()  # calls on one generator come one after the other, as they did in the worker
    return all(_fits(function, call, alike, shared) for call in calls)


def _repeated(exercise: str, transcript: Sequence[Call]) -> list[tuple[Call, bool]]:
    """The calls whose arguments, a generator among them, came before, and whether they gave the same result."""
    first, again = dict[str, Call](), list[tuple[Call, bool]]()
    for call in transcript:
        if call.name == exercise and any(isinstance(argument, Rng) for argument in call.arguments):
            seeds = [a.seed if isinstance(a, Rng) else a for a in call.arguments]
            earlier = first.setdefault(repr(seeds), call)
            if earlier is not call:
                again.append((call, equivalent(call.reply.result, earlier.reply.result)))
    return again


def _as_repeatable(function: Callable[..., Any], again: Sequence[tuple[Call, bool]]) -> bool:
    """Whether equal seeds, or one generator twice, give equal results where the student's did, and other ones where
    they did not.
    """
    for call, alike in again:
        shared = Generators()
        try:
            once, twice = (function(*[real(a, shared) for a in call.arguments]) for _ in range(2))
        except Exception:  # judged with the other calls
            continue
        if equivalent(once, twice) != alike:
            return False
    return True


def _fits(function: Callable[..., Any], call: Call, alike: Alike, shared: Generators) -> bool:
    arguments = [real(argument, shared) for argument in call.arguments]
    before = deepcopy(arguments)
    try:
        value = function(*arguments)
    except Exception as exception:
        return call.reply.error == exception_name(exception)
    if call.reply.error is not None:
        return False
    changed = tuple(i for i, (a, b) in enumerate(zip(arguments, before, strict=True)) if not unchanged(a, b))
    return changed == call.reply.modified and alike(call, value)
