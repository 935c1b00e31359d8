"""What random matrices look like: rows of different size, columns that repeat, few different values, a cut.

They are asked for with public seeds. Each sentence is true of all of them; chance does not make one true.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.grading.probes.trials import public
from autograder.results import Cause
from autograder.sandbox import Rng, Session

Array = NDArray[np.float64]
SHAPES = ((160, 90), (90, 160), (120, 120))
LENGTHS = ((9_000,), (12_000,), (15_000,))
SURE = 6.0  # standard deviations
# Draws of one law exceed the largest of 40 orders in one case of 41, for each matrix.
ORDERS, BEYOND = 40, 1.5
SAMPLE = 200_000  # draws of a law, which another one is compared with
SHARES = np.linspace(0.0, 1.0, 2_001)
LIKE = 1.8  # over √N: a distance that chance makes once in 300
APART = 1.5  # how much farther a normal law has to lie
TWINS = 1.0 - 1e-9  # correlation


def draws(exercise: str, session: Session) -> list[Array]:
    """The student's matrices, or vectors as matrices of one row, if the exercise is about such."""
    first = next(iter(public(exercise))).call.arguments
    kinds = [type(argument) for argument in first]
    if kinds not in ([int, int, Rng], [int, Rng]):
        return []
    shapes: tuple[tuple[int, ...], ...] = SHAPES if len(kinds) == 3 else LENGTHS
    replies = session.calls(exercise, [(*shape, Rng(seed)) for seed, shape in enumerate(shapes)])
    found = [_weights(reply.result, shape) for reply, shape in zip(replies, shapes, strict=True)]
    good = [W for W in found if W is not None]
    return good if len(good) == len(shapes) else []


def _weights(value: Any, shape: tuple[int, ...]) -> Array | None:
    if not isinstance(value, np.ndarray) or value.shape != shape or value.dtype.kind != "f":
        return None
    usable = bool(np.all(np.isfinite(value)) and np.any(value))
    return np.atleast_2d(value.astype(np.float64)) if usable else None


def seen(matrices: Sequence[Array], is_normal: bool) -> Iterator[Cause]:
    """What all of the matrices have in common that independent draws of one law do not have, or, where they should be
    normal, of which other law they are.
    """
    for look in (_values, _symmetric, _twins, _cut, _copies, _sizes, _shifted):
        if look is _copies and all(_is_orthonormal(W) for W in matrices):
            continue  # such a matrix may have them
        found = [look(W) for W in matrices]
        told = [cause for cause in found if cause is not None]
        if told and (len(told) == len(found) or look is _symmetric):
            yield told[-1]
            return
    if is_normal and matrices and (law := _law(np.concatenate([(W / W.std()).ravel() for W in matrices]))):
        yield law


def _is_orthonormal(W: Array) -> bool:
    short = W if W.shape[0] <= W.shape[1] else W.T
    return bool(np.allclose(short @ short.T, np.eye(len(short))))


def _sum(rng: np.random.Generator, n: int, terms: int) -> Array:
    return np.asarray(rng.random((terms, n)).sum(axis=0))


_TAILS = "A normal law has tails: of ten thousand numbers some are more than 3.5 standard deviations from 0."
_HEAVY = "Its tails are heavier than a normal law's."


@dataclass(frozen=True)
class Law:
    """How it is named, `draw(rng, n)` of it, and what tells it from a normal law."""

    words: str
    draw: Callable[[np.random.Generator, int], Array]
    tails: str = _TAILS


_FEW = "sums of a few uniform numbers"  # how few is hard to tell
LAWS = (  # the first is what is asked for
    Law("a normal law", lambda rng, n: rng.standard_normal(n), ""),
    Law("a uniform law", partial(_sum, terms=1)),
    Law("a triangular law (sums of two uniform numbers)", partial(_sum, terms=2)),
    *(Law(_FEW, partial(_sum, terms=terms)) for terms in (3, 4, 6)),
    Law(
        "a normal law that is cut off at two standard deviations, as Keras' and JAX' are",
        lambda rng, n: (z := rng.standard_normal(2 * n))[np.abs(z) < 2][:n],
    ),
    Law("a Laplace law (two exponentials)", lambda rng, n: rng.laplace(size=n), _HEAVY),
    Law("a logistic law", lambda rng, n: rng.logistic(size=n), _HEAVY),
    Law(
        "a law of Student's with few degrees of freedom",
        lambda rng, n: rng.standard_t(5, n),
        _HEAVY,
    ),
)


def _law(drawn: Array) -> Cause | None:
    """Of which other law than the normal one these numbers, of variance 1, may be draws; None if that is not plain."""
    x = np.sort(drawn)
    normal, *others = (_distance(x, quantiles) for quantiles in _quantiles())
    near, law = min(zip(others, LAWS[1:], strict=True), key=lambda pair: pair[0])
    if near > LIKE / np.sqrt(len(x)) or normal < APART * near:
        return None
    return _cause(
        "law", f"draws its weights from {law.words}, or nearly so", f"{law.tails} Which law is asked for?"
    )


@cache
def _quantiles() -> Sequence[Array]:
    """Those of each of `LAWS` with variance 1 around 0, at `SHARES`; they are kept, and so they are few."""
    rng = np.random.default_rng(0)
    made = [law.draw(rng, SAMPLE) for law in LAWS]
    return [np.quantile((z - z.mean()) / z.std(), SHARES) for z in made]


def _distance(x: Array, quantiles: Array) -> float:
    """How far two distribution functions lie apart at most, that of `x`, which is sorted, taken at its entries."""
    shares = np.arange(1, len(x) + 1) / len(x)
    return float(np.max(np.abs(np.interp(x, quantiles, SHARES) - shares)))


