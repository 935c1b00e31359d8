"""What all exercises on random weight matrices check. Each function fails the check or returns."""

from collections.abc import Iterable, Sequence
from statistics import NormalDist

import numpy as np

from autograder.authoring import expect
from autograder.authoring.bounds import distribution_bound, share_bounds
from autograder.course.a3_initialization._independence import dependence, in_order_of_size
from autograder.course.a3_initialization._law import Drawn
from autograder.course.a3_initialization._measured import behaves_like
from autograder.course.a3_initialization._pools import MATRICES, REACH_FAIL
from autograder.course.a3_initialization._pools import REACH as POOL_REACH
from autograder.course.a3_initialization._sample import FALSE_FAIL, POOL_FAIL, Sample, arguments
from autograder.course.reference.initialization import Array
from autograder.sandbox import Reply

POOLS = len(MATRICES) + 1  # one for each kind of shape, one for all

# False-fail rates on the three large shapes, the vast one and the pools of small ones (see `_sample.FALSE_FAIL`): T and
# Z for the variance, and again for the mean; T for the largest weight of the large ones, and for all of them together
# the distribution and the share of those that are far from zero.
ARRAYS = 4
VARIANCE_FAIL = ARRAYS * 2 * FALSE_FAIL + POOLS * 2 * POOL_FAIL
MEAN_FAIL = VARIANCE_FAIL
NORMAL_FAIL = (ARRAYS + 2) * FALSE_FAIL + 1e-30 + POOLS * REACH_FAIL

# The largest of N uniform weights is 1.7 standard deviations from zero, of weights cut off at two it is 2.3. As
# long as T is within its bounds 2.5 measured standard deviations are at most 2.77 true ones (at N = 2,400), and
# of 13,600 normal weights none is beyond with probability .9944^13,600 < 1e-30.
REACH = 2.5

# Where distributions are compared, in standard deviations, and the normal one there.
PLACES = np.linspace(-2.5, 2.5, 101)
NORMAL = np.array([NormalDist().cdf(place) for place in PLACES])

# Weights cut off at three deviations have none here, sums of three uniform numbers neither; of normal weights .23 %.
FAR = 3.05
FAR_NORMAL = 2 * NormalDist().cdf(-FAR)


def variance_is_right(drawn: Drawn) -> None:
    """Fail unless the variance is the law's at every shape; say what it is like instead."""
    wrong = max((s for s in drawn.samples if not s.variance_is_right), key=lambda s: s.W.size, default=None)
    if wrong is not None:
        expect.that(wrong.varies, f"{wrong.where} all weights are equal: they do not vary at all.")
        law = measured_law(drawn)
        if law is not None:
            expect.fail(f"The variance of your weights behaves like {law}; it should be {drawn.law.text}.")
    wrong = wrong or next((pool for pool in drawn.pools if not pool.variance_is_right), None)
    if wrong is not None:
        digits = next((n for n in range(3, 9) if float(f"{wrong.ratio:.{n}g}") != 1.0), 9)
        times = f"{wrong.ratio:.{digits}g} times {drawn.law.text}"
        expect.fail(f"{wrong.where} the variance of your weights is {times}.")


def measured_law(drawn: Drawn) -> str | None:
    """How the variance of the student's weights depends on the shape, if a simple law fits."""
    exact = all(s.scale is not None for s in drawn.large)
    samples = [s for s in drawn.samples if s.scale is not None] if exact else drawn.large
    # tier 2: five standard deviations at the smallest of the shapes, N = 2,400
    return behaves_like(
        [s.W.shape for s in samples],
        [s.ratio * s.target for s in samples],
        1e-5 if exact else 0.15,
        drawn.law.text,
    )


def mean_is_zero(samples: Sequence[Sample]) -> None:
    """Fail unless the mean is zero as far as chance allows."""
    for sample in samples:
        all_vary([sample])
        if not sample.mean_is_zero:
            expect.fail(
                f"{sample.where} the mean of your weights is {sample.W.mean() / sample.rms:+.2f} times their root "
                "mean square. By chance it cannot be so far from zero."
            )


def law_is_normal(samples: Sequence[Sample]) -> None:
    """Fail unless some weights are as far from zero as normal weights are, and spread as they are."""
    other = [sample for sample in samples if sample.scale is None]
    large = [sample for sample in other if not sample.pool]
    _large_reach(large)
    if large and all(sample.variance_is_right for sample in large):  # a wrong one costs points elsewhere
        _distribution(large)
    for pool in other:
        # in units of the deviation that is right; a wrong one costs points elsewhere
        expect.that(
            not pool.pool or not pool.variance_is_right or pool.largest >= POOL_REACH,
            f"{pool.where} none of {pool.W.size} weights is {POOL_REACH:g} standard deviations from zero. Of so many "
            "normally distributed weights some are more than 2 away.",
        )


