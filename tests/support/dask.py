"""A real Dask scheduler and real workers, as processes on this machine's loopback."""

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

DASK = str(Path(sys.executable).with_name("dask"))
QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


@dataclass
class Cluster:
    """Processes that end with the `with`; `options` are those of the certificates."""

    folder: Path
    options: tuple[str, ...] = ()
    protocol: str = "tcp"
    processes: list["subprocess.Popen[bytes]"] = field(default_factory=list)
    address: str = ""

    def __enter__(self) -> Self:
        self.folder.mkdir(exist_ok=True)
        told = self.folder / "scheduler.json"
        where = ["--host", f"{self.protocol}://127.0.0.1", "--port", "0", "--scheduler-file", str(told)]
        scheduler = self._start("scheduler", *where)
        while not self.address:
            assert scheduler.poll() is None
            time.sleep(0.05)
            try:
                self.address = json.loads(told.read_text())["address"]
            except (FileNotFoundError, ValueError):
                continue
        return self

    def __exit__(self, *_: object) -> None:
        for process in reversed(
            self.processes
        ):  # (a worker whose scheduler goes may wait long for it to come back)
            process.kill()
            process.wait()

    @property
    def scheduler(self) -> "subprocess.Popen[bytes]":
        return self.processes[0]

    def worker(self, *options: str, preload: str = "") -> "subprocess.Popen[bytes]":
        """One more worker, without a nanny unless the options say so; `preload` is run in it first."""
        number = len(self.processes)
        if preload:
            path = self.folder / f"preload{number}.py"
            path.write_text(preload)
            options = ("--preload", str(path), *options)
        if "--nanny" not in options:
            options = ("--no-nanny", *options)
        space = ["--local-directory", str(self.folder / f"space{number}"), "--host", "127.0.0.1"]
        threads = () if "--nthreads" in options else ("--nthreads", "1")
        return self._start("worker", self.address, *space, *threads, *options)

    def _start(self, kind: str, *options: str) -> "subprocess.Popen[bytes]":
        argv = [DASK, kind, *options, *self.options, "--no-dashboard"]
        environment = {**os.environ, "HOME": str(self.folder)}
        streams: dict[str, Any] = QUIET
        process = subprocess.Popen(argv, cwd=self.folder, env=environment, **streams)
        self.processes.append(process)
        return process


def certificates(folder: Path) -> Path:
    """A certificate that vouches for itself, and its key, in one file."""
    path = folder / "both.pem"
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=cluster",
    ]
    subprocess.run(
        [*command, "-keyout", "key.pem", "-out", "cert.pem"], cwd=folder, check=True, capture_output=True
    )
    path.write_text((folder / "key.pem").read_text() + (folder / "cert.pem").read_text())
    return path
