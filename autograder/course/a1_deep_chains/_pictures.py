"""The signal and the gradient by depth, where a mistake in a deep chain is seen. The numbers are public."""

import numpy as np

from autograder.authoring.sketch import Lines, norms

DEPTH = 12  # a shift by one layer is still seen
C = 2.0
_rng = np.random.default_rng(0)
X, LAST = _rng.standard_normal((4, 3)), _rng.standard_normal((2, 4))
WEIGHTS = [_rng.standard_normal((4, 4)) for _ in range(DEPTH)]


def by_depth(title: str, calls: list[tuple[object, ...]]) -> tuple[Lines]:
    """The norm of the result in chains of 1, 2, … layers."""
    return (Lines(title, "layers", "norm", calls, norms, first=1.0, log=True, kind="profile"),)


def forward() -> tuple[Lines]:
    """Of the output."""
    return by_depth("The norm of the output, by depth", [(X, WEIGHTS[: l + 1]) for l in range(DEPTH)])


def whole() -> tuple[Lines]:
    """Of the one matrix that the whole chain is."""
    return by_depth("The norm of the one matrix, by depth", [(WEIGHTS[: l + 1],) for l in range(DEPTH)])


def back() -> tuple[Lines]:
    """Of the gradient at the input."""
    return by_depth(
        "The norm of the gradient at the input, by depth", [(WEIGHTS[: l + 1], X) for l in range(DEPTH)]
    )


def scaled() -> tuple[Lines]:
    """Of the output, where the hidden layers are multiples of the identity."""
    title = f"The norm of the output for c = {C:g}, by depth"
    return by_depth(title, [(C, l + 1, X, LAST) for l in range(DEPTH)])


def trace() -> tuple[Lines]:
    """Of each row of an activation trace."""
    title = f"The norm of each layer's activations, c = {C:g}"
    calls = [(C, DEPTH, X[:, 0])]
    return (Lines(title, "layer", "norm", calls, lambda got: norms(got[0]), 1.0, log=True, kind="profile"),)


def gradients() -> tuple[Lines]:
    """By layer: they all are equal."""
    title = f"The size of the derivative by each weight, c = {C:g}"
    calls = [(C, DEPTH, 1.0, 0.5)]
    return (Lines(title, "layer", "size", calls, lambda got: np.abs(got[0]), 1.0, log=True, kind="profile"),)
