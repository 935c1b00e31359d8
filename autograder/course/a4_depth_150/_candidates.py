"""What `best_multiplier` is asked to choose from, and what is right where the draws decide.

Whoever draws in an order of their own is first called with generators that stand still, and then, where these say
nothing, with pairs of multipliers for tiny networks. We draw many such networks ourselves: of M trials the share in
which the second multiplier is the better one is off by more than √(ln(2/α)/(2·M)) with probability α at most
(Hoeffding). It is nearly the same if one network serves both. Nobody can know the pairs, and the shares are far apart.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from math import exp, log, sqrt

import numpy as np

from autograder.authoring import expect, labelled
from autograder.authoring.bounds import binomial_window
from autograder.authoring.cases import still
from autograder.authoring.values import real
from autograder.course.a4_depth_150._spread import sampled
from autograder.course.reference.backpropagation import KINDS, Array, activate
from autograder.course.reference.depth import norm_profile
from autograder.course.reference.initialization import initialize_parameters
from autograder.sandbox import Rng

ONE_COUNT = 1e-12  # how often at most one count leaves its window, or one share is further off
TRIALS, TIMES, PAIRS, LISTS = 100_000, 300, 10, 40
FALSE_FAIL = (PAIRS * 3 + 2) * ONE_COUNT  # a count and two shares each; two counts of lists
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
    def usual_logs(self) -> tuple[list[float], list[float]]:
        """The logarithm of each candidate's growth over all layers, -inf if it is dead, with the weights drawn before
        the input and after it.
        """
        return self._logs(weights_first=True), self._logs(weights_first=False)

    @property
    def usual_answers(self) -> list[float]:
        """The right answers in these two orders of draws."""
        return [self.candidates[int(np.argmin(np.abs(logs)))] for logs in self.usual_logs]

    def _logs(self, *, weights_first: bool) -> list[float]:
        (depth, width), (*_, given) = self.size, self.arguments
        rng, logs = real(given), []
        for multiplier in self.candidates:
            x = None if weights_first else rng.standard_normal((width, 1))
            parameters = initialize_parameters([width] * (depth + 1), "xavier", rng, multiplier)
            x = rng.standard_normal((width, 1)) if x is None else x
            with np.errstate(divide="ignore"):  # a dead network
                logs.append(float(np.log(norm_profile(x, parameters, self.activation)[-1, 0])))
        return logs


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
        rng, (depth, width) = np.random.default_rng(seed), self.size
        if (
            self.activation == "linear"
        ):  # each layer multiplies the squared norm by c·χ²_n/n, whatever its input
            factors = rng.chisquare(width, (depth, TRIALS)) * multiplier / width
            return np.asarray(np.abs(np.mean(np.log(factors), axis=0)))
        growth = sampled("xavier", self.activation, *self.size, TRIALS, rng, multiplier)[0]
        return np.asarray(np.abs(np.log(growth)))


@labelled("tiny_offers")
def tiny_offers(rng: np.random.Generator) -> list[Offer]:
    """Lists of three for tiny networks, where no candidate is the best in more than half of all draws; one of one."""
    kinds = [("linear", (0.9, 1.8, 3.6)), *[("tanh", (1.5, 4.0, 12.0))] * 5]
    one = Offer("linear", (float(rng.uniform(0.5, 2.0)),), (2, 2), 0)
    return [
        *(Offer(kind, candidates, (2, 2), int(rng.integers(2**62))) for kind, candidates in kinds),
        one,
    ]


def close(rng: np.random.Generator) -> list[float]:
    """Logarithms of five growths per layer that are nearly as far from 0, below it and above. So whoever rounds, adds
    a small number, takes differences for logarithms or measures something else will choose wrong.
    """
    near = rng.uniform(*((0.02, 0.06), (0.3, 0.6))[rng.integers(2)])
    distances = near + rng.uniform(0.003, 0.006) * np.arange(5)
    logs: list[float] = rng.permutation(distances * rng.permutation([1, -1, 1, -1, 1])).tolist()
    return logs


@labelled("close_offers")
def close_offers(rng: np.random.Generator) -> list[Offer]:
    """Lists of five for tiny linear networks whose growths are `close` in one of the two usual orders of draws.

    No ReLU: in another order all five networks could be dead, and what is right then the text leaves open.
    """
    return [_close(rng, order) for order in (0, 1) * 4]


def _close(rng: np.random.Generator, order: int) -> Offer:
    size, wanted = (int(rng.integers(2, 4)), int(rng.integers(1, 4))), close(rng)
    unit = Offer("linear", (1.0,) * len(wanted), size, int(rng.integers(2**62)))
    # c times the variance is c^(1/2) times the growth per layer.
    growths = [log / size[0] for log in unit.usual_logs[order]]
    return Offer(
        "linear", tuple(exp(2 * (w - g)) for w, g in zip(wanted, growths, strict=True)), size, unit.seed
    )


@labelled("still_offers")
def still_offers(rng: np.random.Generator) -> list[Offer]:
    """Lists of five for generators that stand still, with growths that are `close`: which multiplier is best depends
    on the one number that they give.
    """

    def offer(activation: str) -> Offer:
        size, given = (int(rng.integers(2, 5)), int(rng.integers(1, 6))), still(rng)
        value = float(real(given).standard_normal())
        candidates = [_with_growth(log, activation, *size, value) for log in close(rng)]
        return Offer(activation, tuple(candidates), size, given.seed, still=True)

    return [offer(activation) for activation in KINDS * 3]


def _with_growth(wanted: float, activation: str, depth: int, width: int, value: float) -> float:
    """The multiplier with this growth per layer, in logarithms, if all draws are one positive number: then all units
    of a layer are equal, and the growth rises with the multiplier.
    """

    def log_growth(multiplier: float) -> float:
        a = np.array([value])
        for layer in range(1, depth + 1):
            a = activate(sqrt(multiplier * width) * value * a, activation if layer < depth else "linear")
        return log(float(a[0]) / value) / depth

    low, high = -40.0, 40.0
    for _ in range(60):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if log_growth(exp(middle)) < wanted else (low, middle)
    return exp(low)


@labelled("pairs")
def pairs(rng: np.random.Generator) -> list[Pair]:
    """In linear ones the first is nearer to keeping the growth's mean logarithm, or the second, or neither.

    The others tell apart, with shares of 0.3 and more between them: the input's law, an activation on the last layer,
    an input that an earlier network has left, a small number beside the growth, and rounding.
    """
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
    u, v, w, level, equal = rng.uniform(0.97, 1.03, 5).tolist()
    left = pair("sigmoid", (0.05 * w, 4.0 * w), (2, 3))
    return [
        linear(near[0], far[0]),
        linear(far[1], near[1]),
        linear(middle, middle),
        linear(wide, wide),
        sigmoid,
        pair("sigmoid", (u, 6.0 * u), (2, 6)),
        pair("tanh", (v, 8.0 * v), (2, 4)),
        replace(left, candidates=(0.05 * w, 4.0 * w)),
        pair("linear", (0.67 * level, 1.27 * level), (10, 20)),
        pair("linear", (exp(1 / 16) * equal**0.1, exp(1 / 16) * equal**0.1 + 1e-4), (40, 16)),
    ]


@labelled("dying_offers")
def dying_offers(rng: np.random.Generator) -> list[Offer]:
    """For who draws in a usual order: sixteen ReLU networks of which about half are dead, never all. Then one of two is
    dead, in either order: the second candidate's, then the first's.
    """
    return [
        _dying(rng, 16, (2, 1)),
        *(_dying(rng, 2, (4, 2), dead) for dead in ([False, True], [True, False])),
    ]


def _dying(
    rng: np.random.Generator, count: int, size: tuple[int, int], dead: list[bool] | None = None
) -> Offer:
    while True:
        candidates = tuple(rng.uniform(0.5, 4.0, count).tolist())
        offer = Offer("relu", candidates, size, int(rng.integers(2**62)))
        found = [np.isinf(logs).tolist() for logs in offer.usual_logs]
        if all(one == dead for one in found) if dead else not any(map(all, found)):
            return offer


def bad_ones(rng: np.random.Generator, *, first: bool) -> list[Offer]:
    """Lists of four good multipliers and twenty, before or after them, with which a network is as good as dead.

    A ReLU network of depth 2 and width 2 is dead once in four times. So one of the twenty is chosen once in 256 times,
    and once in four times if all candidates have one network; but nine times of ten by who takes the dead for the best.
    All are dead once in 4^24 times: then nothing is promised.
    """

    def offer() -> Offer:
        good, bad = rng.uniform(1.0, 4.0, 4).tolist(), (1e-30 * rng.uniform(1.0, 4.0, 20)).tolist()
        return Offer("relu", (*bad, *good) if first else (*good, *bad), (2, 2), int(rng.integers(2**62)))

    return [offer() for _ in range(LISTS)]


@labelled("bad_first")
def bad_first(rng: np.random.Generator) -> list[Offer]:
    """For who takes the first of equally good candidates."""
    return bad_ones(rng, first=True)


@labelled("bad_last")
def bad_last(rng: np.random.Generator) -> list[Offer]:
    """For who takes the last of them."""
    return bad_ones(rng, first=False)


def seldom_dead(answers: dict[Offer, float]) -> None:
    """Fail if candidates are chosen so often that are good for a dead network only."""
    bad = sum(got < 1e-20 for got in answers.values())
    expect.that(
        bad <= binomial_window(LISTS, 0.0, 0.25, ONE_COUNT)[1],
        f"In {bad} of {LISTS} lists for ReLU networks you choose a multiplier of about 1e-30, and not one of 1 to 4. "
        "Some of these networks are dead: a growth of 0 is further from 1, in factors, than any other.",
    )


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
