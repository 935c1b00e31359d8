"""The formgrader in a real Jupyter server: what a student wrote is shown there and does nothing."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.error import HTTPError

import pytest

from autograder.demo.handin import solved
from tests.support.cohort import full
from tests.support.jupyter import Server, jupyter
from tests.support.scratch import ASSIGNMENT, ScratchCourse, scratch_course
from tests.support.tampering import WRITTEN

pytestmark = pytest.mark.slow
STUDENT = "ada"
OPEN = 10.0  # points of the written question
SCRIPT = "<script>alert('as the instructor')</script>"
MARKDOWN = f"""# My remarks
{SCRIPT} <img src=x onerror=alert(1)>
[text](files/javascript:alert(1)) [work](/formgrader?path=autograded/{STUDENT}/{ASSIGNMENT}) <http://evil/auto>
![photo](http://evil/pixel.png) ![photo](attachment:photo) $\\href1{{x}}$ `[a](files/kept)`
"""
PHOTOGRAPH = {"http://evil/pixel.png": {"image/png": "BBBB"}, "photo": {"image/png": "AAAA"}}


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
    folder.give_points(WRITTEN, OPEN)
    notebook = solved(ASSIGNMENT)
    cell = {"cell_type": "markdown", "id": "m", "metadata": {}, "source": MARKDOWN, "attachments": PHOTOGRAPH}
    notebook["cells"].append(cell)
    beside = folder.hand_in(STUDENT, notebook).parent
    (beside / "nbgrader_config.py").write_text(f"open({str(root / 'pwned')!r}, 'w')")
    for command in ("generate_assignment", "autograde"):
        done = folder.nbgrader(command, ASSIGNMENT)
        assert done.returncode == 0, done.stderr
    return folder


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
    assert "[a](files/kept)" in page  # a stock filter would change what was written


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
    assert "default-src 'self' 'unsafe-inline'; img-src 'self' data:" in policy


def test_formulas_need_no_network(page: str) -> None:
    assert page.count("<math") > 50
    assert "<script src=" in page
    assert re.findall(r'(?:src|href)="(?:https?:)?//[^"]*', page) == []


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
