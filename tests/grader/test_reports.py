"""Every format, read back by a parser that is not ours: its structure, its points, and that texts stay texts."""

import csv
import io
import json
import re
import sys
from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from html import escape
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import mistune
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from autograder import reports
from autograder.commands import options
from autograder.course import notebooks
from autograder.course.exercises import misconceptions_of
from autograder.reports import _class
from autograder.reports._words import NAME, PARAGRAPH, SAME, SENTENCE, WARNING
from autograder.reports.markdown import MOST_SECTIONS
from autograder.results import BY_HAND, Cause, CheckResult, ExerciseResult, Grade
from autograder.text import inert, printable
from tests.support.totals import totals

PEOPLE = ("csv", "html", "junit", "markdown", "table")
HOSTILE = [
    "\x1b[2J\x1b[31m\x9b31m\x07", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>",
    "</bdi></style></table>", "[go](javascript:alert(1))", "![x](http://evil.example/x.png)",
    "<http://evil.example>", "http://evil.example", "www.evil.example www.1.example",
    "@octocat, @org/team and a@b.example", "#1 owner/name#2", "a\u202eb\u2066c\u200f", "a\0b",
    "\ud83d \udcff", '=HYPERLINK("http://evil")', "  +1", "\t@SUM(A1)", "\r-1", "＝1", 'a;=cmd;"=1";  -1',
    "]]>", "&#x0;&lt;&amp;", "<!DOCTYPE a [<!ENTITY b 'c'>]>&b;", "one\ntwo\r\n\n# three\n\n- four",
    "a | b |\n|---|", "`", "``` `a``b` ` `", "`x`@y `z`#1", "- item", "1. item", "12) item", "+ item",
    "===", "---", "    indented", "> quoted", "*a* _b_ __c__ ~~d~~ a_b_ _", "\\", "\\*",
    "$x$ $$y$$ \\(z\\) \\begin{a}", "{{ site.name }} {% raw %}", "[x]: http://evil", "[^1] [ ] [x]",
    "##[error]x", "::error::x", "'", '"', "\u0301" * 50 + "\U000e0041\u200b\ufeff\ufffe\uffff",
    "y" * 5_000, "<" * 5_000, "ΘΔ 漢字 אבג 🎓",
]  # fmt: skip
TEXTS = (st.text(min_size=1) | st.text("<>&;#@`_*[]()!|\\:/.-+=~$'\"{}\n aw1", min_size=1)).filter(
    lambda text: "not written yet" not in text
)  # our own words: such exercises share a line


def for_every_text(test: Callable[..., None]) -> Callable[..., None]:
    """Try a law on each of the hostile texts, and on any others."""
    for text in HOSTILE:
        test = example(text=text)(test)
    return given(text=TEXTS)(test)


def about(text: str) -> Grade:
    """A grade with this text wherever a student or a file may put one, and where they may not."""
    failed = CheckResult("check_it", text, "failed", 4.0, "wrong", message=text, causes=(text,))
    passed = CheckResult(text, "it holds", "passed", 6.0)
    causes = (Cause(text, text, text),)
    exercises = tuple(
        ExerciseResult(name, checks, causes, text)
        for name, checks in (("he_normal", (failed, passed)), ("neuron", (failed,)))
    )
    return Grade(text, text, text, "landlock+seccomp", 0.25, notes=(text, text), exercises=exercises)


def ungraded(text: str) -> Grade:
    """No grade, for a reason in this text."""
    return Grade(text, None, None, "landlock+seccomp", 0.0, error=text)


def mistaken() -> Grade:
    """What grading one honest mistake gives."""
    cause = next(iter(misconceptions_of("he_normal")))
    failed = CheckResult(
        "check_variance",
        "the variance is 2 / n_in",
        "failed",
        7.0,
        "wrong",
        message="It is 4 / n_in.",
        causes=(cause.id,),
    )
    again = replace(failed, name="check_mean", title="the mean is 0", max_score=0.5)
    passed = CheckResult("check_shape", "the shape is (n_out, n_in)", "passed", 2.5)
    causes = (Cause(cause.id, cause.name, cause.hint),)
    exercises = (
        ExerciseResult("he_normal", (failed, again, passed), causes),
        ExerciseResult("neuron", (passed,)),
    )
    note = "cell 14 raised NameError: name 'foo' is not defined"
    return Grade("submitted/ada/3.ipynb", "ada", "3-initialization", "bwrap", 0.25, None, (note,), exercises)


