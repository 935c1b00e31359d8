"""The picture in which a mistake is seen, if the exercise has one: of public calls, in which nothing is hidden.

Where a misconception does all that the function did, its formula makes the picture, once for a class. Else the function
is asked, in the session of the search, which never saw a hidden input.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import numpy as np

from autograder.authoring.sketch import Sketch, alike_in_form
from autograder.authoring.values import real
from autograder.course.exercises import exercise_of, misconceptions_of
from autograder.results import Picture
from autograder.sandbox import Session, SessionLost

# The results of calls, without those of calls that raise.
Ask = Callable[[Sequence[tuple[Any, ...]]], list[Any]]


def picture_of(exercise: str, session: Session) -> Picture | None:
    """What the student's function shows."""

    def ask(calls: Sequence[tuple[Any, ...]]) -> list[Any]:
        return [reply.result for reply in session.calls(exercise, calls) if reply.error is None]

    try:
        return _first(exercise, ask)
    except SessionLost:
        return None


def picture_like(exercise: str, misconceptions: Sequence[str]) -> Picture | None:
    """What each of these misconceptions shows, if it is the same."""
    pictures = {_known(exercise, name) for name in misconceptions}
    return pictures.pop() if len(pictures) == 1 else None


@cache
def _known(exercise: str, misconception: str) -> Picture | None:
    wrong = next((one for one in misconceptions_of(exercise) if one.id == misconception), None)
    if wrong is None:  # a cause that was read off the student's own function
        return None
    return _first(exercise, lambda calls: _results(wrong.function, calls))


def _first(exercise: str, ask: Ask) -> Picture | None:
    """The first of the exercise's pictures that shows a difference."""
    for sketch, wanted in _sketches(exercise):
        got = ask(sketch.calls)
        if not alike_in_form(got, wanted):
            continue
        with np.errstate(all="ignore"):
            picture = sketch.drawn(got, wanted)
        if picture is not None:
            return picture
    return None


@cache
def _sketches(exercise: str) -> tuple[tuple[Sketch, list[Any]], ...]:
    """What may be drawn, with the right results, which are computed once for a class."""
    declared = exercise_of(exercise)
    sketches = declared.pictures() if declared.pictures else ()
    return tuple((sketch, _results(declared.reference, sketch.calls)) for sketch in sketches)


def _results(function: Callable[..., Any], calls: Sequence[tuple[Any, ...]]) -> list[Any]:
    """What a function of ours returns, as far as it does."""
    results = []
    with np.errstate(all="ignore"):
        for call in calls:
            try:
                results.append(function(*map(real, call)))
            except Exception:  # a misconception may raise
                return results
    return results
