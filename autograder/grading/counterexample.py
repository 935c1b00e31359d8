"""The smallest input on which a student's function differs from the reference.

Hypothesis draws small inputs once for a class, only after a failure that no misconception explains, as it is slow to
import and to run. They are asked in one round trip, the smallest first, in a session that never saw a hidden input.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import cache
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.authoring import Call
from autograder.authoring.expect import kind
from autograder.authoring.values import equivalent
from autograder.course.exercises import exercise_of, misconceptions_of
from autograder.grading.marking import Shown
from autograder.grading.notes import told
from autograder.grading.pictures import picture_of
from autograder.grading.probes import found, probe
from autograder.grading.probes.trials import Trial, answer, size
from autograder.results import Outcry
from autograder.sandbox import Function, Reply, Rng, Session, SessionLost
from autograder.text import printable

Array = NDArray[Any]

MAX_EXAMPLES = 100
DUST = 1e-14  # beside numbers of size 1, as those of examples are
NEAR = 50  # of them, the smallest, tell where it goes wrong: far out, results such as a slope are made of rounding
MAX_SHOWN = 300  # characters of one value
MAX_NUMBERS = 12  # in one array
# Numbers, arrays and containers in a returned value: few, as a hostile function could tell in them what it learned.
MAX_PARTS = 8


def shown_by(
    exercise: str, session: Session, source: str, calls: Sequence[Call], reopen: Callable[[], Session]
) -> Shown:
    """What explains all that the function returns; without it the smallest public input that shows the mistake, in a
    sentence, and what the function raises there; in either case a picture, if there is one.

    Needs the exercise's `examples`, or its `trial`, for the latter. `source` is the notebook's: see `told`; `calls`
    are those of the hidden checks: explanations are verified on them; `reopen` loads the notebook afresh.
    """
    try:
        shown = _explained(exercise, session, source, calls, reopen)
    except SessionLost:
        return Shown()
    return replace(shown, picture=picture_of(exercise, session))


def _explained(
    exercise: str, session: Session, source: str, calls: Sequence[Call], reopen: Callable[[], Session]
) -> Shown:
    explained = found(exercise, session, calls, reopen)
    if any(cause.says_what for cause in explained.causes):
        return Shown(explained.causes)
    trials = list[Trial]()
    shown = _searched(exercise, session, source, trials)
    if shown.raised is None and explained.raising is not None:
        shown = replace(shown, raised=_outcry(exercise, explained.raising.arguments, session, source))
    return replace(shown, causes=explained.causes or explained.where(trials))


def _searched(exercise: str, session: Session, source: str, trials: list[Trial]) -> Shown:
    """What the search shows; what it saw on the way is added to the trials."""
    declared = exercise_of(exercise)
    try:
        if declared.examples is not None:
            return _smallest(exercise, session, source, trials)
        return Shown(raised=_outcry(exercise, declared.trial, session, source))
    except SessionLost:
        return Shown()


def _smallest(exercise: str, session: Session, source: str, trials: list[Trial]) -> Shown:
    rtol, ladder = misconceptions_of(exercise).rtol, _ladder(exercise)
    replies = session.calls(exercise, [arguments for arguments, _ in ladder])
    asked = [
        Trial(Call(exercise, arguments, reply), right)
        for (arguments, right), reply in zip(ladder, replies, strict=True)
    ]
    trials += asked[:NEAR]
    wrong = [trial for trial in asked if not _agrees(trial.reply, trial.wanted, rtol)]
    if not wrong:
        return Shown()
    arguments, wanted = wrong[0].call.arguments, wrong[0].wanted
    reply = session.calls(exercise, [arguments])[0]
    if _agrees(reply, wanted, rtol):  # it keeps state: this call was right
        return Shown()
    if reply.error:
        return Shown(raised=_outcry(exercise, arguments, session, source))
    said = _difference(_call(exercise, arguments), reply.result, wanted, rtol)
    return Shown(example=printable(said, 600) if said else None)


def _difference(call: str, got: Any, wanted: Any, rtol: float) -> str:
    """What came back and what is right: of many parts only one that differs, with the digits that show it."""
    a, b = probe.parts(got), probe.parts(wanted)
    if a.keys() == b.keys():
        differing = [path for path in b if not equivalent(a[path], b[path], rtol)]
        if len(b) > 1 and differing:
            path = differing[0]
            call, got, wanted = f"{call}{_index(path)}", a[path], b[path]
        same_shape = isinstance(got, np.ndarray) and np.shape(got) == np.shape(wanted)
        if same_shape and isinstance(wanted, np.ndarray) and wanted.size > MAX_NUMBERS:
            place = np.unravel_index(int(np.argmax(np.abs(got - wanted))), wanted.shape)
            call = f"{call}[{', '.join(map(str, place))}]"
            got, wanted = float(got[place]), float(wanted[place])
    for digits in (6, 9, 12, 17):
        returned, right = _show_returned(got, digits), show(wanted, digits)
        if returned != right:
            break
    else:  # of another type, which the check says
        return ""
    verb = "is" if call.endswith("]") else "returned"
    return f"{call} {verb} {returned}, expected {right}"


def _index(path: str) -> str:
    """How the part of a result is reached: `["dW1"]`, `[1][0][0]`."""
    return path if path.startswith("[") else f"[{path!r}]"


def _outcry(exercise: str, arguments: tuple[Any, ...], session: Session, source: str) -> Outcry | None:
    raised = session.words_of(exercise, arguments) if arguments else None
    if raised is None:
        return None
    message = told(raised.message, source)
    place = (raised.cell, raised.line) if raised.cell else (None, None)
    return Outcry(printable(_call(exercise, arguments)), raised.type, message, *place)


def _call(exercise: str, arguments: tuple[Any, ...]) -> str:
    return f"{exercise}({', '.join(map(show, arguments))})"


@cache
def _ladder(exercise: str) -> tuple[tuple[tuple[Any, ...], Any], ...]:
    """The exercise's examples, which are public, from small to large, each with what the reference returns."""
    drawn = sorted(_drawn(exercise_of(exercise).examples), key=_rung)
    return tuple((arguments, answer(exercise, arguments)) for arguments in drawn)


