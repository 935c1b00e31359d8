"""The system-call filter: a classic BPF program, assembled here, that refuses everything not on the list.

No libseccomp: the program is a flat list of "is it this number? then this answer", short enough to be read,
and one third-party binding less stands between a student and the grader.
"""

import ctypes
import errno
import platform
import struct

from .kernel import PR_SET_SECCOMP, prctl
from .system_calls import ALLOWED, MACHINES, X86_64, Machine

Program = list[bytes]

ALLOW, KILL = 0x7FFF0000, 0x80000000
X32_BIT = 0x40000000  # numbers from here up enter the kernel by another door of the same architecture
# F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_DUPFD_CLOEXEC. With F_SETOWN and F_SETSIG a process can have
# another one killed without ever calling kill(2).
FCNTL_COMMANDS = (0, 1, 2, 3, 1030)
# MADV_NORMAL, _DONTNEED, _FREE, _HUGEPAGE: what allocators ask for. Others move pages of shared files.
MADVICE = (0, 4, 8, 14)
# FUTEX_WAIT, _WAKE, _REQUEUE, _CMP_REQUEUE, _WAKE_OP, _WAIT_BITSET, _WAKE_BITSET: what locks of the C library use.
# The others name their owner by its number: they tell of other processes, and lend them priority.
FUTEX_OPERATIONS = (0, 1, 3, 4, 5, 9, 10)
FUTEX_FLAGS = 128 | 256  # FUTEX_PRIVATE_FLAG, FUTEX_CLOCK_REALTIME
# CLOCK_REALTIME to CLOCK_TAI are below it; above, as unsigned numbers, come clocks of any process and device.
CLOCKS = 12
O_ACCMODE, O_TRUNC = 0o3, 0o1000
_NUMBER, _ARCHITECTURE = 0, 4  # offsets in struct seccomp_data


def _instruction(code: int, if_true: int, if_false: int, k: int) -> bytes:
    return struct.pack("<HBBI", code, if_true, if_false, k)


def _load(offset: int) -> bytes:
    return _instruction(0x20, 0, 0, offset)


def _mask(bits: int) -> bytes:
    return _instruction(0x54, 0, 0, bits)


def _unless_equal(value: int, skip: int) -> bytes:
    """Go on when the accumulator is `value`, otherwise skip that many instructions."""
    return _instruction(0x15, 0, skip, value)


def _unless_at_least(value: int, skip: int) -> bytes:
    return _instruction(0x35, 0, skip, value)


def _answer(action: int) -> bytes:
    return _instruction(0x06, 0, 0, action)


def _must_equal(value: int, otherwise: int) -> Program:
    return [_instruction(0x15, 1, 0, value), _answer(otherwise)]


def refuse(error: int) -> int:
    """The answer "this call fails with `error`"."""
    return 0x00050000 | error


def _argument(index: int, high: bool = False) -> bytes:
    return _load(16 + 8 * index + 4 * high)


def _case(number: int, body: Program) -> Program:
    """`body` for this call; it must end in an answer, as the next case needs the number still loaded."""
    return [_unless_equal(number, len(body)), *body]


def _one_of(argument: int, values: tuple[int, ...], flags: int = 0) -> Program:
    """The argument, an int, must be one of these, whichever of the `flags` are set in it."""
    tests = [line for value in values for line in (_unless_equal(value, 1), _answer(ALLOW))]
    return [_argument(argument), _mask(0xFFFFFFFF & ~flags), *tests, _answer(refuse(errno.EPERM))]


def _below(argument: int, bound: int) -> Program:
    return [_argument(argument), _unless_at_least(bound, 1), _answer(refuse(errno.EPERM)), _answer(ALLOW)]


def _only_reading_limits() -> Program:
    """`prlimit64(0, …, NULL, …)`: getrlimit of oneself; anything else could change somebody's limits."""
    words = (_argument(0), _argument(2), _argument(2, high=True))
    tests = [line for word in words for line in (word, *_must_equal(0, refuse(errno.EPERM)))]
    return [*tests, _answer(ALLOW)]


def _opening() -> Program:
    """Landlock decides which files, but before its ABI 3 it overlooks a truncation without write access."""
    flags = _argument(2)
    no = _answer(refuse(errno.EPERM))
    truncates = [flags, _mask(O_ACCMODE | O_TRUNC), _unless_equal(O_TRUNC, 1), no]
    odd_mode = [flags, _mask(O_ACCMODE), _unless_equal(O_ACCMODE, 1), no]
    return [*truncates, *odd_mode, _answer(ALLOW)]


def _special_cases() -> dict[str, Program]:
    missing = [_answer(refuse(errno.ENOSYS))]  # the C library then falls back to the call that we can judge
    return {
        "openat": _opening(),
        "fcntl": _one_of(1, FCNTL_COMMANDS),
        "madvise": _one_of(2, MADVICE),
        "futex": _one_of(1, FUTEX_OPERATIONS, FUTEX_FLAGS),
        "sched_getaffinity": _one_of(0, (0,)),  # of this process, by no number
        **dict.fromkeys(("clock_gettime", "clock_getres", "clock_nanosleep"), _below(0, CLOCKS)),
        "prlimit64": _only_reading_limits(),
        "ioctl": [_answer(refuse(errno.ENOTTY))],  # what opening a file asks: "is this a terminal?"
        "clone3": missing,
        "openat2": missing,
    }


def assemble(machine: Machine) -> bytes:
    """The whole filter. A system call of another architecture kills: its numbers mean other calls."""
    program = [_load(_ARCHITECTURE), *_must_equal(machine.audit_arch, KILL), _load(_NUMBER)]
    if machine is X86_64:
        program += [_unless_at_least(X32_BIT, 1), _answer(refuse(errno.ENOSYS))]
    cases = {name: [_answer(ALLOW)] for name in ALLOWED} | _special_cases()
    for name, body in cases.items():
        if name in machine.numbers:
            program += _case(machine.numbers[name], body)
    return b"".join([*program, _answer(refuse(errno.EPERM))])


def filter_for_this_machine() -> bytes:
    """The filter, or OSError on a machine whose system calls we have no table of."""
    machine = MACHINES.get(platform.machine())
    if machine is None:
        raise OSError(errno.ENOSYS, f"no table of system calls for {platform.machine()}")
    return assemble(machine)


class _Fprog(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_void_p)]


class Filter:
    """A program as the kernel takes it. Laid out once, worn by each worker."""

    def __init__(self, program: bytes) -> None:
        self._instructions = ctypes.create_string_buffer(program, len(program))
        self._fprog = _Fprog(len(program) // 8, ctypes.addressof(self._instructions))
        self._address = ctypes.addressof(self._fprog)

    def install(self) -> None:
        """Put this process under the filter, for good. Needs `no_new_privs` (or root)."""
        mode_filter = 2
        prctl(PR_SET_SECCOMP, mode_filter, self._address)


def install(program: bytes) -> None:
    """Put this process under this filter."""
    Filter(program).install()
