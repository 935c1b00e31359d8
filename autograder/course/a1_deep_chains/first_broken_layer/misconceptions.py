"""Wrong searches for the layer at which a number format ends."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from autograder.authoring import Catalogue


def precision(dtype: Any) -> Any:
    """The type of the signal's numbers."""
    return np.dtype(dtype).type


def visited(max_depth: int) -> Iterable[int]:
    """The layers, by their numbers."""
    return range(1, max_depth + 1)


def passed_on(number: Any, c: float, a: Any) -> Any:
    """What a layer makes of the signal."""
    return number(c) * a


def broken(a: Any) -> Any:
    """Whether nothing is left of the signal."""
    return a == 0 or not np.isfinite(a)


def searched(c: float, dtype: Any, max_depth: int = 2000) -> int | None:
    """The right search."""
    number = precision(dtype)
    a = number(1.0)
    for layer in visited(max_depth):
        a = passed_on(number, c, a)
        if broken(a):
            return layer
    return None


catalogue = Catalogue(whole=searched)


@catalogue.instead_of(visited, "The input is layer 0. What has the signal been multiplied by at layer 1?")
def counts_from_zero(max_depth: int) -> Iterable[int]:
    """counts the layers from 0, so that the answer is one too small"""
    return range(max_depth)


@catalogue.instead_of(broken, "How does a signal look that has vanished? Is that finite?")
def overflow_only(a: Any) -> Any:
    """looks for overflow alone and misses the signal that becomes 0"""
    return not np.isfinite(a)


@catalogue.instead_of(broken, "What does NumPy make of a number that is too large: nan, or something else?")
def waits_for_nan(a: Any) -> Any:
    """looks for 0 and nan, and misses the overflow: infinity is not nan"""
    return a == 0 or np.isnan(a)


@catalogue.instead_of(broken, "Which infinity does a negative multiplier lead to?")
def plus_infinity_only(a: Any) -> Any:
    """compares with +infinity and misses −infinity"""
    return a == 0 or a == np.inf


@catalogue.instead_of(
    precision, "Print the type of your signal after the first layer. Is it the dtype that was asked for?"
)
def always_double_precision(dtype: Any) -> Any:
    """computes in float64, whatever the dtype"""
    return float


@catalogue.add("A layer sees only the rounded result of the layer before. Where does your formula round?")
def power_rounded_once(c: float, dtype: Any, max_depth: int = 2000) -> int | None:
    """rounds the power c^l once, where each layer's product is rounded: it misses a signal that gets stuck"""
    for layer in visited(max_depth):
        if broken(precision(dtype)(np.float64(c) ** layer)):
            return layer
    return None


@catalogue.instead_of(passed_on, "Does float16 hold your c to the last digit? Print np.float16(c).")
def multiplier_not_rounded(number: Any, c: float, a: Any) -> Any:
    """rounds the products, but not c itself, which the dtype need not hold"""
    return number(float(c) * float(a))


@catalogue.instead_of(
    precision,
    'Call your function with np.float32, which is no text. What does np.dtype make of it? And of "f4"?',
)
def names_in_a_table(dtype: Any) -> Any:
    """knows the dtypes by three names alone"""
    return {"float16": np.float16, "float32": np.float32, "float64": np.float64}[dtype]


@catalogue.instead_of(visited, "Which layers does `range` visit? Is the last one among them?")
def limit_excluded(max_depth: int) -> Iterable[int]:
    """stops one layer before max_depth"""
    return range(1, max_depth)


@catalogue.add("What should the caller see when no layer breaks the signal?")
def limit_for_none(c: float, dtype: Any, max_depth: int = 2000) -> int | None:
    """returns max_depth when nothing breaks, where None is asked for"""
    layer = searched(c, dtype, max_depth)
    return max_depth if layer is None else layer


@catalogue.instead_of(
    broken, "How small may a number be and still not be 0? What does `isclose` compare with?"
)
def small_counts_as_zero(a: Any) -> Any:
    """takes numbers below 1e-8 for 0, as `np.isclose` does"""
    return abs(a) < 1e-8 or not np.isfinite(a)
