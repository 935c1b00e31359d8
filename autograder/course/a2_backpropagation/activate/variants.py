"""Right but different: every one of these must get full marks on `activate`."""

VARIANTS: dict[str, str] = {
    "table_of_functions": """
def activate(Z, kind):
    functions = {
        "linear": lambda z: z,
        "relu": lambda z: np.maximum(0, z),
        "tanh": np.tanh,
        "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    }
    return functions[kind](Z)
""",
    "entry_by_entry": """
import math

def one(z, kind):
    if kind == "relu":
        return z if z > 0 else 0.0
    if kind == "tanh":
        return math.tanh(z)
    if kind == "sigmoid":
        return 1 / (1 + math.exp(-z)) if z >= 0 else math.exp(z) / (1 + math.exp(z))
    return z

def activate(Z, kind):
    A = np.zeros(Z.shape)
    for i in range(Z.shape[0]):
        for j in range(Z.shape[1]):
            A[i, j] = one(Z[i, j], kind)
    return A
""",
    "masks_and_tanh_for_sigmoid": """
def activate(Z, kind):
    if kind == "sigmoid":
        return (1 + np.tanh(Z / 2)) / 2
    if kind == "relu":
        return Z * (Z > 0)
    return np.tanh(Z) if kind == "tanh" else Z
""",
    "in_place_on_a_copy": """
def activate(Z, kind):
    A = Z.copy()
    if kind == "relu":
        A[A < 0] = 0
    elif kind == "tanh":
        np.tanh(A, out=A)
    elif kind == "sigmoid":
        np.clip(A, -500, 500, out=A)
        A = 1 / (1 + np.exp(-A))
    return A
""",
    "sigmoid_in_two_halves": """
def sigmoid(Z):
    A = np.empty_like(Z)
    positive = Z >= 0
    A[positive] = 1 / (1 + np.exp(-Z[positive]))
    e = np.exp(Z[~positive])
    A[~positive] = e / (1 + e)
    return A

def activate(Z, kind):
    match kind:
        case "linear":
            return +Z
        case "relu":
            return (Z + np.abs(Z)) / 2
        case "tanh":
            return 2 * sigmoid(2 * Z) - 1
        case "sigmoid":
            return sigmoid(Z)
    raise NotImplementedError
""",
    "vectorize_and_scipy": """
from scipy.special import expit

def activate(Z, kind):
    print("activating", kind)
    if kind == "relu":
        return np.vectorize(lambda z: max(z, 0.0), otypes=[float])(Z)
    return {"linear": np.positive, "tanh": np.tanh, "sigmoid": expit}[kind](Z)
""",
}
