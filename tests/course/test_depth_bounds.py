"""The error rates in the docstrings of `depth_report` and `best_multiplier`, proved: Chernoff bounds of exact laws.

With fresh normal weights one layer multiplies the squared norm by an independent factor, whatever the input:
c·χ²_n/n if it is linear and c·χ²_B/n with B ~ Bin(n, ½) if ReLU follows, where c/n is the weights' variance. So
E factor^t is known, and for a sum S of logarithms P(S ≥ s) ≤ E exp(tS)·exp(−ts) for every t ≥ 0. Any t proves a
bound, so a grid will do. Where too few units are on (B < ON) nothing is said: that case counts as a failure.

Backward, the gradient of ½‖ŷ‖² starts as ŷ, which the same weights have made. Split each gradient δ into its part
along the signal a of its layer and the rest. The weights W into that layer take the first part to the signal
before, times the forward factor F of that layer; the rest of W, which is independent of Wa, takes all of δ to fresh
normal entries: one fewer than units are on below, with a squared norm G = c·χ²_(B−1)/n (B = n if linear). So after
K steps from the output the squared norm is the sum of K + 1 products F_1 … F_j · G_(j+1) … G_K, each of independent
factors. It is at least the last of them, which has the forward law, and for t ≥ 1 Minkowski's inequality bounds its
moments by those of the forward law, since G is stochastically smaller than F.
"""

from dataclasses import dataclass
from math import exp, inf, lgamma, log

import numpy as np
import pytest

from autograder.checks.a4_depth_150 import _runs, best_multiplier, depth_report

TS = np.geomspace(1e-3, 60.0, 500)
ON = (1, 2, 3)


def power(t: float, units: int) -> float:
    """log E (χ²_units)^t."""
    return inf if units / 2 + t <= 0 else t * log(2) + lgamma(units / 2 + t) - lgamma(units / 2)


def binomial(n: int) -> np.ndarray:
    """log P(B = b) for b = 0 … n."""
    return np.array([lgamma(n + 1) - lgamma(b + 1) - lgamma(n - b + 1) - n * log(2) for b in range(n + 1)])


@dataclass(frozen=True)
class Chain:
    """A product of `depth` factors F with weights of variance 1/n, the last layer linear."""

    activation: str
    width: int
    depth: int

    def moment(self, t: float, on: int) -> float:
        """log E exp(tS) for the logarithm S of the product, restricted to B ≥ `on` in every layer."""
        scale = t * log(self.width)
        linear = power(t, self.width) - scale
        if self.activation == "linear" or linear == inf:
            return self.depth * linear
        terms = [p + power(t, b) for b, p in enumerate(binomial(self.width)) if b >= on]
        return (self.depth - 1) * (float(np.logaddexp.reduce(terms)) - scale) + linear

    def off(self, on: int) -> float:
        """P(B < `on` in some layer), by the union bound."""
        layers = 0 if self.activation == "linear" else self.depth
        return layers * float(np.sum(np.exp(binomial(self.width)[:on])))


def tail(chain: Chain, signs: tuple[int, ...], level: float) -> float:
    """Bound of P(Σ signs·S ≥ level) for independent copies S, one a sign."""

    def given(on: int) -> float:
        exponent = min(sum(chain.moment(s * t, on) for s in signs) - t * level for t in TS)
        return len(signs) * chain.off(on) + exp(min(0.0, exponent))

    return min(map(given, ON))


class Ends:
    """A generator whose uniform numbers all lie at one end: a bound is largest at one of them."""

    def __init__(self, end: int) -> None:
        self.end = end

    def uniform(self, low: float, high: float, size: int) -> np.ndarray:
        return np.full(size, (low, high)[self.end])

    def integers(self, high: int) -> int:
        return high - 1


def errs(choice: best_multiplier.Choice) -> float:
    """Bound of P(some wrong candidate has the smaller |log g|), each candidate with its own network."""
    depth, width = choice.size
    chain = Chain(choice.activation, width, depth)
    shifts = [
        depth * log(c) for c in choice.candidates
    ]  # what c adds to S, the logarithm of the squared growth
    right = shifts.pop(choice.right)
    bound = 0.0
    for wrong in shifts:
        middle = depth * log(2 if choice.activation == "relu" else 1)
        side = 1 if wrong > middle else -1
        for sign in (1, -1):  # |a| ≤ |b| needs a + b or a − b on the other side of 0
            bound += tail(chain, (-side, -side * sign), side * (wrong + sign * right))
    return bound


