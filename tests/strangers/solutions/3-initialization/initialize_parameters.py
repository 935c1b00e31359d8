# %% right: if-elif-loop
def initialize_parameters(layer_dims, scheme, rng, multiplier=1.0):
    parameters = {}
    L = len(layer_dims) - 1
    for l in range(1, L + 1):
        n_in = layer_dims[l - 1]
        n_out = layer_dims[l]
        if scheme == "xavier":
            variance = 1 / n_in
        elif scheme == "he":
            variance = 2 / n_in
        else:
            variance = 2 / (n_in + n_out)
        parameters["W" + str(l)] = np.sqrt(multiplier * variance) * rng.standard_normal((n_out, n_in))
        parameters["b" + str(l)] = np.zeros((n_out, 1))
    return parameters

# %% right: table-of-functions
def initialize_parameters(layer_dims, scheme, rng, multiplier=1.0):
    draw = {"xavier": xavier_normal, "he": he_normal, "glorot": glorot_normal}[scheme]
    parameters = {}
    for l, (n_in, n_out) in enumerate(zip(layer_dims[:-1], layer_dims[1:]), start=1):
        parameters[f"W{l}"] = np.sqrt(multiplier) * draw(n_out, n_in, rng)
        parameters[f"b{l}"] = np.zeros((n_out, 1))
    return parameters

# %% right: match-statement
def _variance(scheme, n_in, n_out):
    match scheme:
        case "xavier":
            return 1.0 / n_in
        case "he":
            return 2.0 / n_in
        case "glorot":
            return 2.0 / (n_in + n_out)
        case _:
            raise ValueError(f"unknown scheme {scheme!r}")


def initialize_parameters(layer_dims, scheme, rng, multiplier=1.0):
    result = dict()
    for l in range(1, len(layer_dims)):
        std = (multiplier * _variance(scheme, layer_dims[l - 1], layer_dims[l])) ** 0.5
        result[f"W{l}"] = rng.normal(0.0, std, size=(layer_dims[l], layer_dims[l - 1]))
        result[f"b{l}"] = np.full((layer_dims[l], 1), 0.0)
    return result

# %% right: recursion-over-layers
def initialize_parameters(layer_dims, scheme, rng, multiplier=1.0):
    def build(l):
        if l == 0:
            return {}
        parameters = build(l - 1)
        n_in, n_out = layer_dims[l - 1], layer_dims[l]
        if scheme == "glorot":
            W = glorot_normal(n_out, n_in, rng)
        elif scheme == "he":
            W = he_normal(n_out, n_in, rng)
        else:
            W = xavier_normal(n_out, n_in, rng)
        parameters["W%d" % l] = W * multiplier ** 0.5
        parameters["b%d" % l] = np.zeros((n_out, 1))
        return parameters

    return build(len(layer_dims) - 1)

# %% right: one-long-draw
def initialize_parameters(layer_dims, scheme, rng, multiplier=1.0):
    # all the numbers of the network at once, then cut into matrices
    sizes_of_W = [n_out * n_in for n_in, n_out in zip(layer_dims, layer_dims[1:])]
    numbers = rng.standard_normal(sum(sizes_of_W))
    ends = np.cumsum(sizes_of_W)
    parameters = {}
    for l, piece in enumerate(np.split(numbers, ends[:-1]), 1):
        n_in, n_out = layer_dims[l - 1], layer_dims[l]
        fan = {"xavier": n_in, "he": n_in / 2, "glorot": (n_in + n_out) / 2}[scheme]
        parameters[f"W{l}"] = piece.reshape(n_out, n_in) * np.sqrt(multiplier / fan)
        parameters[f"b{l}"] = np.zeros((n_out, 1))
    return parameters

# %% right: dictionary-comprehensions
def initialize_parameters(layer_dims, scheme, rng, multiplier=1.0):
    rule = {
        "xavier": lambda n_in, n_out: 1 / n_in,
        "he": lambda n_in, n_out: 2 / n_in,
        "glorot": lambda n_in, n_out: 2 / (n_in + n_out),
    }[scheme]
    layers = list(enumerate(zip(layer_dims, layer_dims[1:]), start=1))
    weights = {f"W{l}": np.sqrt(multiplier * rule(n_in, n_out)) * rng.standard_normal((n_out, n_in))
               for l, (n_in, n_out) in layers}
    biases = {f"b{l}": np.zeros((n_out, 1)) for l, (n_in, n_out) in layers}
    return {**weights, **biases}

# %% right: network-class
class _Initializer:
    def __init__(self, scheme: str, rng: np.random.Generator, multiplier: float):
        assert scheme in ("xavier", "he", "glorot"), scheme
        assert multiplier >= 0
        self.scheme, self.rng, self.multiplier = scheme, rng, multiplier

    def standard_deviation(self, n_in: int, n_out: int) -> float:
        gain = 2.0 if self.scheme == "he" else 1.0
        fan = 0.5 * (n_in + n_out) if self.scheme == "glorot" else float(n_in)
        return float(np.sqrt(self.multiplier * gain / fan))

    def layer(self, n_in: int, n_out: int):
        W = self.rng.standard_normal((n_out, n_in)) * self.standard_deviation(n_in, n_out)
        return W, np.zeros((n_out, 1))


