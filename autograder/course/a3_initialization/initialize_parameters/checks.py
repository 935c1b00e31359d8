"""`initialize_parameters(layer_dims, scheme, rng, multiplier=1.0) -> parameters`: a whole network."""

import re
from itertools import pairwise

import numpy as np

from autograder.authoring import Cases, Exercise, Student, check, corner, expect, pair_of_calls
from autograder.course.a3_initialization import _independence, _layers, _pictures, _weights
from autograder.course.a3_initialization._independence import repeats
from autograder.course.a3_initialization._parameters import Drawn, drawn, large, multiplied, pairs
from autograder.course.a3_initialization._pools import REACH_FAIL
from autograder.course.a3_initialization._sample import FALSE_FAIL, POOL_FAIL, Sample
from autograder.course.reference.initialization import VARIANCES, initialize_parameters
from autograder.sandbox import Rng

# Large layers, see `_networks.plan`: seven without a multiplier and one with, and the vast one. The deep network is one
# pool.
WITHOUT, WITH = 8, 1
LAYER = re.compile("[Wb][1-9][0-9]{0,5}")  # keys that are no layers are fine
POOLS = _layers.WITHOUT + _layers.WITH + 1


def networks(student: Student, cases: Cases) -> list[Drawn]:
    """All networks of the student's, drawn once. Fails if a weight matrix is missing, misshapen or constant."""
    found = student.once(drawn, cases)
    _weights.all_vary(list(large(found)))
    return found


def judged(student: Student, cases: Cases) -> list[Sample]:
    """All large layers, and the pools of small ones."""
    return [*large(networks(student, cases)), *student.once(_layers.pools, cases).samples]


# The variance is judged at one more layer, of 1,200 weights or more.
@check(points=8, false_fail=(WITHOUT + 1) * 2 * FALSE_FAIL + (_layers.WITHOUT + 1) * 2 * POOL_FAIL)
def check_variance(student: Student, cases: Cases) -> None:
    """each layer's weights have the variance of the scheme, for the sizes of this layer"""
    for found in networks(student, cases):
        if found.network.multiplier is not None:
            continue
        wrong = next((sample for sample in found.samples if not sample.variance_is_right), None)
        if wrong is not None:
            what = "all weights together" if wrong.pool else f"W{wrong.layer} {wrong.W.shape}"
            where = f"{found.network.words}: the variance of {what}"
            expect.fail(f"{where} is {wrong.ratio:.3g} times what it should be.")
    for pool in student.once(_layers.pools, cases).without:
        sentence = f"{pool.where} the variance is {pool.ratio:.3g} times what it should be."
        expect.that(pool.variance_is_right, sentence)


def _right_for(found: list[tuple[Drawn, Drawn]]) -> str:
    """For which schemes the multiplier does what it should."""
    right = {
        scheme: all(
            multiplied(a, b)
            for one, other in found
            if one.network.scheme == scheme
            for a, b in zip(one.samples, other.samples, strict=True)
        )
        for scheme in dict.fromkeys(one.network.scheme for one, _ in found)
    }
    schemes = " and ".join(f'"{scheme}"' for scheme, is_right in right.items() if is_right)
    return f" For {schemes} it is right: in which branch does the multiplier stand?" if schemes else ""


@check(points=3, false_fail=(WITH + 1) * 2 * FALSE_FAIL + 2 * _layers.WITH * 2 * POOL_FAIL)
def check_multiplier(student: Student, cases: Cases) -> None:
    """the multiplier multiplies the variance"""
    found = list(pairs(networks(student, cases)))
    for with_multiplier, without in found:
        for a, b in zip(with_multiplier.samples, without.samples, strict=True):
            if not multiplied(a, b):
                with np.errstate(all="ignore"):
                    ratio = float(a.W.var() / b.W.var())
                expect.fail(
                    f"{with_multiplier.network.words}: the variance of W{a.layer} is {ratio:.3g} times what it is "
                    f"without a multiplier.{_right_for(found)}"
                )
    for pool, base in student.once(_layers.pools, cases).pairs:
        sentence = f"{pool.where} a multiplier does not multiply the variance by as much as it should."
        expect.that(multiplied(pool, base), sentence)


