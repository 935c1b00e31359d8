"""Right but different solutions of `norm_profile`."""

VARIANTS: dict[str, str] = {
    "hypot": """
def norm_profile(X, parameters, activation):
    def norms(A):
        return np.abs(np.hypot.reduce(A, axis=0))  # of one number it is that number

    L = sum(name.startswith("W") for name in parameters)
    A, rows = X, [norms(X)]
    for l in range(1, L + 1):
        Z = parameters["W" + str(l)] @ A + parameters["b" + str(l)]
        A = Z if l == L else activate(Z, activation)
        rows.append(norms(A))
    return np.stack(rows) / norms(X)
""",
    "one_example_at_a_time": """
import math

def norm_profile(X, parameters, activation):
    L = len(parameters) // 2
    P = np.zeros((L + 1, X.shape[1]))
    for j in range(X.shape[1]):
        a = X[:, [j]]
        start = math.hypot(*a.ravel())
        P[0, j] = 1
        for l in range(1, L + 1):
            a = parameters[f"W{l}"].dot(a) + parameters[f"b{l}"]
            if l < L:
                a = activate(a, activation)
            P[l, j] = math.hypot(*a.ravel()) / start
    return P
""",
    "from_the_caches": """
def norm_profile(X, parameters, activation):
    Y_hat, caches = forward(X, parameters, activation)
    signals = [A for A, Z in caches] + [Y_hat]
    scales = [np.abs(A).max(axis=0) + (np.abs(A).max(axis=0) == 0) for A in signals]
    norms = [s * np.sqrt(((A / s) ** 2).sum(axis=0)) for A, s in zip(signals, scales)]
    return np.array([n / norms[0] for n in norms])
""",
    "relative_from_the_start": """
def norm_profile(X, parameters, activation):
    def size(A, unit):
        top = np.maximum(np.max(np.abs(A), axis=0, keepdims=True), np.finfo(float).tiny)
        return np.squeeze(top, 0) / unit * np.linalg.norm(A / top, axis=0)

    unit = np.max(np.abs(X), axis=0)
    base = size(X, unit)
    rows, A, l = [base / base], X, 1
    while f"W{l}" in parameters:
        Z = np.einsum("ij,jk->ik", parameters[f"W{l}"], A) + parameters[f"b{l}"]
        A = activate(Z, activation) if f"W{l+1}" in parameters else Z
        rows.append(size(A, unit) / base)
        l += 1
    return np.vstack(rows)
""",
    "recursion": """
def norms_of(A):
    top = np.abs(A).max(axis=0)
    top[top == 0] = 1.0
    return top * np.sqrt(np.einsum("ij,ij->j", A / top, A / top))

def signals(A, parameters, activation, l):
    if f"W{l}" not in parameters:
        return []
    Z = np.matmul(parameters[f"W{l}"], A) + parameters[f"b{l}"]
    if f"W{l + 1}" in parameters:
        Z = activate(Z, activation)
    return [norms_of(Z)] + signals(Z, parameters, activation, l + 1)

def norm_profile(X, parameters, activation):
    P = np.asfortranarray([norms_of(X)] + signals(X, parameters, activation, 1))
    P = P / P[0]
    P.setflags(write=False)
    return P
""",
    "extended_precision": """
def norm_profile(X, parameters, activation):
    depth = len([k for k in parameters if k[0] == "W"])
    A = X.copy()
    out = np.ones((depth + 1, X.shape[1]))
    norm = lambda a: np.sqrt(np.sum(a.astype(np.longdouble) ** 2, axis=0))
    for l in range(depth):
        A = parameters[f"W{l + 1}"] @ A + parameters[f"b{l + 1}"]
        if l + 1 < depth:
            A = activate(A, activation)
        out[l + 1] = norm(A) / norm(X)
    return out
""",
}
