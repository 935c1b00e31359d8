"""Wrong ways back through a deep linear chain."""

import numpy as np

from autograder.authoring import Catalogue
from autograder.course.reference.chains import Array

catalogue = Catalogue()


@catalogue.add("W^[l] turns n_(l−1) numbers into n_l. Which matrix of the same entries goes the other way?")
def no_transpose(weights: list[Array], dY: Array) -> Array:
    """multiplies by W instead of its transpose"""
    dA = dY
    for W in reversed(weights):
        dA = W @ dA
    return dA


@catalogue.add("Which layer does a gradient that arrives at the output meet first on its way back?")
def forward_order(weights: list[Array], dY: Array) -> Array:
    """starts with the first layer, where the way back starts with the last"""
    dA = dY
    for W in weights:
        dA = W.T @ dA
    return dA


@catalogue.add("To which end of the network does dY belong, and which way must it travel?")
def forward_pass(weights: list[Array], dY: Array) -> Array:
    """runs the forward pass again, with dY in the place of X"""
    dA = dY
    for W in weights:
        dA = W @ dA
    return dA


@catalogue.add("Examples are columns, in dY as well. On which side of it does the matrix stand?")
def rows_are_examples(weights: list[Array], dY: Array) -> Array:
    """computes dA @ W, as if examples were rows"""
    dA = dY
    for W in reversed(weights):
        dA = dA @ W
    return dA


@catalogue.add("`*` multiplies entry by entry. Which operator is the matrix product?")
def elementwise_product(weights: list[Array], dY: Array) -> Array:
    """multiplies entry by entry where a matrix product is needed"""
    dA = dY
    for W in reversed(weights):
        dA = W.T * dA
    return dA


@catalogue.add("You hold the gradient at the output of layer 1. What is left between it and X?")
def stops_at_layer_1(weights: list[Array], dY: Array) -> Array:
    """leaves out W^[1] and returns the gradient at the first layer's output"""
    dA = dY
    for W in reversed(weights[1:]):
        dA = W.T @ dA
    return dA


@catalogue.add("dY is the gradient at the output. Which layer made that output?")
def last_layer_skipped(weights: list[Array], dY: Array) -> Array:
    """leaves out W^[L], as if dY arrived before the last layer"""
    dA = dY
    for W in reversed(weights[:-1]):
        dA = W.T @ dA
    return dA


@catalogue.add("The way back asks how J reacts to X, not which X made Y. Does a weight of 2 halve that?")
def inverse_for_transpose(weights: list[Array], dY: Array) -> Array:
    """undoes each layer with the (pseudo-)inverse, where the chain rule asks for the transpose"""
    dA = dY
    for W in reversed(weights):
        dA = np.asarray(np.linalg.pinv(W) @ dA, dtype=np.float64)
    return dA


@catalogue.add("Is the mean over the examples part of this function, or has dY already got it?")
def averages_over_examples(weights: list[Array], dY: Array) -> Array:
    """divides by the number of examples, which is the cost's business and already in dY"""
    dA: Array = dY / dY.shape[1]
    for W in reversed(weights):
        dA = W.T @ dA
    return dA


@catalogue.add("Through how many matrices must the gradient pass? What does each of them do to it?")
def gradient_passed_through(weights: list[Array], dY: Array) -> Array:
    """hands dY back unchanged, without the weights"""
    return dY.copy()
