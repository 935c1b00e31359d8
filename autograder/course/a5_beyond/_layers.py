"""What `length_map` and `gradient_factor` share: layers in the mean field, and the comparison of one number each."""

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.authoring import Student, corner, expect, labelled, pair_of_calls
from autograder.course.reference.backpropagation import KINDS as ACTIVATIONS

Layer = tuple[float, float, str]  # q, weight_variance, activation: the arguments of both exercises
Formula = Callable[[float, float, str], float]

# Of the value. 64 nodes are right to 2e-7 for q ≤ 1, as are scipy.integrate.quad and a fine trapezoid.
RTOL = 1e-3


@labelled("random_layers")
def random_layers(rng: np.random.Generator) -> list[Layer]:
    """Two layers an activation, one with q near 1 and one with a small q; weight_variance is never near 1 or 2.

    The last two differ from one of them in the variance alone, and in the activation: who remembers results remembers
    all that they follow from.
    """
    layers = [
        (float(q), float(rng.uniform(*variances)), activation)
        for activation in ACTIVATIONS
        for q, variances in ((rng.uniform(0.7, 1.0), (2.4, 4.0)), (rng.uniform(0.05, 0.3), (0.4, 0.8)))
    ]
    q, weight_variance, activation = layers[4]
    other = ACTIVATIONS[-1]  # the third is that of `layers[4]`
    return [*layers, (q, 0.25 * weight_variance, activation), (q, weight_variance, other)]


DOMAIN = (
    *(corner(kind, lambda q, v, activation, kind=kind: activation == kind) for kind in ACTIVATIONS),
    corner("q = 1", lambda q, v, activation: q == 1.0),
    corner("a tiny q", lambda q, v, activation: q <= 1e-6),
    corner("a large variance", lambda q, v, activation: v > 2),
    corner("a small variance", lambda q, v, activation: v < 0.9),
    pair_of_calls("another variance for the same layer", lambda a, b: a[::2] == b[::2] and a[1] != b[1]),
    pair_of_calls("another activation alone", lambda a, b: a[:2] == b[:2] and a[2] != b[2]),
    pair_of_calls("another length for the same variance", lambda a, b: a[1:] == b[1:] and a[0] != b[0]),
)


def agrees(student: Student, name: str, formula: Formula, layers: list[Layer], rtol: float = RTOL) -> None:
    """Fail unless the student's `name` returns one number a layer, `formula`'s to `rtol`."""
    for layer, reply in zip(layers, student.calls(name, layers), strict=True):
        q, weight_variance, activation = layer
        where = f"For q = {q:.3g}, weight_variance = {weight_variance:.3g} and {activation!r}"
        got = expect.number(reply.value, f"{where}: the result")
        error = expect.relative_error(got, formula(*layer))
        expect.that(bool(np.isfinite(got)), f"{where} the result is {got}.")
        expect.that(
            error <= rtol, f"{where} the result is off by {_percent(error, rtol)}, more than {rtol:.1%}."
        )


def _percent(error: float, rtol: float) -> str:
    """With as many digits as it takes to be more than `rtol`."""
    pairs = ((f"{error:.{digits}%}", f"{rtol:.{digits}%}") for digits in range(1, 16))
    return next((text for text, bound in pairs if text != bound), f"{error:%}")


def examples() -> Any:
    """Small inputs for the search for the smallest one on which the student's function differs."""
    from hypothesis import strategies as st  # slow to import, needed only after a failure

    quarters = st.integers(1, 4).map(lambda k: k / 4)
    return st.tuples(quarters, st.sampled_from([1.0, 2.0, 3.0]), st.sampled_from(ACTIVATIONS))
