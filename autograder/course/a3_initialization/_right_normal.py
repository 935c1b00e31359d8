"""Right but different solutions of an initialiser that draws normal weights, whatever its variance."""


def variants(name: str, variance: str) -> dict[str, str]:
    """All of them, for the function `name`; `variance` is an expression in n_out and n_in."""
    return {
        title: source.replace("NAME", name).replace("VARIANCE", variance) for title, source in SOURCES.items()
    }


SOURCES = {
    "normal with a scale": """
def NAME(n_out, n_in, rng):
    return rng.normal(0.0, np.sqrt(VARIANCE), size=(n_out, n_in))
""",
    "transposed draw": """
def NAME(n_out, n_in, rng):
    return (rng.standard_normal((n_in, n_out)) * np.sqrt(VARIANCE)).T
""",
    "row by row": """
def NAME(n_out, n_in, rng):
    rows = []
    for _ in range(n_out):
        rows.append(rng.standard_normal(n_in))
    return np.array(rows) * np.sqrt(VARIANCE)
""",
    "number by number": """
def NAME(n_out, n_in, rng):
    W = np.empty((n_out, n_in))
    for j in range(n_in):
        for i in range(n_out):
            W[i, j] = rng.normal()
    W *= (VARIANCE) ** 0.5
    return W
""",
    "divided": """
def NAME(n_out, n_in, rng):
    return rng.standard_normal(n_out * n_in).reshape(n_out, n_in) / np.sqrt(1 / (VARIANCE))
""",
    "helper function and class": """
class Normal:
    def __init__(self, variance):
        self.sigma = np.sqrt(variance)

    def draw(self, shape, rng):
        return self.sigma * rng.standard_normal(shape)

def NAME(n_out, n_in, rng):
    return Normal(VARIANCE).draw((n_out, n_in), rng)
""",
    "single precision draws": """
def NAME(n_out, n_in, rng):
    W = rng.standard_normal((n_out, n_in), dtype=np.float32)
    return W.astype(np.float64) * np.sqrt(VARIANCE)
""",
    "backwards and negative": """
def NAME(n_out, n_in, rng):
    return -rng.standard_normal((n_out, n_in))[::-1] * np.sqrt(VARIANCE)
""",
    "a child of the generator": """
def NAME(n_out, n_in, rng):
    child = np.random.default_rng(rng.integers(2**63))
    return child.normal(scale=np.sqrt(VARIANCE), size=(n_out, n_in))
""",
    "Box and Muller": """
def NAME(n_out, n_in, rng):
    u, v = 1 - rng.random((n_out, n_in)), rng.random((n_out, n_in))
    return np.sqrt(-2 * np.log(u)) * np.cos(2 * np.pi * v) * np.sqrt(VARIANCE)
""",
    "read-only": """
def NAME(n_out, n_in, rng):
    W = np.sqrt(VARIANCE) * rng.standard_normal((n_out, n_in))
    W.flags.writeable = False
    return W
""",
}
