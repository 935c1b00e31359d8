"""Comparisons for checks. Each either returns the value, now trusted in type and shape, or fails the check.

What comes from a student is accepted positively (`if not good: fail`), so that nan never slips through,
and tolerances are relative to the reference alone: signals here are of size 1e-45 and 1e26.
"""

from typing import Any, NoReturn

import numpy as np
from numpy.typing import NDArray

from autograder.results import Elsewhere

Array = NDArray[np.float64]

SINGLE = 1e-4  # of the norm: 150 layers of float32 are off by 1e-5
SMALL, LARGE = (
    1e-18,
    1e30,
)  # beyond, float32 loses digits or ends: in the number, its square or on the way there


class CheckFailed(Exception):
    """The student's mistake, in a sentence that the student reads."""


class BuiltOnAnother(CheckFailed):
    """The mistake is in another function; `elsewhere` says in which."""

    def __init__(self, sentence: str, elsewhere: Elsewhere) -> None:
        super().__init__(sentence)
        self.elsewhere = elsewhere


def fail(sentence: str) -> NoReturn:
    """Fail the check with `sentence`."""
    raise CheckFailed(sentence)


def that(condition: bool | np.bool_, sentence: str) -> None:
    """Fail the check with `sentence` unless `condition` holds."""
    if not condition:
        fail(sentence)


def array(value: Any, shape: tuple[int, ...], what: str, near: Array | None = None) -> Array:
    """`value` as float64 if it is a `numpy.ndarray` of floats with this shape; `what` names it in the sentence.

    With `near`, the right array, another dtype is no matter: integers are taken as the numbers that they are,
    and float32 numbers for the right ones if single precision allows. `double` judges the dtype, once.
    It may be the reply itself, which other checks judge, too, or `near`: do not change it.
    """
    if not isinstance(value, np.ndarray) or value.ndim == 0 != len(shape):
        fail(f"{what} should be a NumPy array of shape {shape}, but it is {kind(value)}.")
    if value.dtype.kind not in ("f" if near is None else "fiub"):
        fail(f"{what} should hold floating-point numbers, but its dtype is {value.dtype}.")
    if value.shape != shape:
        fail(f"{what} has {_shape(value)}, expected {shape}.")
    if near is not None and value.dtype == np.float32 and _right_but_single(value, near):
        return near
    return value.astype(np.float64, copy=False)


def vector(value: Any, length: int, what: str, near: Array | None = None) -> Array:
    """`value` as a float64 array of shape (length,); a plain list of numbers is fine, too. `near` as in `array`."""
    if isinstance(value, list) and all(isinstance(v, int | float) or _is_scalar(v) for v in value):
        single = any(dtype == np.float32 for dtype in _dtypes(value))
        value = np.array([float(v) for v in value], np.float32 if single else np.float64)
    return array(value, (length,), what, near)


def double(value: Any, what: str) -> None:
    """Fail unless the numbers in an array, or in a list of numbers, are of float64. What else it is, others judge."""
    for dtype in _dtypes(value if isinstance(value, list) else [value]):
        if dtype != np.float64:
            fail(f"The dtype of {what} is {dtype}: the course computes in float64.")


def number(value: Any, what: str) -> float:
    """`value` as a float if it is one number (a Python or NumPy scalar)."""
    if isinstance(value, bool) or not (isinstance(value, int | float) or _is_scalar(value)):
        fail(f"{what} should be one number, but it is {kind(value)}.")
    return float(value)


def pair(value: Any, what: str) -> tuple[Any, Any]:
    """`value` as a pair; a tuple, a list or an array of two."""
    if isinstance(value, np.ndarray) and value.shape[:1] == (2,):
        return np.array(value[0]), np.array(value[1])
    if not isinstance(value, list | tuple) or len(value) != 2:
        fail(f"{what} should be a pair (a tuple of two), but it is {kind(value)}.")
    return value[0], value[1]


def close(value: Array | float, reference: Array | float, rtol: float, sentence: str) -> None:
    """Fail with `sentence` unless ‖value − reference‖ ≤ rtol·‖reference‖ (all entries taken together)."""
    if not relative_error(value, reference) <= rtol:
        got = np.asarray(value, dtype=np.float64)
        fail(sentence + _lost(got))


def _lost(got: Array) -> str:
    """What of it is no number, and how that comes about."""
    if np.isnan(got).any():
        return " There is nan in it, as 0/0, inf − inf and 0·inf give."
    return "" if np.isfinite(got).all() else " There is inf in it, as 1/0 and numbers beyond 1e308 give."


def relative_error(value: Array | float, reference: Array | float) -> float:
    """‖value − reference‖ / ‖reference‖, free of overflow and underflow; inf for non-finite values."""
    got, want = np.asarray(value, dtype=np.float64), np.asarray(reference, dtype=np.float64)
    if not np.isfinite(got).all():
        return np.inf
    if got.shape == want.shape and got.tobytes() == want.tobytes():  # as most are: the same formula
        return 0.0
    scale = float(np.abs(want).max(initial=0.0))
    if scale == 0.0:
        return 0.0 if not got.any() else np.inf
    with np.errstate(all="ignore"):
        unit = want / scale
        error = np.linalg.norm((got / scale - unit).ravel()) / np.linalg.norm(unit.ravel())
    return float(error) if np.isfinite(error) else np.inf


def kind(value: Any) -> str:
    """What a value is, in words for a student: 'a list of 3', 'None', 'an array of shape (2, 3)'."""
    if value is None:
        return "None (does your function return something in every case?)"
    if isinstance(value, np.ndarray):
        return f"an array of {_shape(value)}" if value.ndim else "a single number"
    if isinstance(value, list | tuple):
        return f"a list of {len(value)}"
    return {dict: "a dictionary", str: "a text", bool: "a truth value"}.get(type(value), "a single number")


def _shape(value: NDArray[Any]) -> str:
    """In words; the 2,000 bits that the shape of an empty array can hold are not told."""
    if value.ndim > 4 or max(value.shape, default=0) >= 10**5:
        return f"an odd shape of {value.ndim} axes"
    return f"shape {value.shape}"


def _right_but_single(value: NDArray[Any], right: Array) -> bool:
    """Whether a right computation in float32 may end in `value`; where it leaves float32's range, all may happen."""
    size = float(np.max(np.abs(right), initial=0.0))
    if size > LARGE:
        return not np.all(np.abs(value) < LARGE)  # nan will do
    return relative_error(value, right) <= SINGLE or (size < SMALL and bool(np.all(np.abs(value) <= SMALL)))


def _dtypes(values: list[Any]) -> list[np.dtype[Any]]:
    """The dtypes of those of the values that NumPy made."""
    return [value.dtype for value in values if isinstance(value, np.ndarray)]


def _is_scalar(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.ndim == 0 and value.dtype.kind in "fiu"
