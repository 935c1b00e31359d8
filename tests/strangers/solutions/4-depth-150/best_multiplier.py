# %% right: report-each-candidate
def best_multiplier(activation, candidates, depth, width, rng):
    scores = []
    for c in candidates:
        parameters = initialize_parameters([width] * (depth + 1), "xavier", rng, c)
        x = rng.standard_normal((width, 1))
        y_hat, _ = forward(x, parameters, activation)
        g = (np.linalg.norm(y_hat) / np.linalg.norm(x)) ** (1 / depth)
        scores.append(abs(np.log(g)) if g > 0 else np.inf)
    return candidates[int(np.argmin(scores))]

# %% right: min-with-key
import math

def best_multiplier(activation, candidates, depth, width, rng):
    def badness(c):
        p = initialize_parameters([width] * (depth + 1), "xavier", rng, multiplier=c)
        x = rng.standard_normal((width, 1))
        g = float(growth_factor(norm_profile(x, p, activation))[0])
        if g == 0 or math.isnan(g):
            return math.inf
        return abs(math.log(g))

    return min(candidates, key=badness)

# %% right: same-input-for-all
def best_multiplier(activation, candidates, depth, width, rng):
    x = rng.standard_normal((width, 1))
    best, smallest = candidates[0], float("inf")
    for c in candidates:
        weights = initialize_parameters([width] * (depth + 1), "xavier", rng, multiplier=c)
        y, caches = forward(x, weights, activation)
        ratio = np.linalg.norm(y) / np.linalg.norm(x)
        if ratio == 0:                      # dead
            continue
        distance = abs(np.log(ratio)) / depth
        if distance < smallest:
            best, smallest = c, distance
    return best

# %% right: own-networks-with-normal
def best_multiplier(activation, candidates, depth, width, rng):
    functions = {
        "linear": lambda z: z,
        "relu": lambda z: z * (z > 0),
        "tanh": np.tanh,
        "sigmoid": lambda z: 1.0 / (1.0 + np.exp(-np.clip(z, -700, 700))),
    }
    g = functions[activation]
    results = {}
    for c in candidates:
        a = x = rng.normal(0, 1, width)
        for l in range(1, depth + 1):
            W = rng.normal(0, np.sqrt(c / width), (width, width))
            z = W.dot(a)
            a = g(z) if l < depth else z
        growth = (np.linalg.norm(a) / np.linalg.norm(x)) ** (1.0 / depth)
        results[c] = abs(np.log(growth)) if growth > 0 else np.inf
    return sorted(results, key=results.get)[0]

# %% right: symmetric-quotient
def best_multiplier(activation, candidates, depth, width, rng):
    # instead of |log g|: the larger one of g and 1/g, which sorts in the same way
    def factor(c):
        p = initialize_parameters([width] * (depth + 1), "xavier", rng, c)
        x = rng.standard_normal((width, 1))
        y, caches = forward(x, p, activation)
        a, b = np.linalg.norm(y), np.linalg.norm(x)
        if a == 0:
            return np.inf
        return max(a / b, b / a) ** (1 / depth)

    factors = [factor(c) for c in candidates]
    return candidates[factors.index(min(factors))]

# %% right: squared-logs-array
def best_multiplier(activation, candidates, depth, width, rng):
    dims = [width] * (depth + 1)
    growth = np.empty(len(candidates))
    for i, c in enumerate(candidates):
        X = rng.standard_normal((width, 1))
        Y_hat, caches = forward(X, initialize_parameters(dims, "xavier", rng, c), activation)
        growth[i] = (np.sqrt((Y_hat ** 2).sum()) / np.sqrt((X ** 2).sum())) ** (1 / depth)
    with np.errstate(divide="ignore"):
        order = np.argsort(np.log(growth) ** 2)
    return float(candidates[order[0]])

# %% right: log-norm-while-walking
def best_multiplier(activation, candidates, depth, width, rng):
    def forward_growth(c):
        parameters = initialize_parameters([width] * (depth + 1), "xavier", rng, c)
        a = rng.standard_normal((width, 1))
        logs = [np.log(np.linalg.norm(a))]
        for l in range(1, depth + 1):
            z = parameters["W" + str(l)] @ a + parameters["b" + str(l)]
            a = activate(z, activation) if l < depth else z
            length = np.hypot.reduce(np.abs(a), axis=0)[0]
            if length == 0.0:
                return 0.0
            logs.append(np.log(length))
        return np.exp((logs[-1] - logs[0]) / depth)

    best = None
    for c in candidates:
        g = forward_growth(c)
        score = np.inf if g == 0.0 else abs(np.log(g))
        if best is None or score < best[0]:
            best = (score, c)
    return best[1]

