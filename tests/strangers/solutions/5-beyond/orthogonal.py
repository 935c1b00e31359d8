# %% right: qr-with-signs
def orthogonal(n_out, n_in, rng):
    rows, columns = max(n_out, n_in), min(n_out, n_in)
    Q, R = np.linalg.qr(rng.standard_normal((rows, columns)))
    Q = Q * np.where(np.diag(R) < 0, -1.0, 1.0)
    return Q if n_out >= n_in else Q.T

# %% right: recursive-transpose
def orthogonal(n_out, n_in, rng):
    if n_out < n_in:
        return orthogonal(n_in, n_out, rng).T       # make every wide matrix from a tall one
    G = rng.normal(size=(n_out, n_in))
    Q, R = np.linalg.qr(G)
    for j in range(n_in):
        if R[j, j] < 0:
            Q[:, j] = -Q[:, j]
    return Q

# %% right: random-column-signs
def orthogonal(n_out, n_in, rng):
    # instead of taking the library's signs away, toss a coin for every column: the law is the same
    wide = n_in > n_out
    shape = (n_in, n_out) if wide else (n_out, n_in)
    Q = np.linalg.qr(rng.standard_normal(shape))[0]
    coins = rng.choice([-1.0, 1.0], size=shape[1])
    Q = Q * coins
    return Q.T if wide else Q

# %% right: svd-polar-factor
def orthogonal(n_out, n_in, rng):
    # G = U S V^T; the orthogonal factor U V^T of a Gaussian matrix prefers no direction,
    # and the signs of the singular vectors cancel
    G = rng.standard_normal((n_out, n_in))
    U, S, Vt = np.linalg.svd(G, full_matrices=False)
    return U @ Vt

# %% right: gram-schmidt-twice
def orthogonal(n_out, n_in, rng):
    tall, short = max(n_out, n_in), min(n_out, n_in)
    basis = []
    while len(basis) < short:
        v = rng.standard_normal(tall)
        for repetition in range(2):                 # twice is enough for full accuracy
            for u in basis:
                v = v - (u @ v) * u
        basis.append(v / np.linalg.norm(v))
    rows = np.array(basis)                          # (short, tall), orthonormal rows
    if n_out > n_in:
        return rows.T.copy()
    return rows

# %% right: square-first-then-cut
def orthogonal(n_out, n_in, rng):
    # a piece of a random square orthogonal matrix
    n = max(n_out, n_in)
    Q, R = np.linalg.qr(rng.standard_normal((n, n)))
    d = np.diagonal(R)
    Q = np.einsum("ij,j->ij", Q, d / np.abs(d))
    return np.array(Q[:n_out, :n_in])

# %% right: inverse-root-of-the-gram-matrix
def orthogonal(n_out, n_in, rng):
    # W = G (G^T G)^(-1/2), with the root from the eigenvalues; polished by one more round
    tall = n_out >= n_in
    G = rng.standard_normal((n_out, n_in) if tall else (n_in, n_out))
    W = G
    for polish in range(3):
        values, V = np.linalg.eigh(W.T @ W)
        W = W @ (V / np.sqrt(values)) @ V.T
    return W if tall else W.T

# %% right: scipy-ortho-group
from scipy.stats import ortho_group

def orthogonal(n_out, n_in, rng):
    n = max(n_out, n_in)
    if n == 1:                                      # the smallest case by hand
        return np.array([[rng.choice([-1.0, 1.0])]])
    return ortho_group.rvs(n, random_state=rng)[:n_out, :n_in]

# %% right: householder-by-hand
def orthogonal(n_out, n_in, rng):
    """Stewart's method: random reflections of shrinking size, with a random sign each."""
    n, k = max(n_out, n_in), min(n_out, n_in)
    Q = np.eye(n)[:, :k]
    for j in reversed(range(k)):
        v = rng.standard_normal(n - j)
        s = 1.0 if v[0] >= 0 else -1.0
        u = v.copy()
        u[0] += s * np.linalg.norm(v)
        u /= np.linalg.norm(u)
        # the reflection takes e_1 to -s v/|v|; the factor -s makes it v/|v|
        block = Q[j:, j:]
        Q[j:, j:] = -s * (block - 2.0 * np.outer(u, u @ block))
    return Q if n_out >= n_in else Q.T

# %% right: scipy-qr-typed
import scipy.linalg

class HaarSampler:
    def __init__(self, rng: np.random.Generator):
        self.rng = rng

    def tall(self, rows: int, columns: int) -> np.ndarray:
        assert rows >= columns >= 1
        G = self.rng.standard_normal(size=(rows, columns))
        Q, R = scipy.linalg.qr(G, mode="economic")
        return Q @ np.diag(np.sign(np.diag(R)))