@pytest.mark.parametrize("end", [0, 1])
@pytest.mark.parametrize(
    ("check", "make"),
    [
        (best_multiplier.check_relu, best_multiplier.relu_choices),
        (best_multiplier.check_linear, best_multiplier.linear_choices),
        (best_multiplier.check_logarithm, best_multiplier.far_choices),
    ],
)
def test_best_multiplier_seldom_fails_a_right_solution(check, make, end):
    assert sum(errs(choice) for choice in make(Ends(end))) <= check.false_fail <= best_multiplier.FALSE_FAIL


def leaves(run: _runs.Run, window: tuple[float, float]) -> float:
    """Bound of P(the forward or the backward growth of `run` is outside `window`)."""
    low, high = (2 * log(g) - log(2 if run.scheme == "he" else 1) for g in window)
    bound = 0.0
    for chain, products in (
        (Chain(run.activation, run.width, run.depth - k), 1 + k * (run.depth - 1)) for k in (0, 1)
    ):
        bound += tail(chain, (-1,), -chain.depth * low) + sum_exceeds(chain, products, chain.depth * high)
    return bound


def sum_exceeds(chain: Chain, products: int, level: float) -> float:
    """Bound of P(the logarithm of a sum of `products` such products ≥ `level`), by Minkowski's inequality."""
    return exp(min(chain.moment(t, 1) + t * (log(products) - level) for t in TS if t >= 1))


@pytest.mark.parametrize(
    ("check", "windows"),
    [
        (
            depth_report.check_relu,
            {("he", "relu"): depth_report.HOLDS, ("xavier", "relu"): depth_report.VANISHES},
        ),
        (
            depth_report.check_linear,
            {("xavier", "linear"): depth_report.HOLDS, ("he", "linear"): depth_report.EXPLODES},
        ),
    ],
)
def test_depth_report_seldom_fails_a_right_solution(check, windows):
    runs = _runs.deep_runs(np.random.default_rng(0))
    bound = sum(leaves(runs[key], window) for key, window in windows.items())
    assert bound <= check.false_fail <= depth_report.FALSE_FAIL


def test_a_shallow_wide_network_seldom_fails_a_right_solution():
    bound = leaves(_runs.wide_run(np.random.default_rng(0)), depth_report.ONE_SCALE)
    assert bound <= depth_report.check_per_layer.false_fail


def networks(
    activation: str, width: int, depth: int, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """S forward and backward of 4000 drawn networks, −inf where all units of a layer are off."""
    W = [rng.standard_normal((4000, width, width)) / np.sqrt(width) for _ in range(depth)]
    signals = [rng.standard_normal((4000, width, 1))]
    for l, layer in enumerate(W, start=1):
        Z = layer @ signals[-1]
        signals.append(np.maximum(Z, 0.0) if activation == "relu" and l < depth else Z)
    delta = signals[-1]
    for layer, A in zip(W[:0:-1], signals[-2:0:-1], strict=True):
        delta = layer.transpose(0, 2, 1) @ delta * ((A > 0) if activation == "relu" else 1.0)
    start, end, back = (np.sum(V**2, axis=(1, 2)) for V in (signals[0], signals[-1], delta))
    alive = end > 0
    return np.log(end[alive] / start[alive]), np.log(back[alive] / end[alive])


@pytest.mark.parametrize("activation", ["linear", "relu"])
def test_the_laws_are_those_of_networks(activation):
    """Drawn networks have the forward law's mean of S, and the backward law's mean of exp(S)."""
    width, depth, rng = 12, 5, np.random.default_rng(1)
    forward, backward = networks(activation, width, depth, rng)
    chain = Chain(activation, width, depth)
    mean = (chain.moment(1e-5, 1) - chain.moment(-1e-5, 1)) / 2e-5
    assert abs(np.mean(forward) - mean) <= 5 * np.std(forward) / np.sqrt(len(forward))
    half = 1 if activation == "linear" else 0.5
    F = [1.0] + [half] * (depth - 2)  # means, from the output down; the last layer is linear
    G = half - 1 / width
    total = sum(np.prod(F[:j]) * G ** (depth - 1 - j) for j in range(depth))
    ratios = np.exp(backward)
    assert abs(np.mean(ratios) - total) <= 5 * np.std(ratios) / np.sqrt(len(ratios))
