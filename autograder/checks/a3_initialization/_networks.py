"""The networks that the checks of `initialize_parameters` ask for."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from autograder.reference.initialization import VARIANCES, Array, initialize_parameters
from autograder.sandbox import Rng

WIDE = [30, 150, 36]  # one layer widens, one narrows, and both have 4,500 weights or more: see `_law.LARGE`
TINY_FAN_IN = [2, 1200, 1]  # n ± 1 shows here
DEEP = [3, 2] * 75 + [3]  # 150 layers


@dataclass(frozen=True)
class Network:
    """The arguments of a call, and the trusted implementation's parameters."""

    layer_dims: list[int]
    scheme: str
    seed: int
    multiplier: float | None = None

    @property
    def call(self) -> tuple[Any, ...]:
        """The arguments as they are sent."""
        given = () if self.multiplier is None else (self.multiplier,)
        return (self.layer_dims, self.scheme, Rng(self.seed), *given)

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
        parameters = initialize_parameters(self.layer_dims, self.scheme, rng, given)
        return [parameters[f"W{layer}"] for layer in self.layers]


@dataclass(frozen=True)
class Planned:
    """A network and the sorted entries of the trusted weights, of each layer and of all (in units of σ)."""

    network: Network
    streams: list[Array]
    whole: Array


def small(rng: np.random.Generator) -> list[int]:
    """Sizes that nobody can know: a layer of one neuron, one of one input, one that narrows and a square one."""
    first, wide, narrow = rng.integers([5, 6, 3], [10, 10, 5])
    return [int(n) for n in (first, 1, wide, narrow, narrow)]


def plan(rng: np.random.Generator) -> list[Planned]:
    """All networks of the exercise, small ones first, for a quick diagnosis."""
    seeds, dims = [int(seed) for seed in rng.integers(2**62, size=11)], small(rng)
    networks = [
        *(Network(dims, scheme, seed) for scheme, seed in zip(VARIANCES, seeds, strict=False)),
        Network(dims, "xavier", seeds[0], 4.5),
        Network(dims, "he", seeds[1], 0.3),
        Network(dims, "glorot", seeds[2], 2.5),
        Network([4, 3], "he", seeds[3]),
        Network(dims, "xavier", seeds[0]),
        Network(dims, "xavier", seeds[4]),
        Network(TINY_FAN_IN, "he", seeds[5]),
        Network(TINY_FAN_IN, "he", seeds[6], 4.0),
        Network(WIDE, "he", seeds[10]),
        Network(WIDE, "xavier", seeds[7]),
        Network(WIDE, "glorot", seeds[8]),
        Network(DEEP, "xavier", seeds[9]),
    ]
    return [_planned(network) for network in networks]


def _planned(network: Network) -> Planned:
    reference = network.reference()
    return Planned(network, [np.sort(W, axis=None) for W in reference], in_units(network, reference))


def in_units(network: Network, matrices: list[Array]) -> Array:
    """All entries, sorted, each over the standard deviation that its layer should have."""
    return np.sort(np.concatenate(matrices, axis=None) / network.deviations)


MULTIPLIERS = {"xavier": 4.5, "he": 0.25, "glorot": 4.0}


def chain(rng: np.random.Generator) -> list[int]:
    """Sizes of 26 small layers: four times a layer that narrows, two square ones, one that widens, one neuron, and
    one input. The first and the last layer have 60 weights or more.
    """
    sizes = rng.integers([15, 4, 6, 15], [25, 6, 9, 25], (4, 4)).tolist()
    blocks = [[wide, narrow, narrow, narrow, middle, last, 1] for wide, narrow, middle, last in sizes]
    return [n for block in blocks for n in block][:-1]


def small_plan(rng: np.random.Generator) -> list[Network]:
    """Many small layers, for who draws in a way that tier 1 does not know; also deep and wide networks that the
    first plan has not: three of 150 layers, and wide ones with a multiplier.
    """

    def network(dims: list[int], scheme: str, multiplier: float | None = None) -> Network:
        return Network(dims, scheme, int(rng.integers(2**62)), multiplier)

    without = [network(chain(rng), scheme) for scheme in VARIANCES for _ in range(4)]
    deep = [network(DEEP, scheme) for scheme in VARIANCES]
    given = [network(chain(rng), scheme, m) for scheme, m in MULTIPLIERS.items() for _ in range(2)]
    return [*without, *deep, *given, *(network(WIDE, scheme, m) for scheme, m in MULTIPLIERS.items())]
