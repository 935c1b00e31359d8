"""The hidden inputs of an exercise."""

import hashlib
import hmac
from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np

T = TypeVar("T")


def sizes(rng: np.random.Generator, number: int, most: int, least: int = 2) -> list[int]:
    """So many sizes from `least` to `most`, all different: a transpose or a wrong axis cannot hide."""
    drawn: list[int] = rng.permutation(np.arange(least, most + 1))[:number].tolist()
    return drawn


class Cases:
    """Inputs that nobody can guess without the secret, the same for a whole class and on a regrade.

    One object serves an exercise for a whole batch, so that reference results are computed once.
    """

    def __init__(self, secret: bytes, exercise: str) -> None:
        self._secret = secret
        self._exercise = exercise
        self._made: dict[Callable[..., Any], Any] = {}

    def seed(self, label: str) -> int:
        """A seed of 63 bits that follows from the secret, the exercise and `label`."""
        digest = hmac.digest(self._secret, f"{self._exercise}/{label}".encode(), hashlib.sha256)
        return int.from_bytes(digest[:8], "little") >> 1

    def rng(self, label: str) -> np.random.Generator:
        """A fresh generator, seeded with `seed(label)`."""
        return np.random.default_rng(self.seed(label))

    def once(self, make: Callable[[np.random.Generator], T]) -> T:
        """What `make(rng)` returns, made on first use and kept; checks must not change it."""
        if make not in self._made:
            self._made[make] = make(self.rng(make.__name__))
        made: T = self._made[make]
        return made
