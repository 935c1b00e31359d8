"""The smallest input on which a student's function differs from the reference.

Hypothesis is slow to import and to run, so it speaks only after a failure that no misconception explains.
The search has its own session, which never saw a hidden input, and its own budget; a student's function may
be random or keep state, which Hypothesis reports as flaky: then there is no example.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.authoring.expect import kind
from autograder.authoring.values import equivalent, real
from autograder.course.exercises import exercise_of
from autograder.sandbox import Function, Reply, Session, SessionLost
from autograder.text import printable

Array = NDArray[Any]

MAX_EXAMPLES = 80
MAX_SHOWN = 300  # characters of one value
MAX_NUMBERS = 12  # in one array
# Numbers, arrays and containers in a returned value: few, as a hostile function could tell in them what it learned.
MAX_PARTS = 8
RTOL = 1e-6


def smallest_difference(exercise: str, session: Session) -> str | None:
    """A sentence such as `f(x=…) returned 2.0, expected 1.0`, or None if the search found nothing.

    Needs the exercise's `examples`.
    """
    declared = exercise_of(exercise)
    if declared.examples is None:
        return None

    def expected(arguments: tuple[Any, ...]) -> Any:
        with np.errstate(all="ignore"):
            return declared.reference(*map(real, arguments))

    def differs(arguments: tuple[Any, ...]) -> bool:
        return not _agrees(session.calls(exercise, [arguments])[0], expected(arguments))

    try:
        arguments = _find(declared.examples(), differs)
        if arguments is None:
            return None
        reply = session.calls(exercise, [arguments])[0]
    except SessionLost:
        return None
    wanted = expected(arguments)
    if _agrees(reply, wanted):  # it keeps state: this call was right
        return None
    got = f"raised {reply.error}" if reply.error else f"returned {_show_returned(reply.result)}"
    call = f"{exercise}({', '.join(map(show, arguments))})"
    return printable(f"{call} {got}, expected {show(wanted)}", 600)


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
