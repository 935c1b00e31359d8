"""What all exercises on random weight matrices check. Each function fails the check or returns."""

import numpy as np

from autograder import expect
from autograder.checks.a3_initialization._independence import dependence
from autograder.checks.a3_initialization._law import Drawn, arguments
from autograder.checks.a3_initialization._measured import behaves_like
from autograder.reference.initialization import Array

# Of normal weights 68.3 % lie within one standard deviation, of uniform ones 57.7 %. With the measured
# standard deviation, whose square the variance test keeps within 7 to 16 % (which is in its budget), the share
# moves by at most .021; .029 of the tolerance is left, and Hoeffding's bound is 2·exp(−2·36,768·.029²) < 1e-26.
WITHIN_ONE, TOLERANCE = 0.6827, 0.05


def variance_is_right(drawn: Drawn) -> None:
    """Fail unless the variance is the law's at every shape; say what it is like instead."""
    wrong = max((s for s in drawn.samples if not s.variance_is_right), key=lambda s: s.W.size, default=None)
    if wrong is None:
        return
    expect.that(np.ptp(wrong.W) > 0, f"{_where(wrong.W)} all weights are equal: they do not vary at all.")
    law = measured_law(drawn)
    if law is not None:
        expect.fail(f"The variance of your weights behaves like {law}; it should be {drawn.law.text}.")
    expect.fail(
        f"{_where(wrong.W)} the variance of your weights is {wrong.ratio:.3g} times {drawn.law.text}."
    )


def measured_law(drawn: Drawn) -> str | None:
    """How the variance of the student's weights depends on the shape, if a simple law fits."""
    exact = all(s.scale is not None for s in drawn.samples)
    samples = drawn.samples if exact else drawn.large
    # tier 2: five standard deviations at the smallest of the shapes, N = 4,000
    return behaves_like(
        [s.W.shape for s in samples], [s.ratio * s.target for s in samples], 1e-5 if exact else 0.11
    )


def mean_is_zero(drawn: Drawn) -> None:
    """Fail unless the mean is zero as far as chance allows."""
    for sample in drawn.large:
        expect.that(sample.rms > 0, "All weights are zero.")
        mean = sample.W.mean() / sample.rms
        expect.that(
            sample.mean_is_zero,
            f"{_where(sample.W)} the mean of your weights is {mean:+.2f} times their root mean square. By chance it "
            "cannot be so far from zero.",
        )


def law_is_normal(drawn: Drawn) -> None:
    """Fail unless as many weights lie within one standard deviation as do for a normal law."""
    if all(s.scale is not None for s in drawn.large):
        return
    share = float(np.mean(np.concatenate([(np.abs(s.W) <= s.rms * (1 + 1e-9)).ravel() for s in drawn.large])))
    expect.that(
        abs(share - WITHIN_ONE) <= TOLERANCE,
        f"{100 * share:.0f} % of your weights lie within one standard deviation of zero; of normally "
        "distributed weights it is 68 %.",
    )


def weights_are_independent(drawn: Drawn) -> None:
    """Fail if the entries depend on each other, wherever they come from."""
    with np.errstate(all="ignore"):
        found = dependence([s.W for s in drawn.large], [s.target for s in drawn.large])
    expect.that(found is None, f"Your weights are not independent of each other: {found}.")


def generator_decides(drawn: Drawn) -> None:
    """Fail unless the same seed gives the same weights and another seed gives others."""
    first = drawn.samples[0].W
    expect.that(
        not np.array_equal(first, drawn.other),
        "Generators with different seeds give the same weights. Draw from the one that you are given.",
    )
    expect.that(
        np.array_equal(first, drawn.again),
        "Two generators with the same seed give different weights. Draw from the generator that you are given, "
        "and from nothing else.",
    )


def array_is_right(drawn: Drawn) -> None:
    """Fail unless each result is a float64 array of the shape asked for, and holds weights that vary."""
    for sample, reply in zip(drawn.samples, drawn.replies, strict=False):
        what = f"For {arguments(sample.W.shape)} the result"
        expect.array(reply.result, sample.W.shape, what)
        dtype = getattr(reply.result, "dtype", None)
        expect.that(dtype == np.float64, f"{what} has dtype {dtype}, expected float64.")
    varies(drawn)


def global_state_untouched(drawn: Drawn) -> None:
    """Fail if a call changed the state of NumPy's global generator."""
    varies(drawn)
    expect.that(
        not any(reply.reseeded for reply in drawn.replies),
        "Your function uses or reseeds NumPy's global generator (np.random.…). That changes the random numbers "
        "of everybody else's code.",
    )


def varies(drawn: Drawn) -> None:
    """Fail if all weights of a large matrix are equal."""
    expect.that(all(np.ptp(s.W) > 0 for s in drawn.large), "All weights of a matrix are equal.")


def _where(W: Array) -> str:
    return f"For {arguments(W.shape)}"
