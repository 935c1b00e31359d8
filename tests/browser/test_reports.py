"""The reports in HTML as an instructor opens them, on a class and on one submission: a file, on whatever screen."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from autograder.demo.cohort import STUDENTS, build
from tests.support.browser import LOOKS, PHONE, Look, Window, at, window
from tests.support.command import autograder

PICTURE = Look("picture", 1040, 972, "light")  # the README's


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The class of the demonstration, graded by the real command line."""
    folder = tmp_path_factory.mktemp("class")
    build(folder)
    done = autograder(folder, "grade", "--format", "html", "--output", "report.html", "submitted")
    assert done.returncode == 2, done.stderr  # two of them cannot be graded
    return folder / "report.html"


@pytest.fixture(scope="module")
def single(report: Path) -> Path:
    """The report on one submission that is not right."""
    autograder(report.parent, "grade", "--format", "html", "--output", "single.html", "submitted/emmy")
    return report.with_name("single.html")


@pytest.fixture
def opened(browser: Browser, report: Path) -> Iterator[Window]:
    with window(browser) as made:
        made.page.goto(at(report))
        yield made
    assert made.asked == [at(report)]
    assert made.errors == []


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_it_fits_any_screen_and_needs_nothing_else(browser: Browser, report: Path, look: Look) -> None:
    with window(browser, look) as made:
        made.page.goto(at(report))
        made.keep("class")
        assert not made.is_too_wide
        for one in made.page.locator("details").all():
            one.evaluate("one => one.open = true")
        made.keep("class-unfolded")
        assert not made.is_too_wide
        assert made.is_dark == (look.colours == "dark")
    assert made.asked == [at(report)]
    assert made.errors == []


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_so_does_the_one_on_a_single_submission(browser: Browser, single: Path, look: Look) -> None:
    with window(browser, look) as made:
        made.page.goto(at(single))
        made.keep("single")
        expect(made.page.get_by_text("Hint:").first).to_be_visible()
        assert not made.is_too_wide
        assert made.is_dark == (look.colours == "dark")
    assert made.asked == [at(single)]
    assert made.errors == []


def test_what_the_page_is_not_allowed_would_be_seen(browser: Browser, report: Path) -> None:
    with window(browser) as made:
        made.page.goto(at(report))
        made.page.evaluate(
            "document.body.append(Object.assign(new Image(), { src: 'http://127.0.0.1:9/pixel' }))"
        )
        expect(made.page.locator("img")).to_have_count(1)
        made.page.wait_for_function("document.images[0].complete")
    assert "Content Security Policy" in " ".join(made.errors)


def rows(made: Window) -> Locator:
    return made.page.locator(".searched tbody tr")


def column(made: Window, number: int) -> list[str]:
    return [row.locator("td").nth(number).inner_text() for row in rows(made).all()]


def heading(made: Window, name: str) -> Locator:
    return made.page.locator(".searched").get_by_role("button", name=name, exact=True)


def test_it_sorts_by_student(opened: Window) -> None:
    heading(opened, "student").click()
    assert column(opened, 0) == sorted(STUDENTS)
    heading(opened, "student").click()
    assert column(opened, 0) == sorted(STUDENTS, reverse=True)
    expect(opened.page.locator(".searched th").first).to_have_attribute("aria-sort", "descending")


def test_it_sorts_scores_as_numbers_the_highest_first(opened: Window) -> None:
    heading(opened, "score").click()
    keys = [float(str(cell.get_attribute("data-key"))) for cell in rows(opened).locator("td.share").all()]
    assert keys == sorted(keys, reverse=True)
    assert (keys[0], keys[-1]) == (100, -1)  # whoever is not graded comes last


def test_it_sorts_from_the_keyboard(opened: Window) -> None:
    heading(opened, "student").focus()
    opened.page.keyboard.press("Enter")
    assert column(opened, 0) == sorted(STUDENTS)


def shown(made: Window) -> list[str]:
    return [row.locator("td").first.inner_text() for row in rows(made).all() if row.is_visible()]


def test_it_searches(opened: Window) -> None:
    box = opened.page.get_by_role("searchbox", name="Search")
    box.fill("ADA")
    assert shown(opened) == ["ada"]
    expect(opened.page.locator("output")).to_have_text(f"1 of {len(STUDENTS)}")
    box.fill("nobody at all")
    assert shown(opened) == []
    box.fill("")
    assert len(shown(opened)) == len(STUDENTS)


def test_a_mistake_leads_to_those_who_made_it(opened: Window) -> None:
    number = opened.page.locator(".finds b[data-made] button").first
    count = int(number.inner_text())
    number.click()
    assert len(shown(opened)) == count
    opened.page.get_by_role("searchbox").fill("")
    assert len(shown(opened)) == len(STUDENTS)


def test_a_mistake_unfolds_what_somebody_was_told(browser: Browser, report: Path) -> None:
    with window(browser, PICTURE) as made:
        made.page.goto(at(report))
        mistake = made.page.locator(".finds tbody tr").nth(1)
        expect(mistake.get_by_text("Hint:")).not_to_be_visible()
        mistake.locator("summary").click()
        expect(mistake.get_by_text("Hint:")).to_be_visible()
        made.page.mouse.move(0, 0)
        made.keep("class", whole=False)


def test_a_students_mistake_leads_to_what_it_is(opened: Window) -> None:
    link = rows(opened).locator("a[href^='#m']").first
    told = opened.page.locator(str(link.get_attribute("href")))
    expect(told).not_to_be_visible()
    link.click()
    expect(told).to_be_in_viewport()


def test_it_sorts_and_searches_on_a_phone(browser: Browser, report: Path) -> None:
    with window(browser, PHONE) as made:
        made.page.goto(at(report))
        heading(made, "student").tap()
        assert column(made, 0) == sorted(STUDENTS)
        made.page.get_by_role("searchbox").fill("ada")
        assert shown(made) == ["ada"]
        made.keep("class-searched", whole=False)
        assert not made.is_too_wide
