"""What students and instructors see of a grade in a notebook: never the time taken, all text escaped."""

from collections.abc import Iterable, Iterator

from autograder.nbgrader_plugin.parts import page
from autograder.reports import SAME, drawn, explained, overview
from autograder.results import CheckResult, ExerciseResult
from autograder.text import points, printable

_WORDS = {
    "passed": "✓ passed",
    "failed": "✗ failed",
    "error": "? not tried",
    "unjudged": "– not judged, for the same reason",
}


def as_text(exercise: ExerciseResult) -> str:
    """The feedback on one exercise as plain text."""
    blocks = ((heading, *map("    {}".format, body)) for _, heading, body in _explanations(exercise))
    return "\n".join([*_above(exercise), *(line for block in blocks for line in block)])


def as_html(exercise: ExerciseResult) -> str:
    """The feedback on one exercise as a list in HTML, perhaps with a picture."""
    said = list(_explanations(exercise))
    return page("exercise.html.j2", above=_above(exercise), said=said, drawn=drawn(exercise))


def _heading(check: CheckResult, status: str) -> str:
    word = "point" if check.max_score == 1 else "points"
    earned = f"{points(check.score)} of {points(check.max_score)} {word}"
    return f"{_WORDS[status]}: {printable(check.title)} ({earned})"


def _explanations(exercise: ExerciseResult) -> Iterator[tuple[str, str, list[str]]]:
    """Of each check its status, which is `unjudged` where results are wrong anyway, its heading, and what is said."""
    for check, parts in explained(exercise, below=True):
        status = "unjudged" if parts == [("", SAME)] else check.status
        yield status, _heading(check, status), [] if status == "unjudged" else _lines(parts)


def _above(exercise: ExerciseResult) -> list[str]:
    return _lines(overview(exercise))


def _lines(parts: Iterable[tuple[str, str]]) -> list[str]:
    return [word + printable(text, 1000) for word, text in parts]


def notes_as_markdown(notes: Iterable[str]) -> str:
    """Remarks on the notebook, with words of the student's exceptions: a code block, so none is obeyed."""
    lines = "\n".join(f"    {printable(note)}" for note in notes)
    return f"**What happened when the notebook was run for grading**\n\n{lines}"
