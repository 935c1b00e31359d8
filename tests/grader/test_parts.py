"""Mistakes in a part of a function: what the whole does with them, and how they are handed in."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pytest

from autograder.authoring import Catalogue
from autograder.authoring.parts import exchanged
from autograder.course.a2_backpropagation._parts import backward_pass, layer_gradients
from autograder.course.exercises import misconceptions_of
from autograder.demo.handin import source_of


def half(x: float) -> float:
    """halves"""
    return x / 2


def both(x: float, y: float) -> float:
    return half(x) + half(y)


def means(pairs: Iterable[tuple[float, float]]) -> list[float]:
    return [both(x, y) for x, y in pairs]


def several(x: float, times: int = 4, *, more: float = 0.5) -> float:
    return times * half(x) + more


def double(x: float) -> float:
    """doubles"""
    return 2 * x


def difference(x: float, y: float) -> float:
    """subtracts"""
    return half(x) - half(y)


def lone(pairs: Iterable[tuple[float, float]]) -> list[float]:
    """forgets the second"""
    return [half(x) for x, _ in pairs]


def test_a_part_is_exchanged_wherever_it_is_called_and_the_right_function_stays() -> None:
    assert exchanged(means, half, double)([(1, 2), (3, 4)]) == [6, 14]
    assert exchanged(several, half, double)(1) == 8.5
    assert (means([(1, 2)]), several(1)) == ([1.5], 2.5)


def test_a_function_without_the_part_is_itself() -> None:
    assert exchanged(half, both, double) is half
    assert exchanged(np.sqrt, both, double) is np.sqrt


def test_mistakes_of_a_part_are_mistakes_of_the_whole() -> None:
    part, whole = Catalogue(whole=both), Catalogue(whole=means)
    part.instead_of(half, "Half of what?")(double)
    whole.include(part, "double")
    assert (whole["double"].name, whole["double"].hint) == ("doubles", "Half of what?")
    assert whole["double"].function([(1, 2)]) == [6]


def test_mistakes_are_those_of_a_function_with_another_right_part() -> None:
    mistakes = Catalogue(whole=means)
    mistakes.add("How many?")(lone)
    mistakes.instead_of(both, "Half of what?")(difference)
    other = mistakes.having(half, double)
    assert [(m.id, m.function([(1, 2)])) for m in mistakes] == [("lone", [0.5]), ("difference", [-0.5])]
    assert [(m.id, m.function([(1, 2)])) for m in other] == [("lone", [2]), ("difference", [-2])]
    with pytest.raises(ValueError, match="double is written for several"):
        mistakes.having(several, double)


def test_a_part_is_found_though_its_own_part_is_another_one() -> None:
    other = Catalogue(whole=means).having(half, double)
    other.instead_of(both, "Half of what?")(difference)
    other.instead_of(double, "Half of what?")(half)
    assert [m.function([(1, 2)]) for m in other] == [[-0.5], [1.5]]


def test_a_wrong_part_of_nothing_is_refused() -> None:
    elsewhere: Any = several
    with pytest.raises(ValueError, match="double is written for several, which both does not call"):
        Catalogue(whole=both).instead_of(elsewhere, "Half of what?")(double)
    with pytest.raises(
        ValueError, match=r"double is a wrong part; give the right function: Catalogue\(whole=…\)"
    ):
        Catalogue().instead_of(half, "Half of what?")(double)


def test_what_is_handed_in_has_the_wrong_part_under_the_right_name() -> None:
    cell = source_of(misconceptions_of("layer_gradient_norms")["norm_squared"], "layer_gradient_norms")
    parts = cell.split("\n\n")
    assert "def frobenius(dZ):\n    return np.sum(dZ ** 2)" in parts
    assert parts[-1].startswith("def layer_gradient_norms(Y_hat, Y, parameters, caches, activation):")


def test_a_wrong_part_that_calls_the_right_one_cannot_be_handed_in() -> None:
    """In one cell they would have one name, and the part would call itself."""
    wrong: Any = backward_pass  # for one: it calls `layer_gradients`, in whose place it stands
    catalogue = Catalogue(whole=backward_pass)
    catalogue.instead_of(layer_gradients, "Which gradients?")(wrong)
    with pytest.raises(ValueError, match="two functions would be called layer_gradients"):
        source_of(catalogue["backward_pass"], "backward")
