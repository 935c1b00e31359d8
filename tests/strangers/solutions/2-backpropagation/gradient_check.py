# %% right: loop-with-copies
def gradient_check(f, theta, gradient, epsilon=1e-5):
    approx = np.zeros(theta.shape)
    for i in range(theta.size):
        plus = theta.copy()
        plus[i] += epsilon
        minus = theta.copy()
        minus[i] -= epsilon
        approx[i] = (f(plus) - f(minus)) / (2 * epsilon)
    numerator = np.linalg.norm(gradient - approx)
    denominator = np.linalg.norm(gradient) + np.linalg.norm(approx)
    if denominator == 0:
        return 0.0
    return numerator / denominator

# %% right: rows-of-the-identity
def gradient_check(f, theta, gradient, epsilon=1e-5):
    E = epsilon * np.eye(len(theta))
    g_hat = np.array([f(theta + e) - f(theta - e) for e in E]) / (2 * epsilon)
    norm = np.linalg.norm
    total = norm(gradient) + norm(g_hat)
    return float(norm(gradient - g_hat) / total) if total != 0 else 0.0

# %% right: moves-theta-and-puts-it-back
def gradient_check(f, theta, gradient, epsilon=1e-5):
    g_hat = []
    for i in range(len(theta)):
        old = theta[i]
        try:
            theta[i] = old + epsilon
            up = f(theta)
            theta[i] = old - epsilon
            down = f(theta)
        finally:
            # put back the saved number; + epsilon would leave rounding errors
            theta[i] = old
        g_hat.append((up - down) / (2.0 * epsilon))
    g_hat = np.array(g_hat)
    a = np.sqrt(np.sum((gradient - g_hat) ** 2))
    b = np.sqrt(np.sum(gradient**2)) + np.sqrt(np.sum(g_hat**2))
    if b == 0.0:
        return 0.0
    return float(a / b)

# %% right: math-sqrt-and-generators
import math

def gradient_check(f, theta, gradient, epsilon=1e-5):
    def moved(i, step):
        t = np.array(theta, dtype=float)
        t[i] = t[i] + step
        return t

    g = [float(x) for x in gradient]
    h = [(float(f(moved(i, epsilon))) - float(f(moved(i, -epsilon)))) / (2 * epsilon) for i in range(len(g))]
    length = lambda v: math.sqrt(sum(x * x for x in v))
    below = length(g) + length(h)
    if below == 0:
        return 0.0
    return length([x - y for x, y in zip(g, h)]) / below

# %% right: hypot-and-dist
from math import dist, hypot

def gradient_check(f, theta, gradient, epsilon=1e-5):
    basis = np.identity(theta.shape[0])
    central = [float(f(theta + epsilon * e) - f(theta - epsilon * e)) / (2 * epsilon) for e in basis]
    g = gradient.tolist()
    below = hypot(*g) + hypot(*central)
    return dist(g, central) / below if below else 0.0

# %% right: derivative-helper
def partial(f, theta, i, epsilon):
    """Central difference of f in coordinate i."""
    step = np.zeros_like(theta)
    step[i] = epsilon
    return (f(theta + step) - f(theta - step)) / (2 * epsilon)


def numerical_gradient(f, theta, epsilon):
    return np.fromiter((partial(f, theta, i, epsilon) for i in range(len(theta))), dtype=float, count=len(theta))


def gradient_check(f, theta, gradient, epsilon=1e-5):
    g_hat = numerical_gradient(f, theta, epsilon)
    if not np.any(gradient) and not np.any(g_hat):
        return 0.0
    return float(np.linalg.norm(gradient - g_hat) / (np.linalg.norm(gradient) + np.linalg.norm(g_hat)))

# %% right: apply-along-axis
def gradient_check(f, theta, gradient, epsilon=1e-5):
    shifts = np.diag(np.full(theta.size, epsilon))
    up = np.apply_along_axis(f, 1, theta[None, :] + shifts)
    down = np.apply_along_axis(f, 1, theta[None, :] - shifts)
    g_hat = (up - down) / (2 * epsilon)
    sizes = np.linalg.norm(np.vstack([gradient - g_hat, gradient, g_hat]), axis=1)
    if sizes[1] + sizes[2] == 0:
        return 0.0
    return float(sizes[0] / (sizes[1] + sizes[2]))

