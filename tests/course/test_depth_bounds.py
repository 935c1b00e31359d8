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

from collections.abc import Callable
from dataclasses import dataclass
from math import exp, inf, lgamma, log
from typing import Any, cast

import numpy as np
import pytest
from scipy import integrate, special, stats

from autograder.authoring import Check, Student
from autograder.authoring.bounds import binomial_window, distribution_bound
from autograder.authoring.expect import CheckFailed
from autograder.authoring.student import Call
from autograder.course.a4_depth_150 import _candidates, _runs, _spread
from autograder.course.a4_depth_150.best_multiplier import checks as best_multiplier
from autograder.course.a4_depth_150.best_multiplier.misconceptions import alike
from autograder.course.a4_depth_150.depth_report import checks as depth_report
from autograder.course.exercises import exercise_of
from autograder.course.reference import depth as reference
from autograder.course.reference.initialization import initialize_parameters
from autograder.demo.handin import solved
from autograder.grading.marking import mark
from autograder.intake.submission import from_cells
from autograder.sandbox import OwnCode, Reply, Rng
from tests.support.gradings import cases_of
from tests.support.selection import mostly_slow

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

    def uniform(self, low: float, high: float, size: int | None = None) -> np.ndarray | float:
        value = (low, high)[self.end]
        return value if size is None else np.full(size, value)

    def integers(self, high: int) -> int:
        return high - 1


def at(end: int) -> np.random.Generator:
    return cast(np.random.Generator, Ends(end))


def errs(choice: best_multiplier.Choice) -> float:
    """Bound of P(some wrong candidate has the smaller |log g|), each candidate with its own network."""
    offer = choice.offer
    depth, width = offer.size
    chain = Chain(offer.activation, width, depth)
    shifts = [
        depth * log(c) for c in offer.candidates
    ]  # what c adds to S, the logarithm of the squared growth
    right = shifts.pop(choice.right)
    bound = 0.0
    for wrong in shifts:
        middle = depth * log(2 if offer.activation == "relu" else 1)
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
def test_best_multiplier_seldom_fails_a_right_solution(
    check: Check, make: Callable[[np.random.Generator], list[best_multiplier.Choice]], end: int
) -> None:
    assert sum(errs(choice) for choice in make(at(end))) <= check.false_fail <= best_multiplier.FALSE_FAIL


@pytest.mark.parametrize("end", [0, 1])
def test_a_sigmoid_network_seldom_fails_a_right_solution(end: int) -> None:
    """The squared growth of candidate c is c·u·F/G: F and G are χ²_n/n, and u, the hidden units' mean square, is
    above B/(4n), B of them being above ½, and below 1. So the right candidate's |log| is at most |log(4u')| plus
    |log F/G| with 4u' from B/n to 4, and the wrong one's at least that of its multiplier less |log F/G|.
    """
    (choice,) = best_multiplier.sigmoid_choices(at(end))
    wrong, right = choice.offer.candidates
    _, n = choice.offer.size
    on = 4
    few = 2 * stats.binom(n, 0.5).cdf(on - 1)  # in one network or the other
    room = -log(wrong) - max(log(right), -log(right * on / (4 * n)))
    factor = min(
        exp(power(t, n) + power(-t, n) - t * room / 2) for t in TS if t < n / 2
    )  # P(|log F/G| ≥ room/2)
    assert few + 2 * 2 * factor <= 5e-15
    assert best_multiplier.check_draws_decide.false_fail >= 5e-15 + 2 * _candidates.ONE_COUNT


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
def test_depth_report_seldom_fails_a_right_solution(
    check: Check, windows: dict[tuple[str, str], tuple[float, float]]
) -> None:
    runs = _runs.deep_runs(np.random.default_rng(0))
    bound = sum(leaves(runs[key], window) for key, window in windows.items())
    assert bound <= check.false_fail <= depth_report.FALSE_FAIL


def test_a_shallow_wide_network_seldom_fails_a_right_solution() -> None:
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
def test_the_laws_are_those_of_networks(activation: str) -> None:
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


@pytest.mark.parametrize(("trials", "p", "q"), [(128, 0.25, 0.25), (200, 0.4, 0.5), (20, 0.1, 1.0)])
def test_the_binomial_window_is_the_narrowest(trials: int, p: float, q: float) -> None:
    low, high = binomial_window(trials, p, q, 1e-6)
    assert stats.binom(trials, p).cdf(low - 1) <= 5e-7 < stats.binom(trials, p).cdf(low)
    assert stats.binom(trials, q).sf(high) <= 5e-7 < stats.binom(trials, q).sf(high - 1)


