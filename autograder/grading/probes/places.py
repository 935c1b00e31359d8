"""Where is it wrong? In which cases alone, or from which size on: what can be seen, though it is not yet the cause."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from autograder.authoring.domain import Corner
from autograder.course.exercises import exercise_of
from autograder.course.reference.backpropagation import KINDS
from autograder.grading.probes.of_results import features
from autograder.grading.probes.probe import parts
from autograder.grading.probes.trials import Trial

ENTRY, MANY = "a largest entry", 5  # trials that say something of an array by one number
SURE = 2  # sizes that may be meant; of more, each may have nothing to do with it
FEW = 3  # trials that say something, at least, on either side
WHOLE = "whole numbers"  # a dtype: it may cost digits, but no entries
GENERAL = ("a view", "views")  # of memory, not of mathematics: named only if nothing else is


@dataclass(frozen=True)
class Place:
    """Some cases: `holds` says whether a trial is one of them; the words follow a comma."""

    words: str
    holds: Callable[[Trial], bool]
    is_branch: bool = False  # a value that code may ask for; there, ideas about arguments are no chance
    corner: str = ""
    # The argument whose entries are meant, and their size on the right side.
    entries: tuple[str, float] | None = None


_FAR_OUT = re.compile(r"tiny|huge|smallest|vanished|exploded|signal|far apart|\de[+-]?\d{2,3}\b")


def is_of_size(words: str) -> bool:
    """Whether what tells these cases apart is how far from 1 numbers are."""
    return _FAR_OUT.search(words) is not None


def places(wrong: Sequence[Trial], right: Sequence[Trial], more: int = 0) -> list[Place]:
    """Those in which all wrong trials lie, and no right one; of several kinds only the first that has any.

    `more` wrong ones are known, from which nothing may be told.
    """
    right = [trial for trial in right if tells(trial)]
    if len(wrong) < 2 or len(wrong) + more < FEW or len(right) < FEW:
        return []
    has_shapes = all(map(_has_right_shapes, wrong))
    for kind in (_activations(wrong[0]), _only_in(wrong[0]), _thresholds(wrong, right)):
        found = [place for place in kind if all(map(place.holds, wrong)) and not any(map(place.holds, right))]
        if not has_shapes:  # that results have another form is no matter of size, nor of a dtype
            found = [
                place for place in found if place.is_branch or (place.corner and WHOLE not in place.corner)
            ]
        elif (
            len({place.words.partition(" =")[0] for place in found if not (place.is_branch or place.corner)})
            > SURE
        ):
            found = []  # which of so many sizes it is cannot be known
        if found:
            return _together(found)
    return []


def _together(found: list[Place]) -> list[Place]:
    """Two corners that cannot be told apart are both named, as either may have nothing to do with it."""
    corners = [place for place in found if place.corner and place.corner not in GENERAL]
    if len(corners) < 2 or found[0] is not corners[0]:
        return found
    one, other = (place.corner for place in corners[:2])
    return [
        replace(
            corners[0],
            words=f"only here, of all that was tried: {one}, and {other}; either may be the reason",
        )
    ]


def around(wrong: Sequence[Trial], right: Sequence[Trial]) -> list[Place]:
    """Those in which all wrong trials lie, and not all right ones: the fewer of these, the earlier.

    Several right trials outside have to tell that it is otherwise there.
    """
    if len(wrong) < FEW:
        return []
    kinds = (_activations(wrong[0]), _only_in(wrong[0]), _but_for(wrong[0]), _thresholds(wrong, right))
    found = [place for kind in kinds for place in kind if all(map(place.holds, wrong))]
    count = {place: sum(map(place.holds, right)) for place in found}
    telling = [trial for trial in right if tells(trial)]
    known = [place for place in found if sum(not place.holds(trial) for trial in telling) >= FEW]
    return sorted(known, key=lambda place: count[place])[:FEW]


def tells(trial: Trial) -> bool:
    """Whether a right result is more than 0 or inf, which mistakes often leave as they are."""
    return any(np.any(array[np.isfinite(array)]) for array in parts(trial.wanted).values())


def _has_right_shapes(trial: Trial) -> bool:
    got, wanted = parts(trial.reply.result), parts(trial.wanted)
    return got.keys() == wanted.keys() and all(got[path].shape == wanted[path].shape for path in wanted)


def _activations(trial: Trial) -> Iterator[Place]:
    for index, (name, value) in enumerate(zip(trial.names, trial.arguments, strict=True)):
        if isinstance(value, str) and value in KINDS:
            for kind in KINDS:
                yield Place(f'for {name} = "{kind}" alone', partial(_is_at, index, kind), True)
            for kind in KINDS:
                yield Place(f'for every {name} but "{kind}"', partial(_is_not_at, index, kind), True)


def _is_at(index: int, kind: str, trial: Trial) -> bool:
    return bool(trial.arguments[index] == kind)


def _is_not_at(index: int, kind: str, trial: Trial) -> bool:
    return not _is_at(index, kind, trial)


def _only_in(trial: Trial) -> Iterator[Place]:
    corners = exercise_of(trial.call.name).domain
    for corner in sorted(corners, key=lambda corner: corner.name in GENERAL):
        yield Place(
            f"only here, of all that was tried: {corner.name}", partial(_is_in, corner), corner=corner.name
        )


def _but_for(trial: Trial) -> Iterator[Place]:
    for corner in exercise_of(trial.call.name).domain:
        yield Place(f"in all cases but this one: {corner.name}", partial(_is_not_in, corner))


def _is_in(corner: Corner, trial: Trial) -> bool:
    return corner.touched([trial.call.arguments])


def _is_not_in(corner: Corner, trial: Trial) -> bool:
    return not _is_in(corner, trial)


def _thresholds(wrong: Sequence[Trial], right: Sequence[Trial]) -> Iterator[Place]:
    if len(wrong) < FEW or len(right) < FEW:
        return
    for words in _measures(wrong[0]):
        bad = [_measures(trial).get(words, np.nan) for trial in wrong]
        good = [_measures(trial).get(words, np.nan) for trial in right]
        if len(set(bad)) < 2 or len(set(good)) < 2 or (words.startswith(ENTRY) and len(bad) < MANY):
            continue
        if max(good) < min(bad):
            text = f"from {words} = {min(bad):.3g} on, and not up to {max(good):.3g}"
            bound = (max(good) + min(bad)) / 2
            yield Place(text, partial(_is_beyond, words, bound), entries=_entries(words, max(good)))
        if max(bad) < min(good):
            text = f"up to {words} = {max(bad):.3g}, and not from {min(good):.3g} on"
            bound = (max(bad) + min(good)) / 2
            yield Place(text, partial(_is_below, words, bound), entries=_entries(words, min(good)))


def _entries(words: str, size: float) -> tuple[str, float] | None:
    return (words.removeprefix(f"{ENTRY} of "), size) if words.startswith(ENTRY) else None


def of_another_size(place: Place, trial: Trial) -> tuple[Any, ...] | None:
    """A trial's arguments with the entries that are meant of a size at which all was right."""
    name, size = place.entries or ("", 0.0)
    arguments = list(trial.call.arguments)
    index = trial.names.index(name) if name in trial.names else len(arguments)
    largest = float(np.max(np.abs(arguments[index]), initial=0.0)) if index < len(arguments) else 0.0
    if not largest or not np.isfinite(largest):
        return None
    arguments[index] = arguments[index] * (size / largest)
    return tuple(arguments)


def _is_beyond(words: str, bound: float, trial: Trial) -> bool:
    return _measures(trial).get(words, -np.inf) > bound


def _is_below(words: str, bound: float, trial: Trial) -> bool:
    return _measures(trial).get(words, np.inf) < bound


def _measures(trial: Trial) -> dict[str, float]:
    """The plain numbers in the arguments, and the size of the right result."""
    found = {words: x for words, x in features(trial).items() if not set(words) & set("·+−")}
    for name, value in zip(trial.names, trial.arguments, strict=True):
        if isinstance(value, np.ndarray):
            found[f"{ENTRY} of {name}"] = float(np.max(np.abs(value), initial=0.0))
    results = [np.max(np.abs(array), initial=0.0) for array in parts(trial.wanted).values()]
    return found | ({"a right result of size": float(max(results))} if results else {})
