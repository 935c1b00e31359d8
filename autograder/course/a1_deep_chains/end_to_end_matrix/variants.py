"""Right but different solutions of `end_to_end_matrix`: all get full marks."""

VARIANTS: dict[str, str] = {
    "the forward pass of the identity": """
def linear_forward(X, weights):
    for W in weights:
        X = W @ X
    return X

def end_to_end_matrix(weights):
    n_0 = weights[0].shape[1]
    return linear_forward(np.eye(n_0), weights)
""",
    "from the left": """
def end_to_end_matrix(weights):
    M = weights[-1]
    for W in reversed(weights[:-1]):
        M = M @ W
    return M
""",
    "reduce": """
from functools import reduce

def end_to_end_matrix(weights):
    return reduce(np.matmul, weights[::-1])
""",
    "halves": """
def end_to_end_matrix(weights):
    if len(weights) == 1:
        return weights[0].copy()
    middle = len(weights) // 2
    return end_to_end_matrix(weights[middle:]) @ end_to_end_matrix(weights[:middle])
""",
    "column by column": """
def end_to_end_matrix(weights):
    n = weights[0].shape[1]
    M = np.zeros((weights[-1].shape[0], n))
    for j in range(n):
        e = np.zeros(n)
        e[j] = 1
        for W in weights:
            e = W @ e
        M[:, j] = e
    return M
""",
    "the transpose of the product of transposes": """
def end_to_end_matrix(weights):
    M = weights[0].T
    for l in range(1, len(weights)):
        M = M.dot(weights[l].T)
    return M.T
""",
}
