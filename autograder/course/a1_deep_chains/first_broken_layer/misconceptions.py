"""Wrong searches for the layer at which a number format ends."""

from typing import Any

import numpy as np

from autograder.authoring import Catalogue

catalogue = Catalogue()


@catalogue.add("The input is layer 0. What has the signal been multiplied by at layer 1?")
def counts_from_zero(c: float, dtype: Any, max_depth: int = 2000) -> int | None:
    """counts the layers from 0, so that the answer is one too small"""
    number = np.dtype(dtype).type
    a = number(1.0)
    for layer in range(max_depth):
        a = number(c) * a
        if a == 0 or not np.isfinite(a):
            return layer
    return None


@catalogue.add("How does a signal look that has vanished? Is that finite?")
def overflow_only(c: float, dtype: Any, max_depth: int = 2000) -> int | None:
    """looks for overflow alone and misses the signal that becomes 0"""
    number = np.dtype(dtype).type
    a = number(1.0)
    for layer in range(1, max_depth + 1):
        a = number(c) * a
        if not np.isfinite(a):
            return layer
    return None


@catalogue.add("What does NumPy make of a number that is too large: nan, or something else?")
def waits_for_nan(c: float, dtype: Any, max_depth: int = 2000) -> int | None:
    """looks for 0 and nan, and misses the overflow: infinity is not nan"""
    number = np.dtype(dtype).type
    a = number(1.0)
    for layer in range(1, max_depth + 1):
        a = number(c) * a
        if a == 0 or np.isnan(a):
            return layer
    return None


@catalogue.add("Which infinity does a negative multiplier lead to?")
def plus_infinity_only(c: float, dtype: Any, max_depth: int = 2000) -> int | None:
    """compares with +infinity and misses −infinity"""
    number = np.dtype(dtype).type
    a = number(1.0)
    for layer in range(1, max_depth + 1):
        a = number(c) * a
        if a == 0 or a == np.inf:
            return layer
    return None


@catalogue.add("Print the type of your signal after the first layer. Is it the dtype that was asked for?")
def always_double_precision(c: float, dtype: Any, max_depth: int = 2000) -> int | None:  # noqa: ARG001
    """computes in float64, whatever the dtype"""
    a = 1.0
    for layer in range(1, max_depth + 1):
        a = c * a
        if a == 0 or not np.isfinite(a):
            return layer
    return None


@catalogue.add("A layer sees only the rounded result of the layer before. Where does your formula round?")
def power_rounded_once(c: float, dtype: Any, max_depth: int = 2000) -> int | None:
    """rounds the power c^l once, where each layer's product is rounded: it misses a signal that gets stuck"""
    number = np.dtype(dtype).type
    for layer in range(1, max_depth + 1):
        a = number(np.float64(c) ** layer)
        if a == 0 or not np.isfinite(a):
            return layer
    return None


@catalogue.add("Does float16 hold your c to the last digit? Print np.float16(c).")
def multiplier_not_rounded(c: float, dtype: Any, max_depth: int = 2000) -> int | None:
    """rounds the products, but not c itself, which the dtype need not hold"""
    number = np.dtype(dtype).type
    a = number(1.0)
    for layer in range(1, max_depth + 1):
        a = number(float(c) * float(a))
        if a == 0 or not np.isfinite(a):
            return layer
    return None


@catalogue.add(
    'Call your function with np.float32, which is no text. What does np.dtype make of it? And of "f4"?'
)
def names_in_a_table(c: float, dtype: Any, max_depth: int = 2000) -> int | None:
    """knows the dtypes by three names alone"""
    number: Any = {"float16": np.float16, "float32": np.float32, "float64": np.float64}[dtype]
    a = number(1.0)
    for layer in range(1, max_depth + 1):
        a = number(c) * a
        if a == 0 or not np.isfinite(a):
            return layer
    return None


@catalogue.add("Which layers does `range` visit? Is the last one among them?")
def limit_excluded(c: float, dtype: Any, max_depth: int = 2000) -> int | None:
    """stops one layer before max_depth"""
    number = np.dtype(dtype).type
    a = number(1.0)
    for layer in range(1, max_depth):
        a = number(c) * a
        if a == 0 or not np.isfinite(a):
            return layer
    return None


@catalogue.add("What should the caller see when no layer breaks the signal?")
def limit_for_none(c: float, dtype: Any, max_depth: int = 2000) -> int | None:
    """returns max_depth when nothing breaks, where None is asked for"""
    number = np.dtype(dtype).type
    a = number(1.0)
    for layer in range(1, max_depth + 1):
        a = number(c) * a
        if a == 0 or not np.isfinite(a):
            return layer
    return max_depth


@catalogue.add("How small may a number be and still not be 0? What does `isclose` compare with?")
def small_counts_as_zero(c: float, dtype: Any, max_depth: int = 2000) -> int | None:
    """takes numbers below 1e-8 for 0, as `np.isclose` does"""
    number = np.dtype(dtype).type
    a = number(1.0)
    for layer in range(1, max_depth + 1):
        a = number(c) * a
        if abs(a) < 1e-8 or not np.isfinite(a):
            return layer
    return None