def _rung(arguments: tuple[Any, ...]) -> tuple[int, float, str]:
    """Where on the ladder a call stands: few numbers come first, then small ones."""
    numbers = [float(np.abs(array).sum()) for array in probe.parts(arguments).values()]
    return size(arguments), sum(numbers), repr(arguments)


def _drawn(examples: Any) -> list[tuple[Any, ...]]:
    """Different ones, always the same."""
    from hypothesis import HealthCheck, Phase, find, settings
    from hypothesis.errors import NoSuchExample

    quiet = settings(
        max_examples=MAX_EXAMPLES,
        database=None,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    drawn = dict[str, tuple[Any, ...]]()

    def kept(arguments: tuple[Any, ...]) -> bool:
        drawn.setdefault(repr(arguments), arguments)
        return False

    with _files_elsewhere(), suppress(NoSuchExample):
        find(examples(), kept, settings=quiet)
    return list(drawn.values())


@contextmanager
def _files_elsewhere() -> Iterator[None]:
    """Hypothesis keeps what it finds in our modules: not in the folder in which somebody grades."""
    from hypothesis.configuration import set_hypothesis_home_dir

    with TemporaryDirectory() as folder:
        set_hypothesis_home_dir(folder)
        try:
            yield
        finally:
            set_hypothesis_home_dir(None)


def _agrees(reply: Reply, expected: Any, rtol: float) -> bool:
    """Whether a reply is right; in the place of a 0, what rounding leaves is no example of a mistake."""
    if reply.error is not None:
        return False
    return equivalent(reply.result, expected, rtol) or equivalent(_without_dust(reply.result), expected, rtol)


def _without_dust(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_dust(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_without_dust(item) for item in value]
    if isinstance(value, np.ndarray) and value.dtype.kind == "f":
        return np.where(np.abs(value) < DUST, 0.0, value)
    return 0.0 if isinstance(value, float) and abs(value) < DUST else value


def _show_returned(value: Any, digits: int) -> str:
    """A student's value: as it is if it has few parts, else what kind of value it is."""
    few = parts(value) <= MAX_PARTS
    return show(value, digits) if few else kind(value)


def parts(value: Any) -> int:
    """Of how much the value consists: how much it could tell."""
    if isinstance(value, np.ndarray):
        return value.size + value.ndim
    if isinstance(value, list | tuple):
        return 1 + sum(map(parts, value))
    if isinstance(value, dict):
        return 1 + sum(1 + parts(item) for item in value.values())
    return 1


def show(value: Any, digits: int = 6) -> str:
    """A value as a student would type it: `np.array([[1., 2.]])`. Not made further than it is shown: a student's
    value may be a hundred thousand arrays.
    """
    text = ""
    for piece in _pieces(value, digits):
        text += piece
        if len(text) > MAX_SHOWN:
            return f"{text[:MAX_SHOWN]}…"
    return text


def _pieces(value: Any, digits: int) -> Iterator[str]:
    if isinstance(value, np.ndarray):
        yield _show_array(value, digits)
    elif isinstance(value, list | tuple):
        yield "["
        for number, item in enumerate(value):
            yield from ([", "] if number else [])
            yield from _pieces(item, digits)
        yield "]"
    elif isinstance(value, dict):
        yield "{"
        for number, (key, item) in enumerate(value.items()):
            known = key if key.removeprefix("d")[1:].isdigit() and len(key) < 6 else "…"  # W1, b2, dW3
            yield f"{', ' if number else ''}{known!r}: "
            yield from _pieces(item, digits)
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
        yield f"{value:.{digits}g}" if isinstance(value, float) or abs(value or 0) > 10**6 else repr(value)


def _show_array(array: Array, digits: int) -> str:
    if array.size > MAX_NUMBERS:
        return kind(array)
    text = np.array2string(array, separator=", ", precision=digits)
    return "".join(text.split("\n")) if array.ndim == 0 else f"np.array({' '.join(text.split())})"
