"""Small shapes are judged, too, whatever the way in which the weights are drawn."""

from collections.abc import Iterator, Sequence
from typing import Any, cast

import numpy as np
import pytest
from scipy.stats import norm

from autograder.authoring import Student
from autograder.authoring.bounds import variance_bounds
from autograder.course.a3_initialization import _layers, _networks, _pools, _weights
from autograder.course.a3_initialization._law import LARGE, Law
from autograder.course.a3_initialization.he_normal.checks import LAW as HE
from autograder.course.a3_initialization.init_neuron.checks import LAW as NEURON
from autograder.course.exercises import exercise_of
from autograder.grading.marking import mark
from autograder.sandbox import OwnCode, Reply, Session, SessionLost
from tests.support.gradings import cases_of, cells_of, graded
from tests.support.laws import LAWS, is_uniform, is_vector
from tests.support.selection import mostly_slow

ASSIGNMENT = "3-initialization"

# Right draws of variance 1 from `rng`, in `shape`, that tier 1 does not know.
NORMAL = {
    "sum of two": "(rng.standard_normal(shape) + rng.standard_normal(shape)) / np.sqrt(2)",
    "Box and Muller": "np.sqrt(-2 * np.log(1 - rng.random(shape))) * np.cos(2 * np.pi * rng.random(shape))",
    "discarded first": "rng.standard_normal((2, *shape))[1]",
}
UNIFORM = {
    "second half": "np.sqrt(3) * (2 * rng.random((2, *shape))[1] - 1)",
    "size and sign": "np.sqrt(3) * rng.random(shape) * (1 - 2 * (rng.random(shape) < 0.5))",
}


def source(exercise: str, draw: str, small: str = "W", when: str = "True") -> str:
    """A student with the right weights W, but `small` for small shapes for which `when` holds. s is right."""
    vector = is_vector(exercise)
    arguments, shape = ("n, rng", "(n,)") if vector else ("n_out, n_in, rng", "(n_out, n_in)")
    return f"""
def {exercise}({arguments}):
    shape, s = {shape}, np.sqrt({LAWS[exercise].text})
    W = s * ({draw})
    return {small} if W.size < 1000 and {when} else W
"""


def network(draw: str, small: str = "W", when: str = "True") -> str:
    """The same for `initialize_parameters`."""
    return f"""
def initialize_parameters(layer_dims, scheme, rng, multiplier=1.0):
    parameters = {{}}
    L = len(layer_dims) - 1
    for l in range(1, L + 1):
        n_out, n_in = shape = layer_dims[l], layer_dims[l - 1]
        v = {{"xavier": 1 / n_in, "he": 2 / n_in, "glorot": 2 / (n_in + n_out)}}[scheme]
        s = np.sqrt(multiplier * v)
        W = s * ({draw})
        parameters[f"W{{l}}"] = {small} if W.size < 10000 and {when} else W
        parameters[f"b{{l}}"] = np.zeros((n_out, 1))
    return parameters
"""


def lost(exercise: str, code: str, secret: str = "a") -> set[str]:
    """The checks that a student fails."""
    cases = cases_of(secret.encode(), f"{ASSIGNMENT}/{exercise}")
    results = graded(ASSIGNMENT, exercise, code, cases)
    assert {r.status for r in results} <= {"passed", "failed"}, results
    return {r.name for r in results if r.status == "failed"}


def right() -> Iterator[tuple[str, str, str]]:
    """Exercise, way of drawing and source of right students that tier 1 does not know."""
    for exercise in LAWS:
        for name, draw in (UNIFORM if is_uniform(exercise) else NORMAL).items():
            yield exercise, name, source(exercise, draw)
    for name, draw in NORMAL.items():
        yield "initialize_parameters", name, network(draw)


@pytest.mark.parametrize(("exercise", "name", "code"), mostly_slow(right()))
def test_right_weights_drawn_in_another_way_get_full_marks(exercise: str, name: str, code: str) -> None:
    for number in range(20):
        assert not lost(exercise, code, f"another way {number}"), (name, number)


WRONG = {
    "twice": ("np.sqrt(2) * W", "check_variance"),
    "half": ("W / np.sqrt(2)", "check_variance"),
    "fixed": ("0.001 * W / s", "check_variance"),
    "by the number of weights": ("W / np.sqrt(W.size)", "check_variance"),
    "constant": ("0 * W + s", "check_variance"),
    "zeros": ("0 * W", "check_variance"),
    "shifted": ("W + s", "check_mean"),
    "positive": ("np.abs(W)", "check_mean"),
    "one draw": ("W.flat[0] + 0 * W", "check_independence"),
    "same for every seed": ("s * np.random.default_rng(1).standard_normal(W.shape)", "check_independence"),
    "uniform": ("s * rng.uniform(-3**0.5, 3**0.5, W.shape)", "check_normal"),
    "random signs": ("s * np.sign(W)", "check_normal"),
}


