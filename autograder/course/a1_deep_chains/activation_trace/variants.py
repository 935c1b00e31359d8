"""Right but different solutions of `activation_trace`: all get full marks."""

VARIANTS: dict[str, str] = {
    "powers": """
def activation_trace(c, depth, x):
    return np.array([c ** l * x for l in range(1, depth + 1)])
""",
    "broadcasting": """
def activation_trace(c, depth, x):
    layers = np.arange(1, depth + 1)
    return np.power(c, layers)[:, None] * x[None, :]
""",
    "outer product of a running product": """
def activation_trace(c, depth, x):
    return np.outer(np.cumprod(np.full(depth, c)), x)
""",
    "a filled array": """
def activation_trace(c, depth, x):
    trace = np.zeros((depth, x.shape[0]))
    previous = x
    for l in range(depth):
        trace[l, :] = c * previous
        previous = trace[l, :]
    return trace
""",
    "matrices, columns, transposed": """
def activation_trace(c, depth, x):
    W = c * np.eye(len(x))
    columns = []
    a = x.reshape(-1, 1)
    for _ in range(depth):
        a = W @ a
        columns.append(a)
    return np.hstack(columns).T
""",
    "in place, copied into the list": """
def activation_trace(c, depth, x):
    a = x.copy()
    rows = []
    for _ in range(depth):
        a *= c
        rows.append(a.copy())
    return np.vstack(rows)
""",
    "logarithms": """
def activation_trace(c, depth, x):
    l = np.arange(1, depth + 1)
    return np.outer(np.sign(c) ** l * np.exp(l * np.log(abs(c))), x)
""",
    "recursion": """
def activation_trace(c, depth, x):
    if depth == 1:
        return (c * x)[np.newaxis]
    before = activation_trace(c, depth - 1, x)
    return np.concatenate([before, c * before[-1:]])
""",
    "plain lists of numbers": """
def activation_trace(c, depth, x):
    rows, a = [], list(x)
    for _ in range(depth):
        a = [c * number for number in a]
        rows.append(a)
    return np.array(rows)
""",
}
