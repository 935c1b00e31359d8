"""Judging a student's pass on many networks, all of them in one round trip."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from autograder.authoring import (
    Cases,
    Labelled,
    Student,
    corner,
    expect,
    in_pieces,
    pair_of_calls,
    whole_numbers,
)
from autograder.authoring.domain import Corner
from autograder.course.a2_backpropagation._networks import Network
from autograder.course.reference.backpropagation import KINDS
from autograder.sandbox import Reply

Widths = tuple[int, ...]


def _widths(parameters: dict[str, Any]) -> Widths:
    by_number = sorted((int(name[1:]), W.shape) for name, W in parameters.items() if name[0] == "W")
    return by_number[0][1][1], *(shape[0] for _, shape in by_number)


def _listed(parameters: dict[str, Any]) -> str:
    return "".join(name[0] for name in parameters)


def _hidden(kind: str, _: Any, parameters: dict[str, Any], activation: str) -> bool:
    return activation == kind and len(parameters) > 2


def _biases(parameters: dict[str, Any]) -> list[Any]:
    return [value for name, value in parameters.items() if name[0] == "b"]


def domain(takes: Callable[..., tuple[Any, ...]]) -> tuple[Corner, ...]:
    """The corners of a pass; `takes` picks the data, the parameters and the activation from its arguments."""

    def of(name: str, holds: Callable[[Any, dict[str, Any], str], Any]) -> Corner:
        return corner(name, lambda *arguments: holds(*takes(*arguments)))

    return (
        *(of(f"hidden {kind}", partial(_hidden, kind)) for kind in KINDS),
        of("one layer", lambda _, p, __: len(p) == 2),
        of("many layers", lambda _, p, __: len(p) >= 30),
        of("one unit in a hidden layer", lambda _, p, __: 1 in _widths(p)[1:-1]),
        of("one output", lambda _, p, __: _widths(p)[-1] == 1),
        of("one unit everywhere", lambda _, p, __: set(_widths(p)) == {1} and len(p) > 2),
        of("one example", lambda X, _, __: X.shape[1] == 1),
        of("equal widths", lambda _, p, __: len(set(_widths(p))) == 1 and len(p) > 2),
        of("different widths", lambda _, p, __: len(set(_widths(p))) == len(_widths(p)) > 2),
        of(
            "all W before all b",
            lambda _, p, __: _listed(p) == "W" * (len(p) // 2) + "b" * (len(p) // 2) != "Wb",
        ),
        of("the last layer first", lambda _, p, __: f"{len(p) // 2}" in next(iter(p)) and len(p) > 2),
        of("whole numbers", lambda X, _, __: whole_numbers(X)),
        of("weights of whole numbers", lambda X, p, _: whole_numbers(p["W1"]) and not whole_numbers(X)),
        of(
            "biases of whole numbers, and others",
            lambda _, p, __: {*map(whole_numbers, _biases(p))} == {True, False},
        ),
        of("more than ten layers, in another order", lambda _, p, __: "W11" in p and list(p) == sorted(p)),
        pair_of_calls("the same dictionary again", lambda a, b: takes(*a)[1] is takes(*b)[1]),
        of("views", lambda X, p, _: in_pieces(X) and any(map(in_pieces, p.values()))),
    )


Make = Labelled[list[Network]]
Compare = Callable[[Any, Network], None]


@dataclass(frozen=True)
class Pass:
    """An exercise that takes a network forward or back."""

    reference: Callable[..., Any]
    arguments: Callable[[Network], tuple[Any, ...]]
    makes: tuple[Make, ...]

    def replies(self, student: Student, cases: Cases) -> dict[Make, list[tuple[Network, Reply]]]:
        """What the student's function returns for all networks, in one round trip."""
        return student.by_kind(self.reference.__name__, cases, self.makes, self.arguments)

    def agrees(self, student: Student, cases: Cases, make: Make, compare: Compare) -> None:
        """Fail unless `compare` accepts the student's result for every network of `make`."""

        def judge() -> None:
            for network, reply in student.once(self.replies, cases)[make]:
                compare(reply.value, network)

        student.judge_once((self.reference.__name__, make, compare), judge)

    def double(
        self,
        student: Student,
        cases: Cases,
        make: Make,
        arrays: Callable[[Any], list[Any]],
        *compare: Compare,
    ) -> None:
        """Fail unless the results for `make` are right and the `arrays` in them hold float64 numbers."""
        for judge in compare:
            self.agrees(student, cases, make, judge)
        for network, reply in student.once(self.replies, cases)[make]:
            for value in arrays(reply.value):
                expect.double(value, f"a result for {network}")

    def unchanged(self, student: Student, cases: Cases) -> None:
        """Fail if a call changed its arguments."""
        student.once(self.replies, cases)
        student.leaves_arguments(self.reference)
