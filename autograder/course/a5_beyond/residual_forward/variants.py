"""Right but different solutions of `residual_forward`: all get full marks."""

VARIANTS: dict[str, str] = {
    "loop over examples": """
def residual_forward(A, blocks, scale):
    columns = []
    for j in range(A.shape[1]):
        a = A[:, j]
        for W1, W2 in blocks:
            h = np.dot(W1, a)
            h[h < 0] = 0
            a = a + scale * np.dot(W2, h)
        columns.append(a)
    return np.stack(columns, axis=1)
""",
    "recursion": """
def residual_forward(A, blocks, scale):
    if len(blocks) == 0:
        return A
    W1, W2 = blocks[0]
    return residual_forward(A + scale * W2.dot(np.maximum(0, W1.dot(A))), blocks[1:], scale)
""",
    "in place on a copy": """
def residual_forward(A, blocks, scale):
    a = A.astype(float)
    for i in range(len(blocks)):
        hidden = blocks[i][0] @ a
        a += scale * (blocks[i][1] @ (hidden * (hidden > 0)))
    return a
""",
    "helper functions": """
def relu(z):
    return np.where(z > 0, z, 0)

def block(a, W1, W2):
    return W2 @ relu(W1 @ a)

def residual_forward(A, blocks, scale):
    for pair in blocks:
        A = A + block(A, *pair) * scale
    return A
""",
    "einsum, scaled weights, relu by the absolute value": """
def residual_forward(A, blocks, scale):
    for W1, W2 in blocks:
        z = np.einsum("hn,nm->hm", W1, A)
        A = A + np.einsum("nh,hm->nm", scale * W2, (z + np.abs(z)) / 2)
    return A
""",
    "rows inside, a transposed view outside": """
from functools import reduce

def residual_forward(A, blocks, scale):
    step = lambda rows, pair: rows + scale * np.clip(rows @ pair[0].T, 0, None) @ pair[1].T
    return reduce(step, blocks, A.T).T
""",
    "a class": """
class Block:
    def __init__(self, W1, W2, scale):
        self.W1, self.W2, self.scale = W1, W2, scale

    def __call__(self, a):
        return a + self.scale * self.W2 @ np.maximum(self.W1 @ a, 0)

def residual_forward(A, blocks, scale):
    for W1, W2 in blocks:
        A = Block(W1, W2, scale)(A)
    return A
""",
}
