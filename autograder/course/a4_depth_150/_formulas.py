"""Which formula does a student's `depth_report` compute? Found by the digits of its results for public networks."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from autograder.authoring.exercise import Ask
from autograder.course.a4_depth_150._quantities import (
    NONE,
    NORMS,
    OF_THE_INPUT,
    OF_THE_NETWORK,
    OF_THE_WAY_BACK,
    ORDERS,
    Mistake,
    Plan,
    ignored,
    number,
)
from autograder.course.reference.backpropagation import KINDS, Array
from autograder.results import Cause
from autograder.sandbox import Reply, Rng

PLANS = tuple(
    Plan(scheme, kind, 3 + (i + j) % 4, 4 + (2 * i + j) % 3)
    for i, scheme in enumerate(("xavier", "he", "glorot"))
    for j, kind in enumerate(KINDS)
)
EXPONENTS: dict[str, Callable[[int], float]] = {
    "1/L": lambda L: 1 / L,
    "1/(L−1)": lambda L: 1 / (L - 1),
    "1/(L+1)": lambda L: 1 / (L + 1),
    "1/(L−2)": lambda L: 1 / (L - 2),
    "1": lambda L: 1.0,
    "1/2": lambda L: 0.5,
    "2": lambda L: 2.0,
    "2/L": lambda L: 2 / L,
    "2/(L−1)": lambda L: 2 / (L - 1),
    "1/(2L)": lambda L: 0.5 / L,
    "1/(2(L−1))": lambda L: 0.5 / (L - 1),
}
LOGARITHMS = {"": 0.0, "the logarithm of ": 1.0, "log10 of ": np.log(10.0), "log2 of ": np.log(2.0)}
NAMES = "forward growth", "backward growth"
EXACT = 1e-9
ENOUGH = 9  # networks that are not dead
DEPTHS = np.array([plan.depth for plan in PLANS])
EUCLID = "‖{}‖"


@dataclass(frozen=True)
class Formula:
    """A root of a quotient of two sizes, or its logarithm."""

    above: str
    below: str
    exponent: str
    norm: str = EUCLID
    outer: str = ""

    def __str__(self) -> str:
        above, below = (self.norm.format(name) if name else "1" for name in (self.above, self.below))
        quotient = f"{above} / {below}" if self.below else above
        return (
            f"{self.outer}{quotient}"
            if self.exponent == "1"
            else f"{self.outer}({quotient})^({self.exponent})"
        )

    def distance(self, other: "Formula") -> tuple[int, int]:
        """In how many things it differs from another formula; then, whether it speaks of other vectors altogether."""
        differ = [getattr(self, part) != getattr(other, part) for part in ("above", "below", "exponent")]
        strange = [name[:4] != other.above[:4] for name in (self.above, self.below)]
        return sum(differ), sum(strange)


RIGHT = Formula("a^[L]", "a^[0]", "1/L"), Formula("∂J/∂Z^[1]", "∂J/∂Z^[L]", "1/(L−1)")


def reading(ask: Ask) -> Iterator[Cause]:
    """What the student's function computes, if it is one of our formulas and at least one of both is wrong."""
    arguments = [(p.scheme, p.activation, p.depth, p.width, Rng(seed)) for seed, p in enumerate(PLANS)]
    got = _numbers(ask(arguments))
    if got is None:
        return
    for order in range(len(ORDERS)):
        for mistake in (NONE, *OF_THE_WAY_BACK, *OF_THE_NETWORK, *OF_THE_INPUT):
            found = [_formula(part, got[:, part], order, mistake) for part in (0, 1)]
            if all(found):
                yield from _cause(mistake, [one for one in found if one])
                return
        if (some := _told_apart(got, order)) is not None:
            yield from _cause(*some)
            return
        if _formula(1, got[:, 1], order, NONE) == RIGHT[1]:
            hint = "Compare both norms, and the root, with those in the text."
            yield Cause(
                "probe_place",
                "finds the right backward growth of its network, but not the forward growth",
                hint,
            )
            return
    yield from ignored(lambda calls: _or_nan(ask(calls)), arguments, got)


