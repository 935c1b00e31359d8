# %% right: closed-formula-full
def chain_gradients(c, depth, x, y):
    y_hat = c ** depth * x
    return np.full(depth, (y_hat - y) * c ** (depth - 1) * x)

# %% right: two-exponents
def chain_gradients(c, depth, x, y):
    l = np.arange(1, depth + 1)
    error = float(c) ** depth * x - y
    arriving = error * float(c) ** (depth - l)
    entering = x * float(c) ** (l - 1)
    return arriving * entering

# %% right: forward-and-backward-lists
def chain_gradients(c, depth, x, y):
    # forward
    a = [x]
    for l in range(depth):
        a.append(c * a[-1])
    # backward
    d = a[-1] - y
    gradients = [0.0] * depth
    for l in range(depth - 1, -1, -1):
        gradients[l] = d * a[l]
        d = d * c
    return np.array(gradients)

# %% right: product-of-the-others
def chain_gradients(c, depth, x, y):
    w = [c] * depth
    y_hat = np.prod(w) * x
    out = []
    for l in range(depth):
        others = w[:l] + w[l + 1:]
        out.append((y_hat - y) * np.prod(others) * x)     # prod of [] is 1.0
    return np.array(out)

# %% right: uses-exercises-four-and-six
def chain_gradients(c, depth, x, y):
    W = np.array([[float(c)]])
    weights = [W] * depth
    trace = activation_trace(c, depth, np.array([float(x)]))[:, 0]
    a_before = np.concatenate([[x], trace[:-1]])
    dY = np.array([[trace[-1] - y]])
    result = np.zeros(depth)
    for l in range(1, depth + 1):
        # layers l+1 .. L are behind layer l
        behind = weights[l:]
        d = input_gradient(behind, dY) if behind else dY
        result[l - 1] = d[0, 0] * a_before[l - 1]
    return result

# %% right: cumprod-both-ways
def chain_gradients(c, depth, x, y):
    factors = np.full(depth, c, dtype=float)
    factors[0] = 1.0
    powers = np.cumprod(factors)               # c^0, c^1, ..., c^(L-1)
    a_in = powers * x
    y_hat = a_in[-1] * c
    d_out = (y_hat - y) * powers[::-1]
    return d_out * a_in

# %% right: class-of-units
class Unit:
    def __init__(self, w):
        self.w = w
    def forward(self, a):
        self.a_in = a
        return self.w * a
    def backward(self, d):
        self.dw = d * self.a_in
        return d * self.w

def chain_gradients(c, depth, x, y):
    chain = [Unit(c) for _ in range(depth)]
    a = x
    for unit in chain:
        a = unit.forward(a)
    d = a - y
    for unit in reversed(chain):
        d = unit.backward(d)
    return np.array([unit.dw for unit in chain])

# %% right: dual-numbers-one-weight-at-a-time
def chain_gradients(c, depth, x, y):
    result = []
    for which in range(depth):
        value, slope = float(x), 0.0           # a_l and d a_l / d w_which
        for l in range(depth):
            seed = 1.0 if l == which else 0.0
            value, slope = c * value, c * slope + seed * value
        result.append((value - y) * slope)
    return np.array(result)

# %% right: repeat-with-math
import math

def chain_gradients(c: float, depth: int, x: float, y: float) -> np.ndarray:
    before_last = math.prod([float(c)] * (depth - 1)) * x     # a_(L-1)
    error = c * before_last - y
    return np.repeat(error * before_last, depth)

# %% right: expanded-product-recursive
def _pow(c, k):
    return 1.0 if k == 0 else c * _pow(c, k - 1)

def chain_gradients(c, depth, x, y):
    def derivative(l):
        signal = _pow(c, l - 1) * x
        back = _pow(c, depth - l)
        return (_pow(c, depth) * x - y) * back * signal
    return np.array([derivative(l) for l in range(1, depth + 1)])

