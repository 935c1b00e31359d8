"""A probe: one idea of what a function does, with the sentence that a student reads if it is so.

It predicts what comes back for any arguments. It explains what was seen if every single prediction is right.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.authoring.misconception import Alike
from autograder.authoring.values import SEVERAL, differ
from autograder.grading.probes.trials import Trial
from autograder.results import Cause
from autograder.sandbox.inside.cells import exception_name

Array = NDArray[Any]
FILLED = ("zeros", "ones")
THERE = "What is different there, and what does your code make of it?"
OF_VIEWS = (
    "A view such as X.T has its rows in another order in memory. Does one of your steps go through memory, and not "
    "through rows and columns: `nditer`, `order='K'` or 'A', `strides`, writing through `reshape` or `ravel`?"
)
OF_WHOLE = (
    "An array that is made with the dtype of whole numbers, as by `zeros_like`, `empty_like` or `copy`, keeps whole "
    "numbers alone: are fractions cut off, or refused, where your code writes into it? Or is there a `//`?"
)
FAR_OUT = (
    "Is there a bound, a rounding or a sum with a small number? Or does something on the way (a square, a power, one "
    "scale for all) leave float64's range, 1e-308 to 1e308?"
)
CONSTANT = (*FILLED, "flushed", "place")  # ideas of results that need not differ
Predict = Callable[[Trial], Any]
Fits = Callable[[Trial, Alike], bool]


class Unfit(Exception):
    """The idea does not apply to this trial: there the result should be right."""


@dataclass(frozen=True)
class Probe:
    """`name` follows "your function", `hint` leads to the mend; `fits` says whether a trial came out as predicted.

    `topic`: the argument that it is about; empty if it is about the result.
    """

    id: str
    name: str
    hint: str
    fits: Fits
    topic: str = ""
    by_errors: bool = False  # whether errors alone are evidence: so many mistakes raise the same

    @property
    def cause(self) -> Cause:
        """What a student reads."""
        return Cause(f"probe_{self.id}", self.name, self.hint)

    def explains(self, trials: Sequence[Trial], alike: Alike) -> bool:
        """Whether all trials came out as predicted."""
        with np.errstate(all="ignore"):
            return all(self.fits(trial, alike) for trial in trials)

    def remembering(self) -> "Probe":
        """The same, which judges each trial once."""
        known = dict[int, bool]()

        def fits(trial: Trial, alike: Alike) -> bool:
            if id(trial) not in known:
                known[id(trial)] = self.fits(trial, alike)
            return known[id(trial)]

        return replace(self, fits=fits)

    def is_evident(self, wrong: Sequence[Trial]) -> bool:
        """Whether it is seen in several values that differ, not only in errors, which many mistakes have in common."""
        if self.by_errors:
            return True
        values = [trial.reply.result for trial in wrong if trial.reply.error is None]
        return len(values) >= SEVERAL if self.id in CONSTANT else differ(values)

    def only_where(self, holds: Callable[[Trial], bool], words: str) -> "Probe":
        """The same in some cases, and right results in all others."""

        def fits(trial: Trial, alike: Alike) -> bool:
            return self.fits(trial, alike) if holds(trial) else trial.is_like(trial.wanted, alike)

        hint = THERE if self.id in FILLED else self.hint
        return replace(self, name=f"{self.name}{words}", hint=hint, fits=fits)

    def or_else(self, other: "Probe", words: str) -> "Probe":
        """This or another one."""

        def fits(trial: Trial, alike: Alike) -> bool:
            return self.fits(trial, alike) or other.fits(trial, alike)

        return replace(self, name=f"{self.name}{words}", hint=f"{self.hint} {other.hint}", fits=fits)

    def not_where(self, holds: Callable[[Trial], bool], words: str) -> "Probe":
        """The same but for some cases, of which nothing is said."""

        def fits(trial: Trial, alike: Alike) -> bool:
            return holds(trial) or self.fits(trial, alike)

        return replace(self, name=f"{self.name}{words}", fits=fits)


def predicting(predict: Predict) -> Fits:
    """A trial fits if the function returned what `predict` returns, or raised what it raises."""

    def fits(trial: Trial, alike: Alike) -> bool:
        try:
            value = predict(trial)
        except Unfit:
            value = trial.wanted
        except Exception as error:
            return trial.reply.error == exception_name(error)
        return trial.is_like(value, alike)

    return fits


# The parts of a result --------------------------------------------------------------------------------------------


def family(path: str) -> str:
    """The parts that belong together: `dW^[l]` for dW1, dW2, …; `[1][l][0]` for the first arrays in a list of pairs."""
    if path.startswith("["):
        first, *rest = path[1:-1].split("][")
        return f"[{first}]" + "".join(
            f"[{'l' if number == 0 else index}]" for number, index in enumerate(rest)
        )
    letters = path.rstrip("0123456789")
    return f"{letters}^[l]" if letters else ""


def parts(value: Any, path: str = "") -> dict[str, Array]:
    """The arrays and numbers in a result by where they are, such as `dW1`, or `[1][0][0]`."""
    if isinstance(value, dict):
        found = [parts(item, f"{path}{key}") for key, item in value.items()]
    elif isinstance(value, list | tuple):
        found = [parts(item, f"{path}[{number}]") for number, item in enumerate(value)]
    else:
        if isinstance(value, bool | str) or value is None:
            return {}
        array = np.asarray(value)
        return {path: array} if array.dtype.kind in "biuf" else {}
    return {name: array for some in found for name, array in some.items()}


def changed(value: Any, change: Callable[[str, Array], Any], path: str = "") -> Any:
    """The result with every array or number in it changed; `change` is told where it is."""
    if isinstance(value, dict):
        return {key: changed(item, change, f"{path}{key}") for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [changed(item, change, f"{path}[{number}]") for number, item in enumerate(value)]
    if value is None or isinstance(value, bool | str):
        raise Unfit
    new = change(path, np.asarray(value))
    return new if isinstance(value, np.ndarray) else np.asarray(new).item()
