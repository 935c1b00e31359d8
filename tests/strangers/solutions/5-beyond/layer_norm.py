# %% right: mean-and-var
def layer_norm(A, epsilon=1e-5):
    mu = A.mean(axis=0)
    var = A.var(axis=0)
    return (A - mu) / np.sqrt(var + epsilon)

# %% right: deviations-by-hand
def layer_norm(A, epsilon=1e-5):
    n = A.shape[0]
    mean = np.sum(A, axis=0, keepdims=True) / n
    deviation = A - mean
    variance = np.sum(deviation ** 2, axis=0, keepdims=True) / n
    return deviation / (variance + epsilon) ** 0.5

# %% right: column-loop
def layer_norm(A, epsilon=1e-5):
    result = np.zeros(A.shape)
    for j in range(A.shape[1]):
        column = A[:, j]
        result[:, j] = (column - np.mean(column)) / np.sqrt(np.var(column) + epsilon)
    return result

# %% right: pure-python-columns
import math

def normalise_column(a, epsilon):
    n = len(a)
    mu = math.fsum(a) / n
    var = math.fsum((x - mu) ** 2 for x in a) / n
    root = math.sqrt(var + epsilon)
    return [(x - mu) / root for x in a]

def layer_norm(A, epsilon=1e-5):
    columns = [normalise_column([float(x) for x in column], epsilon) for column in A.T]
    return np.array(columns).T

# %% right: centering-matrix
def layer_norm(A, epsilon=1e-5):
    # C = I - 11^T / n subtracts the mean
    n = A.shape[0]
    A = A - A[:1]                          # a shift changes nothing, but keeps the numbers small
    C = np.eye(n) - np.ones((n, n)) / n
    D = C @ A
    return D @ np.diag(1 / np.sqrt(np.einsum("ij,ij->j", D, D) / n + epsilon))

# %% right: apply-along-axis
def layer_norm(A, epsilon=1e-5):
    def norm(a):
        d = a - a.mean()
        return d / np.sqrt(d @ d / a.size + epsilon)

    return np.apply_along_axis(norm, 0, A)

# %% right: hypot-of-std-and-root-epsilon
def layer_norm(A, epsilon=1e-5):
    # sqrt(sigma^2 + epsilon) is the hypotenuse over sigma and sqrt(epsilon)
    sigma = np.std(A, axis=0)
    return np.subtract(A, np.mean(A, axis=0)) / np.hypot(sigma, np.sqrt(epsilon))

# %% right: copy-in-place
def layer_norm(A, epsilon=1e-5):
    out = np.array(A, dtype=np.float64, copy=True)
    out -= out.mean(axis=0)
    spread = np.mean(np.square(out), axis=0)
    spread += epsilon
    out /= np.sqrt(spread)
    return out

# %% right: transposed-class
class LayerNorm:
    def __init__(self, epsilon: float):
        assert epsilon > 0
        self.epsilon = epsilon

    def __call__(self, A: np.ndarray) -> np.ndarray:
        rows = A.T                                    # now one example a row
        mu = np.average(rows, axis=1)[:, None]
        second = np.average((rows - mu) ** 2, axis=1)[:, None]
        return ((rows - mu) * (second + self.epsilon) ** -0.5).T


def layer_norm(A: np.ndarray, epsilon: float = 1e-5) -> np.ndarray:
    return LayerNorm(epsilon)(A)

# %% right: cov-diagonal
def layer_norm(A, epsilon=1e-5):
    # the variances stand on the diagonal of the covariance matrix of the columns; bias=True divides by n
    variances = np.atleast_2d(np.cov(A, rowvar=False, bias=True)).diagonal()
    return np.stack([(a - np.sum(a) / len(a)) / np.sqrt(v + epsilon) for a, v in zip(A.T, variances)], axis=1)

# %% wrong: over-the-batch
# cause: mean and variance are taken over the examples (axis 1) instead of over the units of each example: this is batch normalisation.
# visible: fails
def layer_norm(A, epsilon=1e-5):
    mu = A.mean(axis=1, keepdims=True)
    var = A.var(axis=1, keepdims=True)
    return (A - mu) / np.sqrt(var + epsilon)

# %% wrong: sample-variance
# cause: the variance is divided by n - 1 instead of n (and by 0 for a single unit).
# visible: fails
def layer_norm(A, epsilon=1e-5):
    mu = A.mean(axis=0)
    var = A.var(axis=0, ddof=1)
    return (A - mu) / np.sqrt(var + epsilon)

# %% wrong: epsilon-outside-the-root
# cause: epsilon is added to the standard deviation instead of to the variance inside the root.
# visible: fails
def layer_norm(A, epsilon=1e-5):
    return (A - A.mean(axis=0)) / (A.std(axis=0) + epsilon)

# %% wrong: epsilon-squared
# cause: np.hypot(sigma, epsilon) puts the square of epsilon into the root instead of epsilon.
# visible: passes
def layer_norm(A, epsilon=1e-5):
    sigma = A.std(axis=0)
    return (A - A.mean(axis=0)) / np.hypot(sigma, epsilon)

# %% wrong: median-for-mean
# cause: the columns are centred at their median instead of their mean, which is the same for symmetric columns only.
# visible: passes
def layer_norm(A, epsilon=1e-5):
    centre = np.median(A, axis=0)
    return (A - centre) / np.sqrt(A.var(axis=0) + epsilon)

# %% wrong: square-mean-minus-mean-square
# cause: the variance is computed as mean of the squares minus square of the mean, which loses all digits (or becomes negative) when the mean is much larger than the spread.
# visible: passes
def layer_norm(A, epsilon=1e-5):
    mu = np.mean(A, axis=0)
    var = np.mean(A ** 2, axis=0) - mu ** 2
    return (A - mu) / np.sqrt(var + epsilon)

# %% wrong: clipped-to-three
# cause: the result is clipped to [-3, 3], but with many units a single outlier may be much more than three standard deviations away.
# visible: passes
def layer_norm(A, epsilon=1e-5):
    N = (A - A.mean(axis=0)) / np.sqrt(A.var(axis=0) + epsilon)
    return np.clip(N, -3.0, 3.0)

# %% wrong: restored-afterwards
# cause: A is centred in place and the mean is added again at the end, which gives the caller's numbers back only up to rounding errors.
# visible: passes
def layer_norm(A, epsilon=1e-5):
    mu = A.mean(axis=0)
    A -= mu
    result = A / np.sqrt((A ** 2).mean(axis=0) + epsilon)
    A += mu                                  # leave A as it was
    return result

# %% wrong: small-variance-is-zero
# cause: columns with a variance below 1e-8 are set to 0, but by the formula a small signal becomes small and not 0.
# visible: passes
def layer_norm(A, epsilon=1e-5):
    var = A.var(axis=0)
    N = (A - A.mean(axis=0)) / np.sqrt(var + epsilon)
    N[:, var < 1e-8] = 0.0
    return N

# %% wrong: rounded-to-five-decimals
# cause: the result is rounded to five decimals, so that small signals are distorted or vanish.
# visible: passes
def layer_norm(A, epsilon=1e-5):
    N = (A - A.mean(axis=0)) / np.sqrt(A.var(axis=0) + epsilon)
    return np.round(N, 5)
