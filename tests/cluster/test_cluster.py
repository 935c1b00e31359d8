"""A class on real workers of Dask: the same grades as here, whatever becomes of the workers, and no secret in clear."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from autograder.demo.handin import solved, write
from autograder.grading import cluster
from autograder.grading.batch import Settings
from autograder.grading.cluster import ClusterError, is_private, on_cluster
from tests.support.dask import Cluster, certificates

MARK = "1-deep-chains"
WRONG = {"steps_to_move": "def steps_to_move(x, weights):\n    return 3\n"}
# What a worker is told before it begins: how it is different from an honest one.
KILLED_BY = """
import os, time
from autograder.grading import batch
honest = batch.honest = getattr(batch, "honest", batch.grade_one)  # it may be run twice
def grade_one(grader, item, *rest):
    if item.student == {student!r} and {kills}:
        os.kill(os.getpid(), 9)
    return honest(grader, item, *rest)
batch.grade_one = grade_one
"""
OTHER_CHECKS = "from autograder.grading import cluster\ncluster.edition = lambda: 'of yesterday'\n"
NO_SANDBOX = """
from autograder.grading import cluster
from autograder.sandbox import SandboxUnavailable
def enforceable(layers):
    raise SandboxUnavailable("this machine cannot keep student code apart")
cluster.enforceable = enforceable
"""


def hand_in(folder: Path, students: int) -> None:
    """A class: every third is wrong, and one handed in no notebook."""
    for number in range(students):
        notebook = solved(MARK, WRONG if number % 3 == 1 else None)
        notebook["cells"].append({"cell_type": "markdown", "id": "r", "metadata": {}, "source": f"{number}"})
        path = folder / "submitted" / f"s{number:02}" / MARK / f"{MARK}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(write(notebook))
    (folder / "submitted" / "s99" / MARK).mkdir(parents=True)
    (folder / "secret").write_text("a secret of the class")


def command(folder: Path, *options: str, **environment: str) -> "subprocess.Popen[str]":
    words = ["--format", "jsonl", "--secret-file", "secret", "--output", "r.jsonl", *options, "submitted"]
    argv = [sys.executable, "-P", "-m", "autograder", "grade", *words]
    told = {"PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8", **environment}
    return subprocess.Popen(argv, cwd=folder, env=told, stderr=subprocess.PIPE, text=True)


def ended(process: "subprocess.Popen[str]") -> tuple[int, str]:
    _, said = process.communicate()
    assert "Traceback" not in said
    return process.returncode, said


def report(folder: Path) -> list[dict[str, Any]]:
    grades = [json.loads(line) for line in (folder / "r.jsonl").read_text().splitlines()]
    return [{name: value for name, value in grade.items() if name != "seconds"} for grade in grades]


def local(folder: Path) -> list[dict[str, Any]]:
    assert ended(command(folder))[0] == 2  # s99
    return report(folder)


@pytest.fixture
def at_rest(tmp_path: Path) -> Iterator[Cluster]:
    """A scheduler without workers."""
    with Cluster(tmp_path / "cluster") as running:
        yield running


@pytest.mark.slow
def test_the_grades_are_those_of_this_machine(tmp_path: Path, at_rest: Cluster) -> None:
    hand_in(tmp_path, 5)
    at_rest.worker("--nanny", "--nthreads", "3")  # whose threads take turns
    code, said = ended(command(tmp_path, "--cluster", at_rest.address, "--journal", "j.jsonl"))
    assert (code, said.count("Error")) == (2, 0)
    remote = report(tmp_path)
    assert remote == local(tmp_path)
    assert len((tmp_path / "j.jsonl").read_text().splitlines()) == 6
    kept = (tmp_path / "j.jsonl").read_bytes()
    ended(command(tmp_path, "--journal", "j.jsonl"))  # and the same key
    assert (tmp_path / "j.jsonl").read_bytes() == kept


@pytest.mark.slow
def test_a_lost_worker_costs_nothing(tmp_path: Path, at_rest: Cluster) -> None:
    hand_in(tmp_path, 12)
    mark = tmp_path / "once"
    once = f"not os.path.exists({str(mark)!r}) and not os.mkdir({str(mark)!r})"
    for _ in range(2):
        at_rest.worker(preload=KILLED_BY.format(student="s04", kills=once))
    code, _ = ended(command(tmp_path, "--cluster", at_rest.address, "--journal", "j.jsonl"))
    assert code == 2
    assert mark.exists()
    assert sum(process.poll() is not None for process in at_rest.processes) == 1
    assert report(tmp_path) == local(tmp_path)
    students = [json.loads(line)["student"] for line in (tmp_path / "j.jsonl").read_text().splitlines()]
    assert sorted(students) == [*(f"s{number:02}" for number in range(12)), "s99"]


@pytest.mark.slow
def test_what_loses_its_worker_twice_is_reported(tmp_path: Path, at_rest: Cluster) -> None:
    hand_in(tmp_path, 6)
    for _ in range(3):
        at_rest.worker(preload=KILLED_BY.format(student="s04", kills=True))
    assert ended(command(tmp_path, "--cluster", at_rest.address))[0] == 2
    grades = {grade["student"]: grade for grade in report(tmp_path)}
    assert "its worker was lost twice" in grades["s04"]["error"]
    assert [student for student, grade in grades.items() if grade["error"]] == ["s04", "s99"]


@pytest.mark.slow
def test_encrypted(tmp_path: Path) -> None:
    hand_in(tmp_path, 2)
    pem = str(certificates(tmp_path))
    options = ("--tls-ca-file", str(tmp_path / "cert.pem"), "--tls-cert", pem)
    with Cluster(tmp_path / "cluster", options, "tls") as running:
        running.worker()
        assert running.address.startswith("tls://")
        code, said = ended(command(tmp_path, "--cluster", running.address))
        assert code == 2
        assert "Dask's configuration names the certificates" in said
        tls = "DASK_DISTRIBUTED__COMM__TLS__"
        told = {f"{tls}CA_FILE": str(tmp_path / "cert.pem"), f"{tls}CLIENT__CERT": pem}
        assert ended(command(tmp_path, "--cluster", running.address, **told))[0] == 2
    assert report(tmp_path) == local(tmp_path)


@pytest.mark.parametrize(
    ("preload", "said"),
    [
        (OTHER_CHECKS, r"has edition of yesterday \(here \w+\): install the same on both sides"),
        (NO_SANDBOX, "refuses: this machine cannot keep student code apart"),
    ],
)
@pytest.mark.slow
def test_a_worker_that_would_grade_otherwise_is_refused(
    tmp_path: Path, at_rest: Cluster, preload: str, said: str
) -> None:
    hand_in(tmp_path, 1)
    at_rest.worker(preload=preload)
    code, words = ended(command(tmp_path, "--cluster", at_rest.address))
    assert code == 2
    assert re.search(rf"Error: the worker tcp://127\.0\.0\.1:\d+ {said}", words)
    assert "please report it" not in words


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_is_interrupted_as_here(tmp_path: Path, at_rest: Cluster, number: int) -> None:
    hand_in(tmp_path, 4)
    at_rest.worker(preload=KILLED_BY.format(student="s03", kills="time.sleep(600)"))
    process = command(tmp_path, "--cluster", at_rest.address, "--journal", "j.jsonl")
    while not (tmp_path / "j.jsonl").exists() or (tmp_path / "j.jsonl").read_text().count("\n") < 3:
        assert process.poll() is None
        time.sleep(0.05)
    process.send_signal(number)
    code, said = ended(process)
    assert code == 128 + number
    students = [grade["student"] for grade in report(tmp_path)]
    assert students in (["s00", "s01"], ["s00", "s01", "s02"])  # the last may just have been written down
    assert f"only {len(students)} of 5 submissions were reached" in said


@pytest.mark.slow
def test_a_scheduler_that_ends_is_said(tmp_path: Path, at_rest: Cluster) -> None:
    hand_in(tmp_path, 1)
    process = command(tmp_path, "--cluster", at_rest.address, DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT="2s")
    assert process.stderr
    assert "the cluster has no worker: waiting for one" in process.stderr.readline()
    at_rest.scheduler.kill()
    code, said = ended(process)
    assert code == 2
    assert "Error: the scheduler has gone" in said


@pytest.mark.parametrize(
    ("address", "private"),
    [
        ("tcp://127.0.0.1:8786", True),
        ("127.0.0.1:8786", True),
        ("localhost:8786", True),
        ("tcp://[::1]:8786", True),
        ("tls://192.0.2.1:8786", True),
        ("tcp://192.0.2.1:8786", False),
        ("192.0.2.1:8786", False),
        ("tcp://localhost.example.org:8786", False),
        ("tcp://127.0.0.1.example.org:8786", False),
        ("ws://192.0.2.1:8786", False),
        ("tcp://[2001:db8::1]:8786", False),
    ],
)
def test_the_secret_travels_encrypted_or_on_this_machine(address: str, private: bool) -> None:
    assert is_private(address) == private
    settings = Settings(b"a secret of the class")
    if not private:
        with pytest.raises(ClusterError, match="unencrypted: use tls://"):
            on_cluster(settings, address, print)
        on_cluster(settings, address, print, without_tls=True)


class Elsewhere:
    """The client of a scheduler on this machine, one of whose workers is on another; it is sent nothing."""

    def nthreads(self) -> dict[str, int]:
        return {"tcp://192.0.2.7:1234": 1}


def test_a_worker_elsewhere_is_refused_before_it_is_sent_anything() -> None:
    on_it = cluster._Round(Elsewhere(), Settings(b"a secret of the class"), print, without_tls=False)  # type: ignore[arg-type]
    with pytest.raises(ClusterError, match=r"the worker tcp://192.0.2.7:1234 unencrypted"):
        next(on_it.each(iter([])), None)


def test_without_dask_the_mend_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ClusterError, match=r"pip install 'depth150\[cluster\]'"):
        next(on_cluster(Settings(b"a secret of the class"), "127.0.0.1:1", print)(iter([])))


def test_nobody_there_is_said(tmp_path: Path) -> None:
    hand_in(tmp_path, 1)
    slow = {"DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "1s"}
    code, said = ended(command(tmp_path, "--cluster", "tcp://127.0.0.1:9", **slow))
    assert code == 2
    assert "Error: no connection to the scheduler tcp://127.0.0.1:9" in said


def test_trusting_the_code_is_for_this_machine(tmp_path: Path) -> None:
    hand_in(tmp_path, 1)
    code, said = ended(command(tmp_path, "--cluster", "127.0.0.1:9", "--unsafe-own-code"))
    assert code == 1
    assert "leave out --unsafe-own-code" in said
