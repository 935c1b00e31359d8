"""Right but different solutions of `input_gradient`: all get full marks."""

VARIANTS: dict[str, str] = {
    "counting down": """
def input_gradient(weights, dY):
    L = len(weights)
    dA = np.copy(dY)
    for l in range(L - 1, -1, -1):
        dA = np.dot(np.transpose(weights[l]), dA)
    return dA
""",
    "the transposed end-to-end matrix": """
def input_gradient(weights, dY):
    M = np.eye(weights[0].shape[1])
    for W in weights:
        M = W @ M
    return M.T @ dY
""",
    "rows inside, transposed at both ends": """
def input_gradient(weights, dY):
    rows = dY.T
    for W in weights[::-1]:
        rows = rows @ W
    return rows.T
""",
    "recursion": """
def input_gradient(weights, dY):
    if not weights:
        return dY
    first, *others = weights
    return first.T @ input_gradient(others, dY)
""",
    "einsum": """
def input_gradient(weights, dY):
    dA = dY
    for W in reversed(weights):
        dA = np.einsum("ij,im->jm", W, dA)
    return dA
""",
    "a table of gradients": """
def input_gradient(weights, dY):
    gradients = {len(weights): dY}
    for l in sorted(range(1, len(weights) + 1), reverse=True):
        gradients[l - 1] = weights[l - 1].T.dot(gradients[l])
    return gradients[0]
""",
    "one example after the other": """
def input_gradient(weights, dY):
    dX = np.empty((weights[0].shape[1], dY.shape[1]))
    for j in range(dY.shape[1]):
        d = dY[:, j]
        for W in reversed(weights):
            d = (W * d[:, None]).sum(axis=0)
        dX[:, j] = d
    return dX
""",
}
