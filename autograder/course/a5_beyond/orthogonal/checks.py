"""`orthogonal(n_out, n_in, rng)`: random weights that keep every length exactly.

Haar's law is the one that no rotation or reflection changes. In particular it does not change when the rows
are multiplied by fixed signs; with k the shorter side, any signs may be chosen for the first k − 1 rows (in
the last row one sign is then free to make the product 1, so this holds for rotations alone, too, such as
scipy's special_ortho_group draws). Hence the signs of the first k − 1 diagonal entries are independent fair
coins, and so are the products of neighbours among them. The Q of an uncorrected QR has Q₁₁ < 0 always, as LAPACK
reflects the first column to −‖·‖·e₁ or back, and the next diagonal entries are negative nine times in ten.

The first column (the first row of a wide matrix) points anywhere with equal probability, so the signs of its
entries are independent fair coins, too: a QR of positive numbers gives itself away there. It seldom points along
an axis: squares of its n ≥ 8 entries have the law Beta(½, (n−1)/2), so one is above .9 with probability 7.7e-4 at most,
and in more than 6 of 60 draws with probability 6e-14.

For K fair coins c = ±1 Hoeffding's inequality gives P(|mean c| > t) ≤ 2·exp(−K·t²/2).
False-fail rate, the only one of this assignment: `TESTS` tests, `FALSE_FAIL` each, 5.6e-10 together.

Seeds are chosen so that the Gaussian matrix that `rng` gives is well conditioned: some right recipes, such as
G·(GᵀG)^(−½), lose the square of the condition number. Haar's law is kept: in G = QR = UΣVᵀ both Q and UVᵀ are
independent of Σ. For draws that come about in another way the seed says nothing.
"""

from dataclasses import dataclass
from math import log, sqrt

import numpy as np

from autograder.authoring import Cases, Exercise, Student, check, expect, labelled
from autograder.course.reference.beyond import Array, orthogonal
from autograder.sandbox import Reply, Rng

DRAWS = 20  # of each of the large shapes, so that each has 140 coins or more; 360 products or more in all
AGAIN = 12  # of them are drawn again from the same seeds
FALSE_FAIL = 7e-11  # of one test
TESTS = 8  # two for each of the large shapes, one for the products, one for the axes
RTOL = 1e-5  # of the norm, for QᵀQ = 1 and after 150 layers: QR errs by 1e-14, G·(GᵀG)^(−½) by 1e-9, float32 by 2e-6
CONDITION = 1000.0  # of the Gaussian matrix; one in 70 of shape (8, 8) is above
ALONG_AN_AXIS, SELDOM = 0.9, 6  # the square of an entry, and how many draws may have one

Shape = tuple[int, int]


@dataclass(frozen=True)
class Plan:
    """Seeds for every shape: large ones (square, tall, wide), drawn often for statistics, and small ones."""

    large: tuple[Shape, ...]
    small: tuple[Shape, ...]
    seeds: dict[Shape, list[int]]


@labelled("plan")
def plan(rng: np.random.Generator) -> Plan:
    """Sizes that nobody can know."""
    n, k, tall, wide, row, column = (int(m) for m in rng.integers([8, 8, 5, 5, 2, 2], [10, 10, 8, 8, 8, 8]))
    large = ((n, n), (k + 2, k), (k, k + 2))
    small = ((tall, 2), (2, wide), (1, row), (column, 1))
    counts = dict.fromkeys(large, DRAWS) | dict.fromkeys(small, 2)
    seeds = {shape: [well_conditioned(rng, shape) for _ in range(times)] for shape, times in counts.items()}
    return Plan(large, small, seeds)


def well_conditioned(rng: np.random.Generator, shape: Shape) -> int:
    """A seed (see the module); `shape` and its transpose are filled in different orders, and both are looked at."""
    while True:
        seed = int(rng.integers(1, 2**62))
        G = np.random.default_rng(seed).standard_normal(shape)
        if max(np.linalg.cond(G), np.linalg.cond(G.reshape(shape[::-1]))) <= CONDITION:
            return seed


def draws(student: Student, cases: Cases) -> dict[Shape, list[Reply]]:
    """The student's replies for every shape and seed, in one round trip."""
    wanted = cases.once(plan).seeds
    batch = [(*shape, Rng(seed)) for shape, of_shape in wanted.items() for seed in of_shape]
    replies = iter(student.calls("orthogonal", batch))
    return {shape: [next(replies) for _ in of_shape] for shape, of_shape in wanted.items()}


def matrices(student: Student, cases: Cases, shape: tuple[int, int]) -> Array:
    """The student's draws of one shape as an array (draws, n_out, n_in)."""
    replies = student.once(draws, cases)[shape]
    what = f"orthogonal({shape[0]}, {shape[1]}, rng)"
    return np.stack([expect.array(reply.value, shape, what) for reply in replies])


def gram(Q: Array) -> Array:
    """QᵀQ of tall or square, QQᵀ of wide matrices: (draws, n, n) with n the shorter side."""
    Qt = Q.swapaxes(1, 2)
    with np.errstate(all="ignore"):
        return np.asarray(Qt @ Q if Q.shape[1] >= Q.shape[2] else Q @ Qt)


def is_identity(grams: Array) -> bool:
    """Whether each of the matrices (draws, n, n) is the identity to `RTOL` of its norm."""
    unit = np.eye(grams.shape[1])
    with np.errstate(all="ignore"):
        error = np.linalg.norm(grams - unit, axis=(1, 2))
    return bool(np.all(error <= RTOL * sqrt(len(unit))))