# %% right: scaled-before-squaring
def gradient_check(f, theta, gradient, epsilon: float = 1e-5) -> float:
    """Relative difference; everything is divided by the largest entry first so that no square can underflow."""
    p = len(theta)
    assert gradient.shape == theta.shape == (p,)
    estimate = np.empty(p)
    for i in range(p):
        values = []
        for sign in (1.0, -1.0):
            t = theta.copy()
            t[i] += sign * epsilon
            values.append(f(t))
        estimate[i] = (values[0] - values[1]) / (2.0 * epsilon)
    if not np.all(np.isfinite(estimate)):
        return float("nan")
    big = max(np.max(np.abs(gradient)), np.max(np.abs(estimate)))
    if big == 0.0:
        return 0.0
    g, h = gradient / big, estimate / big
    result = np.linalg.norm(g - h) / (np.linalg.norm(g) + np.linalg.norm(h))
    return float(min(result, 1.0))

# %% right: one-working-copy
def gradient_check(f, theta, gradient, epsilon=1e-5):
    t = theta.copy()  # theta itself belongs to the caller
    diff2 = 0.0
    hat2 = 0.0
    grad2 = 0.0
    for i, g in enumerate(gradient):
        t[i] = theta[i] + epsilon
        fp = f(t)
        t[i] = theta[i] - epsilon
        fm = f(t)
        t[i] = theta[i]
        h = (fp - fm) / (2 * epsilon)
        diff2 += (g - h) ** 2
        hat2 += h**2
        grad2 += g**2
    if hat2 + grad2 == 0:
        return 0.0
    return float(np.sqrt(diff2) / (np.sqrt(grad2) + np.sqrt(hat2)))

# %% right: class-with-dot-products
class Checker:
    def __init__(self, f, epsilon):
        self.f = f
        self.epsilon = epsilon

    def slope(self, theta, i):
        e = self.epsilon * (np.arange(len(theta)) == i)
        return (self.f(theta + e) - self.f(theta - e)) / (2 * self.epsilon)

    def __call__(self, theta, gradient):
        hat = np.array([self.slope(theta, i) for i in range(len(theta))])
        difference = gradient - hat
        top = np.dot(difference, difference) ** 0.5
        bottom = np.dot(gradient, gradient) ** 0.5 + np.dot(hat, hat) ** 0.5
        if top == 0 and bottom == 0:
            return 0.0
        return float(top / bottom)


def gradient_check(f, theta, gradient, epsilon=1e-5):
    return Checker(f, epsilon)(theta, gradient)

# %% wrong: coordinates-stay-moved
# cause: a coordinate that has been moved stays at theta - epsilon while the next ones are moved, so the quotients of a function that mixes its coordinates are taken at the wrong point
# visible: passes
def gradient_check(f, theta, gradient, epsilon=1e-5):
    t = theta.copy()
    g_hat = np.zeros(len(theta))
    for i in range(len(theta)):
        t[i] = theta[i] + epsilon
        up = f(t)
        t[i] = theta[i] - epsilon
        down = f(t)
        g_hat[i] = (up - down) / (2 * epsilon)
    below = np.linalg.norm(gradient) + np.linalg.norm(g_hat)
    if below == 0:
        return 0.0
    return float(np.linalg.norm(gradient - g_hat) / below)

# %% wrong: step-fixed-inside
# cause: the step is set to 1e-5 inside the function, so the argument epsilon has no effect
# visible: passes
def gradient_check(f, theta, gradient, epsilon=1e-5):
    h = 1e-5
    p = theta.shape[0]
    g_hat = np.zeros(p)
    for i in range(p):
        e = np.zeros(p)
        e[i] = h
        g_hat[i] = (f(theta + e) - f(theta - e)) / (2 * h)
    below = np.linalg.norm(gradient) + np.linalg.norm(g_hat)
    if below == 0:
        return 0.0
    return float(np.linalg.norm(gradient - g_hat) / below)

# %% wrong: norm-of-the-sum
# cause: divides by the norm of the sum of the two gradients instead of the sum of their norms, so gradients that point apart give more than 1
# visible: passes
def gradient_check(f, theta, gradient, epsilon=1e-5):
    g_hat = np.array([(f(theta + e) - f(theta - e)) / (2 * epsilon) for e in epsilon * np.eye(len(theta))])
    if not gradient.any() and not g_hat.any():
        return 0.0
    return float(np.linalg.norm(gradient - g_hat) / np.linalg.norm(gradient + g_hat))

