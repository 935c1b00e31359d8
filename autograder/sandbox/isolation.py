"""What this machine can really enforce: each layer is tried, never inferred from a version."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from . import jail

_NAMES = ("bubblewrap", "landlock", "seccomp")
_SECONDS = 30.0
_APPARMOR = Path("/proc/sys/kernel/apparmor_restrict_unprivileged_userns")
_DEBIAN = Path("/proc/sys/kernel/unprivileged_userns_clone")
_CONTAINER = "grade inside a Linux container or virtual machine with a kernel of 5.13 or newer"


class Isolation(StrEnum):
    """How a submission is kept apart; the value is what reports are stamped with."""

    BWRAP = "bwrap+landlock+seccomp"
    KERNEL = "landlock+seccomp"
    NONE = "none"


class SandboxUnavailable(Exception):
    """Student code cannot be kept apart here. Ours to mend: never a student's zero."""


@dataclass(frozen=True)
class Layer:
    """One layer, whether it holds here, what was seen, and the command that mends it."""

    name: str
    ok: bool
    detail: str
    mend: str | None = None


def probe() -> tuple[Layer, ...]:
    """bubblewrap, Landlock and seccomp, each tried in a throw-away process."""
    if sys.platform != "linux":
        return tuple(Layer(name, False, f"{sys.platform} has no {name}", _CONTAINER) for name in _NAMES)
    wrapped, trouble = _trial(jail.bubblewrap)
    found, why = (wrapped, "") if wrapped else _trial(list)
    layers = [_kernel_layer(name, found, why) for name in ("landlock", "seccomp")]
    return Layer("bubblewrap", bool(wrapped), trouble or "works", _mend_bubblewrap(trouble)), *layers


def enforceable(layers: tuple[Layer, ...]) -> list[Isolation]:
    """The kinds of isolation these layers allow, strongest first; SandboxUnavailable with the mend if none."""
    bubblewrap, *kernel = layers
    broken = [layer for layer in kernel if not layer.ok]
    if broken:
        reasons = "; ".join(f"{layer.name}: {layer.detail}; mend: {layer.mend}" for layer in broken)
        raise SandboxUnavailable(f"this machine cannot keep student code apart ({reasons})")
    return [Isolation.BWRAP, Isolation.KERNEL] if bubblewrap.ok else [Isolation.KERNEL]


def _kernel_layer(name: str, found: dict[str, str | None], why: str) -> Layer:
    trouble = found.get(name, why or "it was not tried")
    return Layer(name, trouble is None, trouble or "works", None if trouble is None else _CONTAINER)


def _trial(wrap: Callable[[list[str]], list[str]]) -> tuple[dict[str, str | None], str]:
    """What the trial found, or nothing and why it could not even be started."""
    try:
        done = subprocess.run(
            wrap(jail.python("trial")), env=jail.environment(), cwd="/", stdin=subprocess.DEVNULL,
            capture_output=True, timeout=_SECONDS, check=True,
        )  # fmt: skip
        return json.loads(done.stdout), ""
    except FileNotFoundError as error:
        return {}, f"{error.filename} is not installed"
    except subprocess.CalledProcessError as error:
        words: str = error.stderr.decode(errors="replace").strip()[-300:]
        return {}, words or f"it ended with status {error.returncode}"
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        return {}, str(error)


def _mend_bubblewrap(trouble: str) -> str | None:
    """The command for what is in the way here; the two switches are Ubuntu's and Debian's."""
    if not trouble:
        return None
    if "not installed" in trouble:
        return "apt install bubblewrap"
    if _switch(_APPARMOR) == "1":
        return f"sysctl -w kernel.{_APPARMOR.name}=0"
    if _switch(_DEBIAN) == "0":
        return f"sysctl -w kernel.{_DEBIAN.name}=1"
    return "allow this container user namespaces, or go on without: Landlock and seccomp hold by themselves"


def _switch(path: Path) -> str:
    try:
        return path.read_text().strip()
    except OSError:
        return ""
