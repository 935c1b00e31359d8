"""The smallest input on which a student's function differs from the reference.

Hypothesis is slow to import and to run, so it speaks only after a failure that no misconception explains.
The search has its own session, which never saw a hidden input, and its own budget; a student's function may
be random or keep state, which Hypothesis reports as flaky: then there is no example.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.authoring import Call
from autograder.authoring.expect import kind
from autograder.authoring.values import equivalent, real
from autograder.course.exercises import exercise_of
from autograder.grading.marking import Shown
from autograder.grading.notes import told
from autograder.grading.probes import found
from autograder.results import Outcry
from autograder.sandbox import Function, Reply, Rng, Session, SessionLost
from autograder.text import printable

Array = NDArray[Any]

MAX_EXAMPLES = 80
MAX_SHOWN = 300  # characters of one value
MAX_NUMBERS = 12  # in one array
# Numbers, arrays and containers in a returned value: few, as a hostile function could tell in them what it learned.
MAX_PARTS = 8
RTOL = 1e-6


def shown_by(exercise: str, session: Session, source: str, calls: Sequence[Call]) -> Shown:
    """What explains all that the function returns; without it the smallest public input that shows the mistake, in a
    sentence, and what the function raises there.

    Needs the exercise's `examples`, or its `trial`, for the latter. `source` is the notebook's: see `told`; `calls`
    are those of the hidden checks: explanations are verified on them.
    """
    try:
        explained = found(exercise, session, calls)
        shown = Shown() if explained.whole else _searched(exercise, session, source)
        return replace(shown, causes=explained.causes, whole=explained.whole)
    except SessionLost:
        return Shown()


def _searched(exercise: str, session: Session, source: str) -> Shown:
    declared = exercise_of(exercise)
    try:
        if declared.examples is not None:
            return _smallest(exercise, declared.examples(), session, source)
        return Shown(raised=_outcry(exercise, declared.trial, session, source))
    except SessionLost:
        return Shown()


def _smallest(exercise: str, examples: Any, session: Session, source: str) -> Shown:
    def expected(arguments: tuple[Any, ...]) -> Any:
        with np.errstate(all="ignore"):
            return exercise_of(exercise).reference(*map(real, arguments))

    def differs(arguments: tuple[Any, ...]) -> bool:
        return not _agrees(session.calls(exercise, [arguments])[0], expected(arguments))

    arguments = _find(examples, differs)
    if arguments is None:
        return Shown()
    reply, wanted = session.calls(exercise, [arguments])[0], expected(arguments)
    if _agrees(reply, wanted):  # it keeps state: this call was right
        return Shown()
    if reply.error:
        return Shown(raised=_outcry(exercise, arguments, session, source))
    got = f"returned {_show_returned(reply.result)}, expected {show(wanted)}"
    return Shown(example=printable(f"{_call(exercise, arguments)} {got}", 600))


def _outcry(exercise: str, arguments: tuple[Any, ...], session: Session, source: str) -> Outcry | None:
    raised = session.words_of(exercise, arguments) if arguments else None
    if raised is None:
        return None
    message = told(raised.message, source)
    place = (raised.cell, raised.line) if raised.cell else (None, None)
    return Outcry(printable(_call(exercise, arguments)), raised.type, message, *place)


def _call(exercise: str, arguments: tuple[Any, ...]) -> str:
    return f"{exercise}({', '.join(map(show, arguments))})"


def _find(strategy: Any, differs: Any) -> tuple[Any, ...] | None:
    from hypothesis import HealthCheck, Phase, find, settings
    from hypothesis.errors import HypothesisException

    quiet = settings(
        max_examples=MAX_EXAMPLES,
        database=None,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    try:
        found: tuple[Any, ...] = find(strategy, differs, settings=quiet)
    except HypothesisException:  # nothing found, or flaky
        return None
    return found


def _agrees(reply: Reply, expected: Any) -> bool:
    return reply.error is None and equivalent(reply.result, expected, RTOL)


def _show_returned(value: Any) -> str:
    """A student's value: as it is if it has few parts, else what kind of value it is."""
    few = parts(value) <= MAX_PARTS
    return show(value) if few else kind(value)


def parts(value: Any) -> int:
    """Of how much the value consists: how much it could tell."""
    if isinstance(value, np.ndarray):
        return value.size + value.ndim
    if isinstance(value, list | tuple):
        return 1 + sum(map(parts, value))
    if isinstance(value, dict):
        return 1 + sum(1 + parts(item) for item in value.values())
    return 1


def show(value: Any) -> str:
    """A value as a student would type it: `np.array([[1., 2.]])`. Not made further than it is shown: a student's
    value may be a hundred thousand arrays.
    """
    text = ""
    for piece in _pieces(value):
        text += piece
        if len(text) > MAX_SHOWN:
            return f"{text[:MAX_SHOWN]}…"
    return text


def _pieces(value: Any) -> Iterator[str]:
    if isinstance(value, np.ndarray):
        yield _show_array(value)
    elif isinstance(value, list | tuple):
        yield "["
        for number, item in enumerate(value):
            yield from ([", "] if number else [])
            yield from _pieces(item)
        yield "]"
    elif isinstance(value, dict):
        yield "{"
        for number, (key, item) in enumerate(value.items()):
            known = key if key.removeprefix("d")[1:].isdigit() and len(key) < 6 else "…"  # W1, b2, dW3
            yield f"{', ' if number else ''}{known!r}: "
            yield from _pieces(item)
        yield "}"
    elif isinstance(value, Function):
        yield value.source
    elif isinstance(value, Rng):
        yield "rng"
    elif isinstance(value, str) and value.isidentifier() and value.islower() and len(value) < 12:
        yield repr(value)  # an argument such as "relu"
    elif isinstance(value, str | bytes):
        yield "a text"  # no right result is one, and nothing a student writes is shown
    else:
        yield f"{value:.6g}" if isinstance(value, float) or abs(value or 0) > 10**6 else repr(value)


def _show_array(array: Array) -> str:
    if array.size > MAX_NUMBERS:
        return kind(array)
    text = np.array2string(array, separator=", ", precision=6)
    return "".join(text.split("\n")) if array.ndim == 0 else f"np.array({' '.join(text.split())})"
