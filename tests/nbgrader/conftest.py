"""One class for all tests here: handed in and autograded once, with the real command line."""

import pytest

from autograder.sandbox import Sandbox, SandboxUnavailable
from tests.support.cohort import Class, hand_in_again, hand_in_all
from tests.support.scratch import ASSIGNMENT, ScratchCourse, scratch_course


@pytest.fixture(scope="session")
def sandbox() -> None:
    """Without one nbgrader grades nothing, and there is nothing to test here."""
    try:
        with Sandbox():
            pass
    except SandboxUnavailable as error:
        pytest.skip(f"nbgrader refuses to grade on this machine: {error}")


@pytest.fixture(scope="session")
def course_folder(sandbox: None, tmp_path_factory: pytest.TempPathFactory) -> ScratchCourse:
    """A course with its assignment generated, nothing handed in yet."""
    scratch = scratch_course(tmp_path_factory.mktemp("course"))
    done = scratch.nbgrader("generate_assignment", ASSIGNMENT)
    assert done.returncode == 0, done.stderr
    return scratch


@pytest.fixture(scope="session")
def graded(course_folder: ScratchCourse) -> Class:
    """The class, graded once; two of them hand in again and are graded a second time."""
    hand_in_all(course_folder)
    done = course_folder.nbgrader("autograde", ASSIGNMENT)
    hand_in_again(course_folder)
    course_folder.nbgrader("autograde", ASSIGNMENT, "--student=again*", "--force")
    return Class(course_folder, done.stderr, done.returncode)
