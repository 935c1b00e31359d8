# %% right: rebuild-dictionary
def train(X, Y, parameters, activation, learning_rate, steps):
    m = X.shape[1]
    losses = []
    for step in range(steps + 1):
        Y_hat, caches = forward(X, parameters, activation)
        losses.append(np.sum((Y_hat - Y) ** 2) / (2 * m))
        if step < steps:
            grads = backward(Y_hat, Y, parameters, caches, activation)
            # a new dictionary with new arrays; the caller's is only read
            parameters = {name: value - learning_rate * grads["d" + name] for name, value in parameters.items()}
    return np.array(losses)

# %% right: deepcopy-first
import copy

def train(X, Y, parameters, activation, learning_rate, steps):
    p = copy.deepcopy(parameters)
    L = len(p) // 2

    def cost(Y_hat):
        return 0.5 * np.mean(np.sum((Y_hat - Y) ** 2, axis=0))

    losses = np.zeros(steps + 1)
    Y_hat, caches = forward(X, p, activation)
    losses[0] = cost(Y_hat)
    for t in range(1, steps + 1):
        g = backward(Y_hat, Y, p, caches, activation)
        for l in range(1, L + 1):
            p[f"W{l}"] = p[f"W{l}"] - learning_rate * g[f"dW{l}"]
            p[f"b{l}"] = p[f"b{l}"] - learning_rate * g[f"db{l}"]
        Y_hat, caches = forward(X, p, activation)
        losses[t] = cost(Y_hat)
    return losses

# %% right: own-passes-with-lists
def train(X, Y, parameters, activation, learning_rate, steps):
    L = len(parameters) // 2
    m = X.shape[1]
    W = [np.array(parameters[f"W{l}"], dtype=float) for l in range(1, L + 1)]
    b = [np.array(parameters[f"b{l}"], dtype=float) for l in range(1, L + 1)]
    losses = []
    for t in range(steps + 1):
        A, Z = [X], []
        for l in range(L):
            Z.append(W[l] @ A[l] + b[l])
            A.append(activate(Z[l], activation) if l < L - 1 else Z[l])
        error = A[-1] - Y
        losses.append(float((error * error).sum() / (2 * m)))
        if t == steps:
            break
        D = error / m
        dW, db = [None] * L, [None] * L
        for l in reversed(range(L)):
            dW[l] = D @ A[l].T
            db[l] = D.sum(axis=1, keepdims=True)
            if l > 0:
                D = (W[l].T @ D) * activation_derivative(Z[l - 1], activation)
        for l in range(L):
            W[l] -= learning_rate * dW[l]
            b[l] -= learning_rate * db[l]
    return np.array(losses)

# %% right: accumulate-steps
from itertools import accumulate

def train(X, Y, parameters, activation, learning_rate, steps):
    def one_step(p, _):
        Y_hat, caches = forward(X, p, activation)
        g = backward(Y_hat, Y, p, caches, activation)
        return {k: p[k] - learning_rate * g["d" + k] for k in p}

    def loss(p):
        Y_hat = forward(X, p, activation)[0]
        return ((Y_hat - Y) ** 2).sum() / 2 / Y.shape[1]

    # start, start after 1 step, after 2 steps, ...
    return np.array([loss(p) for p in accumulate(range(steps), one_step, initial=parameters)])

# %% right: generator-of-losses
def descent(X, Y, p, activation, alpha):
    """Yields the loss, then takes a step, for ever."""
    while True:
        Y_hat, caches = forward(X, p, activation)
        yield np.linalg.norm(Y_hat - Y) ** 2 / (2 * X.shape[1])
        g = backward(Y_hat, Y, p, caches, activation)
        p = {k: v - alpha * g[f"d{k}"] for k, v in p.items()}

def train(X, Y, parameters, activation, learning_rate, steps):
    losses = descent(X, Y, parameters, activation, learning_rate)
    return np.array([next(losses) for _ in range(steps + 1)])

