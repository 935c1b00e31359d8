"""How much of this machine a class may use: the cores and the memory that it has left, also in a container."""

import os
from collections.abc import Iterator
from pathlib import Path

from autograder.sandbox import Limits

_PROC, _CGROUPS = Path("/proc"), Path("/sys/fs/cgroup")
# A process of the pool and its fork server take 190 MiB (numpy, scipy, Hypothesis); a worker may add its limit.
GRADER = 256 << 20
_ENOUGH = 1 << 50
PER_JOB = GRADER + Limits().memory


def jobs(wanted: int | None) -> int:
    """How many submissions are graded at once: as many as wanted, or one a core, if there is memory for them."""
    return max(1, min(wanted or cores(), available_memory() // PER_JOB))


def has_room() -> bool:
    """Whether there is memory for what one more submission may take."""
    return available_memory() >= Limits().memory


def cores() -> int:
    """How many cores this process may use: not all that there are, and in a container often a share of them."""
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, int(min([count, *_quotas()])))


def available_memory() -> int:
    """Bytes that can be had without swapping, of the machine and of each control group that this process is in."""
    return min([_of_machine(), *_of_groups()])


def _of_machine() -> int:
    for line in _read(_PROC / "meminfo").splitlines():
        if line.startswith("MemAvailable:"):
            return int(line.split()[1]) << 10
    return _ENOUGH  # another system


def _of_groups() -> Iterator[int]:
    for group in _groups("memory"):
        limit, used = _number(group / "memory.max"), _number(group / "memory.current")
        if limit is None or used is None:  # version 1
            limit, used = _number(group / "memory.limit_in_bytes"), _number(group / "memory.usage_in_bytes")
        if limit is not None and used is not None:
            yield max(0, limit - used + _cache(group))


def _cache(group: Path) -> int:
    """What the kernel gives back before it kills anybody."""
    stat = dict(line.split() for line in _read(group / "memory.stat").splitlines() if len(line.split()) == 2)
    return int(stat.get("total_inactive_file", stat.get("inactive_file", 0)))


def _quotas() -> Iterator[float]:
    for group in _groups("cpu"):
        quota, _, period = _read(group / "cpu.max").partition(" ")
        if not quota:  # version 1
            quota, period = _read(group / "cpu.cfs_quota_us"), _read(group / "cpu.cfs_period_us")
        if quota.strip().isdigit() and int(period or 0):
            yield int(quota) / int(period)


def _groups(controller: str) -> Iterator[Path]:
    """The folders of the control groups of this process, up to the root; a container sees its own as the root."""
    for line in _read(_PROC / "self" / "cgroup").splitlines():
        number, controllers, path = line.split(":", 2)
        if number == "0" or controller in controllers.split(","):
            root = _CGROUPS / controllers if controllers else _CGROUPS
            here = root / path.lstrip("/")
            yield from (folder for folder in (here, *here.parents) if folder.is_relative_to(root))


def _number(path: Path) -> int | None:
    text = _read(path).strip()
    return int(text) if text.isdigit() else None


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""
