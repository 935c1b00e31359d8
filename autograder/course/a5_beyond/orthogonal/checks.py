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

Two draws are never nearly alike. That the absolute values of two first columns are closer than ρ needs one of 2^n
points within the angle asin ρ, with probability 2^n·½·ρ^(n−1) at most, and given that, of the second columns, in one
dimension less, 2^n·½·ρ^(n−2), and so on: for n ≥ 8, four columns and all pairs 2e-11 together.

Who gives the matrices that the usual recipes make of the same generator is right, and judged no further. All others are
asked for more matrices: small ones, where the signs of a library show best; squares of size 8, as the even moments of
the trace are at most those of a normal number (Rains), so that its mean square has the bound of a variance, while it is
the size for exponentials of random matrices; and longer columns. The squares of their n entries have Dirichlet's law,
which is negatively associated, so Chernoff's bound holds for the number of those that are above 4/n, as hardly any is
in a cube, and of those above 9/n. (Rotations alone pass; for them the bound of the trace is not proved.)

False-fail rate, the only one of this assignment: `TESTS` tests, `FALSE_FAIL` each, 9e-10 together.

Seeds are chosen so that the Gaussian matrix that `rng` gives is well conditioned: some right recipes, such as
G·(GᵀG)^(−½), lose the square of the condition number. Haar's law is kept: in G = QR = UΣVᵀ both Q and UVᵀ are
independent of Σ. For draws that come about in another way the seed says nothing.
"""

from dataclasses import dataclass
from functools import cached_property
from math import log, sqrt
from typing import Any

import numpy as np

from autograder.authoring import Cases, Exercise, Student, check, corner, expect, labelled, pair_of_calls
from autograder.authoring.bounds import share_bounds, variance_bounds
from autograder.course.a5_beyond import _pictures
from autograder.course.reference.beyond import Array, orthogonal
from autograder.sandbox import Reply, Rng

DRAWS = 20  # of each of the large shapes, so that each has 140 coins or more; 360 products or more in all
AGAIN = 7  # of them are drawn again from the same seeds
FALSE_FAIL = 5e-11  # of one test
# Two for each of the large shapes, one for the products, the axes, likeness and traces, two for long columns, and six
# for small signs.
TESTS = 18
# How many more of which shapes the others draw: for signs, for traces, for long columns.
MANY = {(2, 2): 400, (8, 8): 60, (32, 2): 128, (2, 1): 128}
FAR = ((2.0, 0.043548), (3.0, 0.001500))  # above this over √32 an entry is far from 0, and how many are
RTOL = 1e-5  # of the norm, for QᵀQ = 1 and after 150 layers: QR errs by 1e-14, G·(GᵀG)^(−½) by 1e-9, float32 by 2e-6
CONDITION = 1000.0  # of the Gaussian matrix; one in 70 of shape (8, 8) is above
ALONG_AN_AXIS, SELDOM = 0.9, 6  # the square of an entry, and how many draws may have one
NEAR, LINES = 0.1, 4  # how near no two draws are, in so many columns

Shape = tuple[int, int]


@dataclass(frozen=True)
class Plan:
    """Seeds for every shape: large ones (square, tall, wide), drawn often for statistics, and small ones."""

    large: tuple[Shape, ...]
    small: tuple[Shape, ...]
    seeds: dict[Shape, list[int]]
    many: dict[Shape, list[int]]

    @cached_property
    def usual(self) -> list[dict[Shape, Array]]:
        """What the usual recipes make of these seeds."""
        return [
            {shape: np.stack([recipe(*shape, seed) for seed in some]) for shape, some in self.seeds.items()}
            for recipe in (decomposed, decomposed_as_asked, polar)
        ]


@labelled("plan")
def plan(rng: np.random.Generator) -> Plan:
    """Sizes that nobody can know."""
    n, k, tall, wide, row, column, few = (
        int(m) for m in rng.integers([8, 8, 5, 5, 2, 2, 2], [10, 10, 8, 8, 8, 8, 5])
    )
    large = ((n, n), (k + 2, k), (k, k + 2))
    small = ((tall, 2), (2, wide), (1, row), (column, 1), (few, few), (1, 1))

    def drawn(counts: dict[Shape, int]) -> dict[Shape, list[int]]:
        return {
            shape: [well_conditioned(rng, shape) for _ in range(times)] for shape, times in counts.items()
        }

    counts = dict.fromkeys(large, DRAWS) | dict.fromkeys(small, 2)
    return Plan(large, small, drawn(counts), drawn(MANY))


def well_conditioned(rng: np.random.Generator, shape: Shape) -> int:
    """A seed (see the module); `shape` and its transpose are filled in different orders, and both are looked at."""
    while True:
        seed = int(rng.integers(1, 2**62))
        G = np.random.default_rng(seed).standard_normal(shape)
        if max(np.linalg.cond(G), np.linalg.cond(G.reshape(shape[::-1]))) <= CONDITION:
            return seed


def decomposed(n_out: int, n_in: int, seed: int) -> Array:
    """The reference: from a matrix that is drawn tall."""
    return orthogonal(n_out, n_in, np.random.default_rng(seed))


def decomposed_as_asked(n_out: int, n_in: int, seed: int) -> Array:
    """From a matrix that is drawn in the shape that is asked for, and turned if it is wide."""
    G = np.random.default_rng(seed).standard_normal((n_out, n_in))
    Q, R = np.linalg.qr(G if n_out >= n_in else G.T)
    Q = Q * np.sign(np.diag(R))
    return Q if n_out >= n_in else Q.T


def polar(n_out: int, n_in: int, seed: int) -> Array:
    """Without its singular values."""
    U, _, Vt = np.linalg.svd(np.random.default_rng(seed).standard_normal((n_out, n_in)), full_matrices=False)
    return np.asarray(U @ Vt)


def as_usual(student: Student, cases: Cases) -> bool:
    """Whether all matrices are those of one of the usual recipes."""
    asked = cases.once(plan)
    got = {shape: matrices(student, cases, shape) for shape in asked.seeds}
    return any(
        all(expect.relative_error(Q, right[shape]) <= RTOL for shape, Q in got.items())
        for right in asked.usual
    )


def draws(student: Student, cases: Cases) -> dict[Shape, list[Reply]]:
    """The student's replies for every shape and seed."""
    return student.once(draws_and_one_more, cases)[0]


