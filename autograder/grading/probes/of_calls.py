"""Further calls: the same one again, first and alone; with a single example; with one argument of another call."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np

from autograder.authoring import Call
from autograder.authoring.domain import in_pieces
from autograder.authoring.misconception import Alike
from autograder.authoring.values import equivalent
from autograder.grading.probes.places import tells
from autograder.grading.probes.probe import OF_VIEWS, parts
from autograder.grading.probes.trials import Trial, answer
from autograder.results import Cause
from autograder.sandbox import Reply, Session

COLUMNS = ("X", "Y", "dY", "A", "Z", "Y_hat", "caches")  # arguments whose columns are examples
ENOUGH = 3  # calls that say the same
VALUES = 3  # of one argument, beside the same others
BASES = 4  # calls in which arguments are exchanged


def kept(wrong: Sequence[Trial], alike: Alike, fresh: Session) -> Cause | None:
    """Whether a call that went wrong among others is right when it comes first, or differs from itself."""
    trial = next((trial for trial in wrong if not trial.reply.error), None)
    if trial is None:
        return None
    replies = fresh.calls(trial.call.name, [trial.call.arguments] * 2)
    first, second = (Trial(Call(trial.call.name, trial.call.arguments, r), trial.wanted) for r in replies)
    if first.is_like(first.wanted, alike):
        hint = (
            "What does your function keep from one call to the next: in a global variable, in a default argument, in "
            "a cache?"
        )
        return Cause("probe_state", "is right in its first call and goes wrong in later ones", hint)
    if not first.reply.error and not equivalent(first.reply.result, second.reply.result):
        hint = (
            "What changes from call to call: a global variable, or random numbers where none are asked for?"
        )
        return Cause(
            "probe_unsteady", "gives another result when it is called again with equal arguments", hint
        )
    return None


@dataclass(frozen=True)
class _Question:
    """One more call: about which argument, in the place of which trial, and what is right."""

    topic: str
    trial: Trial
    arguments: tuple[Any, ...]
    wanted: Any


def asked(wrong: Sequence[Trial], trials: Sequence[Trial], alike: Alike, session: Session) -> Cause | None:
    """What a few more calls show, nearly all of them in one round trip."""
    if by_memory := _by_memory(wrong, alike, session):
        return by_memory
    questions = [*_of_one_example(wrong), *_exchanged(wrong, trials)]
    if not questions:
        return None
    name = wrong[0].call.name
    replies = session.calls(name, [question.arguments for question in questions])
    answers = list(zip(questions, replies, strict=True))
    if by_order := _by_order_of_keys(trials, session):
        return by_order
    several = [
        trial for trial in trials if tells(trial) and trial.is_like(trial.wanted, alike) and _width(trial) > 1
    ]
    return (None if len(several) >= ENOUGH else _right_for_one(answers, alike)) or _ignored(answers)


def _by_memory(wrong: Sequence[Trial], alike: Alike, session: Session) -> Cause | None:
    """Whether all that goes wrong is right for the same numbers that lie row by row in memory."""
    if any(trial.reply.error or not any(map(in_pieces, trial.call.arguments)) for trial in wrong):
        return None
    calls = [tuple(map(_row_by_row, trial.call.arguments)) for trial in wrong]
    replies = session.calls(wrong[0].call.name, calls)
    pairs = zip(wrong, replies, strict=True)
    if not all(
        Trial(Call(t.call.name, t.call.arguments, r), t.wanted).is_like(t.wanted, alike) for t, r in pairs
    ):
        return None
    words = "goes wrong for a view such as X.T, and is right for a copy of the same numbers"
    return Cause("probe_view", words, OF_VIEWS)


def _row_by_row(value: Any) -> Any:
    return np.ascontiguousarray(value) if isinstance(value, np.ndarray) else value


def _by_order_of_keys(trials: Sequence[Trial], session: Session) -> Cause | None:
    """Whether it matters in which order a dictionary's keys come: another one is the same dictionary."""
    some = [
        trial for trial in trials if any(isinstance(a, dict) and len(a) > 2 for a in trial.call.arguments)
    ][:6]
    if len(some) < ENOUGH:
        return None
    for turn in TURNS:
        calls = [tuple(turn(a) if isinstance(a, dict) else a for a in trial.call.arguments) for trial in some]
        pairs = zip([trial.reply for trial in some], session.calls(some[0].call.name, calls), strict=True)
        if sum(not _is_same(one, other) for one, other in pairs) >= ENOUGH:
            hint = (
                "Dictionaries with the same keys and values are equal, whatever the order. Do you take what belongs to "
                "a layer by its key, or by its place?"
            )
            words = "depends on the order in which the keys stand in the dictionary that it is given"
            return Cause("probe_keys", words, hint)
    return None