def _large_reach(other: Sequence[Sample]) -> None:
    if not other:
        return
    with np.errstate(all="ignore"):
        reach = max(sample.largest / sample.rms if sample.rms > 0 else 0.0 for sample in other)
    expect.that(
        reach >= REACH,
        f"The largest of {sum(s.W.size for s in other):,} weights is only {reach:.2f} standard deviations from zero. "
        "Of so many normally distributed weights some are more than 3 away.",
    )


def _distribution(large: Sequence[Sample]) -> None:
    """Compare the weights, in units of the deviation that is right, with the normal distribution."""
    units = np.concatenate([sample.W.ravel() / np.sqrt(sample.target) for sample in large])
    entries = np.sort(units)
    shares = np.searchsorted(entries, PLACES, side="right") / entries.size
    worst = int(np.argmax(np.abs(shares - NORMAL)))
    expect.that(
        abs(shares[worst] - NORMAL[worst]) <= distribution_bound(entries.size, FALSE_FAIL),
        f"The variance is right, but {shares[worst]:.0%} of your weights are below {PLACES[worst]:.2f} standard "
        f"deviations; of normally distributed weights it is {NORMAL[worst]:.0%}.",
    )
    far = float(np.mean(np.abs(units) > FAR))
    low, high = share_bounds(entries.size, FAR_NORMAL, FALSE_FAIL)
    expect.that(
        low <= far <= high,
        f"The variance is right, but {far:.2%} of {entries.size:,} weights are more than {FAR:g} standard deviations "
        f"from zero; of normally distributed weights it is {FAR_NORMAL:.2%}.",
    )


def weights_are_independent(samples: Sequence[Sample], small: Sequence[Sample] = ()) -> None:
    """Fail if the entries depend on each other, wherever they come from, or if all `small` arrays are sorted."""
    found = dependence(samples) or in_order_of_size(small)
    expect.that(found is None, f"Your weights are not independent of each other: {found}.")


def generator_decides(drawn: Drawn) -> None:
    """Fail unless the same seed gives the same weights, another seed and a second draw others."""
    first, second = drawn.samples[0], drawn.samples[-1]
    known = first.in_order and second.in_order  # the trusted draws are others
    seed_decides(
        np.array_equal(first.W, drawn.again),
        np.array_equal(first.W, drawn.other),
        not known and drawn_again(first.W, second.W),
        np.array_equal(first.W, second.W),
    )


def drawn_again(first: Array, second: Array) -> bool:
    """Whether most weights of a second draw are those of the first, in some order and with some signs.

    Weights of one absolute value are so by chance: they must agree in their order, but for one sign. The arrays have
    28 entries or more. Of so many float32 draws half agree once in 1e60, of 64 even signs all or none once in 1e18.
    """
    if np.array_equal(first, second) or np.array_equal(first, -second):
        return True
    a, b = np.abs(first), np.abs(second)
    common = np.isin(a, b).sum()
    return bool(np.unique(a).size > a.size / 2 and common > a.size / 2)


def seed_decides(again: bool, other: bool, second: bool, is_equal: bool = True) -> None:
    """Fail unless weights from the same seed are the first ones `again`, and neither weights from an `other` seed
    nor a `second` draw from one generator are; these may also hold the first ones' numbers and not be equal to them.
    """
    expect.that(
        not other,
        "Generators with different seeds give the same weights. Draw from the one that you are given.",
    )
    expect.that(
        again,
        "Two generators with the same seed give different weights. Draw from the generator that you are given, "
        "and from nothing else.",
    )
    expect.that(
        is_equal or not second,
        "Two calls, one after the other, with one generator give the same numbers, in another order or with other "
        "signs. Each weight should be a draw of its own, and not one of numbers that are known before.",
    )
    expect.that(
        not second,
        "Two calls, one after the other, with one generator give the same weights: two layers of a network would be "
        "equal. Draw from the generator itself, so that it moves on, and not from a copy, its seed or a memory.",
    )


def array_is_right(drawn: Drawn) -> None:
    """Fail unless each result is a float64 array of the shape asked for, and holds weights that vary."""
    for sample, reply in zip(drawn.samples, drawn.replies, strict=False):
        what = f"For {arguments(sample.W.shape)} the result"
        expect.array(reply.result, sample.W.shape, what)
        expect.double(reply.result, f"the result for {arguments(sample.W.shape)}")
    varies(drawn)


def global_state_untouched(drawn: Drawn) -> None:
    """Fail if a call changed the state of NumPy's global generator."""
    varies(drawn)
    not_reseeded(drawn.replies)


def not_reseeded(replies: Iterable[Reply]) -> None:
    """The same, whatever was drawn."""
    expect.that(
        not any(reply.reseeded for reply in replies),
        "Your function uses or reseeds NumPy's global generator (np.random.…). That changes the random numbers "
        "of everybody else's code.",
    )


def varies(drawn: Drawn) -> None:
    """Fail if all weights of a large matrix are equal."""
    all_vary(drawn.large)


def all_vary(samples: Sequence[Sample]) -> None:
    """Fail if all weights of one of them are equal."""
    for sample in samples:
        everywhere = ", whatever the generator is" if sample.pool else ""
        expect.that(sample.varies, f"{sample.where} all weights are equal{everywhere}.")
