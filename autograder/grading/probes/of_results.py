"""Ideas that compare what came back with the right result: a multiple, a transpose, rounded, cut off, shifted."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import product
from typing import Any

import numpy as np

from autograder.authoring.misconception import Alike
from autograder.course.exercises import misconceptions_of
from autograder.grading.probes.maps import MAPS
from autograder.grading.probes.numbers import is_named, named, power
from autograder.grading.probes.probe import (
    FILLED,
    THERE,
    Array,
    Fits,
    Probe,
    Unfit,
    changed,
    family,
    parts,
    predicting,
)
from autograder.grading.probes.trials import Trial, near

RTOL = 1e-7
WHOLE = (1.0, -1.0, 2.0, -2.0, 3.0, -3.0)
A_FEW = 8  # entries
EXPONENTS = (1.0, -1.0, 0.5, -0.5, 2.0, -2.0, -1.5, 1.5, 3.0, -3.0)


@dataclass(frozen=True)
class Position:
    """Some layers of a network: `holds` is given the number of a layer and how many there are."""

    words: str
    holds: Callable[[int, int], bool]

    def has(self, path: str, trial: Trial) -> bool:
        """Whether a part of the result belongs to such a layer."""
        return self.holds(layer_of(path), trial.layers)


POSITIONS = (
    Position("in the first layer alone", lambda l, _: l == 1),
    Position("in the last layer alone", lambda l, L: l == L),
    Position("in every layer but the last", lambda l, L: l < L),
    Position("in every layer but the first", lambda l, _: l > 1),
    Position("from layer 10 on", lambda l, _: l > 9),
)


def layer_of(path: str) -> int:
    """The number at the end of a key: 3 for dW3; 0 if there is none."""
    digits = path[len(path.rstrip("0123456789")) :]
    return int(digits) if digits and not path.startswith("[") else 0


@dataclass(frozen=True)
class Pair:
    """An array that came back, and the right one."""

    trial: Trial
    path: str
    got: Array
    wanted: Array


@dataclass(frozen=True)
class Seen:
    """All arrays of those parts of the results that are wrong somewhere; the other parts are right."""

    families: frozenset[str]
    others: bool
    pairs: tuple[Pair, ...]
    position: Position | None = None

    def covers(self, path: str, trial: Trial) -> bool:
        """Whether a part of a result is one of these."""
        return family(path) in self.families and (self.position is None or self.position.has(path, trial))

    @property
    def rtol(self) -> float:
        """To what numbers agree: where results are approximations, they agree to less."""
        return max(RTOL, 3 * misconceptions_of(self.pairs[0].trial.call.name).rtol)

    @property
    def words(self) -> str:
        """Which parts are meant, if others are right."""
        where = f", {self.position.words}" if self.position else ""
        if not self.others:
            return where
        return f" in {' and '.join(_part(name) for name in sorted(self.families))}{where} (the rest is right)"


def seen(trials: Sequence[Trial], is_right: Callable[[Array, Array], bool] = near) -> Seen | None:
    """None where results have another structure than the right ones."""
    pairs = []
    for trial in trials:
        got, wanted = parts(trial.reply.result), parts(trial.wanted)
        if trial.reply.error or got.keys() != wanted.keys():
            return None
        pairs += [Pair(trial, path, got[path], wanted[path]) for path in wanted]
    wrong = frozenset(family(p.path) for p in pairs if not is_right(p.got, p.wanted))
    return Seen(
        wrong,
        len({family(p.path) for p in pairs}) > len(wrong),
        tuple(p for p in pairs if family(p.path) in wrong),
    )


def _part(name: str) -> str:
    return f"result{name}" if name.startswith("[") else name


def ideas(trials: Sequence[Trial]) -> Iterator[Probe]:
    """Ideas that these trials, some of them wrong, suggest. Those that do not explain them all are to be dropped."""
    yield _in_another_order()
    found = seen(trials)
    if found is not None and found.pairs:
        yield from _about(found)
        for position in _positions(found):
            inside = tuple(pair for pair in found.pairs if position.has(pair.path, pair.trial))
            yield from _about(replace(found, pairs=inside, position=position))


def _positions(found: Seen) -> Iterator[Position]:
    """Those layers outside of which all is right."""
    for position in POSITIONS if any(layer_of(pair.path) for pair in found.pairs) else ():
        outside = [pair for pair in found.pairs if not position.has(pair.path, pair.trial)]
        if all(near(pair.got, pair.wanted) for pair in outside) and 0 < len(outside) < len(found.pairs):
            yield position


def positions(trials: Sequence[Trial], hidden: Sequence[Trial]) -> list[Position]:
    """The layers in which all that is wrong lies, in the hidden calls as well."""
    found, other = seen(trials), seen(hidden)
    return [p for p in _positions(found) if p in list(_positions(other))] if found and other else []


def _about(found: Seen) -> Iterator[Probe]:
    for one in MAPS:
        hint = THERE if found.words and one.id in FILLED else one.hint
        yield Probe(one.id, f"returns {one.words}{found.words}", hint, _changing(found, one.function))
    if all(pair.got.shape == pair.wanted.shape for pair in found.pairs):
        yield _place_in_a_list(found)
        for make in (_multiple, _exponents, _shifted, _added, _rounded, _cut_off, _flushed):
            yield from make(found)


def _changing(found: Seen, change: Callable[[Array], Any]) -> Fits:
    def predict(trial: Trial) -> Any:
        return changed(trial.wanted, lambda path, a: change(a) if found.covers(path, trial) else a)

    return predicting(predict)


def _multiple(found: Seen) -> Iterator[Probe]:
    """The right result times one number, or times a number that follows from the arguments."""
    factors = [(pair, factor(pair.got, pair.wanted, found.rtol)) for pair in found.pairs]
    known = [(pair, k) for pair, k in factors if k != 0.0]
    if len(known) < 2 or any(k is None for _, k in known):
        return
    ks = np.array([k for _, k in known], dtype=float)
    if np.ptp(ks) <= found.rtol * abs(ks[0]):
        c = float(np.median(ks))
        if abs(c - 1) > found.rtol and abs(c + 1) > found.rtol:
            hint = "Where does this factor come from, or where should one have come from?"
            yield Probe(
                "multiple",
                f"returns {named(c, found.rtol)} times the right result{found.words}",
                hint,
                _changing(found, lambda a: c * a),
            )
        return
    yield from _powers(found, [pair for pair, _ in known], ks)


def _powers(found: Seen, pairs: list[Pair], ks: Array) -> Iterator[Probe]:
    numbers = [features(pair.trial) for pair in pairs]
    for words in numbers[0]:
        if not all(some.get(words, 0.0) for some in numbers):
            continue
        x = np.array([some[words] for some in numbers])
        if len(set(x.tolist())) < 3:
            continue
        for exponent in EXPONENTS if np.all(x > 0) else WHOLE:
            cs = ks / x**exponent
            if np.ptp(cs) <= found.rtol * abs(cs[0]) and is_named(float(cs[0]), found.rtol):
                yield _power(found, words, exponent, float(np.median(cs)))


def _power(found: Seen, words: str, exponent: float, c: float) -> Probe:
    def fits(trial: Trial, alike: Alike) -> bool:
        x = features(trial).get(words)
        if not x:  # beside a zero the right result is zero, too, or infinite
            return trial.is_like(trial.wanted, alike)
        return _changing(found, lambda a: c * x**exponent * a)(trial, alike)

    how = "divided by" if exponent < 0 else "times"
    front = "" if abs(c - 1) <= found.rtol else f"{named(c, found.rtol)} times "
    name = f"returns {front}the right result {how} {power(words, exponent)}{found.words}"
    return Probe("power", name, f"Where does {words} enter, and how often?", fits)


def features(trial: Trial) -> dict[str, float]:
    """The sizes and numbers in a call's arguments, with the words for them; counted once, not to be changed."""
    if "features" not in trial.known:
        trial.known["features"] = _features(trial)
    found: dict[str, float] = trial.known["features"]
    return found


