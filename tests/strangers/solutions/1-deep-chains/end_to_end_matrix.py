# %% right: forward-of-identity
def end_to_end_matrix(weights):
    """The one matrix that does what the whole linear network does."""
    n_0 = weights[0].shape[1]
    return linear_forward(np.eye(n_0), weights)

# %% right: reduce-reversed
import functools

def end_to_end_matrix(weights):
    return functools.reduce(np.matmul, reversed(weights))

# %% right: loop-from-the-front
def end_to_end_matrix(weights):
    M = weights[0].copy()
    for W in weights[1:]:
        M = W @ M
    return M

# %% right: loop-from-the-back
def end_to_end_matrix(weights):
    # read the formula from left to right: W_L, W_(L-1), ..., W_1
    M = np.identity(weights[-1].shape[0])
    for l in range(len(weights) - 1, -1, -1):
        M = np.dot(M, weights[l])
    return M

# %% right: divide-and-conquer
def end_to_end_matrix(weights):
    L = len(weights)
    if L == 1:
        return np.array(weights[0], dtype=float)
    half = L // 2
    lower = end_to_end_matrix(weights[:half])     # next to X
    upper = end_to_end_matrix(weights[half:])
    return upper @ lower

# %% right: column-by-column-basis-vectors
def end_to_end_matrix(weights):
    n_in = weights[0].shape[1]
    n_out = weights[-1].shape[0]
    M = np.empty((n_out, n_in))
    for j in range(n_in):
        e = np.zeros((n_in, 1))
        e[j, 0] = 1.0
        M[:, j] = linear_forward(e, weights)[:, 0]
    return M

# %% right: multi-dot-with-guard
def end_to_end_matrix(weights):
    if len(weights) < 2:            # multi_dot wants two arrays at least
        return weights[0] + 0.0
    return np.linalg.multi_dot(weights[::-1])

# %% right: transposed-accumulation
def end_to_end_matrix(weights: list) -> np.ndarray:
    # (W_L ... W_1)^T = W_1^T ... W_L^T: here the order is the list's order
    transposed = weights[0].T
    for W in weights[1:]:
        transposed = transposed @ W.T
    return transposed.T

# %% right: einsum-with-accumulate
from itertools import accumulate

def end_to_end_matrix(weights):
    products = list(accumulate(weights, lambda M, W: np.einsum("ij,jk->ik", W, M)))
    return products[-1]

# %% right: sums-in-list-comprehension
def _mul(P, Q):
    """P times Q, rows by columns"""
    Qt = Q.T
    return np.array([[np.sum(p * q) for q in Qt] for p in P])

def end_to_end_matrix(weights):
    assert len(weights) >= 1
    M = weights[0]
    i = 1
    while i < len(weights):
        M = _mul(weights[i], M)
        i += 1
    return M

# %% wrong: middle-layers-in-list-order
# cause: puts the last layer left and the first right, but multiplies the layers between them in the order of the list, W2 W3 ..., instead of ... W3 W2
# visible: passes
def end_to_end_matrix(weights):
    if len(weights) == 1:
        return weights[0]
    M = weights[-1]
    for W in weights[1:-1]:
        M = M @ W
    return M @ weights[0]

# %% wrong: shape-fitting-order
# cause: multiplies W1 W2 ... WL whenever the shapes allow that, so that square layers are multiplied in the wrong order
# visible: passes
def end_to_end_matrix(weights):
    M = weights[0]
    for W in weights[1:]:
        if M.shape[1] == W.shape[0]:
            M = M @ W
        else:
            M = W @ M
    return M

# %% wrong: fits-three-random-inputs
# cause: recovers M from the outputs of three random inputs only, which determine it only if the network has at most three inputs
# visible: passes
def end_to_end_matrix(weights):
    rng = np.random.default_rng(0)
    X = rng.standard_normal((weights[0].shape[1], 3))
    Y = linear_forward(X, weights)
    return Y @ np.linalg.pinv(X)

# %% wrong: matrix-power-of-first
# cause: takes the first layer to the power L when all layers have the same square shape, as if the same shape meant the same matrix
# visible: passes
def end_to_end_matrix(weights):
    shapes = {W.shape for W in weights}
    if len(shapes) == 1 and weights[0].shape[0] == weights[0].shape[1]:
        return np.linalg.matrix_power(weights[0], len(weights))
    M = weights[0]
    for W in weights[1:]:
        M = W @ M
    return M

# %% wrong: rounds-to-ten-places
# cause: rounds the product to ten decimals after every layer, so that the small entries of a deep network become 0
# visible: passes
def end_to_end_matrix(weights):
    M = np.eye(weights[0].shape[1])
    for W in weights:
        M = np.round(W @ M, 10)
    return M

# %% wrong: single-precision-eye
# cause: computes the whole product in float32, which has seven digits and breaks at about 3e38 and 1e-45
# visible: passes
def end_to_end_matrix(weights):
    M = np.eye(weights[0].shape[1], dtype="float32")
    for W in weights:
        M = np.matmul(W, M, dtype="float32", casting="same_kind")
    return M

# %% wrong: stops-after-three-layers
# cause: multiplies at most three layers, so that every layer after the third is left out
# visible: passes
def end_to_end_matrix(weights):
    W1 = weights[0]
    if len(weights) == 1:
        return W1
    W2 = weights[1]
    if len(weights) == 2:
        return W2 @ W1
    W3 = weights[2]
    return W3 @ W2 @ W1

# %% wrong: product-in-list-order
# cause: multiplies W1 W2 ... WL in the order of the list, but the first layer must stand at the right end
# visible: fails
def end_to_end_matrix(weights):
    M = weights[0]
    for W in weights[1:]:
        M = M @ W
    return M

# %% wrong: identity-of-output-size
# cause: sends an identity matrix of size n_1, the outputs of the first layer, through the network instead of one of size n_0
# visible: fails
def end_to_end_matrix(weights):
    identity = np.eye(weights[0].shape[0])
    return linear_forward(identity, weights)

# %% wrong: normalised-on-the-way
# cause: divides the product by its norm when it grows above 100, so that the result has the direction of M but not its size
# visible: passes
def end_to_end_matrix(weights):
    M = np.eye(weights[0].shape[1])
    for W in weights:
        M = W @ M
        norm = np.linalg.norm(M)
        if norm > 100:          # keep the numbers tame
            M = M / norm
    return M
