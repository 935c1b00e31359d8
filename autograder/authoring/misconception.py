"""Wrong implementations of each exercise: one catalogue, three uses.

The diagnosis finds the one that does what a student's function did; the tests hand each in as a wrong
submission; the demonstration class is made of them. An exercise's `misconceptions.py` declares a `catalogue`
and adds functions to it: a function's name is the id, its docstring follows "your function …", and the
decorator's text is the hint, which leads to the mistake without giving the answer away.

    catalogue = Catalogue()

    @catalogue.add("Which units feed a neuron: the columns of W or its rows?")
    def fan_out_for_fan_in(n_out, n_in, rng):
        \"\"\"divides by n_out where He divides by n_in\"\"\"
        return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_out)

What several have in common is written once. A function may leave parts open, as keyword-only arguments: `include`
fills them for all misconceptions of another catalogue, and where one part alone is wrong, a decorator of the
exercise's own builds the whole of it:

    def with_variance(variance_of):
        return named_after(variance_of, partial(normal, variance_of=variance_of))
"""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeVar

from autograder.authoring.student import Call
from autograder.authoring.values import same

Function = Callable[..., Any]
F = TypeVar("F", bound=Function)
Alike = Callable[[Call, Any], bool]


@dataclass(frozen=True)
class Misconception:
    """A wrong implementation with the name and the hint that a student reads."""

    id: str
    name: str
    hint: str
    function: Function


class Catalogue:
    """The misconceptions of an exercise, in the order in which they are written.

    `alike(call, value)` says whether `value`, a misconception's result, explains the recorded call. By default
    results must agree to 1e-9 of their norm, in shape and in structure.
    """

    def __init__(self, alike: Alike = same) -> None:
        self.alike = alike
        self._entries: dict[str, Misconception] = {}

    def add(self, hint: str) -> Callable[[F], F]:
        """A decorator that adds a wrong implementation (see the module)."""

        def decorate(function: F) -> F:
            name = " ".join((function.__doc__ or "").split())
            if not name or not hint:
                raise ValueError(f"{function.__name__}: needs a docstring, which is its name, and a hint")
            self._enter(Misconception(function.__name__, name, " ".join(hint.split()), function))
            return function

        return decorate

    def include(self, other: "Catalogue", **parts: Function) -> None:
        """Add all misconceptions of another catalogue; each gets those of `parts` that it takes."""
        for entry in other:
            taken = inspect.signature(entry.function).parameters.keys() & parts.keys()
            filled = partial(entry.function, **{name: parts[name] for name in sorted(taken)})
            self._enter(replace(entry, function=filled))

    def _enter(self, entry: Misconception) -> None:
        if entry.id in self._entries:
            raise ValueError(f"{entry.id}: there are two misconceptions of this name; rename one")
        self._entries[entry.id] = entry

    def __iter__(self) -> Iterator[Misconception]:
        return iter(self._entries.values())

    def __len__(self) -> int:
        return len(self._entries)

    def __getitem__(self, name: str) -> Misconception:
        return self._entries[name]


def named_after(part: Function, whole: Function) -> Function:
    """`whole`, under the name and with the docstring of its only wrong part."""
    whole.__name__, whole.__doc__ = part.__name__, part.__doc__
    return whole
