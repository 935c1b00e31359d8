"""`initialize_parameters(layer_dims, scheme, rng, multiplier=1.0) -> parameters`: a whole network."""

from collections.abc import Iterator

import numpy as np

from autograder import expect
from autograder.checks import Cases, Student, check
from autograder.checks.a3_initialization._independence import cosines, dependence
from autograder.checks.a3_initialization._law import FALSE_FAIL, RTOL, Sample
from autograder.checks.a3_initialization._parameters import SMALL, Drawn, drawn
from autograder.statistics import variance_bounds


def networks(student: Student, cases: Cases) -> list[Drawn]:
    """All networks of the student's, drawn once. Fails if there are no weights that vary in the large ones."""
    found = student.once(drawn, cases)
    large = [sample for network in found for sample in network.large]
    expect.that(bool(large), "There are no weight matrices W1, W2, … in the dictionary.")
    expect.that(all(np.ptp(sample.W) > 0 for sample in large), "All weights of a matrix are equal.")
    return found


@check(points=3)
def check_keys(student: Student, cases: Cases) -> None:
    """W1, b1 to WL, bL: a float64 array for each layer, at depth 1, 3 and 150"""
    for found in networks(student, cases):
        words, result = found.network.words, found.parameters
        keys = [f"{kind}{layer}" for layer in found.network.layers for kind in "Wb"]
        missing = [key for key in keys if key not in result]
        expect.that(not missing, f"{words}: there is no {', '.join(missing[:4])} in the dictionary.")
        for key, shape in zip(keys[::2], found.network.shapes, strict=True):
            W = result[key]
            expect.array(W, shape, f"{words}: {key}")
            expect.that(W.dtype == np.float64, f"{words}: {key} has dtype {W.dtype}, expected float64.")


@check(points=6)
def check_variance(student: Student, cases: Cases) -> None:
    """each layer's weights have the variance of the scheme, for the sizes of this layer"""
    for found in networks(student, cases):
        if found.network.multiplier is not None:
            continue
        wrong = next((sample for sample in found.samples if not sample.variance_is_right), None)
        if wrong is not None:
            where = f"{found.network.words}: the variance of W{wrong.layer} {wrong.W.shape}"
            expect.fail(f"{where} is {wrong.ratio:.3g} times what it should be.")


@check(points=3)
def check_multiplier(student: Student, cases: Cases) -> None:
    """the multiplier multiplies the variance"""
    for with_multiplier, without in pairs(networks(student, cases)):
        m = with_multiplier.network.multiplier or 1.0
        for a, b in zip(with_multiplier.samples, without.samples, strict=False):
            ratio = float(a.W.var() / b.W.var()) if b.W.var() > 0 else np.inf
            expect.that(
                multiplied(a, b, m, ratio),
                f"{with_multiplier.network.words}: the variance of W{a.layer} is {ratio:.3g} times what it is without "
                "a multiplier.",
            )


def pairs(found: list[Drawn]) -> Iterator[tuple[Drawn, Drawn]]:
    """Networks with a multiplier, each with one of the same sizes and scheme without."""
    for a in found:
        for b in found:
            same = a.network.layer_dims == b.network.layer_dims and a.network.scheme == b.network.scheme
            if same and a.network.multiplier is not None and b.network.multiplier is None:
                yield a, b
                break


def multiplied(a: Sample, b: Sample, m: float, ratio: float) -> bool:
    """Whether the variance of `a` is m times that of `b`, whatever that is: exactly in tier 1.

    In tier 2 both variances are within the bounds of `check_variance`, so that this adds no risk of its own.
    """
    if a.scale is not None and b.scale is not None:
        return abs(a.scale / b.scale - 1.0) <= 2 * RTOL
    if not (a.large and b.large):
        return True
    lo, hi = variance_bounds(a.W.size, FALSE_FAIL)
    return 0.98 * lo / hi <= ratio / m <= hi / (0.98 * lo)  # 0.98: variances are centred, the bounds are not


