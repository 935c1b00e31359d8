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

Where mistakes would repeat a function with one thing changed, the right one is written once, in small parts that
it calls by name, and a mistake is the wrong part:

    catalogue = Catalogue(whole=backward_pass)

    @catalogue.instead_of(error, "J is an average over the examples. Where does their number enter?")
    def examples_not_averaged(Y_hat, Y):
        \"\"\"leaves out the factor 1/m\"\"\"
        return Y_hat - Y

Exercises that differ in one part share their mistakes: `having` gives them for another right part, and `include`
takes them over by name.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeVar

from autograder.authoring.parts import Function, exchanged
from autograder.authoring.student import Call
from autograder.authoring.values import same

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
    results must agree to `rtol` of their norm, in shape and in structure. `whole` is the right function in parts.
    """

    def __init__(
        self, alike: Alike | None = None, *, whole: Function | None = None, rtol: float = 1e-9
    ) -> None:
        self.alike = alike or partial(same, rtol=rtol)
        self.is_exact = alike is None and rtol <= 1e-9
        self.rtol = rtol
        self.whole = whole
        self._entries: dict[str, Misconception] = {}

    def add(self, hint: str) -> Callable[[F], F]:
        """A decorator that adds a wrong implementation (see the module)."""

        def decorate(function: F) -> F:
            self._add(Misconception(function.__name__, function.__doc__ or "", hint, function))
            return function

        return decorate

    def instead_of(self, right: F, hint: str) -> Callable[[F], F]:
        """A decorator that adds the whole with a wrong function in the place of its part `right`."""

        def decorate(wrong: F) -> F:
            whole = self._with(right, wrong)
            self._add(Misconception(wrong.__name__, wrong.__doc__ or "", hint, whole))
            return wrong

        return decorate

    def include(self, part: "Catalogue", *names: str) -> None:
        """Add these mistakes of a part that has a catalogue of its own: the whole makes them, too."""
        for wrong in map(part.__getitem__, names):
            self._add(replace(wrong, function=self._with(part.whole, wrong.function)))

    def having(self, right: F, other: F) -> "Catalogue":
        """The same mistakes of a whole in which `other` stands in the place of its part `right`."""
        made = Catalogue(self.alike, whole=self._with(right, other), rtol=self.rtol)
        for wrong in self:
            made._add(replace(wrong, function=exchanged(wrong.function, right, other)))
        return made

    def _with(self, right: Function | None, wrong: Function) -> Function:
        if self.whole is None or right is None:
            raise ValueError(f"{wrong.__name__} is a wrong part; give the right function: Catalogue(whole=…)")
        if (whole := exchanged(self.whole, right, wrong)) is self.whole:
            raise ValueError(
                f"{wrong.__name__} is written for {right.__name__}, which {whole.__name__} does not call"
            )
        return whole

    def _add(self, wrong: Misconception) -> None:
        name, hint = " ".join(wrong.name.split()), " ".join(wrong.hint.split())
        if not name or not hint:
            raise ValueError(f"{wrong.id}: needs a docstring, which is its name, and a hint")
        if wrong.id in self._entries:
            raise ValueError(f"{wrong.id}: there are two misconceptions of this name; rename one")
        self._entries[wrong.id] = replace(wrong, name=name, hint=hint)

    def __iter__(self) -> Iterator[Misconception]:
        return iter(self._entries.values())

    def __len__(self) -> int:
        return len(self._entries)

    def __getitem__(self, name: str) -> Misconception:
        return self._entries[name]
