# %% right: plain-loop
def residual_forward(A, blocks, scale):
    for W1, W2 in blocks:
        A = A + scale * W2 @ np.maximum(W1 @ A, 0)
    return A

# %% right: copy-then-in-place
def residual_forward(A, blocks, scale):
    out = np.array(A, dtype=float)        # a copy, so that += is allowed
    for block in blocks:
        W1 = block[0]
        W2 = block[1]
        Z = np.dot(W1, out)
        Z[Z < 0] = 0                      # Z is new, W1 and A are not touched
        out += scale * np.dot(W2, Z)
    return out

# %% right: recursive
def residual_forward(A, blocks, scale):
    if len(blocks) == 0:
        return A.copy()
    before = residual_forward(A, blocks[:-1], scale)
    W1, W2 = blocks[-1]
    hidden = W1 @ before
    hidden = hidden * (hidden > 0)
    return before + scale * (W2 @ hidden)

# %% right: functools-reduce
from functools import reduce

def residual_forward(A, blocks, scale):
    relu = lambda Z: np.where(Z > 0, Z, 0.0)
    step = lambda a, pair: a + scale * pair[1].dot(relu(pair[0].dot(a)))
    return reduce(step, blocks, A.copy())

# %% right: einsum-einsum
def residual_forward(A, blocks, scale):
    signal = np.copy(A)
    for (W1, W2) in blocks:
        inside = np.einsum("hn,nm->hm", W1, signal)
        inside = (np.abs(inside) + inside) / 2
        signal = signal + np.einsum("nh,hm->nm", W2, inside) * scale
    return signal

# %% right: column-by-column
def residual_forward(A, blocks, scale):
    n, m = A.shape
    result = np.empty((n, m))
    for i in range(m):
        a = A[:, i].copy()
        for W1, W2 in blocks:
            h = W1 @ a
            h = np.array([max(v, 0.0) for v in h])
            a = a + scale * (W2 @ h)
        result[:, i] = a
    return result

# %% right: block-class
class ResidualBlock:
    """a <- a + scale * W2 relu(W1 a)"""

    def __init__(self, W1, W2, scale):
        self.W1, self.W2, self.scale = W1, W2, scale

    def branch(self, A):
        return self.W2 @ np.clip(self.W1 @ A, 0.0, None)

    def __call__(self, A):
        return A + self.scale * self.branch(A)


def residual_forward(A, blocks, scale):
    chain = [ResidualBlock(W1, W2, scale) for W1, W2 in blocks]
    signal = 1.0 * A
    for block in chain:
        signal = block(signal)
    return signal

# %% right: active-units-only
def residual_forward(A, blocks, scale):
    out = A.astype(float).copy()
    for W1, W2 in blocks:
        new = out.copy()
        for i in range(out.shape[1]):
            z = W1 @ out[:, i]
            active = np.flatnonzero(z > 0)
            new[:, i] += scale * (W2[:, active] @ z[active])
        out = new
    return out

# %% right: list-of-signals-typed
from typing import List, Tuple

def relu(Z: np.ndarray) -> np.ndarray:
    return np.maximum(Z, np.zeros_like(Z))

def residual_forward(A: np.ndarray, blocks: List[Tuple[np.ndarray, np.ndarray]], scale: float) -> np.ndarray:
    assert A.ndim == 2, "one example a column"
    signals = [np.array(A)]
    for number, (W1, W2) in enumerate(blocks):
        assert W1.shape[1] == A.shape[0] and W2.shape == W1.shape[::-1], f"block {number} does not fit"
        signals.append(signals[-1] + np.multiply(scale, np.matmul(W2, relu(np.matmul(W1, signals[-1])))))
    return signals[-1]

