"""Text that students control – names of folders, errors, results – in every report: escaped, on its line, bounded."""

import json
import re
import unicodedata
from html.parser import HTMLParser

import pytest

from autograder import cli, reports
from autograder.nbgrader_plugin.showing import as_html, as_text, escaped_markdown, notes_as_markdown
from autograder.results import CheckResult, ExerciseResult, Grade
from autograder.sandbox.replies import clean
from autograder.text import printable

EVIL = {
    "ansi": "\x1b[2J\x1b[31m\x9b31m",
    "clipboard": "\x1b]52;c;cm0gLXJm\x07\x1b]0;PASS\x07",
    "html": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "attribute": '"\' onmouseover=alert(1) x="',
    "bidirectional": "\u202e\u2066\u2067\u202a\u200f\u061c",
    "nul": "a\0b\0",
    "lines": "one\r\n\ttwo\x0b\x0c\x85\u2028\u2029three\x08\x7f",
    "surrogates": "\ud83d\udc00\udcff",
    "markdown": "[go](javascript:alert(1)) ![x](http://evil) `code` | a | b |\n# heading\n```",
    "rich": "[bold red]x[/] [link=http://evil]y[/link] \\[",
    "formula": "=cmd|' /C calc'!A0",
    "long": "y" * 100_000,
    "wide": "\u0301" * 5000 + "\u200b" * 5000 + "\U000e0041" * 500,
}
MACHINES = ("json", "jsonl", *cli.OF_ONE)  # read by programs: JSON's own escapes
SHOWS_TAGS = ("table", "csv")  # a terminal and a spreadsheet obey no tag


def grade(evil: str) -> Grade:
    """A grade with this text wherever a student's text can be."""
    check = CheckResult("check_it", "it holds", "failed", 4.0, f"returned {evil}", f"hint {evil}", None, evil)
    return Grade(
        submission=f"submitted/{evil[:200]}/x.ipynb",
        student=evil[:250],
        assignment="3-initialization",
        isolation="landlock+seccomp",
        seconds=0.1,
        notes=(evil, f"cell 1 raised {evil}"),
        exercises=(ExerciseResult("he_normal", (check,)),),
    )


def ungraded(evil: str) -> Grade:
    """A grade that could not be given, for a reason with this text in it."""
    return Grade(f"submitted/{evil[:200]}", evil[:250], None, "landlock+seccomp", 0.1, error=evil)


def dangerous(text: str) -> list[str]:
    """Characters that a terminal, a browser or a person's eye would obey."""
    kinds = {character: unicodedata.category(character) for character in set(text) - {"\n"}}
    return sorted(character for character, kind in kinds.items() if kind in ("Cc", "Cf", "Cs", "Zl", "Zp"))


