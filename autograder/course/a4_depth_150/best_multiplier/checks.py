"""`best_multiplier(activation, candidates, depth, width, rng) -> float`: the multiplier that keeps the signal best.

Candidates are so far apart that the draws cannot decide. Chernoff bounds for the sum or the difference of the
two log growths that would have to err, each from a network of its own, dead ReLU networks included:

    ReLU, width 48, depth 36:   1.3e-11 (dead networks on the whole) and 3e-12
    linear, width 40, depth 14: 4e-17, 9e-18 and, for the list of three, 2e-94
    linear, width 16, depth 8:  4e-38, and less than 1e-300 where both are far from 1
    sigmoid, width 64, depth 2: 5e-15, that fewer than 4 hidden units of one of two networks are above ½

with the counts below in all below 5e-11 a submission; tests/course/test_depth_bounds.py proves it. The input's
direction does not matter, so one input may serve all candidates. Whoever rescales one network for all of them, which
the text does not ask for, fails at most twice in 1e6 submissions.

In tiny networks the draws do decide, and a formula knows nothing of them. Who answers there as the reference does,
with the weights drawn before the input or after it, has measured; some candidates are nearly equally good, so that a
rule which is nearly right chooses wrong. Who draws in another order is asked again, for the same answers, with
generators that stand still, for lists in which a dead network would be the only reason for a choice, and, if the
answers are not those of such generators, many times for the better of two multipliers. Each of ten counts of pairs
leaves its window at most three times in 1e12 submissions, each of two counts of lists once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np

from autograder.authoring import (
    Cases,
    Exercise,
    Labelled,
    Student,
    check,
    corner,
    expect,
    labelled,
)
from autograder.authoring.expect import CheckFailed
from autograder.course.a4_depth_150._candidates import (
    FALSE_FAIL as COUNTS_FAIL,
)
from autograder.course.a4_depth_150._candidates import (
    Offer,
    bad_first,
    bad_last,
    chosen_as_often,
    close_offers,
    drawn_as_usual,
    dying_offers,
    pairs,
    seldom_dead,
    still_offers,
    tiny_offers,
)
from autograder.course.a4_depth_150._choices import reading
from autograder.course.a4_depth_150._pasted import blame
from autograder.course.reference.backpropagation import KINDS as ACTIVATIONS
from autograder.course.reference.depth import best_multiplier
from autograder.sandbox import Reply, Rng, SessionLost, StudentFault

FALSE_FAIL = 5e-11  # per submission, see the module
RELU, LINEAR, SMALL, SIGMOID = (36, 48), (14, 40), (8, 16), (2, 64)  # depth, width
PASTED = ("activate", "forward", "initialize_parameters")


@dataclass(frozen=True)
class Choice:
    """An offer that the draws cannot decide, and the position of the right candidate."""

    offer: Offer
    right: int


Choices = Labelled[list[Choice]]


@labelled("relu_choices")
def relu_choices(rng: np.random.Generator) -> list[Choice]:
    """A pair that a missing ReLU would decide otherwise, and one that a multiplied standard deviation would."""
    u, v = rng.uniform(0.97, 1.03, 2)
    return [
        Choice(Offer("relu", (0.7, 2.0 * u), RELU, int(rng.integers(2**62))), 1),
        Choice(Offer("relu", (4.9 * v**0.5, 0.5), RELU, int(rng.integers(2**62))), 0),
    ]


@labelled("linear_choices")
def linear_choices(rng: np.random.Generator) -> list[Choice]:
    """A list around 1, a pair that ReLU would decide otherwise, one that He's variance would, and one that gets
    worse before it gets better.
    """
    u, v, w = rng.uniform(0.97, 1.03, 3)
    return [
        Choice(Offer("linear", (0.1 * u, 9.0 * u, 1.0 * u), LINEAR, int(rng.integers(2**62))), 2),
        Choice(Offer("linear", (0.6, 4.0 * v), LINEAR, int(rng.integers(2**62))), 0),
        Choice(Offer("linear", (0.125, 4.0 * w), LINEAR, int(rng.integers(2**62))), 1),
        Choice(Offer("linear", (0.1 * v, 0.01, 1.0 * w), LINEAR, int(rng.integers(2**62))), 2),
    ]


@labelled("far_choices")
def far_choices(rng: np.random.Generator) -> list[Choice]:
    """A moderate growth against a decay that |g − 1| takes for the smaller evil, and the same with both so far from 1
    that a search does not find them which begins with a distance of 1 or 10.
    """
    u, v = rng.uniform(0.9, 1.1, 2)
    return [
        Choice(Offer("linear", (0.02, 7.0 * u), SMALL, int(rng.integers(2**62))), 1),
        Choice(Offer("linear", (3e10 * v, 1e-20), SMALL, int(rng.integers(2**62))), 0),
    ]


@labelled("sigmoid_choices")
def sigmoid_choices(rng: np.random.Generator) -> list[Choice]:
    """Hidden units are about ½, so that the growth is about half the multiplier's root: no rule is for that."""
    u = float(rng.uniform(0.97, 1.03))
    return [Choice(Offer("sigmoid", (1e-4 * u, 4.0 * u), SIGMOID, int(rng.integers(2**62))), 1)]


