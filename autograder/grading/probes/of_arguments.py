"""Ideas that a function does what is right for other arguments than those that it was given."""

import inspect
from collections.abc import Callable, Iterator
from functools import partial
from itertools import combinations, product
from typing import Any

import numpy as np

from autograder.authoring.misconception import Alike
from autograder.course.exercises import exercise_of
from autograder.grading.probes.changes import Change, changes
from autograder.grading.probes.numbers import power
from autograder.grading.probes.of_results import features
from autograder.grading.probes.probe import Fits, Probe, Unfit
from autograder.grading.probes.trials import Trial
from autograder.sandbox.inside.cells import exception_name

Given = list[Any]


def ideas(trials: list[Trial]) -> Iterator[Probe]:
    """One argument is something else, or two are exchanged, or all numbers are of single precision."""
    trial = trials[0]
    reference = exercise_of(trial.call.name).reference
    parameters = list(inspect.signature(reference).parameters.values())
    given = list(zip(parameters, trial.arguments, strict=True))
    for index, (parameter, value) in enumerate(given):
        name = parameter.name
        for change in changes(name, value, parameter.default):
            yield _instead(index, name, change)
        if isinstance(value, float):
            for words, exponent in product(features(trial), (1.0, -1.0, 0.5, -0.5)):
                if words.strip("|") != name:
                    yield _scaled(index, name, words, exponent)
    for (i, (first, a)), (j, (second, b)) in combinations(enumerate(given), 2):
        if type(a) is type(b):
            yield _exchanged(i, j, first.name, second.name)
    yield _in_single()


def _instead(index: int, name: str, change: Change) -> Probe:
    def new(given: Given, _: Trial) -> Given:
        return [*given[:index], change.function(given[index]), *given[index + 1 :]]

    said = f"acts as if {change.words}"
    return Probe(
        f"{name}_{change.id}", said, change.hint, _given(new), name, by_errors=change.id == "as_text"
    )


def _scaled(index: int, name: str, words: str, exponent: float) -> Probe:
    """A number times another one that follows from the arguments."""

    def new(given: Given, trial: Trial) -> Given:
        factor = features(trial).get(words, 0.0)
        if factor <= 0:
            raise Unfit
        return [*given[:index], given[index] * factor**exponent, *given[index + 1 :]]

    how = "divided by" if exponent < 0 else "times"
    said = f"acts as if {name} were {name} {how} {power(words, exponent)}"
    return Probe(f"{name}_scaled", said, f"Where does {words} enter, and how often?", _given(new), name)


def _exchanged(i: int, j: int, first: str, second: str) -> Probe:
    def new(given: Given, _: Trial) -> Given:
        given[i], given[j] = given[j], given[i]
        return given

    hint = "Compare the order of your arguments, where you call and where you define, with the text."
    return Probe(f"{first}_{second}", f"exchanges {first} and {second}", hint, _given(new), first)


def _in_single() -> Probe:
    def new(given: Given, _: Trial) -> Given:
        return [_as(np.float32, value) for value in given]

    hint = "float32 has 7 digits. Where are numbers converted to it?"
    name = "computes with numbers of single precision (float32)"
    return Probe("single", name, hint, _given(new, partial(_as, np.float64)), "single")


def _given(new: Callable[[Given, Trial], Given], of: Callable[[Any], Any] = lambda value: value) -> Fits:
    """A trial fits if it came out as with the new arguments, or right where these cannot be."""

    def fits(trial: Trial, alike: Alike) -> bool:
        try:
            value = of(exercise_of(trial.call.name).reference(*new(trial.given, trial)))
        except Unfit:
            return trial.is_like(trial.wanted, alike)
        except Exception as error:
            return trial.reply.error == exception_name(error) or trial.is_like(trial.wanted, alike)
        return trial.is_like(value, alike)

    return fits


def _as(dtype: type, value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return value.astype(dtype)
    if isinstance(value, list | tuple):
        return [_as(dtype, item) for item in value]
    return {key: _as(dtype, item) for key, item in value.items()} if isinstance(value, dict) else value
