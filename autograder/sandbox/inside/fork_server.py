"""The fork server: numpy loaded once, one BLAS thread, nothing secret; it forks a worker for each submission.

It never sees a submission: the worker's socket is passed through to the worker. Its control socket is
strictly "one request, one reply", so it waits for nothing but the grader.

    started   -> hello and a pidfd of the fork server; the grader measures it and sends Terms as JSON
    ready     -> b"+", or b"-" and a reason
    b"fork"   (with the worker's end of a socket pair)  -> pid (with a pidfd)
    b"reap"   and a pid, which the grader has killed    -> wait status, microseconds of processor time
"""

import contextlib
import ctypes
import gc
import importlib
import json
import os
import pwd
import signal
import socket
import sys
from collections.abc import Callable
from functools import partial
from typing import Any

from . import kernel, readable
from .control import EXIT, FAILED, FORK, PID, READY
from .harden import (
    CAP_DAC_READ_SEARCH,
    CONNECTION,
    Identity,
    Walls,
    drop_bounding_set,
    harden,
    limits,
    take_identity,
)

# What notebooks import; loaded once here rather than by each of them.
_PRELOADED = (
    "numpy.random", "numpy.linalg", "numpy.fft", "numpy.polynomial", "msgpack", "math", "cmath", "random",
    "itertools", "functools", "collections", "typing", "dataclasses", "fractions", "decimal", "statistics",
    "operator", "copy", "re", "time", "json", "warnings", "string", "contextlib", "abc", "enum", "inspect",
    "traceback", "ctypes",
)  # fmt: skip
_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3  # glibc's names for them


def main(control: str, site: str) -> None:
    """`control`: number of the socket's descriptor; `site`: JSON list of the folders that numpy lies in."""
    channel = socket.socket(fileno=int(control))
    _load_libraries(json.loads(site))
    socket.send_fds(channel, [b"hello"], [os.pidfd_open(os.getpid())])
    terms = json.loads(channel.recv(1 << 16))
    try:
        walls = _prepare(terms)
    except Exception as error:
        channel.send(FAILED + str(error).encode()[:2000])
        return
    channel.send(READY)
    _serve(channel, walls)


def _load_libraries(site: list[str]) -> None:
    """Import with the site folders on the path, then forget them: the grader may be installed there.

    What modules do in each child is left out: `random` would draw a new seed, and the rest is about threads.
    """
    real, os.register_at_fork = os.register_at_fork, lambda **_: None
    sys.path.extend(site)
    for name in ("numpy", "scipy", *_PRELOADED, "inside.transformer"):
        importlib.import_module(name)
    for folder in site:
        sys.path.remove(folder)
        sys.path_importer_cache.pop(folder, None)
    importlib.import_module("inside.worker")
    os.register_at_fork = real
    import random

    import numpy as np

    np.ones((64, 64)) @ np.ones((64, 64))  # BLAS takes its memory at the first product
    # A student who draws from the global state gets the same draws, and the same grade, in every run. The seed is
    # none that students take: a function that seeds with it would leave no trace.
    random.seed(0)
    np.random.seed(2_718_281_828)


def _prepare(terms: dict[str, Any]) -> Walls:
    from . import seccomp
    from .landlock import Ruleset

    paths = [*readable.standard_library(), *readable.shared_libraries(), *terms["packages"]]
    identity = _identity([os.path.dirname(os.__file__), *terms["packages"]])
    drop_bounding_set()
    kernel.prctl(kernel.PR_SET_DUMPABLE, 0)
    ruleset = Ruleset(paths, writable=[os.devnull])
    program = seccomp.Filter(seccomp.filter_for_this_machine())
    kernel.capability_words(identity.capabilities)
    return Walls(identity, ruleset, program, limits(terms["address_space"], terms["seconds"]))


def _identity(needed: list[str]) -> Identity:
    """The weakest user that can still import lazily.

    An interpreter below a home of mode 0700 cannot be reached by another user. Then the worker keeps the
    capability to read (Landlock still confines what), or, where a container withholds even that one, it
    stays root without any capability: an ordinary owner of root's files.
    """
    if os.geteuid() != 0:
        return Identity()
    user = _unused_user()
    for identity in (Identity(user), Identity(user, frozenset({CAP_DAC_READ_SEARCH})), Identity()):
        if _can_read(identity, needed):
            return identity
    raise PermissionError(f"no user but this one can read {needed[0]}")


def _unused_user() -> int:
    return next(number for number in range(65000, 1000, -1) if not _is_taken(number))


def _is_taken(user: int) -> bool:
    try:
        pwd.getpwuid(user)
    except KeyError:
        return False
    return True


def _can_read(identity: Identity, needed: list[str]) -> bool:
    """Really tried, in a throw-away child: modes, access lists and mounts all have a say."""
    pid = os.fork()
    if pid == 0:
        try:
            take_identity(identity)
            for folder in needed:
                os.listdir(folder)
            os._exit(0)
        except BaseException:
            os._exit(1)
    return os.waitpid(pid, 0)[1] == 0


def _serve(channel: socket.socket, walls: Walls) -> None:
    from .worker import prepare, serve

    be_notebook = partial(serve, prepare())
    gc.collect()
    _tidy()
    gc.freeze()  # the collector of a worker must not touch, and so copy, our pages
    gc.disable()
    while True:
        request, descriptors, _, _ = socket.recv_fds(channel, 64, 1)
        if not request:
            return  # the grader is gone, and with us go the workers: parent-death signal
        if request == FORK:
            _fork(channel, walls, descriptors[0], be_notebook)
        else:
            _reap(channel, *PID.unpack(request[-PID.size :]))


def _tidy() -> None:
    """Give back what is free. What is not joined together now, each worker would join, and copy the pages of.

    From here on memory that is freed stays for the next array of its size, which would be mapped and zeroed anew.
    """
    libc = ctypes.CDLL(None)
    with contextlib.suppress(AttributeError):  # not every C library has them
        libc.malloc_trim(0)
        for option in (_TRIM_THRESHOLD, _MMAP_THRESHOLD):
            libc.mallopt(option, 32 << 20)


def _fork(channel: socket.socket, walls: Walls, connection: int, serve: Callable[[], None]) -> None:
    pid = os.fork()
    if pid == 0:
        _become_worker(walls, connection, serve)
    os.close(connection)
    pidfd = os.pidfd_open(pid)
    socket.send_fds(channel, [PID.pack(pid)], [pidfd])
    os.close(pidfd)


def _become_worker(walls: Walls, connection: int, serve: Callable[[], None]) -> None:
    try:
        try:
            harden(walls, connection)
        except BaseException as error:
            _confess(connection, FAILED + str(error).encode()[:500])
            return
        os.write(CONNECTION, READY)  # whatever happens after this is the submission's doing
        serve()
    finally:
        os._exit(1)  # never return into the fork server's loop


def _confess(connection: int, reason: bytes) -> None:
    try:
        os.write(connection, reason)
    except OSError:  # hardening had got as far as renumbering it
        os.write(CONNECTION, reason)


def _reap(channel: socket.socket, pid: int) -> None:
    os.kill(pid, signal.SIGKILL)
    _, status, usage = os.wait4(pid, 0)
    channel.send(EXIT.pack(status, int((usage.ru_utime + usage.ru_stime) * 1e6)))
