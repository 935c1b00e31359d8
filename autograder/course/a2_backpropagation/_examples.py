"""Small inputs for the search for the smallest example.

Hypothesis is slow to import and needed only after a failure, hence the imports inside. All matrices of an
example are filled from one short list of numbers: there is little to shrink, so the search is quick.
"""

from itertools import count, pairwise
from typing import Any

import numpy as np

from autograder.course.reference.backpropagation import KINDS, Array, forward
from autograder.sandbox import Function


def elementwise_arguments() -> Any:
    """(Z, kind) with entries of both signs, of size 1, .1 or 3, where slopes keep their digits, none at ReLU's kink."""
    from hypothesis import strategies as st

    parts = st.tuples(
        st.sampled_from([(1, 2), (2, 3)]),
        st.integers(0, 3),
        st.integers(0, 3),
        st.sampled_from(KINDS),
        st.sampled_from([1.0, 0.1, 3.0]),
    )
    return parts.map(lambda p: (p[4] * np.resize([p[1] / 2 + 0.25, -p[2] / 2 - 0.25], p[0]), p[3]))


def forward_arguments() -> Any:
    """(X, parameters, activation) of networks with one or two layers and no pre-activation at the kink."""
    return _networks().map(lambda n: n[:3])


def backward_arguments() -> Any:
    """(Y_hat, Y, parameters, caches, activation) of the same networks."""
    return _networks().map(_way_back)


def gradient_check_arguments() -> Any:
    """(f, theta, gradient, epsilon) for polynomials, with an epsilon at which round-off is small."""
    from hypothesis import strategies as st

    sources = st.sampled_from(
        ["lambda theta: float(theta @ theta)", "lambda theta: float(theta[0] * theta[-1] ** 2)"]
    )
    parts = st.tuples(sources, st.integers(1, 2), _numbers(), _numbers(), st.sampled_from([0.5, 0.125]))
    return parts.map(lambda p: (Function(p[0]), np.resize(p[2], p[1]), np.resize(p[3], p[1]), p[4]))


def _numbers() -> Any:
    from hypothesis import strategies as st

    halves = st.integers(-3, 3).map(lambda k: k / 2)
    return st.lists(halves, min_size=1, max_size=4)


def _networks() -> Any:
    """Tuples (X, parameters, activation, Y)."""
    from hypothesis import strategies as st

    dims = st.lists(st.integers(1, 2), min_size=2, max_size=3)
    parts = st.tuples(dims, st.integers(1, 2), st.sampled_from(KINDS), _numbers())
    networks = parts.map(lambda p: _network(*p))
    return networks.filter(lambda n: all(np.all(Z) for _, Z in forward(*n[:3])[1]))


def _network(dims: list[int], m: int, activation: str, numbers: list[float]) -> Any:
    places = count()

    def matrix(*shape: int) -> Array:
        return np.resize(np.roll(numbers, -next(places)), shape)

    parameters: dict[str, Array] = {}
    for l, (n_in, n_out) in enumerate(pairwise(dims), start=1):
        parameters |= {f"W{l}": matrix(n_out, n_in), f"b{l}": matrix(n_out, 1) + 0.25}
    return matrix(dims[0], m), parameters, activation, matrix(dims[-1], m)


def _way_back(network: Any) -> Any:
    X, parameters, activation, Y = network
    Y_hat, caches = forward(X, parameters, activation)
    return Y_hat, Y, parameters, caches, activation
