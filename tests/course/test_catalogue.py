"""Misconceptions built of parts: what a catalogue takes over from another, and what a student would hand in."""

from collections.abc import Callable
from functools import partial

import pytest

from autograder.authoring import Catalogue
from autograder.authoring.misconception import named_after
from autograder.demo.handin import source_of

Formula = Callable[[float], float]

of_any_power = Catalogue()


@of_any_power.add("What is the power of 1?")
def one_too_many(x: float, *, power: Formula) -> float:
    """adds one to the power"""
    return power(x) + 1


@of_any_power.add("What is the power of 0?")
def always_seven(x: float) -> float:  # takes no part
    """returns 7"""
    return 7.0


def square(x: float) -> float:
    """The right one."""
    return x**2


def halved(x: float, *, power: Formula = square) -> float:
    """Half of a power."""
    return power(x) / 2


def with_power(power: Formula) -> Formula:
    """Half of this power."""
    return named_after(power, partial(halved, power=power))


def catalogue() -> Catalogue:
    made = Catalogue()
    made.include(of_any_power, power=square)
    return made


def test_what_is_included_has_its_parts_and_keeps_name_and_hint() -> None:
    wrong = catalogue()
    assert [m.id for m in wrong] == ["one_too_many", "always_seven"]
    assert (wrong["one_too_many"].name, wrong["one_too_many"].hint) == (
        "adds one to the power",
        "What is the power of 1?",
    )
    assert [m.function(3.0) for m in wrong] == [10.0, 7.0]


def test_a_name_cannot_be_there_twice() -> None:
    wrong = catalogue()
    with pytest.raises(ValueError, match="one_too_many: there are two"):
        wrong.include(of_any_power, power=square)


def test_a_wrong_part_gives_the_whole_its_name() -> None:
    wrong = Catalogue()

    @wrong.add("Is it a square?")
    @with_power
    def cube(x: float) -> float:
        """takes the third power"""
        return x**3

    assert (wrong["cube"].name, wrong["cube"].function(2.0)) == ("takes the third power", 4.0)
    assert source_of(wrong["cube"], "half_square") == (
        "def power(x):\n    return x ** 3\n\ndef half_square(x):\n    return power(x) / 2"
    )


def test_a_part_stands_before_what_uses_it_under_the_name_that_it_has_there() -> None:
    assert source_of(catalogue()["one_too_many"], "cell") == (
        "def power(x):\n    return x ** 2\n\ndef cell(x):\n    return power(x) + 1"
    )