# %% wrong: finite-differences
# cause: estimates the derivatives by moving each weight by 1e-6, whose change of J drowns in rounding when the derivative is tiny beside J (0 instead of 1e-45)
# visible: passes
def chain_gradients(c, depth, x, y):
    def J(w):
        return 0.5 * (np.prod(w) * x - y) ** 2
    grads = np.zeros(depth)
    h = 1e-6
    for l in range(depth):
        w_plus, w_minus = np.full(depth, float(c)), np.full(depth, float(c))
        w_plus[l] += h
        w_minus[l] -= h
        grads[l] = (J(w_plus) - J(w_minus)) / (2 * h)
    return grads

# %% wrong: sign-for-even-depth-only
# cause: uses powers of |c| for the output and puts the sign of c on the derivative once, which is right for negative c only if the depth is even
# visible: passes
def chain_gradients(c, depth, x, y):
    size = abs(c)
    y_hat = size ** depth * x
    grad = (y_hat - y) * size ** (depth - 1) * x
    if c < 0:
        grad = -grad
    return np.full(depth, grad)

# %% wrong: memo-without-x-and-y
# cause: keeps results under (c, depth) alone, so that another x or y with the same chain gets the old derivatives
# visible: passes
_known = {}

def chain_gradients(c, depth, x, y):
    if (c, depth) not in _known:
        y_hat = c ** depth * x
        _known[(c, depth)] = np.full(depth, (y_hat - y) * c ** (depth - 1) * x)
    return _known[(c, depth)].copy()

# %% wrong: faint-signal-set-to-zero
# cause: sets an activation or a derivative below 1e-6 to exactly 0 on its way, so that all weights of a deep chain with |c| < 1 get 0 instead of a tiny derivative
# visible: passes
def chain_gradients(c, depth, x, y):
    def gone(v):
        return 0.0 if abs(v) < 1e-6 else v
    signals = [x]
    for l in range(depth):
        signals.append(gone(c * signals[-1]))
    d = signals[depth] - y
    grads = [None] * depth
    for l in reversed(range(depth)):
        grads[l] = d * signals[l]
        d = gone(c * d)
    return np.array(grads)

# %% wrong: rounded-to-nine
# cause: rounds the derivatives to nine decimals, so that the tiny derivatives of a deep chain become 0
# visible: passes
def chain_gradients(c, depth, x, y):
    y_hat = c ** depth * x
    grad = (y_hat - y) * c ** (depth - 1) * x
    return np.round(np.full(depth, grad), 9)

# %% wrong: clipped-to-a-hundred
# cause: limits the derivatives to the range from -100 to 100, but exploding derivatives are what the exercise is about
# visible: passes
def chain_gradients(c, depth, x, y):
    a = x
    entering = []
    for _ in range(depth):
        entering.append(a)
        a = c * a
    d = a - y
    out = np.zeros(depth)
    for l in range(depth - 1, -1, -1):
        out[l] = d * entering[l]
        d = d * c
    return np.clip(out, -100, 100)

# %% wrong: positive-input-assumed
# cause: takes the square root of x squared when it regroups the product, which loses the sign of a negative x
# visible: passes
def chain_gradients(c, depth, x, y):
    # (c^L x - y) c^(L-1) x  =  c^(2L-1) x^2 - y c^(L-1) x
    x_squared = x ** 2
    term1 = c ** (2 * depth - 1) * x_squared
    term2 = y * c ** (depth - 1) * np.sqrt(x_squared)
    return np.full(depth, term1 - term2)

# %% wrong: derivative-of-shared-weight
# cause: differentiates as if all weights were one number c, which gives L times the derivative of a single weight
# visible: fails
def chain_gradients(c, depth, x, y):
    y_hat = c ** depth * x
    return np.full(depth, (y_hat - y) * depth * c ** (depth - 1) * x)

# %% wrong: error-forgotten
# cause: multiplies only the powers of c and x and forgets that the derivative starts at the output as y_hat - y
# visible: fails
def chain_gradients(c, depth, x, y):
    return np.array([c ** (depth - l) * c ** (l - 1) * x for l in range(1, depth + 1)])

# %% wrong: activation-behind-the-weight
# cause: multiplies the arriving derivative by a_l, the output of the weight, instead of its input a_(l-1)
# visible: fails
def chain_gradients(c, depth, x, y):
    error = c ** depth * x - y
    grads = np.empty(depth)
    for l in range(1, depth + 1):
        grads[l - 1] = error * c ** (depth - l) * c ** l * x
    return grads