def test_the_command_names_every_format() -> None:
    assert sorted(options.FORMATS) == sorted(reports.formats())


@pytest.mark.parametrize("name", reports.formats())
def test_only_formats_of_one_refuse_a_class(name: str) -> None:
    grades = [mistaken(), ungraded("no")]
    if name not in options.OF_ONE:
        assert reports.render(name, grades)
        return
    for several in (grades, []):
        with pytest.raises(ValueError, match=f"{name} takes exactly one submission, not {len(several)}"):
            reports.render(name, several)


@pytest.mark.parametrize("grade", [mistaken(), ungraded("no")], ids=["graded", "ungraded"])
@pytest.mark.parametrize("name", reports.formats())
def test_scores_without_isolation_are_marked_in_every_format(name: str, grade: Grade) -> None:
    sign = '"isolation": "none"' if name in ("json", "jsonl") else WARNING
    assert sign not in reports.render(name, [grade])
    assert sign in reports.render(name, [replace(grade, isolation="none")])


@pytest.mark.parametrize("name", PEOPLE)
def test_the_mistake_is_named(name: str) -> None:
    cause = next(iter(misconceptions_of("he_normal")))
    texts = {
        "html": lambda text: Page(text).text,
        "markdown": lambda text: words(MARKDOWN.parse(text)),
    }
    said = texts.get(name, str)(reports.render(name, [mistaken(), ungraded("no")]))
    assert (cause.hint if name == "junit" else cause.name).replace("`", "") in " ".join(said.split()).replace(
        "`", ""
    )


# HTML

SHOWN = (
    "html head meta title style body script h1 h2 h3 p ul li b i bdi small code a nav div table thead tbody tr th td "
    "details summary figure figcaption svg rect text path label input output"
).split()


