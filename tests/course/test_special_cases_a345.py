"""Functions that are right in special cases only, and side effects, in assignments 3, 4 and 5: they lose points."""

import ast

import pytest

from autograder.course import notebooks
from tests.support.gradings import EXERCISES, cases_of, graded
from tests.support.selection import mostly_slow

ASSIGNMENT_OF = {exercise: assignment for assignment, exercise in EXERCISES}


def solution(exercise: str) -> str:
    """Our own source."""
    return notebooks.assignments()[ASSIGNMENT_OF[exercise]].solutions[exercise]


def wrapped(exercise: str, body: str, cell: str = "pass") -> str:
    """A function that may use ours, `right`, its `arguments` and each by its name; `cell` is run once."""
    function = next(n for n in ast.parse(solution(exercise)).body if isinstance(n, ast.FunctionDef))
    names = ", ".join(argument.arg for argument in function.args.args)
    return f"""
{solution(exercise)}
right = {exercise}
{cell}

def {exercise}({ast.unparse(function.args)}):
    arguments = {names},
    {body}
"""


def unless(exercise: str, condition: str, bad: str = "None") -> str:
    """Our solution, but `bad` where `condition` holds."""
    return wrapped(exercise, f"return {bad} if {condition} else right(*arguments)")


def remembered(exercise: str, key: str = "shapes(arguments)") -> str:
    """Our solution, but arguments with the same key as earlier ones, their shapes, get the earlier result."""
    shapes = """
known = {}
def shapes(x):
    if isinstance(x, dict):
        return tuple(map(shapes, x.values()))
    return tuple(map(shapes, x)) if isinstance(x, (list, tuple)) else getattr(x, "shape", x)
"""
    body = f"key = {key}; known[key] = known[key] if key in known else right(*arguments); return known[key]"
    return wrapped(exercise, body, shapes)


def lost(exercise: str, source: str, secret: bytes) -> set[str]:
    """The checks that a source fails."""
    assignment = ASSIGNMENT_OF[exercise]
    results = graded(assignment, exercise, source, cases_of(secret, f"{assignment}/{exercise}"))
    return {result.name for result in results if result.status != "passed"}


KNOWN = [  # right for sizes and numbers that were asked for in every course
    (
        "xavier_normal",
        "n_out * n_in > 40 and (n_out, n_in) not in ((160, 32), (40, 120), (2000, 2))",
        "check_variance",
    ),
    ("glorot_uniform", "27 < n_out * n_in < 1000 and (n_out, n_in) != (5, 8)", "check_variance"),
    ("init_neuron", "n > 24 and n not in (64, 2400, 4000, 6000)", "check_vector"),
    (
        "initialize_parameters",
        "len(layer_dims) == 3 and layer_dims not in ([30, 150, 36], [2, 1200, 1])",
        "check_keys",
    ),
    ("initialize_parameters", "len(layer_dims) == 151 and layer_dims != [3, 2] * 75 + [3]", "check_keys"),
    ("initialize_parameters", "multiplier not in (1.0, 4.5, 0.3, 2.5, 4.0)", "check_multiplier"),
    ("neuron", "X.shape not in ((4, 3), (4, 7), (5, 2), (2, 6), (1, 4), (3, 1), (1500, 2))", "check_values"),
    ("depth_report", 'scheme == "glorot"', "check_many_networks"),
    ("depth_report", 'scheme == "he" and activation in ("tanh", "sigmoid")', "check_many_networks"),
    ("best_multiplier", 'activation == "sigmoid"', "check_draws_decide"),
    ("train", "steps not in (0, 1, 6, 18)", "check_losses"),
    ("train", "learning_rate not in (0.08, 0.05, 0.1, 0.03, 0.12)", "check_two_starts"),
    ("norm_profile", "len(parameters) // 2 not in (1, 2, 3, 4, 12, 30, 150)", "check_depth_150"),
    ("growth_factor", "len(profile) not in (2, 3, 6, 13, 150, 151, 153)", "check_geometric"),
    (
        "orthogonal",
        "n_out > 1 and (n_out, n_in) not in ((8, 8), (10, 8), (8, 10), (7, 2), (2, 6))",
        "check_orthonormal",
    ),
    ("layer_norm", "len(A) not in (3, 4, 5, 9)", "check_columns"),
    ("layer_norm", "epsilon not in (1e-5, 0.5, 2.0, 0.1)", "check_epsilon"),
    ("residual_forward", "len(blocks) not in (0, 1, 2, 3, 150)", "check_rectangular"),
]


