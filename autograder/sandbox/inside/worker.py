"""The worker's loop: take a request, answer it, for ever. The grader ends it by a signal, never by a word."""

import gc
import os
import sys
import warnings

from .answer import answer
from .cells import Notebook, notebook_module
from .control import OUT_OF_MEMORY
from .decoder import Decoder
from .harden import CONNECTION
from .stand_ins import install
from .wire import FROM_GRADER, HEADER, Value, frame, raw


def serve() -> None:
    """Become the notebook: `__main__` is the student's from here on."""
    module = notebook_module()
    notebook = Notebook(module)
    sys.modules["__main__"] = module
    sys.argv[:] = ["notebook"]
    sys.stdin = open(0, closefd=False)  # noqa: SIM115 — for as long as the process lives
    sys.stdout = sys.stderr = open(1, "w", errors="replace", closefd=False)  # noqa: SIM115
    warnings.simplefilter("ignore")
    install()
    gc.enable()
    try:
        while True:
            request = _receive()
            _send({"id": request["id"], **answer(notebook, request, caught=(BaseException,))})
    except MemoryError:
        os._exit(OUT_OF_MEMORY)


def _receive() -> dict[str, Value]:
    (length,) = HEADER.unpack(_filled(bytearray(HEADER.size)))
    decoder = Decoder(FROM_GRADER)
    request = decoder.decode(bytes(_filled(bytearray(length))))
    for array in decoder.pending:
        _filled(raw(array))
    assert isinstance(request, dict)
    return request


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
