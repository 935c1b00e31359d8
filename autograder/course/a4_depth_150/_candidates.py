"""What `best_multiplier` is asked to choose from, and what is right where the draws decide.

Whoever draws in an order of their own is first called with generators that stand still, and then, where these say
nothing, with pairs of multipliers for networks of width 1 without a nonlinearity. There the squared growth with the
multiplier c is c^L times the squares of L standard normal numbers, so we can draw many ourselves: of M trials the share
in which the second multiplier is the better one is off by more than √(ln(2/α)/(2·M)) with probability α at most
(Hoeffding). It is nearly the same if one network serves both. Nobody can know the pairs, and the shares are far apart.
"""

from dataclasses import dataclass
from functools import cached_property
from math import exp, log, sqrt

import numpy as np

from autograder.authoring import expect, labelled
from autograder.authoring.bounds import binomial_window
from autograder.authoring.cases import still
from autograder.authoring.values import real
from autograder.course.reference.depth import best_multiplier, norm_profile
from autograder.course.reference.initialization import initialize_parameters
from autograder.sandbox import Rng

ONE_COUNT = 1e-12  # how often at most one count leaves its window, or one share is further off
TRIALS, TIMES, PAIRS = 400_000, 120, 4
FALSE_FAIL = PAIRS * 3 * ONE_COUNT  # a count and two shares
MEAN_LOG = 1.2703628  # of 1/N², N standard normal: with this log c the logarithm of the growth has mean 0


@dataclass(frozen=True)
class Offer:
    """One call of `best_multiplier`."""

    activation: str
    candidates: tuple[float, ...]
    size: tuple[int, int]  # depth, width
    seed: int
    still: bool = False

    @property
    def arguments(self) -> tuple[str, list[float], int, int, Rng]:
        """The arguments of the call."""
        return (self.activation, list(self.candidates), *self.size, Rng(self.seed, still=self.still))

    @cached_property
    def usual_answers(self) -> tuple[float, float]:
        """The right answers with the weights drawn before the input and after it."""
        depth, width = self.size
        *_, given = self.arguments
        rng = real(given)

        def distance(multiplier: float) -> float:
            x = rng.standard_normal((width, 1))
            parameters = initialize_parameters([width] * (depth + 1), "xavier", rng, multiplier)
            return abs(float(np.log(norm_profile(x, parameters, self.activation)[-1, 0])))

        input_first = min(self.candidates, key=distance)
        return best_multiplier(self.activation, self.candidates, depth, width, real(given)), input_first


@dataclass(frozen=True)
class Pair:
    """Two candidates, how deep the networks are, the seeds of many calls and that of our trials."""

    candidates: tuple[float, float]
    depth: int
    seeds: tuple[int, ...]
    seed: int

    @property
    def offers(self) -> list[Offer]:
        """The calls."""
        return [Offer("linear", self.candidates, (self.depth, 1), seed) for seed in self.seeds]

    @cached_property
    def second(self) -> tuple[float, float]:
        """Bounds of the probability that the second is better, each with a network of its own or both with one."""
        rng = np.random.default_rng(self.seed)
        logs = 2.0 * np.sum(np.log(np.abs(rng.standard_normal((2, TRIALS, self.depth)))), axis=2)
        first, second = (self.depth * log(c) for c in self.candidates)
        shares = [float(np.mean(np.abs(second + a) < np.abs(first + logs[0]))) for a in logs[::-1]]
        off = sqrt(log(2.0 / ONE_COUNT) / (2.0 * TRIALS))
        return min(shares) - off, max(shares) + off


@labelled("tiny_offers")
def tiny_offers(rng: np.random.Generator) -> list[Offer]:
    """Lists of three for tiny networks, where no candidate is the best in more than half of all draws."""
    kinds = [("linear", (0.9, 1.8, 3.6)), ("tanh", (1.5, 4.0, 12.0))] * 5
    return [Offer(kind, candidates, (2, 2), int(rng.integers(2**62))) for kind, candidates in kinds]


@labelled("still_offers")
def still_offers(rng: np.random.Generator) -> list[Offer]:
    """Lists of six for generators that stand still: which multiplier is best depends on the one number they give."""

    def offer(activation: str) -> Offer:
        ladder = float(rng.uniform(0.1, 0.2)) * 1.7 ** np.arange(6.0)
        size = int(rng.integers(2, 5)), int(rng.integers(2, 6))
        return Offer(activation, tuple(rng.permutation(ladder).tolist()), size, still(rng).seed, still=True)

    return [offer(activation) for activation in ("linear", "relu", "tanh", "sigmoid") * 3]


@labelled("pairs")
def pairs(rng: np.random.Generator) -> list[Pair]:
    """The second is nearer to keeping the growth's mean logarithm, or the first, or neither; once neither, far off."""
    turned = rng.random() < 0.5

    def pair(below: float, above: float) -> Pair:
        two = exp(MEAN_LOG - below), exp(MEAN_LOG + above)
        seeds = tuple(int(seed) for seed in rng.integers(2**62, size=TIMES))
        depth, seed = int(rng.integers(2, 5)), int(rng.integers(2**62))
        return Pair(two[::-1] if turned else two, depth, seeds, seed)

    near, far = rng.uniform(0.0, 0.3, 2), rng.uniform(3.0, 4.0, 2)
    middle, wide = rng.uniform(0.4, 0.8), rng.uniform(1.5, 2.5)
    return [pair(near[0], far[0]), pair(far[1], near[1]), pair(middle, middle), pair(wide, wide)]


def drawn_as_usual(answers: dict[Offer, float]) -> bool:
    """Whether all answers are right with each candidate's weights drawn before its input, or all with it after."""
    return any(
        all(expect.relative_error(got, offer.usual_answers[order]) <= 1e-12 for offer, got in answers.items())
        for order in (0, 1)
    )


def chosen_as_often(pair: Pair, answers: list[float]) -> None:
    """Fail unless the second candidate is chosen about as often as the draws make it the better one."""
    first, second = pair.candidates
    count = sum(expect.relative_error(got, second) <= 1e-12 for got in answers)
    low, high = binomial_window(len(answers), *pair.second, ONE_COUNT)
    expect.that(
        low <= count <= high,
        f"In {len(answers)} networks of width 1 and depth {pair.depth} without a nonlinearity you choose {second:.3g} "
        f"and not {first:.3g} {count} times. In so small networks the draws decide, and they do so otherwise: measure.",
    )