# %% right: triple-loop-old-style
def residual_forward(A, blocks, scale):
    # the sums written out, no matrix products
    n, m = A.shape
    a = [[float(A[i, j]) for j in range(m)] for i in range(n)]
    for W1, W2 in blocks:
        h = W1.shape[0]
        w1, w2 = W1.tolist(), W2.tolist()
        for j in range(m):
            column = [a[i][j] for i in range(n)]
            inside = []
            for k in range(h):
                s = 0.0
                for i in range(n):
                    s += w1[k][i] * column[i]
                inside.append(s if s > 0 else 0.0)
            for i in range(n):
                a[i][j] = column[i] + scale * sum(w2[i][k] * inside[k] for k in range(h))
    return np.array(a)

# %% wrong: changes-the-input
# cause: A += ... changes the array of the caller.
# visible: fails
def residual_forward(A, blocks, scale):
    for W1, W2 in blocks:
        A += scale * W2 @ np.maximum(W1 @ A, 0)
    return A

# %% wrong: every-block-sees-the-input
# cause: each block is applied to the original A instead of to what the block before returned.
# visible: fails
def residual_forward(A, blocks, scale):
    out = A.copy()
    for W1, W2 in blocks:
        out = out + scale * W2 @ np.maximum(W1 @ A, 0)
    return out

# %% wrong: relu-after-the-sum
# cause: a ReLU is applied to the sum as well, which removes the negative part of the signal.
# visible: fails
def residual_forward(A, blocks, scale):
    for W1, W2 in blocks:
        A = np.maximum(A + scale * W2 @ np.maximum(W1 @ A, 0), 0)
    return A

# %% wrong: empty-list-crashes
# cause: the result exists only after the first block, so an empty list of blocks raises an error instead of returning A.
# visible: passes
def residual_forward(A, blocks, scale):
    W1, W2 = blocks[0]
    a = A + scale * W2 @ np.maximum(W1 @ A, 0)
    for W1, W2 in blocks[1:]:
        a = a + scale * W2 @ np.maximum(W1 @ a, 0)
    return a

# %% wrong: relu6
# cause: the ReLU is cut off at 6 (relu6), so pre-activations above 6 lose their size.
# visible: passes
def residual_forward(A, blocks, scale):
    for W1, W2 in blocks:
        A = A + scale * W2 @ np.clip(W1 @ A, 0, 6)
    return A

# %% wrong: large-scale-replaced
# cause: a scale of 1 or more is replaced by 1/sqrt(L), although the scale is given by the caller.
# visible: passes
def residual_forward(A, blocks, scale):
    if scale >= 1:
        scale = 1 / np.sqrt(max(len(blocks), 1))       # otherwise it explodes
    for W1, W2 in blocks:
        A = A + scale * W2 @ np.maximum(W1 @ A, 0)
    return A

# %% wrong: negative-scale-lost
# cause: the scale is pulled into the ReLU, which is allowed for positive scales only; with a negative one the sign and the half that is cut off change.
# visible: passes
def residual_forward(A, blocks, scale):
    for W1, W2 in blocks:
        A = A + W2 @ np.maximum(scale * (W1 @ A), 0)
    return A

# %% wrong: stops-when-large
# cause: the loop ends as soon as the signal exceeds 1e6, so the remaining blocks of an exploding chain are left out.
# visible: passes
def residual_forward(A, blocks, scale):
    for W1, W2 in blocks:
        if np.abs(A).max() > 1e6:
            break
        A = A + scale * W2 @ np.maximum(W1 @ A, 0)
    return A

# %% wrong: small-activations-zeroed
# cause: pre-activations below 1e-6 count as 0, so blocks add nothing to small signals.
# visible: passes
def residual_forward(A, blocks, scale):
    for W1, W2 in blocks:
        Z = W1 @ A
        A = A + scale * W2 @ np.where(Z > 1e-6, Z, 0.0)
    return A

# %% wrong: odd-block-dropped
# cause: the blocks are taken in pairs, and of an odd number of three or more the last one is left out.
# visible: passes
def residual_forward(A, blocks, scale):
    def one(a, block):
        return a + scale * block[1] @ np.maximum(block[0] @ a, 0)

    if len(blocks) == 1:
        return one(A, blocks[0])
    a = np.array(A)
    for first, second in zip(blocks[0::2], blocks[1::2]):
        a = one(one(a, first), second)
    return a
