"""The networks on which `depth_report` is called, and the right answers to them."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from autograder.authoring import expect, labelled
from autograder.authoring.cases import still
from autograder.authoring.values import real
from autograder.course.reference.backpropagation import KINDS
from autograder.course.reference.depth import depth_report, report
from autograder.course.reference.initialization import VARIANCES, initialize_parameters
from autograder.sandbox import Rng

Growth = tuple[float, float]

DEPTH = 150


@dataclass(frozen=True)
class Run:
    """One call of `depth_report`."""

    scheme: str
    activation: str
    depth: int
    width: int
    seed: int
    still: bool = False
    shared: bool = False  # the first call of several on one generator
    later: bool = False  # not the first: what is right depends on what the first one drew

    @property
    def arguments(self) -> tuple[str, str, int, int, Rng]:
        """The arguments of the call."""
        given = Rng(self.seed, self.shared, self.still)
        return self.scheme, self.activation, self.depth, self.width, given

    @cached_property
    def right(self) -> tuple[Growth, Growth]:
        """The right result with the weights drawn before the input and after it."""
        *_, given = self.arguments
        rng = real(given)
        x = rng.standard_normal((self.width, 1))
        dims = [self.width] * (self.depth + 1)
        input_first = report(initialize_parameters(dims, self.scheme, rng), self.activation, x)
        weights_first = depth_report(*self.arguments[:4], real(given))
        return weights_first, input_first

    def __str__(self) -> str:
        return f"depth_report({self.scheme!r}, {self.activation!r}, {self.depth}, {self.width}, rng)"


@labelled("small_runs")
def small_runs(rng: np.random.Generator) -> list[Run]:
    """Two small linear networks, each from one seed, once with Xavier and once with He."""
    seeds = [int(seed) for seed in rng.integers(2**62, size=2)]
    first, *others = [Run(scheme, "linear", 3, 5, seed) for seed in seeds for scheme in ("xavier", "he")]
    return [replace(first, shared=True), *others]


@labelled("deep_runs")
def deep_runs(rng: np.random.Generator) -> dict[tuple[str, str], Run]:
    """The networks of depth 150, each as narrow as its error rate allows, by scheme and activation."""
    widths = {"relu": 48, "linear": 16, "tanh": 24, "sigmoid": 16}
    kinds = [("xavier", kind) for kind in widths] + [("he", "relu"), ("he", "linear")]
    return {(s, kind): Run(s, kind, DEPTH, widths[kind], int(rng.integers(2**62))) for s, kind in kinds}


@labelled("other_runs")
def other_runs(rng: np.random.Generator) -> list[Run]:
    """Schemes with activations that no other run has, of widths 1, 2 and 3, too: only compared with the reference's
    growth.
    """
    kinds = [
        ("glorot", "linear"),
        ("glorot", "tanh"),
        ("glorot", "sigmoid"),
        ("he", "tanh"),
        ("he", "sigmoid"),
    ]
    depths, widths, seeds = rng.integers([[3], [4], [0]], [[7], [9], [2**62]], (3, len(kinds))).tolist()
    widths[1:4] = 1, 2, 3
    depths[2:4] = 3, 2
    return [Run(*kind, *rest) for kind, *rest in zip(kinds, depths, widths, seeds, strict=True)]


@labelled("still_runs")
def still_runs(rng: np.random.Generator) -> list[Run]:
    """Every scheme with every activation, from generators that stand still: all normal draws are one positive number.

    So the right answer follows whatever the order of the draws, and from measuring alone.
    """
    kinds = [(scheme, activation) for scheme in VARIANCES for activation in KINDS]
    sizes = rng.integers([2, 2], [6, 5], (len(kinds), 2)).tolist()
    return [
        Run(scheme, activation, depth, width, still(rng).seed, still=True)
        for (scheme, activation), (depth, width) in zip(kinds, sizes, strict=True)
    ]


@labelled("still_line")
def still_line(rng: np.random.Generator) -> list[Run]:
    """One linear network with three sizes of its equal weights."""
    return [Run("xavier", "linear", 3, 4, still(rng).seed, still=True) for _ in range(3)]


@labelled("wide_run")
def wide_run(rng: np.random.Generator) -> Run:
    """A wide network of depth 2, where the input's norm cannot hide behind a high root."""
    return Run("xavier", "linear", 2, 128, int(rng.integers(2**62)))


def is_reference(got: Growth, run: Run) -> bool:
    """Whether these are the right numbers for `run` with one of the two usual orders of draws."""
    return any(_equal(got, right) for right in run.right)


def _equal(got: Growth, right: Growth) -> bool:
    return expect.relative_error(np.array(got), np.array(right)) <= 1e-9


def drawn_as_usual(results: dict[Run, Growth]) -> bool:
    """Whether all results are the right numbers for one of the two usual orders of draws."""

    def are_right(order: int) -> bool:
        rights = (run.right[order] for run in results)
        return all(_equal(got, right) for got, right in zip(results.values(), rights, strict=True))

    return are_right(0) or are_right(1)


def has_right_numbers(results: dict[Run, Growth]) -> bool:
    """Whether some number is the right one for its run, which nobody knows without running the network."""
    return any(
        abs(one - other) <= 1e-9 * other
        for run, got in results.items()
        for right in run.right
        for one, other in zip(got, right, strict=True)
    )


def follows_the_weights(results: dict[Run, Growth]) -> bool:
    """Whether on `still_line` one of the two growths is a multiple of a power of the weights, as it is in a linear
    network, whichever root is taken and whatever it is compared with.
    """
    size, *growths = np.log([(run.right[0][0], *got) for run, got in results.items()]).T
    power = [(v[1] - v[0]) / (size[1] - size[0]) for v in growths]
    return any(
        abs(k) > 0.1 and abs(v[2] - v[0] - k * (size[2] - size[0])) <= 1e-9
        for k, v in zip(power, growths, strict=True)
    )


def backward_contradicts(got: Growth, run: Run) -> bool:
    """Whether the forward growth is the right one of this very network, and the backward growth is not.

    Another network has the same forward growth, to 1e-14, at most 1.3e-11 times a submission.
    """
    same = [right for right in run.right if abs(got[0] - right[0]) <= 1e-14 * right[0]]
    return bool(same) and all(abs(got[1] - right[1]) > 1e-9 * right[1] for right in same)
