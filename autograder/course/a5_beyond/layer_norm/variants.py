"""Right but different solutions of `layer_norm`: all get full marks."""

VARIANTS: dict[str, str] = {
    "loop over columns": """
def layer_norm(A, epsilon=1e-5):
    result = np.zeros_like(A)
    for j in range(A.shape[1]):
        column = A[:, j]
        result[:, j] = (column - np.mean(column)) / np.sqrt(np.var(column) + epsilon)
    return result
""",
    "keepdims": """
def layer_norm(A, epsilon=1e-5):
    mu = np.mean(A, axis=0, keepdims=True)
    sigma2 = np.var(A, axis=0, keepdims=True)
    return (A - mu) / (sigma2 + epsilon) ** 0.5
""",
    "by hand": """
def layer_norm(A, epsilon=1e-5):
    n, m = A.shape
    mu = A.sum(0) / n
    variance = ((A - mu) ** 2).sum(0) / n
    return (A - mu) * (1 / np.sqrt(variance + epsilon))
""",
    "transposed": """
def layer_norm(A, epsilon=1e-5):
    rows = A.T
    centred = rows - rows.mean(axis=1)[:, None]
    return (centred / np.sqrt(rows.var(axis=1)[:, None] + epsilon)).T
""",
    "mean of squares minus square of the mean": """
def layer_norm(A, epsilon=1e-5):
    mean = np.average(A, axis=0)
    variance = np.average(A ** 2, axis=0) - mean ** 2
    return (A - mean) / np.sqrt(variance + epsilon)
""",
    "standard deviation squared again": """
def layer_norm(A, epsilon=1e-5):
    return (A - A.mean(0)) / np.sqrt(A.std(0) ** 2 + epsilon)
""",
    "in place on a copy, centring matrix": """
def layer_norm(A, epsilon=1e-5):
    n = len(A)
    B = (np.eye(n) - np.ones((n, n)) / n) @ A
    B /= np.sqrt(np.einsum("ij,ij->j", B, B) / n + epsilon)
    return B
""",
    "apply along axis": """
def layer_norm(A, epsilon=1e-5):
    def norm(a):
        return (a - a.mean()) / np.hypot(a.std(), np.sqrt(epsilon))
    return np.apply_along_axis(norm, 0, A)
""",
}
