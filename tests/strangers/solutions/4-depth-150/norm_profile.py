# %% right: forward-and-column-scaling
def norm_profile(X, parameters, activation):
    Y_hat, caches = forward(X, parameters, activation)
    signals = [A_prev for A_prev, Z in caches] + [Y_hat]
    norms = []
    for A in signals:
        largest = np.max(np.abs(A), axis=0)
        safe = np.where(largest == 0, 1.0, largest)      # a dead column is not divided by 0
        norms.append(largest * np.sqrt(np.sum((A / safe) ** 2, axis=0)))
    norms = np.array(norms)
    return norms / norms[0]

# %% right: hypot-reduce
def norm_profile(X, parameters, activation):
    # np.hypot does not square, so it neither overflows nor underflows
    depth = len(parameters) // 2
    A = X
    start = np.hypot.reduce(A, axis=0)
    rows = [start / start]
    for l in range(1, depth + 1):
        Z = parameters["W" + str(l)] @ A + parameters["b" + str(l)]
        A = Z if l == depth else activate(Z, activation)
        rows.append(np.abs(np.hypot.reduce(A, axis=0)) / start)
    return np.vstack(rows)

# %% right: plain-python-math-hypot
import math

def column_norm(A, j):
    return math.hypot(*[float(A[i, j]) for i in range(A.shape[0])])

def norm_profile(X, parameters, activation):
    Y_hat, caches = forward(X, parameters, activation)
    L = len(caches)
    m = X.shape[1]
    profile = np.zeros((L + 1, m))
    for j in range(m):
        n0 = column_norm(X, j)
        for l in range(L):
            profile[l, j] = column_norm(caches[l][0], j) / n0
        profile[L, j] = column_norm(Y_hat, j) / n0
    return profile

# %% right: long-double
def norm_profile(X, parameters, activation):
    # 80-bit floats have exponents up to +-4932, so the squares fit
    L = max(int(k[1:]) for k in parameters if k.startswith("W"))
    A = np.array(X, dtype=float)
    squares = [(A.astype(np.longdouble) ** 2).sum(axis=0)]
    for l in range(1, L + 1):
        Z = np.dot(parameters["W%d" % l], A) + parameters["b%d" % l]
        if l < L:
            A = activate(Z, activation)
        else:
            A = Z
        squares.append((A.astype(np.longdouble) ** 2).sum(axis=0))
    norms = np.sqrt(np.array(squares))
    return (norms / norms[0]).astype(np.float64)

# %% right: recursive-lines
def norm_profile(X, parameters, activation):
    L = len(parameters) // 2

    def signals(A, l):
        if l > L:
            return [A]
        Z = parameters[f"W{l}"] @ A + parameters[f"b{l}"]
        return [A] + signals(activate(Z, activation if l < L else "linear"), l + 1)

    def norm(A):
        s = abs(A).max(axis=0, keepdims=True)
        unit = np.divide(A, s, out=np.zeros(A.shape), where=s > 0)
        return (s * np.linalg.norm(unit, axis=0)).ravel()

    norms = [norm(A) for A in signals(np.asarray(X, dtype=float), 1)]
    return np.stack([n / norms[0] for n in norms])

# %% right: log-sum-exp
from scipy.special import logsumexp

def log_norms(A):
    """log of the norm of each column; -inf for a column of zeros"""
    with np.errstate(divide="ignore"):
        return 0.5 * logsumexp(2.0 * np.log(np.abs(A)), axis=0)

def norm_profile(X, parameters, activation):
    Y_hat, caches = forward(X, parameters, activation)
    logs = np.array([log_norms(c[0]) for c in caches] + [log_norms(Y_hat)])
    return np.exp(logs - logs[0])

# %% right: power-of-two-exponents
def norm_profile(X, parameters, activation):
    def norms_of(A):
        # scale each column by the power of two of its largest entry: no rounding at all
        _, e = np.frexp(np.abs(A).max(axis=0))
        scaled = np.ldexp(A, -e[np.newaxis, :])
        return np.ldexp(np.sqrt(np.einsum("ij,ij->j", scaled, scaled)), e)

    count = sum(name[0] == "W" for name in parameters)
    A = X
    all_norms = [norms_of(A)]
    for l in range(1, count + 1):
        A = parameters[f"W{l}"] @ A + parameters[f"b{l}"]
        if l != count:
            A = activate(A, activation)
        all_norms.append(norms_of(A))
    return np.array(all_norms) / all_norms[0][None, :]