@pytest.mark.parametrize(("exercise", "condition", "check"), mostly_slow(KNOWN))
def test_no_shape_and_no_number_is_known_beforehand(exercise: str, condition: str, check: str) -> None:
    for secret in (b"a", b"b"):
        assert check in lost(exercise, unless(exercise, condition), secret)
    assert not lost(exercise, unless(exercise, "False"), b"a")


def test_sigmoid_is_no_guess() -> None:
    assert lost(
        "best_multiplier", unless("best_multiplier", 'activation == "sigmoid"', "candidates[0]"), b"a"
    )


@pytest.mark.parametrize(
    "exercise", ["growth_factor", "residual_forward", "layer_norm", "train", "norm_profile", "neuron"]
)
def test_results_of_earlier_calls_do_not_do(exercise: str) -> None:
    assert lost(exercise, remembered(exercise), b"a")


LAWS = {
    "exponential": "rng.exponential(1, shape) - 1",
    "gamma": "(rng.gamma(9, 1, shape) - 9) / 3",
    "Laplace": "rng.laplace(0, 0.5**0.5, shape)",
    "uniform with a large weight": "np.where(np.indices(shape).sum(0) == 0, 3, rng.uniform(-3**0.5, 3**0.5, shape))",
}


@pytest.mark.parametrize("law", LAWS)
def test_another_law_of_the_right_variance_is_not_normal(law: str) -> None:
    draw = f"shape = n_out, n_in; return np.sqrt(2 / n_in) * ({LAWS[law]})"
    source = f"def he_normal(n_out, n_in, rng):\n    {draw}"
    assert "check_normal" in lost("he_normal", source, b"a")


@pytest.mark.parametrize(
    "draws",
    [
        "rng.standard_normal(n // 2 + 1)",
        "rng.standard_normal(max(n // 8, min(n, 100)))",
        "rng.choice([-1.0, 1.0], 64)",
    ],
)
def test_draws_are_not_used_again(draws: str) -> None:
    source = f"def init_neuron(n, rng):\n    return np.resize({draws}, n) / np.sqrt(n)"
    assert "check_independence" in lost("init_neuron", source, b"a")


@pytest.mark.parametrize("cell", mostly_slow(["pass", "np.random.seed(0)"]))
@pytest.mark.parametrize(
    ("exercise", "check"),
    [
        ("init_neuron", "check_global_state"),
        ("he_normal", "check_global_state"),
        ("initialize_parameters", "check_global_state"),
        ("orthogonal", "check_generator"),
        ("depth_report", "check_generator"),
        ("best_multiplier", "check_draws_decide"),
    ],
)
def test_the_global_generator_is_left_alone_even_if_a_cell_has_seeded_it(
    exercise: str, check: str, cell: str
) -> None:
    for draws in range(3):
        body = f"np.random.seed(0); np.random.random({draws}); return right(*arguments)"
        assert lost(exercise, wrapped(exercise, body, cell), b"a") == {check}


def test_a_draw_in_passing_is_seen_at_every_shape() -> None:
    body = "np.random.random() if n_out <= n_in else 0; return right(*arguments)"
    assert lost("orthogonal", wrapped("orthogonal", body), b"a") == {"check_generator"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("distances = []", "distances, rng = [], np.random.default_rng()"),
        ("distances = []", "distances, rng = [], shared"),
        ("rng.standard_normal((width, 1))", "np.random.randn(width, 1)"),
    ],
)
def test_best_multiplier_draws_from_its_generator_alone(old: str, new: str) -> None:
    source = solution("best_multiplier")
    assert source.count(old) == 1
    source = f"shared = np.random.default_rng(0)\n{source.replace(old, new)}"
    assert lost("best_multiplier", source, b"a") == {"check_draws_decide"}


