"""`growth_factor(profile) -> (m,)`: the factor per layer behind a profile of norms."""

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
from autograder.course.reference.backpropagation import Array
from autograder.course.reference.depth import growth_factor
from autograder.sandbox import Reply

RTOL = 1e-12  # the power of a quotient: a few rounding errors of 1e-16


Case = tuple[Array, Array]  # a profile and the right growth factors


@labelled("geometric")
def geometric(rng: np.random.Generator) -> list[Case]:
    """Profiles that grow by the same factor in each layer, with these factors; m differs from L + 1."""
    factors = np.array([1.5, 0.5, 0.9, 1.0])
    starts = rng.uniform(0.5, 2.0, factors.shape)
    depths = (1, 2, 150, int(rng.integers(3, 150)))
    return [(starts * factors ** np.arange(L + 1.0)[:, None], factors) for L in depths]


@labelled("winding")
def winding(rng: np.random.Generator) -> list[Case]:
    """Profiles that go up and down between their first and last rows; two have one shape, one holds whole numbers."""
    rows, columns = rng.integers([3, 4, 8], [8, 8, 150]), rng.integers([2, 5, 1], [5, 8, 2])
    shapes = [*zip(rows, columns, strict=True), (rows[0], columns[0])]
    profiles = [np.exp(rng.uniform(-4.0, 4.0, shape)) for shape in shapes]
    beyond = np.exp(rng.uniform(-4.0, 4.0, (5, 3)))
    beyond *= np.array([1e-150, 1e10, 1e170, 1e10, 1e-150])[
        :, None
    ]  # each step is a float64, the climb is not
    ends = np.exp(rng.uniform(-1.0, 1.0, (4, 2)))
    ends[0] *= (1e-150, 1e150)
    ends[-1] *= (1e150, 1e-150)  # so that the square of last / first is no float64
    whole = rng.integers(2, 9, (4, 3))
    some = (*profiles, beyond, ends, profiles[0].T, whole)
    return [(profile, growth_factor(profile)) for profile in some]


def judged(student: Student, cases: Cases) -> dict[Any, list[tuple[Case, Reply]]]:
    """All profiles with the right growth factors and the replies, in one round trip."""
    return student.by_kind("growth_factor", cases, (geometric, winding), lambda case: case[:1])


def agrees(calls: list[tuple[Case, Reply]], advice: str) -> None:
    """Fail unless the student's growth factors are right, to `RTOL` each."""
    for (profile, right), reply in calls:
        L, m = profile.shape[0] - 1, profile.shape[1]
        got = expect.vector(reply.value, m, f"for a profile of shape {profile.shape} the result", near=right)
        ratio = got / right
        expect.close(
            ratio,
            np.ones(m),
            RTOL,
            f"For a profile of {L} steps and {m} examples a growth is wrong. {advice}",
        )


@check(points=6)
def check_geometric(student: Student, cases: Cases) -> None:
    """a profile that is multiplied by 1.5, 0.5 or 0.9 in each layer has just that growth"""
    agrees(
        student.once(judged, cases)[geometric],
        "Each of its columns is multiplied by one factor in every step: which?",
    )


@check(points=7)
def check_first_and_last(student: Student, cases: Cases) -> None:
    """growth is that of L equal steps from the first row to the last"""
    agrees(
        student.once(judged, cases)[winding],
        "It goes up and down; which equal steps would lead from its first row to its last?",
    )


@check(points=1)
def check_dtype(student: Student, cases: Cases) -> None:
    """the growth factors are float64 numbers"""
    pairs = student.once(judged, cases)[winding]
    agrees(pairs, "")
    for (profile, _), reply in pairs:
        expect.double(reply.value, f"the result for a profile of shape {profile.shape}")


@check(points=1)
def check_argument_unchanged(student: Student, cases: Cases) -> None:
    """the profile is not modified"""
    agrees(student.once(judged, cases)[winding], "")
    student.leaves_arguments(growth_factor)


def examples() -> Any:
    """Profiles of up to three steps and two examples with small whole numbers."""
    from hypothesis import strategies as st  # slow to import, needed only after a failure

    shapes = st.tuples(st.integers(2, 4), st.integers(1, 2))
    return shapes.flatmap(lambda shape: st.tuples(arrays(*shape, low=1, high=9)))


EXERCISE = Exercise(
    growth_factor,
    checks=(
        check_geometric,
        check_first_and_last,
        check_dtype,
        check_argument_unchanged,
    ),
    examples=examples,
    domain=(
        corner("one step", lambda profile: len(profile) == 2),
        corner("150 steps", lambda profile: len(profile) == 151),
        corner("one example", lambda profile: profile.shape[1] == 1),
        corner("more examples than rows", lambda profile: profile.shape[1] > len(profile)),
        corner("a start other than 1", lambda profile: np.all(profile[0] != 1)),
        corner("sizes far apart on the way", lambda profile: np.ptp(np.log(profile)) > 710),
        corner("ends far apart", lambda profile: np.max(np.log(profile[-1]) - np.log(profile[0])) > 660),
        corner("whole numbers", lambda profile: whole_numbers(profile)),
        corner("a view", lambda profile: in_pieces(profile)),
        pair_of_calls("one shape, other values", lambda a, b: a[0].shape == b[0].shape),
    ),
)