@check(points=2)
def check_biases(student: Student, cases: Cases) -> None:
    """all biases are zeros of shape (n_l, 1)"""
    for found in networks(student, cases):
        for layer, shape in zip(found.network.layers, found.network.shapes, strict=True):
            what = f"{found.network.words}: b{layer}"
            b = expect.array(found.parameters.get(f"b{layer}"), (shape[0], 1), what)
            expect.that(not b.any(), f"{what} is not zero.")


@check(points=1)
def check_law(student: Student, cases: Cases) -> None:
    """the weights are normally distributed, with mean zero"""
    large = [sample for found in networks(student, cases) for sample in found.large]
    for sample in large:
        expect.that(
            sample.mean_is_zero,
            f"The mean of W{sample.layer} {sample.W.shape} is too far from zero for chance.",
        )
    # As in `_weights.law_is_normal`: the measured standard deviations, within their bounds, move the share by .030
    # at most, and Hoeffding's bound on the remaining .020 is 2·exp(−2·54,240·.02²) < 1e-18.
    share = float(np.mean(np.concatenate([(np.abs(s.W) <= s.rms * (1 + 1e-9)).ravel() for s in large])))
    expect.that(
        abs(share - 0.6827) <= 0.05,
        f"{100 * share:.0f} % of your weights lie within one standard deviation of zero; of normally distributed "
        "weights it is 68 %.",
    )


@check(points=2)
def check_independence(student: Student, cases: Cases) -> None:
    """layers differ from each other, and each weight is a draw of its own"""
    found = networks(student, cases)
    for network in found:
        expect.that(
            not repeats(network.samples), f"{network.network.words}: two layers have the same weights."
        )
    large = [sample for network in found if network.network.scheme != "xavier" for sample in network.large]
    with np.errstate(all="ignore"):
        sentence = dependence([s.W for s in large], [s.target for s in large])
    expect.that(sentence is None, f"Your weights are not independent of each other: {sentence}.")


def repeats(samples: list[Sample]) -> bool:
    """Whether two layers begin with the same draws, as after a new seed, up to a factor."""
    long = [sample.W for sample in samples if sample.W.size >= 6]
    for starts in ([W.ravel()[:6] for W in long], [W.T.ravel()[:6] for W in long]):
        with np.errstate(all="ignore"):
            r = np.nan_to_num(cosines(np.array(starts).reshape(-1, 6)))
        np.fill_diagonal(r, 0.0)
        # five free numbers agree to 1e-5 by chance once in 1e25; there are 1e4 pairs
        if np.max(r, initial=0.0) > 1.0 - 1e-10:
            return True
    return False


@check(points=2)
def check_generator(student: Student, cases: Cases) -> None:
    """the generator decides: same seed, same weights; another seed, other weights"""
    first, *others = [
        n for n in networks(student, cases) if n.network.layer_dims == SMALL and n.network.scheme == "xavier"
    ]
    again, other = (n for n in others if n.network.multiplier is None)
    expect.that(
        not same(first, other),
        "Generators with different seeds give the same weights. Draw from the one that you are given.",
    )
    expect.that(
        same(first, again),
        "Two generators with the same seed give different weights. Draw from the generator that you are given, "
        "and from nothing else.",
    )


def same(a: Drawn, b: Drawn) -> bool:
    """Whether two networks have the same weights."""
    return all(np.array_equal(s.W, t.W) for s, t in zip(a.samples, b.samples, strict=False))


@check(points=1)
def check_global_state(student: Student, cases: Cases) -> None:
    """NumPy's global generator is left alone"""
    expect.that(
        not any(found.reply.reseeded for found in networks(student, cases)),
        "Your function uses or reseeds NumPy's global generator (np.random.…). That changes the random numbers "
        "of everybody else's code.",
    )
