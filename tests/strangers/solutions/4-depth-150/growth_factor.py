# %% right: root-of-quotient
def growth_factor(profile):
    steps = profile.shape[0] - 1
    return (profile[-1] / profile[0]) ** (1 / steps)

# %% right: log-mean-of-steps
def growth_factor(profile):
    # geometric mean of the L steps, as the exponential of the mean of their logarithms
    return np.exp(np.diff(np.log(profile), axis=0).mean(axis=0))

# %% right: quotient-of-roots
def growth_factor(profile):
    L = len(profile) - 1
    first = np.power(profile[0, :], 1.0 / L)
    last = np.power(profile[L, :], 1.0 / L)
    return last / first

# %% right: column-loop
def growth_factor(profile):
    rows, columns = np.shape(profile)
    g = np.zeros(columns)
    for j in range(columns):
        start = profile[0][j]
        end = profile[rows - 1][j]
        g[j] = (end / start) ** (1.0 / (rows - 1))
    return g

# %% right: math-comprehension
import math

def growth_factor(profile):
    L = len(profile) - 1
    return np.array([math.exp((math.log(c[-1]) - math.log(c[0])) / L) for c in np.asarray(profile).T])

# %% right: log2-and-exp2
def growth_factor(profile):
    ends = np.log2(np.asarray(profile, dtype=float)[[0, -1]])
    slope = (ends[1] - ends[0]) / (np.size(profile, 0) - 1)
    return np.exp2(slope)

# %% right: unpacked-rows
def growth_factor(profile):
    first, *between, last = profile
    steps = len(between) + 1      # what lies between is only counted
    return np.float_power(last / first, 1 / steps)

# %% right: asserts-and-types
def growth_factor(profile: np.ndarray) -> np.ndarray:
    profile = np.asarray(profile, dtype=np.float64)
    assert profile.ndim == 2, "rows are layers, columns are examples"
    assert profile.shape[0] >= 2, "need at least one step"
    assert np.all(profile > 0), "a profile is positive here"
    n_steps: int = profile.shape[0] - 1
    quotient: np.ndarray = np.divide(profile[n_steps], profile[0])
    return np.power(quotient, np.reciprocal(float(n_steps)))

# %% right: scipy-gmean
from scipy.stats import gmean

def growth_factor(profile):
    # a single "step ratio" last/first spread over L steps: the other L - 1 factors are 1
    L = profile.shape[0] - 1
    factors = np.ones((L, profile.shape[1]))
    factors[0] = profile[-1] / profile[0]
    return gmean(factors, axis=0)

# %% right: recursion-over-columns
def growth_factor(profile):
    if profile.shape[1] == 0:
        return np.array([])
    L = profile.shape[0] - 1
    g = pow(float(profile[-1, 0]) / float(profile[0, 0]), 1 / L)
    return np.concatenate([[g], growth_factor(profile[:, 1:])])

# %% wrong: rows-as-steps
# cause: the number of rows L + 1 is taken for the number of steps, which is L.
# visible: fails
def growth_factor(profile):
    return (profile[-1] / profile[0]) ** (1 / len(profile))

# %% wrong: starts-at-one
# cause: the first row is assumed to be 1, but the profile may start at any positive number.
# visible: fails
def growth_factor(profile):
    L = profile.shape[0] - 1
    return profile[-1] ** (1 / L)

# %% wrong: arithmetic-mean-of-steps
# cause: it averages the ratios of neighbouring rows arithmetically, although the steps multiply and only first and last count.
# visible: fails
def growth_factor(profile):
    return (profile[1:] / profile[:-1]).mean(axis=0)

# %% wrong: product-of-steps
# cause: the ratios of neighbouring rows are multiplied up, so very small or large rows in between over- or underflow although last / first is harmless.
# visible: passes
def growth_factor(profile):
    steps = profile[1:] / profile[:-1]
    return np.prod(steps, axis=0) ** (1 / len(steps))

# %% wrong: rounded-to-three-decimals
# cause: the factor is rounded to three decimals, and over 150 layers this is not the growth of the profile any more.
# visible: passes
def growth_factor(profile):
    L = profile.shape[0] - 1
    return np.round((profile[-1] / profile[0]) ** (1 / L), 3)

# %% wrong: epsilon-in-denominator
# cause: 1e-8 is added to the first row against division by zero, which is wrong for profiles that start at a small number.
# visible: passes
def growth_factor(profile):
    L = profile.shape[0] - 1
    return (profile[-1] / (profile[0] + 1e-8)) ** (1.0 / L)

# %% wrong: most-extreme-row
# cause: it takes the row that is farthest from the start (in logarithms) instead of the last row.
# visible: passes
def growth_factor(profile):
    L = profile.shape[0] - 1
    logs = np.log(profile / profile[0])
    extreme = np.argmax(np.abs(logs), axis=0)
    return np.exp(logs[extreme, np.arange(profile.shape[1])] / L)

# %% wrong: squared-quotient
# cause: the quotient is squared before a root of order 2L is taken, and the square of 1e-170 or 1e170 is not a float64.
# visible: passes
def growth_factor(profile):
    L = profile.shape[0] - 1
    squared = (profile[-1] / profile[0]) ** 2      # norms are roots of squares
    return squared ** (1 / (2 * L))

# %% wrong: float32-profile
# cause: the profile is converted to float32, where everything below 1e-45 is 0 and above 3e38 is inf.
# visible: passes
def growth_factor(profile):
    p = np.array(profile, dtype=np.float32)
    L = p.shape[0] - 1
    with np.errstate(all="ignore"):
        return (p[-1] / p[0]) ** np.float32(1 / L)

# %% wrong: squeezed-single-column
# cause: the result is squeezed, so a profile with a single column gives a number of shape () instead of an array of shape (1,).
# visible: passes
def growth_factor(profile):
    ratio = np.squeeze(profile[-1:] / profile[:1])
    return ratio ** (1 / (profile.shape[0] - 1))
