"""Right but different solutions of `glorot_uniform`: all get full marks."""

VARIANTS: dict[str, str] = {
    "random, stretched": """
def glorot_uniform(n_out, n_in, rng):
    a = np.sqrt(6 / (n_in + n_out))
    return a * (2 * rng.random((n_out, n_in)) - 1)
""",
    "transposed draw": """
def glorot_uniform(n_out, n_in, rng):
    a = np.sqrt(6) / np.sqrt(n_in + n_out)
    return rng.uniform(-a, a, (n_in, n_out)).T
""",
    "ends exchanged": """
def glorot_uniform(n_out, n_in, rng):
    a = (6 / (n_in + n_out)) ** 0.5
    return a - 2 * a * rng.random((n_out, n_in))
""",
    "number by number": """
def glorot_uniform(n_out, n_in, rng):
    a = np.sqrt(6 / (n_in + n_out))
    return np.array([[rng.uniform(-a, a) for _ in range(n_in)] for _ in range(n_out)])
""",
    "size and sign": """
def glorot_uniform(n_out, n_in, rng):
    a = np.sqrt(6 / (n_in + n_out))
    return a * rng.random((n_out, n_in)) * rng.choice([-1, 1], (n_out, n_in))
""",
    "from the variance": """
def glorot_uniform(n_out, n_in, rng):
    variance = 2 / (n_in + n_out)
    bound = np.sqrt(3 * variance)
    return rng.uniform(low=-bound, high=bound, size=(n_out, n_in))
""",
    "single precision draws": """
def glorot_uniform(n_out, n_in, rng):
    a = np.sqrt(6 / (n_in + n_out))
    u = rng.random((n_out, n_in), dtype=np.float32).astype(np.float64)
    return a * (2 * u - 1)
""",
}
