"""Parameters of random networks, as hidden inputs."""

from itertools import pairwise

import numpy as np

from autograder.course.reference.backpropagation import Array


def drawn(
    rng: np.random.Generator, dims: list[int], std: float | None, bias: float = 0.0
) -> dict[str, Array]:
    """Weights of standard deviation `std`, None for He's, and biases of standard deviation `bias`."""
    parameters = {}
    for l, (n_in, n_out) in enumerate(pairwise(dims), start=1):
        scale = np.sqrt(2.0 / n_in) if std is None else std
        parameters[f"W{l}"] = rng.standard_normal((n_out, n_in)) * scale
        parameters[f"b{l}"] = bias * rng.standard_normal((n_out, 1))
    return parameters
