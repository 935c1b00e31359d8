"""What a worker can reach: what honest code needs, and nothing else."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgpack
import numpy as np
import pytest

import autograder.sandbox
from autograder.sandbox import Isolation, Sandbox
from tests.support.levels import LAYERS, ask, cells

LAZY = [
    "math", "itertools", "dataclasses", "fractions", "decimal", "statistics", "sqlite3", "zlib", "lzma", "hashlib",
    "xml.etree.ElementTree", "unittest", "asyncio", "concurrent.futures", "curses", "email.message", "ctypes.util",
    "numpy.polynomial", "numpy.testing", "numpy.ma", "numpy.lib.scimath", "scipy.special", "scipy.linalg",
    "scipy.stats", "scipy.optimize", "scipy.sparse", "scipy.integrate",
]  # fmt: skip


def test_modules_can_be_imported_late(sandbox: Sandbox) -> None:
    """As whoever runs the tests: for root, with the interpreter wherever it lies."""
    source = f"""
import importlib
def f():
    failed = []
    for name in {LAZY!r}:
        try: importlib.import_module(name)
        except ImportError as error: failed.append(str(error))
    return failed
"""
    missing_here = {name.partition(".")[0] for name in LAZY} & {"curses", "sqlite3", "lzma"}
    failed = ask(sandbox, source)
    assert [why for why in failed if not any(f"'_{name}'" in why for name in missing_here)] == []


SCRIPT = """
import json, sys
from autograder.sandbox import Cell, Isolation, Sandbox
source = '''
import os, scipy.special, fractions, sqlite3, wave
def f(): return [os.getuid(), float(scipy.special.erf(1e9)), str(wave.__name__)]
'''
with Sandbox(Isolation(sys.argv[1])) as sandbox, sandbox.open([Cell(1, source)]) as session:
    print(json.dumps([[error.message for error in session.errors], session.calls("f", [()])[0].value]))
