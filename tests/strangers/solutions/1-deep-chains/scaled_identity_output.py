# %% right: power-formula
def scaled_identity_output(c, depth, X, last_weight):
    """c^(L-1) W_L X"""
    return c ** (depth - 1) * (last_weight @ X)

# %% right: uses-linear-forward
def scaled_identity_output(c, depth, X, last_weight):
    n = X.shape[0]
    weights = [c * np.eye(n)] * (depth - 1) + [last_weight]
    return linear_forward(X, weights)

# %% right: loop-over-hidden-layers
def scaled_identity_output(c, depth, X, last_weight):
    A = X
    for _ in range(depth - 1):
        A = c * A
    return last_weight @ A

# %% right: matrix-power-of-diagonal
def scaled_identity_output(c, depth, X, last_weight):
    hidden = np.diag([float(c)] * len(X))
    return last_weight.dot(np.linalg.matrix_power(hidden, depth - 1)).dot(X)

# %% right: end-to-end-matrix
def scaled_identity_output(c, depth, X, last_weight):
    layers = []
    for l in range(1, depth):              # layers 1 .. L-1
        layers.append(c * np.identity(last_weight.shape[1]))
    layers.append(last_weight)             # layer L
    M = end_to_end_matrix(layers)
    return M @ X

# %% right: recursion-on-depth
def scaled_identity_output(c, depth, X, last_weight):
    if depth <= 1:
        return np.matmul(last_weight, X)
    return c * scaled_identity_output(c, depth - 1, X, last_weight)

# %% right: square-and-multiply
def _power(base, exponent):
    result = 1.0
    while exponent > 0:
        if exponent % 2 == 1:
            result = result * base
        base = base * base if exponent > 1 else base
        exponent = exponent // 2
    return result

def scaled_identity_output(c, depth, X, last_weight):
    factor = _power(float(c), depth - 1)
    return np.einsum("kn,nm->km", last_weight, factor * X)

# %% right: math-prod
import math

def scaled_identity_output(c: float, depth: int, X: np.ndarray, last_weight: np.ndarray) -> np.ndarray:
    # math.prod of an empty list is 1, which is what one layer needs
    factor = math.prod([c] * (depth - 1), start=1.0)
    return last_weight @ X * factor

# %% right: logs-with-sign
def scaled_identity_output(c, depth, X, last_weight):
    hidden_layers = depth - 1
    if hidden_layers == 0:
        scale = 1.0
    elif c == 0:
        scale = 0.0
    else:
        scale = np.exp(hidden_layers * np.log(abs(c)))
        if c < 0 and hidden_layers % 2 == 1:
            scale = -scale
    return scale * np.dot(last_weight, X)

# %% right: loops-everywhere
def scaled_identity_output(c, depth, X, last_weight):
    n, m = X.shape
    k = last_weight.shape[0]
    result = np.zeros((k, m))
    for i in range(k):
        for j in range(m):
            s = 0.0
            for h in range(n):
                s += last_weight[i, h] * X[h, j]
            for layer in range(1, depth):
                s *= c
            result[i, j] = s
    return result

# %% wrong: two-by-two-hidden-layers
# cause: writes the hidden layer as a 2 by 2 matrix, which fits only networks of two units
# visible: passes
def scaled_identity_output(c, depth, X, last_weight):
    W = np.array([[c, 0.0],
                  [0.0, c]])
    A = X
    for l in range(depth - 1):
        A = W @ A
    return last_weight @ A

# %% wrong: sign-of-c-once
# cause: puts the sign of c on the result once, whatever the depth, but with an even number of hidden layers the signs cancel
# visible: passes
def scaled_identity_output(c, depth, X, last_weight):
    size = abs(c) ** (depth - 1)
    sign = -1.0 if (c < 0 and depth > 1) else 1.0
    return sign * size * (last_weight @ X)

# %% wrong: sums-the-units
# cause: adds up the hidden units instead of multiplying by the last layer's matrix, which is right only for a row of ones
# visible: passes
def scaled_identity_output(c, depth, X, last_weight):
    hidden = c ** (depth - 1) * X
    return hidden.sum(axis=0, keepdims=True)

# %% wrong: elementwise-last-layer
# cause: multiplies the units by the last weights elementwise and adds up over all units, which makes one output row only and does not work for several outputs
# visible: passes
def scaled_identity_output(c, depth, X, last_weight):
    A = X * c ** (depth - 1)
    return np.sum(last_weight.T * A, axis=0, keepdims=True)

# %% wrong: stops-when-converged
# cause: stops passing layers when the activations no longer change within the tolerance of allclose, although activations below 1e-8 still shrink with each layer
# visible: passes
def scaled_identity_output(c, depth, X, last_weight):
    A = X
    for layer in range(depth - 1):
        A_next = c * A
        if np.allclose(A_next, A):
            break                # nothing changes any more
        A = A_next
    return last_weight @ A

# %% wrong: square-and-multiply-forgets-to-square
# cause: multiplies the running power by c instead of squaring it in the fast exponentiation, which is wrong from the exponent 4 on
# visible: passes
def scaled_identity_output(c, depth, X, last_weight):
    exponent = depth - 1
    factor, power = 1.0, c
    while exponent:
        if exponent & 1:
            factor *= power
        power *= c
        exponent >>= 1
    return factor * (last_weight @ X)

# %% wrong: float32-like-a-real-network
# cause: converts everything to float32, which keeps only about seven digits of c, X and the weights
# visible: passes
def scaled_identity_output(c, depth, X, last_weight):
    a = np.asarray(X, dtype=np.float32)
    for _ in range(depth - 1):
        a = np.float32(c) * a
    return last_weight.astype(np.float32) @ a

# %% wrong: exponent-is-depth
# cause: uses c to the power L, but only L - 1 of the layers are c times the identity
# visible: fails
def scaled_identity_output(c, depth, X, last_weight):
    return c ** depth * last_weight @ X

# %% wrong: all-entries-c
# cause: fills the whole hidden matrix with c instead of its diagonal, so that the units are mixed
# visible: fails
def scaled_identity_output(c, depth, X, last_weight):
    n = X.shape[0]
    hidden = np.full((n, n), c)
    A = X
    for l in range(depth - 1):
        A = hidden @ A
    return last_weight @ A

# %% wrong: log-power-nan-at-zero
# cause: computes the power as exp((L-1) log|c|), which is nan instead of 1 for c = 0 and one layer
# visible: passes
def scaled_identity_output(c, depth, X, last_weight):
    hidden = depth - 1
    with np.errstate(all="ignore"):
        factor = np.exp(hidden * np.log(np.abs(c)))
    if c < 0 and hidden % 2:
        factor = -factor
    return factor * np.dot(last_weight, X)
