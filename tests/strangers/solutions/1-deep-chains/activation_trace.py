# %% right: list-append-loop
def activation_trace(c, depth, x):
    rows = []
    a = x
    for l in range(depth):
        a = c * a          # a new array every time
        rows.append(a)
    return np.array(rows)

# %% right: outer-of-powers
def activation_trace(c, depth, x):
    powers = c ** np.arange(1, depth + 1)
    return np.outer(powers, x)

# %% right: broadcast-column
def activation_trace(c, depth, x):
    l = np.arange(1, depth + 1)[:, None]
    return np.power(float(c), l) * x[None, :]

# %% right: cumprod-tile
def activation_trace(c, depth, x):
    factors = np.full((depth, 1), c, dtype=float)
    return np.cumprod(factors, axis=0) * np.tile(x, (depth, 1))

# %% right: previous-row
def activation_trace(c, depth, x):
    trace = np.zeros((depth, x.shape[0]))
    trace[0] = c * x                       # layer 1
    for row in range(1, depth):
        trace[row] = c * trace[row - 1]
    return trace

# %% right: matrices-and-linear-forward
def activation_trace(c, depth, x):
    W = c * np.eye(len(x))
    a = x.reshape(-1, 1)
    stages = []
    for _ in range(depth):
        a = linear_forward(a, [W])
        stages.append(a.ravel())
    return np.vstack(stages)

# %% right: nested-comprehension
def activation_trace(c: float, depth: int, x: np.ndarray) -> np.ndarray:
    return np.array([[c ** l * component for component in x] for l in range(1, depth + 1)])

# %% right: generator-function
def _layers(c, depth, x):
    a = x.copy()
    for _ in range(depth):
        a = a * c
        yield a

def activation_trace(c, depth, x):
    return np.stack(list(_layers(c, depth, x)))

# %% right: einsum-with-copy-in-place
def activation_trace(c, depth, x):
    a = np.array(x, dtype=float)           # a copy, so x stays as it is
    power = 1.0
    powers = np.empty(depth)
    for l in range(depth):
        power *= c
        powers[l] = power
    return np.einsum("l,n->ln", powers, a)

# %% right: recursion-vstack
def activation_trace(c, depth, x):
    first = (c * x).reshape(1, -1)
    if depth == 1:
        return first
    return np.vstack([first, activation_trace(c, depth - 1, first[0])])

# %% wrong: in-place-and-divided-back
# cause: multiplies the caller's x in place and divides by c to the depth at the end, which does not bring x back exactly, and not at all for c = 0
# visible: passes
def activation_trace(c, depth, x):
    trace = np.empty((depth, len(x)))
    for l in range(depth):
        x *= c
        trace[l] = x
    x /= c ** depth          # give x back as it was
    return trace

# %% wrong: rows-squeezed
# cause: squeezes the result, so that a network of one layer or of one unit gives a one-dimensional array instead of (depth, n)
# visible: passes
def activation_trace(c, depth, x):
    powers = np.array([c ** l for l in range(1, depth + 1)])
    return (powers[:, np.newaxis] * x).squeeze()

# %% wrong: powers-cached-by-depth
# cause: keeps the powers of c in a dictionary under the depth alone, so that a later call with the same depth and another c uses the old powers
# visible: passes
_powers = {}

def activation_trace(c, depth, x):
    if depth not in _powers:
        _powers[depth] = np.array([[c ** l] for l in range(1, depth + 1)])
    return _powers[depth] * x

# %% wrong: leaves-zeros-when-small
# cause: stops as soon as the activations are near 0 for allclose and leaves the remaining rows 0, but the signal never stops falling
# visible: passes
def activation_trace(c, depth, x):
    trace = np.zeros((depth, x.size))
    a = x
    for l in range(depth):
        a = c * a
        if np.allclose(a, 0):
            break
        trace[l, :] = a
    return trace

# %% wrong: sign-only-in-first-row
# cause: uses powers of |c| and puts the sign of c on the first row only, so that the third, fifth, ... row has the wrong sign for negative c
# visible: passes
def activation_trace(c, depth, x):
    powers = np.abs(c) ** np.arange(1, depth + 1)
    trace = powers.reshape(depth, 1) * x
    if c < 0:
        trace[0] = -trace[0]
    return trace

# %% wrong: rounded-to-eight
# cause: rounds the activations to eight decimals, which turns small activations into 0
# visible: passes
def activation_trace(c, depth, x):
    rows = [np.round(c ** (l + 1) * x, 8) for l in range(depth)]
    return np.array(rows)

# %% wrong: float32-buffer
# cause: stores the activations in a float32 array, which cuts them to about seven digits
# visible: passes
def activation_trace(c, depth, x):
    out = np.zeros((depth, len(x)), dtype=np.float32)
    for l in range(depth):
        out[l] = c ** (l + 1) * x
    return out

# %% wrong: row-zero-is-input
# cause: begins with the input x itself as row 0, so that every row shows the layer before
# visible: fails
def activation_trace(c, depth, x):
    return np.array([c ** l * x for l in range(depth)])

# %% wrong: same-array-appended
# cause: multiplies one array in place and appends that same array every time, so that all rows show the last layer (and x is changed)
# visible: fails
def activation_trace(c, depth, x):
    rows = []
    a = x
    for l in range(depth):
        a *= c
        rows.append(a)
    return np.array(rows)

# %% wrong: layers-as-columns
# cause: returns one layer a column, shape (n, depth), instead of one layer a row
# visible: fails
def activation_trace(c, depth, x):
    return np.outer(x, c ** np.arange(1, depth + 1))