def _last_layer_first(given: dict[str, Any]) -> dict[str, Any]:
    return {key: given[key] for key in sorted(given, key=lambda key: (-int(key[1:]), key))}


TURNS: tuple[Callable[[dict[str, Any]], dict[str, Any]], ...] = (
    lambda given: dict(reversed(given.items())),
    _last_layer_first,
    lambda given: {key: given[key] for key in sorted(given)},
)


def _is_same(one: Reply, other: Reply) -> bool:
    return one.error == other.error and (one.error is not None or equivalent(one.result, other.result, 1e-6))


def _right_for_one(answers: Sequence[tuple[_Question, Reply]], alike: Alike) -> Cause | None:
    found = [(q, reply) for q, reply in answers if not q.topic]
    if len(found) < ENOUGH or not all(_is_right(q, reply, alike) for q, reply in found):
        return None
    hint = "Examples are columns. Which of your steps mixes them, or counts them?"
    return Cause("probe_examples", "is right for a single example and goes wrong for several", hint)


def _ignored(answers: Sequence[tuple[_Question, Reply]]) -> Cause | None:
    """Arguments that can be another one without any effect."""
    for topic in dict.fromkeys(question.topic for question, _ in answers if question.topic):
        about = [(q, reply) for q, reply in answers if q.topic == topic]
        bases = {id(q.trial): q.trial for q, _ in about}
        few = any(sum(q.trial is base for q, _ in about) < VALUES for base in bases.values())
        if few or not _may_tell(list(bases.values())):
            continue
        if all(not reply.error and equivalent(reply.result, q.trial.reply.result, 0.0) for q, reply in about):
            hint = f"Where should {topic} enter? Does your function use it, or something else of that name?"
            return Cause("probe_ignored", f"gives the same result whatever {topic} is", hint)
    return None


def _may_tell(bases: Sequence[Trial]) -> bool:
    """Whether results might have shown an argument: several, all different, and none that a bound or a cut made."""
    found = [trial.reply.result for trial in bases]
    different = not any(equivalent(one, other, 1e-6) for one, other in combinations(found, 2))
    return len(found) >= ENOUGH and different and all(map(_is_free, found))


def _is_free(result: Any) -> bool:
    """Whether a result is of finite numbers that lie at no bound: not all 0, none of the largest there twice."""
    arrays = [np.ravel(array).astype(float) for array in parts(result).values()]
    entries = np.concatenate(arrays) if arrays else np.zeros(0)
    if not entries.size or not np.all(np.isfinite(entries)):
        return False
    ends = (entries == entries.max()) | (entries == entries.min())
    whole = np.all(entries == np.round(entries, 1))  # 0, 1, −0.5, 100: what a threshold or a bound gives
    return not whole and int(ends.sum()) <= 2


def _is_right(question: _Question, reply: Reply, alike: Alike) -> bool:
    trial = Trial(Call(question.trial.call.name, question.arguments, reply), question.wanted)
    return trial.is_like(question.wanted, alike)


