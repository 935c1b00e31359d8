# %% right: plain-if-chain
def activate(Z, kind):
    if kind == "linear":
        return Z
    elif kind == "relu":
        return np.maximum(0, Z)
    elif kind == "tanh":
        return np.tanh(Z)
    elif kind == "sigmoid":
        return 1 / (1 + np.exp(-Z))

# %% right: sigmoid-two-masks
def activate(Z, kind):
    """Apply an activation to every entry of Z."""
    if kind == "linear":
        return Z.copy()
    if kind == "relu":
        A = Z.copy()
        A[A < 0] = 0.0
        return A
    if kind == "tanh":
        return np.tanh(Z)
    if kind == "sigmoid":
        # numerically stable sigmoid: never exponentiate a positive number
        A = np.empty(Z.shape)
        pos = Z >= 0
        neg = ~pos
        A[pos] = 1.0 / (1.0 + np.exp(-Z[pos]))
        e = np.exp(Z[neg])
        A[neg] = e / (1.0 + e)
        return A
    raise ValueError("unknown activation " + str(kind))

# %% right: double-loop-math
import math

def activate(Z, kind):
    n, m = Z.shape
    A = np.zeros((n, m))
    for i in range(n):
        for j in range(m):
            z = float(Z[i, j])
            if kind == "linear":
                A[i, j] = z
            elif kind == "relu":
                if z > 0:
                    A[i, j] = z
                else:
                    A[i, j] = 0.0
            elif kind == "tanh":
                A[i, j] = math.tanh(z)
            else:
                try:
                    A[i, j] = 1.0 / (1.0 + math.exp(-z))
                except OverflowError:
                    # exp(-z) is too large, so the quotient is 0
                    A[i, j] = 0.0
    return A

# %% right: dict-of-lambdas
ACTIVATIONS = {
    "linear": lambda z: z,
    "relu": lambda z: np.where(z > 0, z, 0.0),
    "tanh": lambda z: np.tanh(z),
    "sigmoid": lambda z: np.exp(-np.logaddexp(0.0, -z)),
}

def activate(Z, kind):
    return ACTIVATIONS[kind](Z)

# %% right: sigmoid-through-tanh
def activate(Z, kind):
    # sigma(z) = (1 + tanh(z / 2)) / 2, so no exponentials are needed at all
    if kind == "sigmoid":
        return 0.5 * (1.0 + np.tanh(0.5 * Z))
    if kind == "tanh":
        return np.tanh(Z)
    if kind == "relu":
        return (Z + np.abs(Z)) / 2
    return 1.0 * Z

# %% right: vectorized-scalar-function
def _g(z, kind):
    if kind == "linear":
        return z
    if kind == "relu":
        return max(0.0, z)
    if kind == "tanh":
        return np.tanh(z)
    # sigmoid
    if z < 0:
        return np.exp(z) / (1 + np.exp(z))
    return 1 / (1 + np.exp(-z))

def activate(Z, kind):
    g = np.vectorize(lambda z: _g(z, kind), otypes=[float])
    return g(Z)

# %% right: scipy-expit
from scipy.special import expit

def activate(Z, kind):
    if kind == "linear":
        return np.array(Z)
    if kind == "relu":
        return Z * (Z > 0)
    if kind == "tanh":
        return np.tanh(Z)
    if kind == "sigmoid":
        return expit(Z)

# %% right: match-with-asserts
def activate(Z: np.ndarray, kind: str) -> np.ndarray:
    assert isinstance(Z, np.ndarray), "Z should be an array"
    assert Z.ndim == 2, "Z should be a matrix"
    assert kind in ("linear", "relu", "tanh", "sigmoid"), f"unknown kind {kind!r}"
    match kind:
        case "linear":
            A = +Z
        case "relu":
            A = np.clip(Z, 0.0, None)
        case "tanh":
            A = np.tanh(Z)
        case "sigmoid":
            # beyond 500 nothing changes in a float64 any more
            A = 1.0 / (1.0 + np.exp(-np.clip(Z, -500.0, 500.0)))
    assert A.shape == Z.shape
    return A

# %% right: nan-patched-to-one
def activate(Z, kind):
    if kind == "sigmoid":
        with np.errstate(over="ignore", invalid="ignore"):
            e = np.exp(Z)
            s = e / (1.0 + e)
        # inf / inf happens only for very large z, where the sigmoid is 1
        return np.where(np.isnan(s), 1.0, s)
    elif kind == "tanh":
        return np.sinh(np.clip(Z, -30, 30)) / np.cosh(np.clip(Z, -30, 30))
    elif kind == "relu":
        return np.fmax(Z, np.zeros_like(Z))
    else:
        return Z.copy()

# %% right: class-with-getattr
class Activation:
    def linear(self, Z):
        return Z

    def relu(self, Z):
        out = np.zeros(Z.shape)
        np.copyto(out, Z, where=Z > 0)
        return out

    def tanh(self, Z):
        # stable: only exponentials of negative numbers
        u = np.expm1(-2.0 * np.abs(Z))
        return -np.sign(Z) * u / (2.0 + u)

    def sigmoid(self, Z):
        e = np.exp(-np.abs(Z))
        return np.where(Z >= 0, 1.0, e) / (1.0 + e)


