"""Requests for calls, encoded once: hidden inputs are the same for a whole class."""

import threading
from collections.abc import Hashable, Sequence
from typing import Any

from .inside.wire import Arguments, Frame, Function, Rng, Value, frame
from .limits import LINES

_KEPT = 512  # several times the batches of all assignments, and few of them are large
_BY_VALUE = (bool, int, str, Rng, Function, type(None))


class Requests:
    """The frames of the batches that were asked last, found again by the identity of the arguments.

    The arguments are kept, so that no identity is given away twice, and must not change: see `Cases.once`.
    """

    def __init__(self) -> None:
        self._known: dict[Hashable, tuple[Sequence[tuple[Value, ...]], Frame]] = {}
        self._again: dict[int, tuple[Sequence[tuple[Value, ...]], tuple[str, int, int], Frame]] = {}
        self._lock = threading.Lock()

    def calls(self, name: str, batch: Sequence[tuple[Value, ...]], size: int, total: int) -> Frame:
        """The request to call this function once for each tuple of arguments."""
        with self._lock:
            again = self._again.get(id(batch))
        if again and again[0] is batch and again[1] == (name, size, total):
            return again[2]
        key = name, size, total, tuple([tuple([_identity(a) for a in arguments]) for arguments in batch])
        with self._lock:
            kept = self._known.pop(key, None)
            if kept is None:
                request = {"name": name, "batch": list(map(Arguments, batch)), "size": size, "total": total}
                kept = batch, frame(request, to_worker=True)
                self._again[id(batch)] = batch, (name, size, total), kept[1]
            self._known[key] = kept  # the last in the row
            if len(self._known) > _KEPT:
                oldest, _ = self._known.pop(next(iter(self._known)))
                self._again.pop(id(oldest), None)
        return kept[1]


def trying(name: str, sources: Sequence[str], batch: list[tuple[Value, ...]], size: int) -> dict[str, Any]:
    """The request to call what each of the sources makes of this function; each may run so many lines."""
    return {"try": list(sources), "lines": LINES, "name": name, "batch": batch, "size": size, "total": size}


def _identity(value: Value) -> Hashable:
    """Equal only for what is the same on the wire; True is not 1, and 0.0 is not -0.0."""
    kind = type(value)
    if kind in _BY_VALUE:
        return kind, value
    return value.hex() if isinstance(value, float) and kind is float else id(value)
