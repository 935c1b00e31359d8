"""Tables for a terminal: one row a submission for a class, every check for a single notebook."""

import io
import sys
from collections.abc import Iterable, Sequence

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from autograder.misconceptions import misconceptions_of
from autograder.results import CheckResult, ExerciseResult, Grade
from autograder.sandbox import Isolation, Layer
from autograder.text import plural, points, printable

PLAIN_WIDTH = 120  # of a table that is written to a file or a pipe
WARNING = "Graded WITHOUT isolation (--unsafe-own-code): these scores can be forged."


def render(grades: Sequence[Grade]) -> str:
    """A table of the class, or of one notebook's checks."""
    single = len(grades) == 1 and grades[0].error is None
    warning = [Text(WARNING, "bold red")] if any(g.isolation == Isolation.NONE for g in grades) else []
    return _draw(Group(*warning, _notebook(grades[0]) if single else _class(grades)))


def layers(found: Sequence[Layer]) -> str:
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
    return "\n".join(line.rstrip() for line in buffer.getvalue().splitlines()) + "\n"


def _class(grades: Sequence[Grade]) -> Group:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False)
    for heading, justify in (("student", "left"), ("assignment", "left"), ("score", "right")):
        table.add_column(heading, justify=justify, no_wrap=True)  # type: ignore[arg-type]
    table.add_column("mistakes")
    for grade in grades:
        who = grade.student if grade.student is not None else grade.submission
        table.add_row(_text(who, 40), _text(grade.assignment or "?", 40), _score(grade), _summary(grade))
    return Group(table, _foot(grades))


def _foot(grades: Sequence[Grade]) -> Text:
    failed = sum(grade.error is not None for grade in grades)
    isolation = ", ".join(sorted({grade.isolation for grade in grades}))
    lost = f", {failed} of them not graded" if failed else ""
    return Text(f"{plural(len(grades), 'submission')}{lost}; isolation: {isolation}")


def _score(grade: Grade) -> Text:
    if grade.score is None or grade.max_score is None:
        return Text("not graded", "bold red")
    style = "green" if grade.score == grade.max_score else "yellow" if grade.score else "red"
    return Text(f"{points(grade.score)}/{points(grade.max_score)}", style)


def _summary(grade: Grade) -> Text:
    """A class table's last column: what went wrong, one line an exercise."""
    if grade.error is not None:
        return _text(grade.error)
    wrong = [exercise for exercise in grade.exercises if exercise.failed]
    unwritten = [e.name for e in wrong if all("not written yet" in (c.message or "") for c in e.failed)]
    lines = [f"{e.name}: {_mistake(e)}" for e in wrong if e.name not in unwritten]
    if unwritten:
        lines.append("not written yet: " + ", ".join(unwritten))
    elif wrong:
        lines += grade.notes[:2]  # a cell that raised is often the reason
    return Text("\n").join(_text(line) for line in lines)


def _mistake(exercise: ExerciseResult) -> str:
    """The misconception if one was found, else what the first failed check says."""
    names = {m.id: m.name for m in misconceptions_of(exercise.name)}
    for check in exercise.failed:
        if check.misconception:
            return " or ".join(names[cause] for cause in check.misconception.split(" or "))
    first = exercise.failed[0]
    return first.message or first.title


def _notebook(grade: Grade) -> Group:
    head = Text.assemble((printable(grade.submission), "bold"), f"  {grade.assignment}  ", _score(grade))
    notes = [Text.assemble("Note: ", _text(note)) for note in grade.notes]
    blocks = [block for exercise in grade.exercises for block in _exercise(exercise)]
    return Group(head, *notes, *blocks)


def _exercise(exercise: ExerciseResult) -> Iterable[RenderableType]:
    yield Text.assemble(
        f"\n{exercise.name}  {points(exercise.score)}/{points(exercise.max_score)}", style="bold"
    )
    grid = Table.grid(padding=(0, 1))
    for check in exercise.checks:
        grid.add_row(*_check(check))
    yield grid
    said: set[str] = set()
    for check in exercise.failed:
        for word, text in (
            ("", check.message),
            ("Hint: ", check.hint),
            ("Smallest example: ", check.example),
        ):
            if text and text not in said:
                said.add(text)
                yield Padding(Text.assemble((word, "italic"), _text(text, 600)), (0, 0, 0, 4))


def _check(check: CheckResult) -> tuple[Text, Text, Text]:
    mark = Text("✓", "green") if check.status == "passed" else Text("✗", "red")
    return Text("  ") + mark, Text(f"{points(check.score)}/{points(check.max_score)}"), Text(check.title)


def _text(text: str, limit: int = 400) -> Text:
    return Text(printable(text, limit))
