"""What may have been made of the right result: its negative, a transpose, one place too late."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.grading.probes.probe import Array, Unfit


@dataclass(frozen=True)
class Map:
    """The words follow "returns"; `function` makes of the right array what came back; the hint leads to the mend."""

    id: str
    words: str
    function: Callable[[Array], Any]
    hint: str


def _needs(axes: int, change: Callable[[Array], Any]) -> Callable[[Array], Any]:
    def only(a: Array) -> Any:
        if a.ndim < axes:
            raise Unfit
        return change(a)

    return only


def _another_shape(change: Callable[[Array], Any]) -> Callable[[Array], Any]:
    """A change of the shape, where it makes another one."""

    def only(a: Array) -> Any:
        made = np.asarray(change(a))
        if made.shape == a.shape:
            raise Unfit
        return made if made.ndim else made.item()

    return only


def _over(divisor: Callable[[Array], Any]) -> Callable[[Array], Any]:
    return _needs(1, lambda a: a / divisor(a))


def _joined(*parts: Callable[[Array], Array]) -> Callable[[Array], Any]:
    return _needs(1, lambda a: np.concatenate([part(a) for part in parts]))


def _in_all_columns(column: Callable[[Array], Array]) -> Callable[[Array], Any]:
    return _needs(2, lambda a: np.repeat(column(a), a.shape[1], axis=1))


_LOST = (
    "Where there is only one (an example, a neuron, an input), its axis has length 1. Which of your steps takes it "
    "away: `squeeze`, `ravel`, an index, a sum?"
)
_SOME_ROWS = "Rows are the neurons of a layer, or the layers. Do you go through all of them?"
_ONE_ARRAY = "Is it one and the same array that you store each time, and change afterwards? Store a copy."
_WHOLE = "Does the text ask for a whole number?"
_RELATIVE = "Relative to what should the result be?"
_COUNT = "Where do you begin to count, and where do you stop?"
_STORED = "What do you store first: before the step or after it?"
_TOTAL = "Is each entry a total, or a step?"
_RETURNED = "Where is the result stored, and is it what you return?"
MAPS = (
    Map(
        "sign",
        "the right result with the opposite sign",
        lambda a: -a,
        "Where does a minus come in, or a difference whose terms are exchanged?",
    ),
    Map(
        "absolute",
        "the absolute value of the right result",
        np.abs,
        "Where is a sign lost: in `abs`, in a square, in a norm?",
    ),
    Map(
        "negative_to_0",
        "the right result with 0 for what is negative",
        lambda a: np.maximum(a, 0),
        "What becomes of negative numbers on their way?",
    ),
    Map(
        "square",
        "the square of the right result",
        lambda a: a * a,
        "Is there a square that still needs its root, or one too many?",
    ),
    Map(
        "root",
        "the root of the right result",
        lambda a: np.sqrt(np.abs(a)) * np.sign(a),
        "Is there a root that is not asked for?",
    ),
    Map(
        "reciprocal",
        "1 divided by the right result",
        lambda a: 1 / a,
        "Which of the two belongs above the line, and which below?",
    ),
    Map("logarithm", "the logarithm of the right result", np.log, "Is the logarithm itself asked for?"),
    Map("complement", "1 minus the right result", lambda a: 1 - a, "What is subtracted from what?"),
    Map("one_more", "the right result plus 1", lambda a: a + 1, _COUNT),
    Map("one_less", "the right result minus 1", lambda a: a - 1, _COUNT),
    Map("floor", "the right result rounded down to a whole number", np.floor, _WHOLE),
    Map("ceiling", "the right result rounded up to a whole number", np.ceil, _WHOLE),
    Map(
        "transposed",
        "the transpose of the right result",
        _needs(2, np.transpose),
        "Which shape does the text ask for? Square results hide a transpose.",
    ),
    Map("squeezed", "the right result without its axes of length 1", _another_shape(np.squeeze), _LOST),
    Map("flat", "the right numbers in an array of one axis", _another_shape(np.ravel), _LOST),
    Map(
        "last_row_everywhere",
        "the last row of the right result in all rows",
        _needs(1, lambda a: np.repeat(a[-1:], len(a), axis=0)),
        _ONE_ARRAY,
    ),
    Map(
        "first_row_alone",
        "the first row of the right result alone",
        _another_shape(lambda a: a[:1]),
        _SOME_ROWS,
    ),
    Map(
        "last_row_alone",
        "the last row of the right result alone",
        _another_shape(lambda a: a[-1:]),
        _SOME_ROWS,
    ),
    Map(
        "rows_summed",
        "the sums of the right result's rows",
        _needs(2, _another_shape(lambda a: a.sum(axis=1, keepdims=True))),
        "What do you send through, or multiply by: an identity matrix, or ones?",
    ),
    Map(
        "rows_reversed",
        "the right result with its entries in reverse order",
        _needs(1, lambda a: a[::-1]),
        "Which entry does the text want first?",
    ),
    Map(
        "columns_reversed",
        "the right result with its columns in reverse order",
        _needs(2, lambda a: a[:, ::-1]),
        "In which order do you go through the columns?",
    ),
    Map(
        "sorted",
        "the right result, sorted",
        _needs(1, lambda a: np.sort(a, axis=-1)),
        "Does anybody ask for an order?",
    ),
    Map("over_last", "the right result divided by its last entry", _over(lambda a: a[-1]), _RELATIVE),
    Map("over_first", "the right result divided by its first entry", _over(lambda a: a[0]), _RELATIVE),
    Map("over_largest", "the right result divided by its largest entry", _over(np.max), _RELATIVE),
    Map("over_sum", "the right result divided by its sum", _over(np.sum), _RELATIVE),
    Map(
        "over_norm",
        "the right result divided by its norm",
        _over(np.linalg.norm),
        "Is a normalisation asked for?",
    ),
    Map(
        "over_previous",
        "each entry of the right result divided by the one before",
        _joined(lambda a: a[:1], lambda a: a[1:] / a[:-1]),
        "Relative to what should each entry be: to the start, or to the step before?",
    ),
    Map(
        "differences",
        "the differences of the right result's entries",
        _joined(lambda a: a[:1], lambda a: np.diff(a, axis=0)),
        _TOTAL,
    ),
    Map(
        "running_sum",
        "the running sum of the right result",
        _needs(1, lambda a: np.cumsum(a, axis=0)),
        _TOTAL,
    ),
    Map(
        "running_product",
        "the running product of the right result",
        _needs(1, lambda a: np.cumprod(a, axis=0)),
        _TOTAL,
    ),
    Map(
        "centred",
        "the right result minus its mean",
        _needs(1, lambda a: a - a.mean()),
        "What is subtracted, and does the text ask for it?",
    ),
    Map(
        "averaged",
        "the mean of the right result in every entry",
        _needs(1, lambda a: np.full_like(a, a.mean())),
        "Over which axis do you average?",
    ),
    Map(
        "one_late",
        "each entry one place too late, the first one twice",
        _joined(lambda a: a[:1], lambda a: a[:-1]),
        _STORED,
    ),
    Map(
        "one_early",
        "each entry one place too early, the last one twice",
        _joined(lambda a: a[1:], lambda a: a[-1:]),
        _STORED,
    ),
    Map(
        "last_stale",
        "the right result but for the last entry, which repeats the one before",
        _joined(lambda a: a[:-1], lambda a: a[-2:-1] if len(a) > 1 else a),
        "Is the last entry computed after the last step, or before it?",
    ),
    Map(
        "last_zero",
        "the right result but for the last entry, which is 0",
        _joined(lambda a: a[:-1], lambda a: 0 * a[-1:]),
        "Does your loop reach the last entry?",
    ),
    Map(
        "first_zero",
        "the right result but for the first entry, which is 0",
        _joined(lambda a: 0 * a[:1], lambda a: a[1:]),
        "Does your loop reach the first entry?",
    ),
    Map(
        "first_column",
        "the first column of the right result in all columns",
        _in_all_columns(lambda a: a[:, :1]),
        "Examples are columns. Do you look at all of them?",
    ),
    Map(
        "columns_averaged",
        "the mean of the right result's columns in all columns",
        _in_all_columns(lambda a: a.mean(axis=1, keepdims=True)),
        "Examples are columns. Which of them may be mixed?",
    ),
    Map("zeros", "zeros", np.zeros_like, _RETURNED),
    Map("ones", "ones", np.ones_like, _RETURNED),
)
