"""By which rule does a student's `best_multiplier` choose? Found by its answers for tiny public networks.

There the draws decide, so that among many offers no two rules give the same answers throughout.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np

from autograder.authoring.exercise import Ask
from autograder.course.a4_depth_150._quantities import (
    NONE,
    OF_THE_INPUT,
    OF_THE_NETWORK,
    Mistake,
    Plan,
    Run,
    ignored,
    number,
)
from autograder.course.reference.backpropagation import KINDS, Array
from autograder.results import Cause
from autograder.sandbox import Reply, Rng

OFFERS = 28
LADDERS = (  # of candidates: near ones, and some that are far from the best on both sides
    0.35 * 1.75 ** np.arange(6.0),
    np.array([0.04, 0.17, 6.0, 20.0, 70.0, 300.0]),
)
FEW = 6  # different answers, at least, that show a rule
EVIDENT = 2  # answers in which another rule differs from the right one
EXACT = 1e-12


@dataclass(frozen=True)
class Offer:
    """A public call: a plan without its multiplier, and the multipliers to choose from."""

    plan: Plan
    candidates: tuple[float, ...]
    seed: int

    def arguments(self, turn: int = 0) -> tuple[Any, ...]:
        """Those of the call; other turns have other generators."""
        plan = self.plan
        rng = Rng(self.seed + OFFERS * turn)
        return plan.activation, list(self.candidates), plan.depth, plan.width, rng

    @property
    def plans(self) -> list[Plan]:
        """One for each candidate."""
        return [replace(self.plan, multiplier=c) for c in self.candidates]


def _offer(seed: int) -> Offer:
    kind, rng = KINDS[seed % len(KINDS)], np.random.default_rng(seed)
    plan = Plan("xavier", kind, 3 + seed // 4 % 3, 2 + seed // 8 % 2)
    scale = {"relu": 2.0, "sigmoid": 3.0}.get(kind, 1.0) * float(rng.uniform(0.6, 1.6))
    return Offer(plan, tuple((scale * rng.permutation(LADDERS[seed // 4 % 2])).tolist()), seed)


ALL = tuple(map(_offer, range(OFFERS)))
Draw = Callable[[Offer, Mistake, np.random.Generator], Iterator[Run]]


def _weights_then_input(offer: Offer, mistake: Mistake, rng: np.random.Generator) -> Iterator[Run]:
    for plan in map(mistake.change, offer.plans):
        W = plan.weights(rng)
        yield Run(plan, W, plan.input(rng))


def _input_then_weights(offer: Offer, mistake: Mistake, rng: np.random.Generator) -> Iterator[Run]:
    for plan in map(mistake.change, offer.plans):
        x = plan.input(rng)
        yield Run(plan, plan.weights(rng), x)


def _one_input(offer: Offer, mistake: Mistake, rng: np.random.Generator) -> Iterator[Run]:
    plans = [mistake.change(plan) for plan in offer.plans]
    x = plans[0].input(rng)
    for plan in plans:
        yield Run(plan, plan.weights(rng), x)


def _one_network(offer: Offer, mistake: Mistake, rng: np.random.Generator) -> Iterator[Run]:
    plans = [mistake.change(plan) for plan in offer.plans]
    unit = replace(plans[0], multiplier=1.0)
    W = unit.weights(rng)
    x = unit.input(rng)
    for plan in plans:
        yield Run(plan, [np.sqrt(plan.multiplier) * one for one in W], x)


DRAWS: tuple[Draw, ...] = (_weights_then_input, _input_then_weights, _one_input, _one_network)


def _multiplier(words: str, hint: str, change: Callable[[float], float]) -> Mistake:
    return Mistake(words, hint, lambda plan: replace(plan, multiplier=change(plan.multiplier)))


_VARIANCE = "The weights' variance is to be c/n. What is it in your networks?"
OF_THE_MULTIPLIER = (
    _multiplier("multiplies the weights, not their variance, by the candidate", _VARIANCE, lambda c: c * c),
    _multiplier("multiplies the variance by the root of the candidate", _VARIANCE, lambda c: c**0.5),
    _multiplier(
        "multiplies the variance by twice the candidate, as with He's 2/n", _VARIANCE, lambda c: 2 * c
    ),
    Mistake(
        "draws networks of ReLU with He's variance, and so with twice the candidate",
        _VARIANCE,
        lambda plan: replace(plan, multiplier=plan.multiplier * (2 if plan.activation == "relu" else 1)),
    ),
    _multiplier("multiplies the variance by half of the candidate", _VARIANCE, lambda c: c / 2),
    _multiplier("divides the variance by the candidate", _VARIANCE, lambda c: 1 / c),
    _multiplier("draws networks that do not depend on the candidate", _VARIANCE, lambda c: 1.0),
)


@dataclass(frozen=True)
class Rule:
    """Of logarithms of growths over all layers, candidates along the last axis, with the depths, the one to choose."""

    words: str
    hint: str
    cost: Callable[[Array, Array], Array]
    is_of_the_dead: bool = False


_SENSE = "Halving and doubling are equally bad. What does your measure say of g = 0.5 and of g = 2?"
RIGHT = Rule("", "", lambda q, L: np.abs(q))
RULES = (
    Rule("takes the candidate with the smallest |g − 1|", _SENSE, lambda q, L: np.abs(np.exp(q / L) - 1)),
    Rule(
        "takes the candidate with the smallest |G − 1|, where G is the growth over all layers",
        _SENSE,
        lambda q, L: np.abs(np.exp(q) - 1),
    ),
    Rule(
        "takes the candidate with the smallest |g² − 1|", _SENSE, lambda q, L: np.abs(np.exp(2 * q / L) - 1)
    ),
    Rule("takes the candidate with the smallest |1/g − 1|", _SENSE, lambda q, L: np.abs(np.exp(-q / L) - 1)),
    Rule("takes the candidate with the smallest growth", "Is the smallest growth the best?", lambda q, L: q),
    Rule("takes the candidate with the largest growth", "Is more growth always better?", lambda q, L: -q),
    Rule(
        "takes the candidate with the largest |log g|",
        "Does the smallest |log g| belong to the best candidate or to the worst?",
        lambda q, L: -np.abs(q),
    ),
    Rule(
        "takes a dead network, whose growth is 0, for the best",
        "What is |log g| for a growth of 0, and what does your code make of it?",
        lambda q, L: np.where(np.isinf(q), -1.0, np.abs(q)),
        True,
    ),
    Rule(
        "never takes a growth above 1",
        "A growth above 1 may be nearer to it than one below.",
        lambda q, L: np.where(q > 0, np.inf, -q),
    ),
    Rule(
        "never takes a growth below 1",
        "A growth below 1 may be nearer to it than one above.",
        lambda q, L: np.where(q < 0, np.inf, q),
    ),
)
LEFT_OUT = {0: "the first of the candidates", -1: "the last of the candidates"}
GROWTH = ("a^[L]", "a^[0]")
BACKWARD = ("∂J/∂Z^[1]", "∂J/∂Z^[L]")


def reading(ask: Ask) -> Iterator[Cause]:
    """The rule by which the student's function chooses, if it is one of ours and not the right one."""
    replies = ask([offer.arguments() for offer in ALL])
    answers = _numbers(replies)
    chosen = _places(answers)
    if any(reply.modified for reply in replies):
        hint = "What you are given belongs to the caller. Does your function sort it, or take something out of it?"
        yield Cause("probe_modified", "changes the list of candidates that it is given", hint)
    elif chosen is None:
        yield from _of_no_candidates(answers)
    elif np.ptp(chosen) == 0 and chosen[0] in (0, 5):
        which = "first" if chosen[0] == 0 else "last"
        hint = "Does your loop come to its end, and what does it keep of the candidates that it has seen?"
        yield Cause("probe_one_place", f"returns the {which} candidate, whichever is best", hint)
    elif (cause := _by_a_rule(chosen)) is not None:
        yield cause
    elif np.array_equal(_numbers(ask([offer.arguments(1) for offer in ALL])), answers):
        hint = (
            "In tiny networks the draws decide. Does your function measure networks, and are they drawn from the `rng` "
            "that it is given?"
        )
        yield Cause("probe_undrawn", "gives the same answers whatever is drawn from `rng`", hint)
    else:
        yield from ignored(lambda calls: _numbers(ask(calls)), [offer.arguments() for offer in ALL], answers)


