"""Are the entries of a weight matrix independent draws? Each test returns a sentence, or None.

Error rates on honest draws of the shapes in `_law.LARGE`, in any order:
* equal entries: float64 draws have none; float32 draws about 25 in 20,480, and 1 % is allowed;
* correlated rows or columns: P(|r| > .9) ≤ .19^29 a pair at 60 entries, 2e-18 for all 2,016 pairs;
* neighbours: for independent sub-Gaussian x, y E exp(λxy) ≤ (1−λ²)^(−1/2) at unit proxy. Split the sum of
  neighbours' products into two of M = N/2 independent terms: P(|r| > .25) ≤ 4·exp(−.025·M), below 1e-60
  at N = 12,288; for absolute values, whose variance is .36, P(|r| > .5) ≤ 4·exp(−.0129·M) ≤ 1e-33;
* standardised: an exact mean or variance to 1e-9 has probability ≤ 1e-7 for one shape, and all must show it;
* equal norms of all rows or columns to 1e-6: none.
"""

from collections.abc import Sequence

import numpy as np

from autograder.reference.initialization import Array


def dependence(matrices: Sequence[Array], targets: Sequence[float]) -> str | None:
    """What shows that the entries are not independent draws, in a sentence; None if nothing does."""
    tests = (*(repeated(W) or correlated(W) or ordered(W) or equal_norms(W) for W in matrices),)
    return next((found for found in tests if found), None) or standardised(matrices, targets)


def repeated(W: Array) -> str | None:
    """Entries that are used twice, also with the other sign."""
    if np.unique(np.abs(W)).size >= 0.99 * W.size:
        return None
    return f"many of the {W.size} weights of a matrix of shape {W.shape} have the same absolute value"


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
    for entries in (W.ravel(), W.ravel(order="F")):
        if entries.size >= 10_000 and not (_lag(entries) < 0.25 and _lag(np.abs(entries)) < 0.5):
            return f"neighbours in an array of shape {W.shape} resemble each other, as if they were sorted"
    return None


def equal_norms(W: Array) -> str | None:
    """Rows or columns that have been divided by their norm."""
    for axis, name in ((1, "rows"), (0, "columns")):
        norms = np.sqrt(np.sum(W * W, axis=axis))
        if norms.size > 1 and W.shape[axis] > 1 and not np.ptp(norms) > 1e-6 * np.max(norms):
            return f"all {name} of a matrix of shape {W.shape} have the same norm"
    return None


def standardised(matrices: Sequence[Array], targets: Sequence[float]) -> str | None:
    """Draws that have been shifted or scaled to an exact sample mean or sample variance."""
    exact_mean = [abs(W.mean()) * np.sqrt(W.size) <= 1e-9 * np.sqrt(np.mean(W * W)) for W in matrices]
    if all(exact_mean):
        return "their mean is zero to the last digit, and chance never does that"
    for statistic in (lambda W: np.mean(W * W), np.var, lambda W: np.var(W, ddof=1)):
        if all(abs(statistic(W) / t - 1.0) <= 1e-9 for W, t in zip(matrices, targets, strict=True)):
            return "their sample variance is exact to the last digit, and chance never does that"
    return None


def _lag(entries: Array) -> float:
    """|Correlation| of neighbours; 0 if the entries are all equal, as absolute values of ±σ are."""
    centred = entries - entries.mean()
    size = float(np.sum(centred * centred))
    if size <= 1e-20 * float(np.sum(entries * entries)):
        return 0.0
    return float(abs(np.sum(centred[1:] * centred[:-1]))) / size
