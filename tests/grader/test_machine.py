"""How much of the machine a class may use, read from a `/proc` and control groups of our own making."""

import os
from pathlib import Path

import pytest

from autograder.grading import machine

GIB = 1 << 30


def place(root: Path, files: dict[str, object]) -> None:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{content}\n")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Eight cores, 64 GiB, and no control groups yet."""
    monkeypatch.setattr(machine, "_PROC", tmp_path / "proc")
    monkeypatch.setattr(machine, "_CGROUPS", tmp_path / "cgroup")
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(8)))
    place(
        tmp_path, {"proc/meminfo": "MemTotal: 1 kB\nMemAvailable: 67108864 kB", "proc/self/cgroup": "0::/a/b"}
    )
    return tmp_path


def test_a_machine_without_limits_is_used(root: Path) -> None:
    assert (machine.cores(), machine.available_memory()) == (8, 64 * GIB)
    assert (machine.jobs(None), machine.jobs(3), machine.jobs(20)) == (8, 3, 20)


@pytest.mark.parametrize("group", ["a/b/", "a/", ""])
def test_a_group_and_those_above_it_count(root: Path, group: str) -> None:
    files = {"cpu.max": "250000 100000", "memory.max": 4 * GIB, "memory.current": 2 * GIB}
    place(root, {f"cgroup/{group}{name}": content for name, content in files.items()})
    place(root, {f"cgroup/{group}memory.stat": f"anon 5\ninactive_file {GIB}"})
    assert (machine.cores(), machine.available_memory()) == (2, 3 * GIB)


def test_version_1_counts(root: Path) -> None:
    place(root, {"proc/self/cgroup": "4:cpu,cpuacct:/job\n3:memory:/job\n0::/"})
    place(
        root,
        {
            "cgroup/cpu,cpuacct/job/cpu.cfs_quota_us": 300000,
            "cgroup/cpu,cpuacct/job/cpu.cfs_period_us": 100000,
        },
    )
    place(
        root,
        {"cgroup/memory/job/memory.limit_in_bytes": 2 * GIB, "cgroup/memory/job/memory.usage_in_bytes": GIB},
    )
    assert (machine.cores(), machine.available_memory()) == (3, GIB)


def test_no_quota_is_none(root: Path) -> None:
    place(
        root,
        {"cgroup/a/b/cpu.max": "max 100000", "cgroup/a/b/memory.max": "max", "cgroup/a/b/memory.current": 5},
    )
    assert (machine.cores(), machine.available_memory()) == (8, 64 * GIB)
    place(root, {"proc/self/cgroup": "4:cpu:/", "cgroup/cpu/cpu.cfs_quota_us": -1})
    assert machine.cores() == 8


def test_no_more_processes_than_memory(root: Path) -> None:
    """Not even if more are asked for; but always one."""
    place(root, {"cgroup/memory.max": 2 * machine.PER_JOB, "cgroup/memory.current": 0})
    assert (machine.jobs(None), machine.jobs(4), machine.jobs(1)) == (2, 2, 1)
    place(root, {"cgroup/memory.max": 512 << 20})
    assert (machine.jobs(None), machine.jobs(4)) == (1, 1)
    assert machine.has_room()
    place(root, {"cgroup/memory.current": 1 << 20})
    assert not machine.has_room()


def test_less_than_a_core_is_one(root: Path) -> None:
    place(root, {"cgroup/cpu.max": "50000 100000"})
    assert machine.cores() == 1


def test_here_there_is_something() -> None:
    assert machine.cores() >= 1
    assert machine.available_memory() > 0
