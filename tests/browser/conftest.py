"""One Chromium for all tests here, with a HOME of its own; and a course with a class, autograded."""

from collections.abc import Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

from autograder.course.exercises import misconceptions_of
from autograder.demo.handin import solved, source_of
from tests.support.browser import MISSING, chromium, program
from tests.support.cohort import mistaken
from tests.support.jupyter import Server, jupyter
from tests.support.scratch import ASSIGNMENT, ScratchCourse, scratch_course
from tests.support.tampering import WRITTEN, cell

if TYPE_CHECKING:
    from playwright.sync_api import Browser

DRAWN, SEEN = "chain_gradients", "from_behind_only"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--require-browser", action="store_true", help="fail where there is no browser")


def pytest_configure(config: pytest.Config) -> None:
    if find_spec("playwright") is None:
        raise pytest.UsageError("these tests need Playwright: make test-browser installs it")
    if program() is None and config.getoption("--require-browser"):
        raise pytest.UsageError(MISSING)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if program() is None:
        for item in items:
            item.add_marker(pytest.mark.skip(reason=MISSING))


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator["Browser"]:
    with chromium(tmp_path_factory.mktemp("home")) as running:
        yield running


@pytest.fixture(scope="session")
def course(tmp_path_factory: pytest.TempPathFactory) -> ScratchCourse:
    """ada did everything, emmy made mistakes, and both answered the written question, which is worth ten points;
    gottfried made a mistake that is seen in a picture.
    """
    folder = scratch_course(tmp_path_factory.mktemp("server") / "course")
    folder.give_points(WRITTEN, 10)
    answered = solved(ASSIGNMENT)
    cell(answered, WRITTEN)["source"] = r"Each factor $\frac{1}{2}$ halves $\partial J / \partial w^{[1]}$."
    folder.hand_in("ada", answered)
    folder.hand_in("emmy", mistaken())
    folder.hand_in("gottfried", solved(ASSIGNMENT, {DRAWN: source_of(misconceptions_of(DRAWN)[SEEN], DRAWN)}))
    for command in ("generate_assignment", "autograde"):
        done = folder.nbgrader(command, ASSIGNMENT)
        assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session")
def server(course: ScratchCourse, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Jupyter, started in the course."""
    with jupyter(course.root, tmp_path_factory.mktemp("home")) as running:
        yield running
