"""Right but different solutions of `neuron`: all get full marks."""

VARIANTS: dict[str, str] = {
    "loop over examples": """
def neuron(w, X):
    n, m = X.shape
    z = np.zeros(m)
    for j in range(m):
        for i in range(n):
            z[j] += w[i] * X[i, j]
    return z
""",
    "einsum": """
def neuron(w, X):
    return np.einsum("i,ij->j", w, X)
""",
    "transposed product": """
def neuron(w, X):
    return X.T @ w
""",
    "a list": """
def neuron(w, X):
    return [float(sum(wi * xi for wi, xi in zip(w, column))) for column in X.T]
""",
    "broadcasting": """
def neuron(w, X):
    w = w.reshape(-1, 1)
    return np.sum(w * X, axis=0)
""",
    "dot and ravel": """
def neuron(w, X):
    return np.dot(w[np.newaxis, :], X).ravel()
""",
}
