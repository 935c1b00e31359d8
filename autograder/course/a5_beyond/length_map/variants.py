"""Right but different solutions of `length_map`: all get full marks."""

VARIANTS: dict[str, str] = {
    "physicists' nodes": """
def length_map(q, weight_variance, activation):
    functions = {
        "linear": lambda z: z,
        "relu": lambda z: np.maximum(z, 0),
        "tanh": np.tanh,
        "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    }
    x, w = np.polynomial.hermite.hermgauss(64)
    outputs = functions[activation](np.sqrt(2 * q) * x)
    return weight_variance * np.sum(w * outputs**2) / np.sqrt(np.pi)
""",
    "probabilists' nodes, made once": """
NODES, WEIGHTS = np.polynomial.hermite_e.hermegauss(100)
WEIGHTS = WEIGHTS / WEIGHTS.sum()

def f(z, activation):
    if activation == "linear":
        return z
    elif activation == "relu":
        return z * (z > 0)
    elif activation == "tanh":
        return np.tanh(z)
    elif activation == "sigmoid":
        return 0.5 * (1 + np.tanh(z / 2))

def length_map(q, weight_variance, activation):
    return float(weight_variance * WEIGHTS @ f(q ** 0.5 * NODES, activation) ** 2)
""",
    "scipy.integrate.quad": """
import math
from scipy.integrate import quad

def g(z, activation):
    if activation == "relu":
        return max(z, 0.0)
    if activation == "tanh":
        return math.tanh(z)
    if activation == "sigmoid":
        return 1 / (1 + math.exp(-z))
    return z

def length_map(q, weight_variance, activation):
    def integrand(z):
        return g(math.sqrt(q) * z, activation) ** 2 * math.exp(-z * z / 2) / math.sqrt(2 * math.pi)
    value, _ = quad(integrand, -12, 12)
    return weight_variance * value
""",
    "trapezoid": """
def length_map(q, weight_variance, activation):
    z = np.linspace(-8, 8, 2001)
    density = np.exp(-z**2 / 2) / np.sqrt(2 * np.pi)
    u = np.sqrt(q) * z
    a = {"linear": u, "relu": np.maximum(0, u), "tanh": np.tanh(u), "sigmoid": 1 / (1 + np.exp(-u))}[activation]
    return weight_variance * np.trapezoid(a**2 * density, z)
""",
    "midpoints, plain Python": """
from math import exp, pi, sqrt, tanh

def length_map(q, weight_variance, activation):
    step, total = 0.01, 0.0
    for k in range(-800, 800):
        z = (k + 0.5) * step
        u = sqrt(q) * z
        if activation == "relu":
            a = u if u > 0 else 0.0
        elif activation == "tanh":
            a = tanh(u)
        elif activation == "sigmoid":
            a = 1 / (1 + exp(-u))
        else:
            a = u
        total += a * a * exp(-z * z / 2) * step / sqrt(2 * pi)
    return weight_variance * total
""",
    "closed forms where there are any": """
def length_map(q, weight_variance, activation):
    if activation == "linear":
        return weight_variance * q
    if activation == "relu":
        return weight_variance * q / 2
    z, w = np.polynomial.hermite_e.hermegauss(80)
    a = np.tanh(np.sqrt(q) * z) if activation == "tanh" else 1 / (1 + np.exp(-np.sqrt(q) * z))
    return np.dot(w, a * a) / np.sqrt(2 * np.pi) * weight_variance
""",
    "an array without dimensions": """
def length_map(q, weight_variance, activation):
    z, w = np.polynomial.hermite_e.hermegauss(64)
    x = z * np.sqrt(q)
    if activation == "relu":
        x = np.where(x > 0, x, 0)
    if activation == "tanh":
        x = np.tanh(x)
    if activation == "sigmoid":
        x = np.exp(x) / (np.exp(x) + 1)
    return np.array(weight_variance * np.sum(w / np.sqrt(2 * np.pi) * x * x))
""",
    "scipy.stats": """
from scipy.stats import norm

def length_map(q, weight_variance, activation):
    p = (np.arange(20000) + 0.5) / 20000
    u = norm.ppf(p) * np.sqrt(q)
    phi = dict(linear=lambda v: v, relu=lambda v: np.clip(v, 0, None), tanh=np.tanh,
               sigmoid=lambda v: 1 / (1 + np.exp(-v)))[activation]
    return weight_variance * np.mean(phi(u) ** 2)
""",
}
