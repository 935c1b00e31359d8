"""Functions of assignments 1 and 2 that are right only where a fixed hidden input would look lose points, too."""

import pytest

from autograder.authoring import Student
from autograder.course import notebooks
from autograder.course.exercises import exercise_of
from autograder.grading.diagnosis import explain
from autograder.grading.marking import judged, mark
from autograder.results import CheckResult
from autograder.sandbox import OwnCode
from tests.support.gradings import cases_of, cells_of, unsearched
from tests.support.selection import mostly_slow

OF = {
    exercise: name
    for name, assignment in notebooks.assignments().items()
    for exercise in assignment.exercises
}


def graded(exercise: str, code: str, secret: str = "a") -> tuple[CheckResult, ...]:
    """The results of one exercise of a notebook whose cell holds `code`."""
    path = f"{OF[exercise]}/{exercise}"
    with OwnCode().open(cells_of(OF[exercise], {exercise: code})) as session:
        student = Student(session)
        attempts = mark(exercise_of(exercise).checks, student, cases_of(secret.encode(), path))
        return judged(exercise, attempts, unsearched).checks


def lost(exercise: str, code: str, secret: str = "a") -> set[str]:
    """The checks that a student fails."""
    return {r.name for r in graded(exercise, code, secret) if r.status != "passed"}


def around(exercise: str, arguments: str, body: str) -> str:
    """The solution, called `right`, and around it a function with this body."""
    solution = notebooks.assignments()[OF[exercise]].solutions[exercise]
    names = ", ".join(part.split("=")[0] for part in arguments.split(", "))
    lines = "\n    ".join(body.format(right=f"right({names})").splitlines())
    return f"{solution}\nright, kept = {exercise}, {{}}\ndef {exercise}({arguments}):\n    {lines}\n"


def unless(condition: str, instead: str = "None") -> str:
    """A body that is right unless the condition holds."""
    return f"return {instead} if {condition} else {{right}}"


def remembered(key: str) -> str:
    """A body that computes once for each key."""
    return f"if {key} not in kept: kept[{key}] = {{right}}\nreturn kept[{key}]"


def spoiled(array: str, condition: str) -> str:
    """A body that wipes out an argument when the condition holds."""
    return f"result = {{right}} + 0.0\nspoiled = {array}\nif {condition}: spoiled *= 0\nreturn result"


