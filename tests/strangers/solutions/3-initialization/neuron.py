# %% right: vector-times-matrix
def neuron(w, X):
    return w @ X

# %% right: broadcast-and-sum
def neuron(w, X):
    # weight every row of X with its own w_i, then add up over the inputs (the rows)
    weighted = w[:, np.newaxis] * X
    return weighted.sum(axis=0)

# %% right: einsum
def neuron(w, X):
    return np.einsum("i,ij->j", w, X)

# %% right: double-loop
def neuron(w, X):
    n, m = X.shape
    z = np.zeros(m, dtype=float)
    for j in range(m):
        total = 0.0
        for i in range(n):
            total = total + w[i] * X[i, j]
        z[j] = total
    return z

# %% right: list-comprehension-over-examples
def neuron(w, X):
    columns = X.T
    return np.array([sum(wi * xi for wi, xi in zip(w, column)) for column in columns])

# %% right: transposed-dot
def neuron(w: np.ndarray, X: np.ndarray) -> np.ndarray:
    """z for each example."""
    assert w.ndim == 1 and X.ndim == 2, "w is a vector, X is a matrix"
    assert w.shape[0] == X.shape[0], "one weight for each input"
    return X.T.dot(w)

# %% right: row-matrix-then-reshape
def neuron(w, X):
    # make w a real row vector (1, n) as in the lecture, multiply, and flatten again
    n = w.shape[0]
    m = X.shape[1]
    W = w.reshape(1, n)
    Z = np.matmul(W, X)          # (1, m)
    return Z.reshape(m)

# %% right: accumulate-rows
def neuron(w, X):
    z = 0
    for weight, row in zip(w, X):
        z = z + weight * row     # a new array each time, not +=
    return z

# %% right: divide-and-conquer
def neuron(w, X):
    n = len(w)
    if n == 1:
        return w[0] * X[0]
    half = n // 2
    return neuron(w[:half], X[:half]) + neuron(w[half:], X[half:])

# %% right: small-class-with-tensordot
class _Neuron:
    def __init__(self, weights):
        self.weights = weights

    def __call__(self, inputs):
        return np.tensordot(self.weights, inputs, axes=(0, 0))


def neuron(w, X):
    return _Neuron(w)(X)

# %% wrong: squeezes-one-example
# cause: np.squeeze removes every axis of length 1, so that with a single example z has shape () instead of (1,).
# visible: passes
def neuron(w, X):
    z = np.squeeze(w.reshape(1, -1) @ X)
    return np.asarray(z)

# %% wrong: accepts-either-orientation
# cause: it guesses the orientation of X from its shape, and for as many examples as inputs it takes the rows for the examples.
# visible: passes
def neuron(w, X):
    # works whether examples are rows or columns
    if X.shape[1] == len(w):
        return X @ w
    return w @ X

# %% wrong: exactly-three-inputs
# cause: the sum is written out for three inputs, so that further inputs are ignored and fewer make an IndexError.
# visible: passes
def neuron(w, X):
    z = w[0] * X[0] + w[1] * X[1] + w[2] * X[2]
    return z

# %% wrong: last-row-as-accumulator
# cause: z is a view of the last row of X and is changed in place, so that the caller's X is overwritten.
# visible: passes
def neuron(w, X):
    z = X[-1]
    z *= w[-1]
    for i in range(len(w) - 1):
        z += w[i] * X[i]
    return z

# %% wrong: result-has-type-of-inputs
# cause: the result is allocated with the dtype of X, so that for integer inputs each z is cut to an integer.
# visible: passes
def neuron(w, X):
    z = np.zeros_like(X[0])
    for j in range(X.shape[1]):
        z[j] = np.dot(w, X[:, j])
    return z

# %% wrong: weighted-average-times-sum
# cause: it takes the weighted average, which divides by the sum of the weights, and that fails for weights that sum to 0.
# visible: passes
def neuron(w, X):
    return np.average(X, axis=0, weights=w) * np.sum(w)

# %% wrong: list-in-default-argument
# cause: the list z is a default argument and lives on between calls, so that the second call also returns the results of the first.
# visible: passes
def neuron(w, X, z=[]):
    for j in range(X.shape[1]):
        z.append(float(np.sum(w * X[:, j])))
    return np.array(z)

# %% wrong: rounded-to-four-digits
# cause: z is rounded to four decimals, so that small values of z are lost.
# visible: passes
def neuron(w, X):
    z = w @ X
    return np.round(z, 4)       # no ugly 0.30000000000000004

# %% wrong: activation-included
# cause: it applies a ReLU, but z is what the neuron computes before its activation.
# visible: fails
def neuron(w, X):
    z = w @ X
    return np.maximum(0, z)

# %% wrong: mean-in-place-of-sum
# cause: it averages the n terms instead of adding them up, so that z is too small by the factor n.
# visible: fails
def neuron(w, X):
    return np.mean(w[:, None] * X, axis=0)
