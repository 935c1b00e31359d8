"""What `length_map` and `gradient_factor` share: layers in the mean field, and the comparison of one number each."""

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.authoring import Student, expect, labelled

Layer = tuple[float, float, str]  # q, weight_variance, activation: the arguments of both exercises
Formula = Callable[[float, float, str], float]

# Of the value. 64 nodes are right to 2e-7 for q ≤ 1, as are scipy.integrate.quad and a fine trapezoid.
RTOL = 1e-3

ACTIVATIONS = ("linear", "relu", "tanh", "sigmoid")


@labelled("random_layers")
def random_layers(rng: np.random.Generator) -> list[Layer]:
    """Two layers an activation, one with q near 1 and one with a small q; weight_variance is never near 1 or 2."""
    return [
        (float(q), float(rng.uniform(*variances)), activation)
        for activation in ACTIVATIONS
        for q, variances in ((rng.uniform(0.7, 1.0), (2.4, 4.0)), (rng.uniform(0.05, 0.3), (0.4, 0.8)))
    ]


def agrees(student: Student, name: str, formula: Formula, layers: list[Layer], rtol: float = RTOL) -> None:
    """Fail unless the student's `name` returns one number a layer, `formula`'s to `rtol`."""
    for layer, reply in zip(layers, student.calls(name, layers), strict=True):
        q, weight_variance, activation = layer
        where = f"For q = {q:.3g}, weight_variance = {weight_variance:.3g} and {activation!r}"
        got = expect.number(reply.value, f"{where}: the result")
        error = expect.relative_error(got, formula(*layer))
        expect.that(bool(np.isfinite(got)), f"{where} the result is {got}.")
        expect.that(error <= rtol, f"{where} the result is off by {error:.1%}, more than {rtol:.1%}.")


def examples() -> Any:
    """Small inputs for the search for the smallest one on which the student's function differs."""
    from hypothesis import strategies as st  # slow to import, needed only after a failure

    quarters = st.integers(1, 4).map(lambda k: k / 4)
    return st.tuples(quarters, st.sampled_from([1.0, 2.0, 3.0]), st.sampled_from(ACTIVATIONS))
