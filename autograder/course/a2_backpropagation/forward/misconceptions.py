"""Wrong forward passes (catalogue F01–F09, and what goes wrong with the caches).

F07 and F09 (a flat b) are one: the checks never use as many examples as units, so it raises in both.
"""

# ruff: noqa: ARG005 (what is wrong here is often that an argument is not used)

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.authoring import Catalogue
from autograder.course.reference.backpropagation import Array, Parameters


def g(Z: Array, kind: str) -> Any:
    """The right activation."""
    if kind == "relu":
        return np.maximum(Z, 0.0)
    if kind == "tanh":
        return np.tanh(Z)
    if kind == "sigmoid":
        return np.asarray(1.0 / (1.0 + np.exp(-Z)))
    return Z


def affine(W: Array, A: Array, b: Array) -> Any:
    """The right Z."""
    return W @ A + b


def run(
    X: Array,
    parameters: Parameters,
    activation: str,
    z: Callable[..., Any] = affine,
    act: Callable[..., Any] = g,
    keep: Callable[..., Any] = lambda A_prev, Z, A: (A_prev, Z),
    last: str = "linear",
) -> Any:
    """The right forward pass, in which one step can be replaced by a wrong one."""
    A, caches, L = X, [], len(parameters) // 2
    for l in range(1, L + 1):
        A_prev = A
        Z = z(parameters[f"W{l}"], A_prev, parameters[f"b{l}"])
        A = act(Z, activation) if l < L else g(Z, last)
        caches.append(keep(A_prev, Z, A))
    return A, caches


catalogue = Catalogue()


@catalogue.add("What range of values can your output have? Which layer has no activation?")
def activation_on_the_output(X: Array, parameters: Parameters, activation: str) -> Any:
    """applies the activation to the last layer, too, which should be linear"""
    return run(X, parameters, activation, last=activation)


@catalogue.add("Which activation did the caller ask for in the hidden layers?")
def no_activation(X: Array, parameters: Parameters, activation: str) -> Any:
    """leaves out the activation: every layer is linear"""
    return run(X, parameters, activation, act=lambda Z, kind: Z)


@catalogue.add("Two things make Z: what the weights make of A, and one thing more. Which?")
def bias_forgotten(X: Array, parameters: Parameters, activation: str) -> Any:
    """leaves out the bias b"""
    return run(X, parameters, activation, z=lambda W, A, b: W @ A)


@catalogue.add("Is b added inside g(…) or outside?")
def bias_after_the_activation(X: Array, parameters: Parameters, activation: str) -> Any:
    """adds the bias to the activation's result, where it belongs inside"""
    A, caches, L = X, [], len(parameters) // 2
    for l in range(1, L + 1):
        Z = parameters[f"W{l}"] @ A
        caches.append((A, Z))
        A = g(Z, activation if l < L else "linear") + parameters[f"b{l}"]
    return A, caches


@catalogue.add("What does the second layer receive: X, or what the first layer has made of it?")
def always_from_x(X: Array, parameters: Parameters, activation: str) -> Any:
    """feeds X to every layer, where each should get the previous layer's output"""
    return run(X, parameters, activation, z=lambda W, A, b: W @ X + b)


@catalogue.add("What does your ReLU give for z = 3, and what should it give?")
def relu_returns_the_mask(X: Array, parameters: Parameters, activation: str) -> Any:
    """uses zeros and ones for ReLU, where a positive z should get through as it is"""
    return run(
        X, parameters, activation, act=lambda Z, kind: (Z > 0).astype(float) if kind == "relu" else g(Z, kind)
    )


@catalogue.add("What should ReLU do to a negative z: turn it round or switch it off?")
def relu_is_the_absolute_value(X: Array, parameters: Parameters, activation: str) -> Any:
    """uses |z| for ReLU"""
    return run(X, parameters, activation, act=lambda Z, kind: abs(Z) if kind == "relu" else g(Z, kind))


@catalogue.add("How much of a negative z gets through the plain ReLU?")
def relu_is_leaky(X: Array, parameters: Parameters, activation: str) -> Any:
    """lets 1 % of a negative z through ReLU (leaky ReLU)"""
    return run(
        X,
        parameters,
        activation,
        act=lambda Z, kind: np.where(Z > 0, Z, 0.01 * Z) if kind == "relu" else g(Z, kind),
    )


