# %% right: scaled-standard-normal
def init_neuron(n, rng):
    return rng.standard_normal(n) / np.sqrt(n)

# %% right: normal-with-scale
def init_neuron(n, rng):
    return rng.normal(loc=0.0, scale=np.sqrt(1.0 / n), size=(n,))

# %% right: uniform-on-an-interval
def init_neuron(n, rng):
    # uniform on (-a, a) has variance a^2 / 3, so a = sqrt(3 / n)
    a = np.sqrt(3 / n)
    return rng.uniform(-a, a, n)

# %% right: random-signs
def init_neuron(n, rng):
    signs = rng.choice([-1.0, 1.0], size=n)
    return signs / np.sqrt(n)

# %% right: coin-flips-from-integers
import math


def init_neuron(n, rng):
    coins = rng.integers(0, 2, size=n)      # 0 or 1
    return (2 * coins - 1) / math.sqrt(n)   # -1 or 1, then scaled

# %% right: one-at-a-time
def init_neuron(n, rng):
    weights = []
    s = (1 / n) ** 0.5
    for _ in range(n):
        weights.append(s * rng.standard_normal())
    return np.array(weights)

# %% right: centered-random
def init_neuron(n, rng):
    # rng.random has mean 1/2 and variance 1/12
    u = rng.random(n)
    return (u - 0.5) * np.sqrt(12.0 / n)

# %% right: laplace
def init_neuron(n, rng):
    # the Laplace distribution with scale s has variance 2 s^2
    s = np.sqrt(1 / (2 * n))
    return rng.laplace(0.0, s, size=n)

# %% right: cosine-of-random-phase
def init_neuron(n: int, rng: np.random.Generator) -> np.ndarray:
    """The cosine of a random angle has mean 0 and mean square 1/2."""
    assert n >= 1
    phase = rng.uniform(0.0, 2.0 * np.pi, size=n)
    return np.sqrt(2.0 / n) * np.cos(phase)

# %% right: triangular-as-difference-of-uniforms
def init_neuron(n, rng):
    # difference of two independent uniforms: mean 0, variance 1/12 + 1/12 = 1/6
    first, second = rng.random((2, n))
    w = first - second
    w *= np.sqrt(6)          # now variance 1
    w /= np.sqrt(n)          # now variance 1/n
    return w

# %% wrong: scale-of-the-example
# cause: the scale is fixed at 1/50, which is right for the 2500 inputs of the example only.
# visible: passes
def init_neuron(n, rng):
    return 0.02 * rng.standard_normal(n)

# %% wrong: own-generator
# cause: it makes a generator of its own with a fixed seed and ignores rng, so that every call gives the same weights.
# visible: passes
def init_neuron(n, rng):
    rng = np.random.default_rng(42)
    return rng.standard_normal(n) / np.sqrt(n)

# %% wrong: standardized-sample
# cause: it forces the sample to have exactly mean 0 and variance 1/n, which makes the weights depend on each other (and divides 0 by 0 for one input).
# visible: passes
def init_neuron(n, rng):
    w = rng.standard_normal(n)
    w = (w - np.mean(w)) / np.std(w)
    return w / np.sqrt(n)

# %% wrong: alternating-signs
# cause: the signs alternate and are not drawn, so that the weights are not random at all.
# visible: passes
def init_neuron(n, rng):
    # mean 0, variance 1/n
    signs = (-1.0) ** np.arange(n)
    return signs / np.sqrt(n)

# %% wrong: mirrored-half
# cause: the second half of the weights is the negative of the first, so that the weights are not independent.
# visible: passes
def init_neuron(n, rng):
    half = rng.standard_normal((n + 1) // 2)
    w = np.concatenate([half, -half])[:n]
    return w / np.sqrt(n)

# %% wrong: counts-the-bias
# cause: it divides by n + 1 in place of n, which makes the variance of small neurons too small (half of it for one input).
# visible: passes
def init_neuron(n, rng):
    fan = n + 1      # n inputs and the bias
    return rng.standard_normal(n) / np.sqrt(fan)

# %% wrong: rounded-to-two-digits
# cause: the weights are rounded to two decimals, so that for many inputs most or all of them become 0 and the variance is no longer 1/n.
# visible: passes
def init_neuron(n, rng):
    w = rng.normal(0, 1 / np.sqrt(n), n)
    return np.round(w, 2)

# %% wrong: half-filled
# cause: the loop goes over pairs and leaves the last weight of an odd number of inputs at 0.
# visible: passes
def init_neuron(n, rng):
    w = np.zeros(n)
    for i in range(n // 2):
        w[2 * i: 2 * i + 2] = rng.standard_normal(2) / np.sqrt(n)
    return w

# %% wrong: variance-as-scale
# cause: it passes the variance 1/n as the scale, which is the standard deviation, so that the variance is 1/n^2.
# visible: fails
def init_neuron(n, rng):
    return rng.normal(0, 1 / n, n)

# %% wrong: half-width-is-standard-deviation
# cause: it takes the half-width 1/sqrt(n) of the uniform interval for its standard deviation, so that the variance is 1/(3n).
# visible: fails
def init_neuron(n, rng):
    s = 1 / np.sqrt(n)
    return rng.uniform(-s, s, n)
