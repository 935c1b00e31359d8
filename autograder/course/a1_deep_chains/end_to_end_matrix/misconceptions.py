"""Wrong end-to-end matrices of a deep linear chain."""

import numpy as np

from autograder.authoring import Catalogue
from autograder.course.reference.chains import Array

catalogue = Catalogue()


@catalogue.add("Apply your matrix to a vector by hand, for two layers. Which layer meets the vector first?")
def reversed_order(weights: list[Array]) -> Array:
    """multiplies in the order W^[1] W^[2] … W^[L], where W^[1] must stand at the right end"""
    M = weights[0]
    for W in weights[1:]:
        M = M @ W
    return M


@catalogue.add("`*` multiplies entry by entry. Which operator is the matrix product?")
def elementwise_product(weights: list[Array]) -> Array:
    """multiplies entry by entry where a matrix product is needed"""
    M = weights[0]
    for W in weights[1:]:
        M = W * M
    return M


@catalogue.add("M @ X must have as many rows as the last layer has units. How many columns does M need?")
def transposed_result(weights: list[Array]) -> Array:
    """returns the transpose, of shape (n_0, n_L)"""
    M = weights[0].T
    for W in weights[1:]:
        M = M @ W.T
    return M


@catalogue.add("One layer after the other: is that a sum of matrices, or a product?")
def sum_of_layers(weights: list[Array]) -> Array:
    """adds the matrices up"""
    M = weights[0]
    for W in weights[1:]:
        M = M + W
    return M


@catalogue.add("Are all layers the same matrix? Which of them does your formula look at?")
def power_of_first_layer(weights: list[Array]) -> Array:
    """takes the first matrix to the power L, as if all layers were the same"""
    M = weights[0]
    for _ in weights[1:]:
        M = weights[0] @ M
    return M


@catalogue.add("The identity that you start with meets W^[1] first. How many columns has W^[1]?")
def identity_of_output_size(weights: list[Array]) -> Array:
    """starts with an identity as wide as the output, where W^[1] needs one as wide as the input"""
    M = np.eye(weights[-1].shape[0])
    for W in weights:
        M = W @ M
    return M


@catalogue.add("How many matrices does your loop visit for a network of one layer?")
def last_layer_skipped(weights: list[Array]) -> Array:
    """leaves out the last matrix W^[L]"""
    M = np.eye(weights[0].shape[1])
    for W in weights[:-1]:
        M = W @ M
    return M


@catalogue.add("`M = weights[0]` is the same array by a second name. What becomes of the first layer?")
def writes_into_first_layer(weights: list[Array]) -> Array:
    """writes the product into the memory of W^[1], which belongs to the caller and seldom has the shape"""
    M = weights[0]
    for W in weights[1:]:
        M[:] = W @ M
    return M
