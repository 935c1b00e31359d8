# %% right: fills-an-array
def layer_gradient_norms(Y_hat, Y, parameters, caches, activation):
    L = len(parameters) // 2
    m = Y.shape[1]
    norms = np.zeros(L)
    delta = (Y_hat - Y) / m
    norms[L - 1] = np.linalg.norm(delta)
    for l in range(L - 1, 0, -1):
        Z = caches[l - 1][1]
        delta = (parameters[f"W{l + 1}"].T @ delta) * activation_derivative(Z, activation)
        norms[l - 1] = np.linalg.norm(delta)
    return norms

# %% right: list-then-reversed
def layer_gradient_norms(Y_hat, Y, parameters, caches, activation):
    L = len(parameters) // 2
    delta = (Y_hat - Y) / Y.shape[1]
    norms = [np.sqrt(np.sum(delta**2))]
    for l in range(L, 1, -1):
        delta = np.dot(parameters["W" + str(l)].T, delta) * activation_derivative(caches[l - 2][1], activation)
        norms.append(np.sqrt(np.sum(delta**2)))
    norms.reverse()
    return np.array(norms)

# %% right: recursive-delta
def layer_gradient_norms(Y_hat, Y, parameters, caches, activation):
    L = len(caches)
    deltas = {}

    def delta(l):
        if l not in deltas:
            if l == L:
                deltas[l] = (Y_hat - Y) / Y.shape[1]
            else:
                deltas[l] = (parameters[f"W{l + 1}"].T @ delta(l + 1)) * activation_derivative(caches[l - 1][1], activation)
        return deltas[l]

    return np.array([np.linalg.norm(delta(l)) for l in range(1, L + 1)])

# %% right: einsum-of-squares
def layer_gradient_norms(Y_hat, Y, parameters, caches, activation):
    L = len(parameters) // 2
    D = (Y_hat - Y) / Y_hat.shape[1]
    squares = np.empty(L)
    for l in range(L, 0, -1):
        squares[l - 1] = np.einsum("ij,ij->", D, D)
        if l > 1:
            D = np.einsum("ji,jk,ik->ik", parameters[f"W{l}"], D, activation_derivative(caches[l - 2][1], activation))
    return np.sqrt(squares)

# %% right: deque-and-hypot
from collections import deque
import math

