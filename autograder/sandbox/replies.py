"""Reading what a worker answered. Nothing is believed: each field is accepted, or the session is over."""

import builtins
import re
import sys
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

import numpy as np

from .inside.wire import ProtocolError, Value
from .outcome import CellError, Edit, Raised, Reply

_MAX_MESSAGE = 200
_ARRAY = 128  # bytes of an array beside its numbers
_EXCEPTIONS = {n for n, c in vars(builtins).items() if isinstance(c, type) and issubclass(c, BaseException)}
_ERRORS = _EXCEPTIONS | {"other", "missing", "replaced", "unsupported", "stub"}


def cell_error(number: int, reply: dict[str, Any]) -> CellError | None:
    """What a cell's reply says, its words mapped and cleaned."""
    match reply:
        case {"error": None, **rest} if not rest:
            return None
        case {"error": [str(kind), str(message)], **rest} if not rest:
            return CellError(number, kind if kind in _EXCEPTIONS else "Error", clean(message))
    raise ProtocolError("not the reply to a cell")


def raised(reply: dict[str, Any]) -> Raised | None:
    """What a call raised, its words mapped and cleaned."""
    match reply:
        case {"raised": None, **rest} if not rest:
            return None
        case {"raised": [str(kind), str(message), int(cell), int(line)], **rest} if not rest:
            return Raised(
                kind if kind in _EXCEPTIONS else "Error", clean(message), max(0, cell), max(0, line)
            )
    raise ProtocolError("not the reply to a call for its words")


def replies(batch: Sequence[tuple[Any, ...]], reply: dict[str, Any]) -> list[Reply]:
    """One Reply for each call of the batch."""
    match reply:
        case {"replies": list(items), **rest} if not rest and len(items) == len(batch):
            return [_reply(item, len(arguments)) for item, arguments in zip(items, batch, strict=True)]
    raise ProtocolError("not the reply to a batch")


def edits(sources: Sequence[str], reply: dict[str, Any]) -> list[Edit]:
    """The edits, each of which lies within its text."""
    match reply:
        case {"places": np.ndarray() as places, "texts": list(texts), **rest} if not rest:
            if places.dtype == np.int64 and places.shape == (len(texts), len(fields(Edit)) - 1):
                return [_edit(sources, *row, text) for row, text in zip(places.tolist(), texts, strict=True)]
    raise ProtocolError("not the reply to a request for edits")


def _edit(sources: Sequence[str], *parts: Any) -> Edit:
    edit = Edit(*parts)
    if 0 <= edit.cell < len(sources) and type(edit.text) is str:
        size = len(sources[edit.cell])
        if 0 <= edit.first <= edit.start <= edit.end <= edit.last <= size and 0 < edit.line <= size:
            return edit
    raise ProtocolError("not an edit")


def tried(count: int, batch: Sequence[tuple[Any, ...]], reply: dict[str, Any]) -> list[list[Reply]]:
    """The replies to a batch for each of so many definitions; to one that did not run, a single one."""
    match reply:
        case {"tried": list(items), **rest} if not rest and len(items) == count:
            return [_of_definition(item, batch) for item in items]
    raise ProtocolError("not the reply to a trial")


def _of_definition(items: Any, batch: Sequence[tuple[Any, ...]]) -> list[Reply]:
    if not isinstance(items, list) or len(items) > len(batch):
        raise ProtocolError("not the replies to a batch")
    return [
        _reply([*item, False] if isinstance(item, list) else item, len(arguments))
        for item, arguments in zip(items, batch, strict=False)
    ]


def weight(value: Value) -> int:
    """Bytes that a decoded value takes here, about: arrays own their numbers, texts may be wide."""
    total, rest = 0, [value]
    while rest:
        part = rest.pop()
        if isinstance(part, np.ndarray):
            total += part.nbytes + _ARRAY
            continue
        total += sys.getsizeof(part)
        if isinstance(part, list):
            rest += part
        elif isinstance(part, dict):
            rest += [*part, *part.values()]
    return total


def _reply(item: Any, arguments: int) -> Reply:
    match item:
        case [result, None, list(modified), bool(reseeded)] if _are_positions(modified, arguments):
            return Reply(result, None, tuple(modified), reseeded)
        case [None, str(error), list(modified), bool(reseeded)] if _are_positions(modified, arguments):
            error, where = _stub(error)
            return Reply(None, error if error in _ERRORS else "other", tuple(modified), reseeded, where)
    raise ProtocolError("not the reply to a call")


def _stub(error: str) -> tuple[str, str | None]:
    """'stub in f' as 'stub' and f: another function than the one that was called raised NotImplementedError."""
    found = re.fullmatch(r"stub in (\w{1,80})", error)
    return ("stub", found[1]) if found else (error, None)


def _are_positions(items: list[Any], arguments: int) -> bool:
    return len(items) <= arguments and all(type(i) is int and 0 <= i < arguments for i in items)


def clean(text: str) -> str:
    """Printable, on one line, short. Control characters and marks that turn writing round become spaces."""
    shown = "".join(c if c.isprintable() else " " for c in text[:_MAX_MESSAGE])
    return " ".join(shown.split())
