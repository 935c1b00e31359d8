"""`init_neuron(n, rng) -> w (n,)`: weights of one neuron, mean 0 and variance 1/n; normal, uniform, random signs."""

from math import sqrt

import numpy as np

from autograder.authoring import Cases, Exercise, Student, check, corner, expect, pair_of_calls
from autograder.course.a3_initialization import _independence, _pictures, _weights
from autograder.course.a3_initialization._checks import of_generator, of_global_state, of_mean, of_variance
from autograder.course.a3_initialization._independence import echo, in_order_of_size, ordered
from autograder.course.a3_initialization._law import Drawn, Law
from autograder.course.a3_initialization._pools import VECTORS
from autograder.course.a3_initialization._sample import norm
from autograder.course.reference.initialization import Array, init_neuron
from autograder.sandbox import Rng


def variance(n: int) -> float:
    """1/n."""
    return 1.0 / n


def uniform_neuron(n: int, rng: np.random.Generator) -> Array:
    """The same variance by a uniform law, which is as good."""
    return sqrt(3.0 / n) * (2.0 * rng.random(n) - 1.0)


# The first is drawn again with another seed: even draws of ±1/√n are the same by chance only once in 2^64.
FIRST, LARGE = ((64,), (80,)), (((2400,), (2600,)), ((4000,), (4200,)), ((6000,), (6200,)))
VAST = ((40_000,), (41_000,))
MODEST = (
    ((240,), (260,)),
    ((280,), (300,)),
    ((310,), (330,)),
)  # fit for who makes an n × n matrix of covariances
LAW = Law(
    "init_neuron", "1 / n", variance, (init_neuron, uniform_neuron), FIRST, LARGE, VECTORS, VAST, MODEST
)


@check(points=2, false_fail=_independence.FALSE_FAIL)
def check_independence(student: Student, cases: Cases) -> None:
    """each weight is a draw of its own, independent of the others"""
    drawn: Drawn = student.once(LAW.draws, cases)
    _weights.varies(drawn)
    varied = all(np.ptp(np.abs(s.W)) > 1e-9 * s.rms for s in drawn.samples)  # not even signs
    sentence = "Your weights are not independent of each other: "
    with np.errstate(all="ignore"):
        found = next(
            filter(None, (ordered(s.W) or echo(s) for s in drawn.judged if not s.pool and not s.in_order)),
            in_order_of_size(drawn.samples) if varied else None,
        )
    expect.that(found is None, f"{sentence}{found}.")
    # Draws of ±1/√n have norm 1, too, and are fine; other laws reach it to nine digits at 3 sizes by chance
    # with probability 1e-21, and a mean of exactly 0 with 1e-27.
    some = drawn.large  # none, where all sizes are modest
    unit = some and all(abs(norm(s.W) - 1.0) <= 1e-9 and np.ptp(np.abs(s.W)) > 1e-9 * s.rms for s in some)
    expect.that(not unit, sentence + "their squares add up to exactly 1, and chance never does that.")
    centred = some and all(abs(s.W.mean()) * sqrt(s.W.size) <= 1e-9 * s.rms for s in some)
    expect.that(not centred, sentence + "their mean is zero to the last digit, and chance never does that.")


@check(points=1)
def check_vector(student: Student, cases: Cases) -> None:
    """the result has shape (n,) and holds float64 numbers"""
    drawn: Drawn = student.once(LAW.draws, cases)
    _weights.varies(drawn)
    expect.that(
        drawn.in_time,
        "With thousands of inputs your function needs more time or memory than there is. Each weight is a draw of its "
        "own: nothing of size n × n is needed.",
    )
    for sample, reply in zip(drawn.samples, drawn.replies, strict=False):
        expect.vector(reply.result, sample.W.size, f"For n={sample.W.size} the result")
        expect.double(reply.result, f"the result for n={sample.W.size}")


EXERCISE = Exercise(
    init_neuron,
    checks=(
        of_variance(LAW, points=4, where="whatever n is"),
        of_mean(LAW, points=1),
        check_independence,
        of_generator(LAW),
        check_vector,
        of_global_state(LAW),
    ),
    pictures=_pictures.of_weights(LAW, _pictures.VECTOR, free=True),
    trial=(3, Rng(0)),
    domain=(
        corner("few inputs", lambda n, _: n < 9),
        corner("thousands of inputs", lambda n, _: n > 2000),
        pair_of_calls("one generator twice", lambda one, other: one == other and one[-1].shared),
        pair_of_calls(
            "equal n and seeds", lambda one, other: one[0] == other[0] and one[1].seed == other[1].seed
        ),
        pair_of_calls(
            "equal n, other seeds", lambda one, other: one[0] == other[0] and one[1].seed != other[1].seed
        ),
    ),
)
