"""Right but different solutions of `initialize_parameters`: all get full marks."""

VARIANTS: dict[str, str] = {
    "formulas in a chain of ifs": """
def initialize_parameters(layer_dims, scheme, rng, multiplier=1.0):
    parameters = {}
    for l in range(1, len(layer_dims)):
        n_in, n_out = layer_dims[l - 1], layer_dims[l]
        if scheme == "xavier":
            variance = 1 / n_in
        elif scheme == "he":
            variance = 2 / n_in
        elif scheme == "glorot":
            variance = 2 / (n_in + n_out)
        else:
            raise ValueError(scheme)
        parameters["W" + str(l)] = rng.normal(0, np.sqrt(multiplier * variance), (n_out, n_in))
        parameters["b" + str(l)] = np.zeros((n_out, 1))
    return parameters
""",
    "the functions from above": """
def xavier_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) / np.sqrt(n_in)

def he_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)

def glorot_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / (n_in + n_out))

def initialize_parameters(layer_dims, scheme, rng, multiplier=1.0):
    draw = {"xavier": xavier_normal, "he": he_normal, "glorot": glorot_normal}[scheme]
    sizes = zip(layer_dims[1:], layer_dims[:-1])
    parameters = {}
    for l, (n_out, n_in) in enumerate(sizes, 1):
        parameters.update({f"W{l}": multiplier ** 0.5 * draw(n_out, n_in, rng), f"b{l}": np.zeros((n_out, 1))})
    return parameters
""",
    "last layer first": """
def initialize_parameters(layer_dims, scheme, rng, multiplier=1.0):
    variances = {"xavier": lambda o, i: 1 / i, "he": lambda o, i: 2 / i, "glorot": lambda o, i: 2 / (o + i)}
    parameters = {}
    for l in reversed(range(1, len(layer_dims))):
        o, i = layer_dims[l], layer_dims[l - 1]
        parameters[f"b{l}"] = np.zeros((o, 1))
        parameters[f"W{l}"] = np.sqrt(multiplier * variances[scheme](o, i)) * rng.standard_normal((i, o)).T
    return parameters
""",
    "recursion": """
def initialize_parameters(layer_dims, scheme, rng, multiplier=1.0):
    L = len(layer_dims) - 1
    if L == 0:
        return {}
    parameters = initialize_parameters(layer_dims[:-1], scheme, rng, multiplier)
    n_in, n_out = layer_dims[-2:]
    n = {"xavier": n_in, "he": n_in / 2, "glorot": (n_in + n_out) / 2}[scheme]
    parameters[f"W{L}"] = rng.standard_normal((n_out, n_in)) / np.sqrt(n / multiplier)
    parameters[f"b{L}"] = np.zeros(n_out).reshape(-1, 1)
    return parameters
""",
    "a generator for each layer, and extra keys": """
def initialize_parameters(layer_dims, scheme, rng, multiplier=1.0):
    L = len(layer_dims) - 1
    parameters = {"L": L}
    for l, child in zip(range(1, L + 1), rng.spawn(L)):
        n_out, n_in = layer_dims[l], layer_dims[l - 1]
        fan = n_in if scheme != "glorot" else 0.5 * (n_in + n_out)
        gain = 2 if scheme == "he" else 1
        parameters[f"W{l}"] = child.normal(scale=np.sqrt(multiplier * gain / fan), size=(n_out, n_in))
        parameters[f"b{l}"] = 0 * child.random((n_out, 1))
    return parameters
""",
    "biases drawn and cleared": """
def initialize_parameters(layer_dims, scheme, rng, multiplier=1.0):
    parameters = {}
    for l in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[l], layer_dims[l - 1]
        s2 = multiplier * {"xavier": 1 / n_in, "he": 2 / n_in, "glorot": 2 / (n_in + n_out)}[scheme]
        block = np.sqrt(s2) * rng.standard_normal((n_out, n_in + 1))
        block[:, -1] = 0.0
        parameters[f"W{l}"], parameters[f"b{l}"] = block[:, :-1], block[:, -1:]
    return parameters
""",
}