def check_of(exercise: str, check: str) -> str:
    """Where an exercise judges the mean and the law."""
    names = {c.name for c in exercise_of(exercise).checks}
    return check if check in names else "check_uniform" if "check_uniform" in names else "check_law"


@pytest.mark.parametrize("exercise", mostly_slow(LAWS))
@pytest.mark.parametrize("mistake", WRONG)
def test_wrong_small_shapes_lose_points(exercise: str, mistake: str) -> None:
    small, check = WRONG[mistake]
    if is_vector(exercise) and check in ("check_normal", "check_independence"):
        return  # any law will do there, even random signs, of which many are equal
    if is_uniform(exercise) and check == "check_normal":
        small, check = "s * rng.standard_normal(W.shape)", "check_bound"
    draw = next(iter((UNIFORM if is_uniform(exercise) else NORMAL).values()))
    assert check_of(exercise, check) in lost(exercise, source(exercise, draw, small))


@pytest.mark.parametrize("mistake", mostly_slow(WRONG))
def test_wrong_networks_lose_points(mistake: str) -> None:
    small, check = WRONG[mistake]
    code = network(NORMAL["sum of two"], small, "W.size < 1000")
    assert check_of("initialize_parameters", check) in lost("initialize_parameters", code)


KINDS = ["n_out == 1", "n_in == 1", "n_out == n_in", "n_out > n_in > 1", "1 < n_out < n_in"]


@pytest.mark.parametrize("factor", mostly_slow([2, 0.5]))
@pytest.mark.parametrize("kind", mostly_slow(KINDS))
def test_one_kind_of_small_shapes_is_enough_to_lose_points(kind: str, factor: float) -> None:
    code = source("he_normal", NORMAL["sum of two"], f"np.sqrt({factor}) * W", kind)
    assert lost("he_normal", code) == {"check_variance"}
    code = network(NORMAL["sum of two"], f"np.sqrt({factor}) * W", f"W.size < 1000 and {kind}")
    assert lost("initialize_parameters", code) == {"check_variance"}


@pytest.mark.parametrize("kind", KINDS)
def test_known_draws_are_judged_exactly_at_every_kind_of_shape(kind: str) -> None:
    code = source("he_normal", "rng.standard_normal(shape)", "1.00001 * W", kind)
    assert "check_variance" in lost("he_normal", code)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("wrong", "where", "check"),
    [
        ("W / np.sqrt(multiplier)", "True", "check_multiplier"),
        ("W * np.sqrt(multiplier)", "True", "check_multiplier"),
        *(("W / np.sqrt(multiplier)", f'scheme == "{s}"', "check_multiplier") for s in ("xavier", "he", "glorot")),
        ("W / np.sqrt(multiplier)", 'scheme == "xavier" and W.size > 4000', "check_multiplier"),
        *(("np.sqrt(2) * W", f'scheme == "{s}" and W.size < 999', "check_variance") for s in ("xavier", "glorot")),
        ("np.sqrt(2) * W", "L == 150", "check_variance"),
        ("np.sqrt(2) * W", "l > 100", "check_variance"),
        ("np.sqrt(2) * W", "l == 1 and W.size < 999", "check_variance"),
        ("np.sqrt(2) * W", "l == L < 149 and W.size < 999", "check_variance"),
    ],
)  # fmt: skip
def test_wrong_networks_of_one_kind_lose_points(wrong: str, where: str, check: str) -> None:
    code = network(NORMAL["sum of two"], wrong, where)
    assert lost("initialize_parameters", code) == {check}


def test_a_deep_network_with_known_draws_is_judged_exactly() -> None:
    code = network("rng.standard_normal(shape)", "1.00001 * W", "L == 150")
    assert lost("initialize_parameters", code) == {"check_variance"}


@pytest.mark.parametrize(("law", "exercise"), [(HE, "he_normal"), (NEURON, "init_neuron")])
def test_pools_are_large_enough_for_their_bounds(law: Law, exercise: str) -> None:
    cases = cases_of(b"a", f"{ASSIGNMENT}/{exercise}")
    code = source(exercise, NORMAL["sum of two"])
    with OwnCode().open(cells_of(ASSIGNMENT, {exercise: code})) as session:
        pools = Student(session).once(law.draws, cases).pools
    *pools, vast = pools
    places = [pool for pool in pools if ", weight " in pool.pool]
    others = [pool for pool in pools if ", weight " not in pool.pool]
    assert len(others) == len(law.kinds) + 1
    assert len(pools) <= _weights.POOLS
    assert len(places) == 3 * (_pools.THREE in law.kinds)
    assert min(pool.W.size for pool in others) >= _pools.ENTRIES
    assert min((pool.W.size for pool in places), default=200) >= 200
    assert vast.W.size >= (72_500 if law is HE else 40_000)