def _numbers(replies: Sequence[Reply]) -> Array:
    """The answers; nan where there is none."""
    return np.array([number(reply.result) for reply in replies])


def _places(answers: Array) -> Array | None:
    """Which candidate was chosen in each offer; None if an answer is none of them."""
    found = []
    for offer, answer in zip(ALL, answers.tolist(), strict=True):
        near = [i for i, c in enumerate(offer.candidates) if abs(answer - c) <= EXACT * c]
        if not near:
            return None
        found.append(near[0])
    return np.array(found)


@cache
def _sizes(draw: int, mistake: Mistake, is_sorted: bool) -> dict[str, Array]:
    """By name the logarithms of what it names, for each offer and each candidate."""
    found = []
    for offer in ALL:
        some = replace(offer, candidates=tuple(sorted(offer.candidates))) if is_sorted else offer
        runs = DRAWS[draw](some, mistake, np.random.default_rng(offer.seed))
        found.append([run.sizes("‖{}‖") for run in runs])
    return {name: np.array([[one[name] for one in row] for row in found]) for name in found[0][0]}


DEPTHS = np.array([[offer.plan.depth] for offer in ALL])


def _growth(draw: int, mistake: Mistake = NONE, is_sorted: bool = False) -> Array:
    """Logarithms of the growth over all layers."""
    sizes = _sizes(draw, mistake, is_sorted)
    return sizes[GROWTH[0]] - sizes[GROWTH[1]]


