"""What the attacks are after: canaries on disk, in the environment and in the grader's memory, open doors, a home."""

import os
import secrets
import select
import socket
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

VICTIM = Path("submitted", "victim", "3-initialization", "3-initialization.ipynb")
ENVIRONMENT = "KIT_SECRET"
MARK = "PWNED"  # an attack that got through says so


class Lab:
    """A throw-away folder that everybody may read and a corner of it where everybody may write, both on purpose:
    file permissions must not be what holds an attack.
    """

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="attacks-")
        self.root = Path(self._folder.name)
        self.canaries = {kind: f"canary-{secrets.token_hex(12)}" for kind in _KINDS}
        self.secret = self.canaries["memory"].encode()  # the hidden inputs follow from it
        self._before = os.environ.get("HOME"), os.environ.get(ENVIRONMENT)

    def __enter__(self) -> Self:
        os.umask(0o022)
        self.root.chmod(0o755)
        for kind, path in _FILES.items():
            self._plant(self.root / path, self.canaries[kind])
        (self.root / "secret").chmod(0o600)
        (self.root / "open").mkdir()
        (self.root / "open").chmod(0o777)
        self.home = self.root / "home"
        self.home.mkdir()
        os.environ |= {"HOME": str(self.home), ENVIRONMENT: self.canaries["environment"]}
        self._doors = self._open_doors()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None
    ) -> None:
        for door in self._doors:
            door.close()
        for name, value in zip(("HOME", ENVIRONMENT), self._before, strict=True):
            os.environ.pop(name) if value is None else os.environ.update({name: value})
        self._folder.cleanup()

    def fill_in(self, source: str) -> str:
        """The source of an attack with this laboratory's addresses. The worst case: the attacker knows them."""
        grader = str(os.getpid())
        for word, value in {"LAB": str(self.root), "PORT": str(self._port), "GRADER": grader}.items():
            source = source.replace(f"@{word}@", value)
        return source

    def read_canaries(self, text: str) -> list[str]:
        """Which canaries are in this text."""
        return [kind for kind, word in self.canaries.items() if word in text]

    def knocked(self) -> bool:
        """Whether anything has arrived at one of the open doors: TCP, UDP, and two Unix sockets."""
        ready: list[socket.socket] = select.select(self._doors, [], [], 0)[0]
        for door in ready:
            door.recv(1) if door.type == socket.SOCK_DGRAM else door.accept()[0].close()
        return bool(ready)

    @staticmethod
    def _plant(path: Path, word: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{word}\n")

    def _open_doors(self) -> list[socket.socket]:
        tcp = socket.create_server(("127.0.0.1", 0))
        self._port = tcp.getsockname()[1]
        udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        udp.bind(("127.0.0.1", self._port))
        path = socket.socket(socket.AF_UNIX)
        path.bind(str(self.root / "open" / "door"))
        (self.root / "open" / "door").chmod(0o777)
        abstract = socket.socket(socket.AF_UNIX)
        abstract.bind(f"\0attacks-{self._port}")
        for door in (path, abstract):
            door.listen()
        return [tcp, udp, path, abstract]


_FILES = {
    "secret": Path("secret"),
    "submission": VICTIM,
    "gradebook": Path("gradebook.db"),
    "checks": Path("checks", "a3_initialization", "he_normal.py"),
}
_KINDS = (*_FILES, "environment", "memory")
