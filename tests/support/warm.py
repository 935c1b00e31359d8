"""nbgrader's commands without the two seconds that its imports take: a process that has them forks a child for each.

Apart from that a command runs as a program of its own: folder, environment, output, exit code and end. As it is
installed each command runs in `test_term.py`.
"""

import atexit
import gc
import importlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

# What the program has loaded before it reads its arguments, or soon after.
LOADED = ("nbgrader.apps.nbgraderapp", "autograder.nbgrader_plugin.configuration")


def nbgrader(*arguments: str, cwd: Path, env: Mapping[str, str]) -> "subprocess.CompletedProcess[str]":
    """Run the command; returns what came of it."""
    with tempfile.TemporaryDirectory() as folder:
        said = [Path(folder) / name for name in ("out", "err")]
        asked = {"arguments": arguments, "cwd": str(cwd), "env": {**env}, "said": [*map(str, said)]}
        code = _answer(json.dumps(asked))
        out, err = (path.read_text(encoding="utf-8") for path in said)
    return subprocess.CompletedProcess(arguments, code, out, err)


def _answer(asked: str) -> int:
    server = _server()
    assert server.stdin is not None
    assert server.stdout is not None
    server.stdin.write(f"{asked}\n")
    server.stdin.flush()
    return int(server.stdout.readline())


@cache
def _server() -> "subprocess.Popen[str]":
    argv = [sys.executable, "-m", __name__]
    root = Path(__file__).parents[2]
    server = subprocess.Popen(argv, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    atexit.register(server.kill)
    return server


def _serve() -> None:
    """Fork for each line that comes; only in a child does this return."""
    for name in LOADED:
        importlib.import_module(name)
    gc.freeze()  # else each child copies the pages of all that it lets go in the end
    while line := sys.stdin.readline():
        if not (child := os.fork()):
            return _become(**json.loads(line))
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
    sys.exit()


def _become(arguments: list[str], cwd: str, env: dict[str, str], said: list[str]) -> None:
    for descriptor, path in enumerate((os.devnull, *said)):
        os.dup2(os.open(path, os.O_RDWR | os.O_CREAT), descriptor)
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(env)
    sys.argv[:] = ["nbgrader", *arguments]


if __name__ == "__main__":
    _serve()
    importlib.import_module(LOADED[0]).main()
