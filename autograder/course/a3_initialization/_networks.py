"""The networks that the checks of `initialize_parameters` ask for."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np

from autograder.authoring import labelled
from autograder.course.a3_initialization._sample import Stream
from autograder.course.reference.initialization import VARIANCES, Array, initialize_parameters
from autograder.sandbox import Rng

Kind = Literal["small", "tiny fan-in", "wide", "deep", "vast"]


@dataclass(frozen=True)
class Network:
    """The arguments of a call, and the trusted implementation's parameters."""

    layer_dims: list[int]
    scheme: str
    seed: int
    multiplier: float | None = None
    kind: Kind = "small"
    earlier: int | None = None  # calls on the generator, if it is shared by several

    @property
    def call(self) -> tuple[Any, ...]:
        """The arguments as they are sent."""
        given = () if self.multiplier is None else (self.multiplier,)
        return (self.layer_dims, self.scheme, Rng(self.seed, self.earlier is not None), *given)

    @cached_property
    def shapes(self) -> list[tuple[int, int]]:
        """(n_l, n_{l−1}) for each layer."""
        return list(zip(self.layer_dims[1:], self.layer_dims, strict=False))

    @property
    def layers(self) -> range:
        """1, …, L."""
        return range(1, len(self.layer_dims))

    @cached_property
    def words(self) -> str:
        """For a student: which call this was."""
        dims = str(self.layer_dims) if len(self.layer_dims) < 8 else f"{len(self.layer_dims) - 1} layers"
        return f'for {dims}, "{self.scheme}"' + (
            "" if self.multiplier is None else f", multiplier={self.multiplier:g}"
        )

    @cached_property
    def deviations(self) -> Array:
        """The standard deviation that each entry should have, layer by layer."""
        each = [np.full(shape, np.sqrt(self.variance(shape))) for shape in self.shapes]
        return np.concatenate(each, axis=None)

    def variance(self, shape: tuple[int, int]) -> float:
        """What the contract asks for."""
        return (1.0 if self.multiplier is None else self.multiplier) * VARIANCES[self.scheme](*shape)

    def reference(self) -> list[Array]:
        """The trusted weights, layer by layer."""
        given = 1.0 if self.multiplier is None else self.multiplier
        rng = np.random.default_rng(self.seed)
        for _ in range(1 + (self.earlier or 0)):
            parameters = initialize_parameters(self.layer_dims, self.scheme, rng, given)
        return [parameters[f"W{layer}"] for layer in self.layers]


@dataclass(frozen=True)
class Planned:
    """A network and the trusted weights, of each layer and of all (in units of σ)."""

    network: Network
    streams: list[Stream]
    whole: Stream


def small(rng: np.random.Generator) -> list[int]:
    """Sizes that nobody can know: a layer of one neuron, one of one input, one that narrows and a square one."""
    first, wide, narrow = rng.integers([5, 6, 3], [10, 10, 5])
    return [int(n) for n in (first, 1, wide, narrow, narrow)]


def tiny_fan_in(rng: np.random.Generator) -> list[int]:
    """One layer of two inputs, where n ± 1 shows."""
    return [2, int(rng.integers(1200, 1240)), 1]


def wide(rng: np.random.Generator) -> list[int]:
    """One layer widens, one narrows, and both have 4,500 weights or more: see `_law.LARGE`. The sum of the first two
    sizes is odd, so that nobody may halve it by `//`.
    """
    first, middle, last = (int(n) for n in rng.integers([30, 150, 36], [32, 156, 38]))
    return [first, middle + (first + middle + 1) % 2, last]


def deep(rng: np.random.Generator) -> list[int]:
    """150 layers of 4 to 9 weights."""
    return [int(n) for n in rng.integers(2, 4, 151)]


@labelled("plan")
def plan(rng: np.random.Generator) -> list[Planned]:
    """All networks of the exercise, small ones first, for a quick diagnosis."""
    seeds, dims = [int(seed) for seed in rng.integers(2**62, size=11)], small(rng)
    single, wide_dims, fan_in = [int(rng.integers(4, 7)), 3], wide(rng), tiny_fan_in(rng)
    factors = [float(m) for m in rng.uniform([4.2, 0.25, 2.2, 3.8], [4.8, 0.35, 2.8, 4.4])]
    networks = [
        Network(dims, "xavier", seeds[0], earlier=0),
        Network(dims, "he", seeds[1]),
        Network(dims, "glorot", seeds[2]),
        Network(dims, "xavier", seeds[0], factors[0]),
        Network(dims, "he", seeds[1], factors[1]),
        Network(dims, "glorot", seeds[2], factors[2]),
        Network(single, "he", seeds[3]),
        Network(dims, "xavier", seeds[0], earlier=1),
        Network(dims, "xavier", seeds[0]),
        Network(dims, "xavier", seeds[4]),
        Network(fan_in, "he", seeds[5], kind="tiny fan-in"),
        Network(fan_in, "he", seeds[6], factors[3], kind="tiny fan-in"),
        Network(wide_dims, "he", seeds[10], kind="wide"),
        Network(wide_dims, "xavier", seeds[7], kind="wide"),
        Network(wide_dims, "glorot", seeds[8], kind="wide"),
        Network(deep(rng), "xavier", seeds[9], kind="deep"),
    ]
    return [_planned(network) for network in networks]


def _planned(network: Network) -> Planned:
    reference = network.reference()
    return Planned(network, [Stream(W.ravel()) for W in reference], Stream(in_units(network, reference)))


def in_units(network: Network, matrices: list[Array]) -> Array:
    """All entries, each over the standard deviation that its layer should have."""
    units: Array = np.concatenate(matrices, axis=None) / network.deviations
    return units


MULTIPLIERS = {"xavier": 4.5, "he": 0.25, "glorot": 4.0}


def chain(rng: np.random.Generator) -> list[int]:
    """Sizes of 26 small layers: four times a layer that narrows, two square ones, one that widens, one neuron, and
    one input. The first and the last layer have 60 weights or more.
    """
    sizes = rng.integers([15, 4, 6, 15], [25, 6, 9, 25], (4, 4)).tolist()
    blocks = [[wide, narrow, narrow, narrow, middle, last, 1] for wide, narrow, middle, last in sizes]
    return [n for block in blocks for n in block][:-1]


@labelled("small_plan")
def small_plan(rng: np.random.Generator) -> list[Network]:
    """Many small layers, for who draws in a way that tier 1 does not know; also deep and wide networks that the
    first plan has not: three of 150 layers, and wide ones with a multiplier.
    """

    def network(
        dims: list[int], scheme: str, multiplier: float | None = None, kind: Kind = "small"
    ) -> Network:
        return Network(dims, scheme, int(rng.integers(2**62)), multiplier, kind)

    without = [network(chain(rng), scheme) for scheme in VARIANCES for _ in range(4)]
    long = [network(deep(rng), scheme, kind="deep") for scheme in VARIANCES]
    given = [network(chain(rng), scheme, m) for scheme, m in MULTIPLIERS.items() for _ in range(2)]
    large = [network(wide(rng), scheme, m, "wide") for scheme, m in MULTIPLIERS.items()]
    vast = network([int(n) for n in rng.integers([250, 290], [260, 300])], "xavier", kind="vast")
    return [*without, *long, *given, *large, vast]