def layer_gradient_norms(Y_hat, Y, parameters, caches, activation):
    m = Y.shape[1]
    norms = deque()
    delta = (Y_hat - Y) / m
    for l in range(len(parameters) // 2, 0, -1):
        norms.appendleft(math.hypot(*delta.flatten()))
        if l == 1:
            break
        delta = parameters[f"W{l}"].T @ delta
        delta = delta * activation_derivative(caches[l - 2][1], activation)
    return np.array(norms, dtype=float)

# %% right: generator-with-own-slopes
def layer_gradient_norms(Y_hat, Y, parameters, caches, activation):
    slope = {
        "linear": lambda z: np.ones(z.shape),
        "relu": lambda z: np.where(z > 0, 1.0, 0.0),
        "tanh": lambda z: 1.0 - np.tanh(z) ** 2,
        "sigmoid": lambda z: (1.0 - np.tanh(z / 2.0) ** 2) / 4.0,
    }[activation]

    def going_down():
        d = (Y_hat - Y) / Y.shape[1]
        yield d
        for l in range(len(caches) - 1, 0, -1):
            d = slope(caches[l - 1][1]) * (parameters[f"W{l + 1}"].T @ d)
            yield d

    return np.array([np.linalg.norm(d, "fro") for d in going_down()][::-1])

# %% right: accumulate-one-liner
from itertools import accumulate

def layer_gradient_norms(Y_hat, Y, parameters, caches, activation):
    down = accumulate(
        range(len(parameters) // 2, 1, -1),
        lambda d, l: parameters[f"W{l}"].T @ d * activation_derivative(caches[l - 2][1], activation),
        initial=(Y_hat - Y) / Y.shape[1],
    )
    return np.flip(np.array(list(map(np.linalg.norm, down))))

# %% right: trace-of-gram-matrix
def layer_gradient_norms(Y_hat: np.ndarray, Y: np.ndarray, parameters: dict, caches: list, activation: str) -> np.ndarray:
    """||D||_F = sqrt(trace(D^T D)); the factor 1/m comes last, for everything is linear in it."""
    assert Y_hat.shape == Y.shape
    L: int = len(parameters) // 2
    m: int = Y.shape[1]
    result = np.zeros((L,))
    D = Y_hat - Y
    l = L
    while True:
        result[l - 1] = np.sqrt(np.trace(D.T @ D)) / m
        l = l - 1
        if l == 0:
            return result
        # W of the layer above, slope of this layer
        D = (D.T @ parameters[f"W{l + 1}"]).T * activation_derivative(caches[l - 1][1], activation)

# %% right: every-example-alone
def layer_gradient_norms(Y_hat, Y, parameters, caches, activation):
    L = len(parameters) // 2
    n, m = Y.shape
    total = [0.0] * L
    for j in range(m):
        # the column of delta that belongs to example j
        d = (Y_hat[:, j] - Y[:, j]) / m
        for l in range(L, 0, -1):
            total[l - 1] += float(d @ d)
            if l > 1:
                z = caches[l - 2][1][:, [j]]
                d = (parameters[f"W{l}"].T @ d) * activation_derivative(z, activation).ravel()
    return np.array([t**0.5 for t in total])

# %% right: class-going-down
class WayDown:
    """Iterates over delta_L, ..., delta_1."""

    def __init__(self, error, weights, zs, activation):
        self.delta = error
        self.weights = weights  # W2 ... WL
        self.zs = zs  # Z1 ... Z(L-1)
        self.activation = activation

    def __iter__(self):
        yield self.delta
        for W, Z in zip(reversed(self.weights), reversed(self.zs)):
            self.delta = np.multiply(W.T @ self.delta, activation_derivative(Z, self.activation))
            yield self.delta


def layer_gradient_norms(Y_hat, Y, parameters, caches, activation):
    L = len(parameters) // 2
    weights = [parameters[f"W{l}"] for l in range(2, L + 1)]
    zs = [Z for _, Z in caches[:-1]]
    norms = np.zeros(L)
    for k, delta in enumerate(WayDown((Y_hat - Y) / Y.shape[1], weights, zs, activation)):
        norms[-1 - k] = np.linalg.norm(delta.ravel())
    return norms

# %% wrong: weights-not-transposed
# cause: multiplies by W instead of its transpose on the way down, which only goes unnoticed for symmetric matrices
# visible: passes
def layer_gradient_norms(Y_hat, Y, parameters, caches, activation):
    L = len(parameters) // 2
    norms = np.zeros(L)
    delta = (Y_hat - Y) / Y.shape[1]
    for l in range(L, 0, -1):
        norms[l - 1] = np.linalg.norm(delta)
        if l > 1:
            delta = (parameters[f"W{l}"] @ delta) * activation_derivative(caches[l - 2][1], activation)
    return norms

# %% wrong: slope-forgotten
# cause: leaves out the factor g'(Z_l) between two layers, which is right for linear networks only
# visible: passes
def layer_gradient_norms(Y_hat, Y, parameters, caches, activation):
    L = len(parameters) // 2
    delta = (Y_hat - Y) / Y.shape[1]
    norms = [np.linalg.norm(delta)]
    for l in range(L, 1, -1):
        delta = parameters[f"W{l}"].T @ delta
        norms.insert(0, np.linalg.norm(delta))
    return np.array(norms)

# %% wrong: last-layer-gets-a-slope
# cause: multiplies delta of the last layer by the slope of the hidden activation, although the last layer is linear
# visible: passes
def layer_gradient_norms(Y_hat, Y, parameters, caches, activation):
    L = len(parameters) // 2
    norms = np.zeros(L)
    dA = (Y_hat - Y) / Y.shape[1]
    for l in range(L, 0, -1):
        dZ = dA * activation_derivative(caches[l - 1][1], activation)
        norms[l - 1] = np.linalg.norm(dZ)
        dA = parameters[f"W{l}"].T @ dZ
    return norms

# %% wrong: relative-to-the-last-layer
# cause: divides all norms by that of the last layer, so the result is relative and its last entry is always 1
# visible: passes
def layer_gradient_norms(Y_hat, Y, parameters, caches, activation):
    L = len(parameters) // 2
    norms = np.zeros(L)
    delta = (Y_hat - Y) / Y.shape[1]
    for l in range(L, 0, -1):
        norms[l - 1] = np.linalg.norm(delta)
        if l > 1:
            delta = (parameters[f"W{l}"].T @ delta) * activation_derivative(caches[l - 2][1], activation)
    return norms / norms[-1]

# %% wrong: weights-sorted-as-strings
# cause: goes through the weight names in the reverse order of strings, so with 10 or more layers W9 comes before W10 and the matrices are in the wrong order
# visible: passes
def layer_gradient_norms(Y_hat, Y, parameters, caches, activation):
    names = sorted([name for name in parameters if name[0] == "W"], reverse=True)
    delta = (Y_hat - Y) / Y.shape[1]
    norms = [np.linalg.norm(delta)]
    Zs = [Z for A, Z in caches]
    for name, Z in zip(names[:-1], Zs[-2::-1]):
        delta = (parameters[name].T @ delta) * activation_derivative(Z, activation)
        norms.append(np.linalg.norm(delta))
    return np.array(norms[::-1])

# %% wrong: slope-at-the-activation
# cause: evaluates the slope at A_l = g(Z_l), the input of the next layer, instead of at Z_l
# visible: passes
def layer_gradient_norms(Y_hat, Y, parameters, caches, activation):
    L = len(parameters) // 2
    norms = np.zeros(L)
    delta = (Y_hat - Y) / Y.shape[1]
    for l in range(L, 0, -1):
        norms[l - 1] = np.linalg.norm(delta)
        if l > 1:
            A = caches[l - 1][0]
            delta = (parameters[f"W{l}"].T @ delta) * activation_derivative(A, activation)
    return norms

# %% wrong: own-weights-instead-of-the-next
# cause: takes W_l instead of W_(l+1) on the way to layer l, which shows only if the matrices differ
# visible: passes
def layer_gradient_norms(Y_hat, Y, parameters, caches, activation):
    L = len(parameters) // 2
    norms = np.zeros(L)
    delta = (Y_hat - Y) / Y.shape[1]
    norms[-1] = np.linalg.norm(delta)
    for l in range(L - 1, 0, -1):
        delta = (parameters[f"W{l}"].T @ delta) * activation_derivative(caches[l - 1][1], activation)
        norms[l - 1] = np.linalg.norm(delta)
    return norms

# %% wrong: norm-of-da-instead-of-dz
# cause: measures the derivative with respect to A_l, before it is multiplied by the slope, instead of that with respect to Z_l
# visible: passes
def layer_gradient_norms(Y_hat, Y, parameters, caches, activation):
    L = len(parameters) // 2
    norms = np.zeros(L)
    dA = (Y_hat - Y) / Y.shape[1]
    dZ = dA
    norms[L - 1] = np.linalg.norm(dA)
    for l in range(L - 1, 0, -1):
        dA = parameters[f"W{l + 1}"].T @ dZ
        dZ = dA * activation_derivative(caches[l - 1][1], activation)
        norms[l - 1] = np.linalg.norm(dA)
    return norms

# %% wrong: mean-forgotten
# cause: starts from Y_hat - Y without the factor 1/m, so all norms are m times too large
# visible: fails
def layer_gradient_norms(Y_hat, Y, parameters, caches, activation):
    L = len(parameters) // 2
    norms = np.zeros(L)
    delta = Y_hat - Y
    for l in range(L, 0, -1):
        norms[l - 1] = np.linalg.norm(delta)
        if l > 1:
            delta = (parameters[f"W{l}"].T @ delta) * activation_derivative(caches[l - 2][1], activation)
    return norms

# %% wrong: spectral-norm
# cause: np.linalg.norm(delta, 2) of a matrix is its largest singular value, not the root of the sum of all squared entries
# visible: fails
def layer_gradient_norms(Y_hat, Y, parameters, caches, activation):
    L = len(parameters) // 2
    norms = np.zeros(L)
    delta = (Y_hat - Y) / Y.shape[1]
    for l in range(L, 0, -1):
        norms[l - 1] = np.linalg.norm(delta, 2)
        if l > 1:
            delta = (parameters[f"W{l}"].T @ delta) * activation_derivative(caches[l - 2][1], activation)
    return norms
