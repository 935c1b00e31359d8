"""One HTML page that needs nothing else: the class, its exercises, and every submission with all its checks."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from pathlib import Path

from autograder.reports._words import (
    NAME,
    PARAGRAPH,
    SENTENCE,
    earned,
    explained,
    foot,
    mistake,
    summary,
    warning,
    who,
)
from autograder.results import CheckResult, ExerciseResult, Grade
from autograder.text import printable, with_code

# Even if an escape were missing somewhere, the browser would run and fetch nothing.
_PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
<h1>{title}</h1>
{body}
</body>
</html>
"""
_MARKS = {"passed": "✓", "failed": "✗", "error": "?"}


def render(grades: Sequence[Grade]) -> str:
    """The page on a class, or on one submission."""
    style = Path(__file__).with_name("html.css").read_text(encoding="utf-8")
    return _PAGE.format(title=_title(grades), style=style, body="\n".join(_body(grades)))


def _title(grades: Sequence[Grade]) -> str:
    names = {grade.assignment for grade in grades}
    name = names.pop() if len(names) == 1 else None
    return f"Grades: {escape(printable(name, NAME))}" if name else "Grades"


def _body(grades: Sequence[Grade]) -> Iterator[str]:
    danger = warning(grades)
    if danger:
        yield f'<p class="warning" role="alert">{escape(danger)}</p>'
    yield f'<p class="about">{_text(foot(grades))}</p>'
    if len(grades) == 1:
        yield f"<h2>{_head(grades[0])}</h2>"
        yield from _details(grades[0])
        return
    yield from _class(grades)
    yield from _exercises(grades)
    yield "<h2>Submissions</h2>"
    for number, grade in enumerate(grades, 1):
        # The anchor is inside: following a link to it opens the `details`.
        yield f'<details><summary>{_head(grade)}</summary>\n<div id="s{number}">'
        yield from _details(grade)
        yield "</div></details>"


def _class(grades: Sequence[Grade]) -> Iterator[str]:
    yield from _table_head("student", "assignment", "score", "mistakes")
    for number, grade in enumerate(grades, 1):
        name = f'<a href="#s{number}">{_text(who(grade), NAME)}</a>'
        wrong = "<br>".join(map(_text, summary(grade)))
        yield _row(name, _text(grade.assignment or "?", NAME), _score(grade) + _bar(grade.percent), wrong)
    yield "</tbody></table>"


def _exercises(grades: Sequence[Grade]) -> Iterator[str]:
    """Where the class lost points: for each exercise how many got it wrong, and the commonest mistake."""
    tried, wrong = Counter[str](), dict[str, Counter[str]]()
    for exercise in (exercise for grade in grades if grade.error is None for exercise in grade.exercises):
        tried[exercise.name] += 1
        if exercise.failed:
            wrong.setdefault(exercise.name, Counter())[mistake(exercise)] += 1
    if not wrong:
        return
    yield "<h2>Exercises that cost points</h2>"
    yield from _table_head("exercise", "wrong", "of", "commonest mistake")
    for name in sorted(wrong, key=lambda name: -wrong[name].total() / tried[name]):
        ((said, count),) = wrong[name].most_common(1)
        often = f" ({count} times)" if count > 1 else ""
        yield _row(_text(name, NAME), str(wrong[name].total()), str(tried[name]), _text(said) + often)
    yield "</tbody></table>"


def _head(grade: Grade) -> str:
    return f"{_text(who(grade), NAME)} <small>{_text(grade.assignment or '?', NAME)}</small> {_score(grade)}"


def _details(grade: Grade) -> Iterator[str]:
    yield f'<p class="about">{_text(grade.submission)}</p>'
    if grade.error is not None:
        yield f'<p class="failed">Not graded: {_text(grade.error)}</p>'
    yield from (f'<p class="note">Note: {_text(note)}</p>' for note in grade.notes)
    if grade.error is None:
        yield from map(_exercise, grade.exercises)


def _exercise(exercise: ExerciseResult) -> str:
    checks = "\n".join(_check(check, parts) for check, parts in explained(exercise))
    head = f"{_text(exercise.name, NAME)} {_score(exercise)}"
    return f"<h3>{head}</h3>\n<ul>\n{checks}\n</ul>"


def _check(check: CheckResult, parts: Iterable[tuple[str, str]]) -> str:
    head = f'<b class="{check.status}">{_MARKS[check.status]}</b> {_text(check.title)} <small>{earned(check)}</small>'
    said = "".join(f'<p dir="auto"><i>{word}</i>{_text(text, PARAGRAPH)}</p>' for word, text in parts)
    return f"<li>{head}{said}</li>"


def _score(result: ExerciseResult | Grade) -> str:
    full = result.score == result.max_score
    kind = "failed" if not result.score else "passed" if full else "partly"
    return f'<b class="{kind}">{earned(result)}</b>'


def _bar(percent: float | None) -> str:
    return "" if percent is None else f'<span class="bar"><span style="width: {percent:.0f}%"></span></span>'


def _table_head(*headings: str) -> Iterator[str]:
    cells = "".join(f'<th scope="col">{heading}</th>' for heading in headings)
    yield f"<table>\n<thead><tr>{cells}</tr></thead>\n<tbody>"


def _row(*cells: str) -> str:
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _text(text: str, limit: int = SENTENCE) -> str:
    """Text that is only text; its direction does not reach beyond it, and names in backticks are code."""
    return f"<bdi>{with_code(printable(text, limit))}</bdi>"
