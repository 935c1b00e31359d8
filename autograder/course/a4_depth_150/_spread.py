"""How the growth of tiny networks is spread, for those whose draws say nothing to us.

Which networks they are nobody can know, so nobody can know their law who does not run such networks. We run many: with
probability 1 − `ONE_CUT` the distribution function of a quantity is nowhere further than d from that of our sample
(Dvoretzky, Kiefer, Wolfowitz and Massart). So if the sample is cut into eighths, each of them has a probability of
1/8 ± 2·d, and the number of a student's networks in it is binomial.

The quantities are forward and backward growth and forward²/backward, in which a pair shows that does not belong
together. ReLU is left out, as small networks of it die.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from autograder.authoring import expect, labelled
from autograder.authoring.bounds import binomial_window, distribution_bound
from autograder.course.a4_depth_150._runs import Growth, Run
from autograder.course.reference.backpropagation import Array, activate, activation_derivative
from autograder.course.reference.initialization import VARIANCES

SAMPLE, NETWORKS, PARTS = 150_000, 768, 8
FEW = 256  # are enough to see that a mean of several networks is reported
ONE_CUT = ONE_COUNT = 1e-12  # how often at most one distribution function, or one count, leaves its window
QUANTITIES = "forward_growth", "backward_growth", "forward_growth²/backward_growth"
KINDS = 2
FALSE_FAIL = KINDS * len(QUANTITIES) * (ONE_CUT + PARTS * ONE_COUNT)


@dataclass(frozen=True)
class Kind:
    """Networks of one kind: a student's, and the seed of our sample."""

    scheme: str
    activation: str
    depth: int
    width: int
    runs: tuple[Run, ...]
    seed: int

    @cached_property
    def cuts(self) -> Array:
        """The ends of the inner eighths of our sample, a row for each quantity."""
        shape = self.scheme, self.activation, self.depth, self.width
        sample = quantities(sampled(*shape, SAMPLE, np.random.default_rng(self.seed)))
        return np.quantile(sample, np.arange(1, PARTS) / PARTS, axis=1).T


@labelled("tiny_runs")
def tiny_runs(rng: np.random.Generator) -> list[Kind]:
    """Two kinds; the first shows best what its input is, as its only hidden unit saturates."""

    def kind(activation: str, depth: int, width: int) -> Kind:
        scheme = str(rng.choice(list(VARIANCES)))
        seeds = rng.integers(2**62, size=NETWORKS)
        runs = tuple(Run(scheme, activation, depth, width, int(seed)) for seed in seeds)
        return Kind(scheme, activation, depth, width, runs, int(rng.integers(2**62)))

    second = str(rng.choice(["linear", "tanh"]))
    return [kind("sigmoid", 2, 1), kind(second, int(rng.integers(2, 4)), int(rng.integers(2, 4)))]


def sampled(
    scheme: str,
    activation: str,
    L: int,
    n: int,
    networks: int,
    rng: np.random.Generator,
    multiplier: float = 1.0,
) -> Array:
    """Forward and backward growth of so many networks, two rows; the multiplier multiplies the variance."""
    weights = rng.standard_normal((L, networks, n, n)) * np.sqrt(multiplier * VARIANCES[scheme](n, n))
    A = x = rng.standard_normal((networks, n, 1))
    slopes = []
    for W in weights[:-1]:
        Z = W @ A
        A = activate(Z, activation)
        slopes.append(activation_derivative(Z, activation))
    delta = y = weights[-1] @ A
    for W, slope in zip(weights[:0:-1], slopes[::-1], strict=True):
        delta = W.swapaxes(1, 2) @ delta * slope
    start, end, back = (np.sqrt(np.sum(v**2, axis=(1, 2))) for v in (x, y, delta))
    return np.array([(end / start) ** (1.0 / L), (back / end) ** (1.0 / (L - 1))])


def quantities(growths: Array) -> Array:
    """The three of them, of pairs of growth factors in two rows."""
    forward, backward = growths
    return np.array([forward, backward, forward**2 / backward])


def follows(kind: Kind, growths: list[Growth]) -> None:
    """Fail unless each eighth of our sample holds about an eighth of the networks."""
    pairs = np.array(growths).T
    what = (
        f"Of {len(growths)} random networks ({kind.scheme}, {kind.activation}, depth {kind.depth}, "
        f"width {kind.width})"
    )
    expect.that(bool(np.all(pairs > 0)), f"{what} some have a growth of 0, which cannot be.")
    some = min(np.unique(row).size for row in pairs)  # two random ones are equal once in 2^50
    expect.that(some > len(growths) / 2, f"{what} you report {some} different growth factors: measure.")
    room = 2.0 * distribution_bound(SAMPLE, ONE_CUT)
    low, high = binomial_window(len(growths), 1.0 / PARTS - room, 1.0 / PARTS + room, ONE_COUNT)
    for name, cuts, row in zip(QUANTITIES, kind.cuts, quantities(pairs), strict=True):
        counts = np.bincount(np.searchsorted(cuts, row), minlength=PARTS).tolist()
        expect.that(
            low <= min(counts) and max(counts) <= high,
            f"{what} an eighth each should have a {name} up to {', '.join(f'{cut:.2f}' for cut in cuts)} and above, "
            f"more or less; you report {', '.join(map(str, counts))}.",
        )
