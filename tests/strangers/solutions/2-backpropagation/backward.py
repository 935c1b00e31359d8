# %% right: plain-loop-down
def backward(Y_hat, Y, parameters, caches, activation):
    L = len(parameters) // 2
    m = Y.shape[1]
    gradients = {}
    delta = (Y_hat - Y) / m
    for l in range(L, 0, -1):
        A_prev, Z = caches[l - 1]
        if l < L:
            delta = (parameters[f"W{l + 1}"].T @ delta) * activation_derivative(Z, activation)
        gradients[f"dW{l}"] = delta @ A_prev.T
        gradients[f"db{l}"] = np.sum(delta, axis=1, keepdims=True)
    return gradients

# %% right: recursion-for-delta
def backward(Y_hat, Y, parameters, caches, activation):
    L = len(parameters) // 2

    def walk(l, delta):
        A_prev, _ = caches[l - 1]
        here = {f"dW{l}": np.dot(delta, A_prev.T), f"db{l}": delta.sum(axis=1).reshape(-1, 1)}
        if l == 1:
            return here
        below = parameters[f"W{l}"].T.dot(delta) * activation_derivative(caches[l - 2][1], activation)
        return {**walk(l - 1, below), **here}

    return walk(L, (Y_hat - Y) / Y.shape[1])

# %% right: einsum-everywhere
def backward(Y_hat, Y, parameters, caches, activation):
    L, m = len(parameters) // 2, Y.shape[1]
    grads = {}
    delta = (1.0 / m) * (Y_hat - Y)
    for l in reversed(range(1, L + 1)):
        grads[f"dW{l}"] = np.einsum("ik,jk->ij", delta, caches[l - 1][0])
        grads[f"db{l}"] = np.einsum("ik->i", delta)[:, None]
        if l > 1:
            slope = activation_derivative(caches[l - 2][1], activation)
            delta = np.einsum("ji,jk,ik->ik", parameters[f"W{l}"], delta, slope)
    return grads

# %% right: generator-of-deltas
def deltas(Y_hat, Y, parameters, caches, activation):
    """Yields (l, delta_l) from the last layer down to the first."""
    L = len(caches)
    delta = (Y_hat - Y) / Y_hat.shape[1]
    yield L, delta
    for l in range(L - 1, 0, -1):
        delta = (parameters[f"W{l + 1}"].T @ delta) * activation_derivative(caches[l - 1][1], activation)
        yield l, delta


def backward(Y_hat, Y, parameters, caches, activation):
    gradients = {}
    for l, delta in deltas(Y_hat, Y, parameters, caches, activation):
        gradients[f"dW{l}"] = delta @ caches[l - 1][0].T
        gradients[f"db{l}"] = delta.sum(axis=1, keepdims=True)
    return gradients

# %% right: class-backprop
class Backprop:
    def __init__(self, parameters, caches, activation):
        self.parameters = parameters
        self.caches = caches
        self.activation = activation
        self.L = len(parameters) // 2
        self.gradients = {}

    def start(self, Y_hat, Y):
        m = Y.shape[1]
        self.delta = np.divide(np.subtract(Y_hat, Y), m)

    def store(self, l):
        A_prev = self.caches[l - 1][0]
        self.gradients["dW%d" % l] = np.matmul(self.delta, np.transpose(A_prev))
        self.gradients["db%d" % l] = np.sum(self.delta, axis=1, keepdims=True)

    def step(self, l):
        # from layer l to layer l - 1
        W = self.parameters["W%d" % l]
        Z = self.caches[l - 2][1]
        self.delta = np.multiply(np.matmul(W.T, self.delta), activation_derivative(Z, self.activation))


def backward(Y_hat, Y, parameters, caches, activation):
    b = Backprop(parameters, caches, activation)
    b.start(Y_hat, Y)
    b.store(b.L)
    for l in range(b.L, 1, -1):
        b.step(l)
        b.store(l - 1)
    return b.gradients

