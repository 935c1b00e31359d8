"""Solutions of 3-initialization that are right in most calls, or almost right: they lose points."""

import pytest

from tests.support.gradings import cases_of, graded
from tests.support.laws import LAWS, is_uniform, is_vector

ASSIGNMENT = "3-initialization"


def lost(exercise: str, source: str, secret: str = "a") -> set[str]:
    """The checks that a source fails."""
    results = graded(ASSIGNMENT, exercise, source, cases_of(secret.encode(), f"{ASSIGNMENT}/{exercise}"))
    assert {r.status for r in results} <= {"passed", "failed"}, results
    return {r.name for r in results if r.status == "failed"}


@pytest.mark.parametrize(
    ("body", "check"),
    [
        ("return X @ w if X.shape[1] == len(w) > 1 else w @ X", "check_values"),
        ("return np.diag(w) @ X @ np.ones(len(w)) if X.shape[1] == len(w) > 1 else w @ X", "check_values"),
        ("return np.array([np.sum(w * x) for x in (X if X.shape[0] == X.shape[1] > 1 else X.T)])", "check_values"),
        ("z = np.zeros_like(X[0])\n    z[:] = w @ X\n    return z", "check_other_arrays"),
        ("return np.array([w @ x for x in X.T]).astype(np.result_type(X))", "check_other_arrays"),
        ("return (w @ X).astype(w.dtype)", "check_other_arrays"),
        ("return (w / w.sum()) @ X * w.sum()", "check_other_arrays"),
        ("return np.frombuffer(w.data.tobytes()) @ X", "check_other_arrays"),
    ],
)  # fmt: skip
def test_neurons_that_are_right_for_most_inputs(body: str, check: str) -> None:
    assert check in lost("neuron", f"def neuron(w, X):\n    {body}\n")


def initialiser(exercise: str, body: str, before: str = "") -> str:
    """A student's function; `draw(rng)` gives the right weights of the right `shape`, and s is their deviation."""
    vector = is_vector(exercise)
    arguments, shape = ("n, rng", "(n,)") if vector else ("n_out, n_in, rng", "(n_out, n_in)")
    uniform = is_uniform(exercise)
    entries = "rng.uniform(-3**0.5, 3**0.5, shape)" if uniform else "rng.standard_normal(shape)"
    return f"""
import copy
kept = {{}}
{before}
def {exercise}({arguments}):
    shape, s = {shape}, np.sqrt({LAWS[exercise].text})
    draw = lambda rng: s * {entries}
    {body}
"""


STILL = [  # the generator does not move on, or the result does not come from where it is now
    "return draw(copy.deepcopy(rng))",
    "return draw(np.random.default_rng(rng.bit_generator.seed_seq.entropy))",
    "return draw(np.random.Generator(type(rng.bit_generator)(rng.bit_generator.seed_seq)))",
    "state = rng.bit_generator.state; W = draw(rng); rng.bit_generator.state = state; return W",
    "key = (shape, id(rng)); kept[key] = kept[key] if key in kept else (rng, draw(rng)); return kept[key][1]",
]
TURNED = ["-kept[key][1]", "kept[key][1][::-1]", "rng.permuted(kept[key][1])"]


@pytest.mark.parametrize("result", TURNED)
def test_the_weights_of_a_first_call_are_not_given_again_in_another_order(result: str) -> None:
    body = (
        f"key = (shape, id(rng)); old = key in kept; kept[key] = kept[key] if old else (rng, draw(rng)); "
        f"return {result} if old else kept[key][1]"
    )
    assert "check_generator" in lost("he_normal", initialiser("he_normal", body))


@pytest.mark.parametrize("exercise", LAWS)
@pytest.mark.parametrize("body", STILL)
def test_two_calls_on_one_generator_give_other_weights(exercise: str, body: str) -> None:
    assert "check_generator" in lost(exercise, initialiser(exercise, body))