SIGNATURES = {
    "linear_forward": "X, weights",
    "end_to_end_matrix": "weights",
    "scaled_identity_output": "c, depth, X, last_weight",
    "activation_trace": "c, depth, x",
    "first_broken_layer": "c, dtype, max_depth=2000",
    "input_gradient": "weights, dY",
    "chain_gradients": "c, depth, x, y",
    "steps_to_move": "distance, learning_rate, gradient",
    "activate": "Z, kind",
    "activation_derivative": "Z, kind",
    "forward": "X, parameters, activation",
    "backward": "Y_hat, Y, parameters, caches, activation",
    "gradient_check": "f, theta, gradient, epsilon=1e-5",
    "layer_gradient_norms": "Y_hat, Y, parameters, caches, activation",
}
MIDDLE = "3 < len(weights) < 150"
BY_SHAPE = remembered("(caches[0][0].shape, Y.shape, len(parameters), activation)")
SQUARE = "last_weight.shape[0] == last_weight.shape[1]"
SMALL_W = "last_weight.T if {0} else last_weight"
RENAMED = """names = [c + str(l) for l in range(1, len(parameters) // 2 + 1) for c in "Wb"]
return right({0}dict(zip(names, parameters.values())), {1}activation)"""
WIDENED = "d = {{right}}\nkept.update(d)\nreturn {0}"
AGAIN = "kept['old'], old = weights, kept.get('old')\nreturn {right} * (weights is not old)"
AS_THE_WEIGHTS = "g = {right}\nfor k in g: g[k] = g[k].astype(parameters[k[1:]].dtype)\nreturn g"
TRICKS = [
    ("chain_gradients", remembered("(c, x, y)"), "check_shallow"),
    ("chain_gradients", remembered("(c, depth, x)"), "check_shallow"),
    ("chain_gradients", remembered("(depth, x, y)"), "check_shallow"),
    ("steps_to_move", remembered("(distance, gradient)"), "check_ordinary"),
    ("steps_to_move", remembered("(learning_rate, gradient)"), "check_ordinary"),
    ("steps_to_move", remembered("(distance, learning_rate)"), "check_ordinary"),
    ("activation_trace", unless("c < 0 and depth > 2"), "check_multipliers"),
    (
        "activate",  # entry by entry, as they lie in memory
        "return np.array([right(np.array([[z]]), kind).item() for z in np.nditer(Z)]).reshape(Z.shape)",
        "check_tanh",
    ),
    ("scaled_identity_output", f"return right(c, depth, X, {SMALL_W.format(SQUARE)})", "check_shallow"),
    (
        "scaled_identity_output",
        f"return right(c, depth, X, {SMALL_W.format(SQUARE + ' == X.shape[1]')})",
        "check_shallow",
    ),
    ("scaled_identity_output", unless("depth == 1 and c == 0", "np.nan * {right}"), "check_one_layer"),
    ("scaled_identity_output", unless("depth == 2 and c == 0", "np.nan * {right}"), "check_shallow"),
    ("scaled_identity_output", unless("X.shape[1] == 1"), "check_shallow"),
    ("scaled_identity_output", unless("len(last_weight) == 1 and len(X) > 1"), "check_shallow"),
    ("scaled_identity_output", unless("not X.flags.c_contiguous"), "check_shallow"),
    ("activation_trace", remembered("(c, depth)"), "check_multipliers"),
    ("activation_trace", remembered("(c, depth, len(x))"), "check_multipliers"),
    ("activation_trace", unless("len(x) == 1"), "check_multipliers"),
    ("activation_trace", unless("len(x) == depth"), "check_multipliers"),
    ("activation_trace", unless("0 in x"), "check_multipliers"),
    ("linear_forward", unless('X.dtype.kind == "i"'), "check_rectangular"),
    ("linear_forward", unless("not X.flags.c_contiguous"), "check_rectangular"),
    ("linear_forward", unless("len(weights) > 1 and X.size == 1"), "check_rectangular"),
    ("linear_forward", unless("1 in [len(W) for W in weights[:-1]]"), "check_rectangular"),
    ("end_to_end_matrix", unless('weights[0].dtype.kind == "i"'), "check_rectangular"),
    ("end_to_end_matrix", unless("1 in [len(W) for W in weights[:-1]]"), "check_rectangular"),
    ("input_gradient", unless('dY.dtype.kind == "i"'), "check_rectangular"),
    ("input_gradient", unless("len(weights) > 1 and dY.size == 1"), "check_rectangular"),
    ("first_broken_layer", unless("c == -1e5", "2"), "check_negative"),
    ("first_broken_layer", unless("max_depth == 1"), "check_limits"),
    ("steps_to_move", "return right(distance, min(learning_rate, 1.0), gradient)", "check_ordinary"),
    ("steps_to_move", "return right(distance, max(learning_rate, 1e-4), gradient)", "check_ordinary"),
    ("steps_to_move", "return right(min(distance, 100.0), learning_rate, gradient)", "check_ordinary"),
    ("activate", remembered("(Z.shape, kind)"), "check_tanh"),
    ("activate", unless('Z.size == 1 and kind == "tanh"', "Z"), "check_tanh"),
    ("activate", unless('kind == "relu" and Z.max() < 0', "Z"), "check_relu"),
    ("activate", unless('kind == "linear" and abs(Z).max() < 1e-30', "0 * Z"), "check_linear"),
    ("activation_derivative", remembered("(Z.shape, kind)"), "check_sigmoid"),
    ("activation_derivative", "d = {right}\nZ[Z == 0] = 1e-10\nreturn d", "check_argument_unchanged"),
    ("activation_derivative", 'if kind == "relu": Z[Z == 0] = 1\nreturn {right}', "check_argument_unchanged"),
    ("activation_derivative", unless('kind == "relu" and 0 in Z', "0 * Z"), "check_relu"),
    ("forward", RENAMED.format("X, ", ""), "check_output"),
    ("forward", unless('X.dtype.kind == "i"'), "check_output"),
    ("forward", unless("X.size == 1 and len(parameters) > 2"), "check_output"),
    ("forward", unless("not X.flags.c_contiguous"), "check_output"),
    ("backward", RENAMED.format("Y_hat, Y, ", "caches, "), "check_weight_gradients"),
    ("backward", WIDENED.format("kept"), "check_up_to_factors"),
    ("backward", WIDENED.format('d | {{f"dW{{len(d)}}": 0}}'), "check_up_to_factors"),
    ("backward", unless("Y.shape[1] == 1"), "check_weight_gradients"),
    ("backward", unless('Y.dtype.kind == "i"'), "check_weight_gradients"),
    ("layer_gradient_norms", RENAMED.format("Y_hat, Y, ", "caches, "), "check_norms"),
    ("layer_gradient_norms", unless("Y.size == 1"), "check_norms"),
    ("gradient_check", remembered("theta.tobytes()"), "check_quadratic"),
    ("gradient_check", unless("0 in theta", "1.0"), "check_law"),
    ("linear_forward", unless(MIDDLE), "check_depth_150"),
    ("linear_forward", remembered("X[0, 0]"), "check_rectangular"),
    ("linear_forward", spoiled("X", "len(weights) == 1"), "check_arguments_unchanged"),
    ("linear_forward", spoiled("weights[3]", "len(weights) > 9"), "check_arguments_unchanged"),
    ("end_to_end_matrix", unless(MIDDLE), "check_depth_150"),
    ("end_to_end_matrix", remembered("tuple(W.shape for W in weights)"), "check_rectangular"),
    ("end_to_end_matrix", spoiled("weights[0]", "len(weights) == 1"), "check_arguments_unchanged"),
    ("input_gradient", unless(MIDDLE), "check_depth_150"),
    ("input_gradient", spoiled("dY", "len(weights) > 9"), "check_arguments_unchanged"),
    ("scaled_identity_output", unless("c < -1"), "check_shallow"),
    ("scaled_identity_output", unless("depth not in (1, 2, 10, 150, 152)"), "check_shallow"),
    ("scaled_identity_output", unless("X.shape != (3, 5)"), "check_one_layer"),
    ("scaled_identity_output", remembered("(c, depth, X.shape)"), "check_shallow"),
    ("scaled_identity_output", spoiled("X", "depth == 150"), "check_arguments_unchanged"),
    ("activation_trace", unless("c < -1"), "check_multipliers"),
    ("activation_trace", spoiled("x", "c == 0.5"), "check_arguments_unchanged"),
    ("first_broken_layer", unless("c in (0, 1)", "7"), "check_breaking"),
    ("first_broken_layer", unless("c == 1", "7"), "check_stuck"),
    ("first_broken_layer", unless("isinstance(dtype, type)"), "check_spellings"),
    ("chain_gradients", unless("c == 0 and depth > 1"), "check_shallow"),
    ("chain_gradients", unless("x == 0"), "check_shallow"),
    ("chain_gradients", unless("y == 0"), "check_shallow"),
    ("chain_gradients", unless("c > 0 and x * y > 0"), "check_shallow"),
    ("activate", unless("Z.shape[1] == 1", "Z"), "check_sigmoid"),
    ("activate", unless('kind == "linear"', "Z / Z * Z"), "check_linear"),
    ("activate", unless('kind == "tanh"', "np.tanh(Z) * (Z / Z)"), "check_tanh"),
    ("activate", unless('kind == "tanh"', "np.where(abs(Z) > 2.5, np.sign(Z), np.tanh(Z))"), "check_tanh"),
    ("activate", unless('kind == "tanh"', "np.where(abs(Z) < 0.1, 0.0, np.tanh(Z))"), "check_tanh"),
    ("activate", unless('kind == "sigmoid"', "np.where(abs(Z) > 2.5, Z > 0, {right})"), "check_sigmoid"),
    ("activation_derivative", unless('kind == "linear"', "Z / Z"), "check_linear"),
    ("activation_derivative", unless('kind == "tanh"', "Z / Z * (1 - np.tanh(Z) ** 2)"), "check_tanh"),
    ("activation_derivative", unless('kind == "sigmoid"', "{right} * (abs(Z) < 2.5)"), "check_sigmoid"),
    ("forward", unless("not 4 <= len(parameters) <= 18", "({right}[0], [])"), "check_caches"),
    ("forward", 'return right(X, parameters, "relu" if len(parameters) > 8 else activation)', "check_output"),
    ("forward", remembered("(X.shape, len(parameters), activation)"), "check_one_layer"),
    ("forward", remembered("X.tobytes()"), "check_one_layer"),
    ("backward", unless("len(caches) == 1", '{{"dW1": {right}["dW1"]}}'), "check_bias_gradients"),
    ("backward", "g = {right}\nif len(g) > 200: g['db9'] = 0 * g['db9']\nreturn g", "check_bias_gradients"),
    ("backward", BY_SHAPE, "check_one_layer"),
    ("layer_gradient_norms", BY_SHAPE, "check_one_layer"),
    ("linear_forward", "return {right}.astype(X.dtype)", "check_rectangular"),
    ("linear_forward", AGAIN, "check_rectangular"),
    ("end_to_end_matrix", "return {right}.astype(weights[-1].dtype)", "check_rectangular"),
    ("end_to_end_matrix", unless("[W.dtype for W in weights[:2]] == [float, int]"), "check_rectangular"),
    ("input_gradient", "return {right}.astype(dY.dtype)", "check_rectangular"),
    ("first_broken_layer", unless("abs(c) >= np.finfo(dtype).max", "1"), "check_breaking"),
    ("first_broken_layer", unless("0 < abs(c) <= np.finfo(dtype).smallest_subnormal", "1"), "check_breaking"),
    ("forward", unless("'W11' in parameters and list(parameters) == sorted(parameters)"), "check_output"),
    ("backward", AS_THE_WEIGHTS, "check_weight_gradients"),
    ("layer_gradient_norms", unless("parameters['W1'].dtype == int"), "check_norms"),
    ("gradient_check", unless("epsilon not in (1e-5, 0.05, 0.02, 0.1, 0.5)", "0.0"), "check_law"),
]  # fmt: skip


