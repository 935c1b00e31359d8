# %% right: formulas-with-activate
def activation_derivative(Z, kind):
    if kind == "linear":
        return np.ones_like(Z)
    if kind == "relu":
        return (Z > 0).astype(float)
    if kind == "tanh":
        t = activate(Z, "tanh")
        return 1 - t**2
    if kind == "sigmoid":
        s = activate(Z, "sigmoid")
        return s * (1 - s)

# %% right: relu-slope-one-at-zero
def activation_derivative(Z, kind):
    """g'(z) for every entry; at z = 0 I take slope 1 for ReLU."""
    A = activate(Z, kind)
    if kind == "linear":
        D = np.full(Z.shape, 1.0)
    elif kind == "relu":
        D = np.where(Z >= 0, 1.0, 0.0)
    elif kind == "tanh":
        D = 1.0 - A * A
    elif kind == "sigmoid":
        D = A - A * A
    else:
        raise ValueError(kind)
    return D

# %% right: loops-and-math
import math

def activation_derivative(Z, kind):
    D = np.zeros(Z.shape, dtype=float)
    for i in range(Z.shape[0]):
        for j in range(Z.shape[1]):
            z = Z[i, j]
            if kind == "linear":
                D[i, j] = 1.0
            if kind == "relu":
                D[i, j] = 1.0 if z > 0 else 0.0
            if kind == "tanh":
                D[i, j] = 1.0 - math.tanh(z) ** 2
            if kind == "sigmoid":
                # symmetric in z, so use -|z| which cannot overflow
                e = math.exp(-abs(z))
                D[i, j] = e / (1.0 + e) ** 2
    return D

# %% right: dict-of-slopes
def _sig(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1 / (1 + e), e / (1 + e))

SLOPES = {
    "linear": lambda z: np.ones(z.shape),
    "relu": lambda z: np.heaviside(z, 0.0),
    "tanh": lambda z: (1 - np.tanh(z)) * (1 + np.tanh(z)),
    "sigmoid": lambda z: _sig(z) * _sig(-z),
}

def activation_derivative(Z, kind):
    return SLOPES[kind](Z)

# %% right: hyperbolic-cosines
def activation_derivative(Z, kind):
    # 1 - tanh^2 = 1 / cosh^2, and the sigmoid is (1 + tanh(z/2)) / 2
    # cosh(800) = inf is harmless: 1 / inf = 0
    with np.errstate(over="ignore"):
        if kind == "tanh":
            return 1.0 / np.cosh(Z) ** 2
        if kind == "sigmoid":
            return 0.25 / np.cosh(Z / 2) ** 2
    if kind == "relu":
        return np.sign(np.maximum(Z, 0.0))
    return Z * 0.0 + 1.0

# %% right: vectorize-scalar
def activation_derivative(Z, kind):
    def slope(z):
        if kind == "linear":
            return 1.0
        if kind == "relu":
            return float(z > 0)
        if kind == "tanh":
            return 1.0 - np.tanh(z) ** 2
        s = 1.0 / (1.0 + np.exp(-z))
        return s * (1.0 - s)

    return np.vectorize(slope, otypes=[float])(Z)

# %% right: class-of-static-methods
class Slope:
    @staticmethod
    def linear(Z):
        return np.ones(Z.shape, dtype=float)

    @staticmethod
    def relu(Z):
        D = np.zeros(Z.shape, dtype=float)
        D[Z > 0] = 1.0
        return D

    @staticmethod
    def tanh(Z):
        return 1.0 - np.square(np.tanh(Z))

    @staticmethod
    def sigmoid(Z):
        # tanh' stretched: s(z) = (1 + tanh(z/2)) / 2  =>  s' = (1 - tanh(z/2)^2) / 4
        return 0.25 * (1.0 - np.square(np.tanh(Z / 2)))


def activation_derivative(Z, kind):
    return getattr(Slope, kind)(Z)

# %% right: complex-step
def activation_derivative(Z, kind):
    # "Complex step" from a numerics course: g'(z) = Im g(z + ih) / h without cancellation
    h = 1e-30
    if kind == "tanh":
        return np.imag(np.tanh(Z + 1j * h)) / h
    if kind == "sigmoid":
        return np.imag(0.5 * np.tanh((Z + 1j * h) / 2)) / h
    if kind == "relu":
        return np.greater(Z, 0).astype(np.float64)
    return np.ones(Z.shape)

# %% right: list-comprehension-rows
def activation_derivative(Z: np.ndarray, kind: str) -> np.ndarray:
    """Slope of the activation, entry by entry."""
    A: np.ndarray = activate(Z, kind)
    table = {
        "linear": lambda z, a: 1.0,
        "relu": lambda z, a: 1.0 if z > 0 else 0.0,
        "tanh": lambda z, a: 1.0 - a**2,
        "sigmoid": lambda z, a: a * (1.0 - a),
    }
    g = table[kind]
    return np.array([[g(z, a) for z, a in zip(row_z, row_a)] for row_z, row_a in zip(Z, A)], dtype=float)

# %% right: scipy-and-select
from scipy.special import expit

def activation_derivative(Z, kind):
    ones = np.ones(Z.shape)
    zeros = np.zeros(Z.shape)
    s = expit(Z)
    t = np.tanh(Z)
    return np.select(
        [np.full(Z.shape, kind == k) for k in ("linear", "relu", "tanh", "sigmoid")],
        [ones, np.where(Z > 0, ones, zeros), ones - t * t, s * expit(-Z)],
    )