class Page(HTMLParser):
    """The tags of a page with the names of their attributes, its text, and whether all that opens is closed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, ...]] = []
        self.values: dict[str, set[str]] = {}
        self.text, self.odd, self._open = "", list[str](), list[str]()
        self.feed(page)
        self.close()
        self.odd += self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, *(name for name, _ in attrs)))
        for name, value in attrs:
            self.values.setdefault(name, set()).add(value or "")
        if tag not in ("meta", "input"):
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.odd.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.odd.append(data)

    def handle_pi(self, data: str) -> None:
        self.odd.append(data)

    def unknown_decl(self, data: str) -> None:
        self.odd.append(data)

    @property
    def structure(self) -> list[tuple[str, ...]]:
        """The tags but for `names` in backticks."""
        return [tag for tag in self.tags if tag != ("code",)]


def test_html_of_one_submission_shows_every_exercise_and_check() -> None:
    page = Page(reports.render("html", [mistaken()]))
    assert page.odd == []
    assert {tag for tag, *_ in page.tags} <= set(SHOWN)
    assert ("script",) not in page.tags
    for text in (
        "ada",
        "5/12.5",
        "2.5/10",
        "neuron",
        "the shape is (n_out, n_in)",
        "0/0.5",
        SAME,
        "NameError",
    ):
        assert text in page.text
    assert "not a notebook" in Page(reports.render("html", [ungraded("not a notebook")])).text


def test_html_of_a_class_tells_what_went_wrong_and_who_was_not_graded() -> None:
    right = replace(mistaken(), student="alan", exercises=mistaken().exercises[1:])
    text = reports.render(
        "html", [mistaken(), replace(mistaken(), student="emmy"), right, ungraded("no notebook")]
    )
    page = Page(text)
    assert page.odd == []
    assert {tag for tag, *_ in page.tags} <= set(SHOWN)
    assert re.findall(r'class="count">(\d+)<', text) == [
        "2",
        "1",
    ]  # of the figure: two with 40 %, one with 100 %
    assert "mean 60, median 40, 1 of 3 with full marks" in page.text
    assert "2 of 2" in page.text  # made the mistake
    for told in ("the shape is (n_out, n_in)", "0/0.5", SAME, "What ada was told:", "0 % of 2", "100 % of 3"):
        assert told in page.text
    assert page.text.count("not graded") == 2  # the submission, the count
    assert (
        page.text.count("no notebook") == 5
    )  # student and reason, there and among the submissions, and the file


def test_html_of_no_submissions_is_a_page() -> None:
    assert Page(reports.render("html", [])).odd == []
    assert Page(reports.render("html", [ungraded("no"), ungraded("no")])).odd == []


def test_html_needs_nothing_and_runs_nothing_but_our_script() -> None:
    text = reports.render("html", [about(text) for text in HOSTILE])
    page = Page(text)
    ((style,), (script,)) = (
        re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL) for tag in ("style", "script")
    )
    hashes = [f"'sha256-{b64encode(sha256(part.encode()).digest()).decode()}'" for part in (style, script)]
    (policy,) = (value for value in page.values["content"] if "default-src" in value)
    assert policy == (
        "default-src 'none'; base-uri 'none'; form-action 'none'; "
        f"style-src {hashes[0]}; script-src {hashes[1]}"
    )
    assert page.tags.count(("script",)) == page.tags.count(("style",)) == 1
    assert page.values["href"] <= {"#" + value for value in page.values["id"]}
    assert not set(page.values) & {"src", "srcset", "action", "style", "onerror", "onclick", "xlink:href"}
    assert not re.search(r"url\(|@import|http", style)
    assert not re.search(r"innerHTML|outerHTML|insertAdjacent|document\.write|eval|fetch|http|import", script)


def test_a_class_of_a_thousand_fits_into_two_megabytes() -> None:
    names = notebooks.assignments()["3-initialization"].exercises

    def exercise(name: str, student: int) -> ExerciseResult:
        said = f"For n_in = 32 the variance of your weights behaves like {student % 97} / n_out, not like 2 / n_in."
        failed = replace(mistaken().exercises[0].checks[0], message=said, causes=())
        checks = [replace(failed, name=f"check_{number}", status="failed") for number in range(6)]
        return ExerciseResult(name, tuple(checks))

    def student(number: int) -> Grade:
        half = tuple(exercise(name, number) for name in names[number % 2 :: 2])
        return replace(mistaken(), student=f"ada.lovelace{number}", exercises=half)

    text = reports.render("html", [student(number) for number in range(1000)])
    assert len(text.encode()) < 2_000_000
    assert set(re.findall(r'href="(#m\d+)"', text)) <= {
        f"#{name}" for name in re.findall(r'id="(m\d+)"', text)
    }
    assert len(re.findall(r'id="m\d+"', text)) == 200


def test_what_a_class_says_together() -> None:
    passed, failed, lost = (
        CheckResult("c", "it holds", status, 1.0) for status in ("passed", "failed", "error")
    )

    def grade(student: str, *checks: CheckResult) -> Grade:
        return replace(mistaken(), student=student, exercises=(ExerciseResult("neuron", checks),))

    other = replace(passed, title="it is new")
    grades = [grade("a", passed, other), grade("b", failed, other), grade("c", lost, other), ungraded("no")]
    (spread,) = _class.spreads(grades)
    assert dict(zip(_class.BINS, spread.counts, strict=True))[50] == 2
    assert (sum(spread.counts), spread.counts[-1], spread.median) == (3, 1, 50)
    hard, easy = _class.rates(grades)
    assert (hard.title, hard.passed, hard.judged, hard.percent) == (
        "it holds",
        1,
        2,
        50,
    )  # one was not judged
    assert (easy.passed, easy.judged) == (3, 3)
    twice = [grade("b", failed), grade("b", failed), grade("a", failed), grade("c", passed), ungraded("no")]
    (mistake,) = _class.mistakes(twice).values()
    assert (mistake.students, mistake.tried, mistake.one) == (2, 3, "b")


@for_every_text
def test_no_text_adds_anything_to_a_page(text: str) -> None:
    for grades, plain in (
        ([about(text), ungraded(text)], [about("x"), ungraded("x")]),
        ([about(text)], [about("x")]),
    ):
        page = Page(reports.render("html", grades))
        assert page.odd == []
        assert page.structure == Page(reports.render("html", plain)).structure
        assert printable(text, SENTENCE).replace("`", "") in page.text.replace("`", "")


# Markdown

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
MISTUNE = mistune.create_markdown(
    renderer=None,
    plugins=["table", "url", "strikethrough", "footnotes", "task_lists", "math", "def_list", "abbr"],
)


def inline(tokens: list[Token]) -> list[Token]:
    return [child for token in tokens for child in token.children or ()]


def words(tokens: list[Token]) -> str:
    """All that a reader sees."""
    return "".join("\n" if t.type in ("hardbreak", "html_inline") else t.content for t in inline(tokens))


def outline(tokens: list[Token]) -> list[tuple[str, str]]:
    """The structure of a document but for `names` in backticks and the like."""
    kinds = [(token.type, token.tag) for token in tokens] + [(t.type, t.tag) for t in inline(tokens)]
    return [kind for kind in kinds if kind[0] not in ("text", "code_inline")]


def kinds(nodes: Any) -> set[str]:
    """The kinds of all nodes in mistune's tree."""
    return {kind for node in nodes for kind in {node["type"]} | kinds(node.get("children", []))}


