"""Landlock: the kernel's list of what this process may still open. Three system calls, bound here."""

import ctypes
import os
import stat
from collections.abc import Iterable

from .kernel import system_call

_CREATE, _ADD_RULE, _RESTRICT = 444, 445, 446  # the same numbers on every architecture
READ_FILE, READ_DIR, WRITE_FILE, TRUNCATE = 1 << 2, 1 << 3, 1 << 1, 1 << 14
# How many access rights to files each ABI knows: rename across folders, truncate, device ioctl came later.
_FILE_BITS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
_QUIET = 1  # ABI 7: a submission that probes thousands of files must not fill the machine's audit log


def abi() -> int:
    """Version of the kernel's Landlock; OSError where there is none."""
    return system_call(_CREATE, 0, 0, 1)


class _Handled(ctypes.Structure):
    """What the ruleset takes away: all access to files, all TCP, signals and abstract sockets to outside."""

    _fields_ = [("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scoped", ctypes.c_uint64)]


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = [("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32)]


class Ruleset:
    """Read access to some files and folders, write access to almost none. Built once, worn by each worker."""

    def __init__(self, readable: Iterable[str], writable: Iterable[str] = ()) -> None:
        self._abi = abi()
        self._files = (1 << _FILE_BITS[min(self._abi, 5)]) - 1
        handled = _Handled(self._files, 3 if self._abi >= 4 else 0, 3 if self._abi >= 6 else 0)
        size = 24 if self._abi >= 6 else 16 if self._abi >= 4 else 8
        self.descriptor = system_call(_CREATE, ctypes.addressof(handled), size, 0)
        for path in readable:
            self._allow(path, READ_FILE | READ_DIR)
        for path in writable:
            self._allow(path, READ_FILE | WRITE_FILE | TRUNCATE)

    def _allow(self, path: str, access: int) -> None:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
        try:
            if not stat.S_ISDIR(os.fstat(descriptor).st_mode):
                access &= ~READ_DIR
            rule = _Beneath(access & self._files, descriptor)
            path_beneath = 1
            system_call(_ADD_RULE, self.descriptor, path_beneath, ctypes.addressof(rule), 0)
        finally:
            os.close(descriptor)

    def restrict_self(self) -> None:
        """Put this process under the ruleset, for good. Needs `no_new_privs` (or CAP_SYS_ADMIN)."""
        system_call(_RESTRICT, self.descriptor, _QUIET if self._abi >= 7 else 0)