def _width(trial: Trial) -> int:
    """How many examples there are; 0 if that is not plain."""
    pairs = zip(trial.names, trial.call.arguments, strict=False)
    widths = {
        a.shape[1] for name, a in pairs if name in COLUMNS and isinstance(a, np.ndarray) and a.ndim == 2
    }
    return max(widths) if len(widths) == 1 else 0


def _of_one_example(wrong: Sequence[Trial]) -> Iterator[_Question]:
    """The first example of trials with several."""
    for trial in wrong[:6]:
        if _width(trial) > 1:
            pairs = zip(trial.names, trial.call.arguments, strict=False)
            cut = tuple(_first_column(a) if name in COLUMNS else a for name, a in pairs)
            yield _Question("", trial, cut, answer(trial.call.name, cut))


def _first_column(value: Any) -> Any:
    return value[:, :1].copy() if isinstance(value, np.ndarray) else [_first_column(item) for item in value]


def _exchanged(wrong: Sequence[Trial], trials: Sequence[Trial]) -> Iterator[_Question]:
    """Wrong trials of every kind with several values of one argument, each of which changes what is right."""
    for trial in _of_every_kind([trial for trial in wrong if not trial.reply.error]):
        for i, name in enumerate(trial.names[: len(trial.call.arguments)]):
            others = [
                t.call.arguments[i] for t in trials if len(t.call.arguments) > i and _differs(t, trial, i)
            ]
            for value in [*_spread(others), *_far(trial.call.arguments[i])]:
                arguments = (*trial.call.arguments[:i], value, *trial.call.arguments[i + 1 :])
                wanted = _answer(trial.call.name, arguments)
                if wanted is not None and not equivalent(wanted, trial.wanted):
                    yield _Question(name, trial, arguments, wanted)


def _of_every_kind(wrong: Sequence[Trial]) -> list[Trial]:
    """A few trials, spread over all there are, and those of every word in the arguments, such as an activation."""
    kinds = dict[tuple[str, ...], list[Trial]]()
    for trial in wrong:
        kinds.setdefault(tuple(a for a in trial.arguments if isinstance(a, str)), []).append(trial)
    most = max(1, -(-BASES // max(len(kinds), 1)))
    return [trial for some in kinds.values() for trial in _spread(some, most)]


def _spread(some: Sequence[Any], most: int = VALUES) -> list[Any]:
    return [some[i] for i in sorted({round(x) for x in np.linspace(0, len(some) - 1, most)})] if some else []


def _far(value: Any) -> list[Any]:
    """Values far from this one, larger, smaller and of the other sign; those that are not valid raise errors."""
    if isinstance(value, str | bool | int):
        return []
    return [_times(c, value) for c in (-1.0, 0.01, 7.0)]


def _times(c: float, value: Any) -> Any:
    if isinstance(value, np.ndarray | float):
        return c * value
    if isinstance(value, dict):
        return {key: _times(c, item) for key, item in value.items()}
    return [_times(c, item) for item in value] if isinstance(value, list | tuple) else value


def _answer(exercise: str, arguments: tuple[Any, ...]) -> Any:
    """What is right, None if the arguments are not valid."""
    try:
        return answer(exercise, arguments)
    except Exception:
        return None


def _differs(other: Trial, trial: Trial, i: int) -> bool:
    """Whether the other's argument can take the place of this one's, and is not the same."""
    a, b = other.call.arguments[i], trial.call.arguments[i]
    return type(a) is type(b) and _form(a) == _form(b) and not _same(a, b)


def _same(a: Any, b: Any) -> bool:
    return a == b if isinstance(a, str) else equivalent(a, b)


def _form(value: Any) -> Any:
    """The shapes in a value."""
    if isinstance(value, np.ndarray):
        return value.shape
    if isinstance(value, dict):
        return [(key, _form(value[key])) for key in sorted(value)]
    return [_form(item) for item in value] if isinstance(value, list | tuple) else None
