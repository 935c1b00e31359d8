"""Turning a fresh child of the fork server into a worker that reaches nothing but its socket.

Everything happens after the fork and before any byte of a student is read. Any failure raises: fail closed.
"""

import errno
import os
import resource
import signal
import socket
from collections.abc import Callable
from dataclasses import dataclass

from . import kernel
from .landlock import Ruleset
from .seccomp import Filter

CONNECTION = 3  # the worker's end of the socket; 0 to 2 are /dev/null
CAP_DAC_READ_SEARCH = 2
_NO_SUCH_CAPABILITY = 64


@dataclass(frozen=True)
class Identity:
    """Whom a worker runs as. `capabilities` are what it keeps; None for `user` means: as the fork server."""

    user: int | None = None
    capabilities: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Walls:
    """All that hardening needs, prepared once in the fork server: building it costs more than wearing it."""

    identity: Identity
    ruleset: Ruleset
    filter: Filter
    limits: tuple[tuple[int, tuple[int, int]], ...]


def harden(walls: Walls, connection: int) -> None:
    """Put up every wall. The order matters: a change of user resets the parent-death signal, the ruleset is a
    descriptor, and the filter refuses what all of these need.
    """
    os.setsid()
    take_identity(walls.identity)
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
    kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
    kernel.prctl(kernel.PR_SET_DUMPABLE, 0)
    for name, values in walls.limits:
        resource.setrlimit(name, values)
    walls.ruleset.restrict_self()
    _keep_descriptors(connection)
    walls.filter.install()
    _prove()


def take_identity(identity: Identity) -> None:
    """Become the worker's user and drop every capability but the ones named."""
    if identity.user is not None:
        kernel.prctl(kernel.PR_SET_KEEPCAPS, 1)
        os.setgroups([])
        os.setresgid(identity.user, identity.user, identity.user)
        os.setresuid(identity.user, identity.user, identity.user)
    kernel.set_capabilities(identity.capabilities)


def drop_bounding_set() -> None:
    """No child may regain a capability by executing something. Harmless to lack: exec is refused anyway."""
    for capability in range(_NO_SUCH_CAPABILITY):
        try:
            kernel.prctl(kernel.PR_CAPBSET_DROP, capability)
        except OSError as error:
            if error.errno in (errno.EINVAL, errno.EPERM):  # past the last one; or not ours to drop
                return
            raise


def limits(address_space: int, processor_seconds: int) -> tuple[tuple[int, tuple[int, int]], ...]:
    """What `setrlimit` takes, for the limits of this process and of its children; no hard limit is raised."""
    wanted = {
        resource.RLIMIT_AS: address_space,
        resource.RLIMIT_CPU: processor_seconds,  # for when the grader, whose clock decides, is stopped
        resource.RLIMIT_STACK: 16 << 20,
        resource.RLIMIT_NOFILE: 64,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_MEMLOCK: 0,
        resource.RLIMIT_NPROC: 0,
    }
    return tuple((name, (_within(name, value),) * 2) for name, value in wanted.items())


def _within(name: int, value: int) -> int:
    hard = resource.getrlimit(name)[1]
    return value if hard == resource.RLIM_INFINITY else min(value, hard)


def _keep_descriptors(connection: int) -> None:
    """0 to 2 are /dev/null — nobody reads what a student prints — and 3 is the socket."""
    null = os.open(os.devnull, os.O_RDWR)
    for number in range(CONNECTION):
        os.dup2(null, number)
    os.dup2(connection, CONNECTION)
    os.closerange(CONNECTION + 1, 1 << 16)


def _prove() -> None:
    """A wall that lets one of these through is no wall, whatever its system call returned."""
    attempts: tuple[Callable[[], None], ...] = (
        lambda: socket.socket().close(),
        lambda: os.close(os.open("/", os.O_RDONLY)),
    )
    for attempt in attempts:
        try:
            attempt()
        except OSError:
            continue
        raise OSError(errno.EPERM, "a wall does not hold")
