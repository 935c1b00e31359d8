# %% right: forward-backward-db
def depth_report(scheme, activation, depth, width, rng):
    parameters = initialize_parameters([width] * (depth + 1), scheme, rng)
    x = rng.standard_normal((width, 1))
    y_hat, caches = forward(x, parameters, activation)
    # J = 1/2 |y_hat|^2 is the cost for the target 0; with one example db is dJ/dZ
    gradients = backward(y_hat, np.zeros_like(y_hat), parameters, caches, activation)
    forward_growth = (np.linalg.norm(y_hat) / np.linalg.norm(x)) ** (1 / depth)
    backward_growth = (np.linalg.norm(gradients["db1"]) / np.linalg.norm(gradients[f"db{depth}"])) ** (1 / (depth - 1))
    return float(forward_growth), float(backward_growth)

# %% right: profile-and-growth-factor
def depth_report(scheme, activation, depth, width, rng):
    x = rng.normal(size=(width, 1))                       # the input first, then the weights
    params = initialize_parameters([width for _ in range(depth + 1)], scheme, rng)
    f = growth_factor(norm_profile(x, params, activation))[0]

    Y_hat, caches = forward(x, params, activation)
    grads = backward(Y_hat, 0 * Y_hat, params, caches, activation)
    norms = np.array([[np.linalg.norm(grads["db" + str(l)])] for l in range(depth, 0, -1)])
    b = growth_factor(norms)[0]
    return (float(f), float(b))

# %% right: own-backward-loop
def depth_report(scheme, activation, depth, width, rng):
    dims = (depth + 1) * [width]
    parameters = initialize_parameters(dims, scheme, rng)
    x = rng.standard_normal(width).reshape(-1, 1)
    a, slopes = x, []
    for l in range(1, depth):
        z = parameters[f"W{l}"] @ a + parameters[f"b{l}"]
        slopes.append(activation_derivative(z, activation))
        a = activate(z, activation)
    y_hat = parameters[f"W{depth}"] @ a + parameters[f"b{depth}"]

    delta = y_hat                                         # dJ/dy_hat, and the last layer is linear
    for l in range(depth - 1, 0, -1):
        delta = (parameters[f"W{l + 1}"].T @ delta) * slopes[l - 1]

    norm = lambda v: np.sqrt(np.sum(v ** 2))
    return norm(y_hat / norm(x)) ** (1.0 / depth), (norm(delta) / norm(y_hat)) ** (1.0 / (depth - 1))

# %% right: own-weights-no-tools
def depth_report(scheme, activation, depth, width, rng):
    """All layers have the same width, so glorot and xavier are both 1/n."""
    variance = {"xavier": 1.0, "glorot": 1.0, "he": 2.0}[scheme] / width
    g, dg = {
        "linear": (lambda z: z, lambda z: np.ones_like(z)),
        "relu": (lambda z: np.maximum(z, 0.0), lambda z: np.where(z > 0, 1.0, 0.0)),
        "tanh": (np.tanh, lambda z: 1.0 - np.tanh(z) ** 2),
        "sigmoid": (lambda z: 1 / (1 + np.exp(-z)), lambda z: 1 / (2 + np.exp(z) + np.exp(-z))),
    }[activation]
    W = [rng.normal(0.0, variance ** 0.5, (width, width)) for _ in range(depth)]
    x = rng.standard_normal(width)
    a, zs = x, []
    for w in W[:-1]:
        zs.append(w @ a)
        a = g(zs[-1])
    y = W[-1] @ a
    d = y
    for w, z in zip(reversed(W[1:]), reversed(zs)):
        d = dg(z) * (d @ w)
    return (
        float((np.linalg.norm(y) / np.linalg.norm(x)) ** (1 / depth)),
        float((np.linalg.norm(d) / np.linalg.norm(y)) ** (1 / (depth - 1))),
    )

# %% right: safe-hypot-norms
def vector_length(v):
    return np.abs(np.hypot.reduce(np.ravel(v)))