# %% wrong: sigmoid-slope-inf-over-inf
# cause: exp(-z) / (1 + exp(-z))^2 is inf / inf = nan at z = -800, where the slope should be 0
# visible: passes
def activation_derivative(Z, kind):
    if kind == "linear":
        return np.ones(Z.shape)
    if kind == "relu":
        return 1.0 * (Z > 0)
    if kind == "tanh":
        return 1 - np.tanh(Z) ** 2
    if kind == "sigmoid":
        return np.exp(-Z) / (1 + np.exp(-Z)) ** 2

# %% wrong: tanh-from-sinh-and-cosh
# cause: tanh is taken as sinh / cosh, which is inf / inf = nan at z = 800 and -800, so the slope there is nan instead of 0
# visible: passes
def activation_derivative(Z, kind):
    if kind == "linear":
        return np.ones_like(Z)
    elif kind == "relu":
        return np.where(Z > 0, 1.0, 0.0)
    elif kind == "tanh":
        t = np.sinh(Z) / np.cosh(Z)
        return 1 - t * t
    elif kind == "sigmoid":
        s = 1 / (1 + np.exp(-Z))
        return s * (1 - s)

# %% wrong: difference-quotient
# cause: tanh and sigmoid are differentiated by a difference quotient, whose rounding and truncation errors of about 1e-11 are larger than the 1e-12 allowed
# visible: passes
def activation_derivative(Z, kind):
    if kind == "linear":
        return np.ones(Z.shape)
    if kind == "relu":
        return (Z > 0).astype(float)
    h = 1e-5
    return (activate(Z + h, kind) - activate(Z - h, kind)) / (2 * h)

# %% wrong: slope-of-capped-relu
# cause: the slope of ReLU is set to 0 again for z above 6, as for ReLU6, although it is 1 for every positive z
# visible: passes
def activation_derivative(Z, kind):
    if kind == "linear":
        return np.ones(Z.shape)
    if kind == "relu":
        return ((Z > 0) & (Z < 6)).astype(float)
    A = activate(Z, kind)
    if kind == "tanh":
        return 1.0 - A**2
    return A * (1.0 - A)

# %% wrong: linear-slope-is-z
# cause: for "linear" the function value z is returned instead of its slope, which is 1 everywhere
# visible: passes
def activation_derivative(Z, kind):
    if kind == "linear":
        return Z.copy()
    if kind == "relu":
        return np.where(Z > 0, 1.0, 0.0)
    if kind == "tanh":
        return 1 - np.tanh(Z) ** 2
    if kind == "sigmoid":
        s = 1 / (1 + np.exp(-Z))
        return s * (1 - s)

# %% wrong: zeros-moved-off-the-kink
# cause: entries of Z that are exactly 0 are overwritten by 1e-10 in the caller's matrix to get off the kink, so Z does not keep its values
# visible: passes
def activation_derivative(Z, kind):
    if kind == "linear":
        return np.ones(Z.shape)
    if kind == "relu":
        Z[Z == 0] = 1e-10  # ReLU has no slope at 0
        return np.maximum(Z, 0) / Z
    if kind == "tanh":
        return 1 - np.tanh(Z) ** 2
    if kind == "sigmoid":
        s = activate(Z, "sigmoid")
        return s * (1 - s)

# %% wrong: sigmoid-kept-away-from-0-and-1
# cause: s is clipped to [1e-7, 1 - 1e-7] before the product, so the slope at z = 800 and -800 is 1e-7 instead of 0
# visible: passes
def activation_derivative(Z, kind):
    if kind == "linear":
        return np.ones(Z.shape)
    if kind == "relu":
        return (Z > 0) * 1.0
    if kind == "tanh":
        return 1 - np.tanh(Z) ** 2
    if kind == "sigmoid":
        s = np.clip(activate(Z, kind), 1e-7, 1 - 1e-7)
        return s * (1 - s)

# %% wrong: remembers-by-id
# cause: results are remembered under id(Z), so after the entries of Z have changed the function still returns the slopes of the old entries (and hands out the same array twice)
# visible: passes
_memo = {}

def activation_derivative(Z, kind):
    key = (id(Z), Z.shape, kind)
    if key in _memo:
        return _memo[key]
    if kind == "linear":
        D = np.ones(Z.shape)
    elif kind == "relu":
        D = (Z > 0).astype(float)
    elif kind == "tanh":
        D = 1 - np.tanh(Z) ** 2
    else:
        s = activate(Z, "sigmoid")
        D = s * (1 - s)
    _memo[key] = D
    return D

# %% wrong: takes-z-for-the-activation
# cause: the formulas s(1 - s) and 1 - t^2 are applied to z itself as if Z were already the activation
# visible: fails
def activation_derivative(Z, kind):
    if kind == "linear":
        return np.ones(Z.shape)
    if kind == "relu":
        return np.where(Z > 0, 1.0, 0.0)
    if kind == "tanh":
        return 1 - Z**2
    if kind == "sigmoid":
        return Z * (1 - Z)

# %% wrong: tanh-square-forgotten
# cause: the slope of tanh is written as 1 - |t| instead of 1 - t^2
# visible: fails
def activation_derivative(Z, kind):
    A = activate(Z, kind)
    if kind == "linear":
        return np.ones_like(A)
    if kind == "relu":
        return (A > 0).astype(float)
    if kind == "tanh":
        return 1 - np.abs(A)
    if kind == "sigmoid":
        return A * (1 - A)
