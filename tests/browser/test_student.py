"""JupyterLab as a student has it: a stub is filled in, its examples tell, and nbgrader's Validate."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from autograder.demo.handin import released, solved, write
from tests.support.browser import Window, window
from tests.support.cohort import full
from tests.support.command import autograder
from tests.support.jupyter import Server, jupyter
from tests.support.scratch import ASSIGNMENT
from tests.support.tampering import EXERCISE

NOTEBOOK = f"{ASSIGNMENT}.ipynb"
NUMBER = re.compile(r"\[\d+\]")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("student")


@pytest.fixture(scope="module")
def lab(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with jupyter(folder, tmp_path_factory.mktemp("home"), "jupyterlab") as running:
        yield running


def open_notebook(page: Page, lab: Server) -> None:
    page.goto(lab.address(f"/lab/tree/{NOTEBOOK}"))
    expect(code_cell(page, f"def {EXERCISE}")).to_be_visible()
    expect(page.locator("#jp-main-statusbar")).to_contain_text("| Idle")  # the kernel is there


def code_cell(page: Page, text: str) -> Locator:
    return page.locator(".jp-Notebook .jp-CodeCell", has_text=text).first


def run(page: Page, which: Locator) -> Locator:
    """Run a cell as one does, and wait until it is done; what it shows."""
    prompt = which.locator(".jp-InputPrompt")
    before = prompt.inner_text()
    source = which.locator(".cm-content")
    source.click()
    expect(source).to_be_focused()
    page.keyboard.press("Control+Enter")
    expect(prompt).not_to_have_text(before)
    expect(prompt).to_have_text(NUMBER)
    return which.locator(".jp-OutputArea-output")


def type_solution(page: Page, which: Locator) -> None:
    """In the place of the one line; the editor indents."""
    which.locator(".cm-line", has_text="raise NotImplementedError()").click()
    page.keyboard.press("End")
    page.keyboard.press("Shift+Home")
    for line in ("A = X", "for W in weights:", "A = W @ A"):
        page.keyboard.type(line)
        page.keyboard.press("Enter")
    page.keyboard.press("Backspace")  # out of the loop
    page.keyboard.type("return A")


def validate(made: Window) -> str:
    """What nbgrader says of the notebook."""
    page = made.page
    page.get_by_role("button", name="Validate").click()
    dialog = page.locator(".jp-Dialog-content")
    expect(dialog).to_be_visible()
    made.keep("student-validate", whole=False)
    said: str = dialog.inner_text()
    return said


def test_an_example_fails_until_the_solution_is_typed(browser: Browser, lab: Server, folder: Path) -> None:
    (folder / NOTEBOOK).write_text(write(released(ASSIGNMENT)))
    with window(browser) as made:
        page = made.page
        open_notebook(page, lab)
        stub, examples = code_cell(page, f"def {EXERCISE}"), code_cell(page, f"Y_example = {EXERCISE}")
        run(page, code_cell(page, "import numpy as np"))
        run(page, stub)
        expect(run(page, examples)).to_contain_text("NotImplementedError")
        made.keep("student-before", whole=False)
        type_solution(page, stub)
        run(page, stub)
        expect(run(page, examples)).to_have_text("The examples pass.")
        made.keep("student-after", whole=False)
        said = validate(made)
    assert "cell failed" in said or "cells failed" in said  # the other exercises are not solved yet
    assert f"{EXERCISE}(" not in said
    (grade,) = autograder(folder, "grade", "--format", "json", NOTEBOOK).grades
    assert {one["name"]: one["score"] for one in grade["exercises"] if one["score"]} == {
        EXERCISE: full()[EXERCISE]
    }


def test_a_solved_notebook_validates(browser: Browser, lab: Server, folder: Path) -> None:
    (folder / NOTEBOOK).write_text(write(solved(ASSIGNMENT)))
    with window(browser) as made:
        open_notebook(made.page, lab)
        assert "Success! Your notebook passes all the tests." in validate(made)
