"""What `best_multiplier` is asked to choose from, and what is right where the draws decide.

At depth 2, width 1 and without a nonlinearity the squared growth with the multiplier c is c·|N_1·N_2|, N_i standard
normal, and P(|N_1·N_2| ≤ z) = (2/π)·∫₀^z K_0. So the probability of each answer is known, and it is nearly the
same if one network serves all candidates. tests/course/test_depth_bounds.py finds it by integration.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from autograder.authoring import expect, labelled
from autograder.authoring.bounds import binomial_window
from autograder.course.reference.depth import best_multiplier, norm_profile
from autograder.course.reference.initialization import initialize_parameters
from autograder.sandbox import Rng

ONE_COUNT = 1e-12  # how often at most one of the two counts leaves its window


@dataclass(frozen=True)
class Offer:
    """One call of `best_multiplier`."""

    activation: str
    candidates: tuple[float, ...]
    size: tuple[int, int]  # depth, width
    seed: int

    @property
    def arguments(self) -> tuple[str, list[float], int, int, Rng]:
        """The arguments of the call."""
        return (self.activation, list(self.candidates), *self.size, Rng(self.seed))

    @cached_property
    def usual_answers(self) -> tuple[float, float]:
        """The right answers with the weights drawn before the input and after it."""
        depth, width = self.size
        rng = np.random.default_rng(self.seed)

        def distance(multiplier: float) -> float:
            x = rng.standard_normal((width, 1))
            parameters = initialize_parameters([width] * (depth + 1), "xavier", rng, multiplier)
            return abs(float(np.log(norm_profile(x, parameters, self.activation)[-1, 0])))

        input_first = min(self.candidates, key=distance)
        rng_too = np.random.default_rng(self.seed)
        return best_multiplier(self.activation, self.candidates, depth, width, rng_too), input_first


@dataclass(frozen=True)
class Pair:
    """Two candidates, how often they are offered, and bounds of the probability that the second is the better one."""

    candidates: tuple[float, float]
    times: int
    second: tuple[float, float]


# Theory without draws finds the first pair equally good and prefers 1 to 10. Whoever takes the mean of several
# networks for each candidate chooses 4 still more often: that is not asked for, but not to be punished.
PAIRS = (Pair((0.25, 4.0), 400, (0.791, 1.0)), Pair((1.0, 10.0), 60, (0.4279, 0.4609)))


@labelled("tiny_offers")
def tiny_offers(rng: np.random.Generator) -> list[Offer]:
    """Lists of three for tiny networks, where no candidate is the best in more than half of all draws."""
    kinds = [("linear", (0.9, 1.8, 3.6)), ("tanh", (1.5, 4.0, 12.0))] * 5
    return [Offer(kind, candidates, (2, 2), int(rng.integers(2**62))) for kind, candidates in kinds]


@labelled("many_offers")
def many_offers(rng: np.random.Generator) -> dict[Pair, list[Offer]]:
    """Each pair many times, each time from a seed of its own."""

    def offers(pair: Pair) -> list[Offer]:
        seeds = rng.integers(2**62, size=pair.times)
        return [Offer("linear", pair.candidates, (2, 1), int(seed)) for seed in seeds]

    return {pair: offers(pair) for pair in PAIRS}


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
        f"In {len(answers)} networks of width 1 and depth 2 without a nonlinearity you choose {second:g} and not "
        f"{first:g} {count} times. In so small networks the draws decide, and they do so otherwise: measure.",
    )
