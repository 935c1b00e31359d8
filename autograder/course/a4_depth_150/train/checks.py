"""`train(X, Y, parameters, activation, learning_rate, steps) -> losses (steps+1,)`: gradient descent."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.authoring import (
    Cases,
    Exercise,
    Student,
    check,
    corner,
    expect,
    in_pieces,
    labelled,
    pair_of_calls,
    whole_numbers,
)
from autograder.authoring.small import arrays
from autograder.course.a4_depth_150 import _pictures
from autograder.course.a4_depth_150._networks import drawn
from autograder.course.a4_depth_150._pasted import blame
from autograder.course.reference.backpropagation import KINDS as ACTIVATIONS
from autograder.course.reference.backpropagation import Array
from autograder.course.reference.depth import train
from autograder.sandbox import Reply
from autograder.text import plural

RTOL = 1e-8  # of each loss: summation orders differ by 1e-15 and a few dozen calm steps add little
PASTED = ("activate", "activation_derivative", "forward", "backward")


Order = Callable[[list[str]], list[str]]  # of the dictionary's keys


@dataclass(frozen=True)
class Training:
    """The arguments of one call and the right losses."""

    X: Array
    Y: Array
    parameters: dict[str, Array]
    activation: str
    learning_rate: float
    steps: int
    losses: Array

    @property
    def arguments(self) -> tuple[Any, ...]:
        """The arguments of the call."""
        return self.X, self.Y, self.parameters, self.activation, self.learning_rate, self.steps


def training(
    X: Array, Y: Array, parameters: dict[str, Array], activation: str, rate: float, steps: int
) -> Training:
    """The case with the reference's losses."""
    return Training(
        X, Y, parameters, activation, rate, steps, train(X, Y, parameters, activation, rate, steps)
    )


@labelled("small")
def small(rng: np.random.Generator) -> list[Training]:
    """Small networks with biases, several outputs and every activation; rates and steps that nobody can know.

    One training comes twice, one after the other, so that it finds its arguments as they were. The dictionaries are
    in several orders; the targets of one are whole numbers, the inputs of another.
    """

    def one(
        dims: list[int], m: int, activation: str, rate: float, order: Order = list, whole: str = ""
    ) -> Training:
        X, Y = rng.standard_normal((dims[0], m)), rng.standard_normal((dims[-1], m))
        X, Y = (np.rint(2 * a).astype(int) if name == whole else a for a, name in ((X, "X"), (Y, "Y")))
        rate, steps = rate * rng.uniform(0.7, 1.0), int(rng.integers(5, 8))
        parameters = drawn(rng, dims, 0.5, bias=0.5)
        parameters = {name: parameters[name] for name in order(list(parameters))}
        return training(X, Y, parameters, activation, rate, steps)

    twice = one([2, 6, 3], 5, "relu", 0.05, sorted)
    return [
        twice,
        twice,
        one([3, 5, 4, 2], 7, "tanh", 0.08),
        one([4, 3, 5, 3, 2], 6, "sigmoid", 0.1, lambda names: names[::-1], whole="X"),
        one([3, 4, 2], 8, "linear", 0.03, whole="Y"),
    ]


@labelled("few_steps")
def few_steps(rng: np.random.Generator) -> list[Training]:
    """No step and one step; single units; one layer, two, and more than ten, in the sorted order of their keys."""
    settings = [([3, 2], 5, 0), ([2, 4, 3], 6, 0), ([1, 1, 1], 1, 1), ([3, 5, 2], 4, 1), ([2] * 12, 3, 1)]
    cases = []
    for dims, m, steps in settings:
        X, Y = rng.standard_normal((dims[0], m)), rng.standard_normal((dims[-1], m))
        parameters = drawn(rng, dims, 0.7, bias=0.5)
        if len(dims) > 10:
            parameters = dict(sorted(parameters.items()))
        cases.append(training(X, Y, parameters, "tanh", 0.1, steps))
    return cases


@labelled("to_the_end")
def to_the_end(rng: np.random.Generator) -> list[Training]:
    """Losses that settle, that rise, and that rise after they have fallen.

    One linear layer, whose inputs are at right angles to each other and to the bias: the error along an input of
    size s is multiplied by 1 − rate·s² in each step, whatever the others do.
    """
    signs = np.array([[1, -1, 1, -1], [1, 1, -1, -1]])
    Y = rng.standard_normal((2, 4))

    def one(X: Array, away: list[float], rate: float, steps: int) -> Training:
        best = Y @ np.linalg.pinv(X)
        parameters = {"W1": best + np.array(away), "b1": 0.1 * rng.standard_normal((2, 1))}
        return training(X, Y, parameters, "linear", rate, steps)

    rate, steps = rng.uniform(0.8, 0.85), int(rng.integers(13, 16))
    unequal = (signs.T * np.array([1.0, 1.5])).T
    return [
        one(signs, [1.0, -1.0], rate, steps),
        one(unequal, [1.0, 1.0], 2.0 + rate, 4),
        one(np.asfortranarray(unequal), [2.0, 0.2], 0.5 + rate, 6),
    ]


@labelled("two_starts")
def two_starts(rng: np.random.Generator) -> list[Training]:
    """A linear target for a ReLU network of depth 3, from He's weights and from weights of standard deviation 0.01."""
    dims, rate, steps = [3, 16, 16, 1], rng.uniform(0.12, 0.14), int(rng.integers(12, 15))
    X = rng.uniform(-1.0, 1.0, (3, 20))
    Y = 2.0 * X[:1] - 2.0 * X[1:2]
    return [training(X, Y, drawn(rng, dims, std), "relu", rate, steps) for std in (None, 0.01)]