# %% wrong: zero-if-the-given-one-is-zero
# cause: returns 0.0 as soon as the given gradient is zero, without looking at the difference quotients; a zero gradient of a function that is not flat passes for right
# visible: passes
def gradient_check(f, theta, gradient, epsilon=1e-5):
    if np.linalg.norm(gradient) == 0:
        return 0.0  # nothing to divide by
    g_hat = np.zeros(len(theta))
    for i in range(len(theta)):
        plus, minus = theta.copy(), theta.copy()
        plus[i] += epsilon
        minus[i] -= epsilon
        g_hat[i] = (f(plus) - f(minus)) / (2 * epsilon)
    return float(np.linalg.norm(gradient - g_hat) / (np.linalg.norm(gradient) + np.linalg.norm(g_hat)))

# %% wrong: divides-by-at-least-one
# cause: divides by at least 1, so for small gradients the result is the absolute difference and a wrong gradient of size 1e-26 passes for right
# visible: passes
def gradient_check(f, theta, gradient, epsilon=1e-5):
    g_hat = np.zeros(len(theta))
    for i in range(len(theta)):
        plus, minus = theta.copy(), theta.copy()
        plus[i] += epsilon
        minus[i] -= epsilon
        g_hat[i] = (f(plus) - f(minus)) / (2 * epsilon)
    below = np.linalg.norm(gradient) + np.linalg.norm(g_hat)
    return float(np.linalg.norm(gradient - g_hat) / max(1.0, below))

# %% wrong: tiny-counts-as-zero
# cause: treats gradients smaller than 1e-12 as zero and returns 0.0 for them, right or wrong
# visible: passes
def gradient_check(f, theta, gradient, epsilon=1e-5):
    p = len(theta)
    g_hat = np.zeros(p)
    for i in range(p):
        e = np.zeros(p)
        e[i] = epsilon
        g_hat[i] = (f(theta + e) - f(theta - e)) / (2 * epsilon)
    below = np.linalg.norm(gradient) + np.linalg.norm(g_hat)
    if below < 1e-12:
        return 0.0
    return float(np.linalg.norm(gradient - g_hat) / below)

# %% wrong: theta-returned-by-adding
# cause: moves theta itself and takes it back by adding and subtracting epsilon, which leaves rounding errors in the caller's theta
# visible: fails
def gradient_check(f, theta, gradient, epsilon=1e-5):
    g_hat = np.zeros(len(theta))
    for i in range(len(theta)):
        theta[i] += epsilon
        up = f(theta)
        theta[i] -= 2 * epsilon
        down = f(theta)
        theta[i] += epsilon
        g_hat[i] = (up - down) / (2 * epsilon)
    below = np.linalg.norm(gradient) + np.linalg.norm(g_hat)
    return float(np.linalg.norm(gradient - g_hat) / below) if below > 0 else 0.0

# %% wrong: step-relative-to-theta
# cause: the step is epsilon times |theta_i| (at least epsilon) instead of epsilon, which changes the quotient of every function that is not quadratic
# visible: passes
def gradient_check(f, theta, gradient, epsilon=1e-5):
    g_hat = np.zeros(len(theta))
    for i in range(len(theta)):
        h = epsilon * max(1.0, abs(theta[i]))
        plus, minus = theta.copy(), theta.copy()
        plus[i] += h
        minus[i] -= h
        g_hat[i] = (f(plus) - f(minus)) / (2 * h)
    below = np.linalg.norm(gradient) + np.linalg.norm(g_hat)
    if below == 0:
        return 0.0
    return float(np.linalg.norm(gradient - g_hat) / below)

# %% wrong: one-sided-quotient
# cause: uses the one-sided quotient (f(theta + epsilon) - f(theta)) / epsilon, whose error is proportional to epsilon
# visible: fails
def gradient_check(f, theta, gradient, epsilon=1e-5):
    g_hat = np.zeros(len(theta))
    f0 = f(theta)
    for i in range(len(theta)):
        plus = theta.copy()
        plus[i] += epsilon
        g_hat[i] = (f(plus) - f0) / epsilon
    below = np.linalg.norm(gradient) + np.linalg.norm(g_hat)
    if below == 0:
        return 0.0
    return float(np.linalg.norm(gradient - g_hat) / below)

# %% wrong: no-guard-for-two-zeros
# cause: does not treat the case that both gradients are zero, where 0 / 0 gives nan instead of 0.0
# visible: fails
def gradient_check(f, theta, gradient, epsilon=1e-5):
    g_hat = np.zeros(len(theta))
    for i in range(len(theta)):
        plus, minus = theta.copy(), theta.copy()
        plus[i] += epsilon
        minus[i] -= epsilon
        g_hat[i] = (f(plus) - f(minus)) / (2 * epsilon)
    return np.linalg.norm(gradient - g_hat) / (np.linalg.norm(gradient) + np.linalg.norm(g_hat))
