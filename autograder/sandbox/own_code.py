"""Grading without isolation: the same interface, in this process. For code that the grader's owner trusts."""

import contextlib
import os
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from .inside.answer import answer
from .inside.cells import Notebook, notebook_module
from .inside.decoder import Decoder
from .inside.given import decode
from .inside.stand_ins import LIBRARIES, install
from .inside.wire import HEADER, Array, Bounds, Value, frame, raw
from .isolation import Isolation
from .limits import Limits, Spent
from .outcome import Cell, CellError, Edit, Raised, Reply, Workbench
from .replies import cell_error, edits, raised, replies, tried
from .requests import trying

_CAUGHT = (Exception, SystemExit)  # Ctrl-C is the owner's, and the only way out of an endless loop here


class OwnCode:
    """Used like a Sandbox, but keeps nothing apart and ends nothing that hangs."""

    isolation = Isolation.NONE

    def open(self, cells: Sequence[Cell], spent: Spent | None = None) -> Workbench:  # noqa: ARG002 — as Sandbox
        """Run the cells, in order, here; nothing is limited."""
        return _OwnSession(Notebook(notebook_module()), cells)

    @staticmethod
    def of(namespace: Mapping[str, Callable[..., object]]) -> Workbench:
        """A session over plain functions; arguments and results change as they would on the wire."""
        notebook = Notebook(notebook_module())
        notebook.namespace.update(namespace)
        return _OwnSession(notebook, ())

    def close(self) -> None:
        """Nothing is held."""

    def __enter__(self) -> "OwnCode":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class _OwnSession(Workbench):
    def __init__(self, notebook: Notebook, cells: Sequence[Cell]) -> None:
        self._notebook = notebook
        loaded = [cell_error(cell.number, self._ask(cell.request)) for cell in cells]
        self._errors = tuple(error for error in loaded if error)

    @property
    def errors(self) -> tuple[CellError, ...]:
        """Cells that raised."""
        return self._errors

    def calls(self, name: str, batch: Sequence[tuple[Value, ...]]) -> list[Reply]:
        """One after the other, here."""
        limits = Limits()
        request = {"name": name, "batch": list(batch), "size": limits.result, "total": limits.batch}
        return replies(batch, self._ask(request))

    def words_of(self, name: str, arguments: tuple[Value, ...]) -> Raised | None:
        """As the worker would answer."""
        return raised(self._ask({"words": name, "arguments": list(arguments)}))

    def edits(self, sources: Sequence[str], names: Sequence[str], right: Sequence[str]) -> list[Edit]:
        """As the worker would answer."""
        return edits(sources, self._ask({"edit": list(sources), "names": list(names), "right": list(right)}))

    def tries(
        self, name: str, sources: Sequence[str], batch: Sequence[tuple[Value, ...]]
    ) -> list[list[Reply]]:
        """As the worker would answer."""
        size, calls = Limits().result, list(batch)
        request = trying(name, sources, calls, size)
        return tried(len(sources), calls, self._ask(request))

    def define(self, source: str) -> None:
        """Run it, here."""
        self._ask(Cell(0, source).request)

    def close(self) -> None:
        """Nothing is held."""

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """As the worker would answer: both ways through the codec, so that the two cannot drift apart."""
        with _quiet(), _stand_ins():
            return _received(answer(self._notebook, _given(request), _CAUGHT))


def _given(request: dict[str, Any]) -> dict[str, Any]:
    """What arrives in a worker."""
    head, *large = frame(request, to_worker=True)
    received, pending = decode(bytes(head[HEADER.size :]))
    _fill(pending, large)
    return received


def _received(reply: Value) -> dict[str, Any]:
    """What arrives of its reply."""
    head, *large = frame(reply)
    decoder = Decoder(Bounds(1 << 32))
    received = decoder.decode(bytes(head[HEADER.size :]))
    _fill(decoder.pending, large)
    assert isinstance(received, dict)
    return received


def _fill(pending: Sequence[Array], contents: Sequence[bytes | memoryview]) -> None:
    for array, content in zip(pending, contents, strict=True):
        raw(array)[:] = content


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    with open(os.devnull, "w") as nowhere, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with contextlib.redirect_stdout(nowhere), contextlib.redirect_stderr(nowhere):
            yield


@contextlib.contextmanager
def _stand_ins() -> Iterator[None]:
    """Inert plotting while the student's code runs; the real libraries are back afterwards."""
    real = {name: sys.modules[name] for name in _loaded()}
    finder = install()
    for name in real:
        del sys.modules[name]
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
        for name in _loaded():
            del sys.modules[name]
        sys.modules.update(real)


def _loaded() -> list[str]:
    """Such libraries and their parts. No part is there without its library, and mostly there is none."""
    if not any(name in sys.modules for name in LIBRARIES):
        return []
    return [name for name in sys.modules if name.partition(".")[0] in LIBRARIES]
