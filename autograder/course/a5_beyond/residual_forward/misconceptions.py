"""Wrong residual chains."""

from collections.abc import Sequence

import numpy as np

from autograder.authoring import Catalogue
from autograder.course.reference.beyond import Array, Block

catalogue = Catalogue()


@catalogue.add("What does your function do with its third argument?")
def scale_ignored(A: Array, blocks: Sequence[Block], scale: float) -> Array:
    """adds the blocks without the scale, so that 150 of them explode"""
    for W1, W2 in blocks:
        A = A + W2 @ np.maximum(W1 @ A, 0)
    return A


@catalogue.add("Who chooses the scale? And what is left of a block after dividing by L?")
def scale_one_over_depth(A: Array, blocks: Sequence[Block], scale: float) -> Array:
    """scales every block by 1/L, L the number of blocks, where the given scale belongs"""
    for W1, W2 in blocks:
        A = A + W2 @ np.maximum(W1 @ A, 0) / len(blocks)
    return A


@catalogue.add("Who chooses the scale: the caller, or your function?")
def scale_one_over_root_depth(A: Array, blocks: Sequence[Block], scale: float) -> Array:
    """always scales by 1/√L, whatever scale was given"""
    for W1, W2 in blocks:
        A = A + W2 @ np.maximum(W1 @ A, 0) / np.sqrt(len(blocks))
    return A


@catalogue.add("relu(s·z) = s·relu(z): for which s? Try s = −1.")
def scale_inside_the_relu(A: Array, blocks: Sequence[Block], scale: float) -> Array:
    """multiplies by the scale inside the ReLU, which is the same only for a scale that is not negative"""
    for W1, W2 in blocks:
        A = A + W2 @ np.maximum(scale * (W1 @ A), 0)
    return A


@catalogue.add("What may the next block add if this one adds nothing?")
def stops_at_a_block_that_adds_nothing(A: Array, blocks: Sequence[Block], scale: float) -> Array:
    """stops at the first block that adds nothing, where a later one may add something"""
    for W1, W2 in blocks:
        added = scale * (W2 @ np.maximum(W1 @ A, 0))
        if not np.any(added):
            break
        A = A + added
    return A


@catalogue.add("What is left of the signal at scale 0? What should be left of it?")
def skip_forgotten(A: Array, blocks: Sequence[Block], scale: float) -> Array:
    """leaves out the skip connection: a becomes the block's output alone"""
    for W1, W2 in blocks:
        A = scale * (W2 @ np.maximum(W1 @ A, 0))
    return A


@catalogue.add("Does the scale belong to the whole sum or to one of its two terms?")
def scale_on_the_sum(A: Array, blocks: Sequence[Block], scale: float) -> Array:
    """scales the skip connection, too: scale·(a + …)"""
    for W1, W2 in blocks:
        A = scale * (A + W2 @ np.maximum(W1 @ A, 0))
    return A


@catalogue.add("Without an activation between them, what are two matrices in a row?")
def relu_forgotten(A: Array, blocks: Sequence[Block], scale: float) -> Array:
    """leaves out the ReLU between W1 and W2"""
    for W1, W2 in blocks:
        A = A + scale * (W2 @ (W1 @ A))
    return A


@catalogue.add("To which of the two products does the ReLU apply?")
def relu_after_second(A: Array, blocks: Sequence[Block], scale: float) -> Array:
    """applies ReLU after W2 instead of between W1 and W2"""
    for W1, W2 in blocks:
        A = A + scale * np.maximum(W2 @ (W1 @ A), 0)
    return A


@catalogue.add("Can a block of yours ever make an entry of the signal negative? Should it?")
def relu_on_the_sum(A: Array, blocks: Sequence[Block], scale: float) -> Array:
    """applies a second ReLU to the sum, so that nothing negative passes the skip connection"""
    for W1, W2 in blocks:
        A = np.maximum(A + scale * (W2 @ np.maximum(W1 @ A, 0)), 0)
    return A


@catalogue.add("The ReLU stands between W1 and W2. Where does it stand in your code?")
def relu_before_first(A: Array, blocks: Sequence[Block], scale: float) -> Array:
    """applies ReLU to the signal before W1 instead of after it"""
    for W1, W2 in blocks:
        A = A + scale * (W2 @ (W1 @ np.maximum(A, 0)))
    return A


@catalogue.add("To what does the second block add: to the first input, or to what the first block returned?")
def skip_from_the_input(A: Array, blocks: Sequence[Block], scale: float) -> Array:
    """adds every block to the first input A instead of to the signal that enters the block"""
    signal = A
    for W1, W2 in blocks:
        signal = A + scale * (W2 @ np.maximum(W1 @ signal, 0))
    return signal


@catalogue.add("What does the second block receive: A, or what the first block has made of it?")
def blocks_side_by_side(A: Array, blocks: Sequence[Block], scale: float) -> Array:
    """feeds the first input to every block and adds everything up"""
    total = A
    for W1, W2 in blocks:
        total = total + scale * (W2 @ np.maximum(W1 @ A, 0))
    return total


@catalogue.add("Which of the two matrices meets the signal first? Compare the shapes.")
def matrices_swapped(A: Array, blocks: Sequence[Block], scale: float) -> Array:
    """applies W2 first and W1 second"""
    for W1, W2 in blocks:
        A = A + scale * (W1 @ np.maximum(W2 @ A, 0))
    return A


@catalogue.add("What would a second call with the same A compute? `+=` writes into the array itself.")
def changes_its_input(A: Array, blocks: Sequence[Block], scale: float) -> Array:
    """adds in place, so that the caller's A changes"""
    for W1, W2 in blocks:
        A += scale * (W2 @ np.maximum(W1 @ A, 0))
    return A
