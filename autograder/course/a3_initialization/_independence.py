"""Are the entries of a weight matrix independent draws? Each test returns a sentence, or None.

In tier 1 the entries are the trusted draws, and only their order can be wrong. Error rates on honest draws of
the shapes that `_law`, `_parameters` and `init_neuron` ask for:
* equal entries: float64 draws have none; float32 draws 2 in 5,120, and 1 % is allowed. In a pool of 600 they
  have .02, and more than the 2 % that are allowed with probability 2e-31;
* correlated rows or columns: P(|r| > .9) ≤ .19^29 a pair at 60 entries, 3e-18 for all 2,130 pairs of a network;
* neighbours: for independent sub-Gaussian x, y E exp(λxy) ≤ (1−λ²)^(−1/2) at unit proxy. Split the sum of
  neighbours' products into two of M = N/2 ≥ 2,000 independent terms. P(|r| > .3) ≤ 4·exp(−.0247·M) < 2e-21, with
  a quarter of room for the measured variance, which fails at 1e-32 (Chernoff). The same for absolute values, of
  variance .36 (.25 if uniform): P(|r| > .9) ≤ 4·exp(−.0188·M) < 2e-16, with 35 % of room, which fails at 4e-18;
* echoes at any distance: `ECHO_FAIL` for all distances of one array in one order, by `bounds.products_bound`; twice as
  much for weights mirrored at any place, and for partial sums; once for the mean square (see `echo`);
* sums of rows, columns or small arrays: their mean square over that of the weights, `bounds.variance_bounds` with
  `ECHO_FAIL`. The lower bound asks more of the law; see there. Sums of normal weights are normal; those of uniform
  ones satisfy it, too;
* sorted weights: e^−30 for either of six ways to sort (see `in_order_of_size`);
* standardised: an exact mean or variance to 1e-9 has probability ≤ 1e-7 for one shape, and all must show it;
* equal norms of all rows or columns to 1e-6: none.
"""

from collections.abc import Sequence
from math import lgamma, sqrt

import numpy as np

from autograder.authoring.bounds import products_bound, variance_bounds
from autograder.course.a3_initialization._sample import Sample
from autograder.course.reference.initialization import Array

ECHO_FAIL = 2e-14
ARRAYS = 14  # large ones of one exercise, at most: all layers of `initialize_parameters`
POOLS = 32  # of small arrays, at most: those of `initialize_parameters`
FALSE_FAIL = (
    ARRAYS * (2 * 6 + 2 * 2) + POOLS * 2
) * ECHO_FAIL + 1e-12  # of all tests on them, see the module
ENOUGH = 4000  # entries, to judge neighbours


def dependence(samples: Sequence[Sample]) -> str | None:
    """What shows that the entries are not independent draws, in a sentence; None if nothing does."""
    other = [sample for sample in samples if sample.scale is None and not sample.pool]
    pools = [sample for sample in samples if sample.scale is None and sample.pool]
    with np.errstate(all="ignore"):
        tests = (
            *(repeated(s.W) or correlated(s.W) or equal_norms(s.W) for s in other),
            *(ordered(s.W) for s in samples if not s.pool and not s.in_order),
            *(echo(s) for s in samples if not s.in_order),
            *(even_sums(s) for s in samples if not s.in_order),
            *(even_arrays(pool) for pool in pools),
            standardised(other) if other else None,
            *(repeated_in(pool) for pool in pools),
            standardised(pools) if len(pools) > 1 else None,
        )
    return next((found for found in tests if found), None)


def repeated(W: Array) -> str | None:
    """Entries that are used twice, also with the other sign."""
    if np.unique(np.abs(W)).size >= 0.99 * W.size:
        return None
    return f"many of the {W.size} weights of a matrix of shape {W.shape} have the same absolute value"


def repeated_in(pool: Sample) -> str | None:
    """The same entries for several seeds, or several times in one small array."""
    if np.unique(np.abs(pool.W)).size >= 0.98 * pool.W.size:
        return None
    return f"among {pool.pool}, each from a seed of its own, many weights have the same absolute value"


