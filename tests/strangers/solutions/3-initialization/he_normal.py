# %% right: root-of-two-over-n-in
def he_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)

# %% right: xavier-times-root-two
def he_normal(n_out, n_in, rng):
    # the ReLU throws away half of the mean square, so double the variance
    return np.sqrt(2) * xavier_normal(n_out, n_in, rng)

# %% right: normal-keywords
def he_normal(n_out, n_in, rng):
    """He initialisation: Var W = 2 / n_in"""
    shape = (n_out, n_in)
    variance = 2.0 / n_in
    return rng.normal(loc=0.0, scale=variance ** 0.5, size=shape)

# %% right: effective-inputs
def he_normal(n_out, n_in, rng):
    # on average only half of the inputs get through the ReLU
    effective = n_in / 2
    W = rng.standard_normal(size=(n_out, n_in))
    W /= np.sqrt(effective)
    return W

# %% right: stacked-rows
def he_normal(n_out, n_in, rng):
    rows = []
    for _ in range(n_out):
        row = rng.normal(0, np.sqrt(2 / n_in), n_in)
        rows.append(row)
    return np.vstack(rows)

# %% right: solves-the-formula
def he_normal(n_out, n_in, rng):
    # n * Var w * (1/2 Var z) = Var z   =>   Var w = ...
    var_z = 1.0
    mean_square_input = 0.5 * var_z
    weight_variance = var_z / preactivation_variance(n_in, 1.0, mean_square_input)
    return np.sqrt(weight_variance) * rng.standard_normal((n_out, n_in))

# %% right: polar-form
def he_normal(n_out, n_in, rng):
    # polar form of a normal: radius^2 is exponential with mean 2, angle is uniform
    radius = np.sqrt(2.0 * rng.exponential(1.0, size=(n_out, n_in)))
    angle = rng.uniform(0.0, 2.0 * np.pi, size=(n_out, n_in))
    return np.sqrt(2.0 / n_in) * radius * np.sin(angle)

# %% right: broadcast-scale
def he_normal(n_out, n_in, rng):
    sigma = np.full((n_out, n_in), np.sqrt(2.0) / np.sqrt(n_in))
    return rng.normal(np.zeros_like(sigma), sigma)

# %% right: element-loops
import math


def he_normal(n_out: int, n_in: int, rng: np.random.Generator) -> np.ndarray:
    assert n_in >= 1, "a layer without inputs has no He rule"
    factor = math.sqrt(2 / n_in)
    W = np.zeros((n_out, n_in))
    for i in range(n_out):
        for j in range(n_in):
            W[i, j] = factor * rng.standard_normal()
    return W

# %% right: shuffled-normals
def he_normal(n_out, n_in, rng):
    # fill the matrix column by column, the order does not matter
    numbers = rng.normal(scale=np.sqrt(2 / n_in), size=n_in * n_out)
    rng.shuffle(numbers)
    return numbers.reshape((n_out, n_in), order="F")

# %% wrong: larger-of-the-two
# cause: it divides by the larger of the two numbers of units, which is wrong for layers with more neurons than inputs.
# visible: passes
def he_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / max(n_out, n_in))

# %% wrong: counts-the-bias
# cause: it counts the bias as one more input and divides by n_in + 1, so that the variance is half of what it should be for one input.
# visible: passes
def he_normal(n_out, n_in, rng):
    n_in_with_bias = n_in + 1
    return rng.normal(0, np.sqrt(2 / n_in_with_bias), (n_out, n_in))

# %% wrong: truncated-normal-as-in-keras
# cause: weights beyond two standard deviations are drawn again and the rest is rescaled, so that the variance is right but the weights are truncated and not normal.
# visible: passes
def he_normal(n_out, n_in, rng):
    # like the Keras initializer of the same name
    W = rng.standard_normal((n_out, n_in))
    while True:
        bad = np.abs(W) > 2
        if not bad.any():
            break
        W[bad] = rng.standard_normal(bad.sum())
    return W * np.sqrt(2 / n_in) / 0.87962566103423978

# %% wrong: remembers-the-matrix
# cause: the result is cached by its arguments, so that the second layer of the same size drawn from the same rng is the very same array.
# visible: passes
import functools


@functools.lru_cache(maxsize=None)
def he_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)

# %% wrong: rows-made-to-sum-to-zero
# cause: the mean of every row is subtracted, so that the weights of a neuron depend on each other (with one input they are all 0).
# visible: passes
def he_normal(n_out, n_in, rng):
    W = rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)
    W -= W.mean(axis=1, keepdims=True)        # mean 0
    return W

# %% wrong: sum-of-three-uniforms
# cause: a sum of three uniform numbers is only roughly normal, no weight can be larger than three standard deviations.
# visible: passes
def he_normal(n_out, n_in, rng):
    # central limit theorem; the sum of three uniforms has variance 3/12 = 1/4
    total = rng.random((3, n_out, n_in)).sum(axis=0) - 1.5
    return 2 * total * np.sqrt(2 / n_in)

# %% wrong: variance-four-over-n
# cause: it multiplies the weights of xavier_normal by 2, which multiplies the variance by 4 and not by 2.
# visible: fails
def he_normal(n_out, n_in, rng):
    return 2 * xavier_normal(n_out, n_in, rng)

# %% wrong: same-as-for-tanh
# cause: it uses 1/n_in as for tanh and does not make up for the half that the ReLU takes away.
# visible: fails
def he_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) / np.sqrt(n_in)

# %% wrong: forgets-the-root
# cause: it multiplies by the variance 2/n_in in place of the standard deviation sqrt(2/n_in).
# visible: fails
def he_normal(n_out, n_in, rng):
    return rng.standard_normal((n_out, n_in)) * 2 / n_in

# %% wrong: relu-on-the-weights
# cause: it applies the ReLU to the weights themselves, so that half of them are 0, none is negative and their mean is not 0.
# visible: fails
def he_normal(n_out, n_in, rng):
    W = rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)
    return np.maximum(0.0, W)