def activate(Z, kind):
    return getattr(Activation(), kind)(Z)

# %% wrong: sigmoid-clipped-at-20
# cause: Z is clipped to [-20, 20] before the exponential, so that the sigmoid never gets below 2e-9 although it should be about 4e-18 or 0 at z = -40
# visible: passes
def activate(Z, kind):
    if kind == "linear":
        return Z
    if kind == "relu":
        return np.maximum(Z, 0.0)
    if kind == "tanh":
        return np.tanh(Z)
    if kind == "sigmoid":
        Z = np.clip(Z, -20, 20)  # against overflow
        return 1.0 / (1.0 + np.exp(-Z))

# %% wrong: relu-capped-at-six
# cause: the ReLU is cut off at 6 (this is ReLU6), so that every entry above 6 comes out as 6
# visible: passes
def activate(Z, kind):
    if kind == "linear":
        return Z.copy()
    elif kind == "relu":
        return np.minimum(np.maximum(Z, 0.0), 6.0)
    elif kind == "tanh":
        return np.tanh(Z)
    else:
        return 1.0 / (1.0 + np.exp(-Z))

# %% wrong: epsilon-in-the-sigmoid
# cause: 1e-8 is added to the denominator of the sigmoid, where nothing can be divided by zero; all values are about 1e-8 too small
# visible: passes
def activate(Z, kind):
    eps = 1e-8
    if kind == "linear":
        return Z
    if kind == "relu":
        return np.maximum(0, Z)
    if kind == "tanh":
        return np.tanh(Z)
    if kind == "sigmoid":
        return 1 / (1 + np.exp(-Z) + eps)  # eps: no division by zero

# %% wrong: clips-the-callers-matrix
# cause: for the sigmoid, entries below -700 are overwritten by -700 in the matrix of the caller, so Z does not keep its values
# visible: passes
def activate(Z, kind):
    if kind == "linear":
        return Z
    if kind == "relu":
        return np.where(Z < 0, 0.0, Z)
    if kind == "tanh":
        return np.tanh(Z)
    if kind == "sigmoid":
        Z[Z < -700] = -700
        return 1 / (1 + np.exp(-Z))

# %% wrong: tanh-quotient-of-exponentials
# cause: tanh is written as a quotient of exponentials, which is inf / inf = nan at z = 800 and -800
# visible: passes
def activate(Z, kind):
    if kind == "linear":
        A = Z
    elif kind == "relu":
        A = np.maximum(Z, 0)
    elif kind == "tanh":
        A = (np.exp(Z) - np.exp(-Z)) / (np.exp(Z) + np.exp(-Z))
    elif kind == "sigmoid":
        A = 1 / (1 + np.exp(-Z))
    return A

# %% wrong: squeezed-result
# cause: np.squeeze removes the axes of length 1, so that a matrix with one row or one column comes back with the wrong shape
# visible: passes
def activate(Z, kind):
    if kind == "linear":
        A = Z.copy()
    elif kind == "relu":
        A = np.maximum(Z, 0.0)
    elif kind == "tanh":
        A = np.tanh(Z)
    else:
        A = 1.0 / (1.0 + np.exp(-Z))
    return np.squeeze(A)

# %% wrong: one-buffer-per-shape
# cause: the sigmoid of all matrices of one shape is written into the same buffer, so a second call overwrites the result of the first (and its own input, if that is such a result)
# visible: passes
_buffers = {}

def activate(Z, kind):
    if kind == "linear":
        return Z
    if kind == "relu":
        return np.maximum(Z, 0.0)
    if kind == "tanh":
        return np.tanh(Z)
    # allocate the memory only once for each shape
    if Z.shape not in _buffers:
        _buffers[Z.shape] = np.empty(Z.shape)
    out = _buffers[Z.shape]
    np.negative(Z, out=out)
    np.exp(out, out=out)
    out += 1.0
    np.reciprocal(out, out=out)
    return out

# %% wrong: tanh-as-a-stretched-sigmoid
# cause: tanh is computed as 2 sigmoid(2z) - 1, which loses all digits when every z is tiny (it gives 0 for z = 1e-20 instead of 1e-20)
# visible: passes
def activate(Z, kind):
    if kind == "linear":
        return Z
    if kind == "relu":
        return np.maximum(Z, 0.0)
    if kind == "tanh":
        return 2.0 / (1.0 + np.exp(-2.0 * Z)) - 1.0
    return 1.0 / (1.0 + np.exp(-Z))

# %% wrong: sigmoid-inf-over-inf
# cause: exp(z) / (1 + exp(z)) is inf / inf = nan at z = 800
# visible: fails
def activate(Z, kind):
    if kind == "linear":
        return Z
    if kind == "relu":
        return np.maximum(Z, 0.0)
    if kind == "tanh":
        return np.tanh(Z)
    if kind == "sigmoid":
        return np.exp(Z) / (1 + np.exp(Z))

# %% wrong: relu-in-place
# cause: for ReLU the negative entries are set to 0 in the matrix of the caller instead of in a copy
# visible: fails
def activate(Z, kind):
    A = Z
    if kind == "relu":
        A[A < 0] = 0
    elif kind == "tanh":
        A = np.tanh(Z)
    elif kind == "sigmoid":
        A = 1 / (1 + np.exp(-Z))
    return A