# %% right: trainer-class
class GradientDescent:
    def __init__(self, parameters, activation, learning_rate):
        self.parameters = {name: np.copy(array) for name, array in parameters.items()}
        self.activation = activation
        self.learning_rate = learning_rate

    def loss(self, X, Y):
        Y_hat, _ = forward(X, self.parameters, self.activation)
        total = 0.0
        for i in range(Y.shape[1]):
            difference = Y_hat[:, i] - Y[:, i]
            total += difference @ difference
        return total / (2 * Y.shape[1])

    def step(self, X, Y):
        Y_hat, caches = forward(X, self.parameters, self.activation)
        gradients = backward(Y_hat, Y, self.parameters, caches, self.activation)
        new = {}
        for name in self.parameters:
            new[name] = self.parameters[name] - self.learning_rate * gradients["d" + name]
        self.parameters = new


def train(X, Y, parameters, activation, learning_rate, steps):
    trainer = GradientDescent(parameters, activation, learning_rate)
    losses = np.empty(steps + 1)
    losses[0] = trainer.loss(X, Y)
    for k in range(steps):
        trainer.step(X, Y)
        losses[k + 1] = trainer.loss(X, Y)
    return losses

# %% right: flat-parameter-vector
def train(X, Y, parameters, activation, learning_rate, steps):
    # all parameters in one long vector theta, so a step is one line
    names = list(parameters)
    shapes = [parameters[k].shape for k in names]
    sizes = [parameters[k].size for k in names]
    ends = np.cumsum(sizes)

    def unpack(theta):
        return {k: theta[e - n:e].reshape(s) for k, n, e, s in zip(names, sizes, ends, shapes)}

    theta = np.concatenate([parameters[k].ravel() for k in names]).astype(float)
    losses = []
    while True:
        p = unpack(theta)
        Y_hat, caches = forward(X, p, activation)
        losses.append(0.5 * np.sum(np.square(Y_hat - Y)) / X.shape[1])
        if len(losses) == steps + 1:
            return np.asarray(losses)
        g = backward(Y_hat, Y, p, caches, activation)
        theta = theta - learning_rate * np.concatenate([g["d" + k].ravel() for k in names])

# %% right: per-example-gradients
def train(X, Y, parameters, activation, learning_rate, steps):
    """Adds up the gradients example by example: J is the mean of the single costs."""
    assert X.shape[1] == Y.shape[1], "X and Y need as many columns"
    m = X.shape[1]
    p = {k: v.copy() for k, v in parameters.items()}
    history = []
    for t in range(steps + 1):
        total = {k: np.zeros(v.shape) for k, v in p.items()}
        J = 0.0
        for i in range(m):
            x, y = X[:, i:i + 1], Y[:, i:i + 1]
            y_hat, caches = forward(x, p, activation)
            J += 0.5 * float(np.sum((y_hat - y) ** 2)) / m
            g = backward(y_hat, y, p, caches, activation)
            for k in total:
                total[k] += g["d" + k] / m
        history.append(J)
        for k in p:
            p[k] = p[k] - learning_rate * total[k]
    return np.array(history)

# %% right: bias-as-a-column
def train(X, Y, parameters, activation, learning_rate, steps):
    # the bias becomes the last column of the weights, and every signal gets a row of ones
    m = X.shape[1]
    L = len(parameters) // 2
    ones = np.ones((1, m))
    M = [np.hstack([parameters[f"W{l}"], parameters[f"b{l}"]]) for l in range(1, L + 1)]
    losses = []
    for step in range(1 + steps):
        inputs, slopes = [np.vstack([X, ones])], []
        for l, mat in enumerate(M, start=1):
            Z = mat @ inputs[-1]
            if l < L:
                slopes.append(activation_derivative(Z, activation))
                inputs.append(np.vstack([activate(Z, activation), ones]))
        E = Z - Y
        losses.append(np.einsum("ij,ij", E, E) / (2 * m))
        delta, new = E / m, [None] * L
        for l in range(L - 1, -1, -1):
            new[l] = M[l] - learning_rate * delta @ inputs[l].T
            if l:
                delta = (M[l][:, :-1].T @ delta) * slopes[l - 1]
        M = new
    return np.array(losses)

# %% right: typed-with-helpers
from typing import Dict

Parameters = Dict[str, np.ndarray]

