"""Thresholds against scipy's root finder and the exact χ² law."""

from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import brentq
from scipy.stats import binom, chi2, kstwo, norm

from autograder.authoring.bounds import (
    distribution_bound,
    mean_bound,
    products_bound,
    share_bounds,
    variance_bounds,
)

ENTRIES = st.integers(1, 2_000_000)
RATES = st.sampled_from([1e-3, 1e-9, 2.5e-11])


@given(ENTRIES, RATES)
def test_bounds_solve_chernoffs_equation(entries: int, rate: float) -> None:
    target = 2 * log(2 / rate) / entries
    low = brentq(lambda t: t - 1 - log(t) - target, 1e-100, 1, xtol=1e-100, rtol=1e-13)
    high = brentq(lambda t: t - 1 - log(t) - target, 1, 10 + 10 * target)
    assert variance_bounds(entries, rate) == pytest.approx((low, high), rel=1e-9)


@given(ENTRIES, RATES)
def test_bounds_keep_the_rate_for_gaussian_weights(entries: int, rate: float) -> None:
    low, high = variance_bounds(entries, rate)
    assert chi2.cdf(low * entries, entries) + chi2.sf(high * entries, entries) <= rate


@given(RATES)
def test_mean_bound_keeps_the_rate(rate: float) -> None:
    assert 2 * norm.sf(mean_bound(rate)) <= rate


@pytest.mark.parametrize("entries", [10, 600, 13_600, 50_000])
@pytest.mark.parametrize("rate", [1e-3, 4e-12])
def test_distribution_bound_keeps_the_rate_and_is_not_far_from_it(entries: int, rate: float) -> None:
    """The exact law of the largest gap is that of Kolmogorov's statistic."""
    exact = kstwo.sf(distribution_bound(entries, rate), entries)
    assert rate / 10 <= exact <= rate * (1 + 1e-9) or (entries < 100 and exact <= rate)


def test_bounds_tell_he_from_xavier_at_the_smallest_shape_used() -> None:
    low, high = variance_bounds(4096, 1e-9)
    assert (low, high) == pytest.approx((0.862, 1.152), abs=1e-3)


@pytest.mark.parametrize("distance", [1, 2, 7, 150])
@pytest.mark.parametrize("rate", [1e-3, 1e-9, 1e-18])
def test_products_bound_keeps_the_rate_for_gaussian_neighbours(distance: int, rate: float) -> None:
    """Chernoff's bound with the exact law: the eigenvalues of the pairs (i, i + distance), one chain after another."""
    size = 300
    pairs = np.eye(size, k=distance) + np.eye(size, k=-distance)
    eigenvalues = np.linalg.eigvalsh(pairs)
    bound = products_bound(size - distance, rate)
    tilts = np.linspace(0, 0.49, 200)[:, np.newaxis]
    exponents = -0.5 * np.sum(np.log1p(-tilts * eigenvalues), axis=1) - tilts[:, 0] * bound
    assert 2 * np.exp(np.min(exponents)) <= rate


@given(st.integers(1, 100_000), st.floats(1e-4, 0.9999), RATES)
def test_share_bounds_keep_the_rate(trials: int, p: float, rate: float) -> None:
    low, high = share_bounds(trials, p, rate)
    assert 0 <= low < p < high <= 1
    below = binom.cdf(np.ceil(low * trials) - 1, trials, p)
    above = binom.sf(np.floor(high * trials), trials, p)
    assert below + above <= rate * (1 + 1e-9)


def test_share_bounds_tell_weights_cut_off_from_normal_ones() -> None:
    low, high = share_bounds(86_000, 2 * norm.sf(3.05), 4e-12)
    assert 0.3 < low / (2 * norm.sf(3.05)) < high / (2 * norm.sf(3.05)) < 2