@pytest.mark.parametrize("start", ["np.eye(long)", "rng.permutation(np.eye(long))"])
def test_directions_near_the_axes_are_not_equally_likely(start: str) -> None:
    source = f"""
def orthogonal(n_out, n_in, rng):
    long, short = max(n_out, n_in), min(n_out, n_in)
    Q, R = np.linalg.qr({start}[:, :short] + 1e-3 * rng.standard_normal((long, short)))
    Q = rng.choice([-1.0, 1.0], (long, 1)) * Q * rng.choice([-1.0, 1.0], short)
    return Q if n_out >= n_in else Q.T
"""
    assert lost("orthogonal", source, b"a") == {"check_uniform"}


@pytest.mark.parametrize(
    ("exercise", "check"),
    [
        ("neuron", "check_arguments_unchanged"),
        ("norm_profile", "check_arguments_unchanged"),
        ("growth_factor", "check_argument_unchanged"),
        ("train", "check_parameters_unchanged"),
        ("layer_norm", "check_arguments_unchanged"),
        ("residual_forward", "check_arguments_unchanged"),
    ],
)
def test_arguments_changed_in_a_single_call_are_seen(exercise: str, check: str) -> None:
    body = "result = right(*arguments); count[0] += 1; arguments[0][:] += (count[0] == 5); return result"
    assert lost(exercise, wrapped(exercise, body, "count = [0]"), b"a") == {check}


REMEMBERS = (
    "old = seen[-1:]; seen.append(parameters); return right(*arguments) + any(p is seen[-1] for p in old)"
)
KINDS = [  # of inputs that the text allows
    ("train", REMEMBERS, "check_losses"),
    ("train", "return right(*arguments) if 'W11' not in parameters else None", "check_few_steps"),
    ("norm_profile", "return right(*arguments) if next(iter(parameters)) == 'W1' else None", "check_each_example"),
    ("norm_profile", "return right(X, dict(sorted(parameters.items(), key=lambda p: p[0][-1])), activation)", ""),
    ("norm_profile", "return right(*arguments) * (parameters['W1'].dtype == X.dtype)", "check_each_example"),
    ("growth_factor", "return right(profile).astype(profile.dtype)", "check_first_and_last"),
    ("residual_forward", "return right(*arguments).astype(A.dtype)", "check_rectangular"),
    ("initialize_parameters", "result = right(*arguments); layer_dims.clear(); return result", "check_global_state"),
    ("best_multiplier", "result = right(*arguments); candidates.sort(); return result", "check_draws_decide"),
]  # fmt: skip


@pytest.mark.parametrize(("exercise", "body", "check"), KINDS)
def test_kinds_of_inputs_that_the_text_allows_are_asked_for(exercise: str, body: str, check: str) -> None:
    for secret in (b"a", b"b"):
        found = lost(exercise, wrapped(exercise, body, "seen = []"), secret)
        assert check in found if check else not found


DEAD_IS_AN_ERROR = """
import math

def best_multiplier(activation, candidates, depth, width, rng):
    def distance(c):
        x = rng.standard_normal((width, 1)){0}
        parameters = initialize_parameters([width] * (depth + 1), "xavier", rng, c)
        return abs(math.log(np.linalg.norm(forward(x, parameters, activation)[0]) / np.linalg.norm(x)))
    return min(candidates, key=distance)
"""


@pytest.mark.parametrize("also_drawn", ["", "; rng.random()"])
def test_a_dead_network_is_no_error(also_drawn: str) -> None:
    assert lost("best_multiplier", DEAD_IS_AN_ERROR.format(also_drawn), b"a") == {"check_draws_decide"}


def test_the_largest_entry_is_no_norm() -> None:
    source = solution("depth_report").replace("np.linalg.norm", "lambda a: np.max(np.abs(a))")
    assert lost("depth_report", source, b"a") == {"check_many_networks"}


STOPPED = """
def {0}(X, Y, parameters, activation, learning_rate, steps):
    losses = right(X, Y, parameters, activation, learning_rate, steps)
    for i in range(1, len(losses)):
        if {1}:
            return losses[:i + 1]
    return losses
"""
WHERE_TRAINING_BEHAVES = {
    "stops when the loss settles": "abs(losses[i] - losses[i - 1]) < 1e-9",
    "stops when the loss settles to the last digits": "abs(losses[i] - losses[i - 1]) < 1e-12 * losses[i]",
    "stops when the loss rises": "losses[i] > losses[i - 1]",
    "stops when the loss is above the first": "losses[i] > losses[0]",
    "stops when the loss explodes": "losses[i] > 1e4",
}