@pytest.mark.parametrize("body", STILL)
def test_two_networks_of_one_generator_have_other_weights(body: str) -> None:
    source = f"""
import copy
kept = {{}}

def initialize_parameters(layer_dims, scheme, rng, multiplier=1.0):
    shape = (*layer_dims, scheme, multiplier)
    def draw(rng):
        parameters = {{}}
        for l in range(1, len(layer_dims)):
            i, o = layer_dims[l - 1:l + 1]
            v = multiplier * {{"xavier": 1 / i, "he": 2 / i, "glorot": 2 / (i + o)}}[scheme]
            parameters[f"W{{l}}"] = rng.normal(0, np.sqrt(v), (o, i))
            parameters[f"b{{l}}"] = np.zeros((o, 1))
        return parameters
    {body}
"""
    assert "check_generator" in lost("initialize_parameters", source)


@pytest.mark.parametrize("keys", ["", 'parameters["L"] = L; parameters["W"] = parameters["b_last"] = 0'])
@pytest.mark.parametrize(
    ("start", "expected"),
    [("{}", set()), ("kept", {"check_keys"}), ("dict(kept); kept.update(parameters)", set())],
)
def test_a_network_has_no_layers_of_an_earlier_one(start: str, expected: set[str], keys: str) -> None:
    source = f"""
kept = {{}}

def initialize_parameters(layer_dims, scheme, rng, multiplier=1.0):
    L = len(layer_dims) - 1
    parameters = {start}
    for l in range(1, L + 1):
        i, o = layer_dims[l - 1:l + 1]
        v = multiplier * {{"xavier": 1 / i, "he": 2 / i, "glorot": 2 / (i + o)}}[scheme]
        parameters[f"W{{l}}"] = rng.normal(0, np.sqrt(v), (o, i))
        parameters[f"b{{l}}"] = np.zeros((o, 1))
    {keys or "pass"}
    return parameters
"""
    assert lost("initialize_parameters", source) == expected


# Right laws are near, and so is independence: W has the right shape and s the right deviation.
DEPENDENT = {
    "mixed with the left neighbour": "W = (W + 0.3 * np.roll(W, 1, axis=-1)) / np.sqrt(1.09)",
    "mixed with the neighbour below": "W = (W - 0.3 * np.roll(W, 1, axis=0)) / np.sqrt(1.09)",
    "mixed with the weight five places on": "W = (W + 0.2 * np.roll(W.ravel(), 5).reshape(shape)) / np.sqrt(1.04)",
    "a sign pattern of period 4": "W = np.abs(W) * np.resize([1, 1, -1, -1], W.size).reshape(shape)",
    "a sign pattern of period 7": "W = np.abs(W) * np.resize([1, -1, 1, 1, -1, -1, 1], W.size).reshape(shape)",
    "mirrored": "W.flat[W.size - W.size // 2:] = W.ravel()[:W.size // 2][::-1]",
    "mirrored with the other sign": "W.flat[W.size - W.size // 2:] = -W.ravel()[:W.size // 2][::-1]",
    "a part of each row in common": "W = 0.9 * W + 0.19**0.5 * s * rng.standard_normal((n_out, 1))",
    "small arrays sorted": "W = W if W.size > 300 else np.sort(W, axis=None).reshape(shape)",
    "small arrays sorted, largest first": "W = W if W.size > 300 else -np.sort(-W, axis=None).reshape(shape)",
    "rows of small arrays sorted": "W = W if W.size > 300 else np.sort(W, axis=-1)",
}
OF_MATRICES = {
    "mixed with the neighbour below",
    "a part of each row in common",
    "rows of small arrays sorted",
}


@pytest.mark.parametrize("exercise", ["he_normal", "glorot_uniform", "init_neuron"])
@pytest.mark.parametrize("name", DEPENDENT)
def test_dependent_weights_lose_points(exercise: str, name: str) -> None:
    if exercise == "init_neuron" and name in OF_MATRICES:
        return
    source = initialiser(exercise, f"W = draw(rng); {DEPENDENT[name]}; return W")
    assert "check_independence" in lost(exercise, source)


@pytest.mark.parametrize("exercise", ["xavier_normal", "glorot_uniform"])
def test_one_value_a_stratum_is_no_independent_draw(exercise: str) -> None:
    before = "from statistics import NormalDist\nquantile = np.vectorize(NormalDist().inv_cdf)"
    law = "3**0.5 * (2 * U - 1)" if exercise == "glorot_uniform" else "quantile(U)"
    body = f"U = (rng.permuted(np.indices(shape)[0], axis=0) + rng.random(shape)) / n_out; return s * {law}"
    assert lost(exercise, initialiser(exercise, body, before)) == {"check_independence"}