def _features(trial: Trial) -> dict[str, float]:
    found: dict[str, float] = {}
    for name, value in zip(trial.names, trial.arguments, strict=True):
        found |= _numbers_of(name, value)
    return found


def _numbers_of(name: str, value: Any) -> dict[str, float]:
    if isinstance(value, bool):
        return {}
    if isinstance(value, int | float):
        size = {f"|{name}|": abs(value)} if isinstance(value, float) else {}
        near_it = {f"{name} + 1": value + 1.0, f"{name} − 1": value - 1.0, f"2·{name} − 1": 2.0 * value - 1}
        return {name: float(value)} | size | near_it
    if isinstance(value, np.ndarray):
        if value.ndim == 2:
            return {
                f"the number of columns of {name}": value.shape[1],
                f"the number of rows of {name}": value.shape[0],
                f"the number of entries of {name}": value.size,
            }
        return {f"the length of {name}": value.shape[0]} if value.ndim == 1 else {}
    if isinstance(value, dict):
        layers = sum(key.startswith("W") for key in value)
        return {"the number of layers": layers} if layers else {}
    return {f"the number of {name}": len(value)} if isinstance(value, list) else {}


def factor(got: Array, wanted: Array, rtol: float = RTOL) -> float | None:
    """k if `got` is k times `wanted`; 0 if both are zero and tell nothing; None if it is no multiple."""
    size = float(np.max(np.abs(wanted), initial=0.0))
    if size == 0.0 or not np.isfinite(size) or got.shape != wanted.shape:
        return 0.0 if np.array_equal(got, wanted, equal_nan=True) else None
    g, w = got / size, wanted / size
    k = float(np.sum(g * w) / np.sum(w * w))
    if not np.isfinite(k) or k == 0.0:
        return None
    return k if np.linalg.norm(g - k * w) <= rtol * abs(k) * np.linalg.norm(w) else None


