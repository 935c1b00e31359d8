"""Small questions to a student's function, with public inputs only, where no misconception explains what it did.

An idea (see `probe`) speaks only if it predicts everything: all that came back for public inputs, of right calls as of
wrong ones, and then all that was recorded of the hidden ones, which it never saw. Nothing in a sentence is taken
from a hidden input.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice

import numpy as np

from autograder.authoring import Call, Misconception
from autograder.authoring.misconception import Alike
from autograder.course.exercises import exercise_of, misconceptions_of
from autograder.grading.probes import of_arguments, of_calls, of_draws, of_results
from autograder.grading.probes.approximations import approximations
from autograder.grading.probes.places import (
    FEW,
    GENERAL,
    WHOLE,
    Place,
    around,
    is_of_size,
    of_another_size,
    places,
    tells,
)
from autograder.grading.probes.probe import FAR_OUT, OF_VIEWS, OF_WHOLE, THERE, Probe, predicting
from autograder.grading.probes.trials import (
    Trial,
    answer,
    comparison,
    is_random,
    public,
    recorded,
    size,
    tried,
)
from autograder.results import Cause
from autograder.sandbox import Session

MOST = 2  # ideas that cannot be told apart
LIKELY = 5  # ideas that are tried on all calls, though they do not explain all


@dataclass(frozen=True)
class Found:
    """What explains all that the function returns, or else what further calls show; without either `where` says where
    it goes wrong, in accord with further observations.
    """

    causes: tuple[Cause, ...] = ()
    where: Callable[[Sequence[Trial]], tuple[Cause, ...]] = lambda _: ()
    raising: Call | None = None  # the smallest public one, if some raise


def found(exercise: str, session: Session, calls: Sequence[Call], reopen: Callable[[], Session]) -> Found:
    """What is known of a mistake.

    `calls` are those recorded in the hidden checks; `reopen` loads the notebook afresh.
    """
    trials = tried(public(exercise), session)
    alike = comparison(exercise)
    errors = [trial.call for trial in trials if trial.reply.error and trial.reply.error.endswith("Error")]
    raising = min(errors, key=lambda call: size(call.arguments), default=None)
    return replace(_found(exercise, trials, alike, session, calls, reopen), raising=raising)


def _found(
    exercise: str,
    trials: list[Trial],
    alike: Alike,
    session: Session,
    calls: Sequence[Call],
    reopen: Callable[[], Session],
) -> Found:
    with np.errstate(all="ignore"):
        wrong = [trial for trial in trials if not trial.is_like(trial.wanted, alike)]
        right = [trial for trial in trials if trial.is_like(trial.wanted, alike)]
        hidden = recorded(exercise, calls)
        if not wrong:
            off = [probe for probe in approximations(right) if probe.explains(hidden, alike)]
            return Found(tuple(probe.cause for probe in off if misconceptions_of(exercise).is_exact))
        if read := _read(exercise, session):
            return Found(read)
        if known := _explaining(wrong, right, hidden, alike):
            return Found(tuple(probe.cause for probe in _apart(known)))
        if is_random(exercise):
            drawn = of_draws.draws(exercise, session)
            return Found(tuple(of_draws.seen(drawn, is_normal=exercise.endswith("_normal"))))
        with reopen() as fresh:
            if state := of_calls.kept(wrong, alike, fresh):
                return Found((state,))
        more = of_calls.asked(wrong, trials, alike, session)
    return Found((more,)) if more else Found(where=partial(_where, session, wrong, right, hidden, alike))


def told_by_more(exercise: str, session: Session, known: Sequence[Misconception]) -> tuple[Cause, ...]:
    """Those known mistakes that do what the function does in public, or else what the exercise's reading says."""
    trials, alike = tried(public(exercise), session), misconceptions_of(exercise).alike
    with np.errstate(all="ignore"):
        holding = [wrong for wrong in known if _known(wrong).explains(trials, alike)]
        return tuple(Cause(wrong.id, wrong.name, wrong.hint) for wrong in holding) or _read(exercise, session)


def _read(exercise: str, session: Session) -> tuple[Cause, ...]:
    reading = exercise_of(exercise).reading
    return tuple(reading(partial(session.calls, exercise))) if reading else ()


def _explaining(wrong: list[Trial], right: list[Trial], hidden: Sequence[Trial], alike: Alike) -> list[Probe]:
    bad = [trial for trial in hidden if not trial.is_like(trial.wanted, alike)]
    for place, probes in _stages(wrong, right, alike):
        known = [p for p in probes if p.explains(wrong, alike) and p.is_evident([*wrong, *bad])]
        for some in (right, hidden):
            known = [probe for probe in known if probe.explains(some, alike)]
        if known and not (place and _differ(known)):
            return known
    return []


def _differ(probes: Sequence[Probe]) -> bool:
    """Whether ideas for some cases differ: there, each of them may be chance. What is said of the result goes first."""
    first = [probe for probe in probes if not probe.topic] or probes
    return len({probe.id.removeprefix(f"{probe.topic}_") for probe in first}) > 1


