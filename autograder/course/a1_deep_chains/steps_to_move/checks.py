"""`steps_to_move(distance, learning_rate, gradient) -> float`: how long gradient descent takes."""

from typing import Any

import numpy as np

from autograder.authoring import Cases, Exercise, Student, check, corner, expect, labelled
from autograder.course.a1_deep_chains._case import Answers, Case
from autograder.course.reference.chains import chain_gradients, steps_to_move

RTOL = 1e-12  # three roundings


def journey(*arguments: float) -> Case:
    """The call with this distance, learning rate and gradient."""
    words = "distance = {:.3g}, learning_rate = {:.3g} and gradient = {:.3g}".format(*arguments)
    return Case(arguments, steps_to_move(*arguments), words)


@labelled("ordinary")
def ordinary(rng: np.random.Generator) -> list[Case]:
    """Gradients of everyday size and both signs, many steps and less than one; then learning rates of all sizes. At
    last one argument of a call changes alone.
    """
    scales = [(1.0, 0.1, scale) for scale in (1.0, -1.0, 30.0, -0.01)]
    draws: list[list[float]] = (rng.uniform(0.1, 3.0, (4, 3)) * scales).tolist()
    pairs = zip((3.0, 100.0, 1e-5), (0.2, -4.0, 50.0), strict=True)
    rates = [journey(float(rng.uniform(1.0, 9.0)), rate, gradient) for rate, gradient in pairs]
    far = [journey(float(rng.uniform(1e3, 9e3)), 1.0, 2.0), journey(float(rng.uniform(1e-3, 9e-3)), 0.1, 1.0)]
    distance, rate, gradient = draws[0]
    alone = [(0.7 * distance, rate, gradient), (distance, 3 * rate, gradient), (distance, rate, 2 * gradient)]
    return [*(journey(*draw) for draw in draws), *rates, *far, *(journey(*one) for one in alone)]


@labelled("extreme")
def extreme(rng: np.random.Generator) -> list[Case]:
    """The gradients of chains of depth 150, and a tiny one with a sign: sizes from 1e-45 to 1e52."""
    deep = [journey(0.1, 0.01, float(chain_gradients(c, 150, 1.0, 1.0)[0])) for c in (0.5, 0.9, 1.5)]
    return [*deep, journey(float(rng.uniform(1.0, 2.0)), 0.1, -1e-45)]


@labelled("at_rest")
def at_rest(rng: np.random.Generator) -> list[Case]:
    """Gradients of 0, and one that is nearly 0 and yet gets there: no order of the two divisions leaves float64."""
    distance = float(rng.uniform(0.5, 2.0))
    return [journey(distance, 0.1, 0.0), journey(distance, 0.01, -0.0), journey(distance, 0.1, 1e-290)]


def number(value: Any, journey: Case) -> None:
    """Fail unless the answer is the reference's: a finite number to `RTOL`, or inf."""
    steps = expect.number(value, f"For {journey.words} the result")
    right = steps == journey.wanted or expect.relative_error(steps, journey.wanted) <= RTOL
    expect.that(right, f"For {journey.words} your answer is {steps:.6g}, which is not right.")


STEPS = Answers("steps_to_move", number)


@check(points=4)
def check_ordinary(student: Student, cases: Cases) -> None:
    """each step moves the weight by the learning rate times the size of the gradient"""
    STEPS.agree(student, cases, ordinary)


@check(points=2)
def check_extreme(student: Student, cases: Cases) -> None:
    """the law holds for the gradients of chains of depth 150, however tiny or large"""
    STEPS.agree(student, cases, extreme)


@check(points=2)
def check_at_rest(student: Student, cases: Cases) -> None:
    """with a gradient of 0 the weight never arrives, with any other it does"""
    STEPS.agree(student, cases, at_rest)


def examples() -> Any:
    """Small inputs for the search for the smallest one on which the student's function differs."""
    from hypothesis import strategies as st  # slow to import, needed only after a failure

    gradient = st.sampled_from([1.0, -1.0, 2.0, 4.0, 0.0])
    return st.tuples(st.sampled_from([1.0, 2.0, 3.0]), st.sampled_from([1.0, 0.5, 0.25]), gradient)


EXERCISE = Exercise(
    steps_to_move,
    checks=(
        check_ordinary,
        check_extreme,
        check_at_rest,
    ),
    domain=(
        corner("a gradient of 0", lambda distance, rate, gradient: gradient == 0),
        corner("a negative gradient", lambda distance, rate, gradient: gradient < 0),
        corner("a vanished gradient", lambda distance, rate, gradient: 0 < abs(gradient) < 1e-44),
        corner("the smallest gradient", lambda distance, rate, gradient: gradient == 1e-290),
        corner("an exploded gradient", lambda distance, rate, gradient: abs(gradient) > 1e50),
        corner("a large learning rate", lambda distance, rate, gradient: rate > 10),
        corner("a small learning rate", lambda distance, rate, gradient: rate < 1e-4),
        corner("a long way", lambda distance, rate, gradient: distance > 1000),
        corner("a short way", lambda distance, rate, gradient: distance < 0.01),
        corner("less than a step", lambda distance, rate, gradient: 0 < distance < rate * abs(gradient)),
    ),
    examples=examples,
)
