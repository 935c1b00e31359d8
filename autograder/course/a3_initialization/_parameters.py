"""A student's networks, and what is measured on their weights, layer by layer; the tiers are those of `_sample`."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

import numpy as np

from autograder.authoring import Cases, Student, expect
from autograder.course.a3_initialization._networks import Network, Planned, in_units, plan
from autograder.course.a3_initialization._sample import RTOL, Sample, scale_of, weights
from autograder.course.reference.initialization import Array
from autograder.sandbox import Reply


@dataclass(frozen=True)
class Drawn:
    """One network of the student's: the reply, and a sample for each layer (one for all if deep)."""

    network: Network
    reply: Reply
    samples: list[Sample]

    @property
    def parameters(self) -> dict[str, Any]:
        """The dictionary in the reply."""
        return cast("dict[str, Any]", self.reply.value)

    @property
    def large(self) -> list[Sample]:
        """The layers with enough weights for statistics."""
        return [sample for sample in self.samples if sample.large]


def replies(student: Student, cases: Cases) -> list[Reply]:
    """What the student's function returns for the plan, in one round trip."""
    return student.calls("initialize_parameters", [p.network.call for p in cases.once(plan)])


def drawn(student: Student, cases: Cases) -> list[Drawn]:
    """The student's networks. Lists and float32 are judged by their values; a wrong shape fails every check."""
    pairs = zip(cases.once(plan), student.once(replies, cases), strict=True)
    return [_drawn(planned, reply) for planned, reply in pairs]


def _drawn(planned: Planned, reply: Reply) -> Drawn:
    found = matrices(planned.network, reply)
    samples = [_one_sample(planned, found)] if planned.network.kind == "deep" else _samples(planned, found)
    return Drawn(planned.network, reply, samples)


def matrices(network: Network, reply: Reply) -> list[Array]:
    """W1 to WL, each of its shape and finite; fails otherwise."""
    value = reply.value
    if not isinstance(value, dict):
        expect.fail(f"{network.words}: the result should be a dictionary, but it is {expect.kind(value)}.")
    missing = [f"W{layer}" for layer in network.layers if f"W{layer}" not in value]
    expect.that(not missing, f"{network.words}: there is no {', '.join(missing[:4])} in the dictionary.")
    return [
        weights(value[f"W{layer}"], shape, f"{network.words}: W{layer}")
        for layer, shape in zip(network.layers, network.shapes, strict=True)
    ]


def _one_sample(planned: Planned, found: list[Array]) -> Sample:
    units = in_units(planned.network, found)
    scale, _ = scale_of(units, [planned.whole])
    return Sample(units, 1.0, scale, pool=f"layers of a network of depth {len(found)}")


def _samples(planned: Planned, found: list[Array]) -> list[Sample]:
    network = planned.network
    with np.errstate(all="ignore"):
        scales = [scale_of(W, [stream]) for W, stream in zip(found, planned.streams, strict=True)]
        if any(scale is None for scale, _ in scales):
            # layers drawn in another order: the entries of all together are right, or else tier 2 decides
            whole, _ = scale_of(in_units(network, found), [planned.whole])
            scales = scales if whole is None else [(whole, False)] * len(found)
    triples = zip(found, network.shapes, scales, strict=True)
    return [
        Sample(W, network.variance(shape), scale, layer, in_order=in_order)
        for layer, (W, shape, (scale, in_order)) in enumerate(triples, start=1)
    ]


def large(found: list[Drawn]) -> list[Sample]:
    """All layers with enough weights for statistics."""
    return [sample for network in found for sample in network.large]


def pairs(found: list[Drawn]) -> Iterator[tuple[Drawn, Drawn]]:
    """Networks with a multiplier, each with one of the same sizes and scheme without."""
    for a in found:
        for b in found:
            same = a.network.layer_dims == b.network.layer_dims and a.network.scheme == b.network.scheme
            if same and a.network.multiplier is not None and b.network.multiplier is None:
                yield a, b
                break


def multiplied(a: Sample, b: Sample) -> bool:
    """Whether the variance of `a` is to that of `b` as their targets are, whatever it is: exactly in tier 1.

    In tier 2 the ratio is right whenever both variances are within their bounds.
    """
    if a.scale is not None and b.scale is not None:
        return abs(a.scale / b.scale - 1.0) <= 2 * RTOL
    if not a.large:
        return True
    (low, high), (low_b, high_b) = a.bounds, b.bounds
    return b.ratio > 0 and low / high_b <= a.ratio / b.ratio <= high / low_b
