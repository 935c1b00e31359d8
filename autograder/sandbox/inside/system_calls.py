"""Numbers of the system calls that a worker may make, for the two machines we know.

Written down by hand because the kernel's headers are not installed on a grading machine;
a test compares them with the headers where they are.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Machine:
    """How one processor architecture numbers its system calls."""

    audit_arch: int
    numbers: Mapping[str, int]


# What numpy, lazy imports and an exception need, and nothing that reaches another process.
# Absent on purpose: clone, execve, socket, kill and its kin, prctl, memfd_create, readlink, chmod, truncate; and
# what would tell workers of each other: sysinfo (free memory, load), mincore, preadv2, fadvise64, readahead.
ALLOWED = (
    "read", "write", "readv", "writev", "pread64", "pwrite64", "close", "lseek", "getdents64", "getcwd",
    "fstat", "newfstatat", "statx", "stat", "lstat", "access", "faccessat", "faccessat2", "mmap",
    "mprotect", "munmap", "mremap", "brk", "rt_sigaction", "rt_sigprocmask", "rt_sigreturn",
    "sigaltstack", "restart_syscall", "futex", "sched_yield", "sched_getaffinity", "poll", "ppoll",
    "select", "pselect6", "clock_gettime", "clock_getres", "clock_nanosleep", "nanosleep", "gettimeofday",
    "time", "times", "getpid", "gettid", "getppid", "getuid", "geteuid", "getgid", "getegid", "getrlimit",
    "getrusage", "uname", "getrandom", "exit", "exit_group",
)  # fmt: skip

X86_64 = Machine(
    0xC000003E,
    {
        "read": 0, "write": 1, "close": 3, "stat": 4, "fstat": 5, "lstat": 6, "poll": 7, "lseek": 8,
        "mmap": 9, "mprotect": 10, "munmap": 11, "brk": 12, "rt_sigaction": 13, "rt_sigprocmask": 14,
        "rt_sigreturn": 15, "ioctl": 16, "pread64": 17, "pwrite64": 18, "readv": 19, "writev": 20,
        "access": 21, "select": 23, "sched_yield": 24, "mremap": 25, "madvise": 28, "nanosleep": 35,
        "getpid": 39, "exit": 60, "uname": 63, "fcntl": 72, "getcwd": 79, "gettimeofday": 96,
        "getrlimit": 97, "getrusage": 98, "times": 100, "getuid": 102, "getgid": 104,
        "geteuid": 107, "getegid": 108, "getppid": 110, "sigaltstack": 131, "gettid": 186, "time": 201,
        "futex": 202, "sched_getaffinity": 204, "getdents64": 217, "restart_syscall": 219,
        "clock_gettime": 228, "clock_getres": 229, "clock_nanosleep": 230, "exit_group": 231,
        "openat": 257, "newfstatat": 262, "faccessat": 269, "pselect6": 270, "ppoll": 271,
        "prlimit64": 302, "getrandom": 318, "statx": 332, "clone3": 435, "openat2": 437, "faccessat2": 439,
    },
)  # fmt: skip

AARCH64 = Machine(
    0xC00000B7,
    {
        "getcwd": 17, "fcntl": 25, "ioctl": 29, "faccessat": 48, "openat": 56, "close": 57,
        "getdents64": 61, "lseek": 62, "read": 63, "write": 64, "readv": 65, "writev": 66,
        "pread64": 67, "pwrite64": 68, "pselect6": 72, "ppoll": 73, "newfstatat": 79, "fstat": 80,
        "exit": 93, "exit_group": 94, "futex": 98, "nanosleep": 101, "clock_gettime": 113,
        "clock_getres": 114, "clock_nanosleep": 115, "sched_getaffinity": 123, "sched_yield": 124,
        "restart_syscall": 128, "sigaltstack": 132, "rt_sigaction": 134, "rt_sigprocmask": 135,
        "rt_sigreturn": 139, "times": 153, "uname": 160, "getrlimit": 163, "getrusage": 165,
        "gettimeofday": 169, "getpid": 172, "getppid": 173, "getuid": 174, "geteuid": 175,
        "getgid": 176, "getegid": 177, "gettid": 178, "brk": 214, "munmap": 215,
        "mremap": 216, "mmap": 222, "mprotect": 226, "madvise": 233, "prlimit64": 261,
        "getrandom": 278, "statx": 291, "clone3": 435, "openat2": 437, "faccessat2": 439,
    },
)  # fmt: skip

MACHINES: Mapping[str, Machine] = {"x86_64": X86_64, "aarch64": AARCH64}
