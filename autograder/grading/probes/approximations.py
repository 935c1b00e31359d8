"""Whether results are right, but to a few digits: a difference for a derivative, a sum for an integral, float32."""

from collections.abc import Iterator, Sequence

import numpy as np

from autograder.authoring.misconception import Alike
from autograder.grading.probes.of_results import Pair, Seen, factor, seen
from autograder.grading.probes.probe import Array, Probe, parts
from autograder.grading.probes.trials import Trial

EXACT = 1e-12  # relative errors that rounding alone may make
NEARLY = 1e-5  # a factor that single precision, or a constant with few digits, makes
TINY = 1e-10  # beside the largest
COARSE = 1e-2  # from which on a result is wrong, and no approximation
SPREAD = 1e3  # from the usual error to the smallest
FAR = 1e7  # to the largest: where a difference has lost nearly all digits


def approximations(trials: Sequence[Trial]) -> Iterator[Probe]:
    """That results are right, but to a few digits: also where these are enough to be taken for right."""
    found = seen([trial for trial in trials if _is_off(trial)], _is_exact)
    if found is not None and found.pairs:
        yield from _imprecise(found)


def _imprecise(found: Seen) -> Iterator[Probe]:
    """Right to a few digits in every entry; where float32 ends, or a difference is lost, it may be anything."""
    pairs = [pair for pair in found.pairs if _within_single(pair.wanted)]
    if not pairs or any(pair.got.shape != pair.wanted.shape for pair in pairs):
        return
    errors = np.concatenate([_errors(pair.got, pair.wanted) for pair in pairs])
    off = errors[errors > EXACT]
    if not _is_of_one_size(off, len(errors)) or _are_factors(pairs) or _repeats(pairs):
        return
    worst, middle = float(off.max()), float(np.median(off))
    single = 3e-9 < middle < 3e-7 and worst < 3e-5

    def fits(trial: Trial, alike: Alike) -> bool:
        del alike
        got, wanted = parts(trial.reply.result), parts(trial.wanted)
        return got.keys() == wanted.keys() and all(
            not _within_single(wanted[path])
            or (
                got[path].shape == wanted[path].shape
                and np.all(_errors(got[path], wanted[path]) < min(COARSE, SPREAD * worst))
            )
            for path in wanted
        )

    far = worst > SPREAD * middle
    digits = int(-np.log10(np.quantile(off, 0.5 if far else 0.9)))
    name = f"gives about {digits} right digits{', sometimes fewer' * far}, and not the 15 of float64"
    if single:
        hint = "Is anything converted to float32, or computed with a small step, where a formula gives it exactly?"
    else:
        hint = (
            "Which of your steps is an approximation: a small difference for a derivative, a sum for an integral, few "
            "draws, a constant with few digits, a small number that is added?"
        )
    yield Probe("imprecise", f"{name}{found.words}", hint, fits)


def _is_off(trial: Trial) -> bool:
    got, wanted = parts(trial.reply.result), parts(trial.wanted)
    return got.keys() != wanted.keys() or any(not _is_exact(got[name], wanted[name]) for name in wanted)


def _is_exact(got: Array, wanted: Array) -> bool:
    return got.shape == wanted.shape and bool(np.max(_errors(got, wanted), initial=0.0) <= EXACT)


def _errors(got: Array, wanted: Array) -> Array:
    """Each entry's error, relative to the right one; of tiny ones to a hundredth of the largest; inf for a lost one,
    unless it is so small that a difference has lost it.
    """
    g, w = np.ravel(got).astype(float), np.ravel(wanted).astype(float)
    size = float(np.max(np.abs(w), initial=0.0))
    error = np.abs(g - w) / np.maximum(np.abs(w), 0.01 * size or 1.0)
    lost = ~np.isfinite(error) | ((g == 0) & (np.abs(w) > TINY * size))
    return np.where(lost, np.inf, error)


def _is_of_one_size(off: Array, entries: int) -> bool:
    """Whether errors are small and about the same in most entries."""
    if len(off) < max(5, entries // 2) or not off.max() < COARSE:
        return False
    low, middle = np.quantile(off, [0.05, 0.5])
    return bool(low > middle / SPREAD and off.max() < FAR * middle)


def _are_factors(pairs: list[Pair]) -> bool:
    """Whether what came back are mostly multiples of the right results, and one of them is plainly another number."""
    several = [pair for pair in pairs if pair.wanted.size > 1]
    factors = [factor(pair.got, pair.wanted, 1e-13) for pair in several]
    found = [k for k in factors if k is not None]
    return 2 * len(found) > len(several) and any(abs(k - 1.0) > NEARLY for k in found)


def _repeats(pairs: list[Pair]) -> bool:
    """Whether different right results have become equal, as at a bound."""
    got, wanted = (
        np.concatenate([np.ravel(a) for a in some])
        for some in zip(*((p.got, p.wanted) for p in pairs), strict=True)
    )
    return bool(np.unique(got).size < 0.9 * np.unique(wanted).size)


def _within_single(wanted: Array) -> bool:
    size = float(np.max(np.abs(wanted), initial=0.0))
    return size == 0.0 or 1e-18 < size < 1e30
