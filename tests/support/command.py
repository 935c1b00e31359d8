"""The command, as a user runs it: in a process of its own, or in this one, where there are many runs."""

import contextlib
import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from autograder import cli


@dataclass(frozen=True)
class Done:
    """What came of it."""

    returncode: int
    stdout: str
    stderr: str

    @property
    def grades(self) -> list[dict[str, Any]]:
        """The grades that it printed as JSON."""
        found: list[dict[str, Any]] = json.loads(self.stdout)
        return found


def autograder(folder: Path, *arguments: object) -> Done:
    """Run the command in this folder, with a home of its own; whatever happens, it shows no traceback."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8"}
    argv = [sys.executable, "-P", "-m", "autograder", *map(str, arguments)]
    done = subprocess.run(argv, cwd=folder, env=environment, capture_output=True, text=True)
    assert "Traceback" not in done.stderr + done.stdout, done.stderr
    return Done(done.returncode, done.stdout, done.stderr)


def in_process(folder: Path, *arguments: object) -> Done:
    """The same without the two seconds that a process takes to start."""
    out, err = io.StringIO(), io.StringIO()
    with (
        contextlib.chdir(folder),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        patch.object(sys, "argv", ["autograder", *map(str, arguments)]),
        patch.dict(os.environ, {"HOME": str(folder)}),
    ):
        code = 0
        try:
            cli.main()
        except SystemExit as ended:
            code = int(ended.code or 0)
    return Done(code, out.getvalue(), err.getvalue())
