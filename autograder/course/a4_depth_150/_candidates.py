"""What `best_multiplier` is asked to choose from, and what is right where the draws decide.

Whoever draws in an order of their own is first called with generators that stand still, and then, where these say
nothing, with pairs of multipliers for tiny networks. We draw many such networks ourselves: of M trials the share in
which the second multiplier is the better one is off by more than √(ln(2/α)/(2·M)) with probability α at most
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
from autograder.course.a4_depth_150._spread import sampled
from autograder.course.reference.backpropagation import Array
from autograder.course.reference.depth import norm_profile
from autograder.course.reference.initialization import initialize_parameters
from autograder.sandbox import Rng

ONE_COUNT = 1e-12  # how often at most one count leaves its window, or one share is further off
TRIALS, TIMES, PAIRS = 100_000, 300, 5
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
    def usual_distances(self) -> tuple[list[float], list[float]]:
        """|log(growth)| of each candidate with the weights drawn before the input and after it; inf if it is dead."""
        return self._distances(weights_first=True), self._distances(weights_first=False)

    @property
    def usual_answers(self) -> list[float]:
        """The right answers in these two orders of draws."""
        return [self.candidates[int(np.argmin(distances))] for distances in self.usual_distances]

    def _distances(self, *, weights_first: bool) -> list[float]:
        (depth, width), (*_, given) = self.size, self.arguments
        rng, distances = real(given), []
        for multiplier in self.candidates:
            x = None if weights_first else rng.standard_normal((width, 1))
            parameters = initialize_parameters([width] * (depth + 1), "xavier", rng, multiplier)
            x = rng.standard_normal((width, 1)) if x is None else x
            with np.errstate(divide="ignore"):  # a dead network
                distances.append(abs(float(np.log(norm_profile(x, parameters, self.activation)[-1, 0]))))
        return distances


@dataclass(frozen=True)
class Pair:
    """Two candidates for tiny networks, the seeds of many calls and those of our trials."""

    activation: str
    candidates: tuple[float, float]
    size: tuple[int, int]  # depth, width
    seeds: tuple[int, ...]
    ours: tuple[int, int]

    @property
    def offers(self) -> list[Offer]:
        """The calls."""
        return [Offer(self.activation, self.candidates, self.size, seed) for seed in self.seeds]

    @cached_property
    def second(self) -> tuple[float, float]:
        """Bounds of the probability that the second is better, each with a network of its own or both with one."""
        first, second = self.candidates
        one, other = self.ours
        distance = self._distances(first, one)
        shares = [float(np.mean(self._distances(second, seed) < distance)) for seed in (one, other)]
        off = sqrt(log(2.0 / ONE_COUNT) / (2.0 * TRIALS))
        return max(0.0, min(shares) - off), min(1.0, max(shares) + off)

    def _distances(self, multiplier: float, seed: int) -> Array:
        rng = np.random.default_rng(seed)
        growth = sampled("xavier", self.activation, *self.size, TRIALS, rng, multiplier)[0]
        return np.asarray(np.abs(np.log(growth)))


@labelled("tiny_offers")
def tiny_offers(rng: np.random.Generator) -> list[Offer]:
    """Lists of three for tiny networks, where no candidate is the best in more than half of all draws; one of one."""
    kinds = [("linear", (0.9, 1.8, 3.6)), ("tanh", (1.5, 4.0, 12.0))] * 5
    one = Offer("linear", (float(rng.uniform(0.5, 2.0)),), (2, 2), 0)
    return [
        *(Offer(kind, candidates, (2, 2), int(rng.integers(2**62))) for kind, candidates in kinds),
        one,
    ]


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
    """In linear ones the first is nearer to keeping the growth's mean logarithm, or the second, or neither."""
    turned = rng.random() < 0.5

    def pair(activation: str, candidates: tuple[float, float], size: tuple[int, int]) -> Pair:
        seeds = tuple(int(seed) for seed in rng.integers(2**62, size=TIMES))
        one, other = (int(seed) for seed in rng.integers(2**62, size=2))
        return Pair(activation, candidates[::-1] if turned else candidates, size, seeds, (one, other))

    def linear(below: float, above: float) -> Pair:
        candidates = exp(MEAN_LOG - below), exp(MEAN_LOG + above)
        return pair("linear", candidates, (int(rng.integers(2, 5)), 1))

    near, far = rng.uniform(0.0, 0.3, 2), rng.uniform(3.0, 4.0, 2)
    middle, wide = rng.uniform(0.4, 0.8), rng.uniform(1.5, 2.5)
    # Backward the larger one of the last pair would be the better one.
    small, large = rng.uniform((0.8, 35.0), (1.2, 45.0)).tolist()
    sigmoid = pair("sigmoid", (small, large), (2, 2))
    return [
        linear(near[0], far[0]),
        linear(far[1], near[1]),
        linear(middle, middle),
        linear(wide, wide),
        sigmoid,
    ]


@labelled("dying_offers")
def dying_offers(rng: np.random.Generator) -> list[Offer]:
    """One of two ReLU networks is dead, in either usual order of draws: the second candidate's, then the first's."""
    offers: list[Offer] = []
    while len(offers) < 2:
        candidates = tuple(rng.uniform(0.5, 4.0, 2).tolist())
        offer = Offer("relu", candidates, (4, 2), int(rng.integers(2**62)))
        dead = [False, True] if not offers else [True, False]
        if all(np.isinf(distances).tolist() == dead for distances in offer.usual_distances):
            offers.append(offer)
    return offers


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
    depth, width = pair.size
    expect.that(
        low <= count <= high,
        f"In {len(answers)} networks ({pair.activation}, depth {depth}, width {width}) you choose {second:.3g} and not "
        f"{first:.3g} {count} times. In so small networks the draws decide, and they do so otherwise: what do you "
        "measure, and of which network?",
    )
