"""Small questions to a student's function, with public inputs only, where no misconception explains what it did.

An idea (see `probe`) speaks only if it predicts everything: all that came back for public inputs, of right calls as of
wrong ones, and then all that was recorded of the hidden ones, which it never saw. Nothing in a sentence is taken
from a hidden input.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from autograder.authoring import Call, Misconception
from autograder.authoring.misconception import Alike
from autograder.course.exercises import misconceptions_of
from autograder.grading.probes import of_arguments, of_calls, of_draws, of_results
from autograder.grading.probes.places import Place, around, places
from autograder.grading.probes.probe import Probe, predicting
from autograder.grading.probes.trials import Trial, comparison, is_random, public, recorded, tried
from autograder.results import Cause
from autograder.sandbox import Session

MOST = 2  # ideas that cannot be told apart
LIKELY = 5  # ideas that are tried on all calls, though they do not explain all


def found(
    exercise: str, session: Session, calls: Sequence[Call], reopen: Callable[[], Session]
) -> tuple[Cause, ...]:
    """What explains all that the function returns, or at least where it goes wrong.

    `calls` are those recorded in the hidden checks; `reopen` loads the notebook afresh.
    """
    trials = tried(public(exercise), session)
    alike = comparison(exercise)
    with np.errstate(all="ignore"):
        wrong = [trial for trial in trials if not trial.is_like(trial.wanted, alike)]
        right = [trial for trial in trials if trial.is_like(trial.wanted, alike)]
        if not wrong:
            return ()
        hidden = recorded(exercise, calls)
        if known := _explaining(wrong, right, hidden, alike):
            return tuple(probe.cause for probe in _apart(known))
        if is_random(exercise):
            return tuple(of_draws.seen(of_draws.draws(exercise, session)))
        with reopen() as fresh:
            if state := of_calls.kept(wrong, alike, fresh):
                return (state,)
        more = of_calls.asked(wrong, trials, alike, session)
        where = _where(wrong, right, hidden, alike)
    return (more,) if more else tuple(where[:1])


def _explaining(wrong: list[Trial], right: list[Trial], hidden: Sequence[Trial], alike: Alike) -> list[Probe]:
    for probes in _stages(wrong, right, alike):
        known = [p for p in probes if p.explains(wrong, alike) and p.is_evident(wrong, alike)]
        for some in (right, hidden):
            known = [probe for probe in known if probe.explains(some, alike)]
        if known:
            return known
    return []


def _where(wrong: list[Trial], right: list[Trial], hidden: Sequence[Trial], alike: Alike) -> list[Cause]:
    """In which cases, layers or parts of the results it goes wrong."""
    bad = [trial for trial in hidden if not trial.is_like(trial.wanted, alike)]
    cases = [place.words for place in places(wrong, right) if _holds_for(place, hidden, alike)]
    layers = [position.words for position in of_results.positions(wrong, bad)]
    return [_cause(words) for words in (*cases, *layers, *of_results.parts_wrong(wrong, bad))]


def _stages(wrong: list[Trial], right: list[Trial], alike: Alike) -> Iterator[list[Probe]]:
    """Ideas for everything, then for some cases, then beside another mistake; at last approximations."""
    ideas = _ideas(wrong)
    yield ideas
    for place in around(wrong, right):
        yield [idea.only_where(place.holds, f", {place.words}") for idea in ideas]
    if not is_random(wrong[0].call.name):
        yield list(_beside_another(ideas, wrong, right, alike))
    raising = [trial for trial in wrong if trial.reply.error]
    if raising and len(wrong) - len(raising) > 1:
        yield [_beside_errors(idea, raising[0]) for idea in _ideas([t for t in wrong if not t.reply.error])]
    yield list(of_results.approximations(wrong))


def _ideas(trials: list[Trial]) -> list[Probe]:
    return [*of_results.ideas(trials), *of_arguments.ideas(trials)]


def _beside_another(
    ideas: Sequence[Probe], wrong: list[Trial], right: list[Trial], alike: Alike
) -> Iterator[Probe]:
    """An idea that explains most of what is wrong, where a known mistake explains the rest, or some cases are left."""
    known = [*map(_known, misconceptions_of(wrong[0].call.name))]
    likely = [idea for idea in (*known, *ideas) if sum(idea.fits(trial, alike) for trial in wrong[:3]) > 1]
    for idea in likely[:LIKELY] if len(wrong) > 3 else ():
        fitting = [idea.fits(trial, alike) for trial in wrong]
        told = [trial for trial, fits in zip(wrong, fitting, strict=True) if fits and not trial.reply.error]
        rest = [trial for trial, fits in zip(wrong, fitting, strict=True) if not fits]
        if len(told) <= len(rest) or not rest:
            continue
        second = next((other for other in known if other.explains(rest, alike)), None)
        place = next(iter(places(rest, [*told, *right])), None)
        if second is not None:
            yield idea.or_else(second, f". Besides, it {second.name}")
            return
        if place is not None:
            yield idea.not_where(place.holds, f". Besides, it goes wrong {place.words}")
            return


def _known(wrong: Misconception) -> Probe:
    return Probe(wrong.id, wrong.name, wrong.hint, predicting(lambda trial: wrong.function(*trial.given)))


def _beside_errors(idea: Probe, trial: Trial) -> Probe:
    """The idea for all calls that return; some raise an error besides."""
    words = f", and raises {trial.reply.error} elsewhere"

    def returns(other: Trial, alike: Alike) -> bool:
        return other.reply.error == trial.reply.error or idea.fits(other, alike)

    return replace(idea, name=f"{idea.name}{words}", fits=returns)


def _apart(probes: list[Probe]) -> list[Probe]:
    """The first, and one about another argument that cannot be told from it; what is said of the result will do."""
    topics = {probe.topic: probe for probe in reversed(probes)}
    return [topics[""]] if "" in topics else list(reversed(topics.values()))[:MOST]


def _holds_for(place: Place, hidden: Sequence[Trial], alike: Alike) -> bool:
    return all(trial.is_like(trial.wanted, alike) != place.holds(trial) for trial in hidden)


def _cause(place: str) -> Cause:
    hint = "What is different there, and where does your code treat it differently?"
    return Cause("probe_place", f"goes wrong {place}", hint)
