"""`glorot_uniform(n_out, n_in, rng) -> W (n_out, n_in)`: normalised initialisation, uniform."""

from math import sqrt

import numpy as np

from autograder.authoring import Cases, Exercise, Student, check, expect
from autograder.course.a3_initialization import _pictures, _weights
from autograder.course.a3_initialization._checks import (
    of_array,
    of_generator,
    of_global_state,
    of_independence,
    of_variance,
)
from autograder.course.a3_initialization._domain import DOMAIN
from autograder.course.a3_initialization._law import Drawn, Law
from autograder.course.reference.initialization import glorot_uniform, glorot_variance
from autograder.sandbox import Rng

LAW = Law("glorot_uniform", "2 / (n_in + n_out)", glorot_variance, (glorot_uniform,))

# The largest of N uniform |w|/a is below 1 − d with probability (1 − d)^N: 6e-27 for N = 4,000 and d = .015.
SLACK = 0.015
POOL_SLACK = 0.1  # for the 600 weights of a pool: 4e-28
# Half of the weights lie within half the largest one: Hoeffding, 2·exp(−2·13,600·.0425²) < 1e-18 (.0075 for SLACK).
TOLERANCE = 0.05


@check(points=2, false_fail=_weights.ARRAYS * 6e-27 + _weights.POOLS * 4e-28)
def check_bound(student: Student, cases: Cases) -> None:
    """the weights fill the interval from −a to a, a = √(6 / (n_in + n_out)), and none lies outside"""
    drawn: Drawn = student.once(LAW.draws, cases)
    _weights.varies(drawn)
    for sample in drawn.judged:
        largest = sample.largest / sqrt(3.0 * sample.target)
        slack = POOL_SLACK if sample.pool else SLACK
        expect.that(
            largest <= 1.0 + 1e-6, f"{sample.where} the largest weight is {largest:.3g} times the bound a."
        )
        expect.that(
            largest >= 1.0 - slack, f"{sample.where} the weights only reach {largest:.3g} times the bound a."
        )


@check(points=1, false_fail=_weights.MEAN_FAIL + 1e-18)
def check_uniform(student: Student, cases: Cases) -> None:
    """the weights are spread evenly around zero"""
    drawn: Drawn = student.once(LAW.draws, cases)
    _weights.mean_is_zero(drawn.judged)
    other = [s for s in drawn.large if s.scale is None]  # not the trusted draws
    small = [(np.abs(s.W) <= 0.5 * s.largest).ravel() for s in other]
    share = float(np.mean(np.concatenate(small))) if small else 0.5
    expect.that(
        abs(share - 0.5) <= TOLERANCE,
        f"{100 * share:.0f} % of your weights are smaller than half of the largest one; spread evenly, it is 50 %.",
    )


EXERCISE = Exercise(
    glorot_uniform,
    checks=(
        of_variance(LAW, points=4),
        check_bound,
        check_uniform,
        of_independence(LAW, points=2),
        of_generator(LAW),
        of_array(LAW),
        of_global_state(LAW),
    ),
    pictures=_pictures.of_weights(LAW, spread=_pictures.spread_evenly),
    trial=(2, 3, Rng(0)),
    domain=DOMAIN,
)
