"""The few calls of the C library that Python has no name for."""

import ctypes
import os

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_KEEPCAPS = 1, 4, 8
PR_SET_SECCOMP, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS = 22, 24, 38

_libc = ctypes.CDLL(None, use_errno=True)
_libc.syscall.restype = ctypes.c_long


def prctl(option: int, *arguments: int) -> None:
    """`prctl(2)`; raises OSError where the C library only returns -1."""
    padded = (*arguments, 0, 0, 0, 0)[:4]
    _checked(_libc.prctl(option, *map(ctypes.c_ulong, padded)), f"prctl {option}")


def system_call(number: int, *arguments: int) -> int:
    """`syscall(2)` with every argument passed as a full machine word."""
    result = _libc.syscall(ctypes.c_long(number), *map(ctypes.c_ulong, arguments))
    return _checked(result, f"system call {number}")


def set_capabilities(kept: frozenset[int]) -> None:
    """Hold exactly these capabilities, in this process and in nothing it might become."""
    version_3 = 0x20080522
    header = (ctypes.c_uint32 * 2)(version_3, 0)
    words = [sum(1 << (c - 32 * half) for c in kept if c // 32 == half) for half in (0, 1)]
    data = (ctypes.c_uint32 * 6)(*[number for word in words for number in (word, word, 0)])
    _checked(_libc.capset(header, data), "capset")


def _checked(result: int, what: str) -> int:
    if result < 0:
        error = ctypes.get_errno()
        raise OSError(error, f"{what}: {os.strerror(error)}")
    return result
