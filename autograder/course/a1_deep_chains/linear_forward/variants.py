"""Right but different solutions of `linear_forward`: all get full marks."""

VARIANTS: dict[str, str] = {
    "reduce": """
from functools import reduce

def linear_forward(X, weights):
    return reduce(lambda A, W: np.dot(W, A), weights, X)
""",
    "the product first": """
def linear_forward(X, weights):
    M = np.eye(weights[-1].shape[0])
    for W in weights[::-1]:
        M = M @ W
    return M @ X
""",
    "recursion from the last layer": """
def linear_forward(X, weights):
    if len(weights) == 0:
        return X
    return weights[-1] @ linear_forward(X, weights[:-1])
""",
    "one example after the other": """
def linear_forward(X, weights):
    columns = []
    for j in range(X.shape[1]):
        a = X[:, j]
        for l in range(len(weights)):
            a = weights[l].dot(a)
        columns.append(a)
    return np.stack(columns, axis=1)
""",
    "rows inside, transposed at both ends": """
def linear_forward(X, weights):
    rows = X.T
    for W in weights:
        rows = rows @ W.T
    return rows.T
""",
    "einsum, caches kept": """
def linear_forward(X, weights):
    activations = {0: X.copy()}
    for l, W in enumerate(weights, start=1):
        activations[l] = np.einsum("ij,jm->im", W, activations[l - 1])
    return activations[len(weights)]
""",
    "three loops and no matrix product": """
def multiply(W, A):
    result = np.zeros((W.shape[0], A.shape[1]))
    for i in range(W.shape[0]):
        for j in range(A.shape[1]):
            total = 0.0
            for k in range(W.shape[1]):
                total += W[i, k] * A[k, j]
            result[i, j] = total
    return result

def linear_forward(X, weights):
    A = X
    for W in weights:
        A = multiply(W, A)
    return A
""",
    "a class, popping from a copy": """
class Network:
    def __init__(self, weights):
        self.layers = list(weights)

    def __call__(self, X):
        A = np.array(X)
        while self.layers:
            A = np.matmul(self.layers.pop(0), A)
        return A
    raise_later = NotImplementedError

def linear_forward(X, weights):
    return Network(weights)(X)
    raise NotImplementedError()
""",
}
