"""Right but different solutions of `gradient_factor`: all get full marks."""

VARIANTS: dict[str, str] = {
    "physicists' nodes": """
def gradient_factor(q, weight_variance, activation):
    derivatives = {
        "linear": lambda z: np.ones_like(z),
        "relu": lambda z: (z > 0).astype(float),
        "tanh": lambda z: 1 / np.cosh(z) ** 2,
        "sigmoid": lambda z: 1 / (2 + np.exp(z) + np.exp(-z)),
    }
    x, w = np.polynomial.hermite.hermgauss(100)
    return weight_variance * np.sum(w * derivatives[activation](np.sqrt(2 * q) * x) ** 2) / np.sqrt(np.pi)
""",
    "probabilists' nodes, made once": """
NODES, WEIGHTS = np.polynomial.hermite_e.hermegauss(64)
WEIGHTS = WEIGHTS / WEIGHTS.sum()

def df(z, activation):
    if activation == "linear":
        return 1.0 + 0 * z
    elif activation == "relu":
        return np.heaviside(z, 0.5)
    elif activation == "tanh":
        return 1 - np.tanh(z) ** 2
    elif activation == "sigmoid":
        s = 1 / (1 + np.exp(-z))
        return s * (1 - s)

def gradient_factor(q, weight_variance, activation):
    return float(weight_variance * WEIGHTS @ df(q ** 0.5 * NODES, activation) ** 2)
""",
    "scipy.integrate.quad": """
import math
from scipy.integrate import quad

def d(z, activation):
    if activation == "relu":
        return 1.0 if z > 0 else 0.0
    if activation == "tanh":
        return 1 - math.tanh(z) ** 2
    if activation == "sigmoid":
        return math.exp(-z) / (1 + math.exp(-z)) ** 2
    return 1.0

def gradient_factor(q, weight_variance, activation):
    def integrand(z):
        return d(math.sqrt(q) * z, activation) ** 2 * math.exp(-z * z / 2) / math.sqrt(2 * math.pi)
    value, _ = quad(integrand, -12, 12)
    return weight_variance * value
""",
    "trapezoid with a node at the kink": """
def gradient_factor(q, weight_variance, activation):
    z = np.linspace(-8, 8, 2001)
    density = np.exp(-z**2 / 2) / np.sqrt(2 * np.pi)
    u = np.sqrt(q) * z
    sigmoid = 1 / (1 + np.exp(-u))
    slope = {"linear": np.ones_like(u), "relu": np.where(u > 0, 1.0, 0.0), "tanh": 1 - np.tanh(u)**2,
             "sigmoid": sigmoid * (1 - sigmoid)}[activation]
    return weight_variance * np.trapezoid(slope**2 * density, z)
""",
    "closed forms where there are any": """
def gradient_factor(q, weight_variance, activation):
    if activation == "linear":
        return weight_variance
    if activation == "relu":
        return weight_variance / 2
    z, w = np.polynomial.hermite_e.hermegauss(80)
    u = np.sqrt(q) * z
    if activation == "tanh":
        slope = 1 - np.tanh(u) ** 2
    else:
        slope = np.exp(-u) / (1 + np.exp(-u)) ** 2
    return np.dot(w, slope * slope) / np.sqrt(2 * np.pi) * weight_variance
""",
    "derivative by central differences": """
def g(z, activation):
    if activation == "relu":
        return np.maximum(z, 0)
    if activation == "tanh":
        return np.tanh(z)
    if activation == "sigmoid":
        return 1 / (1 + np.exp(-z))
    return z

def gradient_factor(q, weight_variance, activation):
    z, w = np.polynomial.hermite_e.hermegauss(64)
    u = np.sqrt(q) * z
    h = 1e-6
    slope = (g(u + h, activation) - g(u - h, activation)) / (2 * h)
    return np.array(weight_variance * np.sum(w * slope**2) / np.sqrt(2 * np.pi))
""",
    "midpoints, plain Python": """
from math import exp, pi, sqrt, tanh

def gradient_factor(q, weight_variance, activation):
    step, total = 0.01, 0.0
    for k in range(-800, 800):
        z = (k + 0.5) * step
        u = sqrt(q) * z
        if activation == "relu":
            slope = u > 0
        elif activation == "tanh":
            slope = 1 - tanh(u) ** 2
        elif activation == "sigmoid":
            slope = 1 / (1 + exp(-u)) * (1 - 1 / (1 + exp(-u)))
        else:
            slope = 1
        total += slope * slope * exp(-z * z / 2) * step / sqrt(2 * pi)
    return weight_variance * total
""",
}
