"""Right but different: every one of these must get full marks on `layer_gradient_norms`."""

SLOPE = """
def slope(Z, kind):
    if kind == "relu":
        return Z >= 0
    if kind == "tanh":
        return 1 - np.tanh(Z) ** 2
    if kind == "sigmoid":
        s = 1 / (1 + np.exp(-Z))
        return s * (1 - s)
    return 1.0
"""

VARIANTS: dict[str, str] = {
    "prepended": SLOPE
    + """
def layer_gradient_norms(Y_hat, Y, parameters, caches, activation):
    L = len(caches)
    dZ = (Y_hat - Y) / Y.shape[1]
    norms = [np.linalg.norm(dZ)]
    for l in range(L - 1, 0, -1):
        dZ = parameters[f"W{l + 1}"].T @ dZ * slope(caches[l - 1][1], activation)
        norms.insert(0, np.linalg.norm(dZ))
    return np.array(norms)
""",
    "a_list": SLOPE
    + """
def layer_gradient_norms(Y_hat, Y, parameters, caches, activation):
    dZ, norms = (Y_hat - Y) / Y.shape[1], []
    for l in range(len(caches), 0, -1):
        norms.append(float(np.sqrt((dZ**2).sum())))
        if l > 1:
            dZ = np.dot(parameters["W" + str(l)].T, dZ) * slope(caches[l - 2][1], activation)
    return norms[::-1]
""",
    "filled_from_the_end": SLOPE
    + """
def layer_gradient_norms(Y_hat, Y, parameters, caches, activation):
    L = len(caches)
    norms = np.empty(L)
    dA = (Y_hat - Y) / Y.shape[1]
    for l in reversed(range(L)):
        dZ = dA * (slope(caches[l][1], activation) if l < L - 1 else 1)
        norms[l] = np.linalg.norm(dZ, "fro")
        dA = parameters[f"W{l + 1}"].T @ dZ
    return norms
""",
    "one_over_m_at_the_end": SLOPE
    + """
def layer_gradient_norms(Y_hat, Y, parameters, caches, activation):
    m = Y.shape[1]
    dZs = {len(caches): Y_hat - Y}
    for l in range(len(caches) - 1, 0, -1):
        dZs[l] = np.einsum("ji,jk,ik->ik", parameters[f"W{l + 1}"], dZs[l + 1],
                           slope(caches[l - 1][1], activation) * np.ones_like(caches[l - 1][1]))
    return np.array([np.linalg.norm(dZs[l].ravel()) / m for l in sorted(dZs)])
""",
    "weights_in_their_order": SLOPE
    + """
def layer_gradient_norms(Y_hat, Y, parameters, caches, activation):
    names = filter(lambda name: name.startswith("W"), parameters)
    weights = [parameters[name] for name in sorted(names, key=lambda name: int(name[1:]))]
    dZ = (Y_hat - Y) / Y.shape[1]
    norms = [np.linalg.norm(dZ)]
    for W, (_, Z) in zip(reversed(weights[1:]), reversed(caches[:-1])):
        dZ = (W.T @ dZ) * slope(Z, activation)
        norms.insert(0, np.linalg.norm(dZ))
    return np.array(norms)
""",
    "example_by_example": SLOPE
    + """
def layer_gradient_norms(Y_hat, Y, parameters, caches, activation):
    L, m = len(caches), Y.shape[1]
    squares = [0.0] * L
    for j in range(m):
        d = (Y_hat[:, j] - Y[:, j]) / m
        for l in range(L, 0, -1):
            squares[l - 1] += d @ d
            if l > 1:
                d = (parameters[f"W{l}"].T @ d) * slope(caches[l - 2][1][:, j], activation)
    return np.sqrt(squares)
""",
    "from_backward_with_one_more_key": SLOPE
    + """
def backward(Y_hat, Y, parameters, caches, activation):
    gradients, L = {}, len(caches)
    gradients[f"dZ{L}"] = (Y_hat - Y) / Y.shape[1]
    for l in range(L - 1, 0, -1):
        dA = parameters[f"W{l + 1}"].T @ gradients[f"dZ{l + 1}"]
        gradients[f"dZ{l}"] = dA * slope(caches[l - 1][1], activation)
    return gradients

def layer_gradient_norms(Y_hat, Y, parameters, caches, activation):
    gradients = backward(Y_hat, Y, parameters, caches, activation)
    return np.array([np.linalg.norm(gradients[f"dZ{l + 1}"]) for l in range(len(caches))])
""",
}