def mean_squared_cost(Y_hat: np.ndarray, Y: np.ndarray) -> float:
    m = Y.shape[1]
    return float(np.trace((Y_hat - Y).T @ (Y_hat - Y)) / (2 * m))

def updated(p: Parameters, g: Parameters, alpha: float) -> Parameters:
    return {key: np.subtract(p[key], np.multiply(alpha, g["d" + key])) for key in p.keys()}

def train(X: np.ndarray, Y: np.ndarray, parameters: Parameters, activation: str,
          learning_rate: float, steps: int) -> np.ndarray:
    current = dict(parameters)
    Y_hat, caches = forward(X, current, activation)
    losses = [mean_squared_cost(Y_hat, Y)]
    for _ in range(steps):
        current = updated(current, backward(Y_hat, Y, current, caches, activation), learning_rate)
        Y_hat, caches = forward(X, current, activation)
        losses.append(mean_squared_cost(Y_hat, Y))
    return np.array(losses, dtype=float)

# %% wrong: step-before-recording
# cause: the loss is recorded only after each step, so the loss before the first step is missing.
# visible: fails
def train(X, Y, parameters, activation, learning_rate, steps):
    p = {k: v.copy() for k, v in parameters.items()}
    losses = []
    for _ in range(steps):
        Y_hat, caches = forward(X, p, activation)
        g = backward(Y_hat, Y, p, caches, activation)
        p = {k: p[k] - learning_rate * g["d" + k] for k in p}
        Y_hat, _ = forward(X, p, activation)
        losses.append(np.sum((Y_hat - Y) ** 2) / (2 * X.shape[1]))
    return np.array(losses)

# %% wrong: shallow-copy
# cause: dict(parameters) copies the dictionary but not the arrays, and -= then changes the caller's arrays.
# visible: fails
def train(X, Y, parameters, activation, learning_rate, steps):
    p = dict(parameters)
    m = X.shape[1]
    losses = []
    for t in range(steps + 1):
        Y_hat, caches = forward(X, p, activation)
        losses.append(np.sum((Y_hat - Y) ** 2) / (2 * m))
        if t < steps:
            g = backward(Y_hat, Y, p, caches, activation)
            for k in p:
                p[k] -= learning_rate * g["d" + k]
    return np.array(losses)

# %% wrong: update-while-going-back
# cause: each layer is changed during the way back, so the gradients of the layers below are computed with weights that have been changed already.
# visible: passes
def train(X, Y, parameters, activation, learning_rate, steps):
    p = {k: v.copy() for k, v in parameters.items()}
    L, m = len(p) // 2, X.shape[1]
    losses = []
    for t in range(steps + 1):
        Y_hat, caches = forward(X, p, activation)
        losses.append(np.sum((Y_hat - Y) ** 2) / (2 * m))
        if t == steps:
            break
        D = (Y_hat - Y) / m
        for l in range(L, 0, -1):
            A_prev, Z = caches[l - 1]
            p[f"W{l}"] = p[f"W{l}"] - learning_rate * D @ A_prev.T
            p[f"b{l}"] = p[f"b{l}"] - learning_rate * D.sum(axis=1, keepdims=True)
            if l > 1:
                D = p[f"W{l}"].T @ D * activation_derivative(caches[l - 2][1], activation)
    return np.array(losses)

# %% wrong: hidden-biases-frozen
# cause: only the weights and the last bias are updated, the biases of the hidden layers stay at their start.
# visible: passes
def train(X, Y, parameters, activation, learning_rate, steps):
    p = {k: v.copy() for k, v in parameters.items()}
    L = len(p) // 2
    losses = []
    for t in range(steps + 1):
        Y_hat, caches = forward(X, p, activation)
        losses.append(np.sum((Y_hat - Y) ** 2) / (2 * X.shape[1]))
        g = backward(Y_hat, Y, p, caches, activation)
        for l in range(1, L + 1):
            p[f"W{l}"] = p[f"W{l}"] - learning_rate * g[f"dW{l}"]
        p[f"b{L}"] = p[f"b{L}"] - learning_rate * g[f"db{L}"]
    return np.array(losses)