@pytest.mark.parametrize(("exercise", "body", "check"), mostly_slow(TRICKS, key=lambda case: case[0]))
def test_special_cases_lose_points(exercise: str, body: str, check: str) -> None:
    code = around(exercise, SIGNATURES[exercise], body)
    for secret in ("a", "b", "c"):
        assert check in lost(exercise, code, secret)


def test_keys_that_are_no_layers_are_fine() -> None:
    for name in ("dW0", "dA1", "dWeights9", "dW"):
        body = f"return {{right}} | {{{{'{name}': np.arange(3) > 1}}}}"
        assert not lost("backward", around("backward", SIGNATURES["backward"], body)), name


@pytest.mark.parametrize("exercise", SIGNATURES)
def test_the_wrapper_itself_loses_nothing(exercise: str) -> None:
    assert not lost(exercise, around(exercise, SIGNATURES[exercise], "return {right}"))


def named(exercise: str, code: str) -> set[tuple[str, ...]]:
    """The misconceptions that are named beside failed checks."""
    results = [r for r in graded(exercise, code) if r.status != "passed"]
    assert results
    return {r.causes for r in results}


@pytest.mark.parametrize(
    ("exercise", "arguments"),
    [
        ("init_neuron", "n, rng"),
        ("orthogonal", "n_out, n_in, rng"),
        ("depth_report", "scheme, activation, depth, width, rng"),
    ],
)
def test_a_right_function_that_touches_the_global_state_is_told_no_other_mistake(
    exercise: str, arguments: str
) -> None:
    assert named(exercise, around(exercise, arguments, "np.random.rand()\nreturn {right}")) == {()}


def test_weights_that_equal_seeds_repeat_do_not_come_from_a_generator_of_ones_own() -> None:
    body = "return rng.triangular(-1, 0, 1, (n_out, n_in)) * np.sqrt(6 / n_in)"
    assert named("xavier_normal", around("xavier_normal", "n_out, n_in, rng", body)) == {()}


def test_an_error_now_and_then_tells_no_mistake() -> None:
    body = "kept[len(kept)] = 0\nif len(kept) % 3 == 0: raise ValueError\nreturn {right}"
    for exercise in ("forward", "input_gradient", "activate"):
        assert named(exercise, around(exercise, SIGNATURES[exercise], body)) == {()}


def test_no_calls_tell_nothing() -> None:
    assert explain("forward", []) == ()