def test_markdown_of_a_class_is_a_table_and_a_section_a_submission() -> None:
    tokens = MARKDOWN.parse(reports.render("markdown", [mistaken(), ungraded("not a notebook")]))
    cells = [t.children for before, t in pairwise(tokens) if before.type == "td_open"]
    rows = ["".join(child.content for child in cell or ()) for cell in cells]
    assert rows[:3] == ["ada", "3-initialization", "5/12.5"]
    assert [rows[4], rows[6]] == ["not a notebook", "not graded"]
    headings = [(b.tag, t.content) for b, t in pairwise(tokens) if b.type == "heading_open"]
    assert headings == [
        ("h1", "Grades"),
        ("h2", "ada: 3-initialization, 5/12.5"),
        ("h3", "he_normal: 2.5/10"),
        ("h2", "not a notebook: ?, not graded"),
    ]


def test_markdown_of_one_submission_has_its_points_and_what_was_right() -> None:
    text = reports.render("markdown", [mistaken()])
    assert text.startswith("# ada: 3-initialization, 5/12.5\n")
    assert "✗ 0/7 the variance is 2 / n_in" in text
    assert "Full marks: neuron" in text
    assert "|---|" not in text


def test_markdown_of_a_long_class_is_only_the_table() -> None:
    text = reports.render("markdown", [mistaken()] * (MOST_SECTIONS + 1))
    assert text.count("\n| ada |") == MOST_SECTIONS + 1
    assert "## ada" not in text


def test_names_in_backticks_stay_code() -> None:
    text = reports.render("markdown", [ungraded("There is no function `he_normal`: it is gone, or `a b`.")])
    assert "There is no function `he_normal`: it is gone, or &#96;a b&#96;." in text


@for_every_text
def test_no_text_adds_anything_to_markdown(text: str) -> None:
    for grades, plain in (
        ([about(text), ungraded(text)], [about("x"), ungraded("x")]),
        ([about(text)], [about("x")]),
    ):
        tokens = MARKDOWN.parse(reports.render("markdown", grades))
        assert outline(tokens) == outline(MARKDOWN.parse(reports.render("markdown", plain)))
        shown = printable(text, SENTENCE).strip() or "(blank)"
        assert shown.replace("`", "") in words(tokens).replace("`", "")


@for_every_text
def test_nothing_in_markdown_links_or_calls_anybody(text: str) -> None:
    report = reports.render("markdown", [about(text), ungraded(text)])
    pieces = [token.content for token in inline(MARKDOWN.parse(report)) if token.type == "text"]
    assert not [piece for piece in pieces if re.search("[@#]|://", piece)]  # GitHub and GitLab search these
    assert not re.search(r"\bwww\.|[A-Za-z]\.[A-Za-z]", report)
    plain = MISTUNE(reports.render("markdown", [about("x"), ungraded("x")]))
    assert kinds(MISTUNE(report)) - {"codespan"} == kinds(plain)


# CSV


def rows(grades: list[Grade], delimiter: str = ",") -> list[dict[str, str]]:
    text = reports.render("csv", grades)
    return list(csv.DictReader(io.StringIO(text), delimiter=delimiter, strict=delimiter == ","))


