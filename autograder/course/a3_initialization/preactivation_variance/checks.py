"""`preactivation_variance(n, weight_variance, mean_square_input) -> float`: n · Var w · E[x²]."""

from typing import Any

import numpy as np

from autograder.authoring import Cases, Exercise, Student, check, corner, expect, labelled, pair_of_calls
from autograder.course.reference.initialization import preactivation_variance
from autograder.sandbox import Reply

RTOL = 1e-12  # three factors

Arguments = tuple[int, float, float]


@labelled("general")
def general(rng: np.random.Generator) -> list[Arguments]:
    """Results far from 1 and from 0, where a root or a square would show; then one argument changes alone."""
    calls = [(int(n), float(rng.uniform(0.1, 3)), float(rng.uniform(0.1, 3))) for n in rng.integers(3, 60, 4)]
    n, variance, mean_square = calls[-1]
    return [*calls, (n, variance, 1.7 * mean_square), (n, 0.6 * variance, mean_square)]


@labelled("many_inputs")
def many_inputs(rng: np.random.Generator) -> list[Arguments]:
    """The same neuron with 1, 2, 40 and 4,000 inputs."""
    variance, mean_square = rng.uniform(0.2, 0.8, 2)
    return [(n, float(variance), float(mean_square)) for n in (1, 2, 40, 4000)]


@labelled("extreme")
def extreme(rng: np.random.Generator) -> list[Arguments]:
    """Weights and signals as they are at depth 150: squares of 1e-45 and 1e26."""
    a, b = rng.uniform(1, 9, 2)
    return [(64, a * 1e-4, b * 1e-90), (64, a * 1e4, b * 1e52), (100, a * 1e-45, b * 1e-45), (7, a * 1e26, b)]


def judged(student: Student, cases: Cases) -> list[tuple[Arguments, Reply]]:
    """All calls with the student's replies, in one round trip: 6 general ones, 4 sizes, 4 extreme ones."""
    batch = [*cases.once(general), *cases.once(many_inputs), *cases.once(extreme)]
    return list(zip(batch, student.calls("preactivation_variance", batch), strict=True))


def agrees(pairs: list[tuple[Arguments, Reply]]) -> None:
    """Fail unless all results are the reference's."""
    for call, reply in pairs:
        value = expect.number(reply.value, "the result")
        n, variance, mean_square = call
        where = f"For n={n}, weight_variance={variance:.3g}, mean_square_input={mean_square:.3g}"
        sentence = f"{where} you have {value:.4g}. That is not the variance of z."
        expect.close(value, preactivation_variance(*call), RTOL, sentence)


@check(points=6)
def check_formula(student: Student, cases: Cases) -> None:
    """the variance of z follows from n, the weights' variance and the inputs' mean square"""
    agrees(student.once(judged, cases)[:6])


@check(points=2)
def check_number_of_inputs(student: Student, cases: Cases) -> None:
    """it is proportional to the number of inputs, from 1 to 4,000"""
    agrees(student.once(judged, cases)[6:10])


@check(points=2)
def check_extreme_sizes(student: Student, cases: Cases) -> None:
    """it holds for signals as small and as large as they are at depth 150"""
    agrees(student.once(judged, cases)[10:])


def examples() -> Any:
    """Small inputs for the search for the smallest one on which the student's function differs."""
    from hypothesis import strategies as st  # slow to import, needed only after a failure

    number = st.sampled_from([1.0, 2.0, 3.0, 0.5, 0.25])
    return st.tuples(st.integers(1, 9), number, number)


EXERCISE = Exercise(
    preactivation_variance,
    checks=(
        check_formula,
        check_number_of_inputs,
        check_extreme_sizes,
    ),
    examples=examples,
    domain=(
        corner("one input", lambda n, *_: n == 1),
        corner("thousands of inputs", lambda n, *_: n > 1000),
        corner("tiny signals", lambda _n, _variance, square: square < 1e-80),
        corner("huge signals", lambda _n, _variance, square: square > 1e50),
        corner("tiny weights", lambda _n, variance, _square: variance < 1e-40),
        corner("huge weights", lambda _n, variance, _square: variance > 1e24),
        pair_of_calls("another mean square alone", lambda a, b: a[:2] == b[:2] and a[2] != b[2]),
        pair_of_calls("another variance alone", lambda a, b: a[::2] == b[::2] and a[1] != b[1]),
        pair_of_calls(
            "equal n, other numbers", lambda one, other: one[0] == other[0] and one[1:] != other[1:]
        ),
    ),
)
