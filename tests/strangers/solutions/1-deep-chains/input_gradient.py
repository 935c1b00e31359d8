# %% right: reversed-loop
def input_gradient(weights, dY):
    dA = dY
    for W in reversed(weights):
        dA = W.T @ dA
    return dA

# %% right: forward-with-transposes
def input_gradient(weights, dY):
    # the way back is a way forward through the transposed layers, last one first
    return linear_forward(dY, [W.T for W in weights[::-1]])

# %% right: end-to-end-transposed
def input_gradient(weights, dY):
    return end_to_end_matrix(weights).T @ dY

# %% right: index-loop-down-to-zero
def input_gradient(weights, dY):
    gradient = np.copy(dY)
    L = len(weights)
    for l in range(L - 1, -1, -1):
        gradient = np.dot(np.transpose(weights[l]), gradient)
    return gradient

# %% right: einsum-contracts-rows
def input_gradient(weights, dY):
    d = dY
    for l in range(1, len(weights) + 1):
        d = np.einsum("ij,im->jm", weights[-l], d)     # sum over the rows of W
    return d

# %% right: recursion-first-layer-last
def input_gradient(weights, dY):
    if not weights:
        return dY
    first, *rest = weights
    return first.T @ input_gradient(rest, dY)

# %% right: row-vectors
def input_gradient(weights, dY):
    # (W^T d)^T = d^T W
    rows = dY.T
    for W in weights[::-1]:
        rows = rows @ W
    return rows.T

# %% right: backward-class
class _Layer:
    def __init__(self, W):
        self.W = W

    def backward(self, dA):
        assert dA.shape[0] == self.W.shape[0]
        return self.W.T @ dA

def input_gradient(weights, dY):
    layers = [_Layer(W) for W in weights]
    dA = dY.copy()
    while layers:
        dA = layers.pop().backward(dA)
    return dA

# %% right: reduce-and-reversed
from functools import reduce

def input_gradient(weights: list, dY: np.ndarray) -> np.ndarray:
    return reduce(lambda d, W: W.transpose() @ d, reversed(weights), dY)

# %% right: sums-by-hand-per-example
def input_gradient(weights, dY):
    m = dY.shape[1]
    result = []
    for example in range(m):
        d = [float(v) for v in dY[:, example]]
        for W in list(weights)[::-1]:
            n_out, n_in = W.shape
            # input j feeds output i through W[i, j], so collect over i
            d = [sum(W[i, j] * d[i] for i in range(n_out)) for j in range(n_in)]
        result.append(d)
    return np.array(result).T

# %% wrong: square-layers-not-transposed
# cause: transposes a layer only when the shapes demand it, so that square layers are applied without the transpose
# visible: passes
def input_gradient(weights, dY):
    d = dY
    for W in reversed(weights):
        if W.shape[1] == d.shape[0]:
            d = W @ d
        else:
            d = W.T @ d
    return d

# %% wrong: inverse-for-square-layers
# cause: uses the inverse instead of the transpose to go back through square layers
# visible: passes
def input_gradient(weights, dY):
    d = dY
    for W in weights[::-1]:
        rows, cols = W.shape
        if rows == cols:
            back = np.linalg.inv(W)
        else:
            back = W.T
        d = back @ d
    return d

# %% wrong: reverses-the-list
# cause: reverses the caller's list of weights in place, so that the layers are in the wrong order after the call
# visible: passes
def input_gradient(weights, dY):
    weights.reverse()
    d = dY
    for W in weights:
        d = W.T @ d
    return d

# %% wrong: overwrites-dy-when-shape-fits
# cause: writes the result into the array of dY when a layer keeps the shape, so that the caller's dY is changed
# visible: passes
def input_gradient(weights, dY):
    dA = dY
    for l in reversed(range(len(weights))):
        new = weights[l].T @ dA
        if new.shape == dA.shape:
            dA[:] = new
        else:
            dA = new
    return dA

# %% wrong: gradient-clipping
# cause: clips the derivative to the range from -1000 to 1000 in every layer, which is not the derivative any more when it is large
# visible: passes
def input_gradient(weights, dY):
    d = dY
    for W in reversed(weights):
        d = np.clip(W.T @ d, -1000.0, 1000.0)
    return d

# %% wrong: two-layers-only
# cause: goes back through the last and the first layer only, and skips every layer between them
# visible: passes
def input_gradient(weights, dY):
    d_hidden = weights[-1].T @ dY
    if len(weights) == 1:
        return d_hidden
    return weights[0].T @ d_hidden

# %% wrong: middle-layers-first-to-last
# cause: takes the last layer first, but then goes through the layers between first and last in forward order
# visible: passes
def input_gradient(weights, dY):
    d = weights[-1].T @ dY
    for W in weights[1:-1]:
        d = W.T @ d
    if len(weights) > 1:
        d = weights[0].T @ d
    return d

# %% wrong: forward-order
# cause: meets the first layer first, but the derivative must go through the last layer first
# visible: fails
def input_gradient(weights, dY):
    d = dY
    for W in weights:
        d = W.T @ d
    return d

# %% wrong: averaged-over-examples
# cause: divides by the number of examples m, although dY already is the derivative with respect to every output
# visible: fails
def input_gradient(weights, dY):
    m = dY.shape[1]
    d = dY
    for W in reversed(weights):
        d = W.T @ d
    return d / m

# %% wrong: small-entries-to-zero
# cause: sets entries of the derivative below 1e-12 to 0 after every layer, although deep networks have much smaller derivatives
# visible: passes
def input_gradient(weights, dY):
    d = dY
    for W in reversed(weights):
        d = W.T @ d
        d = np.where(np.abs(d) < 1e-12, 0.0, d)    # numerical noise
    return d