def orthogonal(n_out: int, n_in: int, rng: np.random.Generator) -> np.ndarray:
    sampler = HaarSampler(rng)
    if n_out >= n_in:
        return sampler.tall(n_out, n_in)
    return np.transpose(sampler.tall(n_in, n_out))

# %% wrong: no-signs
# cause: step 3 is missing; the library makes the first entry negative every time, so half of all directions are never drawn.
# visible: fails
def orthogonal(n_out, n_in, rng):
    if n_out < n_in:
        return orthogonal(n_in, n_out, rng).T
    Q, R = np.linalg.qr(rng.standard_normal((n_out, n_in)))
    return Q

# %% wrong: only-first-column-flipped
# cause: the sign is corrected in the first column only, the other columns keep the signs that the library chose.
# visible: passes
def orthogonal(n_out, n_in, rng):
    if n_out < n_in:
        return orthogonal(n_in, n_out, rng).T
    Q, R = np.linalg.qr(rng.standard_normal((n_out, n_in)))
    if R[0, 0] < 0:
        Q[:, 0] *= -1
    return Q

# %% wrong: one-coin-for-the-matrix
# cause: one coin decides about the sign of the whole matrix, so the signs of the columns relative to each other are still the library's.
# visible: passes
def orthogonal(n_out, n_in, rng):
    if n_out < n_in:
        return orthogonal(n_in, n_out, rng).T
    Q, R = np.linalg.qr(rng.standard_normal((n_out, n_in)))
    return rng.choice([-1.0, 1.0]) * Q

# %% wrong: rotations-only
# cause: a column is flipped whenever the determinant is -1, so square matrices are always rotations and reflections are never drawn.
# visible: passes
def orthogonal(n_out, n_in, rng):
    n = max(n_out, n_in)
    Q, R = np.linalg.qr(rng.standard_normal((n, n)))
    Q = Q * np.sign(np.diag(R))
    if np.linalg.det(Q) < 0:
        Q[:, -1] = -Q[:, -1]
    return Q[:n_out, :n_in]

# %% wrong: uniform-instead-of-gaussian
# cause: G is drawn uniformly from a cube instead of from the normal law, so directions towards the corners of the cube are preferred.
# visible: passes
def orthogonal(n_out, n_in, rng):
    rows, columns = max(n_out, n_in), min(n_out, n_in)
    G = rng.uniform(-1, 1, (rows, columns))
    Q, R = np.linalg.qr(G)
    Q = Q * np.sign(np.diag(R))
    return Q if n_out >= n_in else Q.T

# %% wrong: hundred-seeds
# cause: only a seed between 0 and 99 is taken from rng, so there are just a hundred different matrices of each shape.
# visible: passes
def orthogonal(n_out, n_in, rng):
    local = np.random.default_rng(int(rng.integers(100)))
    rows, columns = max(n_out, n_in), min(n_out, n_in)
    Q, R = np.linalg.qr(local.standard_normal((rows, columns)))
    Q = Q * np.sign(np.diag(R))
    return Q if n_out >= n_in else Q.T

# %% wrong: fresh-generator
# cause: it makes a generator of its own and ignores rng, so the result cannot be repeated with the same seed.
# visible: passes
def orthogonal(n_out, n_in, rng):
    rng = np.random.default_rng()
    tall = rng.standard_normal((max(n_out, n_in), min(n_out, n_in)))
    Q, R = np.linalg.qr(tall)
    Q = Q * np.sign(np.diag(R))
    return Q.T if n_in > n_out else Q

# %% wrong: sign-from-q
# cause: the columns are flipped by the sign of Q's diagonal instead of R's, so the diagonal of the result is always positive.
# visible: fails
def orthogonal(n_out, n_in, rng):
    if n_in > n_out:
        return orthogonal(n_in, n_out, rng).T
    Q, R = np.linalg.qr(rng.standard_normal((n_out, n_in)))
    return Q * np.sign(np.diag(Q))

# %% wrong: exponential-of-a-skew-matrix
# cause: the exponential of a random skew-symmetric matrix is always a rotation with determinant 1 (and [[1.]] for a single entry), and its angles do not follow Haar's law.
# visible: passes
from scipy.linalg import expm

def orthogonal(n_out, n_in, rng):
    n = max(n_out, n_in)
    G = 5 * rng.standard_normal((n, n))
    W = expm(G - G.T)                    # the exponential of a skew matrix is orthogonal
    return W[:n_out, :n_in]

# %% wrong: rescaled-gaussian-columns
# cause: the columns of a Gaussian matrix are only scaled to length 1; they are not at right angles to each other.
# visible: fails
def orthogonal(n_out, n_in, rng):
    if n_in > n_out:
        return orthogonal(n_in, n_out, rng).T
    G = rng.standard_normal((n_out, n_in))
    return G / np.linalg.norm(G, axis=0)
