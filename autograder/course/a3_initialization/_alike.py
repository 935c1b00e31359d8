"""When does a misconception's random weight matrix explain a student's?

If the student's weights are the entries of the stream that the generator handed in gives, in some order and
up to a factor, they must be the misconception's, up to their order. Otherwise they come about in another way
(np.random, a generator of the student's own, float32 draws, another method of the generator), and it is
enough that both are draws from the same law, as far as one can tell.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.authoring.bounds import mean_bound, variance_bounds
from autograder.authoring.student import Call
from autograder.sandbox import Rng

Array = NDArray[np.float64]

RTOL = 1e-6
REACH = 2.6  # root mean squares, to which laws are told apart by their bound
CHANCE = 1e-6  # that two draws from one law are taken for different, for each of two tests


def alike(call: Call, value: Any) -> bool:
    """Whether `value`, a misconception's weights, explains the recorded call."""
    got: Any = call.reply.result
    want = value
    if isinstance(want, list):
        return isinstance(got, list) and alike_arrays(call, _numbers(got), np.array(want))
    same_kind = isinstance(got, np.ndarray) and isinstance(want, np.ndarray) and got.dtype == want.dtype
    return same_kind and alike_arrays(call, got, want)


def alike_arrays(call: Call, got: Array | None, want: Array) -> bool:
    """The same for arrays: same shape, and the same entries or the same law."""
    if got is None or got.shape != want.shape or not np.all(np.isfinite(got)):
        return False
    a, b = np.sort(got, axis=None).astype(float), np.sort(want, axis=None).astype(float)
    with np.errstate(all="ignore"):
        if proportional(a, b) and abs(np.linalg.norm(a) - np.linalg.norm(b)) <= RTOL * np.linalg.norm(b):
            return True
        return not from_stream(call, a) and same_law(got.astype(float), want.astype(float))


def from_stream(call: Call, entries: Array) -> bool:
    """Whether the sorted entries are a stream of the generator handed in, times a factor.

    Fewer than five do not tell: a single number is a multiple of any other.
    """
    if entries.size < 5:
        return False
    seeds = [argument.seed for argument in call.arguments if isinstance(argument, Rng)]
    streams = []
    for seed in seeds:
        uniform = np.sort(np.random.default_rng(seed).random(entries.size))
        normal = np.sort(np.random.default_rng(seed).standard_normal(entries.size))
        streams += [normal, uniform, 2.0 * uniform - 1.0]
    return any(proportional(entries, stream) for stream in streams)


def proportional(a: Array, b: Array) -> bool:
    """Whether a is a multiple of b (or both are zero)."""
    size_a, size_b = float(np.linalg.norm(a)), float(np.linalg.norm(b))
    if size_a == 0.0 or size_b == 0.0:
        return size_a == size_b
    return bool(np.linalg.norm(a / size_a - b / size_b) <= RTOL)


def same_law(a: Array, b: Array) -> bool:
    """Whether two arrays of one shape may be draws of one law: size, mean, law and the way they were made."""
    size_a, size_b = np.mean(a * a), np.mean(b * b)
    if not (size_a > 0 and size_b > 0):
        return bool(size_a == size_b)
    if a.size < 30:
        return True  # too few to tell laws apart
    lo, hi = variance_bounds(a.size, CHANCE)
    gap = 2.0 * mean_bound(CHANCE) / np.sqrt(a.size)
    near = lo / hi <= size_a / size_b <= hi / lo and abs(a.mean() - b.mean()) <= gap * np.sqrt(
        max(size_a, size_b)
    )
    apart = np.abs(np.subtract(_features(a), _features(b)))
    return bool(near and np.all(apart <= _tolerances(a.size)))


def _features(a: Array) -> list[float]:
    """Shares of distinct and of small entries, neighbours' likeness; 1 for an exact mean, rows of one norm, norm 1,
    equal rows; how far a bounded law reaches.
    """
    rms = np.sqrt(np.mean(a * a))
    norms = np.linalg.norm(a, axis=-1)
    return [
        np.unique(np.abs(a)).size / a.size,
        float(np.mean(np.abs(a) <= rms * (1 + 1e-9))),
        abs(float(np.mean(a.ravel()[1:] * a.ravel()[:-1]))) / float(rms * rms),
        float(a.size > 1 and abs(a.mean()) <= 1e-9 * rms),
        float(norms.size > 1 and np.ptp(norms) <= 1e-6 * rms),
        float(abs(np.linalg.norm(a) - 1.0) <= 1e-9),
        float(a.ndim > 1 and len(a) > 1 and np.all(np.ptp(a, axis=0) <= 1e-9 * rms)),
        min(float(np.max(np.abs(a)) / rms), REACH),
    ]


def _tolerances(entries: int) -> list[float]:
    """For the difference of two draws' features: the share of small entries has a deviation of .66/√N or less.

    The reach of a bounded law, in root mean squares of the sample, has one of 2/√N; 4,000 normal draws go beyond REACH.
    """
    root = np.sqrt(entries)
    reach = 0.01 + 10.0 / root if entries >= 4000 else REACH
    return [0.02 if entries >= 1000 else 1.0, 0.01 + 4.0 / root, 0.1 + 6.0 / root, 0.5, 0.5, 0.5, 0.5, reach]


def _numbers(rows: list[Any]) -> Array | None:
    try:
        return np.array(rows, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        return None


def alike_parameters(call: Call, value: Any) -> bool:
    """`alike` for a dictionary of arrays: layer by layer, and layers repeat each other in both or in neither."""
    got, want = call.reply.result, value
    if not isinstance(got, dict) or not isinstance(want, dict) or got.keys() != want.keys():
        return False
    if not all(_same_kind(got[key], want[key]) for key in want):
        return False
    if all(_same_entries(got[key], want[key]) for key in want):
        return True
    if "W1" in got and from_stream(call, np.sort(got["W1"], axis=None)):
        return False
    laws = all(same_law(got[key].astype(float), want[key].astype(float)) for key in want)
    return laws and all(np.any(got[k]) == np.any(want[k]) for k in want) and _repeats(got) == _repeats(want)


def _same_kind(got: Any, want: Any) -> bool:
    arrays = isinstance(got, np.ndarray) and isinstance(want, np.ndarray)
    return arrays and got.shape == want.shape and got.dtype == want.dtype and bool(np.all(np.isfinite(got)))


def _same_entries(got: Array, want: Array) -> bool:
    a, b = np.sort(got, axis=None), np.sort(want, axis=None)
    return bool(np.linalg.norm(a - b) <= RTOL * np.linalg.norm(b))


def _repeats(parameters: dict[str, Array]) -> bool:
    """Whether W1 and W2 begin with the same draws, up to a factor."""
    starts = [parameters[key].ravel()[:6] for key in ("W1", "W2") if key in parameters]
    if len(starts) < 2 or starts[0].size != starts[1].size:
        return False
    return proportional(*starts)
