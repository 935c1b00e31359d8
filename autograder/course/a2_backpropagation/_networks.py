"""The networks on which the passes are checked, with the right results of every step.

Widths follow from the secret and differ from each other and from m, so that a transpose or a wrong axis cannot
hide; some networks have equal widths, because there wrong matrices fit and show in the values. Hidden units are
partly on and partly off, no pre-activation is 0 (ReLU's kink), and the outputs have both signs.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np

from autograder.authoring import labelled
from autograder.authoring.cases import sizes
from autograder.course.a2_backpropagation._layers import Layers
from autograder.course.reference.backpropagation import Array, backward, forward, layer_gradient_norms, norm
from autograder.text import plural

RTOL = 1e-10  # of each array's norm
MOST = 9  # units or examples
DEEP_RTOL = 1e-8  # two orders of summation differ by 1e-14 at depth 150, but by 5e-12 in one draw of 600


@dataclass(frozen=True)
class Network:
    """A network with data and the right results of both passes."""

    X: Array
    Y: Array
    parameters: dict[str, Array]
    activation: str
    Y_hat: Array
    caches: list[tuple[Array, Array]]

    @cached_property
    def _name(self) -> str:
        widths = [self.X.shape[0]] + [Z.shape[0] for _, Z in self.caches]
        shown = "-".join(map(str, widths)) if len(widths) < 9 else f"{widths[0]}-{widths[1]}-…-{widths[-1]}"
        return f"a {self.activation} network of widths {shown} with {plural(self.X.shape[1], 'example')}"

    def __str__(self) -> str:
        return self._name

    @property
    def depth(self) -> int:
        """L, the number of layers."""
        return len(self.caches)

    @property
    def rtol(self) -> float:
        """How far two orders of summation may lie apart."""
        return RTOL if self.depth < 100 else DEEP_RTOL

    @property
    def way_back(self) -> tuple[object, ...]:
        """The arguments of `backward` and `layer_gradient_norms`."""
        return self.Y_hat, self.Y, self.parameters, self.caches, self.activation

    @cached_property
    def received(self) -> Layers:
        """A_0 … A_(L−1)."""
        return Layers.of([A_prev for A_prev, _ in self.caches])

    @cached_property
    def made(self) -> Layers:
        """Z_1 … Z_L."""
        return Layers.of([Z for _, Z in self.caches])

    @cached_property
    def weight_gradients(self) -> Layers:
        """∂J/∂W_1 … ∂J/∂W_L."""
        return Layers.of([self.gradients[f"dW{l}"] for l in range(1, self.depth + 1)])

    @cached_property
    def bias_gradients(self) -> Layers:
        """∂J/∂b_1 … ∂J/∂b_L."""
        return Layers.of([self.gradients[f"db{l}"] for l in range(1, self.depth + 1)])

    @cached_property
    def norms(self) -> Array:
        """‖∂J/∂Z_1‖ … ‖∂J/∂Z_L‖."""
        return layer_gradient_norms(self.Y_hat, self.Y, self.parameters, self.caches, self.activation)

    def in_order(self, order: Callable[[list[str]], list[str]]) -> "Network":
        """The same network, its dictionary's keys in this order."""
        return replace(
            self, parameters={name: self.parameters[name] for name in order(list(self.parameters))}
        )

    @property
    def gradients_are_safe(self) -> bool:
        """Whether the examples cancel in no dW_l and no db_l, so that every order of summation agrees."""
        with np.errstate(all="ignore"):  # a dW_l may even be 0
            weights, biases = self.weight_gradients, self.bias_gradients
            safe = biases.lengths > 0.01 * self.norms
            return bool(np.all(safe & (weights.lengths > 0.01 * self.norms * self.received.lengths)))

    @cached_property
    def gradients(self) -> dict[str, Array]:
        """∂J/∂W_1, ∂J/∂b_1 … as the reference returns them."""
        return backward(self.Y_hat, self.Y, self.parameters, self.caches, self.activation)


def network(X: Array, parameters: dict[str, Array], activation: str, errors: Array) -> Network:
    """The network with these parameters, and targets that lie off by `errors`, times the output's scale."""
    Y_hat, caches = forward(X, parameters, activation)
    Y = Y_hat + errors * np.max(np.abs(Y_hat))
    return Network(X, Y, parameters, activation, Y_hat, caches)


def drawn(
    rng: np.random.Generator, layer_dims: list[int], m: int, activation: str, bias: float = 0.5
) -> Network:
    """A random network with safe gradients and, in each layer, 20 to 80 % of the pre-activations positive."""
    while True:
        parameters: dict[str, Array] = {}
        for l, (n_in, n_out) in enumerate(pairwise(layer_dims), start=1):
            parameters[f"W{l}"] = rng.standard_normal((n_out, n_in)) * np.sqrt(2.0 / n_in)
            parameters[f"b{l}"] = rng.standard_normal((n_out, 1)) * bias
        X, errors = rng.standard_normal((layer_dims[0], m)), rng.standard_normal((layer_dims[-1], m))
        found = network(X, parameters, activation, errors)
        on_and_off = all(np.all(Z) and 0.2 <= np.mean(Z > 0) <= 0.8 for _, Z in found.caches)
        if on_and_off and found.gradients_are_safe:
            return found