def _costs(rule: Rule, growth: Array) -> Array:
    with np.errstate(all="ignore"):
        return rule.cost(growth, DEPTHS)


def _by_a_rule(chosen: Array) -> Cause | None:
    for draw in range(len(DRAWS)):
        if _follows(replace(RIGHT, is_of_the_dead=True), _growth(draw), chosen):
            return None  # all is right here
    for draw in range(len(DRAWS)):
        if (cause := _of_right_networks(draw, chosen)) is not None:
            return cause
    for draw in range(len(DRAWS)):
        for mistake in (*OF_THE_MULTIPLIER, *OF_THE_NETWORK, *OF_THE_INPUT):
            for rule in (RIGHT, RULES[0]):
                growth = _growth(draw, mistake)
                if _follows(rule, growth, chosen) and _is_evident(growth, _growth(draw), chosen):
                    return _cause([mistake.words, rule.words], [mistake.hint, rule.hint])
    return None


def _follows(rule: Rule, growth: Array, chosen: Array) -> bool:
    """Whether the rule gives these answers, at least where no network is dead; only one that speaks of it is judged
    by dead ones.
    """
    answers, right = (_least(_costs(one, growth)) for one in (rule, RIGHT))
    if rule.cost is not RIGHT.cost and int(np.sum((answers != right)[_alive(growth)])) < EVIDENT:
        return rule.is_of_the_dead and np.array_equal(answers, chosen)
    alive = _alive(growth)
    some = alive if int(alive.sum()) > OFFERS // 2 and not rule.is_of_the_dead else np.full(OFFERS, True)
    return np.array_equal(answers[some], chosen[some])


def _is_evident(growth: Array, right: Array, chosen: Array) -> bool:
    """Whether the choice is that of these growths where it is not the right one."""
    wrong = chosen != _least(np.abs(right))
    return int(np.sum(wrong & (chosen == _least(np.abs(growth))))) >= EVIDENT


def _alive(growth: Array) -> Any:
    """In which offers all networks are; a candidate that is left out has cost inf."""
    return np.all(np.isfinite(growth) | (growth == np.inf), axis=1)


def _least(costs: Array) -> Array:
    least: Array = np.argmin(np.nan_to_num(costs, nan=np.inf, posinf=np.inf, neginf=-np.inf), axis=-1)
    return least


def _of_right_networks(draw: int, chosen: Array) -> Cause | None:
    """Another rule for the growths, or the right rule for something else."""
    growth = _growth(draw)
    for rule in RULES:
        if _follows(rule, growth, chosen):
            return _cause([rule.words], [rule.hint])
    for place, which in LEFT_OUT.items():
        rest = growth.copy()
        rest[:, place] = np.inf
        if _follows(RIGHT, rest, chosen):
            return _cause([f"leaves out {which}"], ["Which candidates does your loop reach?"])
    if _follows(RIGHT, _growth(draw, is_sorted=True), chosen):
        return _cause(
            [
                "measures the candidates in sorted order, and looks the winner's place up in the list as it was given"
            ],
            ["To which list does the place of the winner belong?"],
        )
    return (
        _stops_too_soon(growth, chosen)
        or _first_good_enough(growth, chosen)
        or _by_other_sizes(draw, chosen)
        or _forward_and_backward(draw, chosen)
    )


