"""The formgrader in a real Jupyter server: what a student wrote is shown there and does nothing."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from html.parser import HTMLParser
from http.client import HTTPResponse
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from autograder.demo.handin import solved
from tests.support.cohort import full
from tests.support.scratch import ASSIGNMENT, REPOSITORY, ScratchCourse, scratch_course
from tests.support.tampering import WRITTEN
from tests.support.tampering import cell as cell_of

pytestmark = pytest.mark.slow
STUDENT = "ada"
OPEN = 10.0  # points of the written question
SCRIPT = "<script>alert('as the instructor')</script>"
MARKDOWN = f"""# My remarks
{SCRIPT} <img src=x onerror=alert(1)>
[text](files/javascript:alert(1)) [work](/formgrader?path=autograded/{STUDENT}/{ASSIGNMENT}) <http://evil/auto>
![photo](http://evil/pixel.png) ![photo](attachment:photo) $\\href1{{x}}$ $href="files/kept"$
"""
PHOTOGRAPH = {"http://evil/pixel.png": {"image/png": "BBBB"}, "photo": {"image/png": "AAAA"}}


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


class Page(HTMLParser):
    """Where a page's links lead, and from where its images come."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.images: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = {"a": (self.links, "href"), "img": (self.images, "src")}.get(tag)
        if found:
            found[0].append(dict(attributes).get(found[1]) or "")


@pytest.fixture(scope="module")
def course(sandbox: None, tmp_path_factory: pytest.TempPathFactory) -> ScratchCourse:
    """A course with one autograded submission."""
    root = tmp_path_factory.mktemp("server") / "course"
    root.mkdir()
    folder = scratch_course(root)
    _give_points(folder, WRITTEN, OPEN)
    notebook = solved(ASSIGNMENT)
    cell = {"cell_type": "markdown", "id": "m", "metadata": {}, "source": MARKDOWN, "attachments": PHOTOGRAPH}
    notebook["cells"].append(cell)
    beside = folder.hand_in(STUDENT, notebook).parent
    (beside / "nbgrader_config.py").write_text(f"open({str(root / 'pwned')!r}, 'w')")
    for command in ("generate_assignment", "autograde"):
        done = folder.nbgrader(command, ASSIGNMENT)
        assert done.returncode == 0, done.stderr
    return folder


def _give_points(folder: ScratchCourse, grade_id: str, worth: float) -> None:
    source = folder.root / "solutions" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    notebook = json.loads(source.read_text())
    cell_of(notebook, grade_id)["metadata"]["nbgrader"]["points"] = worth
    source.write_text(json.dumps(notebook))


@contextmanager
def jupyter(folder: Path, home: Path) -> Iterator[Server]:
    """Jupyter as it is installed, with a HOME of its own, on a port that it finds."""
    variables = {"PATH": os.environ["PATH"], "HOME": str(home), "PYTHONPATH": str(REPOSITORY)}
    variables |= {f"JUPYTER_{kind}_DIR": str(home / kind) for kind in ("CONFIG", "DATA", "RUNTIME")}
    command = [sys.executable, "-P", "-m", "jupyter_server", "--no-browser", "--allow-root"]
    with (home / "log").open("w") as log:
        options = ["--ip=127.0.0.1", "--port=0"]
        process = subprocess.Popen(
            [*command, *options], cwd=folder, env=variables, stdout=log, stderr=log, stdin=subprocess.DEVNULL
        )
    try:
        yield started(process, home)
    finally:
        process.terminate()
        process.wait()


def started(process: subprocess.Popen[bytes], home: Path) -> Server:
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


@pytest.fixture(scope="module", params=["started in the course", "started above it"])
def server(
    request: pytest.FixtureRequest, course: ScratchCourse, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    inside = request.param == "started in the course"
    folder = course.root if inside else course.root.parent
    with jupyter(folder, tmp_path_factory.mktemp("home")) as running:
        running.read("/formgrader" if inside else f"/formgrader?path={course.root.name}")
        yield running


@pytest.fixture(scope="module")
def submission(course: ScratchCourse) -> str:
    with course.gradebook() as gradebook:
        number = gradebook.find_submission_notebook(ASSIGNMENT, ASSIGNMENT, STUDENT).id
    return f"/formgrader/submissions/{number}"


@pytest.fixture(scope="module")
def page(server: Server, submission: str) -> str:
    return server.read(f"{submission}/")


def test_the_page_is_nbgraders_own(page: str) -> None:
    assert 'class="score tabbable"' in page
    assert "My remarks" in page


def test_nothing_a_student_wrote_is_obeyed(page: str) -> None:
    assert SCRIPT not in page
    assert "&lt;script&gt;alert(" in page
    assert "<img src=x" not in page
    assert "\\href1" not in page
    assert 'href="files/kept"' in page  # a stock filter turns what is harmless here into a script elsewhere


def test_a_student_can_neither_link_nor_have_fetched_anything(page: str) -> None:
    seen = Page(page)
    assert seen.images == ["data:image/png;base64,AAAA"]
    assert seen.links
    assert not [link for link in seen.links if "evil" in link or "javascript" in link or "path=" in link]
    for address in ("files/javascript:alert(1)", "/formgrader?path=", "http://evil/auto"):
        assert f"<code>{address}" in page


def test_the_page_may_load_nothing_foreign(server: Server, submission: str) -> None:
    policy = server.answer(f"{submission}/").headers["Content-Security-Policy"]
    assert "frame-ancestors" in policy  # Jupyter's own
    assert "img-src 'self' data:" in policy


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        (f"gradebook/{ASSIGNMENT}/{ASSIGNMENT}", f"submitted_notebooks/{ASSIGNMENT}/{ASSIGNMENT}"),
        (f"manage_submissions/{ASSIGNMENT}", f"submissions/{ASSIGNMENT}"),
        (f"manage_students/{STUDENT}", f"student_submissions/{STUDENT}"),
        (f"manage_students/{STUDENT}/{ASSIGNMENT}", f"student_notebook_submissions/{STUDENT}/{ASSIGNMENT}"),
    ],
)
def test_what_nobody_has_read_is_no_zero_in_the_tables(server: Server, table: str, rows: str) -> None:
    found = json.loads(server.read(f"/formgrader/api/{rows}"))
    row = next(one for one in found if one["name"] == ASSIGNMENT)
    assert row["open"] == {"score": OPEN, "written_score": OPEN}
    assert row["score"] == row["max_score"] - OPEN
    assert 'text(graded + "not graded yet")' in server.read(f"/formgrader/{table}")


def test_a_missing_submission_is_still_missing(server: Server) -> None:
    with pytest.raises(HTTPError, match="404"):
        server.read("/formgrader/submissions/nothing/")


def test_the_configuration_of_a_student_is_not_run(server: Server, course: ScratchCourse) -> None:
    for folder in (course.root.name, "."):
        with pytest.raises(HTTPError, match="403"):
            server.read(f"/formgrader?path={folder}/submitted/{STUDENT}/{ASSIGNMENT}")
    assert not (course.root / "pwned").exists()


def test_feedback_from_the_formgrader_is_our_page(server: Server, course: ScratchCourse) -> None:
    answer = server.answer(f"/formgrader/api/assignment/{ASSIGNMENT}/{STUDENT}/generate_feedback", "POST")
    assert json.loads(answer.read())["success"]
    feedback = course.feedback(STUDENT)
    assert f"{sum(full().values()):g} of {sum(full().values()):g} points" in feedback
    assert SCRIPT not in feedback
