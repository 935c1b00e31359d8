"""Right but different solutions of `depth_report`."""

VARIANTS: dict[str, str] = {
    "input_first": """
def depth_report(scheme, activation, depth, width, rng):
    x = rng.normal(size=(width, 1))
    parameters = initialize_parameters([width] * (depth + 1), scheme, rng)
    y_hat, caches = forward(x, parameters, activation)
    gradients = backward(y_hat, 0 * y_hat, parameters, caches, activation)
    deltas = [np.linalg.norm(gradients["db" + str(l)]) for l in range(1, depth + 1)]
    f = (np.linalg.norm(y_hat) / np.linalg.norm(x)) ** (1.0 / depth)
    return [f, (deltas[0] / deltas[-1]) ** (1.0 / (depth - 1))]
""",
    "own_loops_and_logarithms": """
def depth_report(scheme, activation, depth, width, rng):
    p = initialize_parameters([width for _ in range(depth + 1)], scheme, rng)
    a = rng.standard_normal(width)[:, None]
    start = np.sqrt((a ** 2).sum())
    zs = []
    for l in range(1, depth + 1):
        z = np.dot(p["W%d" % l], a) + p["b%d" % l]
        zs.append(z)
        a = activate(z, activation) if l != depth else z
    delta = a
    last = np.sqrt((delta ** 2).sum())
    for l in range(depth - 1, 0, -1):
        delta = np.dot(p["W%d" % (l + 1)].T, delta) * activation_derivative(zs[l - 1], activation)
    first = np.sqrt((delta ** 2).sum())
    forward_growth = np.exp(np.log(last / start) / depth)
    backward_growth = np.exp(np.log(first / last) / (depth - 1))
    return forward_growth, backward_growth
""",
    "built_on_the_profile": """
def depth_report(scheme, activation, depth, width, rng):
    parameters = initialize_parameters([width] * (depth + 1), scheme, rng)
    x = rng.standard_normal(size=(width, 1))
    forward_growth = growth_factor(norm_profile(x, parameters, activation))[0]
    y_hat, caches = forward(x, parameters, activation)
    grads = backward(y_hat, np.zeros((width, 1)), parameters, caches, activation)
    ratio = np.linalg.norm(grads["db1"]) / np.linalg.norm(grads[f"db{depth}"])
    return np.array(forward_growth), np.array(np.power(ratio, 1 / (depth - 1)))
""",
    "weight_gradients_over_their_inputs": """
def depth_report(scheme, activation, depth, width, rng):
    # dW_l is the outer product of dZ_l and a_(l-1), so ||dZ_l|| = ||dW_l|| / ||a_(l-1)||
    parameters = initialize_parameters([width] * (depth + 1), scheme, rng)
    x = rng.standard_normal((width, 1))
    y_hat, caches = forward(x, parameters, activation)
    g = backward(y_hat, np.zeros_like(y_hat), parameters, caches, activation)
    def delta(l):
        return np.linalg.norm(g[f"dW{l}"]) / np.linalg.norm(caches[l - 1][0])
    return ((np.linalg.norm(y_hat) / np.linalg.norm(x)) ** (1 / depth),
            (delta(1) / delta(depth)) ** (1 / (depth - 1)))
""",
    "own_draws_of_single_precision": """
def depth_report(scheme, activation, depth, width, rng):
    variance = {"he": 2 / width, "xavier": 1 / width, "glorot": 2 / (width + width)}[scheme]
    parameters = {}
    for l in range(depth, 0, -1):
        draw = rng.standard_normal((width, width), dtype=np.float32).astype(float)
        parameters[f"W{l}"] = draw.T * np.sqrt(variance)
        parameters[f"b{l}"] = np.zeros((width, 1))
    x = rng.standard_normal((width, 1))
    y_hat, caches = forward(x, parameters, activation)
    g = backward(y_hat, np.zeros_like(y_hat), parameters, caches, activation)
    return (
        float((np.linalg.norm(y_hat) / np.linalg.norm(x)) ** (1 / depth)),
        float((np.linalg.norm(g["db1"]) / np.linalg.norm(g[f"db{depth}"])) ** (1 / (depth - 1))),
    )
""",
    "draws_that_depend_on_the_scheme": """
def depth_report(scheme, activation, depth, width, rng):
    parameters = initialize_parameters([width] * (depth + 1), scheme, rng)
    if scheme == "he":
        parameters = {name: value.T if name[0] == "W" else value for name, value in parameters.items()}
        parameters["W1"] = rng.standard_normal((width, width)) * np.sqrt(2 / width)
    x = rng.standard_normal((width, 1))
    y_hat, caches = forward(x, parameters, activation)
    g = backward(y_hat, np.zeros_like(y_hat), parameters, caches, activation)
    first, last = g["db1"], g[f"db{depth}"]
    return (
        float((np.sum(y_hat**2) / np.sum(x**2)) ** (1 / (2 * depth))),
        float((np.sum(first**2) / np.sum(last**2)) ** (0.5 / (depth - 1))),
    )
""",
    "through backward": """
def depth_report(scheme, activation, depth, width, rng):
    parameters = initialize_parameters([width] * (depth + 1), scheme, rng)
    x = rng.standard_normal((width, 1))
    y_hat, caches = forward(x, parameters, activation)
    gradients = backward(y_hat, np.zeros_like(y_hat), parameters, caches, activation)  # J = ½‖ŷ‖²: the target is 0
    norm = np.linalg.norm
    forward_growth = (norm(y_hat) / norm(x)) ** (1 / depth)
    # With one example db_l is the gradient of Z_l.
    backward_growth = (norm(gradients["db1"]) / norm(gradients[f"db{depth}"])) ** (1 / (depth - 1))
    return float(forward_growth), float(backward_growth)
""",
}
