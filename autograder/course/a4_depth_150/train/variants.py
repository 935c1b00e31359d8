"""Right but different solutions of `train`."""

VARIANTS: dict[str, str] = {
    "deep_copy_and_in_place": """
import copy

def train(X, Y, parameters, activation, learning_rate, steps):
    p = copy.deepcopy(parameters)
    m = Y.shape[1]
    losses = np.zeros(steps + 1)
    for t in range(steps + 1):
        Y_hat, caches = forward(X, p, activation)
        losses[t] = 0.5 / m * np.linalg.norm(Y_hat - Y) ** 2
        if t == steps:
            break
        grads = backward(Y_hat, Y, p, caches, activation)
        for key in p:
            p[key] -= learning_rate * grads["d" + key]
    return losses
""",
    "helper_functions": """
def cost(X, Y, parameters, activation):
    return np.mean(np.sum((forward(X, parameters, activation)[0] - Y) ** 2, axis=0)) / 2

def one_step(X, Y, parameters, activation, learning_rate):
    Y_hat, caches = forward(X, parameters, activation)
    gradients = backward(Y_hat, Y, parameters, caches, activation)
    new = {}
    for l in range(1, len(caches) + 1):
        new[f"W{l}"] = parameters[f"W{l}"] - learning_rate * gradients[f"dW{l}"]
        new[f"b{l}"] = parameters[f"b{l}"] - learning_rate * gradients[f"db{l}"]
    return new

def train(X, Y, parameters, activation, learning_rate, steps):
    losses = [cost(X, Y, parameters, activation)]
    for _ in range(steps):
        parameters = one_step(X, Y, parameters, activation, learning_rate)
        losses.append(cost(X, Y, parameters, activation))
    return losses
""",
    "own_backpropagation": """
def train(X, Y, parameters, activation, learning_rate, steps):
    L, m = len(parameters) // 2, X.shape[1]
    W = [None] + [parameters[f"W{l}"].copy() for l in range(1, L + 1)]
    b = [None] + [parameters[f"b{l}"].copy() for l in range(1, L + 1)]
    losses = []
    for t in range(steps + 1):
        A, Z = [X], [None]
        for l in range(1, L + 1):
            Z.append(W[l] @ A[-1] + b[l])
            A.append(Z[-1] if l == L else activate(Z[-1], activation))
        losses.append(((A[L] - Y) ** 2).sum() / (2 * m))
        d = (A[L] - Y) / m
        for l in range(L, 0, -1):
            dW, db = d @ A[l - 1].T, d.sum(axis=1, keepdims=True)
            if l > 1:
                d = (W[l].T @ d) * activation_derivative(Z[l - 1], activation)
            W[l] = W[l] - learning_rate * dW
            b[l] = b[l] - learning_rate * db
    return np.array(losses)
""",
    "recursion": """
def train(X, Y, parameters, activation, learning_rate, steps):
    Y_hat, caches = forward(X, parameters, activation)
    loss = np.array([np.vdot(Y_hat - Y, Y_hat - Y) / (2 * Y.shape[1])])
    if steps == 0:
        return loss
    g = backward(Y_hat, Y, parameters, caches, activation)
    following = {k: v - learning_rate * g["d" + k] for k, v in parameters.items()}
    return np.concatenate([loss, train(X, Y, following, activation, learning_rate, steps - 1)])
""",
    "class_with_state": """
class Descent:
    def __init__(self, parameters, rate):
        self.parameters = {name: np.array(value) for name, value in parameters.items()}
        self.rate = rate

    def step(self, X, Y, activation):
        Y_hat, caches = forward(X, self.parameters, activation)
        for name, slope in backward(Y_hat, Y, self.parameters, caches, activation).items():
            self.parameters[name[1:]] = self.parameters[name[1:]] + (-self.rate) * slope
        return float(np.einsum("ij,ij->", Y_hat - Y, Y_hat - Y)) / 2 / X.shape[1]

def train(X, Y, parameters, activation, learning_rate, steps):
    print("training ...")
    descent = Descent(parameters, learning_rate)
    return np.array([descent.step(X, Y, activation) for _ in range(steps + 1)])
""",
}
