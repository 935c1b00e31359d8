"""The ruleset really denies, tried in throw-away children."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.sandbox.inside import kernel
from autograder.sandbox.inside.landlock import Ruleset
from tests.support.levels import LAYERS

pytestmark = pytest.mark.skipif(
    not LAYERS["landlock"].ok, reason=f"Landlock does not work here: {LAYERS['landlock'].detail}"
)


@pytest.fixture
def house(tmp_path: Path) -> Path:
    for room in ("open", "shut"):
        (tmp_path / room).mkdir()
        (tmp_path / room / "file").write_text(room)
    return tmp_path


def confined(house: Path, attempt: Callable[[], object]) -> int:
    """Errno of the attempt in a child that may read the open room and write to /dev/null; 0 if it went through."""
    pid = os.fork()
    if pid == 0:
        try:
            kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
            Ruleset([str(house / "open")], writable=[os.devnull]).restrict_self()
            attempt()
            os._exit(0)
        except OSError as error:
            os._exit(error.errno or 255)
        finally:
            os._exit(254)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def test_the_open_room_can_be_read(house: Path) -> None:
    assert confined(house, lambda: (house / "open" / "file").read_text()) == 0
    assert confined(house, lambda: os.listdir(house / "open")) == 0


def test_devnull_can_be_written(house: Path) -> None:
    assert confined(house, lambda: Path(os.devnull).write_text("x")) == 0


@pytest.mark.parametrize(
    "attempt",
    [
        lambda house: (house / "shut" / "file").read_text(),
        lambda house: (house / "open" / ".." / "shut" / "file").read_text(),
        lambda house: os.listdir(house / "shut"),
        lambda house: (house / "open" / "file").write_text("x"),
        lambda house: (house / "open" / "new").write_text("x"),
        lambda house: os.truncate(house / "open" / "file", 0),
        lambda house: os.remove(house / "open" / "file"),
        lambda house: os.symlink("/", house / "open" / "link"),
        lambda house: os.mkdir(house / "open" / "folder"),
        lambda house: os.rename(house / "open" / "file", house / "open" / "renamed"),
        lambda house: os.execv("/bin/true", ["true"]),
    ],
)
def test_everything_else_is_refused(house: Path, attempt: Callable[[Path], object]) -> None:
    assert confined(house, lambda: attempt(house)) in (errno.EACCES, errno.EXDEV, errno.EPERM)
    assert (house / "open" / "file").read_text() == "open"