@check(points=1)
def check_keys(student: Student, cases: Cases) -> None:
    """W1, b1 to WL, bL: a float64 array for each layer, at depth 1, 4 and 150"""
    for found in networks(student, cases):
        words, result = found.network.words, found.parameters
        missing = [f"b{layer}" for layer in found.network.layers if f"b{layer}" not in result]
        layers = [int(key[1:]) for key in result if LAYER.fullmatch(key)]
        depth = len(found.network.layers)
        beyond = [n for n in layers if n > depth]
        expect.that(
            not beyond,
            f"{words}: the dictionary has a layer {min(beyond, default=0)}, but the network has only {depth}. Is it "
            "the dictionary of an earlier call?",
        )
        expect.that(not missing, f"{words}: there is no {', '.join(missing[:4])} in the dictionary.")
        for layer, shape in zip(found.network.layers, found.network.shapes, strict=True):
            W = result[f"W{layer}"]
            if not (isinstance(W, np.ndarray) and W.dtype == np.float64):
                expect.array(W, shape, f"{words}: W{layer}")
                expect.double(W, f"W{layer} for {words.removeprefix('for ')}")


@check(points=1)
def check_biases(student: Student, cases: Cases) -> None:
    """all biases are zeros of shape (n_l, 1)"""
    for found in networks(student, cases):
        for layer, shape in zip(found.network.layers, found.network.shapes, strict=True):
            what = f"{found.network.words}: b{layer}"
            b = expect.array(found.parameters.get(f"b{layer}"), (shape[0], 1), what)
            expect.that(np.count_nonzero(b) == 0, f"{what} is not zero.")


@check(
    points=2,
    false_fail=((WITHOUT + WITH) * 3 + 1) * FALSE_FAIL + POOLS * (2 * POOL_FAIL + REACH_FAIL) + 1e-30,
)
def check_law(student: Student, cases: Cases) -> None:
    """the weights are normally distributed, with mean zero"""
    samples = judged(student, cases)
    _weights.mean_is_zero(samples)
    _weights.law_is_normal(samples)


@check(points=2, false_fail=_independence.FALSE_FAIL)
def check_independence(student: Student, cases: Cases) -> None:
    """layers differ from each other, and each weight is a draw of its own"""
    found = networks(student, cases)
    for network in found:
        expect.that(
            not repeats(network.samples), f"{network.network.words}: two layers have the same weights."
        )
    _weights.weights_are_independent(judged(student, cases), found[0].samples)


@check(points=2)
def check_generator(student: Student, cases: Cases) -> None:
    """the generator decides: same seed, same weights; another seed or a second call on it, other weights"""
    found = networks(student, cases)
    dims = found[0].network.layer_dims
    small = [n for n in found if n.network.layer_dims is dims and n.network.scheme == "xavier"]
    first, second, again, other = (n for n in small if n.network.multiplier is None)
    _weights.seed_decides(same(first, again), same(first, other), same(first, second))


def same(a: Drawn, b: Drawn) -> bool:
    """Whether two networks have the same weights."""
    return all(np.array_equal(s.W, t.W) for s, t in zip(a.samples, b.samples, strict=False))


@check(points=1)
def check_global_state(student: Student, cases: Cases) -> None:
    """NumPy's global generator and the list layer_dims are left alone"""
    _weights.not_reseeded(found.reply for found in networks(student, cases))
    student.leaves_arguments(initialize_parameters)


EXERCISE = Exercise(
    initialize_parameters,
    checks=(
        check_variance,
        check_multiplier,
        check_keys,
        check_biases,
        check_law,
        check_independence,
        check_generator,
        check_global_state,
    ),
    pictures=_pictures.by_layer,
    trial=([3, 2, 1], "xavier", Rng(0), 1.0),
    domain=(
        *(corner(scheme, lambda _, given, *__, scheme=scheme: given == scheme) for scheme in VARIANCES),
        corner("one layer", lambda dims, *_: len(dims) == 2),
        corner("150 layers", lambda dims, *_: len(dims) == 151),
        corner("a layer of one neuron", lambda dims, *_: 1 in dims[1:]),
        corner("a layer of one input", lambda dims, *_: 1 in dims[:-1]),
        corner("a square layer", lambda dims, *_: any(a == b for a, b in pairwise(dims))),
        corner("a narrower layer", lambda dims, *_: any(a > b for a, b in pairwise(dims))),
        corner("a wider layer", lambda dims, *_: any(a < b for a, b in pairwise(dims))),
        corner("a multiplier below 1", lambda _dims, _scheme, _rng, multiplier=1.0: multiplier < 1),
        corner("a multiplier above 1", lambda _dims, _scheme, _rng, multiplier=1.0: multiplier > 1),
        pair_of_calls("a smaller network after a larger one", lambda one, other: len(one[0]) > len(other[0])),
        pair_of_calls("one generator twice", lambda one, other: one == other and one[2].shared),
        pair_of_calls(
            "equal sizes, other seeds", lambda one, other: one[:2] == other[:2] and one[2] != other[2]
        ),
    ),
)