def initialize_parameters(layer_dims, scheme, rng, multiplier=1.0):
    initializer = _Initializer(scheme, rng, multiplier)
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters[f"W{l}"], parameters[f"b{l}"] = initializer.layer(layer_dims[l - 1], layer_dims[l])
    return parameters

# %% right: from-the-last-layer-down
def initialize_parameters(layer_dims, scheme, rng, multiplier=1.0):
    parameters = {}
    l = len(layer_dims) - 1
    while l >= 1:
        n_out, n_in = layer_dims[l], layer_dims[l - 1]
        W = rng.standard_normal((n_out, n_in))
        if scheme == "he":
            W = W * np.sqrt(2 / n_in)
        if scheme == "xavier":
            W = W * np.sqrt(1 / n_in)
        if scheme == "glorot":
            W = W * np.sqrt(1 / ((n_in + n_out) / 2))
        parameters["W" + str(l)] = W * np.sqrt(multiplier)
        parameters["b" + str(l)] = W[:, :1] * 0
        l -= 1
    return parameters

# %% right: iterator-of-sizes
def initialize_parameters(layer_dims, scheme, rng, multiplier=1.0):
    sizes_left = iter(layer_dims)
    n_in = next(sizes_left)
    parameters = {}
    for n_out in sizes_left:
        l = len(parameters) // 2 + 1
        # variance of one weight, as a fraction
        top, bottom = dict(xavier=(1, n_in), he=(2, n_in), glorot=(2, n_in + n_out))[scheme]
        parameters["W{}".format(l)] = rng.normal(scale=np.sqrt(multiplier * top / bottom), size=(n_out, n_in))
        parameters["b{}".format(l)] = np.zeros(shape=(n_out, 1), dtype=float)
        n_in = n_out
    return parameters

# %% right: first-draw-then-scale
def initialize_parameters(layer_dims, scheme, rng, multiplier=1.0):
    # 1. standard normal weights and zero biases
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters[f"b{l}"] = np.zeros((layer_dims[l], 1))
        parameters[f"W{l}"] = rng.standard_normal((layer_dims[l], layer_dims[l - 1]))

    # 2. bring every matrix to its variance, read off from its own shape
    for key, value in parameters.items():
        if key.startswith("W"):
            n_out, n_in = value.shape
            if scheme in ("xavier", "he"):
                value /= np.sqrt(n_in)
            else:
                value /= np.sqrt((n_in + n_out) / 2)
            if scheme == "he":
                value *= np.sqrt(2)
            value *= np.sqrt(multiplier)
    return parameters

# %% wrong: multiplier-for-he-only
# cause: the multiplier is used only in the branch of He, so that it has no effect for xavier and glorot.
# visible: passes
def initialize_parameters(layer_dims, scheme, rng, multiplier=1.0):
    parameters = {}
    for l in range(1, len(layer_dims)):
        n_in, n_out = layer_dims[l - 1], layer_dims[l]
        if scheme == "xavier":
            std = np.sqrt(1 / n_in)
        elif scheme == "he":
            std = np.sqrt(multiplier * 2 / n_in)
        else:
            std = np.sqrt(2 / (n_in + n_out))
        parameters[f"W{l}"] = std * rng.standard_normal((n_out, n_in))
        parameters[f"b{l}"] = np.zeros((n_out, 1))
    return parameters

# %% wrong: two-layers-only
# cause: the loop always makes two layers, whatever the length of layer_dims, so that deeper networks lack layers and one with a single layer fails.
# visible: passes
def initialize_parameters(layer_dims, scheme, rng, multiplier=1.0):
    draw = {"xavier": xavier_normal, "he": he_normal, "glorot": glorot_normal}[scheme]
    parameters = {}
    for l in (1, 2):
        parameters[f"W{l}"] = np.sqrt(multiplier) * draw(layer_dims[l], layer_dims[l - 1], rng)
        parameters[f"b{l}"] = np.zeros((layer_dims[l], 1))
    return parameters

# %% wrong: integer-average-for-glorot
# cause: the average of n_in and n_out is rounded down by //, so that glorot is wrong for layers with an odd sum.
# visible: passes
def initialize_parameters(layer_dims, scheme, rng, multiplier=1.0):
    parameters = {}
    for l in range(1, len(layer_dims)):
        n_in, n_out = layer_dims[l - 1], layer_dims[l]
        if scheme == "xavier":
            var = 1 / n_in
        elif scheme == "he":
            var = 2 / n_in
        elif scheme == "glorot":
            average = (n_in + n_out) // 2
            var = 1 / average
        parameters[f"W{l}"] = rng.normal(0, np.sqrt(multiplier * var), (n_out, n_in))
        parameters[f"b{l}"] = np.zeros((n_out, 1))
    return parameters