def draws_and_one_more(student: Student, cases: Cases) -> tuple[dict[Shape, list[Reply]], Reply]:
    """These, and the reply to a second call on the generator of the first tall one, all in one round trip."""
    asked = cases.once(plan)
    one = asked.large[1]
    given = {shape: [Rng(seed) for seed in some] for shape, some in asked.seeds.items()}
    given[one][0] = Rng(asked.seeds[one][0], shared=True)
    *first, last = ((shape, rng) for shape, some in (*given.items(), (one, given[one][:1])) for rng in some)
    *replies, later = student.calls("orthogonal", [(*shape, rng) for shape, rng in (*first, last)])
    return sorted_by_shape(given, replies), later


def many_draws(student: Student, cases: Cases) -> dict[Shape, list[Reply]]:
    """The same for the many that only those are asked for who draw otherwise than usual."""
    many = cases.once(plan).many
    replies = student.calls("orthogonal", [(*shape, Rng(seed)) for shape in many for seed in many[shape]])
    return sorted_by_shape(many, replies)


def sorted_by_shape(wanted: dict[Shape, list[Any]], replies: list[Reply]) -> dict[Shape, list[Reply]]:
    """The replies to as many calls of each shape."""
    rest = iter(replies)
    return {shape: [next(rest) for _ in of_shape] for shape, of_shape in wanted.items()}


def matrices(student: Student, cases: Cases, shape: tuple[int, int]) -> Array:
    """The student's draws of one shape as an array (draws, n_out, n_in)."""
    return stacked(student.once(draws, cases)[shape], shape)


def stacked(replies: list[Reply], shape: Shape) -> Array:
    """Draws of one shape as an array (draws, n_out, n_in)."""
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
    """Fail with `sentence` if the first two draws are the same matrix, unless it has a single entry."""
    with np.errstate(all="ignore"):
        expect.that(Q[0].size == 1 or float(np.linalg.norm(Q[0] - Q[1])) > 1e-9, sentence)


def alike(Q: Array) -> bool:
    """Whether two draws have nearly the same absolute values in their first four columns, or rows if wide."""
    lines = np.abs(Q if Q.shape[1] >= Q.shape[2] else Q.swapaxes(1, 2))[:, :, :LINES]
    with np.errstate(all="ignore"):
        gaps = np.linalg.norm(lines[:, None] - lines[None, :], axis=2).max(axis=2)
    return bool(np.any(gaps[np.triu_indices(len(Q), 1)] <= NEAR))


@check(points=7)
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


@check(points=3)
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


