"""The worker's loop: take a request, answer it, for ever. The grader ends it by a signal, never by a word."""

import gc
import importlib
import os
import sys
import warnings
from typing import Any

from .answer import answer
from .cells import Notebook, notebook_module
from .control import OUT_OF_MEMORY
from .given import decode
from .harden import CONNECTION
from .stand_ins import install
from .wire import HEADER, NUMBER, Value, frame, raw


def prepare() -> Notebook:
    """Make this process ready to become a notebook, `__main__` included; done once, in the fork server."""
    module = notebook_module()
    sys.modules["__main__"] = module
    sys.argv[:] = ["notebook"]
    sys.stdin = open(0, closefd=False)  # noqa: SIM115 — for as long as the process lives
    sys.stdout = open(1, "w", errors="replace", closefd=False)  # noqa: SIM115
    warnings.simplefilter("ignore")
    install()
    importlib.import_module("matplotlib.pyplot")  # a stand-in, which nearly every notebook imports
    return Notebook(module)


def serve(notebook: Notebook) -> None:
    """Be the notebook: it is the student's from here on."""
    sys.stderr = sys.stdout
    gc.enable()
    try:
        while True:
            number, request = _receive()
            _send({"id": number, **answer(notebook, request, caught=(BaseException,))})
    except MemoryError:
        os._exit(OUT_OF_MEMORY)


def _receive() -> tuple[int, dict[str, Any]]:
    head = _filled(bytearray(NUMBER.size + HEADER.size))
    (number,), (length,) = NUMBER.unpack_from(head), HEADER.unpack_from(head, NUMBER.size)
    request, pending = decode(_filled(bytearray(length)))
    for array in pending:
        _filled(raw(array))
    return number, request


def _filled(buffer: bytearray | memoryview) -> bytearray | memoryview:
    view = memoryview(buffer)
    while view:
        count = os.readv(CONNECTION, [view])
        if count == 0:
            os._exit(0)  # the grader is gone
        view = view[count:]
    return buffer


def _send(reply: Value) -> None:
    for part in frame(reply):
        view = memoryview(part)
        while view:
            view = view[os.write(CONNECTION, view) :]