# %% wrong: momentum
# cause: it adds 0.9 of the previous change to each step (momentum), so from the second step on it is not plain gradient descent.
# visible: passes
def train(X, Y, parameters, activation, learning_rate, steps):
    p = {k: v.copy() for k, v in parameters.items()}
    velocity = {k: np.zeros_like(v) for k, v in p.items()}
    losses = []
    for t in range(steps + 1):
        Y_hat, caches = forward(X, p, activation)
        losses.append(np.sum((Y_hat - Y) ** 2) / (2 * X.shape[1]))
        g = backward(Y_hat, Y, p, caches, activation)
        for k in p:
            velocity[k] = 0.9 * velocity[k] - learning_rate * g["d" + k]
            p[k] = p[k] + velocity[k]
    return np.array(losses)

# %% wrong: mean-over-all-entries
# cause: the loss is half the mean over all entries, so for more than one output it is divided by n_L times m instead of m.
# visible: passes
def train(X, Y, parameters, activation, learning_rate, steps):
    p = {k: v.copy() for k, v in parameters.items()}
    losses = []
    for t in range(steps + 1):
        Y_hat, caches = forward(X, p, activation)
        losses.append(0.5 * np.mean((Y_hat - Y) ** 2))
        g = backward(Y_hat, Y, p, caches, activation)
        p = {k: p[k] - learning_rate * g["d" + k] for k in p}
    return np.array(losses)

# %% wrong: gradients-clipped
# cause: every entry of the gradients is clipped to [-5, 5], so large gradients do not give the step of gradient descent.
# visible: passes
def train(X, Y, parameters, activation, learning_rate, steps):
    p = {k: v.copy() for k, v in parameters.items()}
    m = X.shape[1]
    losses = []
    for t in range(steps + 1):
        Y_hat, caches = forward(X, p, activation)
        losses.append(np.sum((Y_hat - Y) ** 2) / (2 * m))
        g = backward(Y_hat, Y, p, caches, activation)
        for k in p:
            p[k] = p[k] - learning_rate * np.clip(g["d" + k], -5.0, 5.0)   # against explosions
    return np.array(losses)

# %% wrong: relu-hard-coded
# cause: the network is always run with ReLU, the argument activation is ignored.
# visible: passes
def train(X, Y, parameters, activation, learning_rate, steps):
    p = {k: v.copy() for k, v in parameters.items()}
    losses = []
    for t in range(steps + 1):
        Y_hat, caches = forward(X, p, "relu")
        losses.append(np.sum((Y_hat - Y) ** 2) / (2 * X.shape[1]))
        g = backward(Y_hat, Y, p, caches, "relu")
        p = {k: p[k] - learning_rate * g["d" + k] for k in p}
    return np.array(losses)

# %% wrong: caches-in-callers-dictionary
# cause: the history of the losses is stored as a new entry in the caller's dictionary, which must stay unchanged.
# visible: passes
def train(X, Y, parameters, activation, learning_rate, steps):
    p = {k: parameters[k].copy() for k in parameters if k[0] in "Wb"}
    parameters["losses"] = []
    for t in range(steps + 1):
        Y_hat, caches = forward(X, p, activation)
        parameters["losses"].append(np.sum((Y_hat - Y) ** 2) / (2 * X.shape[1]))
        g = backward(Y_hat, Y, p, caches, activation)
        p = {k: p[k] - learning_rate * g["d" + k] for k in p}
    return np.array(parameters["losses"])

# %% wrong: stops-when-flat
# cause: it stops changing the parameters once the loss improves by less than 0.001 and repeats the last loss, instead of taking all the steps.
# visible: passes
def train(X, Y, parameters, activation, learning_rate, steps):
    p = {k: v.copy() for k, v in parameters.items()}
    losses = []
    converged = False
    for t in range(steps + 1):
        Y_hat, caches = forward(X, p, activation)
        losses.append(np.sum((Y_hat - Y) ** 2) / (2 * X.shape[1]))
        if t > 0 and abs(losses[-2] - losses[-1]) < 1e-3:
            converged = True
        if not converged:
            g = backward(Y_hat, Y, p, caches, activation)
            p = {k: p[k] - learning_rate * g["d" + k] for k in p}
    return np.array(losses)
