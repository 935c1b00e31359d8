"""Right but different: every one of these must get full marks on `backward`."""

SLOPE = """
def slope(Z, kind):
    if kind == "relu":
        return Z > 0
    if kind == "tanh":
        return 1 - np.tanh(Z) ** 2
    if kind == "sigmoid":
        s = 1 / (1 + np.exp(-Z))
        return s * (1 - s)
    return 1.0
"""

VARIANTS: dict[str, str] = {
    "one_over_m_in_dw_and_db": SLOPE
    + """
def backward(Y_hat, Y, parameters, caches, activation):
    m, L = Y.shape[1], len(caches)
    gradients = {}
    dZ = Y_hat - Y
    for l in reversed(range(1, L + 1)):
        A_prev, Z = caches[l - 1]
        if l < L:
            dZ = dA * slope(Z, activation)
        gradients["dW" + str(l)] = np.dot(dZ, A_prev.T) / m
        gradients["db" + str(l)] = np.sum(dZ, axis=1, keepdims=True) / m
        dA = np.dot(parameters["W" + str(l)].T, dZ)
    return gradients
""",
    "mask_with_at_least": """
def backward(Y_hat, Y, parameters, caches, activation):
    L = len(caches)
    dZ = (Y_hat - Y) / Y.shape[1]
    gradients = {"cost": float(np.sum((Y_hat - Y) ** 2) / 2 / Y.shape[1])}
    for l in range(L, 0, -1):
        gradients[f"dW{l}"], gradients[f"db{l}"] = dZ @ caches[l - 1][0].T, dZ.sum(1).reshape(-1, 1)
        if l == 1:
            break
        Z = caches[l - 2][1]
        D = parameters[f"W{l}"].T @ dZ
        if activation == "relu":
            D[Z < 0] = 0
        elif activation == "tanh":
            D = D / np.cosh(Z) ** 2
        elif activation == "sigmoid":
            D = D / (2 + np.exp(Z) + np.exp(-Z))
        dZ = D
    return gradients
""",
    "slopes_from_cached_activations": """
def backward(Y_hat, Y, parameters, caches, activation):
    rules = {
        "linear": lambda A: np.ones_like(A),
        "relu": lambda A: (A > 0).astype(float),
        "tanh": lambda A: 1 - A**2,
        "sigmoid": lambda A: A * (1 - A),
    }
    L, gradients = len(caches), {}
    dZ = (1 / Y.shape[1]) * (Y_hat - Y)
    for l in range(L, 0, -1):
        A_prev = caches[l - 1][0]
        gradients[f"dW{l}"] = np.einsum("ik,jk->ij", dZ, A_prev)
        gradients[f"db{l}"] = dZ @ np.ones((dZ.shape[1], 1))
        dZ = (parameters[f"W{l}"].T @ dZ) * rules[activation](A_prev)
    return gradients
""",
    "caches_are_tuples": SLOPE
    + """
def backward(Y_hat, Y, parameters, caches, activation):
    assert all(isinstance(cache, tuple) for cache in caches)
    weights = [parameters[f"W{l + 1}"] for l in range(len(caches))]
    gradients, dZ = {}, (Y_hat - Y) / Y.shape[1]
    for l in range(len(caches), 0, -1):
        if l < len(caches):
            dZ = (weights[l].T @ dZ) * slope(caches[l - 1][1], activation)
        A_prev, _, dZ = caches[l - 1] + (dZ,)
        gradients[f"dW{l}"], gradients[f"db{l}"] = dZ @ A_prev.T, dZ.sum(axis=1, keepdims=True)
    return gradients
""",
    "example_by_example": SLOPE
    + """
def backward(Y_hat, Y, parameters, caches, activation):
    m, L = Y.shape[1], len(caches)
    gradients = {}
    for l in range(1, L + 1):
        gradients[f"dW{l}"] = np.zeros(parameters[f"W{l}"].shape)
        gradients[f"db{l}"] = np.zeros(parameters[f"b{l}"].shape)
    for j in range(m):
        d = (Y_hat[:, [j]] - Y[:, [j]]) / m
        for l in range(L, 0, -1):
            gradients[f"dW{l}"] += d @ caches[l - 1][0][:, [j]].T
            gradients[f"db{l}"] += d
            if l > 1:
                d = (parameters[f"W{l}"].T @ d) * slope(caches[l - 2][1][:, [j]], activation)
    return gradients
""",
    "recursion": SLOPE
    + """
def down(l, dZ, parameters, caches, activation):
    if l == 0:
        return {}
    A_prev = caches[l - 1][0]
    here = {f"dW{l}": dZ.dot(A_prev.T), f"db{l}": dZ.sum(axis=1)[:, None]}
    if l > 1:
        dZ = parameters[f"W{l}"].T.dot(dZ) * slope(caches[l - 2][1], activation)
    return {**down(l - 1, dZ, parameters, caches, activation), **here}

def backward(Y_hat, Y, parameters, caches, activation):
    return down(len(caches), (Y_hat - Y) / len(Y[0]), parameters, caches, activation)
""",
    "in_place_on_its_own_arrays": SLOPE
    + """
class Tape:
    def __init__(self, caches, kind):
        self.caches, self.kind = list(caches), kind

    def pop(self):
        return self.caches.pop()

def backward(Y_hat, Y, parameters, caches, activation):
    tape, gradients = Tape(caches, activation), {}
    dA = Y_hat.copy()
    dA -= Y
    dA /= Y.shape[1]
    l, last = len(caches), True
    while tape.caches:
        A_prev, Z = tape.pop()
        if not last:
            dA *= slope(Z, activation)
        gradients[f"db{l}"] = np.add.reduce(dA, axis=1, keepdims=True)
        gradients[f"dW{l}"] = (A_prev @ dA.T).T
        dA = parameters[f"W{l}"].T @ dA
        l, last = l - 1, False
    return gradients
""",
}
