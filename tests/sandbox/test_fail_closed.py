"""A layer that cannot be put up, or an isolation that is not there: refuse, and say what mends it."""

import os
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from autograder.sandbox import Isolation, Layer, Sandbox, SandboxUnavailable, isolation, jail
from autograder.sandbox.inside import harden, kernel, seccomp
from autograder.sandbox.inside.system_calls import X86_64
from tests.support.levels import require

CREATE, RESTRICT = 444, 446


def deny(*words: tuple[int, int]) -> bytes:
    """A filter of the grader's surroundings, as a container may have: calls with all these words (offset in
    seccomp_data, value) fail with ENOSYS.
    """
    lines = []
    for left, (offset, value) in zip(range(len(words), 0, -1), words, strict=True):
        lines += [(0x20, 0, 0, offset), (0x15, 0, 2 * left - 1, value)]
    lines += [(0x06, 0, 0, seccomp.refuse(38)), (0x06, 0, 0, seccomp.ALLOW)]
    return b"".join(struct.pack("<HBBI", *line) for line in lines)


def in_a_container(program: bytes, attempt: Callable[[], Any]) -> int:
    """1 if the attempt is refused as unavailable, 0 if it went through."""
    pid = os.fork()
    if pid == 0:
        try:
            kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
            seccomp.install(program)
            attempt()
            os._exit(0)
        except SandboxUnavailable:
            os._exit(1)
        finally:
            os._exit(2)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


NUMBER, FIRST_ARGUMENT = 0, 16
PRCTL = {"x86_64": 157, "aarch64": 167}.get(os.uname().machine, -1)
CONTAINERS = {
    "no Landlock": deny((NUMBER, CREATE)),
    "Landlock that cannot be worn": deny((NUMBER, RESTRICT)),
    "no seccomp": deny((NUMBER, PRCTL & 0xFFFF), (FIRST_ARGUMENT, kernel.PR_SET_SECCOMP)),
}


@pytest.mark.parametrize("level", [None, Isolation.KERNEL])
@pytest.mark.parametrize("program", CONTAINERS.values(), ids=CONTAINERS.keys())
def test_a_missing_layer_is_refused(program: bytes, level: Isolation | None) -> None:
    require(Isolation.KERNEL)
    assert in_a_container(program, lambda: Sandbox(level)) == 1


def test_a_wall_that_does_not_hold_is_noticed() -> None:
    """Whatever the system calls returned: here, where there is no wall at all."""
    with pytest.raises(OSError, match="does not hold"):
        harden._prove()


def test_without_bubblewrap_the_kernel_level_is_taken() -> None:
    layers = (
        Layer("bubblewrap", False, "no", "x"),
        Layer("landlock", True, "works"),
        Layer("seccomp", True, "works"),
    )
    assert isolation.enforceable(layers) == [Isolation.KERNEL]


@pytest.mark.parametrize("broken", ["landlock", "seccomp"])
def test_the_refusal_names_the_layer_and_the_mend(broken: str) -> None:
    layers = tuple(
        Layer(name, name != broken, "tried", "do this") for name in ("bubblewrap", "landlock", "seccomp")
    )
    with pytest.raises(SandboxUnavailable, match=f"{broken}: tried; mend: do this"):
        isolation.enforceable(layers)


def test_bubblewrap_that_is_not_installed_has_a_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    monkeypatch.setattr(jail, "environment", lambda: {"PATH": "/nonexistent"})
    bubblewrap, *rest = isolation.probe()
    assert (bubblewrap.ok, bubblewrap.mend) == (False, "apt install bubblewrap")
    assert all(layer.name in ("landlock", "seccomp") for layer in rest)
    with pytest.raises(SandboxUnavailable, match="apt install bubblewrap"):
        Sandbox(Isolation.BWRAP)


def test_other_systems_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "darwin")
    layers = isolation.probe()
    assert not any(layer.ok for layer in layers)
    with pytest.raises(SandboxUnavailable, match="Linux container"):
        isolation.enforceable(layers)


def test_no_isolation_is_not_a_sandbox() -> None:
    with pytest.raises(ValueError, match="OwnCode"):
        Sandbox(Isolation.NONE)


def test_the_filter_is_for_the_running_machine() -> None:
    if os.uname().machine == "x86_64":
        assert seccomp.filter_for_this_machine() == seccomp.assemble(X86_64)


def test_a_jail_that_cannot_hold_numpy_is_not_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """bubblewrap may work while a folder it shows lacks something; the kernel's walls are then taken."""
    require(Isolation.BWRAP)
    wrap = jail.bubblewrap
    monkeypatch.setattr(
        jail, "bubblewrap", lambda command: wrap(command if command[-1] == "trial" else ["/nowhere"])
    )
    with Sandbox() as sandbox:
        assert sandbox.isolation is Isolation.KERNEL
    with pytest.raises(SandboxUnavailable, match=r"bwrap.*could not be set up"):
        Sandbox(Isolation.BWRAP)


def test_elsewhere_only_own_code_can_be_graded() -> None:
    code = """
import sys
sys.platform = "darwin"
sys.modules.update(dict.fromkeys(("pwd", "resource", "fcntl")))  # not to be had on Windows
from autograder.sandbox import Cell, Isolation, OwnCode, Sandbox, SandboxUnavailable
assert OwnCode().open([Cell(1, "def f(): return 2")]).calls("f", [()])[0].value == 2
for isolation in (None, *Isolation):
    try: Sandbox(isolation)
    except (SandboxUnavailable, ValueError): continue
    raise SystemExit(1)
"""
    root = Path(isolation.__file__).parents[2]
    subprocess.run([sys.executable, "-c", code], cwd=root, check=True)
