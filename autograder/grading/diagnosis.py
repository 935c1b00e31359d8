"""Which wrong formula explains what the student's function did?"""

import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from autograder.authoring import Call, Misconception
from autograder.authoring.misconception import Alike
from autograder.authoring.parts import exchanged
from autograder.authoring.values import Generators, differ, equivalent, real, same, unchanged
from autograder.course.exercises import exercise_of, misconceptions_of
from autograder.sandbox import Rng
from autograder.sandbox.inside.cells import exception_name

_COMMENT = re.compile(r"#.*")
_GENERATOR = re.compile(
    r"(?<!rng)(?<!rng )\.random\b|\bimport random|default_rng|RandomState|Generator|\bseed|random_state"
)
_CONSTRUCTS = {  # words of a misconception's name, and what a source holds if they are true of it
    "np.allclose": re.compile(r"close\b"),
    "np.isclose": re.compile(r"close\b|1e-0?8"),
    "np.max": re.compile(r"\ba?max\b"),
    "with `//`": re.compile("//"),
    "in float32": re.compile(r"32|16|f4|single|half"),
    "sorts the": re.compile("sort|argpartition"),
    "generator of its own": _GENERATOR,
    "new generator": _GENERATOR,
}
MAX_CAUSES = 3  # calls that more misconceptions fit tell nothing: perhaps all of them raised the same error


def explain(
    exercise: str, transcript: Sequence[Call], source: str | None = None
) -> tuple[Misconception, ...]:
    """The misconceptions of `exercise` that did in every recorded call what the student's function did.

    Several are returned when the calls cannot tell them apart; none when none fits, or too many, or when the
    reference did the same, since then the mistake is not to be seen in these calls. A construct is named only if
    `source` holds it, the text of the student's function and of what it uses.
    """
    calls = [call for call in transcript if call.name == exercise]
    if not calls or _is_right(exercise, calls, same):
        return ()
    return _few(_fitting(exercise, transcript, [calls], source))


def explain_apart(
    exercise: str,
    transcript: Sequence[Call],
    failed: Sequence[Sequence[Call]],
    passed: Sequence[Sequence[Call]],
    source: str | None = None,
) -> list[tuple[Misconception, ...]]:
    """The misconceptions for each failed check: those that explain its calls, and those of the checks that passed.

    All failed checks have to be explained, by several wrong values, else none is: a few calls are easily as
    predicted by chance.
    """
    nothing: list[tuple[Misconception, ...]] = [()] * len(failed)
    # All draws of some mistakes have the right law, but not one entry is right.
    if any(_is_right(exercise, calls, misconceptions_of(exercise).alike) for calls in failed):
        return nothing
    if not all(_wrong_values(exercise, calls) for calls in failed):
        return nothing
    if not differ([value for calls in failed for value in _wrong_values(exercise, calls)]):
        return nothing
    found = [_few(_fitting(exercise, transcript, [calls, *passed], source)) for calls in failed]
    return found if all(found) else nothing


def inherits(exercise: str, transcript: Sequence[Call], used: str, wrong: Misconception) -> bool:
    """Whether every call came out as beside this mistake in another exercise, which the right function calls."""
    right, calls = exercise_of(exercise).reference, [call for call in transcript if call.name == exercise]
    whole = exchanged(right, exercise_of(used).reference, wrong.function)
    with np.errstate(all="ignore"):
        return whole is not right and _explains(whole, calls, misconceptions_of(exercise).alike)


def _fitting(
    exercise: str, transcript: Sequence[Call], parts: Sequence[Sequence[Call]], source: str | None
) -> tuple[Misconception, ...]:
    catalogue, again = misconceptions_of(exercise), _repeated(exercise, transcript)
    with np.errstate(all="ignore"):
        return tuple(
            m
            for m in catalogue
            if all(_explains(m.function, part, catalogue.alike) for part in parts)
            and _as_repeatable(m.function, again)
            and (source is None or _may_be_named(m, source))
        )


def _few(causes: tuple[Misconception, ...]) -> tuple[Misconception, ...]:
    return causes if len(causes) <= MAX_CAUSES else ()


def _may_be_named(wrong: Misconception, source: str) -> bool:
    """Whether what its name names is in the source: another construct may do the same on these inputs."""
    code = _COMMENT.sub("", source)
    return all(form.search(code) for words, form in _CONSTRUCTS.items() if words in wrong.name)


def _is_right(exercise: str, calls: Sequence[Call], alike: Alike) -> bool:
    with np.errstate(all="ignore"):
        return _explains(exercise_of(exercise).reference, calls, alike)


def _wrong_values(exercise: str, calls: Sequence[Call]) -> list[Any]:
    """Results that are wrong: errors alone are no evidence, as many mistakes raise the same."""
    reference, shared = exercise_of(exercise).reference, Generators()
    with np.errstate(all="ignore"):
        return [
            call.reply.result
            for call in calls
            if not _fits(reference, call, same, shared) and call.reply.error is None
        ]


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
    try:
        value = function(*arguments)
    except Exception as exception:
        return call.reply.error == exception_name(exception)
    if call.reply.error is not None:
        return False
    changed = tuple(
        i for i, (a, b) in enumerate(zip(arguments, call.arguments, strict=True)) if not unchanged(a, b)
    )
    return changed == call.reply.modified and alike(call, value)
