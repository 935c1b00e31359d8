"""Wrong implementations of each exercise: one catalogue, three uses.

The diagnosis finds the one that does what a student's function did; the tests hand each in as a wrong
submission; the demonstration class is made of them. In an exercise's `misconceptions.py` every function with
the decorator is one: its name is the id, its docstring the one-line name, the decorator's text the hint,
which leads to the mistake without giving the answer away.

    @misconception("Which units feed a neuron: the columns of W or its rows?")
    def fan_out_for_fan_in(n_out, n_in, rng):
        \"\"\"divides by n_out where He divides by n_in\"\"\"
        return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_out)

A module may define `alike(call, value)`, which says whether `value`, a misconception's result, explains the
recorded call; without it results must agree to 1e-9 of their norm, in shape and in structure.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Function = Callable[..., Any]


@dataclass(frozen=True)
class Misconception:
    """A wrong implementation with the name and the hint that a student reads."""

    id: str
    name: str
    hint: str
    function: Function


def misconception(hint: str) -> Callable[[Function], Misconception]:
    """Make a `Misconception` of a function (see the module)."""

    def decorate(function: Function) -> Misconception:
        name = " ".join((function.__doc__ or "").split())
        if not name or not hint:
            raise ValueError(f"{function.__name__}: a misconception needs a docstring (its name) and a hint")
        return Misconception(function.__name__, name, " ".join(hint.split()), function)

    return decorate
