"""`residual_forward(A, blocks, scale)`: a chain of residual blocks."""

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
from autograder.course.a5_beyond import _pictures
from autograder.course.reference.beyond import Array, Block, residual_forward
from autograder.sandbox import Reply

RTOL = 1e-10  # of the norm
RTOL_150 = 1e-8  # of the norm, where round-off may pass through 150 blocks


@dataclass(frozen=True)
class Net:
    """The arguments of a call and the right result."""

    A: Array
    blocks: list[Block]
    scale: float
    result: Array

    @property
    def words(self) -> str:
        """The case in words for a student."""
        shapes = f", W1 {self.blocks[0][0].shape}, W2 {self.blocks[0][1].shape}" if self.blocks else ""
        whole = " of whole numbers" if whole_numbers(self.A) else ""
        return f"{len(self.blocks)} block(s), A {self.A.shape}{whole}{shapes}, scale {self.scale:.3g}"


def net(
    rng: np.random.Generator, n: int, hidden: int, m: int, blocks: int, scale: float, size: float = 1.0
) -> Net:
    """A random chain of blocks, matrices with variance 2/n_in and 1/n_in as in the lecture; a signal of this size."""
    A = size * rng.standard_normal((n, m))
    pairs = [
        (
            rng.standard_normal((hidden, n)) * np.sqrt(2.0 / n),
            rng.standard_normal((n, hidden)) / np.sqrt(hidden),
        )
        for _ in range(blocks)
    ]
    return Net(A, pairs, scale, residual_forward(A, pairs, scale))


def of_whole_numbers(rng: np.random.Generator, of_signal: bool, of_blocks: bool) -> Net:
    """Two blocks at a scale of fractions; the signal or the blocks, or both, of dtype int."""
    like = net(rng, 3, 4, 2, 2, float(rng.uniform(0.2, 0.3)))
    A: Any = rng.integers(1, 4, like.A.shape) if of_signal else like.A
    pairs: Any = [tuple(rng.integers(1, 4, W.shape) for W in pair) for pair in like.blocks]
    blocks = pairs if of_blocks else like.blocks
    return Net(A, blocks, like.scale, residual_forward(A, blocks, like.scale))


def with_a_silent_block(rng: np.random.Generator) -> Net:
    """Three blocks, of which the first adds nothing: all its ReLUs are off."""
    like = net(rng, 4, 5, 3, 3, float(rng.uniform(0.5, 0.8)))
    A, ((W1, W2), *others) = np.abs(like.A), like.blocks
    blocks = [(-np.abs(W1), W2), *others]
    return Net(A, blocks, like.scale, residual_forward(A, blocks, like.scale))


@labelled("rectangular")
def rectangular(rng: np.random.Generator) -> list[Net]:
    """Blocks that are wider or narrower inside than outside, more than one block, one that adds nothing; one call
    again, other numbers; whole numbers beside fractions.
    """
    many, scale = int(rng.integers(4, 12)), float(rng.uniform(0.2, 0.3))
    wider = [net(rng, 4, 6, 2, many, scale) for _ in range(2)]
    sizes = [net(rng, 3, 4, 2, 2, 0.8, size) for size in (1e-12, 1e12)]
    square = net(rng, 4, 4, 4, 2, 0.9)
    beside = [
        of_whole_numbers(rng, of_signal, of_blocks)
        for of_signal, of_blocks in ((True, False), (False, True), (True, True))
    ]
    turned = Net(np.asfortranarray(square.A), square.blocks, square.scale, square.result)
    narrower = [net(rng, 5, 2, 3, 2, scale) for scale in (-1.3, 0.9)]
    silent = with_a_silent_block(rng)
    return [net(rng, 3, 5, 4, 3, 0.7), *narrower, *wider, *sizes, turned, *beside, silent]


@labelled("short")
def short(rng: np.random.Generator) -> list[Net]:
    """One block, no block, and a scale that switches the blocks off."""
    return [net(rng, 3, 4, 2, 1, 0.6), net(rng, 4, 3, 2, 0, 0.6), net(rng, 3, 5, 2, 3, 0.0)]


@labelled("depth_150")
def depth_150(rng: np.random.Generator) -> list[Net]:
    """150 blocks of which the signal explodes at scale 1 and stays at scale 1/√150."""
    return [net(rng, 6, 8, 3, 150, 1.0), net(rng, 6, 8, 3, 150, 1.0 / np.sqrt(150.0))]


def judged(student: Student, cases: Cases) -> dict[Any, list[tuple[Net, Reply]]]:
    """All calls with the student's replies, in one round trip."""
    kinds = (rectangular, short, depth_150)
    return student.by_kind("residual_forward", cases, kinds, lambda c: (c.A, c.blocks, c.scale))


