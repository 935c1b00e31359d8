# %% right: plain-loop
def forward(X, parameters, activation):
    L = len(parameters) // 2
    caches = []
    A = X
    for l in range(1, L + 1):
        A_prev = A
        Z = parameters["W" + str(l)] @ A_prev + parameters["b" + str(l)]
        caches.append((A_prev, Z))
        if l < L:
            A = activate(Z, activation)
        else:
            A = Z
    return A, caches

# %% right: recursion-from-the-top
def forward(X, parameters, activation):
    def layer(l):
        # returns what layer l hands on and the caches up to l
        if l == 0:
            return X, []
        A_prev, caches = layer(l - 1)
        if l > 1:
            A_prev = activate(A_prev, activation)
        Z = np.dot(parameters[f"W{l}"], A_prev) + parameters[f"b{l}"]
        return Z, caches + [(A_prev, Z)]

    return layer(len(parameters) // 2)

# %% right: einsum
def forward(X, parameters, activation):
    L = len(parameters) // 2
    caches = [None] * L
    A = X
    for l in range(L):
        W, b = parameters[f"W{l + 1}"], parameters[f"b{l + 1}"]
        Z = np.einsum("ij,jk->ik", W, A) + b
        caches[l] = (A, Z)
        A = activate(Z, activation)
    Y_hat = caches[-1][1]
    return Y_hat, caches

# %% right: layer-class
class Layer:
    def __init__(self, W, b, activation):
        self.W, self.b, self.activation = W, b, activation
        self.A_prev = None
        self.Z = None

    def __call__(self, A_prev):
        self.A_prev = A_prev
        self.Z = self.W.dot(A_prev) + self.b
        return activate(self.Z, self.activation)


def forward(X, parameters, activation):
    L = len(parameters) // 2
    kinds = [activation] * (L - 1) + ["linear"]
    layers = [Layer(parameters[f"W{l}"], parameters[f"b{l}"], kind) for l, kind in enumerate(kinds, start=1)]
    A = X
    for layer in layers:
        A = layer(A)
    return A, [(layer.A_prev, layer.Z) for layer in layers]

# %% right: linear-and-activation-helpers
def linear_forward(A, W, b):
    # numpy broadcasting adds the column b to every column
    Z = np.matmul(W, A) + b
    assert Z.shape == (W.shape[0], A.shape[1])
    return Z


def linear_activation_forward(A_prev, W, b, kind):
    Z = linear_forward(A_prev, W, b)
    A = activate(Z, kind)
    return A, (A_prev, Z)


def forward(X, parameters, activation):
    caches = []
    A = X
    L = len(parameters) // 2  # number of layers in the network

    # hidden layers
    for l in range(1, L):
        A_prev = A
        A, cache = linear_activation_forward(A_prev, parameters["W" + str(l)], parameters["b" + str(l)], activation)
        caches.append(cache)

    # output layer: linear
    AL, cache = linear_activation_forward(A, parameters["W" + str(L)], parameters["b" + str(L)], "linear")
    caches.append(cache)
    return AL, caches

# %% right: own-activations-while
def forward(X, parameters, activation):
    g = {
        "linear": lambda z: z.copy(),
        "relu": lambda z: np.where(z > 0.0, z, 0.0),
        "tanh": np.tanh,
        "sigmoid": lambda z: 0.5 + 0.5 * np.tanh(0.5 * z),
    }[activation]
    caches = []
    A = X.copy()
    l = 1
    while f"W{l}" in parameters:
        if l > 1:
            A = g(caches[-1][1])
        Z = parameters[f"W{l}"] @ A
        Z += parameters[f"b{l}"]
        caches.append((A, Z))
        l += 1
    return caches[-1][1].copy(), caches

# %% right: reduce-over-layers
from functools import reduce

def forward(X, parameters, activation):
    L = len(parameters) // 2

    def step(state, l):
        A, caches = state
        Z = parameters[f"W{l}"] @ A + parameters[f"b{l}"]
        return (Z if l == L else activate(Z, activation)), [*caches, (A, Z)]

    return reduce(step, range(1, L + 1), (X, []))

# %% right: bias-as-extra-column
def forward(X: np.ndarray, parameters: dict, activation: str) -> tuple:
    """Z = [W b] times [A; 1]."""
    number_of_layers: int = len(parameters) // 2
    m: int = X.shape[1]
    inputs, preactivations = [], []
    current = X
    for l in range(1, number_of_layers + 1):
        inputs.append(current)
        wide = np.hstack([parameters[f"W{l}"], parameters[f"b{l}"]])
        tall = np.vstack([current, np.ones((1, m))])
        preactivations.append(wide @ tall)
        current = activate(preactivations[-1], activation)
    return preactivations[-1], list(zip(inputs, preactivations))

# %% right: pure-loops
def forward(X, parameters, activation):
    L = len(parameters) // 2
    m = X.shape[1]
    caches = []
    A = X
    for l in range(1, L + 1):
        W = parameters[f"W{l}"].tolist()
        b = parameters[f"b{l}"].tolist()
        columns = A.T.tolist()
        Z = np.zeros((len(W), m))
        for i in range(len(W)):
            for j in range(m):
                Z[i, j] = sum([w * a for w, a in zip(W[i], columns[j])]) + b[i][0]
        caches.append((A, Z))
        if l != L:
            A = activate(Z, activation)
    return Z, caches

# %% right: one-example-at-a-time
def forward(X, parameters, activation):
    # run every example alone through the network, then put the columns side by side
    L = len(parameters) // 2
    runs = []
    for j in range(X.shape[1]):
        a = X[:, j : j + 1]
        run = []
        for l in range(1, L + 1):
            z = parameters[f"W{l}"] @ a + parameters[f"b{l}"]
            run.append((a, z))
            a = activate(z, activation)
        runs.append(run)
    caches = []
    for l in range(L):
        A_prev = np.concatenate([run[l][0] for run in runs], axis=1)
        Z = np.concatenate([run[l][1] for run in runs], axis=1)
        caches.append((A_prev, Z))
    Y_hat = caches[L - 1][1]
    return Y_hat, caches

# %% wrong: names-sorted-as-strings
# cause: the weight names are sorted as strings, so with 10 or more layers W10 comes directly after W1 and the layers run in the wrong order
# visible: passes
def forward(X, parameters, activation):
    weights = sorted(name for name in parameters if name.startswith("W"))
    biases = sorted(name for name in parameters if name.startswith("b"))
    A = X
    caches = []
    for W, b in zip(weights, biases):
        Z = parameters[W] @ A + parameters[b]
        caches.append((A, Z))
        A = activate(Z, activation)
    return Z, caches

# %% wrong: takes-the-dictionary-in-order
# cause: takes the values of the dictionary alternately as W and b, which is wrong when the dictionary holds all W before all b
# visible: passes
def forward(X, parameters, activation):
    values = list(parameters.values())
    L = len(values) // 2
    caches = []
    A = X
    for l in range(L):
        W, b = values[2 * l], values[2 * l + 1]
        Z = W @ A + b
        caches.append((A, Z))
        A = activate(Z, activation) if l < L - 1 else Z
    return A, caches

# %% wrong: tanh-over-the-cached-z
# cause: tanh is written into Z itself after Z has gone into the caches, so the caches of tanh layers hold A instead of the Z before the activation
# visible: passes
def forward(X, parameters, activation):
    L = len(parameters) // 2
    caches = []
    A = X
    for l in range(1, L + 1):
        Z = parameters[f"W{l}"] @ A + parameters[f"b{l}"]
        caches.append((A, Z))
        if l == L:
            A = Z
        elif activation == "tanh":
            A = np.tanh(Z, out=Z)  # saves memory
        else:
            A = activate(Z, activation)
    return A, caches

# %% wrong: one-row-means-last-layer
# cause: takes a layer for the last one if it has a single unit, so a network with several outputs gets an activated output and a hidden layer of one unit stays linear
# visible: passes
def forward(X, parameters, activation):
    L = len(parameters) // 2
    caches = []
    A = X
    for l in range(1, L + 1):
        Z = parameters[f"W{l}"] @ A + parameters[f"b{l}"]
        caches.append((A, Z))
        A = Z if Z.shape[0] == 1 else activate(Z, activation)
    return A, caches

# %% wrong: bias-missing-in-the-cache
# cause: the caches hold W A without the bias b, so their second entry is not Z
# visible: passes
def forward(X, parameters, activation):
    L = len(parameters) // 2
    caches = []
    A = X
    for l in range(1, L + 1):
        Z = parameters[f"W{l}"] @ A
        caches.append((A, Z))
        A = Z + parameters[f"b{l}"]
        if l < L:
            A = activate(A, activation)
    return A, caches

# %% wrong: z-clipped-to-500
# cause: every Z is clipped to [-500, 500] against overflow, so that larger signals, such as in deep growing networks, come out as 500
# visible: passes
def forward(X, parameters, activation):
    L = len(parameters) // 2
    caches = []
    A = X
    for l in range(1, L + 1):
        Z = np.clip(parameters[f"W{l}"] @ A + parameters[f"b{l}"], -500.0, 500.0)
        caches.append((A, Z))
        A = activate(Z, activation)
    return Z, caches

# %% wrong: output-forced-into-a-row
# cause: the output is squeezed and turned into one row, so with a single example and several outputs Y_hat has shape (1, n_L) instead of (n_L, 1)
# visible: passes
def forward(X, parameters, activation):
    L = len(parameters) // 2
    caches = []
    A = X
    for l in range(1, L):
        Z = parameters[f"W{l}"] @ A + parameters[f"b{l}"]
        caches.append((A, Z))
        A = activate(Z, activation)
    Z = parameters[f"W{L}"] @ A + parameters[f"b{L}"]
    caches.append((A, Z))
    Y_hat = np.atleast_2d(np.squeeze(Z))
    return Y_hat, caches

# %% wrong: reuses-memory-of-square-layers
# cause: in a layer with as many outputs as inputs the new activation is written into the array of the old one, which is already in the caches (and may be X)
# visible: passes
def forward(X, parameters, activation):
    L = len(parameters) // 2
    caches = []
    A = X
    for l in range(1, L + 1):
        Z = parameters[f"W{l}"] @ A + parameters[f"b{l}"]
        caches.append((A, Z))
        if l < L:
            if Z.shape == A.shape:
                A[:] = activate(Z, activation)
            else:
                A = activate(Z, activation)
    return Z, caches

# %% wrong: activates-the-last-layer
# cause: the last layer gets the activation too, although it is linear
# visible: fails
def forward(X, parameters, activation):
    L = len(parameters) // 2
    caches = []
    A = X
    for l in range(1, L + 1):
        Z = parameters[f"W{l}"] @ A + parameters[f"b{l}"]
        caches.append((A, Z))
        A = activate(Z, activation)
    return A, caches

# %% wrong: caches-as-default-argument
# cause: the list of caches is a default argument and lives on between calls, so a second call appends its pairs to those of the first
# visible: fails
def forward(X, parameters, activation, caches=[]):
    L = len(parameters) // 2
    A = X
    for l in range(1, L + 1):
        Z = parameters[f"W{l}"] @ A + parameters[f"b{l}"]
        caches.append((A, Z))
        A = activate(Z, activation) if l < L else Z
    return A, caches