EXPONENTS_OF: dict[str, Callable[[float], float]] = {
    "{}": lambda n: n,
    "1/{}": lambda n: 1 / n,
    "{0}/({0} + 1)": lambda n: n / (n + 1),
    "({0} + 1)/{0}": lambda n: (n + 1) / n,
    "{0}/({0} − 1)": lambda n: n / (n - 1),
    "({0} − 1)/{0}": lambda n: (n - 1) / n,
}


def _exponents(found: Seen) -> Iterator[Probe]:
    """A power of the right result, with one exponent or one that follows from the arguments."""
    known = [pair for pair in found.pairs if np.all(pair.wanted > 0) and np.all(pair.got > 0)]
    if len(known) < len(found.pairs) or len(known) < 3:
        return
    ps = []
    for pair in known:
        logs, right = np.log(pair.got), np.log(pair.wanted)
        p = float(np.sum(logs * right) / np.sum(right * right)) if np.any(right) else np.nan
        ps.append(p if np.allclose(logs, p * right, rtol=1e-6, atol=1e-9) else np.nan)
    if np.any(np.isnan(ps)) or np.ptp(ps) == 0 == ps[0] - 1:
        return
    if np.ptp(ps) <= 1e-6:
        yield _to_the(found, named(float(np.median(ps)), 1e-6), lambda _: float(np.median(ps)))
        return
    for words, text in product(features(known[0].trial), EXPONENTS_OF):
        n = [features(pair.trial).get(words, 0.0) for pair in known]
        if not {"+", "−", "·"} & set(words) and min(n) > 1 and len(set(n)) > 2:
            form = EXPONENTS_OF[text]
            if np.allclose([form(x) for x in n], ps, rtol=1e-6):
                yield _to_the(found, text.format(words), partial(_exponent, form, words))


def _exponent(form: Callable[[float], float], words: str, trial: Trial) -> float:
    return form(features(trial)[words])


def _to_the(found: Seen, words: str, exponent: Callable[[Trial], float]) -> Probe:
    def predict(trial: Trial) -> Any:
        p = exponent(trial)
        return changed(trial.wanted, lambda path, a: a**p if found.covers(path, trial) else a)

    hint = "Which root is taken, and over how many steps?"
    name = f"returns the right result to the power {words}{found.words}"
    return Probe("exponent", name, hint, predicting(predict))