def depth_report(scheme, activation, depth, width, rng):
    parameters = initialize_parameters([width] * (depth + 1), scheme, rng)
    X = rng.standard_normal(size=(width, 1))
    Y_hat, caches = forward(X, parameters, activation)
    Y = np.zeros((width, 1))
    gradients = backward(Y_hat, Y, parameters, caches, activation)
    forward_ratio = vector_length(Y_hat) / vector_length(X)
    backward_ratio = vector_length(gradients["db1"]) / vector_length(gradients["db" + str(depth)])
    return forward_ratio ** (1 / depth), backward_ratio ** (1 / (depth - 1))

# %% right: forward-with-renormalised-gradient
def depth_report(scheme, activation, depth, width, rng):
    # the gradient is linear in what comes in, so it may be set back to length 1 after each layer;
    # the logarithms of the lengths are added up
    parameters = initialize_parameters([width] * (depth + 1), scheme, rng)
    x = rng.standard_normal((width, 1))
    y_hat, caches = forward(x, parameters, activation)
    log_forward = np.log(np.linalg.norm(y_hat)) - np.log(np.linalg.norm(x))
    delta = y_hat / np.linalg.norm(y_hat)
    log_backward = 0.0
    for l in range(depth, 1, -1):
        delta = parameters[f"W{l}"].T @ delta * activation_derivative(caches[l - 2][1], activation)
        length = np.linalg.norm(delta)
        log_backward += np.log(length)
        delta = delta / length
    return float(np.exp(log_forward / depth)), float(np.exp(log_backward / (depth - 1)))

# %% right: network-class
class RandomNetwork:
    def __init__(self, scheme, activation, depth, width, rng):
        self.activation = activation
        self.depth = depth
        self.width = width
        self.parameters = initialize_parameters([width] * (depth + 1), scheme, rng)

    def run(self, x):
        self.x = x
        self.y, self.caches = forward(x, self.parameters, self.activation)

    def forward_growth(self):
        return (np.linalg.norm(self.y) / np.linalg.norm(self.x)) ** (1 / self.depth)

    def backward_growth(self):
        target = np.zeros((self.width, 1))
        grads = backward(self.y, target, self.parameters, self.caches, self.activation)
        sizes = [np.linalg.norm(grads[f"db{l}"]) for l in range(1, self.depth + 1)]
        return (sizes[0] / sizes[-1]) ** (1 / (self.depth - 1))


def depth_report(scheme, activation, depth, width, rng):
    network = RandomNetwork(scheme, activation, depth, width, rng)
    network.run(rng.standard_normal((width, 1)))
    return float(network.forward_growth()), float(network.backward_growth())

# %% right: recursive-chain
def depth_report(scheme, activation, depth, width, rng):
    p = initialize_parameters([width] * (depth + 1), scheme, rng)

    def through(a, l):
        """Takes a_(l-1); returns a_L, dJ/dZ_L and dJ/dZ_l."""
        z = np.dot(p["W%d" % l], a) + p["b%d" % l]
        if l == depth:
            return z, z, z
        out, last, later = through(activate(z, activation), l + 1)
        return out, last, np.dot(p["W%d" % (l + 1)].T, later) * activation_derivative(z, activation)

    x = rng.standard_normal((width, 1))
    out, dz_last, dz_first = through(x, 1)
    size = lambda v: np.linalg.norm(v)
    return (size(out) / size(x)) ** (1 / depth), (size(dz_first) / size(dz_last)) ** (1 / (depth - 1))

# %% right: jacobian-product
def depth_report(scheme, activation, depth, width, rng):
    # multiply the layers' derivatives into one matrix from the left; fine for the price of matrix products
    parameters = initialize_parameters([width] * (depth + 1), scheme, rng)
    x = rng.standard_normal((width, 1))
    y_hat, caches = forward(x, parameters, activation)
    row = y_hat.T
    for l in range(depth, 1, -1):
        slope = activation_derivative(caches[l - 2][1], activation)
        row = np.einsum("ij,jk,k->ik", row, parameters[f"W{l}"], slope[:, 0])
    a0 = np.sqrt(np.vdot(x, x))
    aL = np.sqrt(np.vdot(y_hat, y_hat))
    d1 = np.linalg.norm(row)
    return float(np.power(aL / a0, 1 / depth)), float(np.power(d1 / aL, 1 / (depth - 1)))

