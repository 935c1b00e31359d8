"""Right but different solutions of `chain_gradients`: all get full marks."""

VARIANTS: dict[str, str] = {
    "the formula": """
def chain_gradients(c, depth, x, y):
    y_hat = c ** depth * x
    return np.full(depth, (y_hat - y) * c ** (depth - 1) * x)
""",
    "forward and backward, a list": """
def chain_gradients(c, depth, x, y):
    a = [x]
    for l in range(depth):
        a.append(c * a[-1])
    da = a[-1] - y
    gradients = []
    for l in range(depth, 0, -1):
        gradients.insert(0, da * a[l - 1])
        da = c * da
    return gradients
""",
    "running products": """
def chain_gradients(c, depth, x, y):
    w = np.full(depth, c)
    entering = x * np.concatenate([[1.0], np.cumprod(w)[:-1]])
    error = entering[-1] * w[-1] - y
    arriving = error * np.concatenate([[1.0], np.cumprod(w[::-1])[:-1]])[::-1]
    return arriving * entering
""",
    "all weights but one": """
def chain_gradients(c, depth, x, y):
    w = np.ones(depth) * c
    error = np.prod(w) * x - y
    return np.array([error * np.prod(np.delete(w, l)) * x for l in range(depth)])
""",
    "complex step": """
def chain_gradients(c, depth, x, y):
    h = 1e-30
    result = np.zeros(depth)
    error = c ** depth * x - y
    for l in range(depth):
        w = np.full(depth, c, dtype=complex)
        w[l] += 1j * h
        result[l] = error * (np.prod(w) * x).imag / h
    return result
""",
    "the output before the last weight": """
def chain_gradients(c, depth, x, y):
    before = x
    for _ in range(depth - 1):
        before = c * before
    return [(c * before - y) * before] * depth
""",
    "the output divided by the weight, unless that is 0": """
def chain_gradients(c, depth, x, y):
    y_hat = c ** depth * x
    if c == 0:
        without_one = x if depth == 1 else 0.0
    else:
        without_one = y_hat / c
    return np.array([(y_hat - y) * without_one for _ in range(depth)])
""",
}