# %% right: one-example-at-a-time
def backward(Y_hat, Y, parameters, caches, activation):
    # J is a mean, so its gradient is the mean of the gradients of the single examples
    L = len(parameters) // 2
    m = Y.shape[1]
    gradients = {f"d{name}": np.zeros(value.shape) for name, value in parameters.items()}
    for j in range(m):
        d = Y_hat[:, j] - Y[:, j]
        for l in range(L, 0, -1):
            a = caches[l - 1][0][:, j]
            gradients[f"dW{l}"] += np.outer(d, a) / m
            gradients[f"db{l}"] += d.reshape(-1, 1) / m
            if l > 1:
                z = caches[l - 2][1][:, j : j + 1]
                d = (d @ parameters[f"W{l}"]) * activation_derivative(z, activation)[:, 0]
    return gradients

# %% right: own-slopes
def backward(Y_hat, Y, parameters, caches, activation):
    def slope(Z):
        if activation == "linear":
            return 1.0
        if activation == "relu":
            return Z > 0
        if activation == "tanh":
            return 1.0 - np.tanh(Z) ** 2
        return 0.25 * (1.0 - np.tanh(Z / 2) ** 2)  # sigmoid

    L = len(caches)
    m = Y.shape[-1]
    dZ = (Y_hat - Y) / m
    out = {}
    for l in range(L, 0, -1):
        A_prev = caches[l - 1][0]
        out["dW" + str(l)] = dZ @ A_prev.T
        out["db" + str(l)] = dZ @ np.ones((m, 1))
        if l != 1:
            dZ = parameters["W" + str(l)].T @ dZ * slope(caches[l - 2][1])
    return out

# %% right: ng-style-da-and-dz
def linear_backward(dZ, A_prev, W):
    # The 1/m is already inside of dZ, so it must not appear again here!
    dW = np.dot(dZ, A_prev.T)
    db = np.sum(dZ, axis=1, keepdims=True)
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db


def backward(Y_hat, Y, parameters, caches, activation):
    grads = {}
    L = len(caches)
    m = Y_hat.shape[1]
    Y = Y.reshape(Y_hat.shape)

    # derivative of the cost with respect to the output
    dA = (Y_hat - Y) / m

    for l in reversed(range(L)):
        A_prev, Z = caches[l]
        W = parameters["W" + str(l + 1)]
        # the last layer is linear
        kind = "linear" if l == L - 1 else activation
        dZ = dA * activation_derivative(Z, kind)
        dA, grads["dW" + str(l + 1)], grads["db" + str(l + 1)] = linear_backward(dZ, A_prev, W)
    return grads

# %% right: accumulate-and-comprehensions
from itertools import accumulate

def backward(Y_hat, Y, parameters, caches, activation):
    L = len(parameters) // 2
    ds = list(
        accumulate(
            range(L - 1, 0, -1),
            lambda d, l: (parameters[f"W{l + 1}"].T @ d) * activation_derivative(caches[l - 1][1], activation),
            initial=(Y_hat - Y) / Y.shape[1],
        )
    )[::-1]
    return {f"dW{l}": d @ A.T for l, (d, (A, _)) in enumerate(zip(ds, caches), 1)} | {
        f"db{l}": d.sum(1, keepdims=True) for l, d in enumerate(ds, 1)
    }

# %% right: weights-and-bias-stacked
def backward(Y_hat: np.ndarray, Y: np.ndarray, parameters: dict, caches: list, activation: str) -> dict:
    """Gradient of [W b] at once: delta times [A; 1] transposed. Divides by m at the very end."""
    assert Y_hat.shape == Y.shape
    L = len(parameters) // 2
    m = Y.shape[1]
    gradients: dict = {}
    delta = Y_hat - Y
    l = L
    while l >= 1:
        A_prev, _ = caches[l - 1]
        both = delta @ np.vstack((A_prev, np.ones((1, m)))).T / m
        gradients[f"dW{l}"] = both[:, :-1]
        gradients[f"db{l}"] = both[:, -1:]
        assert gradients[f"dW{l}"].shape == parameters[f"W{l}"].shape
        assert gradients[f"db{l}"].shape == parameters[f"b{l}"].shape
        l -= 1
        if l >= 1:
            delta = (delta.T @ parameters[f"W{l + 1}"]).T * activation_derivative(caches[l - 1][1], activation)
    return gradients

