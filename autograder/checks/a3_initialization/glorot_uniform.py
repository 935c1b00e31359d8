"""`glorot_uniform(n_out, n_in, rng) -> W (n_out, n_in)`: normalised initialisation, uniform."""

import numpy as np

from autograder import expect
from autograder.checks import Cases, Student, check
from autograder.checks.a3_initialization import _weights
from autograder.checks.a3_initialization._law import Drawn, Law
from autograder.reference.initialization import glorot_uniform, glorot_variance

LAW = Law("glorot_uniform", "2 / (n_in + n_out)", glorot_variance, (glorot_uniform,))

# The largest of N uniform |w|/a is below 1 − d with probability (1 − d)^N: 1e-15 for N = 4,000 and d = .01.
SLACK = 0.01
# Half of the weights lie within half the largest one: Hoeffding, 2·exp(−2·36,768·.04²) < 1e-50 (.01 for SLACK).
TOLERANCE = 0.05


@check(points=3)
def check_bound(student: Student, cases: Cases) -> None:
    """the weights fill the interval from −a to a, a = √(6 / (n_in + n_out)), and none lies outside"""
    drawn = student.once(LAW.draws, cases)
    for sample in drawn.large:
        largest = float(np.max(np.abs(sample.W)) / np.sqrt(3.0 * sample.target))
        where = f"For n_out={sample.W.shape[0]}, n_in={sample.W.shape[1]}"
        expect.that(largest <= 1.0 + 1e-6, f"{where} the largest weight is {largest:.3g} times the bound a.")
        expect.that(
            largest >= 1.0 - SLACK, f"{where} the weights only reach {largest:.3g} times the bound a."
        )
    _weights.varies(drawn)


@check(points=3)
def check_variance(student: Student, cases: Cases) -> None:
    """the variance of the weights is 2 / (n_in + n_out), at every shape"""
    _weights.variance_is_right(student.once(LAW.draws, cases))


@check(points=1)
def check_mean(student: Student, cases: Cases) -> None:
    """the mean of the weights is zero"""
    _weights.mean_is_zero(student.once(LAW.draws, cases))


@check(points=1)
def check_uniform(student: Student, cases: Cases) -> None:
    """the weights are spread evenly"""
    drawn: Drawn = student.once(LAW.draws, cases)
    small = [(np.abs(s.W) <= 0.5 * np.max(np.abs(s.W))).ravel() for s in drawn.large]
    share = float(np.mean(np.concatenate(small)))
    expect.that(
        abs(share - 0.5) <= TOLERANCE,
        f"{100 * share:.0f} % of your weights are smaller than half of the largest one; spread evenly, it is 50 %.",
    )


@check(points=1)
def check_independence(student: Student, cases: Cases) -> None:
    """each weight is a draw of its own, independent of the others"""
    _weights.weights_are_independent(student.once(LAW.draws, cases))


@check(points=1)
def check_generator(student: Student, cases: Cases) -> None:
    """the generator decides: same seed, same weights; another seed, other weights"""
    _weights.generator_decides(student.once(LAW.draws, cases))


@check(points=1)
def check_array(student: Student, cases: Cases) -> None:
    """the result is a float64 array of shape (n_out, n_in)"""
    _weights.array_is_right(student.once(LAW.draws, cases))


@check(points=1)
def check_global_state(student: Student, cases: Cases) -> None:
    """NumPy's global generator is left alone"""
    _weights.global_state_untouched(student.once(LAW.draws, cases))
