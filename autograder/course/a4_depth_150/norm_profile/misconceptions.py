"""Wrong profiles of norms."""

import numpy as np

from autograder.authoring import Catalogue
from autograder.course.reference.backpropagation import Array, Parameters, activate


def safe_norms(A: Array) -> Array:
    """Right norms of the columns."""
    largest = np.max(np.abs(A), axis=0)
    largest = np.where(largest > 0, largest, 1.0)
    return largest * np.sqrt(np.sum((A / largest) ** 2, axis=0))


def activations(X: Array, parameters: Parameters, activation: str) -> list[Array]:
    """a^[0] … a^[L], right."""
    L = len(parameters) // 2
    A = [X]
    for l in range(1, L + 1):
        Z = parameters[f"W{l}"] @ A[-1] + parameters[f"b{l}"]
        A.append(activate(Z, activation) if l < L else Z)
    return A


def quotients(A: list[Array]) -> Array:
    """The right quotients of these activations' norms."""
    return np.array([safe_norms(a) for a in A]) / safe_norms(A[0])


catalogue = Catalogue()


@catalogue.add("What is the square of 1e-170 as a float64, and of 1e170?")
def squares_underflow(X: Array, parameters: Parameters, activation: str) -> Array:
    """squares numbers whose squares are too small or too large for float64"""
    A = activations(X, parameters, activation)
    return np.array([np.linalg.norm(a, axis=0) for a in A]) / np.linalg.norm(X, axis=0)


@catalogue.add("What is 0/0? One ReLU layer may answer 0 everywhere.")
def nan_for_dead_layer(X: Array, parameters: Parameters, activation: str) -> Array:
    """divides a layer that is all zeros by its largest entry, which is 0"""
    A = activations(X, parameters, activation)
    largest = [np.max(np.abs(a), axis=0) for a in A]
    norms = [s * np.sqrt(np.sum((a / s) ** 2, axis=0)) for a, s in zip(A, largest, strict=True)]
    return np.array(norms) / norms[0]


@catalogue.add("Between which numbers does float32 live? Signals here leave that range.")
def single_precision(X: Array, parameters: Parameters, activation: str) -> Array:
    """computes the norms in float32"""
    A = activations(X, parameters, activation)
    norms = np.array([np.linalg.norm(a.astype(np.float32), axis=0) for a in A])
    return (norms / norms[0]).astype(np.float64)


@catalogue.add("How many norms does a batch of m examples have in each layer?")
def norm_of_whole_batch(X: Array, parameters: Parameters, activation: str) -> Array:
    """takes one norm of the whole batch in each layer instead of one for each example"""
    A = activations(X, parameters, activation)
    scales = [np.max(np.abs(a)) for a in A]
    norms = np.array([s * np.linalg.norm(a / s) if s > 0 else 0.0 for a, s in zip(A, scales, strict=True)])
    return norms / norms[0]


@catalogue.add("Examples are columns. Along which axis do the entries of one activation vector lie?")
def norm_along_examples(X: Array, parameters: Parameters, activation: str) -> Array:
    """takes the norm of each unit over the batch instead of the norm of each example"""
    A = activations(X, parameters, activation)
    return np.array([safe_norms(a.T) / safe_norms(X.T) for a in A])


@catalogue.add("A layer whose units all answer ½ has no spread. Has it no signal?")
def spread_for_norm(X: Array, parameters: Parameters, activation: str) -> Array:
    """measures the standard deviation, the spread around the mean, instead of the norm"""
    A = activations(X, parameters, activation)
    largest = [np.where(np.max(np.abs(a), axis=0) > 0, np.max(np.abs(a), axis=0), 1.0) for a in A]
    spread = np.array([s * np.std(a / s, axis=0) for a, s in zip(A, largest, strict=True)])
    return spread / spread[0]


@catalogue.add("What is row 0 of your profile if the input is ten times as large?")
def not_relative(X: Array, parameters: Parameters, activation: str) -> Array:
    """does not divide by the norm of the input"""
    return np.array([safe_norms(a) for a in activations(X, parameters, activation)])


@catalogue.add("Each row is compared with which layer: the one before, or the input?")
def relative_to_previous_layer(X: Array, parameters: Parameters, activation: str) -> Array:
    """divides by the norm of the layer before instead of the norm of the input"""
    norms = np.array([safe_norms(a) for a in activations(X, parameters, activation)])
    return np.vstack([np.ones_like(norms[:1]), norms[1:] / norms[:-1]])


@catalogue.add("If a vector doubles, what should the profile say: 2 or 4?")
def squared_norms(X: Array, parameters: Parameters, activation: str) -> Array:
    """compares squared norms"""
    return quotients(activations(X, parameters, activation)) ** 2


@catalogue.add("A vector with two units of size 1 and one with 200: does the profile tell them apart?")
def root_mean_square(X: Array, parameters: Parameters, activation: str) -> Array:
    """divides each norm by the root of the layer's width, which differs from layer to layer"""
    A = activations(X, parameters, activation)
    norms = np.array([safe_norms(a) / np.sqrt(len(a)) for a in A])
    return norms / norms[0]


@catalogue.add("Which layers use the activation? Look at the last one.")
def activation_on_last_layer(X: Array, parameters: Parameters, activation: str) -> Array:
    """applies the activation to the last layer, too"""
    A = activations(X, parameters, activation)
    return quotients([*A[:-1], activate(A[-1], activation)])


@catalogue.add("Does your profile change when another activation is asked for?")
def activation_left_out(X: Array, parameters: Parameters, activation: str) -> Array:
    """leaves the activation out"""
    return quotients(activations(X, parameters, "linear"))


@catalogue.add("What does ReLU make of −3?")
def absolute_value_for_relu(X: Array, parameters: Parameters, activation: str) -> Array:
    """takes the absolute value where ReLU gives 0"""
    L = len(parameters) // 2
    A = [X]
    for l in range(1, L + 1):
        Z = parameters[f"W{l}"] @ A[-1] + parameters[f"b{l}"]
        if l < L:
            Z = np.abs(Z) if activation == "relu" else activate(Z, activation)
        A.append(Z)
    return quotients(A)


@catalogue.add("What is a layer's signal: what goes into the activation or what comes out?")
def norms_before_activation(X: Array, parameters: Parameters, activation: str) -> Array:
    """measures z, before the activation, instead of a"""
    A = activations(X, parameters, activation)
    Z = [parameters[f"W{l}"] @ a + parameters[f"b{l}"] for l, a in enumerate(A[:-1], start=1)]
    return quotients([X, *Z])


@catalogue.add("Your networks in this course start with zero biases. Do all networks?")
def biases_left_out(X: Array, parameters: Parameters, activation: str) -> Array:
    """leaves the biases out"""
    without = {name: value if name[0] == "W" else 0.0 * value for name, value in parameters.items()}
    return quotients(activations(X, without, activation))


@catalogue.add("A network of depth L has a^[0] … a^[L]. How many rows is that?")
def input_row_missing(X: Array, parameters: Parameters, activation: str) -> Array:
    """leaves out row 0, the input itself"""
    return quotients(activations(X, parameters, activation))[1:]


@catalogue.add("How many layers does your loop visit? Try a network of one layer.")
def last_row_missing(X: Array, parameters: Parameters, activation: str) -> Array:
    """stops before the last layer"""
    return quotients(activations(X, parameters, activation))[:-1]


@catalogue.add("Which axis of the result belongs to the layers?")
def transposed(X: Array, parameters: Parameters, activation: str) -> Array:
    """returns the profile with examples as rows and layers as columns"""
    return quotients(activations(X, parameters, activation)).T
