"""The rates of `orthogonal`, and the seeds with which it is asked."""

import numpy as np
import pytest
from scipy import stats

from autograder.authoring import Student
from autograder.course.a5_beyond.orthogonal import checks as orthogonal
from autograder.course.exercises import exercise_of, exercises_of
from autograder.course.reference.beyond import orthogonal as haar
from autograder.grading.marking import mark
from autograder.sandbox import OwnCode
from tests.support.gradings import cases_of, cells_of, graded
from tests.support.selection import mostly_slow


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
    plan = cases_of(b"a", "5-beyond/orthogonal").once(orthogonal.plan)
    for shape, seeds in plan.seeds.items():
        for seed in seeds:
            G = np.random.default_rng(seed).standard_normal(shape)
            assert np.linalg.cond(G) <= orthogonal.CONDITION
    assert min(min(shape) for shape in plan.large) >= 8
    assert {shape: len(seeds) for shape, seeds in plan.many.items()} == orthogonal.MANY


@pytest.mark.parametrize("n", range(8, 12))
def test_two_right_draws_are_never_nearly_alike(n: int) -> None:
    rho, pairs = orthogonal.NEAR, 3 * orthogonal.DRAWS * (orthogonal.DRAWS - 1) / 2
    bound = 1.0
    for dimension in range(n, n - orthogonal.LINES, -1):
        cap = 0.5 * stats.beta((dimension - 1) / 2, 0.5).cdf(rho**2)  # within the angle asin ρ, on the sphere
        assert cap <= 0.5 * rho ** (dimension - 1)
        bound *= 2**n * cap
    assert pairs * bound <= orthogonal.FALSE_FAIL


def test_right_entries_are_as_often_far_from_0() -> None:
    for far, often in orthogonal.FAR:
        assert stats.beta(0.5, 31 / 2).sf(far**2 / 32) == pytest.approx(often, rel=1e-3)
    rng = np.random.default_rng(2)
    columns = np.array([haar(32, 2, rng)[:, 0] for _ in range(2000)]) * np.sqrt(32)
    for far, often in orthogonal.FAR:
        assert abs(np.mean(np.abs(columns) > far) - often) <= 5 * np.sqrt(often / columns.size)


def test_the_moments_of_a_right_trace_are_at_most_those_of_a_normal_number() -> None:
    """Of rotations alone, too, as far as a sample can tell."""
    rng, draws = np.random.default_rng(3), 20_000
    G = rng.standard_normal((draws, 8, 8))
    Q, R = np.linalg.qr(G)
    Q = Q * np.sign(np.diagonal(R, axis1=1, axis2=2))[:, None, :]
    rotations = Q.copy()
    rotations[:, :, 0] *= np.linalg.det(Q)[:, None]
    for sample in (Q, rotations):
        trace = np.trace(sample, axis1=1, axis2=2)
        for power, normal in ((2, 1), (4, 3), (6, 15), (8, 105)):
            values = trace**power
            assert np.mean(values) <= normal + 5 * np.std(values) / np.sqrt(draws)


def graded_as(source: str | None, secret: str = "a") -> set[str]:
    """The checks that fail."""
    results = graded("5-beyond", "orthogonal", source, cases_of(secret.encode(), "5-beyond/orthogonal"))
    return {r.name for r in results if r.status != "passed"}


def square(body: str) -> str:
    """A function that takes a part of the n × n matrix Q of `body`."""
    return f"""
from scipy.linalg import expm, qr

def plane(t, n, i):
    R = np.eye(n)
    if i + 1 < n:
        R[i:i + 2, i:i + 2] = [[np.cos(t), -np.sin(t)], [np.sin(t), np.cos(t)]]
    return R

def orthogonal(n_out, n_in, rng):
    n = max(n_out, n_in)
    coins, more, t, u = rng.choice([-1.0, 1.0], (n, 1)), rng.choice([-1.0, 1.0], n), *(2 * np.pi * rng.random(2))
    fixed = np.linalg.qr(np.random.default_rng(3).standard_normal((n, n)))[0]
    G = rng.standard_normal((n, n))
    signed = lambda G: (lambda Q, R: Q * np.sign(np.diag(R)))(*np.linalg.qr(G))
    {body}
    return np.array(Q[:n_out, :n_in])
"""


