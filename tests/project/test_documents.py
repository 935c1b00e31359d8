"""What the documents say exists: their links, the files that they name, every command and report that they show."""

import importlib.util
import json
import re
import shlex
import tomllib
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import click
import pytest
from nbgrader.apps.nbgraderapp import NbGraderApp

from autograder import reports
from autograder.cli import cli
from autograder.course.a3_initialization._checks import of_normal_matrix
from autograder.course.a3_initialization.he_normal.checks import LAW
from autograder.course.exercises import misconceptions_of
from autograder.course.new import new
from autograder.demo.handin import solved, source_of
from autograder.grading.grader import Grader
from autograder.intake.submission import from_cells
from autograder.results import Grade
from autograder.sandbox import OwnCode

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    path
    for pattern in ("*.md", "docs/*.md", "solutions/*.md", "autograder/**/*.md", ".github/**/*.md")
    for path in ROOT.glob(pattern)
)
RECIPES = [*ROOT.glob(".github/**/*.yml"), ROOT / ".pre-commit-config.yaml", ROOT / ".ci/run"]
OUTSIDE = re.compile(r"catalogue [A-Z]\d\d|\b[A-Z]\d\d–|§\d+[a-z]?\b|statistics\.md|design\.md|exercises\.md")
MODULES = {"autograder": cli, "autograder.course.new": new}  # those whose options are looked at


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def is_module(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except ModuleNotFoundError:  # not even the package
        return False


def anchors(page: Path) -> set[str]:
    """The headings of a page, as addresses have them."""
    headings = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            path, _, anchor = target.partition("#")
            file = (page.parent / path).resolve() if path else page
            assert file.exists(), f"{named(page)} links to {target}"
            assert not anchor or anchor in anchors(file), (
                f"{named(page)} links to {target}, a heading that is not there"
            )


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_file_of_the_repository_that_is_named_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for name in re.findall(r"`((?:autograder|tests|solutions|docs|\.github)/[\w./-]*)`", text):
        assert (ROOT / name).exists(), f"{named(page)} speaks of {name}"


def modules() -> Iterator[Path]:
    """Our modules, without what strangers and attackers wrote."""
    for path in [*ROOT.glob("autograder/**/*.py"), *ROOT.glob("tests/**/*.py")]:
        if not {"corpus", "strangers"} & set(path.relative_to(ROOT).parts):
            yield path


def test_every_module_and_file_that_a_module_names_exists() -> None:
    for path in modules():
        text = path.read_text(encoding="utf-8")
        for name in re.findall(r"`(autograder(?:\.[a-z]\w*)+)`", text):
            assert is_module(name), f"{named(path)} speaks of {name}"
        for name in re.findall(r"(?<![\w/])((?:autograder|tests|docs)/\w[\w/]*\.(?:py|md|toml))", text):
            assert (ROOT / name).exists(), f"{named(path)} speaks of {name}"


def test_no_module_cites_what_is_not_here() -> None:
    """A letter and two digits, or a section, of a list that a reader does not have."""
    cited = [
        named(path)
        for path in modules()
        if path != Path(__file__) and re.search(OUTSIDE, path.read_text("utf-8"))
    ]
    assert cited == []


def commands(page: Path) -> Iterator[list[str]]:
    """The command lines in blocks and between backticks, as lists of words."""
    text = page.read_text(encoding="utf-8")
    fences = (
        re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL) if page.suffix == ".md" else [text]
    )
    indented = re.findall(r"^ {4}(.*)$", text, re.MULTILINE)
    inline = re.findall(r"(?<!`)`([^`\n]+)`(?!`)", text)
    for line in [*"\n".join(fences).splitlines(), *indented, *inline]:
        for part in re.split(r"\||&&|;|\$\(", line):
            words = list(words_of(part))
            if words and Path(words[0]).name in CHECKED:
                yield [Path(words[0]).name, *words[1:]]


def words_of(part: str) -> Iterator[str]:
    """The words of a simple command, without what YAML and a shell put around it."""
    stripped = re.sub(r"^\s*(?:- )?(?:run: |entry: )?", "", part).rstrip(")` ")
    try:
        yield from shlex.split(stripped, comments=True)
    except ValueError:  # prose with an apostrophe
        return


def takes(command: click.Command, words: Sequence[str]) -> None:
    """Parse the words; an option or a value that the command does not know raises."""
    arguments = list(words)
    if isinstance(command, click.Group) and arguments and not arguments[0].startswith("-"):
        name = arguments.pop(0)
        assert name in command.commands, f"there is no subcommand {name}"
        command = command.commands[name]
    # A command that is spoken of needs not be complete, and a file that it names not be there.
    with suppress(click.MissingParameter, click.exceptions.Exit, click.exceptions.NoArgsIsHelpError):
        try:
            command.make_context(command.name, arguments)
        except click.BadParameter as error:
            if "does not exist" not in error.message:
                raise


