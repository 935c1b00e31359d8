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
* repeats in one long array: the same bound for each distance, with no more terms; for all 10,400 of the two
  vectors of `init_neuron` that are long enough 3e-17;
* standardised: an exact mean or variance to 1e-9 has probability ≤ 1e-7 for one shape, and all must show it;
* equal norms of all rows or columns to 1e-6: none.
"""

from collections.abc import Sequence

import numpy as np

from autograder.course.a3_initialization._sample import Sample
from autograder.course.reference.initialization import Array

FALSE_FAIL = 2e-15  # of all tests on the large arrays of one exercise, see the module
ENOUGH = 4000  # entries, to judge neighbours


def dependence(samples: Sequence[Sample]) -> str | None:
    """What shows that the entries are not independent draws, in a sentence; None if nothing does."""
    other = [sample for sample in samples if sample.scale is None and not sample.pool]
    pools = [sample for sample in samples if sample.scale is None and sample.pool]
    with np.errstate(all="ignore"):
        tests = (
            *(repeated(s.W) or correlated(s.W) or equal_norms(s.W) for s in other),
            *(ordered(s.W) for s in samples if not s.pool and not s.in_order),
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
    return f"among {pool.pool} many weights have the same absolute value"


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
        if entries.size >= ENOUGH and not (_lag(entries) < 0.3 and _lag(np.abs(entries)) < 0.9):
            return f"neighbours in an array of shape {W.shape} resemble each other, as if they were sorted"
    return None


def repeating(sample: Sample) -> str | None:
    """Weights at some distance that resemble each other, as when draws are used again; the trusted ones do not."""
    if sample.scale is not None or sample.W.size < ENOUGH or sample.pool or not sample.W.std() > 0:
        return None
    centred = sample.W - sample.W.mean()
    power = np.abs(np.fft.rfft(centred, 2 * centred.size)) ** 2
    echo = np.abs(np.fft.irfft(power)[1 : centred.size]) / np.square(centred).sum()
    if np.max(echo) < 0.3:
        return None
    return f"of {centred.size} weights each resembles the one {int(np.argmax(echo)) + 1} places on"


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
    """|Correlation| of neighbours; 0 if the entries are all equal, as absolute values of ±σ are."""
    centred = entries - entries.mean()
    size = float(np.square(centred).sum())
    if size <= 1e-20 * float(np.square(entries).sum()):
        return 0.0
    return abs(float(np.einsum("i,i", centred[1:], centred[:-1]))) / size