def is_multiple_of_identity(grams: Array) -> bool:
    """The same up to a factor: a wrong gain is judged elsewhere."""
    with np.errstate(all="ignore"):
        factors = np.trace(grams, axis1=1, axis2=2) / grams.shape[1]
        return is_identity(grams / factors[:, None, None])


def fair(signs: Array, sentence: str) -> None:
    """Fail with `sentence` where fair coins would have failed with probability at most `FALSE_FAIL`."""
    bound = sqrt(2.0 * log(2.0 / FALSE_FAIL) / signs.size)
    expect.that(abs(float(np.mean(signs))) <= bound, sentence)


def differ(Q: Array, sentence: str) -> None:
    """Fail with `sentence` if the first two draws are the same matrix (1 × 1 is never tested)."""
    with np.errstate(all="ignore"):
        expect.that(float(np.linalg.norm(Q[0] - Q[1])) > 1e-9, sentence)


@check(points=8)
def check_orthonormal(student: Student, cases: Cases) -> None:
    """columns are orthonormal in a tall matrix, rows in a wide one, both in a square one"""
    asked = cases.once(plan)
    for shape in (*asked.small, *asked.large):
        Q = matrices(student, cases, shape)
        lines = "rows" if shape[0] < shape[1] else "columns"
        sentence = f"For shape {shape} the {lines} are not orthonormal (of length 1, at right angles)."
        expect.that(is_identity(gram(Q)), sentence)
        differ(Q, f"For shape {shape} two generators with different seeds give the same matrix.")


@check(points=1)
def check_dtype(student: Student, cases: Cases) -> None:
    """the result holds float64 numbers"""
    check_orthonormal.run(student, cases)
    for shape, replies in student.once(draws, cases).items():
        for reply in replies:
            expect.double(reply.value, f"orthogonal({shape[0]}, {shape[1]}, rng)")


@check(points=4)
def check_depth_150(student: Student, cases: Cases) -> None:
    """a linear chain of 150 such layers keeps the length of its input"""
    layers = matrices(student, cases, cases.once(plan).large[0])
    differ(layers, "Two generators with different seeds give the same matrix.")
    a = start = cases.rng("input").standard_normal((layers.shape[1], 1))
    with np.errstate(all="ignore"):
        for l in range(150):
            a = layers[l % DRAWS] @ a
        ratio = float(np.linalg.norm(a) / np.linalg.norm(start))
    sentence = f"After 150 layers the length of the signal is {ratio:.13g} of what it was; it should be 1."
    expect.close(ratio, 1.0, RTOL, sentence)


@check(points=7, false_fail=TESTS * FALSE_FAIL)
def check_uniform(student: Student, cases: Cases) -> None:
    """every direction is equally likely (Haar's law)"""
    products, along_an_axis = [], 0
    for shape in cases.once(plan).large:
        Q = matrices(student, cases, shape)
        expect.that(is_multiple_of_identity(gram(Q)), f"For shape {shape} the matrices are not orthogonal.")
        differ(Q, f"For shape {shape} two generators with different seeds give the same matrix.")
        signs = np.sign(np.diagonal(Q, axis1=1, axis2=2)[:, : min(shape) - 1])
        fair(signs, f"For shape {shape} the diagonal entries do not have either sign equally often.")
        products.append(signs[:, 1:] * signs[:, :-1])
        first = Q[:, :, 0] if shape[0] >= shape[1] else Q[:, 0, :]
        along_an_axis += int(np.count_nonzero(np.max(first**2, axis=1) > ALONG_AN_AXIS))
        # Haar's law is continuous: two draws agree in an entry once in 2^50. Permutations and fixed matrices do.
        values = np.unique(np.abs(Q[:, 0, 0])).size
        expect.that(
            values == len(Q), f"For shape {shape} some draws have the same first entry: are they all random?"
        )
        fair(np.sign(first[:, 1:]), f"For shape {shape} the entries do not have either sign equally often.")
    fair(
        np.concatenate(products, axis=None),
        "The signs of neighbouring diagonal entries depend on each other.",
    )
    expect.that(
        along_an_axis <= SELDOM,
        f"In {along_an_axis} of {3 * DRAWS} draws the first column (or row) lies nearly along an axis; if every "
        "direction is equally likely, that is rare.",
    )


@check(points=2)
def check_generator(student: Student, cases: Cases) -> None:
    """all randomness comes from rng: one seed, one matrix; another seed, another matrix"""
    asked = cases.once(plan)
    shape = asked.large[1]
    earlier = matrices(student, cases, shape)
    expect.that(is_multiple_of_identity(gram(earlier)), "The matrices are not orthogonal.")
    differ(earlier, "Two generators with different seeds give the same matrix.")
    again = student.calls("orthogonal", [(*shape, Rng(seed)) for seed in asked.seeds[shape][:AGAIN]])
    for reply, Q in zip(again, earlier, strict=False):
        same = expect.array(reply.value, shape, f"orthogonal({shape[0]}, {shape[1]}, rng)")
        expect.close(same, Q, 1e-9, "Two generators with the same seed give different matrices.")
    replies = [reply for of_shape in student.once(draws, cases).values() for reply in of_shape]
    untouched = not any(reply.reseeded for reply in (*replies, *again))
    expect.that(untouched, "Your function uses NumPy's global random state. Draw from rng only.")


EXERCISE = Exercise(
    orthogonal,
    checks=(
        check_orthonormal,
        check_depth_150,
        check_uniform,
        check_generator,
        check_dtype,
    ),
    trial=(2, 3, Rng(0)),
)
