"""Norms by layer, and activations by their argument, where a mistake is seen. The numbers are public."""

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.authoring.sketch import Array, Lines, norms
from autograder.course.reference.backpropagation import KINDS, forward

DEPTH, WIDTH = 12, 16
Z = np.linspace(-4.0, 4.0, 32)  # without 0, where ReLU's slope is a convention
_rng = np.random.default_rng(0)
X, Y = _rng.standard_normal((WIDTH, 5)), _rng.standard_normal((WIDTH, 5))
PARAMETERS = {
    name: value
    for l in range(1, DEPTH + 1)
    for name, value in (
        (f"W{l}", _rng.standard_normal((WIDTH, WIDTH)) * 0.5),
        (f"b{l}", 0.3 * _rng.standard_normal((WIDTH, 1))),
    )
}


def by_argument(function: str) -> Callable[[], tuple[Lines, ...]]:
    """What is returned for one number after the other, for each kind of activation."""
    return lambda: tuple(
        Lines(
            f'`{function}(Z, "{kind}")`, entry by entry',
            "z",
            "returned",
            [(Z[np.newaxis], kind)],
            lambda got: got[0],
            first=float(Z[0]),
            step=float(Z[1] - Z[0]),
        )
        for kind in KINDS
    )


def _by_layer(
    what: str,
    arguments: Callable[[str], tuple[Any, ...]],
    numbers: Callable[[Any], Array],
    first: float = 1.0,
) -> Callable[[], tuple[Lines, ...]]:
    return lambda: tuple(
        Lines(
            f"{what}, {kind}",
            "layer",
            "norm",
            [arguments(kind)],
            lambda got: numbers(got[0]),
            first,
            log=True,
            kind="profile",
        )
        for kind in ("relu", "tanh", "sigmoid", "linear")
    )


def _way_back(kind: str) -> tuple[Any, ...]:
    Y_hat, caches = forward(X, PARAMETERS, kind)
    return Y_hat, Y, PARAMETERS, caches, kind


def _activations(result: Any) -> Array:
    return norms([*(A for A, _ in result[1]), result[0]])


def _gradients(result: Any) -> Array:
    return norms([result[f"dW{l}"] for l in range(1, DEPTH + 1)])


SIGNAL = _by_layer(
    "The norm of each layer's activations", lambda kind: (X, PARAMETERS, kind), _activations, 0.0
)
GRADIENTS = _by_layer("The norm of each dW", _way_back, _gradients)
NORMS = _by_layer("The norm of the gradient in each layer", _way_back, lambda result: result)