def _first_good_enough(growth: Array, chosen: Array) -> Cause | None:
    """Whether the first candidate below some bound is taken, be it the best or not; the last one, if there is none."""
    off = np.abs(growth) / DEPTHS
    places = np.arange(off.shape[1])
    last = chosen == places[-1]
    taken = off[np.arange(len(off)), chosen][~last]
    passed = off[places < chosen[:, None]]
    if taken.size < FEW or not passed.size or not taken.max() < passed.min():
        return None
    hint = "A later candidate may be better. When do you know which one is the best?"
    return _cause(["takes the first candidate that is good enough, and does not look at the rest"], [hint])


def _stops_too_soon(growth: Array, chosen: Array) -> Cause | None:
    """Whether nobody looks further once a candidate is worse than the one before."""
    stops = [_before_the_first_worse(row) for row in np.abs(growth).tolist()]
    if not np.array_equal(stops, chosen):
        return None
    hint = "Are the candidates in any order? A later one may be better again."
    return _cause(["stops at the first candidate that is worse than the one before"], [hint])


def _before_the_first_worse(costs: list[float]) -> int:
    return next((i for i, (one, later) in enumerate(pairwise(costs)) if later > one), len(costs) - 1)


def _by_other_sizes(draw: int, chosen: Array) -> Cause | None:
    """Whether the smallest |log| of another quotient decides."""
    sizes = _sizes(draw, NONE, False)
    names = list(sizes)
    table = np.array([sizes[name] for name in names])
    with np.errstate(all="ignore"):
        costs = np.abs(table[:, None] - table[None, :])
    alive = np.all(np.isfinite(_growth(draw)), axis=-1)
    fits = np.all((_least(costs) == chosen)[..., alive], axis=-1)
    found = [(names[i], names[j]) for i, j in np.argwhere(fits).tolist()]
    if not found or GROWTH in found:  # the right ones, but for dead networks
        return None
    above, below = min(found, key=_strangeness)
    if (below, above) in (GROWTH, BACKWARD) or above == GROWTH[1]:
        above, below = below, above
    quotient = f"‖{above}‖ / ‖{below}‖" if above and below else f"‖{above or below}‖"
    hint = "Which growth does the text ask for: of which vector, and compared with which?"
    return _cause([f"compares the candidates by {quotient}"], [hint])


def _strangeness(pair: tuple[str, str]) -> tuple[int, int]:
    """Signals are compared with signals, and gradients with gradients; and rather those of the text."""
    return pair[0][:1] != pair[1][:1], sum(name not in (*GROWTH, *BACKWARD) for name in pair)


def _forward_and_backward(draw: int, chosen: Array) -> Cause | None:
    """Whether both growths decide together."""
    sizes = _sizes(draw, NONE, False)
    forward = np.abs(_growth(draw)) / DEPTHS
    backward = np.abs(sizes[BACKWARD[0]] - sizes[BACKWARD[1]]) / (DEPTHS - 1)
    alive = np.all(np.isfinite(forward + backward), axis=1)
    for costs in (forward + backward, np.maximum(forward, backward), np.hypot(forward, backward)):
        if np.array_equal(_least(costs)[alive], chosen[alive]):
            hint = "Which of the two growths does the text ask for here?"
            return _cause(["judges by the backward growth as well as by the forward growth"], [hint])
    return None


def _of_no_candidates(answers: Array) -> Iterator[Cause]:
    """The place of the best candidate, or its growth."""
    for draw in range(len(DRAWS)):
        growth = _growth(draw)
        best = np.argmin(np.abs(growth), axis=1)
        rates = np.exp(growth[np.arange(len(best)), best] / DEPTHS[:, 0])
        if np.array_equal(answers, best):
            hint = "Is it the winner's place or the winner itself that is asked for?"
            yield _cause(
                ["returns the place of the best candidate in the list, and not the candidate"], [hint]
            )
            return
        if np.allclose(answers, rates, rtol=1e-9, atol=0.0):
            hint = "Is it the winner's growth or the winner itself that is asked for?"
            yield _cause(["returns the growth of the best candidate, and not the candidate"], [hint])
            return


def _cause(words: Sequence[str], hints: Sequence[str]) -> Cause:
    return Cause("probe_choice", ". Besides, it ".join(filter(None, words)), " ".join(filter(None, hints)))