@cache
def replies_to(make: Choices) -> Callable[[Student, Cases], list[Reply]]:
    """The calls of one list, as a function that `Student.once` keeps."""
    return lambda student, cases: student.calls(
        "best_multiplier", [choice.offer.arguments for choice in cases.once(make)]
    )


def chooses(student: Student, cases: Cases, make: Choices, law: str) -> None:
    """Fail unless the student's function returns the right candidate of each choice."""
    for choice, reply in zip(cases.once(make), student.once(replies_to(make), cases), strict=True):
        got, errors = answer(choice.offer, reply)
        expect.that(
            errors[choice.right] <= 1e-12,
            f"For {choice.offer.activation!r} and the candidates {listed(choice.offer)} you choose {got:.3g}. {law}",
        )


def answer(offer: Offer, reply: Reply) -> tuple[float, list[float]]:
    """What the student's function chose, and how far that is from each candidate: one of these is 0."""
    got = expect.number(reply.value, f"for the candidates {listed(offer)} the result")
    errors = [expect.relative_error(got, c) for c in offer.candidates]
    expect.that(
        min(errors) <= 1e-12,
        f"For the candidates {listed(offer)} you return {got:.3g}, which is none of them.",
    )
    return got, errors


def listed(offer: Offer) -> str:
    """The candidates, for a sentence."""
    return ", ".join(f"{c:.3g}" for c in offer.candidates)


def replies_of(student: Student, offers: list[Offer]) -> dict[Offer, Reply]:
    """The student's replies to these offers."""
    replies = student.calls("best_multiplier", [offer.arguments for offer in offers])
    expect.that(not any(r.reseeded for r in replies), "Your function touches NumPy's global random state.")
    expect.that(
        not any(r.modified for r in replies),
        "Your function changes the list of candidates, which belongs to the caller. Work on a copy of it.",
    )
    return dict(zip(offers, replies, strict=True))


def answers(student: Student, offers: list[Offer]) -> dict[Offer, float]:
    """What the student's function chooses."""
    return {offer: answer(offer, reply)[0] for offer, reply in replies_of(student, offers).items()}


def _dead_is_worst(chosen: dict[Offer, float]) -> None:
    """Fail if the candidate of a dead network is chosen by who draws in a usual order."""
    if not drawn_as_usual(chosen):
        expect.fail(
            "Of some ReLU networks you choose one that is dead: a growth of 0 is further from 1, in factors, than any "
            "other."
        )


@check(points=4, false_fail=1.3e-11 + 3e-12)
def check_relu(student: Student, cases: Cases) -> None:
    """a ReLU network holds its signal best with the variance nearest to 2/n"""
    with blame(student, cases, *PASTED):
        chooses(
            student, cases, relu_choices, "Each layer's growth is the square root of half the multiplier."
        )


@check(points=3, false_fail=4e-17 + 9e-18)
def check_linear(student: Student, cases: Cases) -> None:
    """a linear network holds its signal best with the variance nearest to 1/n"""
    with blame(student, cases, *PASTED):
        chooses(student, cases, linear_choices, "Each layer's growth is the square root of the multiplier.")


