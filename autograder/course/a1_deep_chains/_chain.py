"""A deep linear chain with data at both ends, in shapes from the secret in which mistakes cannot hide."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np

from autograder.authoring import Labelled, corner, whole_numbers
from autograder.authoring.cases import sizes
from autograder.authoring.domain import Corner
from autograder.course.a1_deep_chains._case import Case
from autograder.course.reference.chains import Array

MOST = 8  # units or examples


@dataclass(frozen=True)
class Chain:
    """Weights W_l (n_l, n_{l−1}), an input X (n_0, m) and a gradient dY (n_L, m) at the output."""

    weights: list[Array]
    X: Array
    dY: Array  # noqa: N815 - the course's name for ∂J/∂Y

    @property
    def shapes(self) -> str:
        """The shapes of the weights, in words for a student."""
        if len(self.weights) > 5:
            return f"{len(self.weights)} weight matrices"
        return "weights of shape " + ", ".join(f"{W.shape}{of_what(W)}" for W in self.weights)


def of_what(array: Any) -> str:
    """For a student: that an array holds integers, which shows in its dtype."""
    return " of whole numbers" if whole_numbers(array) else ""


def gaussian(rng: np.random.Generator, layer_dims: list[int], m: int) -> Chain:
    """Random matrices that do not commute and keep norms near 1."""
    weights = [rng.standard_normal((n_out, n_in)) / np.sqrt(n_in) for n_in, n_out in pairwise(layer_dims)]
    return _with_data(rng, weights, m)


def rectangular(rng: np.random.Generator) -> list[Chain]:
    """Different widths, m ≠ n, twice, and once more with other weights: results must not be kept by shape.

    Then square matrices, with m = n once: mistakes that raise elsewhere run there and give values, by which
    the diagnosis tells them apart. Last the corners of what the text allows.
    """
    *layer_dims, m = sizes(rng, int(rng.integers(5, 8)), MOST)
    chain = gaussian(rng, layer_dims, m)
    other = replace(gaussian(rng, layer_dims, m), X=chain.X, dY=chain.dY)
    n, m = sizes(rng, 2, MOST)
    square = gaussian(rng, [n] * int(rng.integers(4, 6)), m)
    return [chain, chain, other, square, gaussian(rng, [m, m, m], m), *corners(rng)]


def corners(rng: np.random.Generator) -> list[Chain]:
    """Layers of one unit; one unit and one example throughout; whole numbers, in all arrays, in the data alone and in
    single layers; arrays that are views.
    """
    n, k, m = sizes(rng, 3, MOST)
    scalars = positive(rng, [1] * int(rng.integers(3, 6)), 1)
    return [
        positive(rng, [n, 1, k, 1], m),
        scalars,
        whole(rng, [n, k, m], k),
        *mixed(rng, [n, k, n, m], k),
        views(gaussian(rng, [k, m, n], m)),
    ]


def positive(rng: np.random.Generator, layer_dims: list[int], m: int) -> Chain:
    """Positive numbers: a sum of few terms, all that a layer of one unit passes on, does not cancel."""
    weights = [rng.uniform(0.5, 1.5, (n_out, n_in)) for n_in, n_out in pairwise(layer_dims)]
    X, dY = rng.uniform(0.5, 1.5, (layer_dims[0], m)), rng.uniform(0.5, 1.5, (layer_dims[-1], m))
    return Chain(weights, X, dY)


def whole(rng: np.random.Generator, layer_dims: list[int], m: int) -> Chain:
    """Whole numbers of dtype int, zeros among them."""
    made = positive(rng, layer_dims, m)

    def drawn(like: Array) -> Any:
        return rng.permutation(np.resize([0, 1, -2, 3], like.size)).reshape(like.shape)

    return Chain([drawn(W) for W in made.weights], drawn(made.X), drawn(made.dY))


def mixed(rng: np.random.Generator, layer_dims: list[int], m: int) -> list[Chain]:
    """Whole numbers of dtype int beside fractions: data of them; layers of them, the first and the last and those
    between, so that fractions meet whole numbers on either way.
    """
    fractions, integers = gaussian(rng, layer_dims, m), whole(rng, layer_dims, m)
    ends = [integers.weights[0], *fractions.weights[1:-1], integers.weights[-1]]
    middle = [fractions.weights[0], *integers.weights[1:-1], fractions.weights[-1]]
    return [
        replace(integers, weights=fractions.weights),
        replace(fractions, weights=ends),
        replace(fractions, weights=middle),
    ]


def single_layers(place: int) -> tuple[Corner, Corner]:
    """The corners of `mixed` among the weights, which are the argument at this place."""

    def of(name: str, *whole: bool) -> Corner:
        return corner(
            f"whole numbers in the {name} layer alone",
            lambda *call: tuple(map(whole_numbers, call[place][:2])) == whole,
        )

    return of("first", True, False), of("second", False, True)


def views(chain: Chain) -> Chain:
    """The same numbers, column by column in memory, as in a transpose."""
    return Chain([np.asfortranarray(W) for W in chain.weights], *map(np.asfortranarray, (chain.X, chain.dY)))


def one_layer(rng: np.random.Generator) -> list[Chain]:
    """Depth 1, with many examples and with one."""
    n_in, n_out, m = sizes(rng, 3, MOST)
    return [gaussian(rng, [n_in, n_out], m), gaussian(rng, [n_in, n_in + 3], 1)]


def depth_150(rng: np.random.Generator) -> list[Chain]:
    """Depth 150, where norms grow to about 1e26, and one from 100 to 149, where they shrink to about 1e-45."""
    depth = int(rng.integers(100, 150))
    return [rotations(rng, 150, 1.5), rotations(rng, depth, 10.0 ** (-45 / depth))]


def rotations(rng: np.random.Generator, depth: int, scale: float) -> Chain:
    """Rotations of a 5-dimensional space times `scale`, between a first and a last layer of other widths.

    A product of rotations is perfectly conditioned: every order of summation agrees to 1e-13. A product of
    150 Gaussian matrices is not, and a right answer in another order might fail.
    """
    n_in, n_out = rng.permutation([2, 3, 4])[:2]
    first, last = (np.linalg.qr(rng.standard_normal((5, n))).Q for n in (n_in, n_out))
    hidden = scale * np.linalg.qr(rng.standard_normal((depth - 2, 5, 5))).Q
    return _with_data(rng, [first, *hidden, last.T], m=int(rng.integers(6, 9)))


def cases_of(
    label: str, make: Callable[[np.random.Generator], list[Chain]], case: Callable[[Chain], Case]
) -> Labelled[list[Case]]:
    """The hidden calls with the chains that `make` draws."""
    return Labelled(label, lambda rng: [case(chain) for chain in make(rng)])


def small_chains() -> Any:
    """A Hypothesis strategy of chains with whole-number entries, for the smallest example that fails."""
    from hypothesis import strategies as st  # slow to import, needed only after a failure

    entry = st.sampled_from([1.0, 2.0, 3.0, -1.0, 0.0])  # shrinks to 1: a matrix of zeros explains nothing

    def matrix(rows: int, columns: int) -> Any:
        entries = st.lists(entry, min_size=rows * columns, max_size=rows * columns)
        return entries.map(lambda values: np.array(values).reshape(rows, columns))

    def chain(dims: list[int], m: int) -> Any:
        weights = st.tuples(*(matrix(o, i) for i, o in pairwise(dims))).map(list)
        return st.builds(Chain, weights, matrix(dims[0], m), matrix(dims[-1], m))

    dims = st.lists(st.integers(1, 3), min_size=2, max_size=4)
    return st.tuples(dims, st.integers(1, 2)).flatmap(lambda sizes: chain(*sizes))


def _with_data(rng: np.random.Generator, weights: list[Array], m: int) -> Chain:
    n_0, n_L = weights[0].shape[1], weights[-1].shape[0]
    return Chain(weights, rng.standard_normal((n_0, m)), rng.standard_normal((n_L, m)))