def unbiased(weights: list[Array]) -> dict[str, Array]:
    """The parameters with these weights and b = 0, in the order in which the course lists them."""
    parameters = dict[str, Array]()
    for l, W in enumerate(weights, start=1):
        parameters |= {f"W{l}": W, f"b{l}": np.zeros((len(W), 1))}
    return parameters


def deep_relu(rng: np.random.Generator, c: float, depth: int) -> Network:
    """ReLU layers whose activations grow by exactly the factor c a layer, with biases of the same size.

    In each layer every example switches some units on and others off.
    """
    X = rng.standard_normal((4, 3))
    parameters, A = dict[str, Array](), X
    for l in range(1, depth + 1):
        W, b = _layer(rng, A, c)
        parameters |= {f"W{l}": W[: 4 if l < depth else 2], f"b{l}": b[: 4 if l < depth else 2]}
        A = np.maximum(W @ A + b, 0.0)
    # 150 layers make the examples alike; with errors of one sign their gradients do not cancel.
    return network(X, parameters, "relu", rng.standard_normal((2, 1)) * rng.uniform(0.5, 1.5, (1, 3)))


def _layer(rng: np.random.Generator, A: Array, c: float) -> tuple[Array, Array]:
    """A rotation, times a number, and a bias that take A to a norm c times as large."""
    while True:
        W = np.linalg.qr(rng.standard_normal((4, 4)))[0]
        b = rng.standard_normal((4, 1)) * (0.6 * norm(A))
        Z = W @ A + b
        on = np.sum(Z > 0, axis=0)
        if np.all((on > 0) & (on < 4)) and np.min(np.abs(Z)) > 0.01 * np.max(np.abs(Z)):
            factor = c * norm(A) / norm(np.maximum(Z, 0.0))
            return factor * W, factor * b


@labelled("exploding")
def exploding(rng: np.random.Generator) -> list[Network]:
    """150 layers of ReLU up to a signal of 1e26."""
    return [deep_relu(rng, 1.5, 150)]


@labelled("vanishing")
def vanishing(rng: np.random.Generator) -> list[Network]:
    """150 layers of ReLU down to a signal of 1e-45 and gradients of 1e-120 and less."""
    while True:
        if (n := deep_relu(rng, 0.5, 150)).gradients_are_safe:
            return [n]


@labelled("rectangular")
def rectangular(rng: np.random.Generator) -> list[Network]:
    """All activations, different widths; then equal widths, with a single example once; then the smallest widths.

    The dictionaries are in several orders; one network has whole numbers for data, one for weights and the first
    biases, one arrays that are views; one has more than ten layers.
    """
    depths = {"linear": (2, 5), "relu": (4, 5), "tanh": (5, 7), "sigmoid": (2, 4)}
    networks: list[Network] = []
    for activation, (least, most) in depths.items():
        *layer_dims, m = sizes(rng, int(rng.integers(least, most + 1)) + 2, MOST)
        networks.append(drawn(rng, layer_dims, m, activation))
    n, m = sizes(rng, 2, MOST)
    alike = [([n] * 4, m, "relu"), ([m] * int(rng.integers(3, 5)), n, "sigmoid"), ([n] * 3, 1, "tanh")]
    linear, relu, tanh, sigmoid = networks
    unusual = [
        of_whole_numbers(rng, linear),
        relu.in_order(sorted),
        of_views(tanh),
        sigmoid.in_order(backwards),
    ]
    smallest = [drawn(rng, [n, 1, m], n, "relu"), positive(rng, [1] * 4, 1, "tanh")]
    beside = with_whole_weights(rng, [m, n, m, n], m, "tanh")
    ten = positive(rng, [2] * 12, 3, "linear").in_order(sorted)
    return [*unusual, *smallest, beside, ten, *(drawn(rng, *network) for network in alike)]


def backwards(names: list[str]) -> list[str]:
    """bL, WL, …, b1, W1."""
    return names[::-1]


def of_whole_numbers(rng: np.random.Generator, n: Network) -> Network:
    """The network with X and Y of whole numbers, of dtype int, and safe gradients."""
    while True:
        X: Any = rng.integers(-3, 4, n.X.shape)
        Y_hat, caches = forward(X, n.parameters, n.activation)
        Y: Any = np.rint(Y_hat).astype(int) + rng.choice([-2, 2, 3], n.Y.shape)
        found = Network(X, Y, n.parameters, n.activation, Y_hat, caches)
        if found.gradients_are_safe:
            return found


