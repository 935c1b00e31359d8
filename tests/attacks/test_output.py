"""Text that students control – names of folders, errors, results – in every report: escaped, on its line, bounded."""

import json
import re
import unicodedata
from html import escape, unescape
from html.parser import HTMLParser
from typing import Any, ClassVar

import pytest
from nbconvert.filters import markdown_mistune
from nbformat import NotebookNode
from traitlets.config import Config

from autograder import reports
from autograder.commands import options
from autograder.nbgrader_plugin import markdown, nodes, pages
from autograder.nbgrader_plugin.formulas import drawn
from autograder.nbgrader_plugin.markdown import escaped_markdown, shown_markdown
from autograder.nbgrader_plugin.pages import bound
from autograder.nbgrader_plugin.showing import as_html, as_text, notes_as_markdown
from autograder.results import Cause, CheckResult, ExerciseResult, Grade
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
MACHINES = ("json", "jsonl", *options.OF_ONE)  # read by programs: JSON's own escapes
SHOWS_TAGS = ("table", "csv")  # a terminal and a spreadsheet obey no tag


def grade(evil: str) -> Grade:
    """A grade with this text wherever a student's text can be."""
    check = CheckResult(
        "check_it", "it holds", "failed", 4.0, "wrong", message=f"returned {evil}", causes=("a",)
    )
    causes = (Cause("a", evil, f"hint {evil}"),)
    return Grade(
        submission=f"submitted/{evil[:200]}/x.ipynb",
        student=evil[:250],
        assignment="3-initialization",
        isolation="landlock+seccomp",
        seconds=0.1,
        notes=(evil, f"cell 1 raised {evil}"),
        exercises=(ExerciseResult("he_normal", (check,), causes, evil),),
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
    for grades, harmless in (
        ([one], [grade("x")]),
        ([one, other], [grade("x"), ungraded("x")]),
        ([other], [ungraded("x")]),
    ):
        text, plain = reports.render(name, grades), reports.render(name, harmless)
        assert dangerous(text) == []
        assert len(text) < 20_000
        if name not in SHOWS_TAGS:
            assert text.count("<script") == plain.count("<script")


@pytest.mark.parametrize("kind", EVIL)
@pytest.mark.parametrize("name", MACHINES)
def test_a_report_for_programs_is_plain_ascii(name: str, kind: str) -> None:
    one, other = grade(EVIL[kind]), ungraded(EVIL[kind])
    for grades in ([one], [other]) if name in options.OF_ONE else ([one, other],):
        text = reports.render(name, grades)
        assert text.isascii()
        assert dangerous(text) == []
        for line in text.splitlines() if name == "jsonl" else [text]:
            json.loads(line)


@pytest.mark.parametrize("kind", EVIL)
def test_feedback_is_escaped_and_bounded(kind: str) -> None:
    (exercise,) = grade(EVIL[kind]).exercises
    page, text = as_html(exercise), as_text(exercise)
    assert Tags(page).seen <= {"ul", "li", "b", "div", "code", "style", "class"}
    assert page.startswith('<div class="tex2jax_ignore"')
    assert dangerous(page) == dangerous(text) == []
    assert len(page) < 20_000
    assert len(text) < 5_000


@pytest.mark.parametrize("kind", EVIL)
def test_notes_in_a_notebook_are_not_obeyed(kind: str) -> None:
    source = notes_as_markdown(grade(EVIL[kind]).notes)
    page = escaped_markdown({}, source)
    assert Tags(unframed(page)).seen <= {"p", "strong", "pre", "code"}
    assert dangerous(source) == []


FRAME = '<div style="contain: paint; overflow: auto hidden">'
ADDRESS = "/formgrader?path=autograded/ada"  # there nbgrader runs a configuration that ada handed in
LINKS = {
    "inline": f"[text]({ADDRESS})",
    "reference": f"[text]\n\n[text]: {ADDRESS} 'title'",
    "full reference": f"[text][r]\n\n[r]: {ADDRESS}",
    "in a list": f"- 1. > [text]({ADDRESS})",
    "in a table": f"| [text]({ADDRESS}) |\n|---|\n| x |",
    "in a heading": f"# [text]({ADDRESS})",
    "an image": f"![text]({ADDRESS})",
    "an image in a link": f"[![text]({ADDRESS})](http://evil)",
}
MARKDOWN = LINKS | {
    "autolink": "<http://evil/x> http://evil/x <javascript:alert(1)> <files/javascript:alert(1)> <a@evil.example>",
    "prefix": "[go](files/javascript:alert(1)) [go](/files/javascript:alert(1)) ![go](files/https://evil/x.png)",
    "mermaid": "```mermaid\n<script>alert(1)</script>\n```",
    "fence": '``` "><script>\n<script>\n```',
    "formula": "$<script>$ $$<script>$$ \\begin{a}<script>\\end{a} $$\n\n<script>\n\n$$",
    "table": "| <script> |\n|---|\n| <script> |",
    "definition": "<script>\n: <script>",
    "script reference": '[go]\n\n[go]: javascript:alert(1) "<script>"',
    "title": "[go](http://evil 'a\" onmouseover=\"alert(1)')",
    "entity": "[go](&#106;avascript:alert(1)) [go](JaVaScRiPt:alert(1)) [go](data:text/html,<script>)",
    "remote image": "![seen](http://evil/pixel.png) ![](//evil/pixel.png)",
    "attachment": "![a](attachment:here) ![b](attachment:empty) ![c](attachment:absent) ![d](http://evil/pixel.png)",
    "formula in an image's text": '![$a" onload="alert(1)$](attachment:photo)',
    "pasted": "![a](data:image/png;base64,iVBORw0KGgo=) ![b](data:image/svg+xml;base64,AAAA)",
    "long": "<script> " * 100_000,
    "slow": "\\\\(" * 100_000,
}
OBEYED = ("script", "iframe", "style", "link", "object", "a", "href", "onmouseover", "onerror", "onload")
ATTACHED = {
    "here": {"image/png": 'iVBORw0KGgo=" onload="alert(1)'},
    "empty": {},
    "photo": {"image/png": "AAAA"},
    "http://evil/pixel.png": {"image/png": "AAAA"},
    ADDRESS: {"image/png": "AAAA"},
}


def unframed(page: str) -> str:
    """The page without the box that keeps formulas from painting over the grades."""
    assert page.startswith((FRAME, "<pre>"))
    return page.removeprefix(FRAME)


@pytest.mark.parametrize("kind", MARKDOWN)
def test_a_students_markdown_is_shown_and_nothing_in_it_obeyed(kind: str) -> None:
    cell = {"attachments": ATTACHED}
    page = escaped_markdown({"cell": cell}, MARKDOWN[kind])
    assert not Tags(unframed(page)).seen & set(OBEYED)
    assert set(re.findall(r'src="([^"]*)"', page)) <= {"data:image/png;base64,AAAA"}


@pytest.mark.parametrize("kind", LINKS)
def test_a_link_is_shown_as_its_address(kind: str) -> None:
    page = escaped_markdown({"cell": {"attachments": ATTACHED}}, LINKS[kind])
    assert f"text (<code>{ADDRESS}</code>)" in page


def test_an_address_that_is_its_own_text_is_shown_once() -> None:
    for address in ("http://evil/x?a=1&b", "mailto:a@evil.example"):
        page = escaped_markdown({}, f"<{address}>")
        assert page.count("<code>") == page.count("evil") == 1


@pytest.mark.parametrize("kind", ["png", "jpeg", "gif", "webp"])
def test_an_attached_or_pasted_image_is_shown(kind: str) -> None:
    cell = nodes.cell("markdown", f"![one](attachment:p%20q) ![two](data:image/{kind};base64,BBBB)")
    cell.attachments = {"p q": {f"image/{kind}": "AAAA"}}
    bound([cell])
    page = escaped_markdown({"cell": cell}, cell.source)
    assert [f'src="data:image/{kind};base64,{data}" alt=' in page for data in ("AAAA", "BBBB")] == [
        True,
        True,
    ]


def test_an_image_that_is_named_often_is_shown_once() -> None:
    cell = {"attachments": {"p": {"image/png": "A" * 100_000}}}
    assert len(escaped_markdown({"cell": cell}, "![a](attachment:p)" * 400)) < 150_000


def test_an_address_that_is_named_often_is_shortened() -> None:
    assert len(escaped_markdown({}, "[a]" * 1000 + f"\n\n[a]: {'x' * 4000}")) < 400_000


MATHML = set(
    "math mrow mi mn mo mtext mspace mfrac msqrt mroot msub msup msubsup munder mover munderover mtable mtr mtd mstyle "
    "mpadded mphantom display displaystyle scriptlevel form fence stretchy largeop movablelimits accent lspace rspace "
    "minsize maxsize width height depth voffset linethickness mathvariant columnalign columnspacing rowspacing".split()
)
HOSTILE_TEX = {
    "words": r"\text{<script>alert(1)</script>} \mbox{<img src=x onerror=alert(1)>} \operatorname{<b>} \tag{<b>}",
    "links": r"\href{javascript:alert(1)}{x} \url{javascript:alert(1)}",
    "styles": r"\style{position:fixed}{x} \class{x\" onclick=\"alert(1)}{y} \cssId{top}{z}",
    "colours": r"\color{red\" onclick=\"alert(1)}{y} \textcolor{url(http://evil)}{x} \colorbox{red}{x}",
    "sizes": r"\hspace{1em\" onclick=\"alert(1)} \rule{9999em}{9999em} \kern-99em x",
    "code points": r"\unicode{x3c}script\unicode{x3e} &lt;script&gt; &#60;script&#62; \unicode{x3c;script}",
    "tables": r"\begin{array}{|c|\" onclick=\"alert(1)|}<script>&x\\ y\end{array}",
    "closed early": r"</mtext></math><script>alert(1)</script> \text{</mtext></math><script>}",
}
ENDLESS = {
    "commands": r"\newcommand{\a}{xxxxxxxxxx}" + r"\a" * 90,
    "itself": r"\def\a{\a\a}\a",
    "environments": r"\newenvironment{a}{x}{y}\begin{a}\end{a}",
    "operators": r"\DeclareMathOperator{\a}{aaaa}\a",
    "braces": "{" * 999 + "}" * 999,
    "delimiters": r"\left(" * 300,
    "length": "x" * 2_001,
}


@pytest.mark.parametrize("kind", HOSTILE_TEX)
@pytest.mark.parametrize("display", ["inline", "block"])
def test_a_formula_is_drawn_without_anything_that_is_obeyed(kind: str, display: str) -> None:
    for tex in (HOSTILE_TEX[kind], *HOSTILE_TEX[kind].split(" ")):
        seen = Tags(drawn(tex, display)).seen
        assert seen <= MATHML or seen == {"code"}


@pytest.mark.parametrize("kind", EVIL)
def test_words_in_a_formula_are_only_words(kind: str) -> None:
    page = drawn(rf"\text{{{EVIL[kind][:1000]}}} x", "inline")
    assert Tags(page).seen <= MATHML | {"code"}


@pytest.mark.parametrize("kind", ENDLESS)
def test_a_formula_that_has_no_end_is_shown_as_it_was_typed(kind: str) -> None:
    assert drawn(ENDLESS[kind], "inline") == f"<code>{escape(ENDLESS[kind])}</code>"


def test_a_formula_is_drawn() -> None:
    page = shown_markdown({}, r"Here $W^{[l]}$ and $$\sqrt{2/n_\text{in}}$$")
    assert page.count("<math") == 2
    assert '<math display="block"><mrow><msqrt>' in page
    assert "$" not in page
    assert drawn(r"\texttt{weight\_variance} < 1", "inline").count("weight_variance") == 1
    assert drawn(r"\lVert x \rVert", "inline").count('<mo stretchy="false">') == 2
    assert drawn(r"\left\lVert x \right\rVert", "inline").count('stretchy="true"') == 2
    assert "<mi>∂</mi>" in drawn(r"\partial x", "inline")


class Counted:
    """Stands in for a parser: how long what it has been given is."""

    def __init__(self, **_: object) -> None: ...

    seen: ClassVar[list[int]] = []

    def __call__(self, source: str) -> str:
        self.seen.append(len(source))
        return ""

    render = __call__


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How much the parsers of Markdown and Python are given: the one takes quadratic time, the other may."""
    monkeypatch.setattr(Counted, "seen", [])
    monkeypatch.setattr(pages, "Highlight2HTML", Counted)
    monkeypatch.setattr(markdown, "MarkdownWithMath", Counted)
    return Counted.seen


def page_of(*cells: NotebookNode) -> str:
    """The feedback page of a notebook with these cells."""
    names = {"notebook": "n", "score": 1.0, "max_score": 1.0, "late_penalty": 0.0}
    config = Config(HTMLExporter=Config(filters={}, template_name="feedback"))
    exporter: Any = pages.FeedbackPage(config=config)  # type: ignore[no-untyped-call]  # nbconvert's
    page: str = exporter.from_notebook_node(nodes.notebook(cells), resources={"nbgrader": names})[0]
    return page


IMAGE = f"![a](data:image/png;base64,{'A' * 100_000})"
COSTLY = {
    "code": "x" * 20_001,
    "blank lines in code": "x=1" + "\n " * 300,
    "lines in code": '"""' + "\n" * 390_000,
    "markdown": "[" * 8_001,
}


