"""What an attack may leave behind: processes, descriptors, files, System V objects, memory."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

PUBLIC = ("/tmp", "/var/tmp", "/dev/shm", "/dev/mqueue", "/run/lock", "/run/user", ".")
_NAME = "pwned"  # every file that an attack tries to make is called something with it


@dataclass(frozen=True)
class Traces:
    """The state of the world around the grader, as far as an attack could have changed it."""

    processes: frozenset[int]
    descriptors: tuple[int, ...]
    files: frozenset[tuple[str, int, int, str]]
    strays: frozenset[str]
    system_v: frozenset[str]

    def since(self, before: "Traces") -> list[str]:
        """What is different from before, in words."""
        return [
            f"{name}: {sorted(map(str, _set(getattr(self, name)) ^ _set(getattr(before, name))))[:4]}"
            for name in self.__dataclass_fields__
            if getattr(self, name) != getattr(before, name)
        ]


def _set(value: object) -> frozenset[object]:
    return value if isinstance(value, frozenset) else frozenset({value})


def traces(lab: Path, server: int) -> Traces:
    """All traces, now. `lab` is watched file by file; `server` is the fork server."""
    return Traces(
        descendants(os.getpid()),
        tuple(map(descriptors, (os.getpid(), server))),
        frozenset(_fingerprint(path) for path in lab.rglob("*")),
        frozenset(str(path) for folder in PUBLIC for path in _strays(folder)),
        frozenset(line for kind in ("shm", "sem", "msg") for line in _system_v(kind)),
    )


def descendants(pid: int) -> frozenset[int]:
    """All processes below this one, down to the fork server's workers."""
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        children = [int(child) for task in tasks for child in (task / "children").read_text().split()]
    except OSError:  # it has just ended
        return frozenset()
    return frozenset(children).union(*map(descendants, children))


def descriptors(pid: int) -> int:
    """How many descriptors a process holds; -1 for one that we may not look into."""
    try:
        return len(os.listdir(f"/proc/{pid}/fd"))
    except OSError:
        return -1


def resident(pid: int | str = "self") -> int:
    """Bytes of memory that a process has in use."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE")


def forget_peak() -> None:
    """Start to measure this process's peak anew."""
    Path("/proc/self/clear_refs").write_text("5")


def peak() -> int:
    """The most memory in use since `forget_peak`, in bytes."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) << 10 for line in lines if line.startswith("VmHWM"))


def _fingerprint(path: Path) -> tuple[str, int, int, str]:
    state = path.lstat()
    content = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
    return str(path), state.st_mode, state.st_mtime_ns, content


def _strays(folder: str) -> list[Path]:
    try:
        return [Path(entry.path) for entry in os.scandir(folder) if _NAME in entry.name.lower()]
    except OSError:
        return []


def _system_v(kind: str) -> list[str]:
    """Keys and identifiers; the other columns change by themselves."""
    try:
        lines = Path(f"/proc/sysvipc/{kind}").read_text().splitlines()[1:]
    except OSError:
        return []
    return [f"{kind} {line.split()[:2]}" for line in lines]


def spawned(pid: int) -> list[int]:
    """The processes of the pool that the process `pid` has started."""
    return [
        below for below in descendants(pid) if b"pool.serve" in Path(f"/proc/{below}/cmdline").read_bytes()
    ]
