"""A page in a real browser: how wide, in which colours, what it asks for and what the browser complains of."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from tests.support.patience import HANGS
from tests.support.scratch import REPOSITORY

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page, Route

MISSING = "these tests need a browser, and there is no Chromium here: apt-get install chromium"
SCREENSHOTS = REPOSITORY / "screenshots"
Colours = Literal["light", "dark"]


def program() -> str | None:
    """Where Chromium is, whatever a distribution calls it."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if (path := shutil.which(name))), None)


def is_here() -> bool:
    """Whether there is a browser, and Playwright, which drives it."""
    return program() is not None and find_spec("playwright") is not None


@contextmanager
def chromium(home: Path) -> Iterator["Browser"]:
    """The browser, with a home of its own."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=HANGS * 1000)
    variables: dict[str, str | float | bool] = {"PATH": os.environ["PATH"], "HOME": str(home)}
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program(), env=variables)
        yield running
        running.close()


@dataclass(frozen=True)
class Look:
    """How somebody looks at a page."""

    device: str
    width: int
    height: int
    colours: Colours

    def __str__(self) -> str:
        return f"{self.device}-{self.colours}"


DESKTOP, DESKTOP_DARK = Look("desktop", 1280, 800, "light"), Look("desktop", 1280, 800, "dark")
PHONE, PHONE_DARK = Look("phone", 390, 844, "light"), Look("phone", 390, 844, "dark")
LOOKS = (DESKTOP, DESKTOP_DARK, PHONE, PHONE_DARK)


@dataclass(frozen=True)
class Window:
    """A page, the addresses that it asked for, and the errors in its console."""

    page: "Page"
    look: Look
    asked: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def is_too_wide(self) -> bool:
        """Whether one must scroll sideways."""
        wide: bool = self.page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
        return wide

    @property
    def is_dark(self) -> bool:
        """Whether its paper is darker than its ink."""
        shades = self.page.evaluate(
            """() => {
                const { backgroundColor, color } = getComputedStyle(document.body);
                return [backgroundColor, color].map((one) => eval(one.match(/[\\d.]+/g).slice(0, 3).join("+")));
            }"""
        )
        paper, ink = shades
        return bool(paper < ink)

    def keep(self, name: str, whole: bool = True) -> None:
        """Take a picture, for somebody to look at."""
        SCREENSHOTS.mkdir(exist_ok=True)
        self.page.screenshot(path=SCREENSHOTS / f"{name}-{self.look}.png", full_page=whole)


@contextmanager
def window(browser: "Browser", look: Look = DESKTOP) -> Iterator[Window]:
    """A new window with nothing remembered, from which this machine alone can be reached."""
    phone = look.device == "phone"
    context = browser.new_context(
        viewport={"width": look.width, "height": look.height},
        color_scheme=look.colours,
        is_mobile=phone,
        has_touch=phone,
        locale="en-GB",
    )
    context.set_default_timeout(HANGS * 1000)
    context.route("**/*", _only_here)
    made = Window(context.new_page(), look)
    made.page.on("request", lambda request: made.asked.append(request.url))
    made.page.on("console", lambda message: _complaint(message, made.errors))
    made.page.on("pageerror", lambda error: made.errors.append(str(error)))
    try:
        yield made
    finally:
        context.close()


def _only_here(route: "Route") -> None:
    if route.request.url.startswith(("file:", "http://127.0.0.1:")):
        route.continue_()
    else:
        route.abort()


def _complaint(message: "ConsoleMessage", errors: list[str]) -> None:
    if message.type == "error":
        errors.append(message.text)


def enter(page: "Page", field: str, value: str) -> None:
    """Type into a field of the formgrader and leave it, which saves; wait until the server has it."""
    kind = "comment" if field.endswith("-comment") else "grade"
    with page.expect_response(lambda answer: f"/api/{kind}/" in answer.url) as answered:
        page.locator(f"#{field}").fill(value)
        page.locator(f"#{field}").blur()
    assert answered.value.ok


def at(path: Path) -> str:
    """The address of a file."""
    return path.resolve().as_uri()
