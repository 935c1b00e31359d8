# %% right: divide-by-root
def xavier_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) / np.sqrt(n_in)

# %% right: normal-with-scale
def xavier_normal(n_out, n_in, rng):
    variance = 1 / n_in
    std = np.sqrt(variance)
    W = rng.normal(0, std, size=(n_out, n_in))
    return W

# %% right: neuron-by-neuron
def xavier_normal(n_out, n_in, rng):
    # a layer is n_out neurons side by side, one to a row
    W = np.empty((n_out, n_in))
    for i in range(n_out):
        W[i, :] = rng.standard_normal(n_in) * n_in ** -0.5
    return W

# %% right: flat-then-reshape
def xavier_normal(n_out, n_in, rng):
    numbers = rng.standard_normal(n_out * n_in)
    return np.sqrt(1.0 / n_in) * numbers.reshape(n_out, n_in)

# %% right: columns-then-transpose
def xavier_normal(n_out, n_in, rng):
    # my formula sheet has one neuron in each column, so draw it that way round
    columns = rng.normal(size=(n_in, n_out))
    columns *= np.sqrt(1 / n_in)
    return columns.T

# %% right: box-muller
def xavier_normal(n_out, n_in, rng):
    u = 1.0 - rng.random((n_out, n_in))        # in (0, 1], so the logarithm is finite
    v = rng.random((n_out, n_in))
    standard = np.sqrt(-2.0 * np.log(u)) * np.cos(2.0 * np.pi * v)
    return standard / np.sqrt(n_in)

# %% right: nested-comprehension
def xavier_normal(n_out, n_in, rng):
    sigma = 1 / np.sqrt(n_in)
    return np.array([[rng.normal(0.0, sigma) for _ in range(n_in)] for _ in range(n_out)])

# %% right: fills-given-array
import math


def xavier_normal(n_out: int, n_in: int, rng: np.random.Generator) -> np.ndarray:
    assert n_out > 0 and n_in > 0
    W = np.empty((n_out, n_in), dtype=np.float64)
    rng.standard_normal(out=W)
    np.multiply(W, 1.0 / math.sqrt(n_in), out=W)
    return W

# %% right: sum-of-two-normals
def xavier_normal(n_out, n_in, rng):
    # the sum of two independent normal numbers is normal, the variances add up
    each = np.sqrt(1 / (2 * n_in))
    return rng.normal(0, each, (n_out, n_in)) + rng.normal(0, each, (n_out, n_in))

# %% right: scipy-norm
from scipy import stats


def xavier_normal(n_out, n_in, rng):
    return stats.norm.rvs(loc=0.0, scale=n_in ** -0.5, size=(n_out, n_in), random_state=rng)

# %% wrong: smaller-of-the-two
# cause: it takes the smaller of the two numbers of units for n_in, which is wrong for layers with fewer neurons than inputs.
# visible: passes
def xavier_normal(n_out, n_in, rng):
    fan = min(n_out, n_in)
    return rng.standard_normal((n_out, n_in)) / np.sqrt(fan)

# %% wrong: laplace-weights
# cause: the variance is right but the weights follow a Laplace distribution and are not normal.
# visible: passes
def xavier_normal(n_out, n_in, rng):
    return rng.laplace(0.0, np.sqrt(0.5 / n_in), size=(n_out, n_in))

# %% wrong: last-row-left-at-zero
# cause: the loop ends one row too early, so that the last neuron has only weights of 0.
# visible: passes
def xavier_normal(n_out, n_in, rng):
    W = np.zeros((n_out, n_in))
    for i in range(0, n_out - 1):
        W[i] = rng.standard_normal(n_in) / np.sqrt(n_in)
    return W

# %% wrong: orthogonal-columns
# cause: the weights come from an orthogonal matrix, whose entries depend on each other and are not normal (for one neuron with one input they are always 1 or -1).
# visible: passes
def xavier_normal(n_out, n_in, rng):
    # orthogonal matrices keep the norm
    big, small = max(n_out, n_in), min(n_out, n_in)
    Q, R = np.linalg.qr(rng.standard_normal((big, small)))
    Q = Q * np.sign(np.diag(R))
    if n_out < n_in:
        Q = Q.T
    return Q * np.sqrt(big / n_in)

# %% wrong: starts-again-from-the-seed
# cause: it restarts the generator from its seed in every call, so that two layers drawn from one rng get the same numbers.
# visible: passes
def xavier_normal(n_out, n_in, rng):
    # always start from the seed, so that the result is reproducible
    fresh = np.random.default_rng(rng.bit_generator.seed_seq.entropy)
    return fresh.standard_normal((n_out, n_in)) / np.sqrt(n_in)

# %% wrong: pool-of-numbers
# cause: the matrix is filled by repeating a pool of 1000 random numbers, so that in larger layers the weights are copies of each other and not independent.
# visible: passes
def xavier_normal(n_out, n_in, rng):
    pool = rng.standard_normal(1000)          # drawing is slow, so recycle
    return np.resize(pool, (n_out, n_in)) / np.sqrt(n_in)

# %% wrong: rounded-standard-deviation
# cause: the standard deviation is rounded to one decimal, which is far off for most n_in and 0 for more than 400 inputs.
# visible: fails
def xavier_normal(n_out, n_in, rng):
    sigma = round(1 / np.sqrt(n_in), 1)
    return rng.normal(0, sigma, (n_out, n_in))

# %% wrong: counts-rows
# cause: it divides by the number of neurons n_out and not by the number of inputs n_in.
# visible: fails
def xavier_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(1 / n_out)

# %% wrong: uniform-weights
# cause: the variance is 1/n_in, but the weights are uniform and the name and the text ask for normal ones.
# visible: fails
def xavier_normal(n_out, n_in, rng):
    a = np.sqrt(3 / n_in)
    return rng.uniform(-a, a, size=(n_out, n_in))

# %% wrong: clipped-at-two-sigma
# cause: weights beyond two standard deviations are cut off to the border, so that the weights are not normal and their variance is too small.
# visible: passes
def xavier_normal(n_out, n_in, rng):
    sigma = 1 / np.sqrt(n_in)
    W = rng.normal(0, sigma, (n_out, n_in))
    return np.clip(W, -2 * sigma, 2 * sigma)