def with_whole_weights(rng: np.random.Generator, layer_dims: list[int], m: int, activation: str) -> Network:
    """The weights and the first biases are of dtype int. The data are not: whoever adds fractions in place to a
    product of integers gets an error, which is no mistake of the pass.
    """
    while True:
        parameters = dict[str, Any]()
        for l, (n_in, n_out) in enumerate(pairwise(layer_dims), start=1):
            parameters[f"W{l}"] = rng.integers(-1, 2, (n_out, n_in))
            parameters[f"b{l}"] = rng.choice([-1, 1], (n_out, 1)) * (1 if l == 1 else rng.uniform(0.2, 0.8))
        X, errors = rng.standard_normal((layer_dims[0], m)), rng.standard_normal((layer_dims[-1], m))
        found = network(X, parameters, activation, errors)
        if all(np.all(Z) for _, Z in found.caches) and found.gradients_are_safe:
            return found


def of_views(n: Network) -> Network:
    """The same numbers, column by column in memory, as in a transpose."""
    parameters = {name: np.asfortranarray(value) for name, value in n.parameters.items()}
    caches = [(np.asfortranarray(A_prev), np.asfortranarray(Z)) for A_prev, Z in n.caches]
    X, Y, Y_hat = map(np.asfortranarray, (n.X, n.Y, n.Y_hat))
    return Network(X, Y, parameters, n.activation, Y_hat, caches)


def positive(rng: np.random.Generator, layer_dims: list[int], m: int, activation: str) -> Network:
    """A network in which all numbers are positive, so that nothing cancels."""
    parameters: dict[str, Array] = {}
    for l, (n_in, n_out) in enumerate(pairwise(layer_dims), start=1):
        parameters |= {
            f"W{l}": rng.uniform(0.5, 1.5, (n_out, n_in)),
            f"b{l}": rng.uniform(0.1, 0.5, (n_out, 1)),
        }
    X, errors = rng.uniform(0.5, 1.5, (layer_dims[0], m)), rng.uniform(0.5, 1.5, (layer_dims[-1], m))
    return network(X, parameters, activation, errors)


@labelled("stopped")
def stopped(rng: np.random.Generator) -> list[Network]:
    """Nothing is sent back: where the prediction is perfect, and through a ReLU layer whose units are all off."""
    *dims, m = sizes(rng, 5, MOST)
    on, given = (drawn(rng, dims, m, "relu") for _ in range(2))
    off = given.parameters | {"b2": given.parameters["b2"] - 2.0 * np.max(np.abs(given.caches[1][1]))}
    perfect = network(on.X, on.parameters, "relu", np.zeros_like(on.Y))
    return [perfect, network(given.X, off, "relu", rng.uniform(0.5, 1.5, given.Y.shape))]


def nothing_comes_back(
    Y_hat: Array, Y: Array, _: Any, caches: list[tuple[Array, Array]], activation: str
) -> bool:
    """Whether the prediction is perfect, or all units of a layer are off."""
    off = activation == "relu" and any(np.all(Z < 0) for _, Z in caches[:-1])
    return off or np.array_equal(Y_hat, Y)


@labelled("one_layer")
def one_layer(rng: np.random.Generator) -> list[Network]:
    """Networks of depth 1: linear whatever the activation; one has a single output.

    One comes twice; another has its shape and X, but other parameters: results must not be kept by shape.
    """
    n_in, n_out, m = sizes(rng, 3, MOST)
    first, second = (drawn(rng, [n_in, n_out], m, "relu") for _ in range(2))
    same_X = network(first.X, second.parameters, "relu", rng.uniform(0.5, 1.5, (n_out, m)))
    return [first, first, same_X, drawn(rng, [m, 1], n_in, "tanh")]


@labelled("identities")
def identities(rng: np.random.Generator) -> list[Network]:
    """The lecture's networks, one on top of the other: 0.5·I below, 1.5·I above, 152 layers in all.

    The inputs are tiny: all gradients lie between 1e-45 and 1e-10, where an absolute tolerance sees nothing.
    """
    hidden = [0.5 * np.eye(3)] * 76 + [1.5 * np.eye(3)] * 75
    parameters = unbiased([*hidden, rng.uniform(0.5, 1.5, (2, 3))])
    X = rng.uniform(0.5e-20, 1.5e-20, (3, 2))
    return [network(X, parameters, "linear", rng.standard_normal((2, 2)))]


@labelled("without_biases")
def without_biases(rng: np.random.Generator) -> list[Network]:
    """ReLU and linear networks with b = 0, for which Euler's identity holds; its value is not near 0."""
    *dims, m = sizes(rng, int(rng.integers(4, 6)), MOST)
    shapes = [(dims, m, "relu"), (dims[1:], m, "linear")]
    networks: list[Network] = []
    while len(networks) < len(shapes):
        n = drawn(rng, *shapes[len(networks)], bias=0.0)
        error = n.Y_hat - n.Y
        if abs(np.sum(error * n.Y_hat)) > 0.1 * norm(error) * norm(n.Y_hat):
            networks.append(n)
    return networks


@labelled("sigmoids")
def sigmoids(rng: np.random.Generator) -> list[Network]:
    """15 layers of sigmoids with weights of variance 1/n."""
    n, m = sizes(rng, 2, MOST)
    parameters = unbiased([rng.standard_normal((n, n)) / np.sqrt(n) for _ in range(15)])
    return [network(rng.standard_normal((n, m)), parameters, "sigmoid", rng.standard_normal((n, m)))]