@pytest.mark.parametrize("kind", COSTLY)
def test_what_a_parser_would_take_long_for_is_shown_plain(kind: str, parsed: list[int]) -> None:
    page = page_of(nodes.cell("markdown" if kind == "markdown" else "code", COSTLY[kind]))
    assert parsed == []
    assert COSTLY[kind][:100] in unescape(page)
    assert len(page) < 120_000


def test_a_parser_gets_an_ordinary_cell_and_no_image(parsed: list[int]) -> None:
    page_of(nodes.cell("code", "x = 1"), nodes.cell("markdown", "text " + IMAGE * 10))
    code, text = parsed
    assert code == len("x = 1")
    assert text < 500


def test_a_parser_gets_a_bounded_part_of_a_notebook(parsed: list[int]) -> None:
    cells = [nodes.cell(kind, "x" * 7_000) for kind in ("code", "markdown") * 100]
    page = page_of(*cells)
    assert 90_000 < sum(parsed) <= 100_000
    assert len(page) < 450_000
    assert "… (cut)" in page


def test_a_cell_is_shown_up_to_a_bound() -> None:
    page = page_of(nodes.cell("code", "x" * 1_000_000), nodes.cell("code", "after"))
    assert len(page) < 120_000
    assert "after" in page


def test_no_lexer_is_chosen_by_a_student(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(markdown_mistune, "get_lexer_by_name")
    page = escaped_markdown({}, "```systemd\n" + " " * 1500 + "!x\n```\n")
    assert "<pre><code>" in page


def test_our_filters_hold_whatever_the_configuration_says() -> None:
    assert "&lt;script&gt;" in page_of(nodes.cell("markdown", "<script>"))


def test_the_page_loads_nothing_and_runs_nothing() -> None:
    page = page_of(nodes.cell("markdown", "$x$"))
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', page)
    directives = dict(directive.split(" ", 1) for directive in unescape(policy).split("; "))
    assert directives == {
        "default-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "style-src": "'unsafe-inline'",
        "img-src": "data:",
    }
    assert not Tags(page).seen & {"script", "link", "src", "onclick", "onload"}
    assert not re.search(r"url\(|@import|http:|https:", page)


@pytest.mark.parametrize("kind", EVIL)
@pytest.mark.parametrize("make_safe", [printable, clean])
def test_safe_text_is_short_and_on_one_line(make_safe: object, kind: str) -> None:
    text = make_safe(EVIL[kind])  # type: ignore[operator]
    assert dangerous(text) == []
    assert "\n" not in text
    assert len(text) <= 300