# %% right: candidate-class
class Candidate:
    def __init__(self, c, activation, depth, width, rng):
        self.c = c
        self.growth = self.measure(activation, depth, width, rng)

    def measure(self, activation, depth, width, rng):
        net = initialize_parameters((depth + 1) * [width], "xavier", rng, multiplier=self.c)
        x = rng.standard_normal((width, 1))
        profile = norm_profile(x, net, activation)
        return profile[-1, 0] ** (1 / depth)

    def __lt__(self, other):
        return self.error() < other.error()

    def error(self):
        return float("inf") if self.growth <= 0 else abs(np.log(self.growth))


def best_multiplier(activation, candidates, depth, width, rng):
    return min(Candidate(c, activation, depth, width, rng) for c in candidates).c

# %% right: knock-out-tournament
def best_multiplier(activation, candidates, depth, width, rng):
    """A knock-out tournament: the best of the rest against the first."""
    def score(c):
        p = initialize_parameters([width] * (depth + 1), "xavier", rng, c)
        x = rng.standard_normal((width, 1))
        end = np.linalg.norm(forward(x, p, activation)[0])
        return np.inf if end == 0 else abs(np.log2(end / np.linalg.norm(x)) / depth)

    def tournament(rest):
        if len(rest) == 1:
            return score(rest[0]), rest[0]
        mine, theirs = (score(rest[0]), rest[0]), tournament(rest[1:])
        return mine if mine[0] <= theirs[0] else theirs

    return tournament(list(candidates))[1]

# %% right: batched-candidates
def best_multiplier(activation, candidates, depth, width, rng):
    # all networks side by side: W has shape (number of candidates, width, width)
    c = np.asarray(candidates, dtype=float)
    std = np.sqrt(c / width)[:, None, None]
    x = rng.standard_normal((len(c), width, 1))
    a = x
    for l in range(1, depth + 1):
        z = (std * rng.standard_normal((len(c), width, width))) @ a
        a = z if l == depth else activate(z.reshape(len(c), width), activation).reshape(z.shape)
    ratio = np.linalg.norm(a[:, :, 0], axis=1) / np.linalg.norm(x[:, :, 0], axis=1)
    score = np.full(len(c), np.inf)
    alive = ratio > 0
    score[alive] = np.abs(np.log(ratio[alive])) / depth
    return candidates[np.argmin(score)]

# %% wrong: theory-table
# cause: nothing is measured; the candidate nearest to the theoretical multiplier is returned, but in small networks the draws decide.
# visible: passes
def best_multiplier(activation, candidates, depth, width, rng):
    target = {"linear": 1.0, "relu": 2.0, "tanh": 1.0, "sigmoid": 1.0}[activation]
    return min(candidates, key=lambda c: abs(np.log(c / target)))

# %% wrong: distance-to-one
# cause: it compares |g - 1| instead of |log g|, so that a network that loses a factor 100 in each layer looks better than one that doubles.
# visible: passes
def best_multiplier(activation, candidates, depth, width, rng):
    best, smallest = None, np.inf
    for c in candidates:
        p = initialize_parameters([width] * (depth + 1), "xavier", rng, c)
        x = rng.standard_normal((width, 1))
        y, _ = forward(x, p, activation)
        g = (np.linalg.norm(y) / np.linalg.norm(x)) ** (1 / depth)
        if abs(g - 1) < smallest:
            best, smallest = c, abs(g - 1)
    return best

# %% wrong: one-network-for-all
# cause: all candidates share the same random weights, only scaled, but each candidate should get a network of its own.
# visible: passes
def best_multiplier(activation, candidates, depth, width, rng):
    base = initialize_parameters([width] * (depth + 1), "xavier", rng)
    x = rng.standard_normal((width, 1))
    scores = []
    for c in candidates:
        scaled = {k: v * np.sqrt(c) if k[0] == "W" else v for k, v in base.items()}
        y, _ = forward(x, scaled, activation)
        g = (np.linalg.norm(y) / np.linalg.norm(x)) ** (1 / depth)
        scores.append(abs(np.log(g)) if g > 0 else np.inf)
    return candidates[int(np.argmin(scores))]

