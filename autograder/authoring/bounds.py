"""Thresholds for checks on random weights, with the proofs of their error rates.

Let W have N independent entries of mean 0 and variance σ². Two statistics are used:

* T = mean(W²)/σ². For every law with E exp(λw²/σ²) ≤ (1−2λ)^(−1/2) for all λ < ½ (the Gaussian, with
  equality; uniform; truncated normal) Chernoff's bound gives P(T ≥ t) ≤ exp(−N(t−1−ln t)/2) for t > 1 and
  the same below for t < 1.
* Z = mean(W)·√N/σ. These laws are sub-Gaussian with proxy σ², so P(|Z| ≥ z) ≤ 2·exp(−z²/2).

A third one holds for every law: the distribution function F_N of the entries is nowhere further from their law's
than d, but for P ≤ 2·exp(−2·N·d²) (Dvoretzky, Kiefer and Wolfowitz, with Massart's constant).

A fourth one sums products: S = Σ x_i·x_j over M pairs, i ≠ j, of independent entries over σ, each of which is in two
pairs at most. Given all others, S is linear in an entry, so a sub-Gaussian one may be exchanged for a Gaussian, one
after the other, and E exp(λS) grows. For Gaussians it is Π (1 − λb)^(−1/2) over the eigenvalues b of the pairs'
adjacency matrix; their sum is 0, that of their squares 2·M, and |b| ≤ 2. Hence ln E exp(λS) ≤ λ²·M/(2·(1 − 2|λ|)) and
P(S ≥ √(2·M·x) + 2·x) ≤ exp(−x), and the same for −S.
"""

from functools import cache
from math import comb, exp, expm1, log, sqrt


@cache
def variance_bounds(entries: int, false_fail: float) -> tuple[float, float]:
    """Bounds lo < 1 < hi with P(T outside [lo, hi]) ≤ `false_fail` for N = `entries` (see the module).

    They solve t − 1 − ln t = 2·ln(2/false_fail)/N.
    """
    target = 2.0 * log(2.0 / false_fail) / entries
    low = _bisect(target, inside=0.0, outside=-target - 1.0)  # there e^s − 1 − s exceeds the target by e^s
    high = 1.0
    while expm1(high) - high < target:
        high *= 2.0
    return exp(low), exp(_bisect(target, inside=0.0, outside=high))


def mean_bound(false_fail: float) -> float:
    """Bound z with P(|Z| > z) ≤ `false_fail` (see the module)."""
    return sqrt(2.0 * log(2.0 / false_fail))


def distribution_bound(entries: int, false_fail: float) -> float:
    """Bound d with P(sup |F_N − F| > d) ≤ `false_fail` for N = `entries` (see the module)."""
    return sqrt(log(2.0 / false_fail) / (2.0 * entries))


def products_bound(pairs: float, false_fail: float) -> float:
    """Bound s with P(|S| > s) ≤ `false_fail` for M = `pairs` products (see the module)."""
    x = log(2.0 / false_fail)
    return sqrt(2.0 * pairs * x) + 2.0 * x


@cache
def share_bounds(trials: int, p: float, false_fail: float) -> tuple[float, float]:
    """Bounds between which the share of successes lies but for P ≤ `false_fail`, by Chernoff's bound on either side:
    P(share ≥ q) ≤ exp(−N·K) with K = q·ln(q/p) + (1−q)·ln((1−q)/(1−p)) for q > p, and the same below.
    """
    target = log(2.0 / false_fail) / trials
    return _where_divergence(p, 0.0, target), _where_divergence(p, 1.0, target)


def _where_divergence(p: float, end: float, target: float) -> float:
    """The q between p and `end` that diverges from p by `target`; the end if none does."""
    inside, outside = p, end
    for _ in range(100):
        q = 0.5 * (inside + outside)
        divergence = q * log(q / p) + (1 - q) * log((1 - q) / (1 - p)) if 0 < q < 1 else target
        inside, outside = (q, outside) if divergence < target else (inside, q)
    return outside


@cache
def binomial_window(trials: int, p: float, q: float, false_fail: float) -> tuple[int, int]:
    """The narrowest window that Bin(trials, r) leaves with probability ≤ `false_fail`, half on each side, p ≤ r ≤ q.

    The lower end is that of p and the upper end that of q, since the law moves up with r.
    """
    return _seldom_below(trials, p, false_fail / 2), trials - _seldom_below(trials, 1 - q, false_fail / 2)


def _seldom_below(trials: int, p: float, rate: float) -> int:
    """The largest k with P(Bin(trials, p) < k) ≤ `rate`."""
    k, below = 0, 0.0
    while (below := below + comb(trials, k) * p**k * (1 - p) ** (trials - k)) <= rate:
        k += 1
    return k


def _bisect(target: float, inside: float, outside: float) -> float:
    """The s between `inside` and `outside` with e^s − 1 − s = target; s = ln t keeps the precision near t = 1."""
    for _ in range(100):
        middle = 0.5 * (inside + outside)
        if expm1(middle) - middle < target:
            inside = middle
        else:
            outside = middle
    return 0.5 * (inside + outside)