def _where(
    session: Session,
    wrong: list[Trial],
    right: list[Trial],
    hidden: Sequence[Trial],
    alike: Alike,
    others: Sequence[Trial],
) -> tuple[Cause, ...]:
    """In which cases, layers or parts of the results it goes wrong, the hidden calls and the others among them."""
    with np.errstate(all="ignore"):
        more = [t for t in (*hidden, *others) if tells(t) or not t.is_like(t.wanted, alike)]
        bad = [trial for trial in more if not trial.is_like(trial.wanted, alike)]
        cases = [
            place.words
            for place in places(wrong, right, len(bad))
            if _holds_for(place, more, alike) and not _is_refuted(place, wrong, alike, session)
        ]
        layers = [position.words for position in of_results.positions(wrong, bad)]
        said = [*cases, *layers, *of_results.parts_wrong(wrong, bad)]
    return tuple(_cause(words) for words in said[:1])


def _stages(
    wrong: list[Trial], right: list[Trial], alike: Alike
) -> Iterator[tuple[Place | None, list[Probe]]]:
    """Ideas for everything, then for some cases, then beside another mistake; at last approximations."""
    ideas = [idea.remembering() for idea in _ideas(wrong)]
    yield None, ideas
    for place in around(wrong, right):
        some = [idea for idea in ideas if place.is_branch or not idea.topic]
        yield place, [idea.only_where(place.holds, f", {place.words}") for idea in some]
    if not is_random(wrong[0].call.name):
        yield None, list(_beside_another(ideas, wrong, right, alike))
    raising = [trial for trial in wrong if trial.reply.error]
    if 0 < len(raising) < len(wrong) / 2 and _is_of_values(raising[0]):
        some = _ideas([t for t in wrong if not t.reply.error])
        yield None, [_beside_errors(idea, raising[0]) for idea in some]
    # To nine digits right is taken for right here, unless results are approximations anyway.
    yield (
        None,
        list(approximations([*wrong, *right] if misconceptions_of(wrong[0].call.name).is_exact else wrong)),
    )


def _is_of_values(trial: Trial) -> bool:
    """Whether an error may come from values, and not from a name that is not there: that one is the mistake."""
    error = trial.reply.error or ""
    return error.endswith("Error") and error not in (
        "NameError",
        "UnboundLocalError",
        "AttributeError",
        "ImportError",
    )


def _ideas(trials: list[Trial]) -> list[Probe]:
    return [*of_results.ideas(trials), *of_arguments.ideas(trials)]


def _beside_another(
    ideas: Sequence[Probe], wrong: list[Trial], right: list[Trial], alike: Alike
) -> Iterator[Probe]:
    """An idea that explains most of what is wrong, where a known mistake explains the rest, or some cases are left."""
    known = [*map(_known, misconceptions_of(wrong[0].call.name))]
    likely = (idea for idea in (*known, *ideas) if len(wrong) > 3 and _is_likely(idea, wrong, alike))
    for idea in islice(likely, LIKELY):
        fitting = [idea.fits(trial, alike) for trial in wrong]
        told = [trial for trial, fits in zip(wrong, fitting, strict=True) if fits and not trial.reply.error]
        rest = [trial for trial, fits in zip(wrong, fitting, strict=True) if not fits]
        if len(told) <= len(rest) or len(rest) < FEW:
            continue
        second = next((other for other in known if other.explains(rest, alike)), None)
        place = next(iter(places(rest, [*told, *right])), None)
        if second is not None:
            yield idea.or_else(second, f". Besides, it {second.name}")
            return
        if place is not None:
            yield idea.not_where(place.holds, f". Besides, something else goes wrong {place.words}")
            return


def _is_likely(idea: Probe, wrong: Sequence[Trial], alike: Alike) -> bool:
    """Whether two of the first three came out as predicted."""
    one, two = (idea.fits(trial, alike) for trial in wrong[:2])
    return one if one == two else idea.fits(wrong[2], alike)


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
    """Whether all that is wrong lies there; in a branch of the code some results may be right for other reasons."""
    wrong = [trial for trial in hidden if not trial.is_like(trial.wanted, alike)]
    right = [trial for trial in hidden if trial.is_like(trial.wanted, alike)]
    return all(map(place.holds, wrong)) and (place.is_branch or not any(map(place.holds, right)))


def _is_refuted(place: Place, wrong: Sequence[Trial], alike: Alike, session: Session) -> bool:
    """Whether calls that go wrong still do when the entries of which it is said have another size."""
    changed = [arguments for trial in wrong[:3] if (arguments := of_another_size(place, trial)) is not None]
    if place.entries is None or not changed:
        return False
    name = wrong[0].call.name
    replies = session.calls(name, changed)
    pairs = zip(changed, replies, strict=True)
    try:
        again = [Trial(Call(name, some, reply), answer(name, some)) for some, reply in pairs]
    except Exception:  # the reference's: these arguments are not valid, and tell nothing
        return False
    return not all(trial.is_like(trial.wanted, alike) for trial in again)


def _cause(place: str) -> Cause:
    return Cause("probe_place", f"goes wrong {place}", _hint(place))


def _hint(place: str) -> str:
    if place.endswith(GENERAL):
        return OF_VIEWS
    if WHOLE in place:
        return OF_WHOLE
    return FAR_OUT if is_of_size(place) else THERE
