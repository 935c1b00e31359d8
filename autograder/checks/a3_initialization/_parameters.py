"""Draws of whole networks, and what is measured on their weights, layer by layer; the tiers are those of `_law`."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from autograder import expect
from autograder.checks import Cases, Student
from autograder.checks.a3_initialization._law import Sample, scale_of, weights
from autograder.reference.initialization import VARIANCES, Array, initialize_parameters
from autograder.sandbox import Reply, Rng

SMALL = [3, 5, 4, 2]
WIDE = [64, 160, 24]
TINY_FAN_IN = [2, 2000, 4]  # n ± 1 shows here: see `_law.LARGE`
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


def plan(rng: np.random.Generator) -> list[Planned]:
    """All networks of the exercise, small ones first, for a quick diagnosis."""
    seeds = [int(seed) for seed in rng.integers(2**62, size=10)]
    networks = [
        *(Network(SMALL, scheme, seed) for scheme, seed in zip(VARIANCES, seeds, strict=False)),
        Network(SMALL, "xavier", seeds[0], 4.5),
        Network(SMALL, "he", seeds[1], 0.3),
        Network(SMALL, "glorot", seeds[2], 2.5),
        Network([4, 3], "he", seeds[3]),
        Network(DEEP, "xavier", seeds[4]),
        Network(SMALL, "xavier", seeds[0]),
        Network(SMALL, "xavier", seeds[5]),
        Network(TINY_FAN_IN, "he", seeds[6]),
        Network(WIDE, "xavier", seeds[7]),
        Network(WIDE, "glorot", seeds[8]),
        Network(WIDE, "xavier", seeds[9], 2.5),
    ]
    return [_planned(network) for network in networks]


def _planned(network: Network) -> Planned:
    reference = network.reference()
    known = [np.sort(W, axis=None) for W in reference] if len(reference) < 150 else []  # there the keys count
    return Planned(network, known, _in_units(network, reference))


def _in_units(network: Network, matrices: list[Array]) -> Array:
    units = (W.ravel() / np.sqrt(network.variance(s)) for W, s in zip(matrices, network.shapes, strict=True))
    return np.sort(np.concatenate(list(units)))


@dataclass(frozen=True)
class Drawn:
    """One network of the student's: the reply, the dictionary in it, and a sample for each layer."""

    network: Network
    reply: Reply
    parameters: dict[str, Any]
    samples: list[Sample]

    @property
    def large(self) -> list[Sample]:
        """The layers with enough weights for statistics."""
        return [sample for sample in self.samples if sample.large]


def replies(student: Student, cases: Cases) -> list[Reply]:
    """What the student's function returns for the plan, in one round trip."""
    return student.calls("initialize_parameters", [p.network.call for p in cases.once(plan)])


def drawn(student: Student, cases: Cases) -> list[Drawn]:
    """The student's networks. Weights are judged by their values, whatever their type and orientation."""
    pairs = zip(cases.once(plan), student.once(replies, cases), strict=True)
    return [_drawn(planned, reply) for planned, reply in pairs]


def _drawn(planned: Planned, reply: Reply) -> Drawn:
    network, value = planned.network, reply.value
    if not isinstance(value, dict):
        expect.fail(f"{network.words}: the result should be a dictionary, but it is {expect.kind(value)}.")
    layers = [layer for layer in network.layers if f"W{layer}" in value]  # `check_keys` asks for all of them
    found = {
        layer: weights(value[f"W{layer}"], network.shapes[layer - 1], f"{network.words}: W{layer}")
        for layer in layers
    }
    with np.errstate(all="ignore"):
        scales = {layer: scale_of(found[layer], planned.streams[layer - 1 : layer]) for layer in layers}
        if planned.streams and None in scales.values() and len(layers) == len(network.layers):
            # layers drawn in another order: the entries of all together are right, or else tier 2 decides
            whole = scale_of(_in_units(network, list(found.values())), [planned.whole])
            scales = scales if whole is None else dict.fromkeys(layers, whole)
    samples = [Sample(found[l], network.variance(network.shapes[l - 1]), scales[l], l) for l in layers]
    return Drawn(network, reply, value, samples)
