"""What students and instructors see of a grade in a notebook: never the time taken, all text escaped."""

import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Any

from jinja2 import pass_context
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from autograder.results import CheckResult, ExerciseResult
from autograder.text import points, printable

_WORDS = {"passed": "✓ passed", "failed": "✗ failed", "error": "? not tried"}
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
    """Every check with its explanation; what has been said is not said again."""
    said: set[str] = set()
    for check in exercise.checks:
        body = list(_body(check))
        fresh = [line for line in body if line not in said]
        said.update(fresh)
        yield check, fresh if fresh or not body else ["For the same reason."]


def _body(check: CheckResult) -> Iterator[str]:
    for label, text in (("", check.message), ("Hint: ", check.hint), ("For example: ", check.example)):
        if text:
            yield label + printable(text, 1000)


def notes_as_markdown(notes: Iterable[str]) -> str:
    """Remarks on the notebook, with words of the student's exceptions: a code block, so none is obeyed."""
    lines = "\n".join(f"    {printable(note)}" for note in notes)
    return f"**What happened when the notebook was run for grading**\n\n{lines}"


@pass_context
def escaped_markdown(context: Mapping[str, Any], source: str) -> str:
    """nbconvert's Markdown filter, but HTML in a student's text is shown, not obeyed, and links are no scripts."""
    attachments = context.get("cell", {}).get("attachments", {})
    renderer = IPythonRenderer(
        escape=True, allow_harmful_protocols=False, attachments=attachments, exclude_anchor_links=True
    )
    return str(MarkdownWithMath(renderer=renderer).render(source))