def test_points_that_a_person_gives_are_told_and_nobody_lacks_them() -> None:
    note = f"{BY_HAND}written (10 points)"
    whole = ExerciseResult("f", (CheckResult("a", "f works", "passed", 84.0),))
    some = [
        Grade("a.ipynb", who, "a", "bubblewrap", 0.0, None, (note,), (whole,), by_hand=10.0) for who in "xy"
    ]
    table = reports.render("table", some)
    assert table.count("84/84 (+10 by hand)") == table.count(note) == 2
    page = reports.render("html", some)
    assert page.count('<b class="passed">84/84 (+10 by hand)</b>') == 2
    assert "2 of 2 with full marks, without what a person gives" in page
    rows = csv.DictReader(io.StringIO(reports.render("csv", some)))
    assert [(row["score"], row["max_score"], row["by_hand"]) for row in rows] == [("84", "94", "10")] * 2
    read = [replace(one, by_hand=0.0, notes=()) for one in some]
    assert "by hand" not in reports.render("table", read)
    assert "what a person gives" not in reports.render("html", read)


def test_csv_has_a_row_a_submission_and_no_score_where_there_is_no_grade() -> None:
    first, second = rows([mistaken(), ungraded("not a notebook")])
    assert (first["student"], first["assignment"], first["status"]) == ("ada", "3-initialization", "graded")
    assert [float(first[name]) for name in ("score", "max_score", "percent")] == [5, 12.5, 40]
    assert first["mistakes"].startswith("he_normal: ")
    assert "NameError" in first["notes"]
    assert "NameError" not in first["mistakes"]
    assert (second["student"], second["status"], second["error"]) == (
        "not a notebook",
        "error",
        "not a notebook",
    )
    assert [second[name] for name in ("score", "max_score", "percent")] == ["", "", ""]


@for_every_text
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_no_cell_is_a_formula(delimiter: str, text: str) -> None:
    for row in csv.reader(
        io.StringIO(reports.render("csv", [about(text), ungraded(text)])), delimiter=delimiter
    ):
        assert not [cell for cell in row if re.match(r"\s*[=+\-@\t\r＝＋－＠]", cell)]


@for_every_text
def test_a_csv_row_is_one_line_with_every_text_in_its_column(text: str) -> None:
    report = reports.render("csv", [about(text), ungraded(text)])
    assert len(report.splitlines()) == 3
    graded, other = rows([about(text), ungraded(text)])
    assert graded.keys() == other.keys() == set(report.splitlines()[0].split(","))
    assert graded["student"].replace("'", "") == inert(printable(text, NAME)).replace("'", "")
    assert other["error"].replace("'", "") == inert(f"-{printable(text, SENTENCE)}")[1:].replace("'", "")
    assert (graded["score"], graded["max_score"], other["score"]) == ("6", "14", "")


# JUnit


def test_junit_has_a_suite_a_submission_and_a_case_a_check() -> None:
    root = ElementTree.fromstring(reports.render("junit", [mistaken(), ungraded("not a notebook")]))
    first, second = root
    assert [first.get(name) for name in ("name", "tests", "failures", "errors", "time")] == [
        "ada/3-initialization", "4", "2", "0", "0.250000",
    ]  # fmt: skip
    assert [second.get(name) for name in ("tests", "failures", "errors", "time")] == ["1", "0", "1", None]
    assert [root.get(name) for name in ("tests", "failures", "errors")] == ["5", "2", "1"]
    (error,) = second.iter("error")
    assert error.get("message") == "not a notebook"
    failures = [case.find("failure") for case in first.iter("testcase")]
    assert [f.get("message") if f is not None else None for f in failures] == ["It is 4 / n_in."] * 2 + [
        None
    ] * 2
    assert failures[0] is not None
    assert "Hint: " in (failures[0].text or "")


