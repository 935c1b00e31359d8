"""The layers of many small networks, pooled (see `_pools`)."""

from collections.abc import Callable
from dataclasses import dataclass

from autograder.authoring import Cases, Student
from autograder.course.a3_initialization._networks import MULTIPLIERS, Network, small_plan
from autograder.course.a3_initialization._parameters import drawn, matrices
from autograder.course.a3_initialization._pools import doubtful, pooled
from autograder.course.a3_initialization._sample import Sample
from autograder.course.reference.initialization import VARIANCES
from autograder.sandbox import Reply

SHAPES: dict[str, Callable[[int, int], bool]] = {
    "layers of one neuron": lambda n_out, n_in: n_out == 1 < n_in,
    "layers of one input": lambda n_out, n_in: n_out > n_in == 1,
    "small square layers": lambda n_out, n_in: n_out == n_in,
    "small layers with fewer neurons than inputs": lambda n_out, n_in: 1 < n_out < n_in,
    "small layers with more neurons than inputs": lambda n_out, n_in: n_out > n_in > 1,
}
THIRDS = (range(1, 51), range(51, 101), range(101, 151))  # of a deep network

# Pools without a multiplier: one for each scheme, one for each kind of shape, the first and the last layers, three of
# deep networks. Pools with one: small and wide networks of each scheme, each beside one without.
# One more sample is not a pool: a vast layer.
WITHOUT = len(VARIANCES) + len(SHAPES) + 2 + len(THIRDS)
WITH = 2 * len(MULTIPLIERS)


@dataclass(frozen=True)
class Layer:
    """One weight matrix of a network."""

    network: Network
    sample: Sample


@dataclass(frozen=True)
class Pools:
    """Layers without a multiplier, the vast one last, and pairs: with a multiplier, and without but of the same scheme
    and as wide or small.
    """

    without: list[Sample]
    pairs: list[tuple[Sample, Sample]]

    @property
    def samples(self) -> list[Sample]:
        """All pools."""
        return [*self.without, *(a for a, _ in self.pairs)]


def pools(student: Student, cases: Cases) -> Pools:
    """None if tier 1 has settled the matter; else from one more round trip."""
    found = student.once(drawn, cases)
    if not doubtful([sample for network in found for sample in network.samples]):
        return Pools([], [])
    networks = cases.once(small_plan)
    replies = student.calls("initialize_parameters", [network.call for network in networks])
    layers = [
        layer for network, reply in zip(networks, replies, strict=True) for layer in _layers(network, reply)
    ]
    *layers, vast = layers
    wide = [Layer(n.network, s) for n in found if n.network.kind == "wide" for s in n.samples]
    schemes = _schemes(wide + [layer for layer in layers if layer.network.kind != "deep"])
    without = [*(schemes[scheme, None, False] for scheme in VARIANCES), *_small(layers), *_deep(layers)]
    without.append(vast.sample)
    pairs = [(a, schemes[key[0], None, key[2]]) for key, a in schemes.items() if key[1] is not None]
    return Pools(without, pairs)


def _layers(network: Network, reply: Reply) -> list[Layer]:
    triples = zip(network.layers, matrices(network, reply), network.shapes, strict=True)
    return [Layer(network, Sample(W, network.variance(shape), None, layer)) for layer, W, shape in triples]


def _schemes(layers: list[Layer]) -> dict[tuple[str, float | None, bool], Sample]:
    """One pool for each scheme, multiplier and size; the last says whether the networks are wide."""
    groups: dict[tuple[str, float | None, bool], list[Layer]] = {}
    for layer in layers:
        network = layer.network
        groups.setdefault((network.scheme, network.multiplier, network.kind == "wide"), []).append(layer)
    return {key: _pool(f'layers, "{key[0]}"', group) for key, group in groups.items()}


def _small(layers: list[Layer]) -> list[Sample]:
    """By shape, and the ends of the networks."""
    small = [la for la in layers if la.network.multiplier is None and la.network.kind != "deep"]
    return [
        *(_pool(words, [la for la in small if fits(*la.sample.W.shape)]) for words, fits in SHAPES.items()),
        _pool("first layers", [la for la in small if la.sample.layer == 1]),
        _pool("last layers", [la for la in small if la.sample.layer == la.network.layers[-1]]),
    ]


def _deep(layers: list[Layer]) -> list[Sample]:
    deep = [layer for layer in layers if layer.network.kind == "deep"]
    return [
        _pool(
            f"layers {part[0]} to {part[-1]} of deep networks", [la for la in deep if la.sample.layer in part]
        )
        for part in THIRDS
    ]


def _pool(words: str, layers: list[Layer]) -> Sample:
    return pooled(words, [layer.sample for layer in layers])
