"""The command line of the fork server: which interpreter, in which bubblewrap, seeing which folders."""

import glob
import importlib.util
import json
import os
import shutil
import sys
import sysconfig
from collections.abc import Iterable

_INSIDE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "inside")
_LIBRARIES = ("numpy", "scipy")
_HELPERS = ("msgpack", "IPython")  # for the fork server alone: no worker may read them
_UNPRIVILEGED = "65534"


def interpreter() -> str:
    """The base interpreter itself, not a virtual environment's link to it."""
    return os.path.realpath(getattr(sys, "_base_executable", None) or sys.executable)


def environment() -> dict[str, str]:
    """Everything the fork server inherits. It stays readable on a worker's stack, so nothing here is ours."""
    threads = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")
    settings = dict.fromkeys(threads, "1")
    settings |= {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "PYTHONHASHSEED": "0"}
    if sysconfig.get_config_var("Py_ENABLE_SHARED"):
        settings["LD_LIBRARY_PATH"] = str(sysconfig.get_config_var("LIBDIR"))
    return settings


def python(*arguments: str) -> list[str]:
    """`inside` as a program. Isolated as with -I, which would ignore PYTHONHASHSEED as well: sets keep their
    order from run to run.
    """
    return [interpreter(), "-P", "-s", "-S", "-B", _INSIDE, *arguments]


def site() -> str:
    """JSON list of the folders that the fork server imports numpy, scipy and its own helpers from."""
    return json.dumps(sorted({os.path.dirname(_folder(name)) for name in (*_LIBRARIES, *_HELPERS)}))


def packages() -> list[str]:
    """The folders of numpy and scipy, and of the shared libraries that their wheels bring."""
    folders = [_folder(name) + suffix for name in _LIBRARIES for suffix in ("", ".libs")]
    return [folder for folder in folders if os.path.isdir(folder)]


def _folder(name: str) -> str:
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise ImportError(f"{name} is not installed beside the grader; reinstall the kit with pip")
    return os.path.realpath(spec.submodule_search_locations[0])


def bubblewrap(command: list[str]) -> list[str]:
    """`command` in new namespaces: no network, no other processes, and of the files only those it imports."""
    program = shutil.which("bwrap") or "bwrap"
    kinds = ("user", "pid", "net", "ipc", "uts", "cgroup-try")
    alone = [f"--unshare-{kind}" for kind in kinds] + ["--uid", _UNPRIVILEGED, "--gid", _UNPRIVILEGED]
    alone += ["--hostname", "worker", "--new-session"]
    return [program, *alone, *_mounts(), "--chdir", "/", "--", *command]


def _mounts() -> list[str]:
    """The order matters: whole trees, then empty folders over their packages, then the few we need."""
    prefix = os.path.realpath(sys.base_prefix)
    trees = ["/usr/lib", "/usr/lib32", "/usr/lib64", *([] if prefix == "/usr" else [prefix])]
    masks = [path for tree in (*trees, prefix) for path in _site_folders(tree)]
    needed = [
        interpreter(),
        "/etc/ld.so.cache",
        "/etc/alternatives",
        *packages(),
        *map(_folder, _HELPERS),
        _INSIDE,
    ]
    result = [word for tree in trees for word in _read_only(tree)]
    result += [word for path in ("/lib", "/lib32", "/lib64") for word in _library_folder(path)]
    result += [word for path in masks for word in ("--tmpfs", path)]
    result += [word for path in needed for word in _read_only(path)]
    result += ["--dev-bind", os.devnull, os.devnull]
    return result + [word for path in (*masks, "/") for word in ("--remount-ro", path)]


def _read_only(path: str) -> Iterable[str]:
    return ("--ro-bind", path, path) if os.path.exists(path) else ()


def _library_folder(path: str) -> Iterable[str]:
    """/lib is a link into /usr on most systems, and a folder on some."""
    return ("--symlink", os.readlink(path), path) if os.path.islink(path) else _read_only(path)


def _site_folders(tree: str) -> list[str]:
    patterns = ("python3*/*-packages", "lib/python3*/*-packages", "lib64/python3*/*-packages")
    return sorted({os.path.realpath(path) for pattern in patterns for path in glob.glob(f"{tree}/{pattern}")})