@pytest.mark.parametrize("condition", WHERE_TRAINING_BEHAVES.values(), ids=WHERE_TRAINING_BEHAVES)
def test_training_goes_on_to_the_end(condition: str) -> None:
    source = f"{solution('train')}\nright = train\n{STOPPED.format('train', condition)}"
    for secret in (b"a", b"b", b"c"):
        assert lost("train", source, secret) == {"check_few_steps"}


@pytest.mark.parametrize(
    "losses",
    [
        "np.minimum.accumulate(right(*arguments))",
        "np.minimum(right(*arguments), right(*arguments)[0])",
        "np.clip(right(*arguments), 0, 1e3)",
        "right(X, Y, parameters, activation, min(learning_rate, 1.0), steps)",
        "np.sort(right(*arguments))[::-1]",
    ],
)
def test_losses_that_rise_are_told(losses: str) -> None:
    assert lost("train", wrapped("train", f"return {losses}"), b"a") == {"check_few_steps"}


STILL = [  # the generator does not move on
    "import copy; kept = copy.deepcopy(rng); ",
    "kept = np.random.default_rng(rng.bit_generator.seed_seq.entropy); ",
    "kept = np.random.Generator(type(rng.bit_generator)(rng.bit_generator.seed_seq)); ",
]


@pytest.mark.parametrize("exercise", ["depth_report", "orthogonal"])
@pytest.mark.parametrize("copy", STILL)
def test_two_calls_on_one_generator_give_other_results(exercise: str, copy: str) -> None:
    body = f"{copy}return right(*arguments[:-1], kept)"
    assert lost(exercise, wrapped(exercise, body), b"a") == {"check_generator"}


@pytest.mark.parametrize("exercise", ["depth_report", "orthogonal", "best_multiplier"])
def test_a_generator_that_was_put_back_is_no_new_draw(exercise: str) -> None:
    body = "state = rng.bit_generator.state; got = right(*arguments); rng.bit_generator.state = state; return got"
    expected = {"best_multiplier": set()}.get(
        exercise, {"check_generator"}
    )  # the answer may well be the same
    assert lost(exercise, wrapped(exercise, body), b"a") == expected


PARTS = {  # of the arguments, under which results are remembered
    "preactivation_variance": (
        "(n, weight_variance)",
        "(n, mean_square_input)",
        "(weight_variance, mean_square_input)",
    ),
    "length_map": ("(q, weight_variance)", "(q, activation)", "(weight_variance, activation)"),
    "gradient_factor": ("(q, weight_variance)", "(q, activation)", "(weight_variance, activation)"),
}


@pytest.mark.parametrize(("exercise", "key"), [(name, key) for name, keys in PARTS.items() for key in keys])
def test_every_argument_belongs_to_what_is_remembered(exercise: str, key: str) -> None:
    for secret in (b"a", b"b", b"c"):
        assert lost(exercise, remembered(exercise, key), secret)


FIXED_SIGN = """
def orthogonal(n_out, n_in, rng):
    n, k = max(n_out, n_in), min(n_out, n_in)
    Q, R = np.linalg.qr(rng.standard_normal((n, k)))
    Q = Q * np.sign(np.diag(R)) if k > 1 else Q * np.sign(Q[-1])
    return Q if n_out >= n_in else Q.T
"""
WITHOUT_ABS = """
def norm_profile(X, parameters, activation):
    def norm(A):
        largest = np.where(A.max(axis=0) > 0, A.max(axis=0), 1.0)
        return largest * np.sqrt(((A / largest) ** 2).sum(axis=0))
    Y_hat, caches = forward(X, parameters, activation)
    norms = [norm(A) for A, _ in caches] + [norm(Y_hat)]
    return np.array(norms) / norms[0]
"""
HALVED = """
def glorot_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) / ((n_in + n_out) // 2) ** 0.5
"""


@pytest.mark.parametrize(
    ("exercise", "source", "check"),
    [
        ("orthogonal", FIXED_SIGN, "check_uniform"),
        ("norm_profile", WITHOUT_ABS, "check_extreme_signals"),
        ("glorot_normal", HALVED, "check_variance"),
    ],
)
def test_what_only_some_numbers_show_shows_under_every_secret(exercise: str, source: str, check: str) -> None:
    for number in range(8):
        assert check in lost(exercise, source, f"secret {number}".encode())