# %% wrong: dictionary-as-default
# cause: the dictionary is a default argument and is kept between calls, so that layers of an earlier, deeper network stay in it and all networks share one dictionary.
# visible: passes
def initialize_parameters(layer_dims, scheme, rng, multiplier=1.0, parameters={}):
    draw = {"xavier": xavier_normal, "he": he_normal, "glorot": glorot_normal}[scheme]
    for l in range(1, len(layer_dims)):
        parameters[f"W{l}"] = np.sqrt(multiplier) * draw(layer_dims[l], layer_dims[l - 1], rng)
        parameters[f"b{l}"] = np.zeros((layer_dims[l], 1))
    return parameters

# %% wrong: seeds-by-layer
# cause: each layer gets its own generator with the number of the layer as seed and rng is ignored, so that every network gets the same random numbers.
# visible: passes
def initialize_parameters(layer_dims, scheme, rng, multiplier=1.0):
    draw = {"xavier": xavier_normal, "he": he_normal, "glorot": glorot_normal}[scheme]
    parameters = {}
    for l in range(1, len(layer_dims)):
        layer_rng = np.random.default_rng(l)       # other weights in every layer
        W = draw(layer_dims[l], layer_dims[l - 1], layer_rng)
        parameters[f"W{l}"] = W * np.sqrt(multiplier)
        parameters[f"b{l}"] = np.zeros((layer_dims[l], 1))
    return parameters

# %% wrong: digit-from-character-code
# cause: the number of the layer is written as a single character, so that from layer 10 on the keys are wrong (W: in place of W10).
# visible: passes
def initialize_parameters(layer_dims, scheme, rng, multiplier=1.0):
    parameters = {}
    for l in range(1, len(layer_dims)):
        digit = chr(ord("0") + l)
        n_out, n_in = layer_dims[l], layer_dims[l - 1]
        variance = {"xavier": 1 / n_in, "he": 2 / n_in, "glorot": 2 / (n_in + n_out)}[scheme]
        parameters["W" + digit] = np.sqrt(variance * multiplier) * rng.standard_normal((n_out, n_in))
        parameters["b" + digit] = np.zeros((n_out, 1))
    return parameters

# %% wrong: multiplier-only-if-larger
# cause: the multiplier is used only if it is larger than 1, so that a multiplier of 0.5 does nothing.
# visible: passes
def initialize_parameters(layer_dims, scheme, rng, multiplier=1.0):
    parameters = {}
    for l in range(1, len(layer_dims)):
        n_out, n_in = layer_dims[l], layer_dims[l - 1]
        if scheme == "he":
            W = he_normal(n_out, n_in, rng)
        elif scheme == "glorot":
            W = glorot_normal(n_out, n_in, rng)
        else:
            W = xavier_normal(n_out, n_in, rng)
        if multiplier > 1:
            W = W * np.sqrt(multiplier)
        parameters[f"W{l}"] = W
        parameters[f"b{l}"] = np.zeros((n_out, 1))
    return parameters

# %% wrong: multiplies-the-weights
# cause: the weights are multiplied by the multiplier itself, so that their variance is multiplied by its square.
# visible: fails
def initialize_parameters(layer_dims, scheme, rng, multiplier=1.0):
    draw = {"xavier": xavier_normal, "he": he_normal, "glorot": glorot_normal}[scheme]
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters[f"W{l}"] = multiplier * draw(layer_dims[l], layer_dims[l - 1], rng)
        parameters[f"b{l}"] = np.zeros((layer_dims[l], 1))
    return parameters

# %% wrong: multiplier-grows-with-depth
# cause: the multiplier is raised to the number of the layer, so that only the first layer gets the right variance.
# visible: fails
def initialize_parameters(layer_dims, scheme, rng, multiplier=1.0):
    draw = {"xavier": xavier_normal, "he": he_normal, "glorot": glorot_normal}[scheme]
    parameters = {}
    scale = 1.0
    for l in range(1, len(layer_dims)):
        scale *= np.sqrt(multiplier)
        parameters[f"W{l}"] = scale * draw(layer_dims[l], layer_dims[l - 1], rng)
        parameters[f"b{l}"] = np.zeros((layer_dims[l], 1))
    return parameters

# %% wrong: output-layer-missing
# cause: the loop stops one layer too early, so that the weights and biases of the last layer are missing.
# visible: fails
def initialize_parameters(layer_dims, scheme, rng, multiplier=1.0):
    L = len(layer_dims) - 1
    draw = {"xavier": xavier_normal, "he": he_normal, "glorot": glorot_normal}[scheme]
    parameters = {}
    for l in range(1, L):
        parameters[f"W{l}"] = np.sqrt(multiplier) * draw(layer_dims[l], layer_dims[l - 1], rng)
        parameters[f"b{l}"] = np.zeros((layer_dims[l], 1))
    return parameters