# %% right: running-scale-class
class SafeNorm:
    """Blue's / LAPACK's trick: keep a scale and the sum of squares relative to it."""

    def __init__(self):
        self.scale = 0.0
        self.ssq = 1.0

    def add(self, value):
        value = abs(value)
        if value == 0.0:
            return
        if self.scale < value:
            self.ssq = 1.0 + self.ssq * (self.scale / value) ** 2
            self.scale = value
        else:
            self.ssq += (value / self.scale) ** 2

    def result(self):
        return self.scale * self.ssq ** 0.5


def norm_profile(X, parameters, activation):
    Y_hat, caches = forward(X, parameters, activation)
    layers = [c[0] for c in caches]
    layers.append(Y_hat)
    table = []
    for A in layers:
        row = []
        for column in A.T:
            acc = SafeNorm()
            for v in column:
                acc.add(float(v))
            row.append(acc.result())
        table.append(row)
    first = table[0]
    return np.array([[v / f for v, f in zip(row, first)] for row in table])

# %% right: blas-nrm2
from scipy.linalg.blas import dnrm2

def norm_profile(X, parameters, activation):
    # BLAS has its own 2-norm of a vector, and that one is safe against under- and overflow
    assert X.ndim == 2
    L = len(parameters) // 2
    out = np.empty((L + 1, X.shape[1]))
    for j in range(X.shape[1]):
        a = np.array(X[:, j:j + 1], dtype=float)
        start = dnrm2(a.ravel())
        out[0, j] = 1.0
        for l in range(1, L + 1):
            z = parameters[f"W{l}"] @ a + parameters[f"b{l}"]
            a = z if l == L else activate(z, activation)
            out[l, j] = dnrm2(np.ascontiguousarray(a.ravel())) / start
    return out

# %% right: three-ranges
def norm_profile(X: np.ndarray, parameters: dict, activation: str) -> np.ndarray:
    """Three ranges of magnitudes, chosen for every example by itself."""
    def norm(A: np.ndarray) -> np.ndarray:
        big = np.abs(A).max(axis=0)
        factor = np.ones(big.shape)
        factor[big < 1e-100] = 1e200
        factor[big > 1e100] = 1e-200
        return np.linalg.norm(A * factor, axis=0) / factor

    Y_hat, caches = forward(X, parameters, activation)
    start = norm(caches[0][0])
    profile = np.ones((len(caches) + 1, X.shape[1]))
    for l, (A_prev, _) in enumerate(caches):
        profile[l] = norm(A_prev) / start
    profile[-1] = norm(Y_hat) / start
    return profile

# %% wrong: plain-linalg-norm
# cause: np.linalg.norm squares the entries, so signals of size 1e-170 get norm 0 (0/0 = nan) and those of 1e170 get inf.
# visible: fails
def norm_profile(X, parameters, activation):
    Y_hat, caches = forward(X, parameters, activation)
    signals = [A for A, Z in caches] + [Y_hat]
    norms = np.array([np.linalg.norm(A, axis=0) for A in signals])
    return norms / norms[0]

# %% wrong: one-scale-for-the-whole-batch
# cause: the matrix is scaled by its overall largest entry, so a small column next to a huge one still underflows to norm 0.
# visible: passes
def norm_profile(X, parameters, activation):
    def safe_norm(A):
        biggest = np.abs(A).max()
        if biggest == 0:
            return np.zeros(A.shape[1])
        return biggest * np.linalg.norm(A / biggest, axis=0)

    Y_hat, caches = forward(X, parameters, activation)
    norms = np.array([safe_norm(A) for A, Z in caches] + [safe_norm(Y_hat)])
    return norms / norms[0]

# %% wrong: keys-sorted-as-text
# cause: the weight names are sorted as strings, so W10 comes before W2 and networks of ten or more layers are run in the wrong order.
# visible: passes
def norm_profile(X, parameters, activation):
    names = sorted(k for k in parameters if k.startswith("W"))
    A = X
    start = np.hypot.reduce(A, axis=0)
    rows = [np.ones(X.shape[1])]
    for i, name in enumerate(names):
        Z = parameters[name] @ A + parameters["b" + name[1:]]
        A = activate(Z, activation) if i < len(names) - 1 else Z
        rows.append(np.abs(np.hypot.reduce(A, axis=0)) / start)
    return np.array(rows)