class Tags(HTMLParser):
    """The tags that a browser would see, and their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.seen |= {tag, *(name for name, _ in attributes)}


@pytest.mark.parametrize("kind", EVIL)
@pytest.mark.parametrize("name", [n for n in reports.formats() if n not in MACHINES])
def test_a_report_for_people_holds_nothing_that_is_obeyed(name: str, kind: str) -> None:
    one, other = grade(EVIL[kind]), ungraded(EVIL[kind])
    for grades in ([one], [one, other], [other]):
        text = reports.render(name, grades)
        assert dangerous(text) == []
        assert len(text) < 20_000
        if name not in SHOWS_TAGS:
            assert "<script" not in text


@pytest.mark.parametrize("kind", EVIL)
@pytest.mark.parametrize("name", MACHINES)
def test_a_report_for_programs_is_plain_ascii(name: str, kind: str) -> None:
    one, other = grade(EVIL[kind]), ungraded(EVIL[kind])
    for grades in ([one], [other]) if name in cli.OF_ONE else ([one, other],):
        text = reports.render(name, grades)
        assert text.isascii()
        assert dangerous(text) == []
        for line in text.splitlines() if name == "jsonl" else [text]:
            json.loads(line)


@pytest.mark.parametrize("kind", EVIL)
def test_feedback_is_escaped_and_bounded(kind: str) -> None:
    (exercise,) = grade(EVIL[kind]).exercises
    page, text = as_html(exercise), as_text(exercise)
    assert Tags(page).seen <= {"ul", "li", "b", "div", "code", "style"}
    assert dangerous(page) == dangerous(text) == []
    assert len(page) < 20_000
    assert len(text) < 5_000


@pytest.mark.parametrize("kind", EVIL)
def test_notes_in_a_notebook_are_not_obeyed(kind: str) -> None:
    source = notes_as_markdown(grade(EVIL[kind]).notes)
    page = escaped_markdown({}, source)
    assert Tags(page).seen <= {"p", "strong", "pre", "code"}
    assert dangerous(source) == []


MARKDOWN = {
    "mermaid": "```mermaid\n<script>alert(1)</script>\n```",
    "fence": '``` "><script>\n<script>\n```',
    "formula": "$<script>$ $$<script>$$ \\begin{a}<script>\\end{a} $$\n\n<script>\n\n$$",
    "table": "| <script> |\n|---|\n| <script> |",
    "definition": "<script>\n: <script>",
    "reference": '[go]\n\n[go]: javascript:alert(1) "<script>"',
    "title": "[go](http://evil 'a\" onmouseover=\"alert(1)')",
    "entity": "[go](&#106;avascript:alert(1)) [go](JaVaScRiPt:alert(1)) [go](data:text/html,<script>)",
    "remote image": "![seen](http://evil/pixel.png) ![](//evil/pixel.png)",
    "attachment": "![a](attachment:here) ![b](attachment:empty) ![c](attachment:absent)",
    "pasted": "![a](data:image/png;base64,iVBORw0KGgo=) ![b](data:image/svg+xml;base64,AAAA)",
    "long": "<script> " * 100_000,
    "slow": "\\\\(" * 100_000,
}
OBEYED = ("script", "iframe", "style", "link", "object", "onmouseover", "onerror", "onload")


@pytest.mark.parametrize("kind", MARKDOWN)
def test_a_students_markdown_is_shown_and_nothing_in_it_obeyed(kind: str) -> None:
    attachments = {"here": {"image/png": 'iVBORw0KGgo=" onload="alert(1)'}, "empty": {}}
    page = escaped_markdown({"cell": {"attachments": attachments}}, MARKDOWN[kind])
    assert not Tags(page).seen & set(OBEYED)
    assert all(source.startswith(("data:image/", "#")) for source in re.findall(r'src="([^"]*)"', page))
    assert not re.search(r'href="\s*(?:javascript|data|vbscript)', page, re.IGNORECASE)
    assert len(page) < 60_000


def test_a_pasted_image_is_shown() -> None:
    page = escaped_markdown({"cell": {"attachments": {"p": {"image/png": "AAAA"}}}}, "![a](attachment:p)")
    assert 'src="data:image/png;base64,AAAA"' in page
    assert 'src="data:image/png;base64,AAAA"' in escaped_markdown({}, "![a](data:image/png;base64,AAAA)")


@pytest.mark.parametrize("command", ["href", "url", "style", "class", "cssId", "bbox", "require", "unicode"])
def test_a_formula_makes_no_links_and_no_styles(command: str) -> None:
    for source in (f"$\\{command}{{javascript:alert(1)}}{{x}}$", f"\\\\{command}{{x}}", f"$$ \\{command} $$"):
        assert f"\\{command}" not in escaped_markdown({}, source)
    assert r"\frac{1}{n}" in escaped_markdown({}, r"$\frac{1}{n}$")


@pytest.mark.parametrize("kind", EVIL)
@pytest.mark.parametrize("make_safe", [printable, clean])
def test_safe_text_is_short_and_on_one_line(make_safe: object, kind: str) -> None:
    text = make_safe(EVIL[kind])  # type: ignore[operator]
    assert dangerous(text) == []
    assert "\n" not in text
    assert len(text) <= 300