def judged(student: Student, cases: Cases) -> dict[Any, list[tuple[Training, Reply]]]:
    """All cases with the student's replies, in one round trip."""
    return student.by_kind(
        "train", cases, (small, few_steps, to_the_end, two_starts), lambda case: case.arguments
    )


def agrees(pairs: list[tuple[Training, Reply]], advice: str = "") -> None:
    """Fail unless each of the student's losses is the reference's; say where they part."""
    for case, reply in pairs:
        what = f"for {case.steps} steps the losses"
        got = expect.vector(reply.value, case.steps + 1, what, near=case.losses)
        for step, (value, right) in enumerate(zip(got, case.losses, strict=True)):
            expect.close(float(value), float(right), RTOL, f"{_where(step, case)} {advice}".rstrip())


def _where(step: int, case: Training) -> str:
    part = f"({case.activation}, {len(case.parameters) // 2} layers, {plural(case.X.shape[1], 'example')})"
    if step == 0:
        return (
            f"The loss before the first step is wrong {part}: it is J at the parameters that you are given."
        )
    return f"The loss is right before step {step} and wrong after it {part}."


@check(points=9)
def check_losses(student: Student, cases: Cases) -> None:
    """each step goes down the gradients of all weights and biases"""
    with blame(student, cases, *PASTED):
        agrees(student.once(judged, cases)[small])


@check(points=3)
def check_few_steps(student: Student, cases: Cases) -> None:
    """there are steps + 1 losses, the first before any step, also where they settle or rise"""
    with blame(student, cases, *PASTED):
        for kind in (few_steps, to_the_end):
            agrees(student.once(judged, cases)[kind])


@check(points=5)
def check_two_starts(student: Student, cases: Cases) -> None:
    """in the same steps He's start reaches a far lower loss than standard deviation 0.01"""
    with blame(student, cases, *PASTED):
        agrees(
            student.once(judged, cases)[two_starts],
            "The network starts from the parameters that you are given.",
        )


@check(points=1)
def check_dtype(student: Student, cases: Cases) -> None:
    """the losses are float64 numbers"""
    with blame(student, cases, *PASTED):
        pairs = student.once(judged, cases)[small]
        agrees(pairs)
        for case, reply in pairs:
            expect.double(reply.value, f"the losses for {case.steps} steps")


@check(points=2)
def check_parameters_unchanged(student: Student, cases: Cases) -> None:
    """the caller's data and parameters are not modified"""
    with blame(student, cases, *PASTED):
        agrees(student.once(judged, cases)[small])
        student.leaves_arguments(train)


def falls_and_rises(losses: Array) -> bool:
    """Whether the losses first fall and end above the least of them."""
    return len(losses) > 2 and losses[0] > losses[1] and losses[-1] > 1.5 * losses.min()


def examples() -> Any:
    """One linear layer, one step, small whole numbers."""
    from hypothesis import strategies as st  # slow to import, needed only after a failure

    def case(n: int, k: int, m: int) -> Any:
        parameters = st.fixed_dictionaries({"W1": arrays(k, n), "b1": arrays(k, 1)})
        return st.tuples(
            arrays(n, m),
            arrays(k, m),
            parameters,
            st.just("linear"),
            st.sampled_from([0.5, 0.25]),
            st.integers(0, 2),
        )

    sizes = st.tuples(st.integers(1, 2), st.integers(1, 2), st.integers(1, 2))
    return sizes.flatmap(lambda size: case(*size))


EXERCISE = Exercise(
    train,
    checks=(
        check_losses,
        check_few_steps,
        check_two_starts,
        check_dtype,
        check_parameters_unchanged,
    ),
    pictures=_pictures.losses,
    examples=examples,
    domain=(
        *(
            corner(kind, lambda X, Y, p, activation, *_, kind=kind: activation == kind)
            for kind in ACTIVATIONS
        ),
        corner("no step", lambda *call: call[-1] == 0),
        corner("one step", lambda *call: call[-1] == 1),
        corner("many steps", lambda *call: call[-1] > 12),
        corner("one layer", lambda X, Y, p, *_: len(p) == 2),
        corner("four layers", lambda X, Y, p, *_: len(p) == 8),
        corner("one unit in each layer", lambda X, Y, p, *_: p["W1"].size == 1),
        corner("one example", lambda X, *_: X.shape[1] == 1),
        corner("several outputs", lambda X, Y, *_: len(Y) > 1),
        corner("losses that settle", lambda *call: np.ptp(train(*call)[-3:]) <= 1e-14 * train(*call)[-1] > 0),
        corner("losses that rise", lambda *call: np.all(np.diff(train(*call)) > 0) and call[-1] > 1),
        corner("losses that rise after they have fallen", lambda *call: falls_and_rises(train(*call))),
        corner("small weights", lambda X, Y, p, *_: np.max(np.abs(p["W1"])) < 0.1),
        corner("inputs of whole numbers", lambda X, *_: whole_numbers(X)),
        corner("targets of whole numbers", lambda X, Y, *_: whole_numbers(Y) and not whole_numbers(X)),
        corner("all W before all b", lambda X, Y, p, *_: len(p) > 2 and list(p) == sorted(p)),
        corner("the last layer first", lambda X, Y, p, *_: len(p) > 2 and next(iter(p)) == f"b{len(p) // 2}"),
        corner(
            "more than ten layers, in another order", lambda X, Y, p, *_: "W11" in p and list(p) == sorted(p)
        ),
        corner("a view", lambda X, *_: in_pieces(X)),
        pair_of_calls("equal arguments", lambda a, b: a[2] is b[2]),
        pair_of_calls(
            "one shape, other values", lambda a, b: a[0].shape == b[0].shape and len(a[2]) == len(b[2])
        ),
    ),
)
