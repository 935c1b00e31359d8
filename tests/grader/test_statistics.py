"""Thresholds against scipy's root finder and the exact χ² law."""

from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import brentq
from scipy.stats import chi2, kstwo, norm

from autograder.authoring.bounds import distribution_bound, mean_bound, variance_bounds

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