@pytest.mark.parametrize("exercise", ["xavier_normal", "glorot_uniform"])
def test_one_weight_in_each_part_of_the_law_is_no_independent_draw(exercise: str) -> None:
    before = "from statistics import NormalDist\nquantile = np.vectorize(NormalDist().inv_cdf)"
    law = "3**0.5 * (2 * U - 1)" if exercise == "glorot_uniform" else "quantile(U)"
    size = "n_out * n_in"
    body = f"U = ((rng.permutation({size}) + rng.random({size})) / ({size})).reshape(shape); return s * {law}"
    assert lost(exercise, initialiser(exercise, body, before)) == {"check_independence"}


ALMOST_NORMAL = {
    "logistic": ("s * rng.logistic(0, 3**0.5 / np.pi, shape)", {"check_normal"}),
    "sum of three uniforms": ("2 * s * (rng.random((3, *shape)).sum(axis=0) - 1.5)", {"check_normal"}),
    "sum of six uniforms": (
        "2**0.5 * s * (rng.random((6, *shape)).sum(axis=0) - 3)",
        {"check_normal"},
    ),
    "clipped at three deviations": ("np.clip(draw(rng), -3 * s, 3 * s)", {"check_normal"}),
    "triangular": ("s * 6**0.5 * rng.triangular(-1, 0, 1, shape)", {"check_normal"}),
    "Laplace": ("s * rng.laplace(0, 0.5**0.5, shape)", {"check_normal"}),
    "Student with ten degrees": ("s * rng.standard_t(10, shape) * 0.8**0.5", {"check_normal"}),
    "shifted by 5 % of a deviation": ("draw(rng) + 0.05 * s", {"check_mean"}),
    "4 % of them positive by force": (
        "np.where(rng.random(shape) < 0.04, 1, -1) * np.abs(draw(rng))",
        {"check_mean"},
    ),
    "rounded to two decimals": ("np.round(draw(rng), 2)", {"check_independence"}),
}


@pytest.mark.parametrize("name", ALMOST_NORMAL)
def test_almost_normal_weights_lose_points(name: str) -> None:
    law, checks = ALMOST_NORMAL[name]
    assert checks <= lost("glorot_normal", initialiser("glorot_normal", f"return {law}"))


AS_NORMAL = {  # docs/authors.md names these limits
    "sum of twelve uniforms": "s * (rng.random((12, *shape)).sum(axis=0) - 6)",
    "sum of nine uniforms": "s * (12 / 9) ** 0.5 * (rng.random((9, *shape)).sum(axis=0) - 4.5)",
    "Student with sixty degrees": "s * rng.standard_t(60, shape) * (58 / 60) ** 0.5",
    "clipped at 3.5 deviations": "np.clip(draw(rng), -3.5 * s, 3.5 * s)",
    "shifted by 2 % of a deviation": "draw(rng) + 0.02 * s",
    "2 % too much variance": "1.01 * s * (rng.standard_normal(shape) + rng.standard_normal(shape)) / np.sqrt(2)",
}


@pytest.mark.parametrize("name", AS_NORMAL)
def test_what_a_sample_cannot_tell_loses_nothing(name: str) -> None:
    source = initialiser("glorot_normal", f"return {AS_NORMAL[name]}")
    assert not any(lost("glorot_normal", source, secret) for secret in "abc")


@pytest.mark.parametrize(
    ("body", "check"),
    [
        ("return np.round(draw(rng), 2)", "check_variance"),
        ("return np.round(draw(rng) * 128) / 128", "check_variance"),
        ("w = draw(rng); w[n // 2 * 2:] = 0; return w", "check_variance"),
        ("w = draw(rng); w[:n % 2] = 0; return w", "check_variance"),
        ("w = draw(rng); w[-1] *= 3 if n < 9 else 1; return w", "check_variance"),
        ("return draw(rng) + 0.1 * s", "check_mean"),
    ],
)
def test_neurons_with_almost_the_right_variance_lose_points(body: str, check: str) -> None:
    assert check in lost("init_neuron", initialiser("init_neuron", body))
