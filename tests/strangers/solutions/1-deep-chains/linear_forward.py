# %% right: plain-loop-matmul
def linear_forward(X, weights):
    """The output of a deep linear network (b = 0, g(z) = z)."""
    A = X
    for W in weights:
        A = W @ A
    return A

# %% right: reduce-lambda
from functools import reduce

def linear_forward(X, weights):
    return reduce(lambda a, w: np.dot(w, a), weights, X)

# %% right: einsum-layerwise
def linear_forward(X, weights):
    out = np.array(X, dtype=float)          # my own copy
    for l in range(len(weights)):
        out = np.einsum("ij,jm->im", weights[l], out)
    return out

# %% right: recursion-peel-last-layer
def linear_forward(X, weights):
    # Y of L layers = W_L times (Y of the first L-1 layers)
    if len(weights) == 0:
        return X
    return weights[-1] @ linear_forward(X, weights[:-1])

# %% right: triple-loop-by-hand
def linear_forward(X, weights):
    n0, m = X.shape
    current = [[float(X[i, k]) for k in range(m)] for i in range(n0)]
    for W in weights:
        rows, cols = W.shape
        nxt = []
        for i in range(rows):
            row = []
            for k in range(m):
                total = 0.0
                for j in range(cols):
                    total += float(W[i, j]) * current[j][k]
                row.append(total)
            nxt.append(row)
        current = nxt
    return np.array(current)

# %% right: class-with-layers
class LinearLayer:
    def __init__(self, W):
        self.W = W
    def __call__(self, A):
        return np.matmul(self.W, A)

class LinearNetwork:
    def __init__(self, weights):
        self.layers = [LinearLayer(W) for W in weights]
    def forward(self, A):
        for layer in self.layers:
            A = layer(A)
        return A

def linear_forward(X, weights):
    return LinearNetwork(weights).forward(X)

# %% right: one-example-at-a-time
def linear_forward(X, weights):
    columns = []
    for j in range(X.shape[1]):
        a = X[:, j]
        for W in weights:
            a = W.dot(a)
        columns.append(a)
    return np.stack(columns, axis=1)

# %% right: multi-dot
def linear_forward(X, weights):
    # numpy picks the order of the brackets itself; the product is the same
    chain = list(weights)[::-1] + [X]
    return np.linalg.multi_dot(chain)

# %% right: activation-list-with-asserts
def linear_forward(X: np.ndarray, weights: list) -> np.ndarray:
    activations = [X.copy()]                              # A[0] = X
    for number, W in enumerate(weights, start=1):
        A_prev = activations[number - 1]
        assert W.shape[1] == A_prev.shape[0], f"layer {number} does not fit"
        b = np.zeros((W.shape[0], 1))                     # no bias
        Z = W @ A_prev + b
        A = Z                                             # g(z) = z
        activations.append(A)
    return activations[-1]

# %% right: rows-transposed-there-and-back
def linear_forward(X, weights):
    # (W A)^T = A^T W^T, so keep the examples in rows, and turn round at the end
    rows = X.T
    for W in weights:
        rows = rows @ W.T
    return rows.T

# %% wrong: first-and-last-only
# cause: multiplies only the first and the last layer when there is more than one, so that every layer in between is skipped
# visible: passes
def linear_forward(X, weights):
    first = weights[0]
    last = weights[-1]
    if len(weights) == 1:
        return first @ X
    hidden = first @ X
    return last @ hidden

# %% wrong: pops-the-weights
# cause: takes the layers out of the caller's list with pop, so that the list of weights is empty after the call although the weights must stay as they are
# visible: passes
def linear_forward(X, weights):
    A = X
    while weights:
        A = weights.pop(0) @ A
    return A

# %% wrong: float32-activations
# cause: computes in float32, which has only seven digits and breaks at 3e38 or 1e-45, where float64 does not
# visible: passes
def linear_forward(X, weights):
    A = X.astype(np.float32)
    for W in weights:
        A = W.astype(np.float32) @ A
    return A

# %% wrong: out-into-x-for-square-layers
# cause: writes the product into the array it came from when the shape is the same, and for a square first layer that array is the caller's X
# visible: passes
def linear_forward(X, weights):
    A = X
    for W in weights:
        if W.shape[0] == W.shape[1]:
            A[...] = W @ A        # saves memory
        else:
            A = W @ A
    return A

# %% wrong: reversed-first-try
# cause: multiplies the layers from the last to the first whenever the shapes allow it, so that all networks with square layers are computed in the wrong order
# visible: passes
def linear_forward(X, weights):
    try:
        A = X
        for W in reversed(weights):
            A = W @ A
        return A
    except ValueError:
        A = X
        for W in weights:
            A = W @ A
        return A

# %% wrong: memo-by-shape
# cause: remembers the result under the shape of X and the number of layers, so that a second network of the same size gets the output of the first
# visible: passes
_seen = {}

def linear_forward(X, weights):
    key = (X.shape, len(weights))
    if key not in _seen:
        A = X
        for W in weights:
            A = W @ A
        _seen[key] = A
    return _seen[key]

# %% wrong: clips-large-activations
# cause: clips the activations to +-1e6 in every layer, although a linear network lets them grow without bound
# visible: passes
def linear_forward(X, weights):
    A = X
    for W in weights:
        A = W @ A
        A = np.clip(A, -1e6, 1e6)     # avoid exploding
    return A

# %% wrong: relu-in-between
# cause: applies a ReLU after every layer, but this network has no bend, g(z) = z
# visible: fails
def linear_forward(X, weights):
    A = X
    for W in weights:
        Z = W @ A
        A = np.maximum(Z, 0)
    return A

# %% wrong: examples-as-rows
# cause: treats the examples as rows and forgets to transpose the result back, so that the output has shape (m, n_L)
# visible: fails
def linear_forward(X, weights):
    A = X.T
    for W in weights:
        A = np.dot(A, W.T)
    return A

# %% wrong: squeeze-and-atleast-2d
# cause: squeezes the output and makes it two-dimensional again, which turns the column of a single example into a row
# visible: passes
def linear_forward(X, weights):
    out = X
    for W in weights:
        out = W @ out
    return np.atleast_2d(np.squeeze(out))     # no superfluous brackets, but keep it a matrix
