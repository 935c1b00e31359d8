"""Right but different solutions of `first_broken_layer`: all get full marks."""

VARIANTS: dict[str, str] = {
    "while": """
def first_broken_layer(c, dtype, max_depth=2000):
    dtype = np.dtype(dtype)
    a = np.ones((), dtype=dtype)
    c = np.array(c, dtype=dtype)
    l = 0
    while l < max_depth:
        a = c * a
        l += 1
        if a == 0.0 or np.isinf(a) or np.isnan(a):
            return l
""",
    "in place on an array of one": """
def first_broken_layer(c, dtype, max_depth=2000):
    a = np.array([1.0], dtype=dtype)
    for l in range(1, max_depth + 1):
        a *= c
        if a[0] == 0 or not np.isfinite(a[0]):
            return l
    return None
""",
    "a running product": """
def first_broken_layer(c, dtype, max_depth=2000):
    with np.errstate(all="ignore"):
        a = np.cumprod(np.full(max_depth, c, dtype=dtype), dtype=dtype)
    broken = (a == 0) | ~np.isfinite(a)
    return np.argmax(broken) + 1 if broken.any() else None
""",
    "computed in float64, rounded at each layer": """
import math

def first_broken_layer(c, dtype, max_depth=2000):
    kind = np.dtype(dtype).type
    a, c = 1.0, float(kind(c))
    for l in range(max_depth):
        a = float(kind(a * c))
        if a == 0 or not math.isfinite(a):
            return l + 1
    return None
""",
    "astype": """
def first_broken_layer(c, dtype, max_depth=2000):
    a = np.float64(1).astype(dtype)
    factor = np.float64(c).astype(dtype)
    for l in range(1, 1 + max_depth):
        a = (a * factor).astype(dtype)
        if not (0 < abs(a) < np.inf):
            return np.int64(l)
    return None
""",
    "a generator": """
from itertools import islice

def signal(c, dtype):
    a, c = np.array([1, c], dtype=dtype)
    while True:
        a = a * c
        yield a

def first_broken_layer(c, dtype, max_depth=2000):
    layers = enumerate(islice(signal(c, dtype), max_depth), 1)
    return next((l for l, a in layers if not a or not np.isfinite(a)), None)
""",
}