def mean_over_product(f: Callable[[float], Any]) -> float:
    """E f(Z) for Z = |N_1·N_2|, whose density is (2/π)·K_0: K_0 is infinite at 0, where t² is put for z."""
    density = integrate.quad(
        lambda t: 2 * t * 2 / np.pi * special.k0(t * t) * f(t * t), 0, 8, limit=500, epsabs=1e-10
    )
    return float(density[0])


KINDS = _spread.tiny_runs(np.random.default_rng(0))


def test_an_eighth_of_our_sample_seldom_fails_a_right_solution() -> None:
    room = 2 * distribution_bound(_spread.SAMPLE, _spread.ONE_CUT)
    low, high = binomial_window(_spread.NETWORKS, 1 / 8 - room, 1 / 8 + room, _spread.ONE_COUNT)
    for p in (1 / 8 - room, 1 / 8, 1 / 8 + room):
        count = stats.binom(_spread.NETWORKS, p)
        assert count.cdf(low - 1) + count.sf(high) <= _spread.ONE_COUNT
    assert low > 0  # an eighth that stays empty is seen
    assert len(KINDS) == _spread.KINDS
    assert depth_report.check_many_networks.false_fail >= 2 * 3 * (_spread.ONE_CUT + 8 * _spread.ONE_COUNT)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.activation)
def test_our_sample_is_that_of_networks(kind: _spread.Kind) -> None:
    rng, drawn = np.random.default_rng(2), 4000
    size = kind.depth, kind.width
    growths = [reference.depth_report(kind.scheme, kind.activation, *size, rng) for _ in range(drawn)]
    for values, cuts in zip(_spread.quantities(np.array(growths).T), kind.cuts, strict=True):
        counts = np.histogram(values, [0, *cuts, np.inf])[0]
        assert np.all(np.abs(counts - drawn / 8) <= 5 * np.sqrt(drawn * 7 / 64))


@pytest.mark.parametrize("draw", [lambda rng: rng.random((1, 1)), lambda rng: rng.standard_normal((1, 2))])
def test_the_spread_shows_an_input_of_another_law_or_shape(
    draw: Callable[[np.random.Generator], np.ndarray],
) -> None:
    """Nothing else does: a deep network forgets its input."""
    rng, kind = np.random.default_rng(3), KINDS[0]
    params = initialize_parameters
    growths = [
        reference.report(params([1, 1, 1], kind.scheme, rng), "sigmoid", draw(rng)) for _ in range(768)
    ]
    with pytest.raises(CheckFailed, match="768 random networks"):
        _spread.follows(kind, growths)


def second_is_better(pair: _candidates.Pair) -> tuple[float, float]:
    """P(the second of a pair is better) at depth 2, each with a network of its own and both with the same."""
    first, second = sorted(pair.candidates)

    def product(z: float) -> float:  # P(|N_1·N_2| ≤ z)
        return float(2 / np.pi * special.iti0k0(z)[1])

    def given(z: float) -> float:  # the first network has the larger |log growth|
        distance = exp(abs(log(second * z)))
        return 1 - product(distance / first) + product(1 / (distance * first))

    larger = mean_over_product(given), product(1 / np.sqrt(first * second))
    return larger if second == pair.candidates[1] else (1 - larger[0], 1 - larger[1])


MANY_PAIRS = [pair for seed in range(6) for pair in _candidates.pairs(np.random.default_rng(seed))]


@pytest.mark.parametrize("pair", [pair for pair in MANY_PAIRS if pair.size == (2, 1)])
def test_the_shares_of_our_trials_are_those_of_the_law(pair: _candidates.Pair) -> None:
    low, high = pair.second
    assert all(low <= p <= high for p in second_is_better(pair))


def test_who_never_takes_the_dead_for_the_best_seldom_chooses_a_bad_one() -> None:
    """If each candidate has a network of its own, once in 4^4 lists; if all have one, once in 4."""
    _, high = binomial_window(_candidates.LISTS, 0.0, 0.25, _candidates.ONE_COUNT)
    assert max(stats.binom(_candidates.LISTS, p).sf(high) for p in (0.25, 0.25**4)) <= _candidates.ONE_COUNT
    (offer, *_), rng = _candidates.bad_first(np.random.default_rng(1)), np.random.default_rng(2)
    size, candidates = offer.size, offer.candidates
    with np.errstate(divide="ignore"):
        chosen = [reference.best_multiplier("relu", candidates, *size, rng) for _ in range(2000)]
    assert sum(c < 1e-20 for c in chosen) <= 25
    bad = dict.fromkeys(_candidates.bad_first(rng), candidates[0])
    with pytest.raises(CheckFailed, match="dead"):
        _candidates.seldom_dead(bad)