# %% right: gradient-from-dw
def depth_report(scheme: str, activation: str, depth: int, width: int, rng: np.random.Generator) -> tuple:
    """dW_l = dZ_l a_(l-1)^T has rank one, so dividing its norm by that of a_(l-1) gives the norm of dZ_l."""
    assert depth >= 2 and width >= 1
    x = rng.standard_normal((width, 1))
    parameters = initialize_parameters([width] * (depth + 1), scheme, rng)
    y_hat, caches = forward(x, parameters, activation)
    grads = backward(y_hat, np.zeros((width, 1)), parameters, caches, activation)

    def dz(l):
        return np.linalg.norm(grads[f"dW{l}"]) / np.linalg.norm(caches[l - 1][0])

    g_forward = (np.linalg.norm(y_hat) / np.linalg.norm(x)) ** (1 / depth)
    g_backward = (dz(1) / dz(depth)) ** (1 / (depth - 1))
    return float(g_forward), float(g_backward)

# %% wrong: backward-root-l
# cause: the backward root is taken of order L, but from Z_L back to Z_1 there are only L - 1 steps.
# visible: fails
def depth_report(scheme, activation, depth, width, rng):
    p = initialize_parameters([width] * (depth + 1), scheme, rng)
    x = rng.standard_normal((width, 1))
    y, caches = forward(x, p, activation)
    g = backward(y, np.zeros_like(y), p, caches, activation)
    fw = (np.linalg.norm(y) / np.linalg.norm(x)) ** (1 / depth)
    bw = (np.linalg.norm(g["db1"]) / np.linalg.norm(g[f"db{depth}"])) ** (1 / depth)
    return fw, bw

# %% wrong: weight-gradients
# cause: it compares the gradients of the weights dW, which contain the signal as well, instead of dJ/dZ.
# visible: fails
def depth_report(scheme, activation, depth, width, rng):
    p = initialize_parameters([width] * (depth + 1), scheme, rng)
    x = rng.standard_normal((width, 1))
    y, caches = forward(x, p, activation)
    g = backward(y, np.zeros_like(y), p, caches, activation)
    fw = (np.linalg.norm(y) / np.linalg.norm(x)) ** (1 / depth)
    bw = (np.linalg.norm(g["dW1"]) / np.linalg.norm(g[f"dW{depth}"])) ** (1 / (depth - 1))
    return fw, bw

# %% wrong: random-target
# cause: the target is a random vector instead of 0, so the gradient does not start at y_hat and the cost is not 1/2 |y_hat|^2.
# visible: passes
def depth_report(scheme, activation, depth, width, rng):
    p = initialize_parameters([width] * (depth + 1), scheme, rng)
    x = rng.standard_normal((width, 1))
    Y = rng.standard_normal((width, 1))
    y_hat, caches = forward(x, p, activation)
    g = backward(y_hat, Y, p, caches, activation)
    fw = (np.linalg.norm(y_hat) / np.linalg.norm(x)) ** (1 / depth)
    bw = (np.linalg.norm(g["db1"]) / np.linalg.norm(g[f"db{depth}"])) ** (1 / (depth - 1))
    return float(fw), float(bw)

# %% wrong: uniform-input
# cause: rng.random gives an input that is uniform on (0, 1) instead of standard normal, which is too short and never negative; sigmoid and tanh notice it.
# visible: passes
def depth_report(scheme, activation, depth, width, rng):
    p = initialize_parameters([width] * (depth + 1), scheme, rng)
    x = rng.random((width, 1))
    y, caches = forward(x, p, activation)
    g = backward(y, np.zeros_like(y), p, caches, activation)
    fw = (np.linalg.norm(y) / np.linalg.norm(x)) ** (1 / depth)
    bw = (np.linalg.norm(g["db1"]) / np.linalg.norm(g[f"db{depth}"])) ** (1 / (depth - 1))
    return float(fw), float(bw)

# %% wrong: gradient-of-a1
# cause: the last factor of the way back, the slope of the activation in layer 1, is left out, so it measures dJ/dA_1 instead of dJ/dZ_1.
# visible: passes
def depth_report(scheme, activation, depth, width, rng):
    parameters = initialize_parameters([width] * (depth + 1), scheme, rng)
    x = rng.standard_normal((width, 1))
    y_hat, caches = forward(x, parameters, activation)
    D = y_hat
    for l in range(depth, 1, -1):
        D = parameters[f"W{l}"].T @ D
        if l > 2:
            D = D * activation_derivative(caches[l - 2][1], activation)
    fw = (np.linalg.norm(y_hat) / np.linalg.norm(x)) ** (1 / depth)
    bw = (np.linalg.norm(D) / np.linalg.norm(y_hat)) ** (1 / (depth - 1))
    return float(fw), float(bw)

