"""The rates of `orthogonal`, and the seeds with which it is asked."""

import numpy as np
import pytest
from scipy import stats

from autograder.authoring import Cases
from autograder.course.a5_beyond.orthogonal import checks as orthogonal
from autograder.course.exercises import exercise_of, exercises_of
from autograder.course.reference.beyond import orthogonal as haar


@pytest.mark.parametrize("n", range(8, 12))
def test_a_right_column_is_seldom_along_an_axis(n: int) -> None:
    along = n * stats.beta(0.5, (n - 1) / 2).sf(orthogonal.ALONG_AN_AXIS)
    assert stats.binom(3 * orthogonal.DRAWS, along).sf(orthogonal.SELDOM) <= orthogonal.FALSE_FAIL


def test_a_column_of_haars_law_has_that_law() -> None:
    """At a lower level, where it happens often enough to count."""
    rng, n, draws = np.random.default_rng(1), 8, 4000
    count = sum(haar(n, n, rng)[0, 0] ** 2 > 0.4 for _ in range(draws))
    p = stats.beta(0.5, (n - 1) / 2).sf(0.4)
    assert abs(count - draws * p) <= 5 * np.sqrt(draws * p * (1 - p))


def test_the_matrices_that_seeds_give_are_well_conditioned() -> None:
    plan = Cases(b"a", "5-beyond/orthogonal").once(orthogonal.plan)
    for shape, seeds in plan.seeds.items():
        for seed in seeds:
            G = np.random.default_rng(seed).standard_normal(shape)
            assert np.linalg.cond(G) <= orthogonal.CONDITION
    assert min(min(shape) for shape in plan.large) >= 8


def test_the_assignment_seldom_fails_a_right_solution() -> None:
    checks = [c for e in exercises_of("5-beyond") for c in exercise_of(e).checks]
    assert sum(c.false_fail for c in checks) == pytest.approx(orthogonal.TESTS * orthogonal.FALSE_FAIL)
    assert sum(c.false_fail for c in checks) <= 9e-10