# %% wrong: divides-by-all-entries
# cause: divides by Y.size = n_L * m instead of by the number of examples m, so with several outputs all gradients are n_L times too small
# visible: passes
def backward(Y_hat, Y, parameters, caches, activation):
    L = len(parameters) // 2
    gradients = {}
    delta = (Y_hat - Y) / Y.size
    for l in range(L, 0, -1):
        A_prev, Z = caches[l - 1]
        if l < L:
            delta = (parameters[f"W{l + 1}"].T @ delta) * activation_derivative(Z, activation)
        gradients[f"dW{l}"] = delta @ A_prev.T
        gradients[f"db{l}"] = np.sum(delta, axis=1, keepdims=True)
    return gradients

# %% wrong: transposes-only-if-it-must
# cause: tries W @ delta first and transposes only if the shapes do not fit, so that square weight matrices are never transposed
# visible: passes
def backward(Y_hat, Y, parameters, caches, activation):
    L = len(parameters) // 2
    m = Y.shape[1]
    gradients = {}
    delta = (Y_hat - Y) / m
    for l in range(L, 0, -1):
        gradients[f"dW{l}"] = delta @ caches[l - 1][0].T
        gradients[f"db{l}"] = np.sum(delta, axis=1, keepdims=True)
        if l > 1:
            W = parameters[f"W{l}"]
            try:
                back = W @ delta
            except ValueError:  # shapes do not match
                back = W.T @ delta
            delta = back * activation_derivative(caches[l - 2][1], activation)
    return gradients

# %% wrong: tanh-slope-for-the-sigmoid
# cause: uses the slope of tanh, 1 - a^2, for the sigmoid as well, whose slope is a (1 - a)
# visible: passes
def backward(Y_hat, Y, parameters, caches, activation):
    L = len(parameters) // 2
    m = Y.shape[1]
    gradients = {}
    delta = (Y_hat - Y) / m
    for l in range(L, 0, -1):
        A_prev = caches[l - 1][0]
        gradients[f"dW{l}"] = delta @ A_prev.T
        gradients[f"db{l}"] = np.sum(delta, axis=1, keepdims=True)
        if l > 1:
            delta = parameters[f"W{l}"].T @ delta
            # A_prev is the activation of layer l - 1
            if activation == "relu":
                delta = delta * (A_prev > 0)
            elif activation in ("tanh", "sigmoid"):
                delta = delta * (1 - A_prev**2)
    return gradients

# %% wrong: linear-treated-as-relu
# cause: every activation that is neither tanh nor sigmoid gets the slope of ReLU, so in a linear network the negative Z stop the gradient
# visible: passes
def backward(Y_hat, Y, parameters, caches, activation):
    L = len(parameters) // 2
    m = Y.shape[1]
    gradients = {}
    dZ = (Y_hat - Y) / m
    for l in range(L, 0, -1):
        A_prev, Z = caches[l - 1]
        if l < L:
            dA = parameters[f"W{l + 1}"].T @ dZ
            if activation == "tanh":
                dZ = dA * (1 - np.tanh(Z) ** 2)
            elif activation == "sigmoid":
                s = activate(Z, "sigmoid")
                dZ = dA * s * (1 - s)
            else:
                dZ = dA.copy()
                dZ[Z <= 0] = 0
        gradients[f"dW{l}"] = dZ @ A_prev.T
        gradients[f"db{l}"] = np.sum(dZ, axis=1, keepdims=True)
    return gradients

# %% wrong: gradients-clipped-at-five
# cause: the finished gradients are clipped to [-5, 5] as one does in training, so larger entries are wrong
# visible: passes
def backward(Y_hat, Y, parameters, caches, activation):
    L = len(parameters) // 2
    m = Y.shape[1]
    gradients = {}
    delta = (Y_hat - Y) / m
    for l in range(L, 0, -1):
        A_prev, Z = caches[l - 1]
        if l < L:
            delta = (parameters[f"W{l + 1}"].T @ delta) * activation_derivative(Z, activation)
        gradients[f"dW{l}"] = delta @ A_prev.T
        gradients[f"db{l}"] = np.sum(delta, axis=1, keepdims=True)
    for name in gradients:  # against exploding gradients
        gradients[name] = np.clip(gradients[name], -5, 5)
    return gradients

