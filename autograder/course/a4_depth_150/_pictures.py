"""A signal through many layers, and losses through many steps. The numbers are public."""

import numpy as np

from autograder.authoring.sketch import Lines
from autograder.course.a4_depth_150._networks import drawn

DEPTH, STEPS = 30, 30


def signal() -> tuple[Lines, ...]:
    """The size of one example's signal after each layer."""
    rng, n = np.random.default_rng(0), 16
    parameters, x = drawn(rng, [n] * (DEPTH + 1), 0.5, bias=0.2), rng.standard_normal((n, 1))
    return tuple(
        Lines(
            f"The signal after each layer, {kind}",
            "layer",
            "size over input's",
            [(x, parameters, kind)],
            lambda got: got[0],
            log=True,
            kind="profile",
        )
        for kind in ("relu", "tanh", "sigmoid", "linear")
    )


def losses() -> tuple[Lines, ...]:
    """The loss before and after each step."""
    rng = np.random.default_rng(0)
    parameters, X = drawn(rng, [3, 8, 8, 2], 0.5, bias=0.5), rng.standard_normal((3, 20))
    Y = rng.standard_normal((2, 20))
    return tuple(
        Lines(
            f"The loss, {kind}",
            "steps",
            "loss",
            [(X, Y, parameters, kind, 0.1, STEPS)],
            lambda got: got[0],
            log=True,
        )
        for kind in ("tanh", "relu", "sigmoid", "linear")
    )
