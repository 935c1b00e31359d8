# %% right: plain-product
def preactivation_variance(n, weight_variance, mean_square_input):
    return n * weight_variance * mean_square_input

# %% right: one-term-then-n
def preactivation_variance(n, weight_variance, mean_square_input):
    # E[w^2] = Var w because E[w] = 0
    mean_square_weight = weight_variance
    # one term of the sum: E[w^2 x^2] = E[w^2] E[x^2]
    one_term = mean_square_weight * mean_square_input
    # the mixed terms vanish, n equal ones are left
    return float(n * one_term)

# %% right: np-prod
def preactivation_variance(n, weight_variance, mean_square_input):
    return float(np.prod([n, weight_variance, mean_square_input], dtype=float))

# %% right: loop-over-inputs
def preactivation_variance(n, weight_variance, mean_square_input):
    variance = 0.0
    for i in range(n):
        variance += weight_variance * mean_square_input
    return variance

# %% right: math-fsum
import math


def preactivation_variance(n, weight_variance, mean_square_input):
    return math.fsum([weight_variance * mean_square_input] * n)

# %% right: product-of-standard-deviations
from math import sqrt


def preactivation_variance(n, weight_variance, mean_square_input):
    # spread of w, root mean square of x; random signs make sqrt(n) of n terms
    standard_deviation = sqrt(n) * sqrt(weight_variance) * sqrt(mean_square_input)
    return standard_deviation ** 2

# %% right: asserts-and-annotations
def preactivation_variance(n: int, weight_variance: float, mean_square_input: float) -> float:
    assert n >= 0, "number of inputs"
    assert weight_variance >= 0, "a variance is never negative"
    assert mean_square_input >= 0, "a mean square is never negative"
    result = float(mean_square_input)
    result *= float(weight_variance)
    result *= int(n)
    return result

# %% right: expectation-helper
def _expected_square_of_product(first, second):
    """E[(wx)^2] for independent w and x."""
    return first * second


def preactivation_variance(n, weight_variance, mean_square_input):
    mean_z = 0.0
    mean_square_z = n * _expected_square_of_product(weight_variance, mean_square_input)
    return mean_square_z - mean_z ** 2

# %% right: reduce
from functools import reduce
import operator


def preactivation_variance(*args, **kwargs):
    names = ("n", "weight_variance", "mean_square_input")
    values = list(args) + [kwargs[name] for name in names[len(args):]]
    return reduce(operator.mul, values, 1.0)

# %% right: double-sum-over-covariances
def preactivation_variance(n, weight_variance, mean_square_input):
    # the double sum over i and j of E[w_i w_j] E[x_i x_j]; for i != j the first factor is 0,
    # so the diagonal is all there is. As a dot product of two vectors of length n:
    diagonal_w = np.full(n, weight_variance, dtype=float)
    diagonal_x = np.full(n, mean_square_input, dtype=float)
    return float(diagonal_w @ diagonal_x)

# %% wrong: halves-the-sum
# cause: it halves n down to 1 and doubles each time, which drops the remainder and is right only if n is a power of 2.
# visible: passes
def preactivation_variance(n, weight_variance, mean_square_input):
    # twice as many inputs make twice the variance
    if n <= 1:
        return weight_variance * mean_square_input
    return 2 * preactivation_variance(n // 2, weight_variance, mean_square_input)

# %% wrong: remembers-by-n
# cause: results are remembered by n alone, so that a second call with the same n and other variances gives the old answer.
# visible: passes
_known = {}


def preactivation_variance(n, weight_variance, mean_square_input):
    if n not in _known:
        _known[n] = n * weight_variance * mean_square_input
    return _known[n]

# %% wrong: cut-to-integer
# cause: int() cuts the fraction off, so that 0.9 becomes 0 and 2.25 becomes 2.
# visible: passes
def preactivation_variance(n, weight_variance, mean_square_input):
    return int(n * weight_variance * mean_square_input)

# %% wrong: floor-division
# cause: it divides n by 1/Var w with //, which throws away the fraction unless n times the weight variance is an integer.
# visible: passes
def preactivation_variance(n, weight_variance, mean_square_input):
    fan = 1 / weight_variance
    return n // fan * mean_square_input

# %% wrong: epsilon-for-stability
# cause: a small constant is added to the variance, which is wrong whenever the variance itself is small.
# visible: passes
def preactivation_variance(n, weight_variance, mean_square_input):
    eps = 1e-6
    return n * weight_variance * mean_square_input + eps

# %% wrong: rounded-to-two-digits
# cause: the variance is rounded to two decimals, so that small variances become 0.
# visible: passes
def preactivation_variance(n, weight_variance, mean_square_input):
    return round(n * weight_variance * mean_square_input, 2)

# %% wrong: returns-one-number-per-input
# cause: it returns an array of n equal numbers, one for each input, where the function should return one float.
# visible: fails
def preactivation_variance(n, weight_variance, mean_square_input):
    return np.ones(n) * n * weight_variance * mean_square_input

# %% wrong: standard-deviation
# cause: it takes the square root and so returns the standard deviation of z and not its variance.
# visible: fails
def preactivation_variance(n, weight_variance, mean_square_input):
    return np.sqrt(n * weight_variance * mean_square_input)

# %% wrong: weight-variance-squared
# cause: it takes the variance of the weights for their standard deviation and squares it once more.
# visible: fails
def preactivation_variance(n, weight_variance, mean_square_input):
    return n * weight_variance**2 * mean_square_input

# %% wrong: single-term
# cause: it computes the variance of one term w x and forgets that n of them add up.
# visible: fails
def preactivation_variance(n, weight_variance, mean_square_input):
    return weight_variance * mean_square_input