# %% wrong: dead-network-wins
# cause: the infinite logarithm of a dead network is replaced by 0, so a dead network counts as perfect although it is worse than any other.
# visible: passes
def best_multiplier(activation, candidates, depth, width, rng):
    scores = []
    for c in candidates:
        p = initialize_parameters([width] * (depth + 1), "xavier", rng, c)
        x = rng.standard_normal((width, 1))
        y, _ = forward(x, p, activation)
        g = (np.linalg.norm(y) / np.linalg.norm(x)) ** (1 / depth)
        with np.errstate(divide="ignore"):
            scores.append(np.nan_to_num(abs(np.log(g)), posinf=0.0))
    return candidates[int(np.argmin(scores))]

# %% wrong: stops-at-first-worse
# cause: it stops as soon as a candidate is worse than the one before, which is right only if the list approaches its best value without detours.
# visible: passes
def best_multiplier(activation, candidates, depth, width, rng):
    best, smallest = None, np.inf
    for c in candidates:
        p = initialize_parameters([width] * (depth + 1), "xavier", rng, c)
        x = rng.standard_normal((width, 1))
        y, _ = forward(x, p, activation)
        norm = np.linalg.norm(y) / np.linalg.norm(x)
        score = abs(np.log(norm)) / depth if norm > 0 else np.inf
        if score > smallest:
            break
        best, smallest = c, score
    return best

# %% wrong: start-value-one
# cause: the search starts with the distance 1, so if every growth is off by more than a factor e no candidate is ever accepted and None is returned.
# visible: passes
def best_multiplier(activation, candidates, depth, width, rng):
    best = None
    best_distance = 1.0
    for c in candidates:
        p = initialize_parameters([width] * (depth + 1), "xavier", rng, c)
        x = rng.standard_normal((width, 1))
        y, _ = forward(x, p, activation)
        g = (np.linalg.norm(y) / np.linalg.norm(x)) ** (1 / depth)
        distance = abs(np.log(g)) if g > 0 else np.inf
        if distance < best_distance:
            best, best_distance = c, distance
    return best

# %% wrong: backward-growth
# cause: the candidates are judged by the backward growth instead of the forward growth; for tanh and sigmoid the two disagree.
# visible: passes
def best_multiplier(activation, candidates, depth, width, rng):
    scores = []
    for c in candidates:
        p = initialize_parameters([width] * (depth + 1), "xavier", rng, c)
        x = rng.standard_normal((width, 1))
        y, caches = forward(x, p, activation)
        grads = backward(y, np.zeros_like(y), p, caches, activation)
        start, end = np.linalg.norm(grads[f"db{depth}"]), np.linalg.norm(grads["db1"])
        g = (end / start) ** (1 / (depth - 1)) if start > 0 else 0.0
        scores.append(abs(np.log(g)) if g > 0 else np.inf)
    return candidates[int(np.argmin(scores))]

# %% wrong: growth-clipped
# cause: the growth is clipped to [0.5, 2] before the comparison, so all candidates beyond that look equally good and the first of them is returned.
# visible: passes
def best_multiplier(activation, candidates, depth, width, rng):
    growth = []
    for c in candidates:
        p = initialize_parameters([width] * (depth + 1), "xavier", rng, c)
        x = rng.standard_normal((width, 1))
        y, _ = forward(x, p, activation)
        growth.append((np.linalg.norm(y) / np.linalg.norm(x)) ** (1 / depth))
    growth = np.clip(growth, 0.5, 2.0)
    return candidates[int(np.argmin(np.abs(np.log(growth))))]

# %% wrong: he-for-relu
# cause: for ReLU the scheme "he" is used, which has a factor 2 already, so the weights' variance is 2c/n instead of c/n.
# visible: fails
def best_multiplier(activation, candidates, depth, width, rng):
    scheme = "he" if activation == "relu" else "xavier"
    scores = []
    for c in candidates:
        p = initialize_parameters([width] * (depth + 1), scheme, rng, c)
        x = rng.standard_normal((width, 1))
        y, _ = forward(x, p, activation)
        g = (np.linalg.norm(y) / np.linalg.norm(x)) ** (1 / depth)
        scores.append(abs(np.log(g)) if g > 0 else np.inf)
    return candidates[int(np.argmin(scores))]

# %% wrong: returns-the-index
# cause: it returns the position of the best candidate in the list instead of the candidate.
# visible: fails
def best_multiplier(activation, candidates, depth, width, rng):
    scores = []
    for c in candidates:
        p = initialize_parameters([width] * (depth + 1), "xavier", rng, c)
        x = rng.standard_normal((width, 1))
        y, _ = forward(x, p, activation)
        g = (np.linalg.norm(y) / np.linalg.norm(x)) ** (1 / depth)
        scores.append(abs(np.log(g)) if g > 0 else np.inf)
    return np.argmin(scores)
