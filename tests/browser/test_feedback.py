"""The page that a student gets back, opened from a folder, on whatever screen."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.support.browser import LOOKS, Look, Window, at, window
from tests.support.scratch import ASSIGNMENT, ScratchCourse
from tests.support.tampering import EXERCISE, GRADE_CELL, WRITTEN


@pytest.fixture(scope="module")
def feedback(course: ScratchCourse) -> Path:
    """The folder with the pages of the class."""
    done = course.nbgrader("generate_feedback", ASSIGNMENT, "--force")
    assert done.returncode == 0, done.stderr
    return course.root / "feedback"


def page_of(feedback: Path, student: str) -> Path:
    return feedback / student / ASSIGNMENT / f"{ASSIGNMENT}.html"


@pytest.fixture
def opened(browser: Browser, feedback: Path) -> Iterator[Window]:
    page = page_of(feedback, "emmy")
    with window(browser) as made:
        made.page.goto(at(page))
        yield made
    assert made.asked == [at(page)]
    assert made.errors == []


@pytest.mark.parametrize("look", LOOKS, ids=str)
@pytest.mark.parametrize("student", ["ada", "emmy", "gottfried"])
def test_it_fits_any_screen_and_needs_nothing_else(
    browser: Browser, feedback: Path, student: str, look: Look
) -> None:
    page = page_of(feedback, student)
    with window(browser, look) as made:
        made.page.goto(at(page))
        made.keep(f"feedback-{student}")
        assert not made.is_too_wide
        assert made.is_dark == (look.colours == "dark")
    assert made.asked == [at(page)]
    assert made.errors == []


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_a_picture_of_a_mistake_is_as_wide_as_the_page_lets_it(
    browser: Browser, feedback: Path, look: Look
) -> None:
    with window(browser, look) as made:
        made.page.goto(at(page_of(feedback, "gottfried")))
        picture = made.page.get_by_role("img", name="The size of the derivative")
        box, section = picture.bounding_box(), made.page.locator("#check_chain_gradients").bounding_box()
        assert box
        assert section
        assert box["width"] > 250
        assert section["x"] < box["x"] < box["x"] + box["width"] < section["x"] + section["width"]
        for label in picture.locator("text").all():
            one = label.bounding_box()
            assert one
            assert one["height"] > 10
            assert box["x"] - 1 <= one["x"] <= one["x"] + one["width"] <= box["x"] + box["width"] + 1


def test_formulas_are_drawn(browser: Browser, feedback: Path) -> None:
    with window(browser) as made:
        made.page.goto(at(page_of(feedback, "ada")))
        formulas = made.page.locator("math")
        assert formulas.count() > 50
        assert all(box and box["width"] > 0 for box in (one.bounding_box() for one in formulas.all()))
        fraction = made.page.locator(f"#{WRITTEN} mfrac").first
        above, below = (part.bounding_box() for part in fraction.locator("> *").all())
        assert above
        assert below
        assert above["y"] + above["height"] <= below["y"]


def test_the_table_leads_to_the_exercise_and_back(opened: Window) -> None:
    section = opened.page.locator(f"#{GRADE_CELL}")
    expect(section).not_to_be_in_viewport()
    opened.page.locator(".scores").get_by_role("link", name=EXERCISE, exact=True).click()
    expect(section).to_be_in_viewport()
    section.get_by_role("link", name="top").click()
    expect(opened.page.locator("h1").first).to_be_in_viewport()


def test_the_examples_unfold(opened: Window) -> None:
    examples = opened.page.locator(f"#{GRADE_CELL} details")
    expect(examples.locator(".highlight")).not_to_be_visible()
    examples.locator("summary").click()
    expect(examples.locator(".highlight")).to_be_visible()


def test_what_a_student_wrote_is_shown_and_does_nothing(opened: Window) -> None:
    expect(opened.page.locator(f"#{WRITTEN}")).to_contain_text("<script>alert('grades')</script>")
    assert opened.page.locator("script, [onerror], [href^='javascript:']").count() == 0


def test_bullets_are_not_cut_off(opened: Window) -> None:
    expect(opened.page.locator("li", has=opened.page.locator("math")).last).to_have_css(
        "overflow-x", "visible"
    )