def _cause(name: str, words: str, hint: str) -> Cause:
    return Cause(f"probe_{name}", words, hint)


def _values(W: Array) -> Cause | None:
    different = np.unique(W).size
    if different > W.size // 10:
        return None
    hint = "How many values can one of your draws have? Are weights rounded, counted or chosen from a list?"
    return _cause(
        "few_values", f"draws from few values: {W.size:,} weights have {different:,} different ones", hint
    )


def _symmetric(W: Array) -> Cause | None:
    if W.shape[0] != W.shape[1] or not np.array_equal(W, W.T):
        return None
    hint = "Weight (i, j) and weight (j, i) belong to different units. Why are they equal?"
    return _cause("symmetric", "makes square matrices symmetric", hint)


def _twins(W: Array) -> Cause | None:
    """Rows or columns that are multiples of each other."""
    for lines, name in ((W, "row"), (W.T, "column")) if len(W) > 1 else ():
        sizes = np.linalg.norm(lines, axis=1, keepdims=True)
        if not np.all(sizes > 0):
            return _cause("zeros", f"leaves some {name}s all zeros", f"Which {name}s does your loop reach?")
        r = (lines / sizes) @ (lines / sizes).T
        pairs = np.argwhere(np.triu(np.abs(r) > TWINS, 1))
        if len(pairs):
            i, j = map(int, pairs[0])
            sign = "" if r[i, j] > 0 else "minus "
            times = "" if abs(sizes[i, 0] / sizes[j, 0] - 1) < 1e-9 else "a multiple of "
            hint = f"Is every {name} a draw of its own, or made of others?"
            words = f"repeats itself: {name} {j + 1} is {times}{sign}{name} {i + 1}, counted from 1"
            return _cause("twins", words, hint)
    return None


def _copies(W: Array) -> Cause | None:
    """Weights that are there twice, also with the other sign."""
    sizes, times = np.unique(np.abs(W), return_counts=True)
    different = sizes.size
    # Rounded ones coincide now twice, now three times.
    if different > 0.9 * W.size or np.unique(times).size > 2:
        return None
    both = np.unique(W).size > 1.5 * different
    how = "often with both signs" if both else "often twice"
    hint = "Is every weight a draw of its own?"
    words = f"uses draws more than once: {W.size:,} weights have {different:,} different sizes, {how}"
    return _cause("copies", words, hint)


def _sizes(W: Array) -> Cause | None:
    """Rows or columns whose sizes differ by more than chance lets them."""
    for lines, name in ((W, "row"), (W.T, "column")) if len(W) > 1 else ():
        squares = np.mean(lines**2, axis=1)
        spread = _spread(squares)
        by_chance = SURE * np.sqrt(2.0 / lines.shape[1])  # of normal draws; a few large ones make more
        if spread < by_chance or spread < BEYOND * _spread_by_chance(lines):
            continue
        hint = f"Which of your steps treats one {name} differently from another?"
        return _cause("sizes", f"gives {name}s of different size: {_pattern(squares, name)}", hint)
    return None


def _spread(squares: Array) -> float:
    """How far the mean squares of lines lie from their median, in multiples of it."""
    middle = float(np.median(squares))
    return float(np.max(np.abs(squares / middle - 1.0))) if middle > 0 else 0.0


def _spread_by_chance(lines: Array) -> float:
    """The largest spread when the same weights stand in any order: what their law, be it any, gives by itself."""
    rng = np.random.default_rng(0)
    orders = (rng.permutation(lines.ravel()).reshape(lines.shape) for _ in range(ORDERS))
    return max(_spread(np.mean(order**2, axis=1)) for order in orders)


def _pattern(squares: Array, name: str) -> str:
    """Which lines are larger, in words."""
    n = len(squares)
    groups: dict[str, Callable[[Any], Any]] = {
        f"the first {name}": lambda i: i == 0,
        f"the last {name}": lambda i: i == n - 1,
        f"every other {name}, the first among them,": lambda i: i % 2 == 0,
        f"the first half of the {name}s": lambda i: i < n // 2,
    }
    numbers = np.arange(n)
    for words, holds in groups.items():
        one, other = squares[holds(numbers)], squares[~holds(numbers)]
        if np.max(one) < np.min(other) or np.max(other) < np.min(one):
            ratio = float(np.sqrt(np.mean(one) / np.mean(other)))
            return f"{words} is about {ratio:.2g} times as large as the others"
    low, high = np.sqrt(np.min(squares)), np.sqrt(np.max(squares))
    return f"root mean squares go from {low:.2g} to {high:.2g}"


def _shifted(W: Array) -> Cause | None:
    mean, deviation = float(W.mean()), float(W.std())
    if abs(mean) * np.sqrt(W.size) < SURE * deviation:
        return None
    hint = "Around which number do your weights lie? A neuron has to be able to subtract."
    return _cause("shifted", f"draws around {mean:.2g} and not around 0", hint)


def _cut(W: Array) -> Cause | None:
    """Many weights that are all the largest."""
    largest = float(np.max(np.abs(W)))
    beyond = np.abs(W) >= largest * (1 - 1e-12)
    share, others = float(np.mean(beyond)), np.abs(W[~beyond])
    if share < 5 / W.size or np.unique(others).size < 0.99 * others.size:
        return None
    ratio = largest / float(W.std())
    hint = "What becomes of a draw that is far from 0? A cut makes the variance smaller."
    words = (
        f"cuts its draws off: {share:.1%} of the weights have the same size, {ratio:.2g} standard deviations"
    )
    return _cause("cut", words, hint)
