"""The formgrader in a real Jupyter server, as an instructor uses it: what is typed there is in the gradebook."""

import re

from playwright.sync_api import Browser, Page, expect

from tests.support.browser import at, enter, window
from tests.support.cohort import full
from tests.support.jupyter import Server
from tests.support.scratch import ASSIGNMENT, ScratchCourse
from tests.support.tampering import EXERCISE, GRADE_CELL, WRITTEN

COMMENT = "Well said. What happens to $c^{L-1}$ if $c > 1$?"
REMARK = "The order is right in your drawing, and wrong in your code."


def open_submission(page: Page, server: Server, course: ScratchCourse, student: str) -> None:
    """Go where an instructor clicks."""
    with course.gradebook() as gradebook:
        number = gradebook.find_submission_notebook(ASSIGNMENT, ASSIGNMENT, student).id
    page.goto(server.address("/formgrader"))
    expect(page.get_by_role("link", name=ASSIGNMENT, exact=True).first).to_be_visible()
    page.get_by_role("link", name="Manual Grading").click()
    page.get_by_role("link", name=ASSIGNMENT, exact=True).click()
    page.get_by_role("link", name=ASSIGNMENT, exact=True).last.click()
    page.locator(f"a[href*='{number}']").first.click()
    expect(page.locator(f"#{GRADE_CELL}")).to_have_attribute("placeholder", re.compile(r"\d"))


def test_grades_and_comments_given_by_hand_are_in_the_gradebook_and_in_the_feedback(
    browser: Browser, server: Server, course: ScratchCourse
) -> None:
    before = course.scores("emmy")
    with window(browser) as made:
        open_submission(made.page, server, course, "emmy")
        made.keep("formgrader", whole=False)
        expect(made.page.locator(f"#{WRITTEN}")).to_have_class(re.compile("needs_manual_grade"))
        expect(made.page.locator("math mfrac").first).to_be_visible()
        enter(made.page, WRITTEN, "7.5")
        enter(made.page, GRADE_CELL, "9")
        enter(made.page, f"{WRITTEN}-comment", COMMENT)
        enter(made.page, f"{EXERCISE}-comment", REMARK)
        expect(made.page.locator(f"#{WRITTEN}")).not_to_have_class(re.compile("needs_manual_grade"))
        made.page.reload()
        expect(made.page.locator(f"#{WRITTEN}")).to_have_value("7.5")
        expect(made.page.locator(f"#{EXERCISE}-comment")).to_have_value(REMARK)
        expect(
            made.page.locator(f"#{EXERCISE}-comment")
        ).to_be_focused()  # nbgrader's script goes to where one was
        made.page.evaluate("$('body, html').finish()")
        made.page.locator(f"#{WRITTEN}").scroll_into_view_if_needed()
        made.keep("formgrader-graded", whole=False)
    assert not [address for address in made.asked if not address.startswith(server.url)]
    assert made.errors == []

    assert course.scores("emmy") == before | {EXERCISE: 9.0, WRITTEN: 7.5}
    with course.gradebook() as gradebook:
        where = (ASSIGNMENT, ASSIGNMENT, "emmy")
        written, automatic = (gradebook.find_grade(name, *where) for name in (WRITTEN, GRADE_CELL))
        assert (written.manual_score, written.needs_manual_grade) == (7.5, False)
        assert (automatic.auto_score, automatic.manual_score) == (before[EXERCISE], 9.0)
        assert gradebook.find_comment(WRITTEN, *where).comment == COMMENT
        assert gradebook.find_comment(EXERCISE, *where).comment == REMARK
        assert gradebook.find_submission(ASSIGNMENT, "emmy").max_score == sum(full().values()) + 10

    done = course.nbgrader("generate_feedback", ASSIGNMENT, "--force")
    assert done.returncode == 0, done.stderr
    with window(browser) as made:
        made.page.goto(at(course.root / "feedback" / "emmy" / ASSIGNMENT / f"{ASSIGNMENT}.html"))
        expect(made.page.locator(f"#{WRITTEN}")).to_contain_text("7.5 of 10 points")
        expect(made.page.locator(f"#{WRITTEN} .comment math").first).to_be_visible()
        expect(made.page.locator(f"#{EXERCISE} .comment")).to_contain_text(REMARK)
        made.keep("feedback-commented")


def test_full_credit_is_one_click(browser: Browser, server: Server, course: ScratchCourse) -> None:
    with window(browser) as made:
        open_submission(made.page, server, course, "ada")
        with made.page.expect_response(lambda answer: "/api/grade/" in answer.url):
            made.page.locator(".nbgrader_cell", has=made.page.locator(f"#{WRITTEN}")).get_by_role(
                "button", name="Full credit"
            ).click()
    assert course.scores("ada") == full() | {WRITTEN: 10.0}