@check(points=3, false_fail=5e-38)
def check_logarithm(student: Student, cases: Cases) -> None:
    """halving and doubling are equally bad: |log g| decides"""
    with blame(student, cases, *PASTED):
        law = "Which of the growths is further from 1, counted in factors and not in differences?"
        chooses(student, cases, far_choices, law)


@check(points=5, false_fail=COUNTS_FAIL + 5e-15)
def check_draws_decide(student: Student, cases: Cases) -> None:
    """the growth is measured: in tiny networks it is the draws that decide"""
    for check_of_many in (check_relu, check_linear, check_logarithm):
        check_of_many.run(student, cases)
    with blame(student, cases, *PASTED):
        chooses(student, cases, sigmoid_choices, "What does each growth measure for sigmoid?")
        # The right answers to all of these come from networks, and who gives them is asked nothing more.
        tiny = [*cases.once(tiny_offers), *cases.once(close_offers)]
        chosen = answers(student, tiny)
        if drawn_as_usual(chosen):
            _dead_is_worst(answers(student, cases.once(dying_offers)))
            return
        sentence = "The same seed gives another answer the second time: draw from `rng` alone."
        expect.that(answers(student, tiny) == chosen, sentence)
        for lists in (bad_first, bad_last):
            seldom_dead(answers(student, cases.once(lists)))
        if not _measures_where_all_draws_are_equal(student, cases):
            for pair in cases.once(pairs):
                chosen_as_often(pair, [*answers(student, pair.offers).values()])


def _measures_where_all_draws_are_equal(student: Student, cases: Cases) -> bool:
    """Whether all answers are right, from generators that stand still. If not, that proves nothing: other methods and
    generators that are made of this one give other numbers, or none.
    """
    try:
        return drawn_as_usual(answers(student, cases.once(still_offers)))
    except (CheckFailed, StudentFault, SessionLost):
        return False


def dies(activation: str, candidates: list[float], depth: int, width: int, rng: Rng) -> bool:
    """Whether one of the networks is dead, and another is not."""
    offer = Offer(activation, tuple(candidates), (depth, width), rng.seed)
    return activation == "relu" and width < 3 and len(set(np.isinf(offer.usual_logs[0]))) == 2


def close_calls(activation: str, candidates: list[float], depth: int, width: int, rng: Rng) -> bool:
    """Whether the two best candidates are nearly equally good, one below and one above."""
    if width > 3 or len(candidates) != 5:
        return False
    logs = Offer(activation, tuple(candidates), (depth, width), rng.seed).usual_logs
    return any(np.ptp(np.abs(order)) < 0.024 * depth and np.ptp(np.sign(order)) == 2 for order in logs)


EXERCISE = Exercise(
    best_multiplier,
    checks=(
        check_relu,
        check_linear,
        check_logarithm,
        check_draws_decide,
    ),
    trial=("linear", [0.5, 1.0], 3, 2, Rng(0)),
    reading=reading,
    domain=(
        *(corner(kind, lambda activation, *_, kind=kind: activation == kind) for kind in ACTIVATIONS),
        corner("ascending", lambda _, c, *rest: len(c) > 1 and c == sorted(c)),
        corner("descending", lambda _, c, *rest: len(c) > 1 and c == sorted(c)[::-1]),
        corner("in no order", lambda _, c, *rest: c not in (sorted(c), sorted(c)[::-1])),
        corner("a single candidate", lambda _, c, *rest: len(c) == 1),
        corner(
            "worse before it is better", lambda _, c, *rest: len(c) > 2 and c[1] == min(c) and c[2] > c[0]
        ),
        corner("a factor far from 1", lambda _, c, *rest: min(c) <= 0.01),
        corner("depth 2", lambda _, c, depth, *rest: depth == 2),
        corner("deep", lambda _, c, depth, *rest: depth > 30),
        corner("narrow", lambda _, c, depth, width, rng: width == 2),
        corner("wide", lambda _, c, depth, width, rng: width > 40),
        corner("one of the networks dies", dies),
        corner("two that are nearly equally good", close_calls),
        corner("width 1", lambda _, c, depth, width, rng: width == 1),
        corner("many candidates", lambda _, c, *rest: len(c) > 15),
    ),
)
