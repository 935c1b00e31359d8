"""The filter: its program judged by a small interpreter for both machines, and by the kernel for this one."""

import ctypes
import errno
import os
import platform
import re
import socket
import struct
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.sandbox.inside import kernel, seccomp
from autograder.sandbox.inside.system_calls import AARCH64, ALLOWED, MACHINES, X86_64, Machine
from tests.support.levels import LAYERS

EPERM, ENOSYS, ENOTTY = (seccomp.refuse(number) for number in (errno.EPERM, errno.ENOSYS, errno.ENOTTY))
BOTH = pytest.mark.parametrize("machine", MACHINES.values(), ids=MACHINES.keys())


def judge(machine: Machine, number: int, *arguments: int, architecture: int | None = None) -> int:
    """What the kernel would answer: classic BPF, the seven instructions that we use."""
    padded = (*arguments, 0, 0, 0, 0, 0, 0)[:6]
    data = struct.pack("<IIQ6Q", number, architecture or machine.audit_arch, 0, *padded)
    program = list(struct.iter_unpack("<HBBI", seccomp.assemble(machine)))
    accumulator, at = 0, 0
    while True:
        code, yes, no, k = program[at]
        at += 1
        if code == 0x20:
            accumulator = struct.unpack_from("<I", data, k)[0]
        elif code == 0x54:
            accumulator &= k
        elif code in (0x15, 0x35):
            at += yes if (accumulator == k if code == 0x15 else accumulator >= k) else no
        elif code == 0x06:
            return int(k)
        else:
            raise AssertionError(f"instruction {code:#x}")


@BOTH
def test_what_is_on_the_list_is_allowed_and_nothing_else(machine: Machine) -> None:
    numbers = {machine.numbers[name] for name in ALLOWED if name in machine.numbers}
    judged = {number for number in range(600) if judge(machine, number, 0, 0, 8) == seccomp.ALLOW}
    assert judged - numbers == {machine.numbers[name] for name in ("openat", "fcntl", "madvise")}
    assert numbers <= judged


@BOTH
def test_another_architecture_kills(machine: Machine) -> None:
    i386 = 0x40000003
    assert judge(machine, machine.numbers["read"], architecture=i386) == seccomp.KILL


def test_x32_numbers_are_refused() -> None:
    assert judge(X86_64, 0x40000000 | X86_64.numbers["read"]) == ENOSYS
    assert judge(X86_64, 0xFFFFFFFF) == ENOSYS


@BOTH
def test_five_commands_of_fcntl(machine: Machine) -> None:
    allowed = {c for c in range(2000) if judge(machine, machine.numbers["fcntl"], 3, c) == seccomp.ALLOW}
    assert allowed == {0, 1, 2, 3, 1030}  # not F_SETFL, F_SETOWN, F_SETSIG, locks, leases, seals


@BOTH
def test_pages_of_files_can_be_neither_fetched_nor_evicted(machine: Machine) -> None:
    number = machine.numbers["madvise"]
    assert {a for a in range(200) if judge(machine, number, 0, 0, a) == seccomp.ALLOW} == {0, 4, 8, 14}


@BOTH
@pytest.mark.parametrize("call", ["clock_gettime", "clock_getres", "clock_nanosleep"])
def test_clocks_are_the_machines_or_ones_own(machine: Machine, call: str) -> None:
    number, pids = machine.numbers[call], (1, 2, 77, 40_000, (1 << 22) - 1)
    others = [kind | (~pid << 3) & ~7 for pid in pids for kind in range(8)]  # of a process, thread or device
    for clock in [*range(12), 7 | 1 << 32]:  # an int: its upper half is not looked at
        assert judge(machine, number, clock) == seccomp.ALLOW
    for clock in [12, 13, -1, *others]:
        assert judge(machine, number, clock & 0xFFFFFFFF) == EPERM
        assert judge(machine, number, clock & 0xFFFFFFFFFFFFFFFF) == EPERM


@BOTH
def test_processors_of_others_are_not_told(machine: Machine) -> None:
    number = machine.numbers["sched_getaffinity"]
    assert judge(machine, number, 0, 128) == seccomp.ALLOW
    assert {judge(machine, number, pid, 128) for pid in (1, 2, 40_000)} == {EPERM}


@BOTH
def test_a_futex_has_no_owner(machine: Machine) -> None:
    number = machine.numbers["futex"]
    for flags in (0, 128, 256, 128 | 256):
        allowed = {o for o in range(128) if judge(machine, number, 0, o | flags) == seccomp.ALLOW}
        assert allowed == {0, 1, 3, 4, 5, 9, 10}  # not LOCK_PI, UNLOCK_PI, TRYLOCK_PI, …REQUEUE_PI, LOCK_PI2


