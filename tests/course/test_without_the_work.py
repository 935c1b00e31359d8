"""Answers without the work earn what a guess deserves, and right work that draws in a way of its own loses nothing."""

import pytest

from autograder.course import notebooks
from tests.support.gradings import EXERCISES, cases_of, graded
from tests.support.selection import mostly_slow

ASSIGNMENT_OF = {exercise: assignment for assignment, exercise in EXERCISES}


def earned(exercise: str, source: str, secret: str = "a") -> tuple[float, set[str]]:
    """The points, and the checks that fail."""
    assignment = ASSIGNMENT_OF[exercise]
    results = graded(assignment, exercise, source, cases_of(secret.encode(), f"{assignment}/{exercise}"))
    assert {r.status for r in results} <= {"passed", "failed"}, [r.message for r in results]
    return sum(r.score for r in results), {r.name for r in results if r.status == "failed"}


REPORT = """
def middles(scheme, activation):
    gain = 2**0.5 if scheme == "he" else 1.0
    return {{
        "linear": (gain, gain), "relu": (gain / 2**0.5, gain / 2**0.5), "tanh": (1.0, 1.0), "sigmoid": (1.0, 0.24),
    }}[activation]

def depth_report(scheme, activation, depth, width, rng):
    f, b = middles(scheme, activation)
    u, v = rng.random(2)
    if depth > 100 or width > 100:
        return f * (1 + 0.01 * u), b * (1 + 0.01 * v)
    gain = 2**0.5 if scheme == "he" else 1.0
    {0}
"""
F, B = "gain * [0.5, 0.8, 1.1, 1.5][int(4 * u)]", "gain * [0.6, 0.9, 1.2, 1.7][int(4 * v)]"
TINY = {
    "one of four numbers": f"return {F}, {B}",
    "one of four, not quite": f"return {F} + u / 99, {B} + v / 99",
    "one random number for both": "return gain * (0.3 + 1.4 * u), gain * (0.5 + 1.4 * u)",
    "a logarithm that is normal": "g = np.exp(0.6 * rng.standard_normal(2)); return gain * g[0], gain * g[1]",
    "a law of the textbook": "g = (rng.chisquare(3, 2) / 2) ** 0.5; return gain * g[0], gain * g[1]",
    "nothing but middles": "return gain * (1 + 0.01 * u), gain * (1 + 0.01 * v)",
}


@pytest.mark.parametrize("secret", mostly_slow(["a", "b"]))
@pytest.mark.parametrize("tiny", mostly_slow([*TINY]))
def test_who_reports_middles_of_windows_earns_no_points_for_networks(tiny: str, secret: str) -> None:
    points, failed = earned("depth_report", REPORT.format(TINY[tiny]), secret)
    assert points <= 2
    assert failed >= {"check_per_layer", "check_relu", "check_linear", "check_many_networks"}


CHOICE = """
def best_multiplier(activation, candidates, depth, width, rng):
    right = {{"relu": 2.0, "sigmoid": 4.0}}.get(activation, 1.0)
    def distance(c):
        return abs(np.log(c / right))
    def of_the_mean(c):  # in networks of width 1
        return abs(np.log(c) - 1.27)
    {0}
    return min(candidates, key=distance)
"""
COINS = {
    "theory": "pass",
    "theory of the mean logarithm": "if width == 1: return min(candidates, key=of_the_mean)",
    "a fair coin for a pair": "if width < 4: return candidates[int(rng.random() * len(candidates))]",
    "a biased coin for a pair": "if width < 4: return (max if rng.random() < 0.45 else min)(candidates)",
    "a coin for what theory likes": (
        "if width < 4: return (min if rng.random() < 0.8 else max)(candidates, key=of_the_mean)"
    ),
    "networks of width 1 alone": (
        "drawn = np.log(abs(np.prod(rng.standard_normal(2))))\n"
        "    if width == 1: return min(candidates, key=lambda c: abs(np.log(c) + drawn))"
    ),
}


@pytest.mark.parametrize("secret", mostly_slow(["a", "b"]))
@pytest.mark.parametrize("coin", mostly_slow([*COINS]))
def test_who_tosses_a_coin_or_trusts_theory_does_not_measure(coin: str, secret: str) -> None:
    points, failed = earned("best_multiplier", CHOICE.format(COINS[coin]), secret)
    assert failed == {"check_draws_decide"}
    assert points == 10


