"""What students and instructors see of a grade in a notebook: never the time taken, all text escaped."""

import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Any

from jinja2 import pass_context
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from autograder.reports import explained
from autograder.results import CheckResult, ExerciseResult
from autograder.text import points, printable

_WORDS = {"passed": "✓ passed", "failed": "✗ failed", "error": "? not tried"}
# MathJax would make links and styles of these; the backslash becomes one that only looks like it.
_TEX_COMMANDS = re.compile(r"\\(?=(?:href|url|style|class|cssId|bbox|require|unicode)\b)")
_PASTED = re.compile(r"\(data:image/[a-z]{3,4};base64,[A-Za-z0-9+/=]*\)")
MAX_MARKDOWN = 8_000  # characters of one cell without images that are pasted into it; 1,200 words
_COLOURS = {"passed": "#1b6e3c", "failed": "#a8071a", "error": "#595959"}


def as_text(exercise: ExerciseResult) -> str:
    """The feedback on one exercise as plain text."""
    said = _explanations(exercise)
    blocks = ((_heading(check), *map("    {}".format, body)) for check, body in said)
    return "\n".join(line for block in blocks for line in block)


def as_html(exercise: ExerciseResult) -> str:
    """The feedback on one exercise as a list in HTML."""
    items = "".join(_item(check, body) for check, body in _explanations(exercise))
    return f'<ul style="list-style: none; padding-left: 0">{items}</ul>'


def _item(check: CheckResult, body: Iterable[str]) -> str:
    heading = f'<b style="color: {_COLOURS[check.status]}">{escape(_heading(check))}</b>'
    lines = "".join(f'<div style="margin-left: 1.5em">{_with_code(line)}</div>' for line in body)
    return f'<li style="margin-bottom: 0.5em">{heading}{lines}</li>'


def _with_code(line: str) -> str:
    return re.sub("`([^`]{1,80})`", r"<code>\1</code>", escape(line))


def _heading(check: CheckResult) -> str:
    earned = f"{points(check.score)} of {points(check.max_score)} points"
    return f"{_WORDS[check.status]}: {printable(check.title)} ({earned})"


def _explanations(exercise: ExerciseResult) -> Iterator[tuple[CheckResult, list[str]]]:
    for check, parts in explained(exercise):
        yield check, [word + printable(text, 1000) for word, text in parts]


def notes_as_markdown(notes: Iterable[str]) -> str:
    """Remarks on the notebook, with words of the student's exceptions: a code block, so none is obeyed."""
    lines = "\n".join(f"    {printable(note)}" for note in notes)
    return f"**What happened when the notebook was run for grading**\n\n{lines}"


class _Renderer(IPythonRenderer):
    """A student's Markdown: HTML in it is shown, not obeyed, and nothing is fetched from elsewhere."""

    def image(self, text: str, url: str, title: str | None = None) -> str:
        """A pasted image, or else a link: who reads the page must not be reported to a student's server."""
        if url.startswith("data:image/") or self.attachments.get(url.removeprefix("attachment:")):
            shown: str = super().image(text, url, title)
            return shown
        link: str = self.link(text or "image", url, title)
        return link

    def block_mermaidjs(self, code: str) -> str:
        """nbconvert would put the code into the page as it is."""
        block: str = super().block_code(code)
        return block


@pass_context
def escaped_markdown(context: Mapping[str, Any], source: str) -> str:
    """nbconvert's Markdown filter, made safe: no HTML of the student's, no link that is a script."""
    if len(_PASTED.sub("", source)) > MAX_MARKDOWN:  # the parser takes quadratic time
        return f"<pre>{escape(source[:MAX_MARKDOWN])} …</pre>"
    attachments = context.get("cell", {}).get("attachments", {})
    renderer = _Renderer(
        escape=True, allow_harmful_protocols=False, attachments=attachments, exclude_anchor_links=True
    )
    return _TEX_COMMANDS.sub(
        "\N{REVERSE SOLIDUS OPERATOR}", MarkdownWithMath(renderer=renderer).render(source)
    )
