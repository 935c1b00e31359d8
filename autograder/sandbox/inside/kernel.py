"""The few calls of the C library that Python has no name for."""

import ctypes
import os
from functools import cache
from typing import Any

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_KEEPCAPS = 1, 4, 8
PR_SET_SECCOMP, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS = 22, 24, 38

_libc = ctypes.CDLL(None, use_errno=True)
_libc.syscall.restype = ctypes.c_long
_libc.syscall.argtypes = [ctypes.c_long, *[ctypes.c_ulong] * 6]
_libc.prctl.argtypes = [ctypes.c_int, *[ctypes.c_ulong] * 4]


def prctl(option: int, *arguments: int) -> None:
    """`prctl(2)`; raises OSError where the C library only returns -1."""
    if _libc.prctl(option, *(*arguments, 0, 0, 0, 0)[:4]) < 0:
        raise _error(f"prctl {option}")


def system_call(number: int, *arguments: int) -> int:
    """`syscall(2)` with every argument passed as a full machine word."""
    result: int = _libc.syscall(number, *(*arguments, 0, 0, 0, 0, 0, 0)[:6])
    if result < 0:
        raise _error(f"system call {number}")
    return result


def set_capabilities(kept: frozenset[int]) -> None:
    """Hold exactly these capabilities, in this process and in nothing it might become."""
    if _libc.capset(*capability_words(kept)) < 0:
        raise _error("capset")


@cache
def capability_words(kept: frozenset[int]) -> tuple[Any, Any]:
    """What capset(2) takes: its header, and these capabilities as effective and permitted ones."""
    version_3 = 0x20080522
    words = [sum(1 << (c - 32 * half) for c in kept if c // 32 == half) for half in (0, 1)]
    data = [number for word in words for number in (word, word, 0)]
    return (ctypes.c_uint32 * 2)(version_3, 0), (ctypes.c_uint32 * 6)(*data)


def _error(what: str) -> OSError:
    error = ctypes.get_errno()
    return OSError(error, f"{what}: {os.strerror(error)}")