def test_junit_properties_hold_the_points() -> None:
    (suite,) = ElementTree.fromstring(reports.render("junit", [mistaken()]))
    of_suite = {p.get("name"): p.get("value") for p in suite.iterfind("properties/property")}
    assert (of_suite["score"], of_suite["max_score"]) == ("5", "12.5")
    cases = [{p.get("name"): p.get("value") for p in c.iter("property")} for c in suite.iter("testcase")]
    assert [case["score"] for case in cases] == ["0", "0", "2.5", "2.5"]
    assert sum(float(case["max_score"] or "nan") for case in cases) == 12.5
    (none,) = ElementTree.fromstring(reports.render("junit", [ungraded("no")]))
    assert {p.get("name") for p in none.iter("property")} == {"submission", "isolation"}


def test_all_that_is_printable_is_legal_in_xml() -> None:
    every = printable("".join(map(chr, range(sys.maxunicode + 1))), sys.maxunicode + 1)
    assert ElementTree.fromstring(f"<a>{escape(every)}</a>").text == every


@for_every_text
def test_no_text_adds_anything_to_junit(text: str) -> None:
    def structure(grade: Grade) -> list[tuple[str, list[str]]]:
        root = ElementTree.fromstring(reports.render("junit", [grade, ungraded(text)]))
        return [(element.tag, sorted(element.attrib)) for element in root.iter()]

    assert structure(about(text)) == structure(about("x"))
    (suite,) = ElementTree.fromstring(reports.render("junit", [about(text)]))
    failure, *_ = suite.iter("failure")
    assert failure.get("message") == printable(text, PARAGRAPH)


# Gradescope


def gradescope(grade: Grade) -> dict[str, Any]:
    results: dict[str, Any] = json.loads(reports.render("gradescope", [grade]))
    return results


def test_gradescope_has_a_test_a_check_with_its_points() -> None:
    results = gradescope(mistaken())
    assert [(t["number"], t["score"], t["max_score"], t["status"]) for t in results["tests"]] == [
        ("1.1", 0, 7, "failed"), ("1.2", 0, 0.5, "failed"), ("1.3", 2.5, 2.5, "passed"), ("2.1", 2.5, 2.5, "passed"),
    ]  # fmt: skip
    assert results["score"] == sum(test["score"] for test in results["tests"]) == 5
    assert results["tests"][0]["name"] == "he_normal: the variance is 2 / n_in"
    assert "Hint: " in results["tests"][0]["output"]
    assert "NameError" in results["output"]
    assert results["execution_time"] == 0.25
    formats = {value for key, value in results.items() if key.endswith("_format")}
    assert formats == {"text"}


def test_gradescope_gets_no_score_where_there_is_no_grade() -> None:
    results = gradescope(ungraded("not a notebook"))
    assert "score" not in results
    assert "tests" not in results
    assert results["output"] == "NOT GRADED: not a notebook"


# PrairieLearn


def prairielearn(grade: Grade) -> dict[str, Any]:
    results: dict[str, Any] = json.loads(reports.render("prairielearn", [grade]))
    return results


def test_prairielearn_has_a_share_of_one_and_a_test_a_check() -> None:
    results = prairielearn(mistaken())
    assert (results["gradable"], results["score"]) == (True, 5 / 12.5)
    assert [(t["points"], t["max_points"]) for t in results["tests"]] == [
        (0, 7),
        (0, 0.5),
        (2.5, 2.5),
        (2.5, 2.5),
    ]
    assert "Hint: " in results["tests"][0]["message"]
    assert "NameError" in results["output"]


def test_prairielearn_does_not_count_what_has_no_grade() -> None:
    results = prairielearn(ungraded("not a notebook"))
    assert results == {"gradable": False, "format_errors": ["NOT GRADED: not a notebook"], "output": ""}


# All of them


def _class_of_all() -> list[Grade]:
    note = f"{BY_HAND}written (10 points)"
    return [
        mistaken(),
        replace(mistaken(), student="bob", exercises=mistaken().exercises[1:]),
        ungraded("no"),
        replace(mistaken(), student="eve", by_hand=10.0, notes=(note, *mistaken().notes)),
    ]


@pytest.mark.parametrize("name", reports.formats())
def test_the_totals_of_all_formats_agree(name: str) -> None:
    assert totals(name, _class_of_all()) == [(5, 12.5, 0), (2.5, 2.5, 0), None, (5, 12.5, 10)]


# GitHub Classroom


def strings(value: object) -> list[str]:
    """All lines of all texts in a JSON value."""
    if isinstance(value, str):
        return value.split("\n")
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [line for part in parts for line in strings(part)]


