"""`first_broken_layer(c, dtype, max_depth=2000) -> int or None`: where a number format ends.

Our own multipliers but one are multiples of 1/64, which every dtype holds exactly. It never makes a difference
whether a product is taken in the dtype or taken exactly and rounded to it. Deep cases cost the student's
loop a microsecond a layer, so that there are few.
"""

from functools import partial
from typing import Any

import numpy as np

from autograder.authoring import Cases, Exercise, Student, check, corner, expect, labelled
from autograder.authoring.values import real
from autograder.course.a1_deep_chains._case import Answers, Case
from autograder.course.reference.chains import first_broken_layer
from autograder.sandbox import Function

DTYPES = ("float16", "float32", "float64")
SPELLINGS = {
    "float16": ("half", "f2", "e", "<f2"),
    "float32": ("single", "f4", "f", "<f4"),
    "float64": ("double", "f8", "d", "float"),
}


def words(c: float, dtype: str | Function, *limit: int) -> str:
    """The call, in words for a student."""
    of = dtype.source if isinstance(dtype, Function) else repr(dtype)
    return f"c = {c:g}, dtype {of}" + "".join(f" and max_depth = {depth}" for depth in limit)


def signal(c: float, dtype: str, *limit: int) -> Case:
    """The call with these arguments."""
    return Case((c, dtype, *limit), first_broken_layer(c, dtype, *limit), words(c, dtype, *limit))


def spelt(c: float, dtype: str, spelling: str | Function) -> Case:
    """The call in which `dtype` is spelt otherwise."""
    return Case((c, spelling), first_broken_layer(c, dtype), f"{words(c, spelling)} (that is {dtype})")


def borders() -> list[Case]:
    """The largest and the smallest number of each format, which are not broken yet."""
    ends = [(of, float(end)) for of in DTYPES for end in (np.finfo(of).max, np.finfo(of).smallest_subnormal)]
    largest = float(np.finfo("float16").max)
    return [signal(c, of) for of, c in ends] + [signal(-largest, "float16"), signal(largest, "float16", 1)]


@labelled("breaking")
def breaking(rng: np.random.Generator) -> list[Case]:
    """The lecture's multipliers in all formats, some of our own in the two short ones, and the ends of all formats."""
    own = [
        signal(float(rng.integers(*ends)) / 64.0, dtype)
        for ends in ((90, 180), (6, 31))
        for dtype in DTYPES[:2]
    ]
    lecture = [signal(c, dtype) for c in (1.5, 0.5) for dtype in DTYPES]
    return [*lecture, *own, signal(0.0, "float32"), *borders()]


def rounded(rng: np.random.Generator) -> Case:
    """A multiplier that float16 does not hold, and for which that makes a difference."""
    while True:
        c = round(float(rng.uniform(1.06, 1.3)), 4)
        if (found := signal(c, "float16")).wanted != _with_exact_multiplier(c):
            return found


def _with_exact_multiplier(c: float) -> int:
    """The layer at which float16 ends if its products are rounded, but not c."""
    a, layer = c, 1
    while np.isfinite(np.float16(a)):
        a, layer = c * float(np.float16(a)), layer + 1
    return layer


@labelled("stuck")
def stuck(rng: np.random.Generator) -> list[Case]:
    """Below ½ a signal ends at 0; above ½ the smallest number rounds to itself. At 1 it stays as it is."""
    c = float(rng.integers(36, 45)) / 64.0  # c^l in exact arithmetic would be 0 in float32 by layer 300
    deep = [signal(0.9, "float16", 200), signal(c, "float16", 60), signal(c, "float32", 320)]
    return [*deep, signal(1 - c, "float16"), signal(1.0, "float16", 20), rounded(rng)]


@labelled("negative")
def negative(rng: np.random.Generator) -> list[Case]:
    """Multipliers that change the sign in every layer; -8 leaves float32 at an odd one, 43, for -inf.

    The last two are themselves too large, and too small, for float16: the first layer is broken.
    """
    c = float(rng.integers(80, 160)) / 64.0
    alternating = [signal(-c, "float16"), signal(-8.0, "float32"), signal(-0.25, "float32")]
    return [*alternating, signal(-1e5, "float16"), signal(-1e-9, "float16"), signal(-1.0, "float16", 9)]


@labelled("limits")
def limits(rng: np.random.Generator) -> list[Case]:
    """The limit at the first broken layer, and one below it; the limit of 2000 that holds if none is given, and one
    beyond it.
    """
    cases = [(float(rng.integers(80, 160)) / 64.0, "float16"), (0.5, "float32")]
    layers = [first_broken_layer(c, dtype) or 0 for c, dtype in cases]
    limited = [
        signal(*case, layer - less) for case, layer in zip(cases, layers, strict=True) for less in (0, 1)
    ]
    # Without max_depth: these multipliers overflow float64 at layers 2000 and 2001, far from any rounding.
    one_layer = [signal(c, "float16", 1) for c in (1e5, 0.5)]
    deep = [signal(1.426152, "float64"), signal(1.425899, "float64"), signal(1.394, "float64", 2200)]
    return [*limited, *one_layer, *deep]


