"""Right but different: every one of these must get full marks on `gradient_check`."""

VARIANTS: dict[str, str] = {
    "copies": """
def gradient_check(f, theta, gradient, epsilon=1e-5):
    approx = np.zeros_like(theta)
    for i in range(len(theta)):
        plus, minus = theta.copy(), theta.copy()
        plus[i] += epsilon
        minus[i] -= epsilon
        approx[i] = (f(plus) - f(minus)) / (2 * epsilon)
    top = np.linalg.norm(gradient - approx)
    bottom = np.linalg.norm(gradient) + np.linalg.norm(approx)
    if bottom == 0:
        return 0.0
    return top / bottom
""",
    "unit_vectors": """
def gradient_check(f, theta, gradient, epsilon=1e-5):
    E = epsilon * np.eye(theta.size)
    g = np.array([(f(theta + e) - f(theta - e)) / epsilon / 2 for e in E])
    norms = np.sqrt(np.sum(g**2)) + np.sqrt(np.sum(gradient**2))
    return float(np.sqrt(np.sum((g - gradient) ** 2)) / norms) if norms else 0
""",
    "put_back_what_was_there": """
def gradient_check(f, theta, gradient, epsilon=1e-5):
    ghat = []
    for i in range(theta.shape[0]):
        kept = theta[i]
        theta[i] = kept + epsilon
        above = f(theta)
        theta[i] = kept - epsilon
        below = f(theta)
        theta[i] = kept
        ghat.append((above - below) / (2.0 * epsilon))
    ghat = np.asarray(ghat)
    norm = lambda v: np.sqrt(v @ v)
    if not ghat.any() and not gradient.any():
        return 0.0
    return norm(gradient - ghat) / (norm(gradient) + norm(ghat))
""",
    "moving_a_copy": """
def gradient_check(f, theta, gradient, epsilon=1e-5):
    t = np.array(theta)
    g = np.empty(t.size)
    for i in range(t.size):
        t[i] += epsilon
        g[i] = f(t)
        t[i] -= 2 * epsilon
        g[i] -= f(t)
        t[i] += epsilon
    g /= 2 * epsilon
    denominator = np.linalg.norm(g) + np.linalg.norm(gradient)
    return np.float64(0) if denominator == 0 else np.linalg.norm(g - gradient) / denominator
""",
    "half_sums_of_one_sided_differences": """
def gradient_check(f, theta, gradient, epsilon=1e-5):
    here = f(theta)
    def partial(i):
        step = np.where(np.arange(theta.size) == i, epsilon, 0.0)
        right = (f(theta + step) - here) / epsilon
        left = (here - f(theta - step)) / epsilon
        return (right + left) / 2
    g = np.array([partial(i) for i in range(theta.size)])
    with np.errstate(invalid="ignore"):
        result = np.linalg.norm(g - gradient) / (np.linalg.norm(g) + np.linalg.norm(gradient))
    return 0.0 if np.isnan(result) else result
""",
    "plain_python": """
import math

def gradient_check(f, theta, gradient, epsilon=1e-5):
    g = []
    for i in range(len(theta)):
        values = []
        for sign in (1, -1):
            moved = list(theta)
            moved[i] += sign * epsilon
            values.append(f(np.array(moved)))
        g.append((values[0] - values[1]) / (2 * epsilon))
    difference = math.hypot(*[a - b for a, b in zip(g, gradient)])
    total = math.hypot(*g) + math.hypot(*gradient)
    return difference / total if total > 0 else 0.0
""",
}