@BOTH
def test_limits_can_be_read_and_not_set(machine: Machine) -> None:
    number = machine.numbers["prlimit64"]
    assert judge(machine, number, 0, 7, 0, 4096) == seccomp.ALLOW
    for arguments in ((0, 7, 4096), (0, 7, 1 << 32), (1, 7, 0)):
        assert judge(machine, number, *arguments) == EPERM


@BOTH
def test_opening_may_not_truncate_by_the_back_door(machine: Machine) -> None:
    number = machine.numbers["openat"]
    for flags in (os.O_RDONLY, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, os.O_RDONLY | os.O_DIRECTORY):
        assert judge(machine, number, 0, 0, flags) == seccomp.ALLOW
    for flags in (os.O_RDONLY | os.O_TRUNC, 3, 3 | os.O_TRUNC):
        assert judge(machine, number, 0, 0, flags) == EPERM


@BOTH
def test_calls_with_a_fallback_say_so(machine: Machine) -> None:
    assert judge(machine, machine.numbers["clone3"]) == ENOSYS
    assert judge(machine, machine.numbers["ioctl"]) == ENOTTY


HEADERS = {
    "x86_64": [Path("/usr/include/asm/unistd_64.h"), Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h")],
    "aarch64": [Path("/usr/include/asm-generic/unistd.h")],
}


@pytest.mark.parametrize(("name", "machine"), [("x86_64", X86_64), ("aarch64", AARCH64)])
def test_the_table_agrees_with_the_kernel_headers(name: str, machine: Machine) -> None:
    header = next((path for path in HEADERS[name] if path.exists()), None)
    if header is None:
        pytest.skip(f"the kernel headers for {name} are not installed")
    pattern = re.compile(r"^#define __NR(?:3264)?_(\w+)\s+(\d+)$", re.MULTILINE)
    known = {call: int(number) for call, number in pattern.findall(header.read_text())}
    known.setdefault("newfstatat", known.get("fstatat", -1))  # the generic header's name for it
    assert {call: known.get(call) for call in machine.numbers} == machine.numbers


def filtered(attempt: Callable[[], object]) -> int:
    """Errno of the attempt in a child under the filter; 0 if it went through, -1 if the child was killed."""
    pid = os.fork()
    if pid == 0:
        try:
            kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
            seccomp.install(seccomp.filter_for_this_machine())
            attempt()
            os._exit(0)
        except OSError as error:
            os._exit(error.errno or 255)
        finally:
            os._exit(254)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def lock_of(pid: int) -> None:
    """FUTEX_LOCK_PI of a word that names this process as its owner; not longer than a nanosecond."""
    word, moment = ctypes.c_uint32(pid), (ctypes.c_long * 2)(0, 1)
    number, lock = MACHINES[platform.machine()].numbers["futex"], 6 | 128
    kernel.system_call(number, ctypes.addressof(word), lock, 0, ctypes.addressof(moment), 0, 0)


ATTEMPTS: dict[str, Callable[[], object]] = {
    "socket": socket.socket,
    "fork": os.fork,
    "exec": lambda: os.execv("/bin/true", ["true"]),
    "kill": lambda: os.kill(os.getpid(), 0),
    "memfd": lambda: os.memfd_create("x"),
    "chmod": lambda: os.chmod("/nonexistent", 0),
    "nonblocking": lambda: os.set_blocking(1, False),
    "setuid": lambda: os.setuid(65534),
    "clock of the parent": lambda: time.clock_gettime((~os.getppid() << 3) | 2),
    "resolution of it": lambda: time.clock_getres((~os.getppid() << 3) | 2),
    "processors of the parent": lambda: os.sched_getaffinity(os.getppid()),
    "futex of the parent": lambda: lock_of(os.getppid()),
}


@pytest.mark.skipif(
    not LAYERS["seccomp"].ok, reason=f"seccomp does not work here: {LAYERS['seccomp'].detail}"
)
@pytest.mark.parametrize("attempt", ATTEMPTS.values(), ids=ATTEMPTS.keys())
def test_the_kernel_refuses(attempt: Callable[[], object]) -> None:
    assert filtered(attempt) in (errno.EPERM, errno.ENOTTY)


@pytest.mark.skipif(
    not LAYERS["seccomp"].ok, reason=f"seccomp does not work here: {LAYERS['seccomp'].detail}"
)
def test_the_kernel_allows_what_the_worker_needs() -> None:
    assert filtered(lambda: (Path(os.__file__).read_bytes(), os.listdir("/"), os.urandom(8))) == 0
    assert filtered(lambda: (time.perf_counter(), time.process_time(), time.clock_getres(0))) == 0
    assert filtered(lambda: time.sleep(1e-6)) == filtered(lambda: os.sched_getaffinity(0)) == 0
    assert filtered(lambda: threading.Semaphore(0).acquire(timeout=1e-3)) == 0  # waits by a futex


def test_a_machine_without_a_table_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform.machine", lambda: "riscv64")
    with pytest.raises(OSError, match="riscv64"):
        seccomp.filter_for_this_machine()