NOT_HAAR = {
    "U of a singular value decomposition": "Q = np.linalg.svd(G)[0]",
    "eigenvectors of a symmetric matrix": "Q = np.linalg.eigh(G + G.T)[1]",
    "eigenvectors of a Gram matrix": "Q = np.linalg.eigh(G.T @ G)[1]",
    "QR of uniform entries": "Q = signed(rng.uniform(-1, 1, (n, n)))",
    "QR of positive entries": "Q = signed(rng.random((n, n)))",
    "QR of uniform entries with random signs": "Q = coins * signed(rng.uniform(-1, 1, (n, n))) * more",
    "QR of heavy tails": "Q = signed(rng.standard_t(3, (n, n)))",
    "QR of Laplace's law": "Q = signed(rng.laplace(size=(n, n)))",
    "signs of the library": "Q = np.linalg.qr(G)[0]",
    "one coin for the signs of the library": "Q = rng.choice([-1, 1]) * np.linalg.qr(G)[0]",
    "exponential of a random skew matrix": "Q = expm(5 * (G - G.T))",
    "Cayley's transform": "A = G - G.T; Q = np.linalg.solve(np.eye(n) + A, np.eye(n) - A)",
    "one fixed matrix, turned in a plane": "Q = coins * (fixed @ plane(t, n, 0)) * more",
    "one fixed matrix, turned in two planes": "Q = coins * (fixed @ plane(t, n, 0) @ plane(u, n, 2)) * more",
    "one fixed matrix, turned everywhere": "A = fixed - fixed.T; Q = coins * (fixed @ expm(t * A)) * more",
    "one fixed matrix with random signs": "Q = coins * fixed * more",
    "rows of a fixed matrix in random order": "Q = coins * rng.permutation(fixed) * more",
}


@pytest.mark.parametrize("body", mostly_slow([*NOT_HAAR]))
def test_other_laws_than_haars_lose_points(body: str) -> None:
    for secret in ("a", "b", "c"):
        assert graded_as(square(NOT_HAAR[body]), secret) == {"check_uniform"}


HAAR = {
    "U with random signs": "Q = np.linalg.svd(G)[0] * more",
    "from the right": "Q = signed(G.T).T",
    "rows in random order": "Q = rng.permutation(signed(G))",
    "two of them": "Q = signed(G) @ signed(rng.standard_normal((n, n)))",
    "a fixed one turned by a right one": "Q = fixed @ signed(G)",
    "rotations only": "Q = signed(G); Q[:, 0] *= np.linalg.det(Q)",
    "by another library": "Q, R = qr(G); Q = Q * np.sign(np.diag(R))",
}


@pytest.mark.parametrize("body", mostly_slow([*HAAR]))
def test_other_ways_to_haars_law_lose_nothing(body: str) -> None:
    for number in range(10):
        assert not graded_as(square(HAAR[body]), f"secret {number}")


def test_who_draws_as_usual_is_not_asked_for_many_matrices() -> None:
    with OwnCode().open(cells_of("5-beyond", {})) as session:
        student = Student(session)
        attempts = mark(exercise_of("orthogonal").checks, student, cases_of(b"usual", "5-beyond/orthogonal"))
    assert {attempt.result.status for attempt in attempts} == {"passed"}
    assert len(student.transcript) == 3 * orthogonal.DRAWS + 12 + orthogonal.AGAIN + 1


def test_the_assignment_seldom_fails_a_right_solution() -> None:
    checks = [c for e in exercises_of("5-beyond") for c in exercise_of(e).checks]
    assert sum(c.false_fail for c in checks) == pytest.approx(orthogonal.TESTS * orthogonal.FALSE_FAIL)
    assert sum(c.false_fail for c in checks) <= 9e-10
