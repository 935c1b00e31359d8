"""What students and instructors see of a grade in a notebook: never the time taken, all text escaped."""

from collections.abc import Iterable, Iterator
from html import escape

from autograder.reports import explained
from autograder.results import CheckResult, ExerciseResult
from autograder.text import points, printable, with_code

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
    # The class keeps MathJax away from values that a student's function returned.
    return f'<ul class="tex2jax_ignore" style="list-style: none; padding-left: 0">{items}</ul>'


def _item(check: CheckResult, body: Iterable[str]) -> str:
    heading = f'<b style="color: {_COLOURS[check.status]}">{escape(_heading(check))}</b>'
    lines = "".join(f'<div style="margin-left: 1.5em">{with_code(line)}</div>' for line in body)
    return f'<li style="margin-bottom: 0.5em">{heading}{lines}</li>'


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
