"""Wrong forward passes.

A flat b raises in every check: none uses as many examples as a layer has units, where it would be silent.
"""

import numpy as np

from autograder.authoring import Catalogue
from autograder.course.a2_backpropagation._parts import (
    Cache,
    affine,
    forward_pass,
    g,
    kept,
    layer_kinds,
)
from autograder.course.reference.backpropagation import Array, Parameters, activate

Passed = tuple[Array, list[Cache]]

catalogue = Catalogue(whole=forward_pass)


@catalogue.instead_of(
    layer_kinds, "What range of values can your output have? Which layer has no activation?"
)
def activation_on_the_output(activation: str, L: int) -> list[str]:
    """applies the activation to the last layer, too, which should be linear"""
    return [activation] * L


@catalogue.add("How many units may the last layer have, and how few a hidden one? What tells the last layer?")
def one_unit_is_the_output(X: Array, parameters: Parameters, activation: str) -> Passed:
    """takes a layer with a single unit for the last one: it is linear, all others are activated"""
    A, caches = X, []
    for l in range(1, len(parameters) // 2 + 1):
        Z = affine(parameters[f"W{l}"], A, parameters[f"b{l}"])
        caches.append((A, Z))
        A = g(Z, activation if len(Z) > 1 else "linear")
    return A, caches


@catalogue.instead_of(layer_kinds, "Which activation did the caller ask for in the hidden layers?")
def no_activation(activation: str, L: int) -> list[str]:
    """leaves out the activation: every layer is linear"""
    return ["linear"] * L


@catalogue.instead_of(affine, "Two things make Z: what the weights make of A, and one thing more. Which?")
def bias_forgotten(W: Array, A: Array, b: Array) -> Array:
    """leaves out the bias b"""
    return W @ A


@catalogue.add("Is b added inside g(…) or outside?")
def bias_after_the_activation(X: Array, parameters: Parameters, activation: str) -> Passed:
    """adds the bias to the activation's result, where it belongs inside"""
    A, caches = X, []
    for l, kind in enumerate(layer_kinds(activation, len(parameters) // 2), start=1):
        Z = parameters[f"W{l}"] @ A
        caches.append((A, Z))
        A = g(Z, kind) + parameters[f"b{l}"]
    return A, caches


@catalogue.add("What does the second layer receive: X, or what the first layer has made of it?")
def always_from_x(X: Array, parameters: Parameters, activation: str) -> Passed:
    """feeds X to every layer, where each should get the previous layer's output"""
    A, caches = X, []
    for l, kind in enumerate(layer_kinds(activation, len(parameters) // 2), start=1):
        Z = affine(parameters[f"W{l}"], X, parameters[f"b{l}"])
        caches.append((A, Z))
        A = g(Z, kind)
    return A, caches


@catalogue.instead_of(g, "What does your ReLU give for z = 3, and what should it give?")
def relu_returns_the_mask(Z: Array, kind: str) -> Array:
    """uses zeros and ones for ReLU, where a positive z should get through as it is"""
    return (Z > 0).astype(float) if kind == "relu" else activate(Z, kind)


@catalogue.instead_of(g, "What should ReLU do to a negative z: turn it round or switch it off?")
def relu_is_the_absolute_value(Z: Array, kind: str) -> Array:
    """uses |z| for ReLU"""
    return abs(Z) if kind == "relu" else activate(Z, kind)


@catalogue.instead_of(g, "How much of a negative z gets through the plain ReLU?")
def relu_is_leaky(Z: Array, kind: str) -> Array:
    """lets 1 % of a negative z through ReLU (leaky ReLU)"""
    return np.where(Z > 0, Z, 0.01 * Z) if kind == "relu" else activate(Z, kind)


@catalogue.instead_of(
    layer_kinds,
    "How many layers does your loop visit if there are three weight matrices? And if there is one?",
)
def last_layer_skipped(activation: str, L: int) -> list[str]:
    """stops before the last layer (a range that ends one too early)"""
    return [activation] * (L - 1)


@catalogue.instead_of(
    affine, "Along which axis does NumPy lay a b of shape (n,) next to a Z of shape (n, m)?"
)
def bias_as_a_row(W: Array, A: Array, b: Array) -> Array:
    """flattens b to shape (n,), which NumPy lays along the examples"""
    return W @ A + b.ravel()


@catalogue.instead_of(affine, "Row i of W belongs to unit i of the new layer. Which product makes its z?")
def weights_transposed(W: Array, A: Array, b: Array) -> Array:
    """multiplies by the transpose of W"""
    return W.T @ A + b


@catalogue.instead_of(affine, "Examples are columns here. On which side of A does W stand?")
def rows_are_examples(W: Array, A: Array, b: Array) -> Array:
    """computes A @ W.T + b.T, as if examples were rows"""
    return A @ W.T + b.T


@catalogue.instead_of(affine, "`*` multiplies entry by entry. Which operator is the matrix product?")
def elementwise_product(W: Array, A: Array, b: Array) -> Array:
    """multiplies W and A entry by entry, where a matrix product is needed"""
    return W * A + b


@catalogue.instead_of(
    kept, "The way back needs what a layer has received. Is that in your cache, or what it has made?"
)
def cache_of_the_own_output(A_prev: Array, Z: Array, A: Array) -> Cache:
    """caches a layer's own output with its Z, where the layer's input is asked for"""
    return A, Z


@catalogue.instead_of(kept, "In which order does the contract name the two arrays of a cache?")
def cache_pair_swapped(A_prev: Array, Z: Array, A: Array) -> Cache:
    """caches (Z, A_prev), where (A_prev, Z) is asked for"""
    return Z, A_prev


@catalogue.add("What does layer 3 receive? Compare the shapes in your caches with those of the weights.")
def cache_of_x_alone(X: Array, parameters: Parameters, activation: str) -> Passed:
    """caches X as every layer's input"""
    Y_hat, caches = forward_pass(X, parameters, activation)
    return Y_hat, [(X, Z) for _, Z in caches]


@catalogue.add("Which layer's pair should caches[0] hold?")
def caches_last_layer_first(X: Array, parameters: Parameters, activation: str) -> Passed:
    """stores the caches with the last layer first"""
    Y_hat, caches = forward_pass(X, parameters, activation)
    return Y_hat, caches[::-1]


@catalogue.add("How many pairs should there be for three layers? Does the last one count?")
def last_cache_missing(X: Array, parameters: Parameters, activation: str) -> Passed:
    """keeps no cache for the last layer"""
    Y_hat, caches = forward_pass(X, parameters, activation)
    return Y_hat, caches[:-1]


@catalogue.add("The contract names two results. Which one is missing?")
def output_alone(X: Array, parameters: Parameters, activation: str) -> Array:
    """returns Y_hat without the caches"""
    return forward_pass(X, parameters, activation)[0]


@catalogue.instead_of(g, "Should the cached Z of a ReLU layer have negative entries? Has yours?")
def relu_in_place(Z: Array, kind: str) -> Array:
    """applies ReLU in place, so that the cached Z has lost its negative entries"""
    return np.maximum(Z, 0.0, out=Z) if kind == "relu" else activate(Z, kind)


@catalogue.add("What would a second call with the same X compute?")
def changes_x(X: Array, parameters: Parameters, activation: str) -> Passed:
    """writes into X, which belongs to the caller"""
    Y_hat, caches = forward_pass(X.copy(), parameters, activation)
    X[:] = X - X.mean(axis=1, keepdims=True)
    return Y_hat, caches