def test_never_are_all_networks_of_a_list_dead() -> None:
    """Then nothing is promised: neither for who draws in a usual order, nor, but for chance, for anybody else."""
    for seed in range(50):
        for offer in _candidates.dying_offers(np.random.default_rng(seed)):
            assert all(np.isfinite(logs).any() for logs in offer.usual_logs)
    lists = [
        offer
        for make in (_candidates.bad_first, _candidates.bad_last)
        for offer in make(np.random.default_rng(1))
    ]
    assert {offer.size for offer in lists} == {(2, 2)}  # dead once in four times
    assert sum(0.25 ** len(offer.candidates) for offer in lists) < 1e-12


def test_close_candidates_are_told_apart_by_the_logarithm_alone() -> None:
    """Who measures in a usual order, and rounds or adds a small number, is not taken for who does not."""
    offers = _candidates.close_offers(np.random.default_rng(3))
    assert {offer.activation for offer in offers} == {"linear"}
    for measure in (np.exp, lambda q: np.exp(q) + 0.1, lambda q: np.round(np.exp(q), 1)):
        right = []
        for order in (0, 1):
            chosen = []
            for offer in offers:
                per_layer = np.array(offer.usual_logs[order]) / offer.size[0]
                with np.errstate(divide="ignore"):
                    chosen.append(offer.candidates[int(np.argmin(np.abs(np.log(measure(per_layer)))))])
            right.append(chosen == [offer.usual_answers[order] for offer in offers])
        assert all(right) if measure is np.exp else not any(right)


@pytest.mark.parametrize("pair", MANY_PAIRS[:8])
def test_a_right_count_seldom_leaves_its_window(pair: _candidates.Pair) -> None:
    low, high = binomial_window(len(pair.seeds), *pair.second, _candidates.ONE_COUNT)
    for p in pair.second:
        count = stats.binom(len(pair.seeds), p)
        assert count.cdf(low - 1) + count.sf(high) <= _candidates.ONE_COUNT
    counts = _candidates.PAIRS * 3 + 2
    assert best_multiplier.check_draws_decide.false_fail >= counts * _candidates.ONE_COUNT


@pytest.mark.parametrize("pair", mostly_slow(MANY_PAIRS[: _candidates.PAIRS]))
def test_the_better_of_a_pair_is_that_of_networks(pair: _candidates.Pair) -> None:
    rng = np.random.default_rng(4)
    chosen = [
        reference.best_multiplier(pair.activation, pair.candidates, *pair.size, rng) for _ in range(2000)
    ]
    share = chosen.count(pair.candidates[1]) / 2000
    low, high = pair.second
    assert low - 5 * np.sqrt(0.25 / 2000) <= share <= high + 5 * np.sqrt(0.25 / 2000)


@pytest.mark.slow
def test_no_constant_choice_and_no_coin_decides_all_pairs() -> None:
    for seed in range(4):
        windows = [
            np.divide(binomial_window(len(pair.seeds), *pair.second, _candidates.ONE_COUNT), len(pair.seeds))
            for pair in _candidates.pairs(np.random.default_rng(seed))
        ]
        for share in np.linspace(0, 1, 21):
            assert not all(low <= share <= high for low, high in windows)


def test_the_bounds_of_the_assignment_add_up_to_less_than_5e_10() -> None:
    modules = ("depth_report", "best_multiplier")
    assert sum(check.false_fail for name in modules for check in exercise_of(name).checks) <= 5e-10
    assert sum(check.false_fail for check in exercise_of("depth_report").checks) <= depth_report.FALSE_FAIL


def test_no_candidate_is_the_best_in_more_than_half_of_the_draws() -> None:
    rng = np.random.default_rng(5)
    for offer in _candidates.tiny_offers(rng)[:2]:
        best = [
            reference.best_multiplier(offer.activation, offer.candidates, *offer.size, rng)
            for _ in range(1000)
        ]
        assert max(map(best.count, offer.candidates)) <= 500


@pytest.mark.parametrize(("exercise", "calls"), [("depth_report", 18), ("best_multiplier", 27)])
def test_who_draws_in_a_usual_order_is_not_asked_for_many_networks(exercise: str, calls: int) -> None:
    cells = from_cells("x.ipynb", solved("4-depth-150")["cells"], None, "4-depth-150").essential
    with OwnCode().open(cells) as session:
        student = Student(session)
        attempts = mark(exercise_of(exercise).checks, student, cases_of(b"usual", exercise))
    assert {attempt.result.status for attempt in attempts} == {"passed"}
    assert len(student.transcript) == calls


def test_a_candidate_is_not_taken_for_a_growth() -> None:
    """In a tiny network hardly any growth is out of the question, so a choice would be explained by any."""
    call = Call("best_multiplier", ("linear", [0.25, 4.0], 2, 1, Rng(1)), Reply(4.0, None, (), False))
    assert not alike(call, 3.0)
