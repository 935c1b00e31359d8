"""Right but different solutions of `init_neuron`: all get full marks."""

VARIANTS: dict[str, str] = {
    "normal with a scale": """
def init_neuron(n, rng):
    return rng.normal(0.0, 1 / np.sqrt(n), size=n)
""",
    "uniform": """
def init_neuron(n, rng):
    a = np.sqrt(3 / n)
    return rng.uniform(-a, a, n)
""",
    "one after the other, a list": """
def init_neuron(n, rng):
    return [rng.standard_normal() / n ** 0.5 for _ in range(n)]
""",
    "random signs": """
def init_neuron(n, rng):
    return rng.choice([-1.0, 1.0], size=n) / np.sqrt(n)
""",
    "single precision draws": """
def init_neuron(n, rng):
    w = rng.standard_normal(n, dtype=np.float32)
    return w.astype(np.float64) / np.sqrt(n)
""",
    "a child of the generator": """
def init_neuron(n, rng):
    child = rng.spawn(1)[0]
    return child.standard_normal(n) * np.sqrt(1 / n)
""",
    "backwards and negative": """
def init_neuron(n, rng):
    return -rng.standard_normal(n)[::-1] / np.sqrt(n)
""",
    "truncated normal": """
def init_neuron(n, rng):
    w = rng.standard_normal(n)
    while np.any(np.abs(w) > 2):                      # draw again what is too large
        too_large = np.abs(w) > 2
        w[too_large] = rng.standard_normal(too_large.sum())
    return w / 0.87962566103423978 / np.sqrt(n)       # the standard deviation of this law
""",
    "clipped normal, corrected": """
def init_neuron(n, rng):
    w = np.clip(rng.standard_normal(n), -2, 2)
    return w / 0.9594 / np.sqrt(n)
""",
    "sum of uniform numbers": """
def init_neuron(n, rng):
    return (rng.random((12, n)).sum(axis=0) - 6) / np.sqrt(n)
""",
}
