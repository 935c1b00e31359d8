"""Solutions of 3-initialization that are right in most calls, or almost right: they lose points."""

import pytest

from autograder.authoring import Cases
from tests.support.gradings import graded

ASSIGNMENT = "3-initialization"


def lost(exercise: str, source: str, secret: str = "a") -> set[str]:
    """The checks that a source fails."""
    results = graded(ASSIGNMENT, exercise, source, Cases(secret.encode(), f"{ASSIGNMENT}/{exercise}"))
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


VARIANCES = {
    "init_neuron": "1 / n",
    "xavier_normal": "1 / n_in",
    "he_normal": "2 / n_in",
    "glorot_normal": "2 / (n_in + n_out)",
    "glorot_uniform": "2 / (n_in + n_out)",
}


def initialiser(exercise: str, body: str, before: str = "") -> str:
    """A student's function; `draw(rng)` gives the right weights of the right `shape`, and s is their deviation."""
    vector = exercise == "init_neuron"
    arguments, shape = ("n, rng", "(n,)") if vector else ("n_out, n_in, rng", "(n_out, n_in)")
    uniform = exercise == "glorot_uniform"
    entries = "rng.uniform(-3**0.5, 3**0.5, shape)" if uniform else "rng.standard_normal(shape)"
    return f"""
import copy
kept = {{}}
{before}
def {exercise}({arguments}):
    shape, s = {shape}, np.sqrt({VARIANCES[exercise]})
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


@pytest.mark.parametrize("exercise", VARIANCES)
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
