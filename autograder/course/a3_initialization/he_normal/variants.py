"""Right but different solutions of `he_normal`: all get full marks."""

VARIANTS: dict[str, str] = {
    "normal with a scale": """
def he_normal(n_out, n_in, rng):
    return rng.normal(0.0, np.sqrt(2 / n_in), size=(n_out, n_in))
""",
    "transposed draw": """
def he_normal(n_out, n_in, rng):
    return (rng.standard_normal((n_in, n_out)) * np.sqrt(2 / n_in)).T
""",
    "row by row": """
def he_normal(n_out, n_in, rng):
    rows = []
    for _ in range(n_out):
        rows.append(rng.standard_normal(n_in))
    return np.array(rows) * np.sqrt(2 / n_in)
""",
    "number by number": """
def he_normal(n_out, n_in, rng):
    W = np.empty((n_out, n_in))
    for j in range(n_in):
        for i in range(n_out):
            W[i, j] = rng.normal()
    W *= (2 / n_in) ** 0.5
    return W
""",
    "divided": """
def he_normal(n_out, n_in, rng):
    return rng.standard_normal(n_out * n_in).reshape(n_out, n_in) / np.sqrt(1 / (2 / n_in))
""",
    "helper function and class": """
class Normal:
    def __init__(self, variance):
        self.sigma = np.sqrt(variance)

    def draw(self, shape, rng):
        return self.sigma * rng.standard_normal(shape)

def he_normal(n_out, n_in, rng):
    return Normal(2 / n_in).draw((n_out, n_in), rng)
""",
    "single precision draws": """
def he_normal(n_out, n_in, rng):
    W = rng.standard_normal((n_out, n_in), dtype=np.float32)
    return W.astype(np.float64) * np.sqrt(2 / n_in)
""",
    "backwards and negative": """
def he_normal(n_out, n_in, rng):
    return -rng.standard_normal((n_out, n_in))[::-1] * np.sqrt(2 / n_in)
""",
    "a child of the generator": """
def he_normal(n_out, n_in, rng):
    child = np.random.default_rng(rng.integers(2**63))
    return child.normal(scale=np.sqrt(2 / n_in), size=(n_out, n_in))
""",
    "Box and Muller": """
def he_normal(n_out, n_in, rng):
    u, v = 1 - rng.random((n_out, n_in)), rng.random((n_out, n_in))
    return np.sqrt(-2 * np.log(u)) * np.cos(2 * np.pi * v) * np.sqrt(2 / n_in)
""",
    "read-only": """
def he_normal(n_out, n_in, rng):
    W = np.sqrt(2 / n_in) * rng.standard_normal((n_out, n_in))
    W.flags.writeable = False
    return W
""",
}
