"""Right but different solutions of `orthogonal`: all get full marks."""

VARIANTS: dict[str, str] = {
    "singular value decomposition": """
def orthogonal(n_out, n_in, rng):
    U, _, Vt = np.linalg.svd(rng.standard_normal((n_out, n_in)), full_matrices=False)
    return U @ Vt
""",
    "transpose for a wide matrix": """
def orthogonal(n_out, n_in, rng):
    A = rng.normal(0, 1, size=(n_out, n_in))
    if n_out < n_in:
        A = A.T
    Q, R = np.linalg.qr(A)
    d = np.diagonal(R)
    Q = Q * (d / np.abs(d))
    if n_out < n_in:
        Q = Q.T
    return Q
""",
    "recursion": """
def orthogonal(n_out, n_in, rng):
    if n_out < n_in:
        return orthogonal(n_in, n_out, rng).T
    Q, R = np.linalg.qr(rng.standard_normal((n_out, n_in)))
    return Q @ np.diag(np.sign(np.diag(R)))
""",
    "a part of a square matrix": """
def orthogonal(n_out, n_in, rng):
    n = max(n_out, n_in)
    Q, R = np.linalg.qr(rng.standard_normal((n, n)))
    Q *= np.where(np.diag(R) < 0, -1.0, 1.0)
    return Q[:n_out, :n_in]
""",
    "random signs": """
def orthogonal(n_out, n_in, rng):
    long, short = max(n_out, n_in), min(n_out, n_in)
    Q, _ = np.linalg.qr(rng.standard_normal((long, short)))
    Q = Q * rng.choice([-1.0, 1.0], size=short)
    return Q if n_out >= n_in else Q.T
""",
    "Gram-Schmidt, twice": """
def orthogonal(n_out, n_in, rng):
    A = rng.standard_normal((max(n_out, n_in), min(n_out, n_in)))
    columns = []
    for a in A.T:
        for _ in range(2):
            for q in columns:
                a = a - (q @ a) * q
        columns.append(a / np.linalg.norm(a))
    Q = np.array(columns).T
    return Q if n_out >= n_in else Q.T
""",
    "inverse root of the Gram matrix": """
def orthogonal(n_out, n_in, rng):
    A = rng.standard_normal((max(n_out, n_in), min(n_out, n_in)))
    for _ in range(2):
        values, vectors = np.linalg.eigh(A.T @ A)
        A = A @ (vectors / np.sqrt(values)) @ vectors.T
    return A if n_out >= n_in else A.T
""",
    "inverse root of the Gram matrix, once": """
def orthogonal(n_out, n_in, rng):
    if n_out < n_in:
        return orthogonal(n_in, n_out, rng).T
    A = rng.standard_normal((n_out, n_in))
    values, vectors = np.linalg.eigh(A.T @ A)
    return A @ vectors @ np.diag(1 / np.sqrt(values)) @ vectors.T
""",
    "Cholesky": """
def orthogonal(n_out, n_in, rng):
    if n_out < n_in:
        return orthogonal(n_in, n_out, rng).T
    A = rng.standard_normal((n_out, n_in))
    L = np.linalg.cholesky(A.T @ A)
    return A @ np.linalg.inv(L).T
""",
    "Gram-Schmidt, once": """
def orthogonal(n_out, n_in, rng):
    A = rng.standard_normal((max(n_out, n_in), min(n_out, n_in)))
    Q = np.zeros_like(A)
    for j, a in enumerate(A.T):
        a = a - Q @ (Q.T @ a)
        Q[:, j] = a / np.linalg.norm(a)
    return Q if n_out >= n_in else Q.T
""",
    "Householder reflections": """
def orthogonal(n_out, n_in, rng):
    n = max(n_out, n_in)
    Q = np.eye(n)
    for k in range(n, 0, -1):
        x = rng.standard_normal(k)
        sign = 1.0 if x[0] >= 0 else -1.0
        v = x.copy()
        v[0] += sign * np.linalg.norm(x)
        H = np.eye(n)
        H[n - k :, n - k :] = -sign * (np.eye(k) - 2 * np.outer(v, v) / (v @ v))
        Q = Q @ H
    return Q[:n_out, :n_in]
""",
    "scipy, rotations only": """
from scipy.stats import special_ortho_group

def orthogonal(n_out, n_in, rng):
    n = max(n_out, n_in)
    return special_ortho_group.rvs(n, random_state=rng)[:n_out, :n_in]
""",
    "scipy, rotations and reflections": """
import scipy.stats

def orthogonal(n_out, n_in, rng):
    Q = scipy.stats.ortho_group.rvs(max(n_out, n_in), random_state=rng)
    return Q[:n_out, :n_in]
""",
}
