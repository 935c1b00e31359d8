"""What may be measured in a random network: the sizes of its vectors, right ones and others.

Whoever draws weights and input in a usual order is given the very network that we draw here, so what is measured
in it can be recognised by its digits, and so can a network that is wrong in one thing.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Literal

import numpy as np

from autograder.course.reference.backpropagation import Array, activate, activation_derivative
from autograder.course.reference.initialization import VARIANCES
from autograder.results import Cause

NORMS: dict[str, Callable[[Array], Any]] = {
    "‖{}‖": np.linalg.norm,
    "the mean of |{}|": lambda a: np.mean(np.abs(a)),
    "the largest |{}|": lambda a: np.max(np.abs(a)),
    "the standard deviation of {}": np.std,
    "the mean of {}": lambda a: abs(np.mean(a)),
}
TARGETS: dict[str, Callable[[Array], Array]] = {"0": np.zeros_like, "1": np.ones_like, "x": lambda x: x}
INPUTS: dict[str, Callable[[np.random.Generator, int], Array]] = {
    "standard normal": lambda rng, n: rng.standard_normal((n, 1)),
    "uniform on (0, 1)": lambda rng, n: rng.random((n, 1)),
    "uniform on (−1, 1)": lambda rng, n: rng.uniform(-1.0, 1.0, (n, 1)),
    "all ones": lambda rng, n: np.ones((n, 1)),
}


@dataclass(frozen=True)
class Plan:
    """A network, an input and a cost; what has a default is wrong if it is another."""

    scheme: str
    activation: str
    depth: int
    width: int
    multiplier: float = 1.0
    inputs: str = "standard normal"
    examples: int = 1
    target: str = "0"
    seed: int | None = None  # of a generator of its own, from which the input comes
    is_activated: bool = False  # the last layer, too
    slope_at: Literal["Z", "A", "nothing"] = "Z"

    def weights(self, rng: np.random.Generator) -> list[Array]:
        """As `initialize_parameters` draws them."""
        n = self.width
        deviation = np.sqrt(self.multiplier * VARIANCES[self.scheme](n, n))
        return [rng.standard_normal((n, n)) * deviation for _ in range(self.depth)]

    def input(self, rng: np.random.Generator) -> Array:
        """From this generator, or from one of its own."""
        source = rng if self.seed is None else np.random.default_rng(self.seed)
        if self.examples > 1:
            return source.standard_normal((self.width, self.examples))
        return INPUTS[self.inputs](source, self.width)


@dataclass(frozen=True)
class Run:
    """A network that has been drawn, and what is to be measured in it."""

    plan: Plan
    weights: list[Array]
    x: Array
    y: Array | None = None  # a target that is drawn, too

    @cached_property
    def vectors(self) -> dict[str, Array]:
        """By name; L stands for the depth."""
        plan, L = self.plan, len(self.weights)
        A, Z, D, back = [self.x], [self.x], [self.x] * (L + 1), [self.x] * (L + 1)
        for l, W in enumerate(self.weights, start=1):
            Z.append(W @ A[-1])
            A.append(Z[-1] if l == L and not plan.is_activated else activate(Z[-1], plan.activation))
        target = TARGETS[plan.target](self.x) if self.y is None else self.y
        back[L] = (A[L] - target) / self.x.shape[1]
        for l in range(L, 0, -1):
            D[l] = back[l] * self._slope(Z[l], A[l]) if l < L or plan.is_activated else back[l]
            back[l - 1] = self.weights[l - 1].T @ D[l]
        found = {
            **{f"a^[{w}]": A[i] for w, i in _places(0, L)},
            # of several examples the sum, which db^[l] is
            **{f"∂J/∂Z^[{w}]": D[i].sum(axis=1, keepdims=True) for w, i in _places(1, L)},
            **{f"∂J/∂A^[{w}]": back[i] for w, i in _places(0, L)},
            **{f"∂J/∂W^[{w}]": D[i] @ A[i - 1].T for w, i in _places(1, L)},
            **{f"z^[{w}]": Z[i] for w, i in _places(1, L)},
        }
        return found if plan.is_activated else {**found, "g(a^[L])": activate(A[L], plan.activation)}

    def _slope(self, Z: Array, A: Array) -> Any:
        at = {"Z": Z, "A": A}.get(self.plan.slope_at)
        return 1.0 if at is None else activation_derivative(at, self.plan.activation)

    def sizes(self, norm: str) -> dict[str, float]:
        """The logarithms of their sizes, by name; that of 1 has none."""
        measure = NORMS[norm]
        with np.errstate(all="ignore"):
            found = {name: float(np.log(measure(vector))) for name, vector in self.vectors.items()}
        return {**found, "": 0.0}


def _places(first: int, L: int) -> Iterator[tuple[str, int]]:
    """Layers that have a name at every depth from 3 on; the first and the last ones go first."""
    yield from ((w, l) for w, l in (("L", L), ("1", 1), ("0", 0), ("L−1", L - 1), ("2", 2)) if l >= first)


def weights_first(plan: Plan, rng: np.random.Generator) -> Run:
    """The input is drawn after the weights."""
    W = plan.weights(rng)
    return _run(plan, W, plan.input(rng), rng)


def input_first(plan: Plan, rng: np.random.Generator) -> Run:
    """The input is drawn before the weights."""
    x = plan.input(rng)
    return _run(plan, plan.weights(rng), x, rng)


def _run(plan: Plan, weights: list[Array], x: Array, rng: np.random.Generator) -> Run:
    return Run(plan, weights, x, rng.standard_normal(x.shape) if plan.target == "drawn" else None)


ORDERS = (weights_first, input_first)


@dataclass(frozen=True)
class Mistake:
    """One thing that is another than it should be: the words follow "your function"."""

    words: str
    hint: str
    change: Callable[[Plan], Plan] = field(compare=False)


def _with(words: str, hint: str, **changes: Any) -> Mistake:
    return Mistake(words, hint, lambda plan: replace(plan, **changes))


_COST = "For which target is ½‖ŷ‖² the cost of assignment 2?"
_KIND = "What becomes of the argument `activation` on its way through your function?"
_LAYERS = "How many widths does a network with `depth` matrices have, the input's included?"
_SAMPLE = "Which input does the text ask for, and where does it come from?"
_SINGLE = "How many inputs does the text ask for?"
NONE = Mistake("", "", lambda plan: plan)
OF_THE_INPUT = (
    *(
        _with(f"takes an input that is {words}, and not standard normal", _SAMPLE, inputs=words)
        for words in list(INPUTS)[1:]
    ),
    *(
        _with(f"draws the input from a generator of its own, with seed {seed}", _SAMPLE, seed=seed)
        for seed in (0, 1, 42)
    ),
    *(
        _with(f"takes {m} inputs at once, where a single one is asked for", _SINGLE, examples=m)
        for m in (2, 10, 32)
    ),
    Mistake(
        "takes as many inputs as a layer has units, where a single one is asked for",
        _SINGLE,
        lambda plan: replace(plan, examples=plan.width),
    ),
)
OF_THE_NETWORK = (
    Mistake("builds a network with one matrix too few", _LAYERS, lambda p: replace(p, depth=p.depth - 1)),
    Mistake("builds a network with one matrix too many", _LAYERS, lambda p: replace(p, depth=p.depth + 1)),
    _with(
        "applies the activation in the last layer, too",
        "Which layers have an activation, and what is the last one?",
        is_activated=True,
    ),
    *(
        _with(f'runs the network with "{kind}" whatever `activation` is', _KIND, activation=kind)
        for kind in ("relu", "linear", "tanh", "sigmoid")
    ),
)
OF_THE_WAY_BACK = (
    _with("takes the gradients of a cost whose target is 1, and not 0", _COST, target="1"),
    _with("takes the gradients of a cost whose target is the input, and not 0", _COST, target="x"),
    _with("takes the gradients of a cost whose target is drawn at random, and not 0", _COST, target="drawn"),
    _with(
        "takes the activation's derivative at A, where it belongs at Z",
        "At which point is the activation's derivative taken?",
        slope_at="A",
    ),
    _with(
        "leaves the activation's derivative out on the way back",
        "What does a layer do to a gradient on its way back, beside the weights?",
        slope_at="nothing",
    ),
)


def number(value: Any) -> float:
    """A student's number; nan if it is none."""
    is_real = isinstance(value, float | int) or (
        isinstance(value, np.ndarray) and value.shape == () and value.dtype.kind in "fi"
    )
    return float(value) if is_real else float("nan")


# The argument's place, and other values, far ones among them.
OTHERS = {"depth": (2, 5, 40), "width": (3, 5, 50)}


def ignored(
    ask: Callable[[list[tuple[Any, ...]]], Array], calls: list[tuple[Any, ...]], results: Array
) -> Iterator[Cause]:
    """The argument whose change changes no result at all."""
    for name, (place, *others) in OTHERS.items():
        changed = ([(*call[:place], other, *call[place + 1 :]) for call in calls[::3]] for other in others)
        if all(np.array_equal(ask(some), results[::3]) for some in changed):
            hint = f"Where should {name} enter? Does your function use it, or a number in its place?"
            yield Cause("probe_ignored", f"gives the same results whatever {name} is", hint)
            return
