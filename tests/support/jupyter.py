"""A real Jupyter server, with a HOME of its own, on a port that it finds; it is waited for while it lives."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPResponse
from pathlib import Path
from urllib.request import Request, urlopen

from tests.support.scratch import REPOSITORY


@dataclass(frozen=True)
class Server:
    """A running Jupyter server; the course is opened as an instructor opens it."""

    url: str
    token: str

    def answer(self, path: str, method: str = "GET") -> HTTPResponse:
        headers = {"Authorization": f"token {self.token}"}
        request = Request(self.url + path, headers=headers, method=method)
        answer: HTTPResponse = urlopen(request)  # for as long as the server lives
        return answer

    def read(self, path: str) -> str:
        return self.answer(path).read().decode()

    def address(self, path: str) -> str:
        """What a person opens in a browser."""
        return f"{self.url}{path}?token={self.token}"


@contextmanager
def jupyter(
    folder: Path, home: Path, application: str = "jupyter_server", python: Path | None = None
) -> Iterator[Server]:
    """Jupyter as it is installed, for `python` if another is named, started in `folder`."""
    variables = {"PATH": os.environ["PATH"], "HOME": str(home)}
    variables |= {} if python else {"PYTHONPATH": str(REPOSITORY)}
    variables |= {f"JUPYTER_{kind}_DIR": str(home / kind) for kind in ("CONFIG", "DATA", "RUNTIME")}
    command = [str(python or sys.executable), "-P", "-m", application, "--no-browser", "--allow-root"]
    with (home / "log").open("w") as log:
        options = ["--ip=127.0.0.1", "--port=0"]
        process = subprocess.Popen(
            [*command, *options], cwd=folder, env=variables, stdout=log, stderr=log, stdin=subprocess.DEVNULL
        )
    try:
        yield _started(process, home)
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End it. A signal that comes just before the server begins to wait wakes it with the next one alone."""
    while process.poll() is None:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(1)


def _started(process: subprocess.Popen[bytes], home: Path) -> Server:
    """What the server says of itself once it listens."""
    says = home / "RUNTIME" / f"jpserver-{process.pid}.json"
    while not (says.exists() and says.read_text().endswith("}")):
        assert process.poll() is None, (home / "log").read_text()
        time.sleep(0.1)
    said = json.loads(says.read_text())
    while True:  # it says so before it listens
        with suppress(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", said["port"])).close()
            return Server(said["url"].rstrip("/"), said["token"])
        assert process.poll() is None, (home / "log").read_text()
        time.sleep(0.1)