@labelled("spellings")
def spellings(rng: np.random.Generator) -> list[Case]:
    """Other names of the same formats, and NumPy's own types."""
    c = float(rng.integers(80, 160)) / 64.0
    formats = list(zip((c, 0.25, 1024.0), DTYPES, strict=True))
    named = [spelt(c, of, str(rng.choice(SPELLINGS[of]))) for c, of in formats]
    types = [spelt(1024.0, of, Function(f"np.{of}")) for of in DTYPES[:2]]
    return [*named, *types]


def answer(value: Any, words: str) -> int | None:
    """The student's answer as a layer or None; a whole float will do."""
    if value is None:
        return None
    layer = expect.number(value, f"For {words} the result")
    expect.that(layer.is_integer(), f"For {words} {layer:g} is no layer: return a whole number or None.")
    return int(layer)


def layer(value: Any, signal: Case) -> None:
    """Fail unless the answer is the reference's."""
    got = answer(value, signal.words)
    expect.that(got == signal.wanted, f"For {signal.words} your answer is {got}, which is not right.")


LAYER = Answers("first_broken_layer", layer)


@check(points=4)
def check_breaking(student: Student, cases: Cases) -> None:
    """the signal breaks at the layer where c·a leaves the dtype, at either end"""
    LAYER.agree(student, cases, breaking)


@check(points=3)
def check_stuck(student: Student, cases: Cases) -> None:
    """c and each product are rounded to the dtype, so that a signal may get stuck and never reach 0"""
    LAYER.agree(student, cases, stuck)


@check(points=2)
def check_negative(student: Student, cases: Cases) -> None:
    """minus infinity is not finite, and minus zero is zero"""
    LAYER.agree(student, cases, negative)


@check(points=2)
def check_limits(student: Student, cases: Cases) -> None:
    """layer max_depth still counts, a later one does not"""
    LAYER.agree(student, cases, limits)


@check(points=1)
def check_spellings(student: Student, cases: Cases) -> None:
    """dtype may be anything that numpy.dtype accepts"""
    LAYER.agree(student, cases, spellings)


def _layer(c: float, dtype: str | Function, limit: int = 2000) -> int | None:
    return first_broken_layer(c, real(dtype), limit)


def _breaks(of: str, overflow: bool, c: float, dtype: str | Function, limit: int = 2000) -> bool:
    return np.dtype(real(dtype)) == of and (abs(c) > 1) is overflow and _layer(c, dtype, limit) is not None


def _stuck(of: str, c: float, dtype: str | Function, limit: int = 2000) -> bool:
    return np.dtype(real(dtype)) == of and 0 < abs(c) < 1 and _layer(c, dtype, limit) is None


def _is(only: float, c: float, dtype: str | Function, limit: int = 2000) -> bool:
    return c == only


def examples() -> Any:
    """Small inputs for the search for the smallest one on which the student's function differs."""
    from hypothesis import strategies as st  # slow to import, needed only after a failure

    c = st.sampled_from([2.0, 0.5, 1.5, 0.75, 1.0, -3.0])
    return st.tuples(c, st.sampled_from(DTYPES[:2]), st.sampled_from([300, 16, 15]))


EXERCISE = Exercise(
    first_broken_layer,
    checks=(
        check_breaking,
        check_stuck,
        check_negative,
        check_limits,
        check_spellings,
    ),
    domain=(
        *(corner(f"{of} overflows", partial(_breaks, of, True)) for of in DTYPES),
        *(corner(f"{of} underflows", partial(_breaks, of, False)) for of in DTYPES),
        *(corner(f"{of} gets stuck", partial(_stuck, of)) for of in DTYPES[:2]),
        *(corner(f"the largest number of {of}", partial(_is, float(np.finfo(of).max))) for of in DTYPES),
        *(
            corner(f"the smallest number of {of}", partial(_is, float(np.finfo(of).smallest_subnormal)))
            for of in DTYPES
        ),
        *(corner(f"c = {only:g}", partial(_is, only)) for only in (0.0, 1.0, -1.0)),
        corner("-inf", lambda *call: call[0] < -1 and (_layer(*call) or 0) % 2 == 1),
        corner("c itself breaks", lambda *call: call[0] != 0 and _layer(*call) == 1),
        corner("the limit itself", lambda c, dtype, limit=2000: _layer(c, dtype) == limit),
        corner("just after it", lambda c, dtype, limit=2000: _layer(c, dtype, limit + 1) == limit + 1),
        corner("beyond layer 2000", lambda *call: (_layer(*call) or 0) > 2000),
        corner("a limit of 1", lambda c, dtype, limit=2000: limit == 1),
        corner("a type for dtype", lambda c, dtype, limit=2000: isinstance(dtype, Function)),
    ),
    examples=examples,
)
