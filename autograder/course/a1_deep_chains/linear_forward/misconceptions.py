"""Wrong forward passes of a deep linear chain."""

from autograder.authoring import Catalogue
from autograder.course.reference.chains import Array

catalogue = Catalogue()


@catalogue.add("Which matrix meets X first? Write out the product for two layers; read it from the right.")
def reversed_order(X: Array, weights: list[Array]) -> Array:
    """multiplies in the order W^[1] W^[2] … W^[L] X, where W^[1] should be applied first"""
    A = X
    for W in reversed(weights):
        A = W @ A
    return A


@catalogue.add("Examples are columns here. On which side of A does the weight matrix stand?")
def rows_are_examples(X: Array, weights: list[Array]) -> Array:
    """computes A @ W.T, as if examples were rows"""
    A = X
    for W in weights:
        A = A @ W.T
    return A


@catalogue.add("`*` multiplies entry by entry. Which operator is the matrix product?")
def elementwise_product(X: Array, weights: list[Array]) -> Array:
    """multiplies entry by entry where a matrix product is needed"""
    A = X
    for W in weights:
        A = W * A
    return A


@catalogue.add(
    "W^[l] has as many columns as layer l has inputs. Do the shapes of W^[l] and A fit as they are?"
)
def transposed_weights(X: Array, weights: list[Array]) -> Array:
    """multiplies by W.T on the way forward"""
    A = X
    for W in weights:
        A = W.T @ A
    return A


@catalogue.add("How many matrices does your loop visit for a network of one layer?")
def last_layer_skipped(X: Array, weights: list[Array]) -> Array:
    """leaves out the last matrix W^[L]"""
    A = X
    for W in weights[:-1]:
        A = W @ A
    return A


@catalogue.add(
    "Which matrix does the first turn of your loop use? Python counts from 0, the formulas from 1."
)
def first_layer_skipped(X: Array, weights: list[Array]) -> Array:
    """starts with the second matrix and leaves out W^[1]"""
    A = X
    for layer in range(1, len(weights)):
        A = weights[layer] @ A
    return A


@catalogue.add("What does each layer receive: X, or what the layer before has made of it?")
def always_from_x(X: Array, weights: list[Array]) -> Array:
    """feeds X to every layer instead of the previous layer's output"""
    A = X
    for W in weights:
        A = W @ X
    return A


@catalogue.add("`A = X` gives the same array a second name. What happens to X when you fill A in place?")
def writes_into_x(X: Array, weights: list[Array]) -> Array:
    """writes each layer's output into the memory of X, which is the caller's and seldom has the shape"""
    A = X
    for W in weights:
        A[:] = W @ A
    return A