def makes(words: Sequence[str]) -> None:
    targets = re.findall(r"^([\w./-]+):(?!=)", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert [word for word in words if word not in targets and "=" not in word] == [], (
        "no such target in the Makefile"
    )


def nbgrader(words: Sequence[str]) -> None:
    application, arguments = NbGraderApp(), list(words)
    while arguments and arguments[0] in application.subcommands:
        application = application.subcommands[arguments.pop(0)][0]()
    assert not application.subcommands, f"nbgrader has no such command: {arguments[:1]}"
    options = {word[2:].partition("=")[0] for word in arguments if word.startswith("--")}
    assert options <= {*application.aliases, *application.flags}


def runs(words: Sequence[str]) -> None:
    """`python -m MODULE …`."""
    module, *arguments = words[1:]
    assert is_module(module), f"there is no module {module}"
    if module in MODULES:
        takes(MODULES[module], arguments)
    for path in arguments if module == "pytest" else []:
        assert "/" not in path or (ROOT / path).exists(), f"there is no {path}"


def installs(words: Sequence[str]) -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    for extra in re.findall(r"\[([\w,]+)\]", " ".join(words)):
        assert set(extra.split(",")) <= set(extras), f"there is no extra {extra}"


CHECKED: dict[str, Callable[[list[str]], None]] = {
    "autograder": lambda words: takes(cli, words),
    "make": makes,
    "nbgrader": nbgrader,
    "pip": installs,
    "python": lambda words: runs(words) if words[:1] == ["-m"] else None,
}
SHOWN = [(page, words) for page in [*PAGES, *RECIPES] for words in commands(page)]


@pytest.mark.parametrize(
    ("page", "words"), SHOWN, ids=[f"{named(page)}-{' '.join(words)}" for page, words in SHOWN]
)
def test_every_command_that_is_shown_is_understood(page: Path, words: list[str]) -> None:
    CHECKED[words[0]](words[1:])


def test_commands_are_found() -> None:
    shown = {(named(page), words[0]) for page, words in SHOWN}
    assert {("README.md", "make"), ("README.md", "nbgrader"), ("docs/ci.md", "autograder")} <= shown
    assert {
        ("docs/authors.md", "python"),
        ("docs/instructors.md", "pip"),
        (".pre-commit-config.yaml", "make"),
    } <= shown


@pytest.mark.parametrize(
    "command",
    ["autograder grade --colour x", "autograder begin course", "autograder grade --format yaml x", "make coffee",
     "nbgrader autograte x", "nbgrader export --into x", "python -m autograder.courses", "pip install -e '.[all]'"],
)  # fmt: skip
def test_what_does_not_exist_is_not_understood(command: str) -> None:
    program, *words = shlex.split(command)
    with pytest.raises((AssertionError, click.UsageError)):
        CHECKED[program](words)


@pytest.fixture(scope="module")
def graded() -> Grade:
    """The notebook of the sample reports: solved, but for a mistake in he_normal."""
    wrong = misconceptions_of("he_normal")["fan_out_for_fan_in"]
    document = solved("3-initialization", {"he_normal": source_of(wrong, "he_normal")})
    path = "submitted/ada/3-initialization/3-initialization.ipynb"
    return Grader(OwnCode(), b"a secret").grade(
        from_cells(path, document["cells"], "ada", "3-initialization")
    )


def sample(page: str, language: str = "") -> list[str]:
    """The blocks of a page in that language."""
    text = (ROOT / page).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def test_the_sample_report_is_what_a_student_gets(graded: Grade) -> None:
    (shown,) = [block for block in sample("docs/students.md") if block.startswith("he_normal ")]
    assert shown.strip() in reports.render("table", [graded]), (
        "docs/students.md: take the lines of a new report"
    )


def complaints(shown: Any, real: Any, where: str) -> Iterator[str]:
    """What a sample shows otherwise than it is; of lists it shows the beginning, and of texts what is around “…”."""
    if isinstance(shown, dict) and isinstance(real, dict) and list(shown) == list(real):
        for key in shown.keys() - {"isolation", "seconds", "secret"}:
            yield from complaints(shown[key], real[key], f"{where}.{key}")
    elif isinstance(shown, list) and isinstance(real, list):
        for number, (one, other) in enumerate(zip(shown, real, strict=False)):
            yield from complaints(one, other, f"{where}[{number}]")
    elif not fnmatchcase(str(real), str(shown).replace("…", "*")):
        yield f"{where} is {real!r}, not {shown!r}"


def test_the_sample_of_json_is_what_a_program_gets(graded: Grade) -> None:
    shown = json.loads(*sample("docs/ci.md", "json"))
    (real,) = json.loads(reports.render("json", [graded]))
    lost = [
        grade.pop("max_score") - grade.pop("score") for grade in (shown, real)
    ]  # whatever an assignment sums to
    real["exercises"] = [exercise for exercise in real["exercises"] if exercise["name"] == "he_normal"]
    assert lost[0] == lost[1]
    assert list(complaints(shown, real, "docs/ci.md: ")) == []


def test_what_authors_are_told_of_a_normal_matrix_is_so() -> None:
    text = (ROOT / "docs/authors.md").read_text(encoding="utf-8")
    checks = of_normal_matrix(LAW, variance=1)
    others = sum(check.points for check in checks) - 1
    assert re.findall(r"cost (\d+) points, so give the exercise (\d+) or more", text) == [
        (f"{others:g}", f"{others + 1:g}")
    ]
    assert re.findall(r"points − (\d+)", text) == [f"{others:g}"]
    assert re.findall(r"takes (\S+) of the 1e-9", text) == [
        f"{sum(check.false_fail for check in checks):.2g}"
    ]