def _in_another_order() -> Probe:
    def predict(trial: Trial) -> Any:
        if not isinstance(trial.wanted, list | tuple) or len(trial.wanted) != 2:
            raise Unfit
        return [trial.wanted[1], trial.wanted[0]]

    hint = "Which of the two does the docstring name first?"
    return Probe("order", "returns its two results in the other order", hint, predicting(predict))


def parts_wrong(trials: Sequence[Trial], hidden: Sequence[Trial]) -> list[str]:
    """Which parts of the results go wrong, if others are right, in the hidden calls as well."""
    found, other = seen(trials), seen(hidden)
    same = found is not None and other is not None and found.families == other.families and other.others
    return [found.words.strip()] if found is not None and same and found.others else []


def _shifted(found: Seen) -> Iterator[Probe]:
    """The right result plus one number."""
    shifts = np.concatenate([np.ravel(pair.got.astype(float) - pair.wanted) for pair in found.pairs])
    c = float(shifts[0]) if shifts.size else 0.0
    if (
        np.isfinite(c)
        and abs(c) > 1e-12
        and np.all(np.abs(shifts - c) <= 1e-6 * abs(c))
        and abs(abs(c) - 1) > RTOL
    ):
        hint = "What is added, and does the text ask for it?"
        yield Probe(
            "shifted",
            f"returns the right result plus {named(c, 1e-5)}{found.words}",
            hint,
            _changing(found, lambda a: a + c),
        )


def _added(found: Seen) -> Iterator[Probe]:
    """The right result plus a multiple of an argument, or of the identity."""
    for words in _addends(found.pairs[0]):
        rests = [(pair, _addends(pair).get(words)) for pair in found.pairs if _has_digits(pair)]
        cs = [factor(p.got - p.wanted, a) for p, a in rests if a is not None and a.shape == p.wanted.shape]
        known = [c for c in cs if c]
        if len(known) > 2 and None not in cs and np.ptp(known) <= 1e-5 * abs(known[0]):
            yield _sum(found, words, float(np.median(known)))


def _has_digits(pair: Pair) -> bool:
    """Whether the difference keeps enough digits beside a large result, or there is none."""
    difference = float(np.linalg.norm(pair.got - pair.wanted))
    return difference == 0.0 or difference > 1e-8 * float(np.linalg.norm(pair.wanted))


def _sum(found: Seen, words: str, c: float) -> Probe:
    def predict(trial: Trial) -> Any:
        def at(path: str, a: Array) -> Any:
            more = _addends(Pair(trial, path, a, a)).get(words) if found.covers(path, trial) else None
            return a if more is None or more.shape != a.shape else a + c * more

        return changed(trial.wanted, at)

    what = words if abs(c - 1) < 1e-5 else f"{named(c, 1e-5)} times {words}"
    hint = "What is added, and does the text ask for it?"
    return Probe("added", f"adds {what} to the right result{found.words}", hint, predicting(predict))


def _addends(pair: Pair) -> dict[str, Array]:
    """The arrays that might be added to a part: arguments, the layer's parameter, the identity."""
    found: dict[str, Array] = {}
    for name, value in zip(pair.trial.names, pair.trial.arguments, strict=True):
        if isinstance(value, np.ndarray | float):
            found[name] = np.asarray(value, dtype=np.float64)
        elif isinstance(value, dict) and pair.path.startswith("d"):
            found["the parameter itself"] = np.asarray(value.get(pair.path[1:], np.zeros(0)))
            for key in (pair.path[1:], f"{'b' if pair.path[1] == 'W' else 'W'}{pair.path[2:]}"):
                found[f"{key[0]}^[l]"] = np.asarray(value.get(key, np.zeros(0)))
    if pair.wanted.ndim == 2 and pair.wanted.shape[0] == pair.wanted.shape[1]:
        found["the identity"] = np.eye(len(pair.wanted))
    return found


