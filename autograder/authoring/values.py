"""Values on both sides of the wire: made real for a function of ours, and compared."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from autograder.authoring.expect import relative_error
from autograder.authoring.student import Call
from autograder.sandbox import Function, Rng
from autograder.sandbox.inside.wire import generator, laid_out, layout_of

Generators = dict[int, np.random.Generator]


def real(argument: Any, shared: Generators | None = None) -> Any:
    """An argument as the student's function receives it; `shared` holds the generators that calls share."""
    if isinstance(argument, Rng):
        made = generator(argument)
        return made if shared is None or not argument.shared else shared.setdefault(argument.seed, made)
    if isinstance(argument, Function):
        return eval(argument.source, {"np": np})  # our own expression, never a student's
    if isinstance(argument, list | tuple):
        return type(argument)(real(a, shared) for a in argument)
    if isinstance(argument, dict):
        return {key: real(a, shared) for key, a in argument.items()}
    return laid_out(argument, layout_of(argument)) if isinstance(argument, np.ndarray) else argument


def same(call: Call, value: Any, rtol: float = 1e-9) -> bool:
    """Whether `value` is what the recorded call returned, to `rtol` of the norm of each array."""
    return equivalent(call.reply.result, value, rtol)


SEVERAL = 3  # values that differ: fewer may be as predicted by chance


def differ(values: Sequence[Any]) -> bool:
    """Whether several of the values differ from each other."""
    found = list[Any]()
    for value in values:
        if len(found) < SEVERAL and not any(equivalent(value, other) for other in found):
            found.append(value)
    return len(found) == SEVERAL


def equivalent(got: Any, want: Any, rtol: float = 1e-9) -> bool:
    """Same structure, shapes and kinds, numbers equal to `rtol` of their norm (nan and inf in the same places)."""
    if isinstance(want, dict):
        return (
            isinstance(got, dict)
            and got.keys() == want.keys()
            and all(equivalent(got[k], want[k], rtol) for k in want)
        )
    if isinstance(want, list | tuple):
        return (
            isinstance(got, list | tuple)
            and len(got) == len(want)
            and all(equivalent(g, w, rtol) for g, w in zip(got, want, strict=True))
        )
    if want is None or isinstance(want, str):
        return bool(got is None if want is None else got == want) if type(got) is type(want) else False
    if not isinstance(got, np.ndarray | float | int):
        return False
    a, b = np.asarray(got), np.asarray(want)
    if a.shape != b.shape or (a.dtype.kind == "f") != (b.dtype.kind == "f") or b.dtype.kind not in "biuf":
        return False
    finite = np.isfinite(b)
    if finite.all():
        return relative_error(a, b) <= rtol
    if not np.array_equal(a[~finite], b[~finite], equal_nan=True):
        return False
    return bool(relative_error(a[finite], b[finite]) <= rtol)


def unchanged(a: Any, b: Any) -> bool:
    """Whether an argument is still what it was; what cannot be changed always is."""
    if isinstance(a, np.ndarray):
        return np.array_equal(a, b, equal_nan=a.dtype.kind in "fc")
    if isinstance(a, list | tuple):
        return len(a) == len(b) and all(map(unchanged, a, b))
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(unchanged(a[k], b[k]) for k in a)
    return True  # numbers and texts cannot be changed; a generator is meant to advance
