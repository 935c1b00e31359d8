"""Tries single layers for the probe: each in a throw-away child, and each by what it must refuse."""

import json
import os
import socket
from collections.abc import Callable

from . import kernel, seccomp
from .landlock import Ruleset, abi


def main() -> None:
    """Print {layer: null or why it does not hold} as JSON."""
    print(json.dumps({"landlock": _tried(_landlock), "seccomp": _tried(_seccomp)}))


def _landlock() -> str | None:
    abi()  # raises the kernel's own reason where there is no Landlock
    Ruleset([os.path.dirname(os.__file__)]).restrict_self()
    try:
        os.open("/", os.O_RDONLY)
    except PermissionError:
        return None
    return "it was applied and refused nothing"


def _seccomp() -> str | None:
    seccomp.install(seccomp.filter_for_this_machine())
    try:
        socket.socket()
    except PermissionError:
        return None
    return "it was applied and refused nothing"


def _tried(layer: Callable[[], str | None]) -> str | None:
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
            why = layer() or ""
        except BaseException as error:
            why = str(error) or type(error).__name__
        os.write(writing, why.encode()[:500])
        os._exit(0)
    status = os.waitpid(pid, 0)[1]
    os.close(writing)
    why = os.read(reading, 500).decode(errors="replace")
    return why or (None if status == 0 else "the kernel ended the process that tried it")