@check(points=9, false_fail=TESTS * FALSE_FAIL)
def check_uniform(student: Student, cases: Cases) -> None:
    """every direction is equally likely (Haar's law)"""
    if as_usual(student, cases):
        return
    products, along_an_axis = [], 0
    for shape in cases.once(plan).large:
        Q = matrices(student, cases, shape)
        expect.that(is_multiple_of_identity(gram(Q)), f"For shape {shape} the matrices are not orthogonal.")
        differ(Q, f"For shape {shape} two generators with different seeds give the same matrix.")
        signs = np.sign(np.diagonal(Q, axis1=1, axis2=2)[:, : min(shape) - 1])
        fair(
            signs,
            f"For shape {shape} the diagonal entries do not have either sign equally often. A QR decomposition chooses "
            "the sign of each column by a rule of its own.",
        )
        products.append(signs[:, 1:] * signs[:, :-1])
        first = Q[:, :, 0] if shape[0] >= shape[1] else Q[:, 0, :]
        along_an_axis += int(np.count_nonzero(np.max(first**2, axis=1) > ALONG_AN_AXIS))
        # Haar's law is continuous: two draws agree in an entry once in 2^50. Permutations and fixed matrices do.
        values = np.unique(np.abs(Q[:, 0, 0])).size
        expect.that(
            values == len(Q),
            f"For shape {shape} some draws have the same first entry: of how many numbers or seeds can they come?",
        )
        fair(np.sign(first[:, 1:]), f"For shape {shape} the entries do not have either sign equally often.")
        sentence = f"For shape {shape} two draws are nearly the same but for signs: are all entries random?"
        expect.that(not alike(Q), sentence)
    fair(
        np.concatenate(products, axis=None),
        "The signs of neighbouring diagonal entries depend on each other: is each column's sign random by itself?",
    )
    expect.that(
        along_an_axis <= SELDOM,
        f"In {along_an_axis} of {3 * DRAWS} draws the first column (or row) lies nearly along an axis; if every "
        "direction is equally likely, that is rare.",
    )
    many = {shape: stacked(replies, shape) for shape, replies in student.once(many_draws, cases).items()}
    for shape in ((2, 2), (2, 1)):
        for entry in many[shape].reshape(len(many[shape]), -1).T:
            fair(np.sign(entry), f"For shape {shape} the entries do not have either sign equally often.")
    _turns_repel(many[8, 8])
    _lengths_are_spread(many[32, 2][:, :, 0])


def _turns_repel(Q: Array) -> None:
    """Fail if the sums of the diagonals are too large: the angles of a random rotation repel each other."""
    with np.errstate(all="ignore"):
        square = float(np.mean(np.trace(Q, axis1=1, axis2=2) ** 2))
    expect.that(
        square <= variance_bounds(len(Q), FALSE_FAIL)[1],
        f"The sum of the diagonal has a mean square of {square:.2g} in {len(Q)} draws of shape {Q[0].shape}; if every "
        "direction is equally likely, it is about 1. Orthogonal matrices can be made in ways that prefer some of them.",
    )


def _lengths_are_spread(columns: Array) -> None:
    """Fail unless the entries of these columns are as often far from 0 as those of a random direction."""
    draws, n = columns.shape
    for far, often in FAR:
        low, high = share_bounds(columns.size, often, FALSE_FAIL)
        with np.errstate(all="ignore"):
            share = float(np.mean(np.abs(columns) * sqrt(n) > far))
        expect.that(
            low <= share <= high,
            f"In {draws} draws with {n} rows {share:.2%} of the entries of the first column are larger than "
            f"{far / sqrt(n):.2g}; if every direction is equally likely, {often:.2%} are. Which "
            "law have the entries of the matrix that it is made of?",
        )


@check(points=2)
def check_generator(student: Student, cases: Cases) -> None:
    """all randomness comes from rng: one seed, one matrix; another seed or a second call on it, another matrix"""
    asked = cases.once(plan)
    shape = asked.large[1]
    earlier = matrices(student, cases, shape)
    expect.that(is_multiple_of_identity(gram(earlier)), "The matrices are not orthogonal.")
    differ(earlier, "Two generators with different seeds give the same matrix.")
    again = student.calls("orthogonal", [(*shape, Rng(seed)) for seed in asked.seeds[shape][:AGAIN]])
    for new, Q in zip(stacked(again, shape), earlier, strict=False):
        expect.close(new, Q, 1e-9, "Two generators with the same seed give different matrices.")
    sentence = "Two calls on one generator give the same matrix. Draw from it itself, so that it moves on."
    (later,) = stacked([student.once(draws_and_one_more, cases)[1]], shape)
    differ(np.array([earlier[0], later]), sentence)
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
    pictures=_pictures.singular_values,
    trial=(2, 3, Rng(0)),
    domain=(
        corner("tall", lambda n_out, n_in, _: n_out > n_in > 1),
        corner("wide", lambda n_out, n_in, _: n_in > n_out > 1),
        corner("square, large", lambda n_out, n_in, _: n_out == n_in > 7),
        corner("square, small", lambda n_out, n_in, _: n_out == n_in and n_in in (2, 3, 4)),
        corner("one row", lambda n_out, n_in, _: n_in > n_out == 1),
        corner("one column", lambda n_out, n_in, _: n_out > n_in == 1),
        corner("one entry", lambda n_out, n_in, _: n_out == n_in == 1),
        pair_of_calls("one generator twice", lambda a, b: a == b and a[-1].shared),
        pair_of_calls("one seed twice", lambda a, b: a[:2] == b[:2] and a[2].seed == b[2].seed),
        pair_of_calls("one shape, two seeds", lambda a, b: a[:2] == b[:2] and a[2] != b[2]),
    ),
)
