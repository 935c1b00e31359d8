"""Right but different solutions of `scaled_identity_output`: all get full marks."""

VARIANTS: dict[str, str] = {
    "matrix power": """
def scaled_identity_output(c, depth, X, last_weight):
    W = c * np.eye(X.shape[0])
    return last_weight @ np.linalg.matrix_power(W, depth - 1) @ X
""",
    "layer by layer": """
def scaled_identity_output(c, depth, X, last_weight):
    A = X
    for l in range(1, depth):
        A = np.diag([c] * len(X)) @ A
    return last_weight @ A
""",
    "in place on a copy": """
def scaled_identity_output(c, depth, X, last_weight):
    A = X.copy()
    for _ in range(depth - 1):
        A *= c
    return np.dot(last_weight, A)
""",
    "a list of weights": """
def scaled_identity_output(c, depth, X, last_weight):
    n = last_weight.shape[1]
    weights = [c * np.identity(n)] * (depth - 1) + [last_weight]
    for W in weights:
        X = W @ X
    return X
""",
    "recursion": """
def scaled_identity_output(c, depth, X, last_weight):
    if depth == 1:
        return last_weight @ X
    return c * scaled_identity_output(c, depth - 1, X, last_weight)
""",
    "the factor goes to the last layer": """
import math

def scaled_identity_output(c, depth, X, last_weight):
    factor = math.prod([c] * (depth - 1))
    return (factor * last_weight) @ X
""",
    "size and sign apart": """
def scaled_identity_output(c, depth, X, last_weight):
    sign = -1.0 if c < 0 and (depth - 1) % 2 == 1 else 1.0
    size = np.exp((depth - 1) * np.log(np.abs(c))) if depth > 1 else 1.0
    return sign * size * np.einsum("kn,nm->km", last_weight, X)
""",
}
