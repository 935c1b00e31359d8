"""The hidden inputs of an exercise."""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import numpy as np

from autograder.sandbox import Rng

T = TypeVar("T")
USUAL_RANGES = sorted({10**k for k in range(1, 19)} | {2**k - 1 for k in range(1, 64)})  # of random integers
T_co = TypeVar("T_co", covariant=True)


def sizes(rng: np.random.Generator, number: int, most: int, least: int = 2) -> list[int]:
    """So many sizes from `least` to `most`, all different: a transpose or a wrong axis cannot hide."""
    drawn: list[int] = rng.permutation(np.arange(least, most + 1))[:number].tolist()
    return drawn


def still(rng: np.random.Generator) -> Rng:
    """A generator that stands still, so that a right result follows from what is drawn, in whatever order.

    The lowest 16 bits of each half are 0: integers up to 2^16 are, and for normal numbers NumPy stays in the ziggurat's
    widest layer, where 29 bits make the number, 0.7 to 1.3. Uniform numbers are about 0.65. Where NumPy
    draws again until a number fits, as for integers, it would do so for ever: not here, for the usual ranges.
    """
    while True:
        word = 5 << 29 | int(rng.uniform(0.18, 0.33) * 2**29) >> 16 << 16
        if not any(_draws_for_ever(word, n) for n in USUAL_RANGES):
            return Rng(word, still=True)


def _draws_for_ever(word: int, n: int) -> bool:
    """Whether integers below n come from no such word, by Lemire's method, which NumPy uses."""
    bits = 32 if n < 2**32 else 64
    drawn = word if bits == 32 else word << 32 | word
    return bool(drawn * n % (1 << bits) < ((1 << bits) - n) % n)


@dataclass(frozen=True)
class Labelled(Generic[T_co]):
    """A function that makes hidden inputs. With the secret its label decides what is drawn, and keeps it."""

    label: str
    make: Callable[[np.random.Generator], T_co]

    def __call__(self, rng: np.random.Generator) -> T_co:
        """What it makes of these draws."""
        return self.make(rng)


def labelled(label: str) -> Callable[[Callable[[np.random.Generator], T]], Labelled[T]]:
    """Give a function that makes hidden inputs its label, which is unique in the exercise."""
    return lambda make: Labelled(label, make)


class Cases:
    """Inputs that nobody can guess without the secret, the same for a whole class and on a regrade.

    One object serves an exercise for a whole batch, so that reference results are computed once.
    """

    def __init__(self, secret: bytes, exercise: str) -> None:
        self._secret = secret
        self._exercise = exercise
        self._made: dict[str, tuple[Labelled[Any], Any]] = {}

    def seed(self, label: str) -> int:
        """A seed of 63 bits that follows from the secret, the exercise and `label`."""
        digest = hmac.digest(self._secret, f"{self._exercise}/{label}".encode(), hashlib.sha256)
        return int.from_bytes(digest[:8], "little") >> 1

    def rng(self, label: str) -> np.random.Generator:
        """A fresh generator, seeded with `seed(label)`."""
        return np.random.default_rng(self.seed(label))

    def once(self, make: Labelled[T]) -> T:
        """What `make` makes, on first use, and kept; checks must not change it."""
        if make.label not in self._made:
            self._made[make.label] = make, make(self.rng(make.label))
        known, made = self._made[make.label]
        if known != make:
            raise ValueError(f"two kinds of cases of {self._exercise} have the label {make.label!r}")
        value: T = made
        return value