def agrees(pairs: list[tuple[Net, Reply]], rtol: float) -> None:
    """Fail unless the student's results are the reference's, to `rtol` of the norm."""
    for c, reply in pairs:
        got = expect.array(reply.value, c.result.shape, f"For {c.words}: the result", near=c.result)
        expect.close(got, c.result, rtol, f"For {c.words}: the shape is right, but the values are not.")


@check(points=8)
def check_rectangular(student: Student, cases: Cases) -> None:
    """each block adds scale · W2 · relu(W1 · a) to the signal a that enters it"""
    agrees(student.once(judged, cases)[rectangular], RTOL)


@check(points=5)
def check_depth_150(student: Student, cases: Cases) -> None:
    """through 150 blocks scale 1 explodes and scale 1/√150 does not"""
    agrees(student.once(judged, cases)[depth_150], RTOL_150)


@check(points=3)
def check_short(student: Student, cases: Cases) -> None:
    """one block, no block and scale 0 give what the formula gives"""
    agrees(student.once(judged, cases)[short], RTOL)


@check(points=1)
def check_dtype(student: Student, cases: Cases) -> None:
    """the result holds float64 numbers"""
    pairs = student.once(judged, cases)[short]
    agrees(pairs, RTOL)
    for c, reply in pairs:
        expect.double(reply.value, f"the result for {c.words}")


@check(points=1)
def check_arguments_unchanged(student: Student, cases: Cases) -> None:
    """A and the blocks are not modified"""
    agrees(student.once(judged, cases)[short], RTOL)
    student.leaves_arguments(residual_forward)


def examples() -> Any:
    """Small inputs for the search for the smallest one on which the student's function differs."""
    from hypothesis import strategies as st  # slow to import, needed only after a failure

    def matrix(rows: int, columns: int) -> Any:
        entries = st.integers(-3, 3).filter(bool).map(float)  # no zeros: ReLU's kink is never tested
        size = rows * columns
        values = st.lists(entries, min_size=size, max_size=size)
        return values.map(lambda v: np.array(v).reshape(rows, columns))

    def arguments(sizes: tuple[int, int, int]) -> Any:
        n, hidden, m = sizes
        block = st.tuples(matrix(hidden, n), matrix(n, hidden))
        return st.tuples(matrix(n, m), st.lists(block, max_size=2), st.sampled_from([1.0, 0.5, 2.0]))

    return st.tuples(st.integers(1, 2), st.integers(1, 2), st.integers(1, 2)).flatmap(arguments)


EXERCISE = Exercise(
    residual_forward,
    checks=(
        check_rectangular,
        check_depth_150,
        check_short,
        check_dtype,
        check_arguments_unchanged,
    ),
    pictures=_pictures.through_blocks,
    examples=examples,
    domain=(
        corner("no block", lambda A, blocks, scale: not blocks),
        corner("one block", lambda A, blocks, scale: len(blocks) == 1),
        corner("150 blocks", lambda A, blocks, scale: len(blocks) == 150),
        corner("wider inside", lambda A, blocks, scale: bool(blocks) and len(blocks[0][0]) > len(A)),
        corner("narrower inside", lambda A, blocks, scale: bool(blocks) and len(blocks[0][0]) < len(A)),
        corner("all square", lambda A, blocks, scale: bool(blocks) and A.shape == blocks[0][0].shape),
        corner("scale 0", lambda A, blocks, scale: scale == 0),
        corner(
            "a block that adds nothing",
            lambda A, blocks, scale: bool(blocks) and not np.any(blocks[0][0] @ A > 0),
        ),
        corner("a negative scale", lambda A, blocks, scale: scale < 0),
        corner("a small signal", lambda A, blocks, scale: np.max(np.abs(A)) < 1e-9),
        corner("a large signal", lambda A, blocks, scale: np.max(np.abs(A)) > 1e9),
        corner(
            "only the signal of whole numbers",
            lambda A, blocks, scale: whole_numbers(A) and not whole_numbers(blocks[0][0]),
        ),
        corner(
            "only the blocks of whole numbers",
            lambda A, blocks, scale: bool(blocks) and not whole_numbers(A) and whole_numbers(blocks[0][0]),
        ),
        corner(
            "whole numbers but for the scale",
            lambda A, blocks, scale: whole_numbers(A) and whole_numbers(blocks[0][0]) and scale % 1,
        ),
        corner("a view", lambda A, blocks, scale: in_pieces(A)),
        pair_of_calls("one shape, other values", lambda a, b: a[0].shape == b[0].shape),
    ),
)