# %% wrong: tiny-deltas-set-to-zero
# cause: entries of delta below 1e-10 are set to 0, so in a deep network whose gradient becomes small the gradients of the lower layers are exactly 0
# visible: passes
def backward(Y_hat, Y, parameters, caches, activation):
    L = len(parameters) // 2
    m = Y.shape[1]
    gradients = {}
    delta = (Y_hat - Y) / m
    for l in range(L, 0, -1):
        A_prev, Z = caches[l - 1]
        if l < L:
            delta = (parameters[f"W{l + 1}"].T @ delta) * activation_derivative(Z, activation)
            delta[np.abs(delta) < 1e-10] = 0.0  # rounding noise
        gradients[f"dW{l}"] = delta @ A_prev.T
        gradients[f"db{l}"] = np.sum(delta, axis=1, keepdims=True)
    return gradients

# %% wrong: dictionary-as-default-argument
# cause: the dictionary of gradients is a default argument, so every call returns the same dictionary: a later call overwrites earlier gradients and keys of a deeper network stay
# visible: passes
def backward(Y_hat, Y, parameters, caches, activation, gradients={}):
    L = len(parameters) // 2
    m = Y.shape[1]
    delta = (Y_hat - Y) / m
    for l in range(L, 0, -1):
        A_prev, Z = caches[l - 1]
        if l < L:
            delta = np.dot(parameters[f"W{l + 1}"].T, delta) * activation_derivative(Z, activation)
        gradients[f"dW{l}"] = np.dot(delta, A_prev.T)
        gradients[f"db{l}"] = np.sum(delta, axis=1, keepdims=True)
    return gradients

# %% wrong: three-layers-by-hand
# cause: the layers are written out by hand for at most three layers, so a deeper network gets gradients of its last three layers only
# visible: passes
def backward(Y_hat, Y, parameters, caches, activation):
    L = len(parameters) // 2
    m = Y.shape[1]
    g = {}
    # last layer
    delta = (Y_hat - Y) / m
    g[f"dW{L}"] = delta @ caches[L - 1][0].T
    g[f"db{L}"] = delta.sum(axis=1, keepdims=True)
    # the layer before it
    if L >= 2:
        delta = (parameters[f"W{L}"].T @ delta) * activation_derivative(caches[L - 2][1], activation)
        g[f"dW{L - 1}"] = delta @ caches[L - 2][0].T
        g[f"db{L - 1}"] = delta.sum(axis=1, keepdims=True)
    # and the one before that
    if L >= 3:
        delta = (parameters[f"W{L - 1}"].T @ delta) * activation_derivative(caches[L - 3][1], activation)
        g[f"dW{L - 2}"] = delta @ caches[L - 3][0].T
        g[f"db{L - 2}"] = delta.sum(axis=1, keepdims=True)
    return g

# %% wrong: no-division-by-m
# cause: the factor 1/m is missing, so all gradients are those of the sum and not of the mean over the examples
# visible: fails
def backward(Y_hat, Y, parameters, caches, activation):
    L = len(parameters) // 2
    gradients = {}
    delta = Y_hat - Y
    for l in range(L, 0, -1):
        A_prev, Z = caches[l - 1]
        if l < L:
            delta = (parameters[f"W{l + 1}"].T @ delta) * activation_derivative(Z, activation)
        gradients[f"dW{l}"] = delta @ A_prev.T
        gradients[f"db{l}"] = np.sum(delta, axis=1, keepdims=True)
    return gradients

# %% wrong: slope-on-the-last-layer
# cause: delta of the last layer is multiplied by the slope of the hidden activation, although the last layer is linear
# visible: fails
def backward(Y_hat, Y, parameters, caches, activation):
    L = len(parameters) // 2
    m = Y.shape[1]
    gradients = {}
    dA = (Y_hat - Y) / m
    for l in range(L, 0, -1):
        A_prev, Z = caches[l - 1]
        dZ = dA * activation_derivative(Z, activation)
        gradients[f"dW{l}"] = dZ @ A_prev.T
        gradients[f"db{l}"] = np.sum(dZ, axis=1, keepdims=True)
        dA = parameters[f"W{l}"].T @ dZ
    return gradients
