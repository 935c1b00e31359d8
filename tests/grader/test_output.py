"""Reports reach their file whole or not at all, and a stream whatever it can write."""

import errno
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from autograder import output
from autograder.demo.handin import released, write
from tests.support.command import in_process

MARK = "1-deep-chains"


def test_a_file_is_replaced_and_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "report"
    output.replace(path, ["one", "\u00e9"])
    assert path.read_text(encoding="utf-8") == "oneé"
    path.chmod(0o640)
    output.replace(path, ["two"])
    assert (path.read_text(), path.stat().st_mode & 0o777) == ("two", 0o640)
    assert os.listdir(tmp_path) == ["report"]


def test_a_new_file_has_the_rights_that_the_user_gives_to_new_files(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        output.replace(tmp_path / "report", ["x"])
    finally:
        os.umask(before)
    assert (tmp_path / "report").stat().st_mode & 0o777 == 0o640


def test_what_fails_half_way_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "report"
    path.write_text("old")

    def pieces() -> list[str]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        output.replace(path, (piece for some in (["new"], None) for piece in (some or pieces())))
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["report"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real/report")
    for text in ("one", "two"):
        output.replace(tmp_path / "link", [text])
        assert (tmp_path / "real" / "report").read_text() == text
    assert (tmp_path / "link").is_symlink()


def test_a_pipe_is_written_to(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    read = list[str]()
    reader = threading.Thread(target=lambda: read.append((tmp_path / "pipe").read_text()))
    reader.start()
    output.replace(tmp_path / "pipe", ["x"])
    reader.join()
    assert read == ["x"]


def command(
    folder: Path, *arguments: str, shell: str = "{}", **environment: str
) -> "subprocess.CompletedProcess[bytes]":
    """Grade the notebook of a student called é∂ within `shell`."""
    path = folder / "submitted" / "é∂" / MARK / f"{MARK}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(write(released(MARK)), encoding="utf-8")
    line = shell.format('"$@"')
    argv = [sys.executable, "-P", "-m", "autograder", "grade", *arguments, "submitted"]
    told = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "PYTHONDONTWRITEBYTECODE": "1",
        **environment,
    }  # a torn .pyc would stay
    done = subprocess.run(["sh", "-c", line, "sh", *argv], cwd=folder, env=told, capture_output=True)
    assert b"Traceback" not in done.stdout + done.stderr, done.stderr
    return done


def test_a_full_disk_leaves_the_old_report(tmp_path: Path) -> None:
    (tmp_path / "report.json").write_text("old")
    done = command(tmp_path, "--format", "json", "--output", "report.json", shell="ulimit -f 1; exec {}")
    assert done.returncode == 1
    assert (tmp_path / "report.json").read_text() == "old"
    assert b"cannot write report.json: File too large; the report is on standard output" in done.stderr
    assert b'"score": 0' in done.stdout
    assert not list(tmp_path.glob(".report.json*"))


def test_half_a_secret_is_none(tmp_path: Path) -> None:
    done = command(tmp_path, shell="ulimit -f 0; exec {}")
    assert done.returncode == 1
    assert b"cannot write a new secret file " in done.stderr
    assert b"File too large; give one with --secret-file" in done.stderr
    assert not (tmp_path / ".autograder-secret").exists()


@pytest.mark.parametrize("fault", [errno.ENOSPC, errno.EACCES])
def test_a_full_disk_is_no_fault_of_the_graders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: int
) -> None:
    def build(folder: Path) -> Path:
        raise OSError(fault, os.strerror(fault), str(folder / "a\x1b"))

    monkeypatch.setattr("autograder.demo.cohort.build", build)
    done = in_process(tmp_path, "demo", "--output", "demo")
    mend = "make room" if fault == errno.ENOSPC else "it must be yours to write"
    assert done.stderr == f"Error: cannot use demo/a\ufffd: {os.strerror(fault)}; {mend}\n"
    assert done.returncode == 2


@pytest.mark.parametrize("name", ["table", "markdown"])
def test_what_a_terminal_cannot_write_is_replaced(tmp_path: Path, name: str) -> None:
    done = command(tmp_path, "--format", name, PYTHONIOENCODING="latin-1")
    assert done.returncode == 0
    assert b"\xe9?" in done.stdout


@pytest.mark.parametrize("name", ["csv", "html", "junit"])
def test_a_document_is_in_utf_8_whatever_the_terminal_is(tmp_path: Path, name: str) -> None:
    assert "é∂" in command(tmp_path, "--format", name, PYTHONIOENCODING="latin-1").stdout.decode("utf-8")


def test_nobody_has_to_read_the_report(tmp_path: Path) -> None:
    done = command(tmp_path, "--format", "json", shell="{{ {}; echo $? >&2; }} | true")
    assert done.stderr.split()[-1:] == [b"0"]


def test_a_full_disk_behind_standard_output_is_said(tmp_path: Path) -> None:
    done = command(tmp_path, "--format", "json", shell="exec {} > /dev/full")
    assert done.returncode == 1
    assert b"cannot write the report: No space left on device" in done.stderr
