"""Maps by their argument, singular values, and a signal through blocks. The numbers are public."""

from collections.abc import Callable

import numpy as np

from autograder.authoring.sketch import Array, Lines, norms
from autograder.course.reference.backpropagation import KINDS
from autograder.sandbox import Rng

LENGTHS = np.linspace(0.1, 1.0, 19)
BLOCKS = 15


def by_length(function: str) -> Callable[[], tuple[Lines, ...]]:
    """What follows from each second moment q, for each activation."""
    return lambda: tuple(
        Lines(
            f'`{function}(q, 1.5, "{kind}")`',
            "q",
            "returned",
            [(q, 1.5, kind) for q in LENGTHS.tolist()],
            np.array,
            first=float(LENGTHS[0]),
            step=float(LENGTHS[1] - LENGTHS[0]),
        )
        for kind in KINDS
    )


def singular_values() -> tuple[Lines, ...]:
    """The singular values of a tall matrix, a square one and a wide one."""
    return tuple(
        Lines(
            f"The singular values of `orthogonal({m}, {n}, rng)`",
            "number",
            "singular value",
            [(m, n, Rng(0))],
            lambda got: _singular_values(got[0]),
            first=1.0,
            kind="profile",
        )
        for m, n in ((40, 25), (30, 30), (25, 40))
    )


def _singular_values(W: Array) -> Array:
    if not np.isfinite(W).all():
        return np.full(min(W.shape), np.nan)
    return np.linalg.svd(W.astype(np.float64), compute_uv=False)


def through_blocks() -> tuple[Lines, ...]:
    """The norm of the signal after each number of blocks."""
    rng, n, h = np.random.default_rng(0), 6, 8
    A = rng.standard_normal((n, 4))
    blocks = [(rng.standard_normal((h, n)), rng.standard_normal((n, h))) for _ in range(BLOCKS)]
    calls = [(A, blocks[:number], 0.3) for number in range(BLOCKS + 1)]
    title = "The norm of the signal after each number of blocks"
    return (Lines(title, "blocks", "norm", calls, norms, log=True, kind="profile"),)