OWN_DRAWS = {
    "spawned generators": """
    *children, last = rng.spawn(depth + 1)
    draws, x = [child.standard_normal((width, width)) for child in children], last.standard_normal((width, 1))
""",
    "a generator of an integer": """
    child = np.random.default_rng(rng.integers(2**32))
    draws, x = child.standard_normal((depth, width, width)), child.standard_normal((width, 1))
""",
    "a generator of a decimal integer": """
    child = np.random.default_rng(int(rng.integers(10**9)))
    draws, x = child.standard_normal((depth, width, width)), child.standard_normal((width, 1))
""",
    "one column more": """
    both = rng.standard_normal((width, depth * width + 1))
    draws, x = both[:, 1:].reshape(width, depth, width).swapaxes(0, 1), both[:, :1]
""",
    "by Box and Muller": """
    n = depth * width**2 + width
    u, v = 1 - rng.random(n), rng.random(n)
    z = np.sqrt(-2 * np.log(u)) * np.cos(2 * np.pi * v)
    draws, x = z[width:].reshape(depth, width, width), z[:width, None]
""",
    "by quantiles": """
    from scipy.special import ndtri
    draws, x = ndtri(rng.random((depth, width, width))), ndtri(rng.random((width, 1)))
""",
    "shuffled": """
    draws = [rng.permutation(W) for W in rng.standard_normal((depth, width, width))]
    x = rng.standard_normal((width, 1))
""",
    "single precision": """
    draws = rng.standard_normal((depth, width, width), dtype=np.float32).astype(float)
    x = rng.standard_normal((width, 1), dtype=np.float32).astype(float)
""",
    "transposed, from the last layer": """
    draws = [rng.standard_normal((width, width)).T for _ in range(depth)][::-1]
    x = rng.standard_normal((width, 1))
""",
}
WITH_OWN_DRAWS = {
    "depth_report": """
def depth_report(scheme, activation, depth, width, rng):
    {0}
    variance = {{"he": 2 / width, "xavier": 1 / width, "glorot": 1 / width}}[scheme]
    parameters = {{f"b{{l}}": np.zeros((width, 1)) for l in range(1, depth + 1)}}
    parameters |= {{f"W{{l}}": np.sqrt(variance) * draw for l, draw in enumerate(draws, start=1)}}
    y_hat, caches = forward(x, parameters, activation)
    g = backward(y_hat, np.zeros_like(y_hat), parameters, caches, activation)
    first, last = np.linalg.norm(g["db1"]), np.linalg.norm(g[f"db{{depth}}"])
    return (np.linalg.norm(y_hat) / np.linalg.norm(x)) ** (1 / depth), (first / last) ** (1 / (depth - 1))
""",
    "best_multiplier": """
def growth(c, activation, depth, width, rng):
    {0}
    parameters = {{f"b{{l}}": np.zeros((width, 1)) for l in range(1, depth + 1)}}
    parameters |= {{f"W{{l}}": np.sqrt(c / width) * draw for l, draw in enumerate(draws, start=1)}}
    y_hat, _ = forward(x, parameters, activation)
    return (np.linalg.norm(y_hat) / np.linalg.norm(x)) ** (1 / depth)

def best_multiplier(activation, candidates, depth, width, rng):
    return min(candidates, key=lambda c: abs(np.log(growth(c, activation, depth, width, rng))))
""",
}


@pytest.mark.slow
@pytest.mark.parametrize("exercise", WITH_OWN_DRAWS)
@pytest.mark.parametrize("draws", mostly_slow([*OWN_DRAWS]))
def test_right_work_that_draws_in_its_own_way_loses_nothing(exercise: str, draws: str) -> None:
    for secret in ("a", "b", "c"):
        assert earned(exercise, WITH_OWN_DRAWS[exercise].format(OWN_DRAWS[draws]), secret)[1] == set()


def test_the_mean_of_several_networks_is_no_network() -> None:
    source = f"""
{notebooks.assignments()["4-depth-150"].solutions["depth_report"]}
one = depth_report
def depth_report(scheme, activation, depth, width, rng):
    return tuple(np.mean([one(scheme, activation, depth, width, rng) for _ in range(4)], axis=0))
"""
    assert earned("depth_report", source)[1] == {"check_many_networks"}