def test_pools_of_layers_are_as_many_and_as_large_as_their_bounds_say() -> None:
    cases = cases_of(b"a", f"{ASSIGNMENT}/initialize_parameters")
    code = network(NORMAL["sum of two"])
    with OwnCode().open(cells_of(ASSIGNMENT, {"initialize_parameters": code})) as session:
        pools = Student(session).once(_layers.pools, cases)
    *without, vast = pools.without
    assert (len(without), len(pools.pairs)) == (_layers.WITHOUT, _layers.WITH)
    assert vast.W.size >= 72_000
    assert min(pool.W.size for pool in pools.samples) >= 540


def test_right_solutions_draw_no_pools() -> None:
    with OwnCode().open(cells_of(ASSIGNMENT, {})) as session:
        for exercise, law in (("he_normal", HE), ("init_neuron", NEURON)):
            assert Student(session).once(law.draws, cases_of(b"a", f"{ASSIGNMENT}/{exercise}")).pools == []
        cases = cases_of(b"a", f"{ASSIGNMENT}/initialize_parameters")
        assert Student(session).once(_layers.pools, cases).samples == []


def test_large_arrays_are_as_large_as_their_bounds_say() -> None:
    smallest = [low[0] * low[1] for low, _ in LARGE]
    assert min(smallest[:2]) >= 4800
    assert smallest[2] >= 4000
    assert sum(smallest) >= 13_600
    (neurons, two, three) = (low[0] for low, _ in NEURON.large)
    assert (neurons, two, three) == (2400, 4000, 6000)


@pytest.mark.parametrize("seed", range(20))
def test_networks_are_as_large_as_their_bounds_say(seed: int) -> None:
    planned = _networks.plan(np.random.default_rng(seed))
    for network in (p.network for p in planned):
        sizes = [n_out * n_in for n_out, n_in in network.shapes]
        if network.kind == "wide":
            assert min(sizes) >= 4500
        if network.kind == "deep":
            assert len(sizes) == 150
            assert sum(sizes) >= 600
    kinds = [p.network.kind for p in planned]
    assert (kinds.count("wide"), kinds.count("tiny fan-in"), kinds.count("deep")) == (3, 2, 1)


def test_normal_weights_seldom_fall_short() -> None:
    assert (1 - 2 * norm.sf(_pools.REACH)) ** 540 <= _pools.REACH_FAIL


def test_uniform_weights_never_reach_so_far_unless_their_variance_is_wrong() -> None:
    _, high = variance_bounds(3000, 1e-12)  # all small matrices together
    assert _pools.REACH > 3**0.5
    assert high < 1.25


class Impatient:
    """A session in which thousands of inputs take too much memory, and `loops` says whether fewer do."""

    errors = ()

    def __init__(self, session: Session, loops: bool) -> None:
        self.session, self.loops = session, loops

    def calls(self, name: str, batch: Sequence[tuple[Any, ...]]) -> list[Reply]:
        if self.loops or any(arguments[0] > 1000 for arguments in batch):
            raise SessionLost("memory")
        return self.session.calls(name, batch)


COVARIANCES = "def init_neuron(n, rng):\n    return rng.multivariate_normal(np.zeros(n), {} * np.eye(n) / n)"


@pytest.mark.parametrize(
    ("factor", "loops", "failed"),
    [
        ("1", False, {"check_vector"}),
        ("1.5", False, {"check_vector", "check_variance"}),
        ("1", True, {check.name for check in exercise_of("init_neuron").checks}),
    ],
)
def test_a_matrix_of_covariances_costs_one_check(factor: str, loops: bool, failed: set[str]) -> None:
    with OwnCode().open(cells_of(ASSIGNMENT, {"init_neuron": COVARIANCES.format(factor)})) as session:
        student = Student(cast(Session, Impatient(session, loops)))
        attempts = mark(
            exercise_of("init_neuron").checks, student, cases_of(b"a", f"{ASSIGNMENT}/init_neuron")
        )
    results = [attempt.result for attempt in attempts]
    assert {result.name for result in results if result.status != "passed"} == failed
    assert loops or any("nothing of size n × n is needed" in (result.message or "") for result in results)
