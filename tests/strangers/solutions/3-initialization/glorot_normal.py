# %% right: two-over-the-sum
def glorot_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / (n_in + n_out))

# %% right: average-first
def glorot_normal(n_out, n_in, rng):
    n = (n_in + n_out) / 2
    variance = 1 / n
    return rng.normal(0.0, np.sqrt(variance), (n_out, n_in))

# %% right: np-mean-of-shape
def glorot_normal(n_out, n_in, rng):
    shape = (n_out, n_in)
    return rng.standard_normal(shape) / np.sqrt(np.mean(shape))

# %% right: rescaled-xavier
def glorot_normal(n_out, n_in, rng):
    # xavier_normal has variance 1 / n_in, so multiply the variance by n_in / average
    average = 0.5 * (n_in + n_out)
    W = xavier_normal(n_out, n_in, rng)
    return W * np.sqrt(n_in / average)

# %% right: generator-of-rows
def _row(n_out, n_in, rng):
    return rng.normal(scale=(2.0 / (n_out + n_in)) ** 0.5, size=n_in)


def glorot_normal(n_out, n_in, rng):
    return np.stack([_row(n_out, n_in, rng) for _ in range(n_out)])

# %% right: polar-method
import math


def _polar_normal(rng):
    """A standard normal number by Marsaglia's polar method."""
    while True:
        u = 2.0 * rng.random() - 1.0
        v = 2.0 * rng.random() - 1.0
        s = u * u + v * v
        if 0.0 < s < 1.0:
            return u * math.sqrt(-2.0 * math.log(s) / s)


def glorot_normal(n_out, n_in, rng):
    sigma = math.sqrt(2 / (n_in + n_out))
    numbers = [sigma * _polar_normal(rng) for _ in range(n_out * n_in)]
    return np.array(numbers).reshape(n_out, n_in)

# %% right: inverse-distribution-function
from scipy.special import ndtri


def glorot_normal(n_out, n_in, rng):
    # uniform on the open interval (0, 1), then through the inverse of the normal distribution function
    u = (rng.integers(0, 2**52, size=(n_out, n_in)) + 0.5) / 2.0**52
    return ndtri(u) * np.sqrt(2.0 / (n_in + n_out))

# %% right: real-part-of-complex
def glorot_normal(n_out, n_in, rng):
    # complex normal numbers, rotated by a fixed angle; the real part is normal again
    Z = rng.standard_normal((n_out, n_in)) + 1j * rng.standard_normal((n_out, n_in))
    Z = Z * np.exp(1j * np.pi / 5)
    return np.sqrt(2 / (n_out + n_in)) * Z.real

# %% right: little-class
class _Glorot:
    def __init__(self, n_out: int, n_in: int):
        self.shape = (n_out, n_in)
        self.variance = 1.0 / ((n_out + n_in) / 2.0)

    def draw(self, rng: np.random.Generator) -> np.ndarray:
        return self.variance ** 0.5 * rng.standard_normal(self.shape)


def glorot_normal(n_out, n_in, rng):
    return _Glorot(n_out, n_in).draw(rng)

# %% right: harmonic-combination
def glorot_normal(n_out, n_in, rng):
    forward = 1 / n_in        # what the signal wants
    backward = 1 / n_out      # what the gradient wants
    # 1/average = harmonic mean of the two wishes
    variance = 2 / (1 / forward + 1 / backward)
    sign = rng.choice([-1, 1], size=(n_out, n_in))
    return sign * np.abs(rng.normal(0, np.sqrt(variance), size=(n_out, n_in)))

# %% wrong: integer-average
# cause: the average is rounded down to an integer by //, which is wrong if n_in + n_out is odd.
# visible: passes
def glorot_normal(n_out, n_in, rng):
    n = (n_in + n_out) // 2
    return rng.standard_normal((n_out, n_in)) / np.sqrt(n)

# %% wrong: always-a-tenth
# cause: the standard deviation is fixed at 0.1, which is right only if n_in + n_out is 200.
# visible: passes
def glorot_normal(n_out, n_in, rng):
    return 0.1 * rng.standard_normal((n_out, n_in))

# %% wrong: one-direction-if-wide
# cause: if a layer has more inputs than neurons it falls back to 1/n_in in place of the average.
# visible: passes
def glorot_normal(n_out, n_in, rng):
    if n_in > n_out:
        return xavier_normal(n_out, n_in, rng)
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / (n_in + n_out))

# %% wrong: symmetric-if-square
# cause: for square layers it makes the matrix symmetric, so that W[i, j] and W[j, i] are the same number and not independent.
# visible: passes
def glorot_normal(n_out, n_in, rng):
    W = rng.standard_normal((n_out, n_in)) * np.sqrt(2 / (n_in + n_out))
    if n_in == n_out:
        # both directions alike: W and W.T should be the same
        W = np.triu(W) + np.triu(W, 1).T
    return W

# %% wrong: copies-the-generator
# cause: it draws from a copy of rng, so that rng itself does not move on and the next layer starts with the same numbers.
# visible: passes
import copy


def glorot_normal(n_out, n_in, rng):
    local = copy.deepcopy(rng)       # do not change what belongs to the caller
    return local.normal(0, np.sqrt(2 / (n_in + n_out)), (n_out, n_in))

# %% wrong: logistic-weights
# cause: mean and variance are right, but the weights follow a logistic distribution and not a normal one.
# visible: passes
def glorot_normal(n_out, n_in, rng):
    # the logistic distribution with scale s has variance (pi s)^2 / 3
    s = np.sqrt(3) / np.pi * np.sqrt(2 / (n_in + n_out))
    return rng.logistic(0.0, s, (n_out, n_in))

# %% wrong: exact-variance
# cause: the sample is shifted and scaled to have exactly the wanted mean and variance, which makes the weights depend on each other and divides 0 by 0 for a single weight.
# visible: passes
def glorot_normal(n_out, n_in, rng):
    W = rng.standard_normal((n_out, n_in))
    W = (W - W.mean()) / W.std()
    return W * np.sqrt(2 / (n_in + n_out))

# %% wrong: missing-brackets
# cause: without brackets 2 / n_in + n_out adds n_out to 2/n_in, so that the variance is far too large.
# visible: fails
def glorot_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in + n_out)

# %% wrong: average-of-the-variances
# cause: it averages the variances 1/n_in and 1/n_out, where the average of the numbers of units should be taken.
# visible: fails
def glorot_normal(n_out, n_in, rng):
    variance = (1 / n_in + 1 / n_out) / 2
    return rng.standard_normal((n_out, n_in)) * np.sqrt(variance)

# %% wrong: sum-in-place-of-average
# cause: it divides by the sum of the two numbers of units and not by their average, so that the variance is half of what it should be.
# visible: fails
def glorot_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) / np.sqrt(n_in + n_out)