def _told_apart(got: Array, order: int) -> tuple[Mistake, list[Formula]] | None:
    """The forward growth of the right network, and the backward growth of one that is wrong on the way back."""
    forward = _formula(0, got[:, 0], order, NONE)
    if forward is None:
        return None
    for mistake in (*OF_THE_WAY_BACK, *OF_THE_NETWORK):
        backward = _formula(1, got[:, 1], order, mistake)
        if backward is not None:
            return mistake, [forward, backward]
    return None


def _or_nan(replies: Sequence[Reply]) -> Array:
    found = _numbers(replies)
    return np.full(1, np.nan) if found is None else found


def _numbers(replies: Sequence[Reply]) -> Array | None:
    """The results as an array of pairs, if all of them are pairs of numbers."""
    results: list[Any] = [reply.result for reply in replies]
    if not all(isinstance(result, list) and len(result) == 2 for result in results):
        return None
    return np.array([[number(value) for value in result] for result in results])


@cache
def _sizes(order: int, mistake: Mistake, norm: str) -> tuple[list[str], Array]:
    """Names, and the logarithms of what they name in each of the networks."""
    runs = [
        ORDERS[order](mistake.change(plan), np.random.default_rng(seed)) for seed, plan in enumerate(PLANS)
    ]
    found = [run.sizes(norm) for run in runs]
    return list(found[0]), np.array([list(sizes.values()) for sizes in found]).T


def _formula(part: int, got: Array, order: int, mistake: Mistake) -> Formula | None:
    """The formula that is nearest to the right one, of all that give these numbers."""
    fitting = list(_fitting(got, order, mistake))
    return min(fitting, key=lambda formula: formula.distance(RIGHT[part]), default=None)


def _fitting(got: Array, order: int, mistake: Mistake) -> Iterator[Formula]:
    for norm in NORMS if mistake is NONE else (EUCLID,):
        names, sizes = _sizes(order, mistake, norm)
        quotients = sizes[:, None, :] - sizes[None, :, :]
        for outer, base in LOGARITHMS.items() if mistake is NONE and norm == EUCLID else [("", 0.0)]:
            with np.errstate(all="ignore"):
                logs = got * base if outer else np.log(got)
            alive = np.isfinite(logs)  # a ReLU network may be dead
            if alive.sum() >= ENOUGH and np.ptp(logs[alive]) > EXACT:
                for i, j, words in _fitting_quotients(quotients[..., alive], logs[alive], DEPTHS[alive]):
                    yield Formula(names[i], names[j], words, norm, outer)


def _fitting_quotients(quotients: Array, logs: Array, depths: Array) -> Iterator[tuple[int, int, str]]:
    for words, exponent in EXPONENTS.items():
        powers = np.array([exponent(L) for L in depths.tolist()])
        with np.errstate(all="ignore"):
            off = np.max(np.abs(quotients * powers - logs), axis=-1)
        for i, j in np.argwhere(off <= EXACT * max(1.0, float(np.max(np.abs(logs))))).tolist():
            yield i, j, words


def _cause(mistake: Mistake, found: list[Formula]) -> Iterator[Cause]:
    """A sentence on what is wrong; nothing if all is right."""
    if found == list(RIGHT[::-1]):
        yield Cause(
            "probe_exchanged", "returns the backward growth first", "Which does the docstring name first?"
        )
        return
    wrong = [part for part in (0, 1) if found[part] != RIGHT[part]]
    takes = " and ".join(f"{found[part]} for the {NAMES[part]}" for part in wrong)
    said = [words for words in (mistake.words, f"takes {takes}" if takes else "") if words]
    hints = [mistake.hint, *(_hint(found[part], RIGHT[part]) for part in wrong)]
    if said:
        yield Cause(
            "probe_formula", ". Besides, it ".join(said), " ".join(dict.fromkeys(filter(None, hints)))
        )


def _hint(found: Formula, right: Formula) -> str:
    if found.outer:
        return "What growth has a layer that changes nothing: 0 or 1?"
    if found.norm != right.norm:
        return "By what does the text measure how large a vector is?"
    if (found.above, found.below) == (right.above, right.below):
        return "Over how many steps does the quotient run, and which root makes of it the factor of one step?"
    if (found.below, found.above) == (right.above, right.below):
        return "Which of the two norms belongs above the line?"
    return "Compare both norms with those in the text."
