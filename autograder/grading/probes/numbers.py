"""Which number is it? 0.5 is `½`, 1.7724 is `√π`; what has no name is written with its digits."""

from fractions import Fraction
from math import pi, sqrt

_ROOTS = {"√2": sqrt(2.0), "√3": sqrt(3.0), "√5": sqrt(5.0), "√6": sqrt(6.0)}
_PI = {"π": pi, "2π": 2 * pi, "√π": sqrt(pi), "√(2π)": sqrt(2 * pi), "√(π/2)": sqrt(pi / 2)}
_NAMED = (
    _ROOTS | _PI | {"1/(2π)": 0.5 / pi} | {f"1/{word}": 1 / value for word, value in (_ROOTS | _PI).items()}
)


def named(c: float, rtol: float = 1e-7) -> str:
    """A number in words that let a student recognise it."""
    sign, size = ("−" if c < 0 else ""), abs(c)
    if size == 0 or not 1e-300 < size < 1e300:
        return f"{c:g}"
    exact = Fraction(size).limit_denominator(12)
    if exact and abs(float(exact) / size - 1) <= rtol:
        return sign + str(exact)
    for name, value in _NAMED.items():
        if abs(value / size - 1) <= rtol:
            return sign + name
    return f"{sign}{size:.6g}"


def is_named(c: float, rtol: float = 1e-7) -> bool:
    """Whether a number has a name."""
    return "." not in named(c, rtol) and "e" not in named(c, rtol)


def power(words: str, exponent: float) -> str:
    """A factor in words, such as `the square root of m`."""
    size = {0.5: "the root of {}", 1.0: "{}", 1.5: "{} to the power 3/2", 2.0: "the square of {}"}.get(
        abs(exponent)
    )
    return (size or "{} to the power " + f"{abs(exponent):g}").format(words)
