"""The weights against their law, and their size by layer. The generators' seeds are public."""

from collections.abc import Callable
from math import sqrt

import numpy as np

from autograder.authoring.sketch import Histogram, Lines, Share, normal, uniform
from autograder.course.a3_initialization._law import Law
from autograder.sandbox import Rng

VECTOR, MATRIX = (12_000,), (240, 60)  # in a tall matrix each wrong fan is seen
LAYERS = [300, 100, 30, 200, 60, 120]
SCHEMES = (("he", 1.0), ("xavier", 0.25), ("glorot", 4.0))


def of_weights(
    law: Law, shape: tuple[int, ...] = MATRIX, spread: Callable[[float], Share] = normal, free: bool = False
) -> Callable[[], tuple[Histogram]]:
    """How the weights of one call are spread."""
    deviation = sqrt(law.variance(*shape))
    title = f"How the weights of `{law.name}({', '.join(map(str, shape))}, rng)` are spread"
    if free:
        title += ", and a normal law, which is one of several that are right"
    reach = (4.0 if spread is normal else 1.25 * sqrt(3.0)) * deviation
    return lambda: (Histogram(title, (*shape, Rng(0)), spread(deviation), reach, deviation, free),)


def spread_evenly(deviation: float) -> Share:
    """The uniform law of this standard deviation."""
    return uniform(sqrt(3.0) * deviation)


def by_layer() -> tuple[Lines, ...]:
    """The standard deviation of each layer's weights, for each scheme."""
    return tuple(
        Lines(
            f"The standard deviation of each layer's weights, {scheme}, multiplier {multiplier:g}",
            "layer",
            "standard deviation",
            [(LAYERS, scheme, Rng(0), multiplier)],
            lambda got: [np.std(got[0][f"W{l}"]) for l in range(1, len(LAYERS))],
            first=1.0,
            log=True,
            kind="profile",
        )
        for scheme, multiplier in SCHEMES
    )
