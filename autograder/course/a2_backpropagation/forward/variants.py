"""Right but different: every one of these must get full marks on `forward`."""

G = """
def g(Z, kind):
    if kind == "relu":
        return np.maximum(Z, 0)
    if kind == "tanh":
        return np.tanh(Z)
    if kind == "sigmoid":
        return 1 / (1 + np.exp(-Z))
    return Z
"""

VARIANTS: dict[str, str] = {
    "hidden_layers_then_the_last": G
    + """
def forward(X, parameters, activation):
    L = len(parameters) // 2
    A, caches = X, []
    for l in range(1, L):
        Z = np.dot(parameters["W" + str(l)], A) + parameters["b" + str(l)]
        caches.append((A, Z))
        A = g(Z, activation)
    Z = np.dot(parameters[f"W{L}"], A) + parameters[f"b{L}"]
    caches.append((A, Z))
    return Z, caches
""",
    "recursion_and_lists": G
    + """
def rest(A, layers, activation):
    (W, b), *more = layers
    Z = W @ A + b
    if not more:
        return [Z, [[A, Z]]]
    Y_hat, caches = rest(g(Z, activation), more, activation)
    return [Y_hat, [[A, Z]] + caches]

def forward(X, parameters, activation):
    L = max(int(name[1:]) for name in parameters)
    return rest(X, [(parameters[f"W{l}"], parameters[f"b{l}"]) for l in range(1, L + 1)], activation)
""",
    "example_by_example": G
    + """
def forward(X, parameters, activation):
    L = sum(name.startswith("W") for name in parameters)
    A, caches = X, []
    for l in range(1, L + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        Z = np.zeros((W.shape[0], A.shape[1]))
        for j in range(A.shape[1]):
            Z[:, j] = W @ A[:, j] + b[:, 0]
        caches.append((A.copy(), Z.copy()))
        A = Z if l == L else g(Z, activation)
    return A, tuple(caches)
""",
    "einsum_and_bias_column": G
    + """
def forward(X, parameters, activation):
    L = len([k for k in parameters if k[0] == "b"])
    As, Zs = [X], []
    for l in range(1, L + 1):
        Wb = np.hstack([parameters[f"W{l}"], parameters[f"b{l}"]])
        A1 = np.vstack([As[-1], np.ones((1, X.shape[1]))])
        Zs.append(np.einsum("ij,jk->ik", Wb, A1))
        As.append(g(Zs[-1], activation if l < L else "linear"))
    return As[-1], list(zip(As[:-1], Zs))
""",
    "rows_inside": G
    + """
def forward(X, parameters, activation):
    print("forward", activation)
    l, rows, caches = 1, X.T, []
    while f"W{l}" in parameters:
        Z = rows @ parameters[f"W{l}"].T + parameters[f"b{l}"].T
        caches.append((rows.T, Z.T))
        rows = g(Z, activation) if f"W{l + 1}" in parameters else Z
        l += 1
    return rows.T, caches
""",
    "named_tuples": G
    + """
from typing import NamedTuple

class Cache(NamedTuple):
    A_prev: np.ndarray
    Z: np.ndarray

class Passed(NamedTuple):
    Y_hat: np.ndarray
    caches: list

def forward(X, parameters, activation):
    names = sorted(parameters, key=lambda name: (name[0], int(name[1:])))
    matrices = [parameters[name] for name in names]
    A, caches, L = X, [], len(matrices) // 2
    for W, b in zip(matrices[:L], matrices[L:]):
        caches.append(Cache(A, W @ A + b))
        A = caches[-1].Z if b is matrices[-1] else g(caches[-1].Z, activation)
    return Passed(A, caches)
""",
    "deque": G
    + """
from collections import deque

def forward(X, parameters, activation):
    A, caches = X, deque()
    layers = iter(sorted(parameters.items(), key=lambda item: (int(item[0][1:]), item[0])))
    for (name, W), (_, b) in zip(layers, layers):
        Z = W @ A + b
        caches.append((A, Z))
        A = Z if int(name[1:]) * 2 == len(parameters) else g(Z, activation)
    return A, caches
""",
    "own_activate": """
def activate(Z, kind):
    if kind == "relu":
        return np.where(Z >= 0, Z, 0.0)
    if kind == "sigmoid":
        return 0.5 * (1 + np.tanh(0.5 * Z))
    return np.tanh(Z) if kind == "tanh" else Z

def forward(X, parameters, activation):
    depth = len(parameters) // 2
    kinds = [activation] * (depth - 1) + ["linear"]
    A = np.array(X)
    caches = []
    for l, kind in enumerate(kinds, start=1):
        Z = np.matmul(parameters["W%d" % l], A)
        Z += parameters["b%d" % l]
        caches.append((A, Z))
        A = activate(Z, kind)
    return (A, caches)
""",
}