def correlated(W: Array) -> str | None:
    """Two rows or two columns, whichever are fewer, that are multiples of each other."""
    lines, name = (W, "rows") if W.shape[0] < W.shape[1] else (W.T, "columns")
    r = np.abs(cosines(lines[:, :60] - lines[:, :60].mean(axis=1, keepdims=True)))
    np.fill_diagonal(r, 0.0)
    if not np.max(r) < 0.9:
        return f"some {name} of a matrix of shape {W.shape} are nearly multiples of each other"
    return None


def cosines(lines: Array) -> Array:
    """Those of all pairs of rows; without BLAS, whose threads stall each other on a busy machine."""
    lines = lines / np.sqrt(np.sum(lines * lines, axis=1, keepdims=True))
    cosine: Array = np.einsum("ik,jk->ij", lines, lines)
    return cosine


def ordered(W: Array) -> str | None:
    """Neighbours that resemble each other: sorted draws, running sums."""
    for entries in (W.ravel(), W.ravel(order="F"))[: W.ndim]:
        if entries.size >= ENOUGH and not (abs(_lag(entries)) < 0.3 and abs(_lag(np.abs(entries))) < 0.9):
            return f"neighbours in an array of shape {W.shape} {_likeness(entries)}"
    return None


def _likeness(entries: Array) -> str:
    """How neighbours depend on each other."""
    if _lag(entries) >= 0.3:
        return "resemble each other, as if they were sorted, or running sums"
    return (
        "depend on each other: their signs alternate"
        if _lag(entries) <= -0.3
        else "have sizes that depend on each other"
    )


def echo(sample: Sample) -> str | None:
    """Weights at some distance that resemble each other, or mirrored ones, as when draws are used again or mixed.

    A wrong mean or variance costs points elsewhere, so the weights are centred and S is compared with their measured
    mean square, which is no less than `low` times the right one. Centred, S changes by mean·(A + B) and M·mean², where
    A and B are sums of M weights: 6·x at most but for exp(−x), if x is what `products_bound` is made of.
    """
    if sample.pool or sample.W.size < ENOUGH or not sample.W.std() > 0:
        return None
    size = sample.W.size
    distances = np.arange(1, size)
    rate = ECHO_FAIL / size
    x = np.log(2.0 / rate)
    low, _ = variance_bounds(size, ECHO_FAIL)
    echoes = (np.sqrt(2.0 * (size - distances) * x) + 2.0 * x + 6.0 * x) / low
    mirrors = (2.0 * products_bound(size / 2, rate) + 6.0 * x + np.square(sample.largest / sample.rms)) / low
    for entries in (sample.W.ravel(), sample.W.ravel(order="F"))[: sample.W.ndim]:
        centred = entries - entries.mean()
        wave = np.fft.rfft(centred / sample.rms, 1 << (2 * size - 1).bit_length())
        sums = np.abs(np.fft.irfft(np.abs(wave) ** 2)[1:size]) / echoes
        if np.max(sums) > 1.0:
            return f"of {size} weights each resembles the one {int(np.argmax(sums)) + 1} places on"
        if np.max(np.abs(np.fft.irfft(wave**2))) > mirrors:
            return f"of {size} weights those before some place resemble those behind it, mirrored"
    return None


def even_sums(sample: Sample) -> str | None:
    """Rows or columns whose sums scatter less or more than sums of independent weights do."""
    if sample.pool or sample.W.size < ENOUGH or sample.W.ndim < 2 or not sample.mean_is_zero:
        return None
    for axis, name in ((1, "rows"), (0, "columns")):
        if scatter := _scatter(sample, sample.W.sum(axis=axis) / sqrt(sample.W.shape[axis])):
            of = f"the {name} of a matrix of shape {sample.W.shape}"
            return f"the sums of {of} scatter {scatter} than they do by chance"
    return None


