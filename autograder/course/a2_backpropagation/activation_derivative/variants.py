"""Right but different: every one of these must get full marks on `activation_derivative`."""

VARIANTS: dict[str, str] = {
    "table_of_functions": """
def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def activation_derivative(Z, kind):
    functions = {
        "linear": lambda z: np.ones(z.shape),
        "relu": lambda z: np.where(z > 0, 1.0, 0.0),
        "tanh": lambda z: 1 - np.tanh(z) ** 2,
        "sigmoid": lambda z: sigmoid(z) * (1 - sigmoid(z)),
    }
    return functions[kind](Z)
""",
    "one_at_the_kink": """
def activation_derivative(Z, kind):
    if kind == "relu":
        return (Z >= 0) * 1.0
    if kind == "tanh":
        return 1 / np.cosh(Z) ** 2
    if kind == "sigmoid":
        return 1 / (2 + np.exp(Z) + np.exp(-Z))
    return Z * 0 + 1
""",
    "entry_by_entry": """
import math

def activation_derivative(Z, kind):
    D = np.ones_like(Z)
    for index, z in np.ndenumerate(Z):
        if kind == "relu":
            D[index] = float(z > 0)
        elif kind == "tanh":
            D[index] = (1 - math.tanh(z)) * (1 + math.tanh(z))
        elif kind == "sigmoid":
            D[index] = (1 - math.tanh(z / 2) ** 2) / 4
    return D
""",
    "heaviside": """
def activation_derivative(Z, kind):
    if kind == "linear":
        return np.full_like(Z, 1.0)
    if kind == "relu":
        return np.heaviside(Z, 0.5)
    if kind == "tanh":
        T = np.tanh(Z)
        return 1.0 - T * T
    S = np.exp(-np.logaddexp(0, -Z))
    return S - S ** 2
""",
    "built_on_activate": """
def activate(Z, kind):
    return np.tanh(Z) if kind == "tanh" else 1 / (1 + np.exp(-np.clip(Z, -600, 600)))

def activation_derivative(Z, kind):
    A = activate(Z, kind)
    if kind == "sigmoid":
        return A * (1 - A)
    if kind == "tanh":
        return 1 - np.square(A)
    D = np.zeros(Z.shape)
    D[(Z > 0) | (kind == "linear")] = 1
    return D
""",
    "class_with_methods": """
class Slopes:
    def linear(self, Z):
        return np.ones_like(Z)
    def relu(self, Z):
        return np.greater(Z, 0).astype("float64")
    def tanh(self, Z):
        return 4 * self.sigmoid(2 * Z)
    def sigmoid(self, Z):
        e = np.exp(-np.abs(Z))
        return e / (1 + e) ** 2

def activation_derivative(Z, kind):
    return getattr(Slopes(), kind)(Z)
""",
}
