"""Wrong orthogonal initialisers."""

from typing import Any

import numpy as np

from autograder.authoring import Catalogue
from autograder.authoring.student import Call
from autograder.authoring.values import equivalent, same
from autograder.course.reference.beyond import Array


def alike(call: Call, value: Any) -> bool:
    """Exactly alike, or orthogonal with the same telling fault, in whatever order the numbers were drawn.

    Telling are a gain other than 1 and a negative first entry, which is what an uncorrected QR always gives
    and a right draw gives half the time.
    """
    got, want = call.reply.result, np.asarray(value)
    if same(call, value):
        return True
    if not isinstance(got, np.ndarray) or got.dtype.kind != "f" or got.shape != want.shape or want.ndim != 2:
        return False
    gram, other = _gram(got), _gram(want)
    if not equivalent(gram, other) or not equivalent(gram, other[0, 0] * np.eye(len(other))):
        return False
    return bool(abs(other[0, 0] - 1.0) > 1e-6 or (got[0, 0] < 0 and want[0, 0] < 0))


def _gram(Q: Array) -> Array:
    with np.errstate(all="ignore"):
        return np.asarray(Q.T @ Q if Q.shape[0] >= Q.shape[1] else Q @ Q.T)


def drawn(long: int, short: int, rng: np.random.Generator) -> Array:
    """The right matrix to start from."""
    return rng.standard_normal((long, short))


def signed(Q: Array, R: Array) -> Array:
    """Q with the right signs."""
    return Q * np.sign(np.diag(R))


def haar(n_out: int, n_in: int, rng: np.random.Generator) -> Array:
    """The right draw."""
    Q, R = np.linalg.qr(drawn(max(n_out, n_in), min(n_out, n_in), rng))
    columns = signed(Q, R)
    return columns if n_out >= n_in else columns.T


catalogue = Catalogue(alike, whole=haar)


@catalogue.instead_of(
    signed, "The QR of a matrix is not unique: which signs are free? Look at the first entry of many draws."
)
def no_sign_correction(Q: Array, R: Array) -> Array:
    """returns Q as it comes, without the signs that make every direction equally likely"""
    return Q


@catalogue.instead_of(
    signed, "Which factor's diagonal decides about the signs? Look at the diagonal of many draws."
)
def signs_of_q(Q: Array, R: Array) -> Array:
    """takes the signs from the diagonal of Q instead of the diagonal of R"""
    return Q * np.sign(np.diag(Q))


@catalogue.add("One of the two factors is orthogonal. Which one do you return?")
def returns_r(n_out: int, n_in: int, rng: np.random.Generator) -> Array:
    """returns R, the triangular factor, instead of Q"""
    _, R = np.linalg.qr(rng.standard_normal((max(n_out, n_in), min(n_out, n_in))), mode="complete")
    return R if n_out >= n_in else R.T


@catalogue.instead_of(signed, "What is Q times R? Which of the two is orthogonal?")
def product_of_both(Q: Array, R: Array) -> Array:
    """returns Q·R, which is the Gaussian matrix again"""
    return Q @ R


@catalogue.instead_of(signed, "How long is each column? Which gain does a linear chain need?")
def gain_for_relu(Q: Array, R: Array) -> Array:
    """multiplies by √2, the gain for ReLU, where lengths should be kept exactly"""
    return np.sqrt(2) * Q * np.sign(np.diag(R))


@catalogue.add("Three rows of five numbers: which can be orthonormal, the rows or the columns?")
def wide_not_transposed(n_out: int, n_in: int, rng: np.random.Generator) -> Array:
    """makes columns orthonormal in a wide matrix, too, and so returns a matrix that is too small"""
    return signed(*np.linalg.qr(drawn(n_out, n_in, rng)))


@catalogue.add("Which shape does your Q have when n_out and n_in differ?")
def always_square(n_out: int, n_in: int, rng: np.random.Generator) -> Array:
    """returns a square orthogonal matrix whatever shape was asked for"""
    n = max(n_out, n_in)
    return haar(n, n, rng)


@catalogue.add("Length 1 is half of it. What is the angle between two of your columns?")
def length_one_only(n_out: int, n_in: int, rng: np.random.Generator) -> Array:
    """gives the columns length 1 but no right angles"""
    A = rng.standard_normal((max(n_out, n_in), min(n_out, n_in)))
    A = A / np.linalg.norm(A, axis=0)
    return A if n_out >= n_in else A.T


@catalogue.instead_of(
    drawn, "Which signs can the numbers have that you start from, and the first column of your Q?"
)
def positive_entries(long: int, short: int, rng: np.random.Generator) -> Array:
    """starts from uniform numbers between 0 and 1, so that the first column never points anywhere else"""
    return rng.random((long, short))


@catalogue.add("What differs between two layers that both call your function?")
def own_seed(n_out: int, n_in: int, rng: np.random.Generator) -> Array:
    """makes a generator of its own with a fixed seed, so that every layer gets the same matrix"""
    return haar(n_out, n_in, np.random.default_rng(0))


@catalogue.add("What does your function do with rng?")
def not_random(n_out: int, n_in: int, rng: np.random.Generator) -> Array:
    """returns the identity (or a part of it), which is orthogonal but not random"""
    return np.eye(n_out, n_in)