def _place_in_a_list(found: Seen) -> Probe:
    """Where the right result stands in an argument."""

    def predict(trial: Trial) -> Any:
        for value in trial.arguments:
            if isinstance(value, list) and all(isinstance(x, float) for x in value) and trial.wanted in value:
                return float(value.index(trial.wanted))
        raise Unfit

    hint = "Which does the text ask for: the one chosen, or where it stands?"
    return Probe(
        "place", f"returns the place of the right result in its list{found.words}", hint, predicting(predict)
    )


def _rounded(found: Seen) -> Iterator[Probe]:
    hint = "The text asks for the number itself. Round when you print, not when you compute."
    for digits, how in product(range(1, 13), ("decimals", "digits")):
        change = partial(_to_decimals if how == "decimals" else significant, digits=digits)
        if all(_is_made_by(change, pair) for pair in found.pairs):
            yield Probe(
                "rounded", f"rounds its result to {digits} {how}{found.words}", hint, _changing(found, change)
            )
            return


def _is_made_by(change: Callable[[Array], Array], pair: Pair) -> bool:
    """Whether what came back is the right array, changed entry by entry; a few entries mostly show that it is not."""
    got, wanted = np.ravel(pair.got), np.ravel(pair.wanted)
    some, every = slice(A_FEW), slice(None)
    return all(np.allclose(got[of], change(wanted[of]), rtol=1e-13, atol=0) for of in (some, every))


def _to_decimals(a: Array, digits: int) -> Array:
    return np.asarray(np.round(a, digits))


def significant(a: Array, digits: int) -> Array:
    """Rounded to so many significant digits."""
    text = [f"{value:.{digits - 1}e}" for value in np.ravel(a).tolist()]
    return np.array(list(map(float, text))).reshape(np.shape(a))


def _entries(found: Seen) -> tuple[Array, Array, Array]:
    """All entries that came back, all right ones, and which of them differ."""
    got = np.concatenate([np.ravel(pair.got) for pair in found.pairs]).astype(float)
    wanted = np.concatenate([np.ravel(pair.wanted) for pair in found.pairs]).astype(float)
    differ = ~(np.abs(got - wanted) <= RTOL * np.abs(wanted))
    return got, wanted, differ & np.isfinite(wanted)


def _cut_off(found: Seen) -> Iterator[Probe]:
    """What is beyond a bound is put there."""
    got, wanted, differ = _entries(found)
    bounds = np.unique(np.round(got[differ], 12))
    if not differ.any() or differ.all() or len(bounds) > 2 or not np.all(np.isfinite(bounds)):
        return
    low, high = -np.inf, np.inf
    for bound in bounds.tolist():
        if np.all(wanted[differ & (np.round(got, 12) == bound)] > bound):
            high = bound
        else:
            low = bound
    if low == 0.0 == max(bounds, key=abs) or not np.allclose(
        np.clip(wanted, low, high), got, rtol=1e-6, atol=0
    ):
        return
    where = (
        f"at {high:g}" if low == -np.inf else f"at {low:g}" if high == np.inf else f"at {low:g} and {high:g}"
    )
    hint = "Does anybody ask for a bound? What is beyond it may be right."
    yield Probe(
        "cut_off",
        f"cuts its result off {where}{found.words}",
        hint,
        _changing(found, lambda a: np.clip(a, low, high)),
    )


def _flushed(found: Seen) -> Iterator[Probe]:
    """What is small is taken for 0."""
    got, wanted, differ = _entries(found)
    kept = np.abs(wanted[~differ & (wanted != 0)])
    if not differ.any() or np.any(got[differ] != 0) or not kept.size:
        return
    lost = float(np.max(np.abs(wanted[differ])))
    least = float(np.min(kept))
    if not lost < least:
        return

    def fits(trial: Trial, alike: Alike) -> bool:
        bound = (lost * least) ** 0.5
        return predicting(lambda t: changed(t.wanted, lambda _, a: np.where(np.abs(a) < bound, 0.0, a)))(
            trial, alike
        )

    hint = "At depth 150 a right signal may be as small as 1e-45. What does your code take for 0?"
    yield Probe(
        "flushed",
        f"puts 0 for right results as small as {lost:.0e}, where those from {least:.0e} on are kept{found.words}",
        hint,
        fits,
    )