def even_arrays(pool: Sample) -> str | None:
    """Small arrays whose sums scatter less or more, as where each has one weight in each part of the law."""
    # A wrong variance or mean has its price elsewhere, also that of some of them.
    right = pool.sums and pool.mean_is_zero and pool.variance_is_right
    if not right or not (scatter := _scatter(pool, np.array(pool.sums))):
        return None
    return f"the sums of {pool.pool} scatter {scatter} than they do by chance"


def _scatter(sample: Sample, sums: Array) -> str | None:
    """Whether sums, each over the root of its number of weights, scatter more or less than the weights do."""
    scatter = float(np.mean(np.square(sums / sample.rms)))
    low, high = variance_bounds(sums.size, ECHO_FAIL)
    low_all, high_all = variance_bounds(sample.W.size, ECHO_FAIL)
    if low / high_all <= scatter <= high / low_all:
        return None
    return "more" if scatter > 1 else "less"


def in_order_of_size(samples: Sequence[Sample]) -> str | None:
    """Small arrays, trusted draws among them, that are all sorted: as a whole, or line by line, up or down.

    Lines of lengths k are all sorted by chance with probability Π 1/k!, and nothing is said above e^−30.
    """
    small = [sample.W for sample in samples if not sample.large]
    for lines in (
        [W.reshape(1, -1) for W in small],
        [W for W in small if W.ndim == 2],
        [W.T for W in small if W.ndim == 2],
    ):
        certain = sum(lgamma(W.shape[1] + 1) * W.shape[0] for W in lines) >= 30.0
        for sign in (1.0, -1.0):
            if certain and all(np.all(np.diff(sign * W, axis=1) >= 0) for W in lines):
                return "the weights of small arrays are sorted"
    return None


def repeats(samples: Sequence[Sample]) -> bool:
    """Whether two layers of a network begin with the same draws, as after a new seed, up to a factor."""
    if all(sample.scale is not None for sample in samples):
        return False  # the trusted draws do not
    long = [sample.W for sample in samples if sample.W.size >= 6]
    for starts in ([W.ravel()[:6] for W in long], [W.T.ravel()[:6] for W in long]):
        with np.errstate(all="ignore"):
            r = np.nan_to_num(cosines(np.array(starts).reshape(-1, 6)))
        np.fill_diagonal(r, 0.0)
        # five free numbers agree to 1e-5 by chance once in 1e25
        if np.max(r, initial=0.0) > 1.0 - 1e-10:
            return True
    return False


def equal_norms(W: Array) -> str | None:
    """Rows or columns that have been divided by their norm."""
    for axis, name in ((1, "rows"), (0, "columns")):
        norms = np.sqrt(np.sum(W * W, axis=axis))
        if norms.size > 1 and W.shape[axis] > 1 and not np.ptp(norms) > 1e-6 * np.max(norms):
            return f"all {name} of a matrix of shape {W.shape} have the same norm"
    return None


def standardised(samples: Sequence[Sample]) -> str | None:
    """Draws that have been shifted or scaled to an exact sample mean or sample variance."""
    if all(abs(s.W.mean()) * np.sqrt(s.W.size) <= 1e-9 * s.rms for s in samples):
        return "their mean is zero to the last digit, and chance never does that"
    for statistic in (lambda W: np.mean(W * W), np.var, lambda W: np.var(W, ddof=1)):
        if all(abs(statistic(s.W) / s.target - 1.0) <= 1e-9 for s in samples):
            return "their sample variance is exact to the last digit, and chance never does that"
    return None


def _lag(entries: Array) -> float:
    """Correlation of neighbours; 0 if the entries are all equal, as absolute values of ±σ are."""
    centred = entries - entries.mean()
    size = float(np.square(centred).sum())
    if size <= 1e-20 * float(np.square(entries).sum()):
        return 0.0
    return float(np.einsum("i,i", centred[1:], centred[:-1])) / size
