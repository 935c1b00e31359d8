"""Right but different solutions of `best_multiplier`."""

VARIANTS: dict[str, str] = {
    "loop_over_forward": """
def best_multiplier(activation, candidates, depth, width, rng):
    best, smallest = None, np.inf
    for c in candidates:
        parameters = initialize_parameters([width] * (depth + 1), "xavier", rng, multiplier=c)
        x = rng.standard_normal((width, 1))
        y, _ = forward(x, parameters, activation)
        error = abs(np.log(np.linalg.norm(y) / np.linalg.norm(x)) / depth)
        if error < smallest:
            best, smallest = c, error
    return best
""",
    "he_with_half_the_multiplier": """
def best_multiplier(activation, candidates, depth, width, rng):
    def error(c):
        x = rng.standard_normal((width, 1))
        p = initialize_parameters([width] * (depth + 1), "he", rng, c / 2)
        return abs(np.log(growth_factor(norm_profile(x, p, activation)).item()))
    return min(candidates, key=error)
""",
    "one_network_rescaled": """
def best_multiplier(activation, candidates, depth, width, rng):
    unit = [rng.standard_normal((width, width)) / np.sqrt(width) for _ in range(depth)]
    x = rng.standard_normal((width, 1))
    errors = []
    for c in candidates:
        parameters = {}
        for l, W in enumerate(unit, start=1):
            parameters[f"W{l}"] = np.sqrt(c) * W
            parameters[f"b{l}"] = np.zeros((width, 1))
        profile = norm_profile(x, parameters, activation)
        errors.append(np.abs(np.log(profile[-1, 0])))
    return np.array(candidates)[np.argmin(errors)]
""",
    "sorted_pairs": """
def best_multiplier(activation, candidates, depth, width, rng):
    pairs = []
    for c in candidates:
        parameters = initialize_parameters([width] * (depth + 1), "glorot", rng, c)
        X = rng.standard_normal((width, 4))
        g = np.exp(np.mean(np.log(growth_factor(norm_profile(X, parameters, activation)))))
        pairs.append((max(g, 1 / g), c))
    return sorted(pairs)[0][1]
""",
    "squared_logarithm": """
def best_multiplier(activation, candidates, depth, width, rng):
    score = np.empty(len(candidates))
    for i, multiplier in enumerate(candidates):
        p = initialize_parameters((depth + 1) * [width], "xavier", rng, multiplier)
        a = x = rng.normal(0, 1, (width, 1))
        for l in range(1, depth + 1):
            a = p[f"W{l}"] @ a + p[f"b{l}"]
            if l < depth:
                a = activate(a, activation)
        score[i] = np.log10((a ** 2).sum() / (x ** 2).sum()) ** 2
    return float(candidates[int(score.argmin())])
""",
}