@catalogue.add(
    "How many layers does your loop visit if there are three weight matrices? And if there is one?"
)
def last_layer_skipped(X: Array, parameters: Parameters, activation: str) -> Any:
    """stops before the last layer (a range that ends one too early)"""
    A, caches, L = X, [], len(parameters) // 2
    for l in range(1, L):
        Z = parameters[f"W{l}"] @ A + parameters[f"b{l}"]
        caches.append((A, Z))
        A = g(Z, activation)
    return A, caches


@catalogue.add("Along which axis does NumPy lay a b of shape (n,) next to a Z of shape (n, m)?")
def bias_as_a_row(X: Array, parameters: Parameters, activation: str) -> Any:
    """flattens b to shape (n,), which NumPy lays along the examples"""
    return run(X, parameters, activation, z=lambda W, A, b: W @ A + b.ravel())


@catalogue.add("Row i of W belongs to unit i of the new layer. Which product makes its z?")
def weights_transposed(X: Array, parameters: Parameters, activation: str) -> Any:
    """multiplies by the transpose of W"""
    return run(X, parameters, activation, z=lambda W, A, b: W.T @ A + b)


@catalogue.add("Examples are columns here. On which side of A does W stand?")
def rows_are_examples(X: Array, parameters: Parameters, activation: str) -> Any:
    """computes A @ W.T + b.T, as if examples were rows"""
    return run(X, parameters, activation, z=lambda W, A, b: A @ W.T + b.T)


@catalogue.add("`*` multiplies entry by entry. Which operator is the matrix product?")
def elementwise_product(X: Array, parameters: Parameters, activation: str) -> Any:
    """multiplies W and A entry by entry, where a matrix product is needed"""
    return run(X, parameters, activation, z=lambda W, A, b: W * A + b)


@catalogue.add("The way back needs what a layer has received. Is that in your cache, or what it has made?")
def cache_of_the_own_output(X: Array, parameters: Parameters, activation: str) -> Any:
    """caches a layer's own output with its Z, where the layer's input is asked for"""
    return run(X, parameters, activation, keep=lambda A_prev, Z, A: (A, Z))


@catalogue.add("In which order does the contract name the two arrays of a cache?")
def cache_pair_swapped(X: Array, parameters: Parameters, activation: str) -> Any:
    """caches (Z, A_prev), where (A_prev, Z) is asked for"""
    return run(X, parameters, activation, keep=lambda A_prev, Z, A: (Z, A_prev))


@catalogue.add("What does layer 3 receive? Compare the shapes in your caches with those of the weights.")
def cache_of_x_alone(X: Array, parameters: Parameters, activation: str) -> Any:
    """caches X as every layer's input"""
    return run(X, parameters, activation, keep=lambda A_prev, Z, A: (X, Z))


@catalogue.add("Which layer's pair should caches[0] hold?")
def caches_last_layer_first(X: Array, parameters: Parameters, activation: str) -> Any:
    """stores the caches with the last layer first"""
    Y_hat, caches = run(X, parameters, activation)
    return Y_hat, caches[::-1]


@catalogue.add("How many pairs should there be for three layers? Does the last one count?")
def last_cache_missing(X: Array, parameters: Parameters, activation: str) -> Any:
    """keeps no cache for the last layer"""
    Y_hat, caches = run(X, parameters, activation)
    return Y_hat, caches[:-1]


@catalogue.add("The contract names two results. Which one is missing?")
def output_alone(X: Array, parameters: Parameters, activation: str) -> Any:
    """returns Y_hat without the caches"""
    return run(X, parameters, activation)[0]


@catalogue.add("Should the cached Z of a ReLU layer have negative entries? Has yours?")
def relu_in_place(X: Array, parameters: Parameters, activation: str) -> Any:
    """applies ReLU in place, so that the cached Z has lost its negative entries"""
    return run(
        X,
        parameters,
        activation,
        act=lambda Z, kind: np.maximum(Z, 0.0, out=Z) if kind == "relu" else g(Z, kind),
    )


@catalogue.add("What would a second call with the same X compute?")
def changes_x(X: Array, parameters: Parameters, activation: str) -> Any:
    """writes into X, which belongs to the caller"""
    Y_hat, caches = run(X.copy(), parameters, activation)
    X -= X.mean(axis=1, keepdims=True)
    return Y_hat, caches
