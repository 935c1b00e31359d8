"""What may stand in the place of an argument, by the kind of the argument: −c, |c|, one layer less, a transpose.

The words follow "acts as if"; `{}` is the argument's name.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from autograder.course.reference.backpropagation import KINDS
from autograder.grading.probes.probe import Array, Unfit

MOST_UNITS = 3_000  # in all layers of a network that is made of a changed argument: two layers have a matrix


@dataclass(frozen=True)
class Change:
    """What an argument is turned into, in words and as a function, and the hint that leads to the mend."""

    id: str
    words: str
    function: Callable[[Any], Any]
    hint: str

    def of(self, name: str) -> "Change":
        """With the argument's name in its words."""
        return replace(self, words=self.words.replace("{}", name), hint=self.hint.replace("{}", name))


_COUNT = "Where do you begin to count, and where do you stop?"
_ONCE = "Where does {} enter, and how often?"
_SIGN = "Where is the sign of {} lost?"
_USED = "What does your function do with {}?"
_LOOP = "Does your loop reach all of the {}, and does each index mean the entry that you think?"
_ORDER = "In which order do you go through {}?"
_NORMAL = "Is a normalisation asked for?"
_COLUMN = "Examples are columns. Which of them may be mixed?"

COUNTS = (
    Change("one_more", "{} were {} + 1", lambda x: x + 1, _COUNT),
    Change("one_less", "{} were {} − 1", lambda x: x - 1, _COUNT),
    Change("two_more", "{} were {} + 2", lambda x: x + 2, _COUNT),
    Change("two_less", "{} were {} − 2", lambda x: x - 2, _COUNT),
    Change("half_of_it", "{} were {} // 2", lambda x: x // 2, _ONCE),
)
NUMBERS = (
    Change("negated", "{} were −{}", lambda x: -x, "Where does a minus come in?"),
    Change("absolute", "{} were |{}|", abs, _SIGN),
    Change("square", "{} were its square", lambda x: x * x, _ONCE),
    Change("root", "{} were its root", lambda x: abs(x) ** 0.5, _ONCE),
    Change("reciprocal", "{} were 1/{}", lambda x: 1 / x, _ONCE),
    Change("doubled", "{} were 2·{}", lambda x: 2 * x, _ONCE),
    Change("halved", "{} were {}/2", lambda x: x / 2, _ONCE),
    Change("complement", "{} were 1 − {}", lambda x: 1 - x, _ONCE),
    Change("at_most_1", "{} were never above 1", lambda x: min(x, 1.0), "Does anybody ask for a bound?"),
    Change("at_least_1", "{} were never below 1", lambda x: max(x, 1.0), "Does anybody ask for a bound?"),
    Change("positive", "{} were never below 0", lambda x: max(x, 0), _SIGN),
    Change("whole", "{} had no decimals", lambda x: float(int(x)), "Is {} turned into a whole number?"),
)
EVERY_ARRAY = (
    Change("negated", "{} were −{}", lambda a: -a, "Where does a minus come in?"),
    Change("absolute", "{} were |{}|", np.abs, _SIGN),
    Change("positive", "{} were 0 where it is negative", lambda a: np.maximum(a, 0), _SIGN),
    Change("square", "the entries of {} were squared", lambda a: a * a, _ONCE),
    Change("root", "the entries of {} were their roots", lambda a: np.sqrt(np.abs(a)), _ONCE),
    Change("zeros", "{} were all zeros", np.zeros_like, _USED),
    Change("ones", "{} were all ones", np.ones_like, _USED),
    Change("doubled", "{} were 2·{}", lambda a: 2 * a, _ONCE),
    Change("halved", "{} were {}/2", lambda a: a / 2, _ONCE),
    Change("signs", "{} held only its signs", lambda a: np.sign(a) * 1.0, _USED),
    Change(
        "whole",
        "the entries of {} had no decimals",
        lambda a: np.trunc(a),
        "Is {} turned into whole numbers?",
    ),
    Change("unit", "{} were divided by its norm", lambda a: a / np.linalg.norm(a), _NORMAL),
    Change("largest_1", "{} were divided by its largest entry", lambda a: a / np.max(np.abs(a)), _NORMAL),
    Change(
        "centred",
        "the mean of {} were subtracted from it",
        lambda a: a - a.mean(),
        "What is subtracted, and does the text ask for it?",
    ),
    Change(
        "averaged",
        "every entry of {} were their mean",
        lambda a: np.full(a.shape, a.mean()),
        "Over what do you average?",
    ),
    Change(
        "transposed", "{} were its transpose", lambda a: _square(a).T, "Which index of {} is summed over?"
    ),
)
ARRAYS = (
    *EVERY_ARRAY,
    Change("reversed", "{} were in reverse order", lambda a: a[::-1], _ORDER),
    Change(
        "columns_reversed", "the columns of {} were in reverse order", lambda a: _matrix(a)[:, ::-1], _ORDER
    ),
    Change(
        "first_column",
        "all columns of {} were the first",
        lambda a: np.repeat(_matrix(a)[:, :1], a.shape[1], axis=1),
        _COLUMN,
    ),
    Change(
        "mean_column",
        "all columns of {} were their mean",
        lambda a: np.repeat(_matrix(a).mean(axis=1, keepdims=True), a.shape[1], axis=1),
        _COLUMN,
    ),
    Change(
        "mean_of_entries",
        "{} were divided by the number of its rows",
        lambda a: a / len(a),
        "Is a mean asked for, or a sum?",
    ),
    Change("last_is_0", "the last entry of {} were 0", lambda a: np.concatenate([a[:-1], 0 * a[-1:]]), _LOOP),
    Change("first_is_0", "the first entry of {} were 0", lambda a: np.concatenate([0 * a[:1], a[1:]]), _LOOP),
    Change("first_left_out", "the first entry of {} were not there", lambda a: _long(a)[1:], _LOOP),
    Change("last_left_out", "the last entry of {} were not there", lambda a: _long(a)[:-1], _LOOP),
)
LISTS = (
    Change(
        "reversed", "the {} were in reverse order", lambda some: some[::-1], "Which of the {} comes first?"
    ),
    Change("first_left_out", "the first of the {} were not there", lambda some: _several(some)[1:], _LOOP),
    Change("last_left_out", "the last of the {} were not there", lambda some: _several(some)[:-1], _LOOP),
    Change(
        "second_left_out",
        "the second of the {} were not there",
        lambda some: some[:1] + _several(some)[2:],
        _LOOP,
    ),
    Change(
        "first_and_last",
        "only the first and the last of the {} were there",
        lambda some: _several(some)[:1] + some[-1:],
        _LOOP,
    ),
    Change("only_first", "only the first of the {} were there", lambda some: some[:1], _LOOP),
    Change("only_last", "only the last of the {} were there", lambda some: some[-1:], _LOOP),
    Change(
        "first_twice",
        "the first of the {} were there twice",
        lambda some: some[:1] + some,
        "With what does your loop begin?",
    ),
    Change(
        "last_twice",
        "the last of the {} were there twice",
        lambda some: some + some[-1:],
        "With what does your loop end?",
    ),
    Change("all_first", "all of the {} were the first", lambda some: some[:1] * len(some), _LOOP),
    Change(
        "as_text",
        "the {} were in the order of their numbers as texts: 1, 10, 11, …, 2",
        lambda some: [some[i] for i in _as_text(len(some))],
        'Is "10" before or after "2" when you sort texts?',
    ),
)
NETWORKS = (
    Change(
        "as_text",
        'the layers were in the order of their keys as texts: "W1", "W10", "W11", …, "W2"',
        lambda p: _as_texts(p),
        'Is "W10" before or after "W2" when you sort texts?',
    ),
    Change(
        "last_left_out",
        "the last layer were not there",
        lambda p: _without(p, _depth(p)),
        "Does your loop reach all layers?",
    ),
)
EACH = {"weights": "W^[l]", "blocks": "W1 and W2"}  # what the arrays in a list are called


def changes(name: str, value: Any, default: Any) -> Iterator[Change]:
    """What may stand in the place of this argument; constants first, as they are what is said most simply."""
    if isinstance(value, str) and value in KINDS:
        for kind in KINDS:
            yield Change(
                f"always_{kind}",
                f'{name} were "{kind}"',
                partial(_constant, kind),
                f"Does your function look at {name}?",
            )
    elif isinstance(value, int | float) and not isinstance(value, bool):
        more = (
            NUMBERS if isinstance(value, float) else COUNTS
        )  # twice a depth takes twice as long, or for ever
        yield from (change.of(name) for change in (*_constants(type(value), default), *more))
    elif isinstance(value, np.ndarray):
        yield from (change.of(name) for change in ARRAYS)
    elif isinstance(value, list) and value:
        yield from (change.of(name) for change in LISTS)
        yield from (_each(change.of(EACH.get(name, f"each of the {name}"))) for change in EVERY_ARRAY)
    elif isinstance(value, dict):
        yield from NETWORKS
        for letter in "Wb":
            yield from (_each(change.of(f"{letter}^[l]"), letter) for change in EVERY_ARRAY)


def _constants(kind: type[int | float], default: Any) -> Iterator[Change]:
    if isinstance(default, int | float):
        yield Change(
            "default",
            f"{{}} were always {default:g}, which is its default",
            partial(_constant, default),
            _USED,
        )
    for c in (0, 1, 2):
        yield Change(f"always_{c}", f"{{}} were always {c}", partial(_constant, kind(c)), _USED)


def _constant(c: Any, _: Any) -> Any:
    return c


def _each(change: Change, letter: str = "") -> Change:
    """The same for every array in a list, or for those of a network whose keys begin with this letter."""
    return replace(
        change, id=f"each_{letter}_{change.id}", function=partial(_in_each, change.function, letter)
    )


def _in_each(function: Callable[[Array], Any], letter: str, value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _in_each(function, "", item) if k[0] == letter else item for k, item in value.items()}
    if isinstance(value, list | tuple):
        new = [_in_each(function, "", item) for item in value]
        if all(isinstance(item, int) for item in value) and sum(map(abs, new)) > MOST_UNITS:
            raise Unfit
        return new
    try:
        return function(value)
    except Unfit:
        return value


def _depth(parameters: dict[str, Any]) -> int:
    return sum(key[0] == "W" for key in parameters)


def _without(parameters: dict[str, Any], layer: int) -> dict[str, Any]:
    if layer == 1:
        raise Unfit
    return {key: value for key, value in parameters.items() if int(key[1:]) != layer}


def _as_texts(parameters: dict[str, Any]) -> dict[str, Any]:
    order = _as_text(_depth(parameters))
    return {f"{c}{new}": parameters[f"{c}{old + 1}"] for new, old in enumerate(order, start=1) for c in "Wb"}


def _as_text(length: int) -> list[int]:
    return sorted(range(length), key=lambda i: str(i + 1))


def _several(some: list[Any]) -> list[Any]:
    if len(some) < 2:
        raise Unfit
    return some


def _long(a: Array) -> Array:
    if len(a) < 3:
        raise Unfit
    return a


def _matrix(a: Array) -> Array:
    if a.ndim != 2:
        raise Unfit
    return a


def _square(a: Array) -> Array:
    if a.ndim != 2 or a.shape[0] != a.shape[1]:
        raise Unfit
    return a