def reported(result: dict[str, Any]) -> tuple[float | None, float | None, list[str]]:
    """What the reporter tells Classroom, and the lines that it prints; as `autograding-grading-reporter` has it."""
    tests = result["tests"]
    assert sum(test["status"] == "pass" for test in tests) / len(tests) >= 0  # it divides by their number
    printed = [f"Error: {t['message']}" if t["status"] == "error" else f"❌ {t['name']}" for t in tests]
    if not result["max_score"]:
        return None, None, printed
    return sum(test["score"] for test in tests), result["max_score"], printed


def github(grade: Grade) -> dict[str, Any]:
    result: dict[str, Any] = json.loads(reports.render("github", [grade]))
    return result


def test_github_tells_classroom_the_score() -> None:
    result = github(mistaken())
    assert (result["version"], result["status"]) == (3, "fail")
    assert reported(result)[:2] == (5, 12.5)
    assert [test["status"] for test in result["tests"]] == ["fail", "fail", "pass", "pass"]
    right = replace(mistaken(), exercises=mistaken().exercises[1:])
    assert github(right)["status"] == "pass"


def test_github_is_told_no_points_where_there_is_no_grade() -> None:
    result = github(ungraded("not a notebook"))
    assert result["status"] == "error"
    assert reported(result) == (None, None, ["Error: not a notebook"])


@for_every_text
@pytest.mark.parametrize("make", [about, ungraded])
def test_a_runners_log_obeys_no_text(make: Callable[[str], Grade], text: str) -> None:
    lines = reported(github(make(text)))[2]
    assert not [line for line in lines if "##[" in line or line.startswith("::") or not line.isprintable()]


COMMANDS = ["::add-mask::x", "  ::add-mask::x", "x" * 39 + " ::add-mask::x " * 20, "##[error]x", "###vso[a]x"]


@pytest.mark.parametrize("text", COMMANDS)
@pytest.mark.parametrize("name", sorted({*options.FORMATS} - {"github"}))
def test_no_report_holds_a_command_for_the_log_of_a_ci(name: str, text: str) -> None:
    """Runners obey `::` at the start of a line, and `##[` wherever it stands."""
    classes = [[about(text)], [ungraded(text)], [about(text), ungraded(text)]]
    for grades in classes[:2] if name in options.OF_ONE else classes:
        report = reports.render(name, grades)
        assert not re.search(r"##\w*\[", report)
        assert not [line for line in report.splitlines() if line.lstrip().startswith("::")]
        if name in ("json", "jsonl"):
            assert json.dumps(text) in json.dumps(
                json.loads(report.splitlines()[0] if name == "jsonl" else report)
            )


@for_every_text
@pytest.mark.parametrize("name", options.OF_ONE)
@pytest.mark.parametrize("make", [about, ungraded])
def test_formats_of_one_are_plain_json_with_printable_lines(
    make: Callable[[str], Grade], name: str, text: str
) -> None:
    report = reports.render(name, [make(text)])
    assert report.isascii()
    assert len(report) < 60_000
    assert [line for line in strings(json.loads(report)) if not line.isprintable()] == []


@pytest.mark.parametrize("sign", ["y", "<"])
@pytest.mark.parametrize("name", PEOPLE)
def test_a_report_does_not_grow_with_the_texts(name: str, sign: str) -> None:
    sizes = [len(reports.render(name, [about(sign * n), ungraded(sign * n)])) for n in (1_000, 1_000_000)]
    assert sizes[0] == sizes[1] < 60_000


@pytest.mark.parametrize("is_known", [True, False])
def test_where_the_cause_is_known_no_check_asks_for_another(is_known: bool) -> None:
    message = "Row 2 is wrong. Does a square leave float64's range?"
    check = CheckResult("a", "t", "failed", 4.0, "wrong", message=message)
    causes = (Cause("relu_hard_coded", "uses ReLU whatever is asked for", "Which activation is asked for?"),)
    found = ExerciseResult("norm_profile", (check,), causes if is_known else ())
    said = [text for _, text in reports.explanation(found, check)]
    assert said[0] == ("Row 2 is wrong." if is_known else message)
