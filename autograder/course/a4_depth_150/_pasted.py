"""The functions that students paste from earlier assignments: whose mistake is it?

They are not graded again, but what is built on them cannot be right if they are wrong. After a failure, and
only then, each is tried once on a small case, and the first that is wrong is named.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import Any

import numpy as np

from autograder.authoring import Cases, Student, expect, labelled
from autograder.authoring.bounds import variance_bounds
from autograder.authoring.expect import BuiltOnAnother, CheckFailed
from autograder.course.a4_depth_150._networks import drawn
from autograder.course.reference import backpropagation as right
from autograder.course.reference.backpropagation import KINDS, Array
from autograder.course.reference.initialization import VARIANCES
from autograder.results import Elsewhere, Fault
from autograder.sandbox import Rng, StudentFault

RTOL = 1e-6  # a blunt tool: only what is clearly wrong is blamed
EARLIER = "2-backpropagation"
DIMS = [30, 50, 40]
FALSE_BLAME = 1e-9 / 12  # 3 schemes, 2 multipliers and 2 layers; costs words, never points


Judge = Callable[[Student, Cases], None]


@contextmanager
def blame(student: Student, cases: Cases, *names: str) -> Iterator[None]:
    """When a check fails inside, say which of the pasted functions `names` is wrong, if one is."""
    try:
        yield
    except (CheckFailed, StudentFault) as failure:
        if isinstance(failure, StudentFault) and _is_its_own(failure):
            raise
        wrong = next(filter(None, (student.once(PROBES[name], cases) for name in names)), None)
        if wrong is None:
            raise
        complaint = str(failure) if isinstance(failure, CheckFailed) else ""
        raise BuiltOnAnother(complaint, wrong) from failure


def _is_its_own(fault: StudentFault) -> bool:
    """Whether the exercise's function itself is not there yet."""
    return fault.error in ("missing", "replaced") or (fault.error == "stub" and fault.where is None)


def _probe(name: str, origin: str, judge: Judge) -> Callable[[Student, Cases], Elsewhere | None]:
    """A function that returns None if `judge` passes, else what is the matter with the pasted function."""

    def probe(student: Student, cases: Cases) -> Elsewhere | None:
        try:
            judge(student, cases)
        except StudentFault as fault:
            known: Fault = (
                "stub"
                if fault.error == "stub"
                else "missing"
                if fault.error in ("missing", "replaced")
                else "raised"
            )
            return Elsewhere(name, known, origin)
        except CheckFailed:
            return Elsewhere(name, "wrong", origin)
        return None

    return probe


@labelled("_small")
def _small(rng: np.random.Generator) -> tuple[Array, Array, dict[str, Array]]:
    """X, Y and the parameters of a network of two layers with biases."""
    parameters = drawn(rng, [3, 4, 2], std=1.0, bias=1.0)
    return rng.standard_normal((3, 5)), rng.standard_normal((2, 5)), parameters


def _activate(student: Student, cases: Cases) -> None:
    _elementwise(student, cases, "activate", right.activate)


def _activation_derivative(student: Student, cases: Cases) -> None:
    _elementwise(student, cases, "activation_derivative", right.activation_derivative)


def _elementwise(student: Student, cases: Cases, name: str, reference: Callable[[Array, str], Array]) -> None:
    Z = cases.once(_small)[0]
    for kind, reply in zip(KINDS, student.calls(name, [(Z, kind) for kind in KINDS]), strict=True):
        expect.close(expect.array(reply.value, Z.shape, "it"), reference(Z, kind), RTOL, "wrong")


def _forward(student: Student, cases: Cases) -> None:
    X, _, parameters = cases.once(_small)
    Y_hat, caches = right.forward(X, parameters, "tanh")
    got, kept = expect.pair(student.call("forward", X, parameters, "tanh"), "it")
    expect.close(expect.array(got, Y_hat.shape, "it"), Y_hat, RTOL, "wrong")
    expect.that(isinstance(kept, list) and len(kept) == len(caches), "wrong")
    for pair, cache in zip(kept, caches, strict=True):
        for a, b in zip(expect.pair(pair, "it"), cache, strict=True):
            expect.close(expect.array(a, b.shape, "it"), b, RTOL, "wrong")


def _backward(student: Student, cases: Cases) -> None:
    X, Y, parameters = cases.once(_small)
    Y_hat, caches = right.forward(X, parameters, "tanh")
    got = student.call("backward", Y_hat, Y, parameters, caches, "tanh")
    for name, slope in right.backward(Y_hat, Y, parameters, caches, "tanh").items():
        expect.close(expect.array(_entry(got, name), slope.shape, name), slope, RTOL, "wrong")


def _initialize_parameters(student: Student, cases: Cases) -> None:
    settings = [(scheme, multiplier) for scheme in VARIANCES for multiplier in (1.0, 4.0)]
    seed = Rng(cases.seed("pasted"))
    replies = student.calls("initialize_parameters", [(DIMS, scheme, seed, c) for scheme, c in settings])
    for (scheme, multiplier), reply in zip(settings, replies, strict=True):
        for l, (n_in, n_out) in enumerate(pairwise(DIMS), start=1):
            W = expect.array(_entry(reply.value, f"W{l}"), (n_out, n_in), "W")
            b = expect.array(_entry(reply.value, f"b{l}"), (n_out, 1), "b")
            variance = multiplier * VARIANCES[scheme](n_out, n_in)
            low, high = variance_bounds(W.size, FALSE_BLAME)
            expect.that(low <= float(np.mean((W / np.sqrt(variance)) ** 2)) <= high, "wrong variance")
            expect.that(not np.any(b), "biases start at zero")


def _entry(value: Any, name: str) -> Any:
    return value.get(name) if isinstance(value, dict) else None


PROBES = {
    "activate": _probe("activate", EARLIER, _activate),
    "activation_derivative": _probe("activation_derivative", EARLIER, _activation_derivative),
    "forward": _probe("forward", EARLIER, _forward),
    "backward": _probe("backward", EARLIER, _backward),
    "initialize_parameters": _probe("initialize_parameters", "3-initialization", _initialize_parameters),
}