# %% wrong: always-relu
# cause: the hidden layers are always computed with ReLU, the argument activation is ignored.
# visible: passes
def norm_profile(X, parameters, activation):
    L = len(parameters) // 2
    A = X
    norm = lambda M: np.abs(np.hypot.reduce(M, axis=0))
    profile = np.ones((L + 1, X.shape[1]))
    for l in range(1, L + 1):
        A = parameters[f"W{l}"] @ A + parameters[f"b{l}"]
        if l < L:
            A = np.maximum(A, 0)
        profile[l] = norm(A) / norm(X)
    return profile

# %% wrong: rescue-only-zero-or-inf
# cause: the safe computation is used only when the plain norm is exactly 0 or inf, so at about 1e-162, where the squares are denormal and have lost their digits but are not 0, the norm is off by several per cent and more.
# visible: passes
def norm_profile(X, parameters, activation):
    def norm(a):
        n = np.linalg.norm(a)
        if n == 0 or np.isinf(n):
            s = np.max(np.abs(a))
            n = s * np.linalg.norm(a / s) if s > 0 else 0.0
        return n

    Y_hat, caches = forward(X, parameters, activation)
    layers = [A for A, Z in caches] + [Y_hat]
    with np.errstate(over="ignore"):
        norms = np.array([[norm(A[:, j]) for j in range(A.shape[1])] for A in layers])
    return norms / norms[0]

# %% wrong: scale-without-abs
# cause: the columns are scaled by their largest entry instead of their largest absolute value, so columns of negative entries are not scaled and still under- or overflow.
# visible: passes
def norm_profile(X, parameters, activation):
    def norm(A):
        s = A.max(axis=0)
        s = np.where(s > 0, s, 1.0)
        return s * np.sqrt(((A / s) ** 2).sum(axis=0))

    Y_hat, caches = forward(X, parameters, activation)
    norms = [norm(A) for A, _ in caches] + [norm(Y_hat)]
    return np.array([n / norms[0] for n in norms])

# %% wrong: floor-for-log-plots
# cause: the profile is cut off from below at 1e-100 so that a logarithmic plot works, therefore a dead layer has not norm 0 and smaller signals are reported too large.
# visible: passes
def norm_profile(X, parameters, activation):
    Y_hat, caches = forward(X, parameters, activation)
    rows = []
    for A in [c[0] for c in caches] + [Y_hat]:
        s = np.abs(A).max(axis=0)
        s[s == 0] = 1
        rows.append(s * np.linalg.norm(A / s, axis=0))
    profile = np.array(rows) / rows[0]
    return np.maximum(profile, 1e-100)

# %% wrong: normalise-extreme-inputs
# cause: inputs of extreme size are rescaled to size 1 before they go through the network, which changes the result as soon as there are biases or an activation that is not homogeneous.
# visible: passes
def norm_profile(X, parameters, activation):
    size = np.abs(X).max()
    if size < 1e-100 or size > 1e100:
        X = X / size             # the profile is relative, so the size of the input cancels
    Y_hat, caches = forward(X, parameters, activation)
    norms = []
    for A in [c[0] for c in caches] + [Y_hat]:
        norms.append(np.abs(np.hypot.reduce(A, axis=0)))
    return np.array(norms) / norms[0]

# %% wrong: last-layer-activated
# cause: the activation is applied to the last layer as well, although that layer is linear.
# visible: fails
def norm_profile(X, parameters, activation):
    depth = len(parameters) // 2
    A = X
    norms = [np.abs(np.hypot.reduce(A, axis=0))]
    for l in range(1, depth + 1):
        A = activate(parameters[f"W{l}"] @ A + parameters[f"b{l}"], activation)
        norms.append(np.abs(np.hypot.reduce(A, axis=0)))
    return np.array(norms) / norms[0]

# %% wrong: preactivations-instead
# cause: the norms of the pre-activations Z are recorded for the hidden layers instead of those of the activations A.
# visible: fails
def norm_profile(X, parameters, activation):
    Y_hat, caches = forward(X, parameters, activation)
    norm = lambda A: np.abs(np.hypot.reduce(A, axis=0))
    norms = [norm(X)] + [norm(Z) for A_prev, Z in caches]
    return np.array(norms) / norms[0]
