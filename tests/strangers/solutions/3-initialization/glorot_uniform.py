# %% right: root-of-six
def glorot_uniform(n_out, n_in, rng):
    a = np.sqrt(6 / (n_in + n_out))
    return rng.uniform(-a, a, (n_out, n_in))

# %% right: stretched-random
def glorot_uniform(n_out, n_in, rng):
    variance = 2 / (n_in + n_out)
    a = np.sqrt(3 * variance)            # a^2 / 3 = variance
    return a * (2 * rng.random((n_out, n_in)) - 1)

# %% right: unit-variance-first
def glorot_uniform(n_out, n_in, rng):
    # rng.random has variance 1/12
    standard = np.sqrt(12.0) * (rng.random((n_out, n_in)) - 0.5)
    n = (n_in + n_out) / 2
    return standard / np.sqrt(n)

# %% right: row-loop
def glorot_uniform(n_out, n_in, rng):
    a = (3 / ((n_in + n_out) / 2)) ** 0.5
    W = np.zeros((n_out, n_in))
    for i in range(n_out):
        W[i] = rng.uniform(low=-a, high=a, size=n_in)
    return W

# %% right: sign-times-size
def glorot_uniform(n_out, n_in, rng):
    a = np.sqrt(6.0 / (n_out + n_in))
    size = rng.uniform(0, a, (n_out, n_in))
    sign = np.where(rng.random((n_out, n_in)) < 0.5, -1.0, 1.0)
    return sign * size

# %% right: list-of-lists
from math import sqrt


def glorot_uniform(n_out, n_in, rng):
    a = sqrt(6) / sqrt(n_in + n_out)
    W = []
    for i in range(n_out):
        row = []
        for j in range(n_in):
            row.append(rng.uniform(-a, a))
        W.append(row)
    return np.array(W)

# %% right: scipy-uniform
from scipy.stats import uniform


def glorot_uniform(n_out, n_in, rng):
    a = np.sqrt(6 / (n_in + n_out))
    return uniform(loc=-a, scale=2 * a).rvs(size=(n_out, n_in), random_state=rng)

# %% right: interpolates-the-interval
def glorot_uniform(n_out: int, n_in: int, rng: np.random.Generator) -> np.ndarray:
    a = np.sqrt(6.0 / (n_in + n_out))
    t = rng.random(n_out * n_in)
    W = (1.0 - t) * (-a) + t * a
    W = W.reshape((n_out, n_in))
    assert np.all(np.abs(W) <= a * (1 + 1e-12))
    return W

# %% right: wraps-around
def glorot_uniform(n_out, n_in, rng):
    # a uniform number modulo an interval, on a longer interval of whole multiples
    a = np.sqrt(6 / (n_in + n_out))
    far = rng.uniform(0.0, 8.0, (n_out, n_in))
    return a * (np.mod(far, 2.0) - 1.0)

# %% right: helper-with-variance
def _uniform_with_variance(variance, shape, rng):
    half_width = np.sqrt(3.0 * variance)
    return rng.uniform(-half_width, half_width, size=shape)


def glorot_uniform(n_out, n_in, rng):
    return _uniform_with_variance(1.0 / np.mean([n_out, n_in]), (n_out, n_in), rng)

# %% wrong: two-values-only
# cause: every weight is plus or minus the standard deviation, which has the right variance but is not uniform on an interval.
# visible: passes
def glorot_uniform(n_out, n_in, rng):
    s = np.sqrt(2 / (n_in + n_out))
    return rng.choice([-s, s], size=(n_out, n_in))

# %% wrong: shuffled-grid
# cause: the weights are an evenly spaced grid in random order, so that each value is taken exactly once and the weights are not independent.
# visible: passes
def glorot_uniform(n_out, n_in, rng):
    a = np.sqrt(6 / (n_in + n_out))
    grid = np.linspace(-a, a, n_out * n_in)
    return rng.permutation(grid).reshape(n_out, n_in)

# %% wrong: steps-of-a-tenth
# cause: only 21 different values can occur, which is not the uniform distribution on an interval and has a variance 10 % too large.
# visible: passes
def glorot_uniform(n_out, n_in, rng):
    a = np.sqrt(6 / (n_in + n_out))
    steps = rng.integers(-10, 10, endpoint=True, size=(n_out, n_in))
    return a * steps / 10

# %% wrong: never-beyond-one-half
# cause: it limits a to 0.5, which is the value of one example, so that for small layers the interval is too narrow.
# visible: passes
def glorot_uniform(n_out, n_in, rng):
    a = min(0.5, np.sqrt(6 / (n_in + n_out)))      # all weights lie between -0.5 and 0.5
    return rng.uniform(-a, a, (n_out, n_in))

# %% wrong: rounded-interval
# cause: the end a of the interval is rounded to one decimal, so that it is wrong for most sizes and 0 for large layers.
# visible: passes
def glorot_uniform(n_out, n_in, rng):
    a = np.round(np.sqrt(6 / (n_in + n_out)), 1)
    return rng.uniform(-a, a, (n_out, n_in))

# %% wrong: clipped-normal
# cause: it draws normal weights and clips them to the interval, which is not a uniform distribution: many weights lie exactly at the ends.
# visible: fails
def glorot_uniform(n_out, n_in, rng):
    a = np.sqrt(6 / (n_in + n_out))
    W = glorot_normal(n_out, n_in, rng)
    return np.clip(W, -a, a)

# %% wrong: same-row-for-all
# cause: one row is drawn and used for all neurons, so that the rows are copies of each other.
# visible: passes
def glorot_uniform(n_out, n_in, rng):
    a = np.sqrt(6 / (n_in + n_out))
    row = rng.uniform(-a, a, n_in)
    return np.zeros((n_out, n_in)) + row

# %% wrong: standard-deviation-as-end
# cause: it takes the standard deviation for the end a of the interval, so that the variance is a third of what it should be.
# visible: fails
def glorot_uniform(n_out, n_in, rng):
    a = np.sqrt(2 / (n_in + n_out))
    return rng.uniform(-a, a, (n_out, n_in))

# %% wrong: inputs-only
# cause: it uses n_in in place of the average of n_in and n_out, so that the interval is wrong for layers that are not square.
# visible: fails
def glorot_uniform(n_out, n_in, rng):
    a = np.sqrt(3 / n_in)
    return rng.uniform(-a, a, (n_out, n_in))

# %% wrong: positive-half
# cause: rng.random is only stretched to (0, a) and not shifted, so that no weight is negative and the mean is not 0.
# visible: fails
def glorot_uniform(n_out, n_in, rng):
    a = np.sqrt(6 / (n_in + n_out))
    return a * rng.random((n_out, n_in))