# %% wrong: activated-output
# cause: the forward growth is measured after applying the activation to the output, but the last layer is linear.
# visible: passes
def depth_report(scheme, activation, depth, width, rng):
    p = initialize_parameters([width] * (depth + 1), scheme, rng)
    x = rng.standard_normal((width, 1))
    y, caches = forward(x, p, activation)
    g = backward(y, np.zeros_like(y), p, caches, activation)
    a_last = activate(y, activation)
    fw = (np.linalg.norm(a_last) / np.linalg.norm(x)) ** (1 / depth)
    bw = (np.linalg.norm(g["db1"]) / np.linalg.norm(g[f"db{depth}"])) ** (1 / (depth - 1))
    return float(fw), float(bw)

# %% wrong: forward-from-layer-1
# cause: the forward growth starts at a_1 (with a root of order L - 1) instead of at the input a_0.
# visible: passes
def depth_report(scheme, activation, depth, width, rng):
    p = initialize_parameters([width] * (depth + 1), scheme, rng)
    x = rng.standard_normal((width, 1))
    y, caches = forward(x, p, activation)
    g = backward(y, np.zeros_like(y), p, caches, activation)
    a1 = caches[1][0]
    fw = (np.linalg.norm(y) / np.linalg.norm(a1)) ** (1 / (depth - 1))
    bw = (np.linalg.norm(g["db1"]) / np.linalg.norm(g[f"db{depth}"])) ** (1 / (depth - 1))
    return float(fw), float(bw)

# %% wrong: input-from-fixed-seed
# cause: the input comes from a generator of its own with a fixed seed, so it is the same in every call and rng is not the only source of randomness.
# visible: passes
def depth_report(scheme, activation, depth, width, rng):
    x = np.random.default_rng(0).standard_normal((width, 1))
    p = initialize_parameters([width] * (depth + 1), scheme, rng)
    y, caches = forward(x, p, activation)
    g = backward(y, np.zeros_like(y), p, caches, activation)
    fw = (np.linalg.norm(y) / np.linalg.norm(x)) ** (1 / depth)
    bw = (np.linalg.norm(g["db1"]) / np.linalg.norm(g[f"db{depth}"])) ** (1 / (depth - 1))
    return float(fw), float(bw)

# %% wrong: mean-of-five-networks
# cause: it averages five networks to make the result smoother, but the report is that of one random network and scatters as such.
# visible: passes
def depth_report(scheme, activation, depth, width, rng):
    results = []
    for repetition in range(5):
        p = initialize_parameters([width] * (depth + 1), scheme, rng)
        x = rng.standard_normal((width, 1))
        y, caches = forward(x, p, activation)
        g = backward(y, np.zeros_like(y), p, caches, activation)
        fw = (np.linalg.norm(y) / np.linalg.norm(x)) ** (1 / depth)
        bw = (np.linalg.norm(g["db1"]) / np.linalg.norm(g[f"db{depth}"])) ** (1 / (depth - 1))
        results.append((fw, bw))
    fw, bw = np.mean(results, axis=0)
    return float(fw), float(bw)

# %% wrong: gradient-cut-off
# cause: the quotient of the gradients is cut off at 1e-60, but in a sigmoid network of depth 150 it is about 1e-90, so the backward growth comes out too large.
# visible: passes
def depth_report(scheme, activation, depth, width, rng):
    p = initialize_parameters([width] * (depth + 1), scheme, rng)
    x = rng.standard_normal((width, 1))
    y, caches = forward(x, p, activation)
    g = backward(y, np.zeros_like(y), p, caches, activation)
    fw_ratio = np.linalg.norm(y) / np.linalg.norm(x)
    bw_ratio = np.linalg.norm(g["db1"]) / np.linalg.norm(g[f"db{depth}"])
    fw_ratio, bw_ratio = np.clip([fw_ratio, bw_ratio], 1e-60, 1e60)   # keep the roots well behaved
    return float(fw_ratio ** (1 / depth)), float(bw_ratio ** (1 / (depth - 1)))
