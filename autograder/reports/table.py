"""Tables for a terminal: one row a submission for a class, every check for a single notebook."""

import io
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from autograder.reports._words import (
    PARAGRAPH,
    SENTENCE,
    earned,
    explanation,
    foot,
    notes,
    overview,
    state,
    summary,
    warning,
    who,
)
from autograder.results import CheckResult, ExerciseResult, Grade
from autograder.text import inert, printable

if TYPE_CHECKING:
    from autograder.sandbox import Layer

PLAIN_WIDTH = 120  # of a table that is written to a file or a pipe


def render(grades: Sequence[Grade]) -> str:
    """A table of the class, or of one notebook's checks."""
    single = len(grades) == 1 and grades[0].error is None
    danger = warning(grades)
    above = [Text(danger, "bold red")] if danger else []
    return _draw(Group(*above, _notebook(grades[0]) if single else _class(grades)))


def layers(found: Sequence["Layer"]) -> str:
    """The layers of isolation: in force or not, why, and the command that mends it."""
    table = Table("layer", "in force", "detail", "to mend it", box=box.SIMPLE_HEAD)
    for layer in found:
        state = Text("yes", "green") if layer.ok else Text("no", "bold red")
        table.add_row(layer.name, state, Text(layer.detail), Text(layer.mend or ""))
    return _draw(table)


def _draw(content: RenderableType) -> str:
    """What rich makes of `content`: in colour for a person's terminal, plain text otherwise."""
    terminal = sys.stdout.isatty()
    buffer = io.StringIO()
    width = Console().width if terminal else PLAIN_WIDTH
    Console(file=buffer, width=width, force_terminal=terminal).print(content)
    return inert("\n".join(line.rstrip() for line in buffer.getvalue().splitlines()) + "\n")


def _class(grades: Sequence[Grade]) -> Group:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False)
    for heading, justify in (("student", "left"), ("assignment", "left"), ("score", "right")):
        table.add_column(heading, justify=justify, no_wrap=True)  # type: ignore[arg-type]
    table.add_column("mistakes")
    for grade in grades:
        lines = Text("\n").join(_text(line) for line in summary(grade))
        table.add_row(_text(who(grade), 40), _text(grade.assignment or "?", 40), _score(grade), lines)
    return Group(table, Text(foot(grades)))


def _score(grade: Grade) -> Text:
    if grade.error is not None:
        return Text(earned(grade), "bold red")
    return Text(earned(grade), {"passed": "green", "partly": "yellow", "failed": "red"}[state(grade)])


def _notebook(grade: Grade) -> Group:
    head = _hanging(
        Text.assemble((grade.assignment or "?", "bold"), "  ", _score(grade), " "), grade.submission
    )
    said = [_hanging(Text("Note:"), note) for note in notes(grade)]
    blocks = [block for exercise in grade.exercises for block in _exercise(exercise)]
    return Group(head, *said, *blocks)


def _hanging(first: Text, text: str) -> Table:
    """All lines of `text` are indented: the next one could be made to look like an exercise with full marks."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(no_wrap=True)
    grid.add_row(first, _text(text))
    return grid


def _exercise(exercise: ExerciseResult) -> Iterable[RenderableType]:
    yield Text(f"\n{exercise.name}  {earned(exercise)}", "bold")
    above = overview(exercise)
    yield from map(_line, above)
    grid = Table.grid(padding=(0, 1))
    for check in exercise.checks:
        grid.add_row(*_check(check))
    yield grid
    parts = [part for check in exercise.failed for part in explanation(exercise, check)]
    yield from (_line(part) for part in dict.fromkeys(parts) if part not in above)


def _line(part: tuple[str, str]) -> RenderableType:
    word, text = part
    return Padding(Text.assemble((word, "italic"), _text(text, PARAGRAPH)), (0, 0, 0, 4))


def _check(check: CheckResult) -> tuple[Text, Text, Text]:
    mark = Text("✓", "green") if check.status == "passed" else Text("✗", "red")
    return Text("  ") + mark, Text(earned(check)), Text(check.title)


def _text(text: str, limit: int = SENTENCE) -> Text:
    return Text(printable(text, limit))