"""


def readable_interpreter() -> str | None:
    """An interpreter of this version that everybody may execute."""
    names = [
        sys.executable,
        f"/usr/bin/python3.{sys.version_info.minor}",
        f"/usr/local/bin/python3.{sys.version_info.minor}",
    ]
    for name in names:
        path = Path(name).resolve()
        if path.exists() and all(p.stat().st_mode & 0o001 for p in [path, *path.parents]):
            return name
    return None


def run_as(interpreter: str, level: Isolation, **who: Any) -> Any:
    """The script's findings, with our libraries on the path of that interpreter."""
    folders = {Path(module.__file__ or "").parents[depth] for module, depth in
               ((autograder.sandbox, 2), (np, 1), (msgpack, 1))}  # fmt: skip
    environment = {
        "PYTHONPATH": os.pathsep.join(map(str, folders)),
        "PATH": "/usr/bin:/bin",
        "HOME": "/nonexistent",
    }
    done = subprocess.run(
        [interpreter, "-B", "-c", SCRIPT, level.value],
        env=environment,
        cwd="/",
        capture_output=True,
        text=True,
        **who,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


@pytest.mark.slow
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
@pytest.mark.parametrize("level", [Isolation.BWRAP, Isolation.KERNEL])
@pytest.mark.parametrize("user", [0, 65534])
def test_modules_can_be_imported_late_by_others(level: Isolation, user: int) -> None:
    interpreter = readable_interpreter()
    folders = [Path(autograder.sandbox.__file__), Path(np.__file__)]
    if interpreter is None or not all(p.stat().st_mode & 0o001 for f in folders for p in f.parents):
        pytest.skip("an ordinary user can read neither the interpreter nor this checkout")
    if level is Isolation.BWRAP and not LAYERS["bubblewrap"].ok:
        pytest.skip("bubblewrap does not work on this machine")
    who = {"user": user, "group": user, "extra_groups": []} if user else {}
    errors, (uid, erf, wave) = run_as(interpreter, level, **who)
    assert errors == []
    assert (erf, wave) == (1.0, "wave")
    assert uid != 0  # root's workers are not root where that can be had


@pytest.mark.parametrize("name", ["autograder", "autograder.sandbox", "hypothesis", "pytest", "nbgrader"])
def test_the_grader_is_not_importable(sandbox: Sandbox, name: str) -> None:
    with sandbox.open(cells(f"import {name}")) as session:
        assert session.errors[0].type == "ModuleNotFoundError"


def test_nothing_of_the_grader_is_loaded_or_on_the_path(sandbox: Sandbox) -> None:
    source = "import sys\ndef f(): return sorted(sys.modules), sys.path, sorted(sys.path_importer_cache)"
    modules, path, cache = ask(sandbox, source)
    assert not [name for name in modules if name.startswith(("autograder", "pytest", "hypothesis"))]
    assert not [folder for folder in path + cache if folder.endswith(("site-packages", "dist-packages"))]


def test_four_descriptors_one_thread_a_clean_environment(sandbox: Sandbox) -> None:
    source = """
import os, sys
def f():
    held = []
    for number in range(4096):
        try: os.fstat(number); held.append(number)
        except OSError: pass
    return held, dict(os.environ), sys.argv, os.getcwd(), sys.stdin.read()
"""
    held, environment, argv, folder, typed = ask(sandbox, source)
    assert held == [0, 1, 2, 3]
    assert (argv, folder, typed) == (["notebook"], "/", "")
    assert set(environment) <= {
        "PATH", "LANG", "LC_CTYPE", "PYTHONHASHSEED", "PWD", "LD_LIBRARY_PATH",
        "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS",
    }  # fmt: skip


def test_blas_works_with_one_thread(sandbox: Sandbox) -> None:
    """With clone refused, a BLAS that wanted threads would hang here."""
    source = "def f():\n    a = np.ones((600, 600))\n    return float((a @ a)[0, 0]), float(np.linalg.svd(a)[1][0])"
    assert ask(sandbox, source) == [600.0, pytest.approx(600.0)]


REFUSED = {
    "read the password file": "open('/etc/passwd').read()",
    "list the root": "os.listdir('/')",
    "list homes": "os.listdir('/home')",
    "read the environment of process 1": "open('/proc/1/environ').read()",
    "read its own maps": "open('/proc/self/maps').read()",
    "write to /tmp": "open('/tmp/left', 'w')",
    "write to shared memory": "open('/dev/shm/left', 'w')",
    "write beside numpy": "open(os.path.join(os.path.dirname(np.__file__), 'left.py'), 'w')",
    "read this test": f"open({__file__!r}).read()",
    "read the grader": f"open({autograder.sandbox.__file__!r}).read()",
    "list the site folder": f"os.listdir({str(Path(np.__file__).parents[1])!r})",
    "read another package": f"open({str(Path(sys.modules['pytest'].__file__ or ''))!r}).read()",
    "fork": "os.fork()",
    "start a program": "__import__('subprocess').run(['/bin/true'])",
    "become a program": "os.execv('/bin/true', ['true'])",
    "start a thread": "__import__('threading').Thread(target=print).start()",
    "open a socket": "__import__('socket').socket()",
    "make a pair of sockets": "__import__('socket').socketpair()",
    "send a descriptor": "__import__('socket').socket(fileno=3).sendmsg([b'x'])",
    "signal its parent": "os.kill(os.getppid(), 0)",
    "signal everybody": "os.kill(-1, 0)",
    "make a memory file": "os.memfd_create('x')",
    "make a pipe": "os.pipe()",
    "make the socket nonblocking": "os.set_blocking(3, False)",
    "own the socket's signals": "__import__('fcntl').fcntl(3, 8, os.getppid())",
    "raise a limit": "__import__('resource').setrlimit(__import__('resource').RLIMIT_CPU, (99, 99))",
    "become root": "os.setuid(0)",
    "be nice": "os.nice(-1)",
    "change a mode": "os.chmod('/etc/passwd', 0o777)",
    "make a link": "os.symlink('/etc', '/tmp/etc')",
    "set a timer": "__import__('signal').setitimer(0, 1)",
}


def test_everything_else_is_refused(sandbox: Sandbox) -> None:
    source = """
import os
def f(attempt):
    try: eval(attempt)
    except (OSError, RuntimeError, ValueError): return None
    return "went through"
"""
    with sandbox.open(cells(source)) as session:
        replies = session.calls("f", [(attempt,) for attempt in REFUSED.values()])
    assert {
        what: reply.error or reply.result for what, reply in zip(REFUSED, replies, strict=True)
    } == dict.fromkeys(REFUSED)


def test_worker_holds_no_privilege(sandbox: Sandbox) -> None:
    """Read from outside, where a student cannot lie about it."""
    with sandbox.open(cells("x = 1")) as session:
        pid = session._worker._host_pid  # type: ignore[attr-defined]
        lines = (line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
        status = {name: value.split() for name, value in lines}
        assert Path(f"/proc/{pid}/oom_score_adj").read_text().strip() == "1000"
    assert status["NoNewPrivs"] == ["1"]
    assert status["Seccomp"] == ["2"]
    assert status["Threads"] == ["1"]
    dac_read_search = 1 << 2
    assert int(status["CapEff"][0], 16) & ~dac_read_search == 0
    assert int(status["CapPrm"][0], 16) & ~dac_read_search == 0
