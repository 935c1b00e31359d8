"""Markdown, as for a job's summary or a pull request's comment: the class as a table, then a section a submission.

Text is shown, not obeyed: whatever means something in CommonMark, in GitHub's flavour or to MathJax is written as an
entity. What GitHub and GitLab look for only afterwards, in the finished page (@names, #numbers, ://), becomes code,
where they do not look.
"""

import re
from collections.abc import Iterator, Sequence

from autograder.reports._words import (
    NAME,
    PARAGRAPH,
    SENTENCE,
    earned,
    explained,
    foot,
    notes,
    overview,
    summary,
    warning,
    who,
)
from autograder.results import CheckResult, ExerciseResult, Grade
from autograder.text import printable

MOST_SECTIONS = 20  # of a longer class there is only the table

_CODE = re.compile(r"(?<![`@#])(?<!://)(`[A-Za-z_]\w{0,80}`)(?![`@#]|://)|((?:[@#]|://)+)", re.ASCII)
# An underscore within a word, as in n_in, is only itself. A dot within a name could be a host's. What a line begins
# with could make it a list, a rule or the line under a heading.
_SPECIAL = re.compile(
    r"[\\`*\[\]<>&|~$!{}]|(?<![^\W_])_|_(?![^\W_])|\.(?=[^\s\d])|(?<=[^\W\d_])\.(?=\d)"
    r"|\A(?:[-+=]|[0-9]+(?=[.)]))"
)


def render(grades: Sequence[Grade]) -> str:
    """The class and its submissions, or the one submission."""
    danger = warning(grades)
    blocks = [f"> **Warning: {danger}**"] if danger else []
    if len(grades) != 1:
        blocks += ["# Grades", _class(grades), _text(foot(grades))]
    if len(grades) <= MOST_SECTIONS:
        level = "#" if len(grades) == 1 else "##"
        blocks += [block for grade in grades for block in _submission(grade, level)]
    return "\n\n".join(blocks) + "\n"


def _class(grades: Sequence[Grade]) -> str:
    rows = ["| student | assignment | score | mistakes |", "|---|---|--:|---|"]
    for grade in grades:
        wrong = "<br>".join(map(_text, summary(grade)))
        who_and_what = f"{_text(who(grade), NAME)} | {_text(grade.assignment or '?', NAME)}"
        rows.append(f"| {who_and_what} | {earned(grade)} | {wrong} |")
    return "\n".join(rows)


def _submission(grade: Grade, level: str) -> Iterator[str]:
    yield f"{level} {_text(who(grade), NAME)}: {_text(grade.assignment or '?', NAME)}, {earned(grade)}"
    if grade.error is not None:
        yield f"Reason: {_text(grade.error)}"
    if said := notes(grade):
        yield "\n".join(f"- Note: {_text(note)}" for note in said)
    if grade.error is None:
        yield from (_exercise(exercise, level + "#") for exercise in grade.exercises if exercise.failed)
        right = [_text(exercise.name, NAME) for exercise in grade.exercises if not exercise.failed]
        if right:
            yield f"Full marks: {', '.join(right)}"


def _exercise(exercise: ExerciseResult, level: str) -> str:
    lines = [f"{level} {_text(exercise.name, NAME)}: {earned(exercise)}", ""]
    above = [f"{word}{_text(text, PARAGRAPH)}" for word, text in overview(exercise)]
    lines += [*(f"{line}  " for line in above[:-1]), *above[-1:], ""] if above else []
    for check, parts in explained(exercise, below=True):
        lines.append(_check(check))
        lines += [f"  - {word}{_text(text, PARAGRAPH)}" for word, text in parts]
    return "\n".join(lines)


def _check(check: CheckResult) -> str:
    mark = "✓" if check.status == "passed" else "✗"
    return f"- {mark} {earned(check)} {_text(check.title)}"


def _text(text: str, limit: int = SENTENCE) -> str:
    """Text that is only text in Markdown, on one line; `names` in backticks stay code."""
    shown, end = [], 0
    line = printable(text, limit).strip() or "(blank)"  # a bare list mark would underline the line above
    for code in _CODE.finditer(line):
        shown += [_plain(line[end : code.start()]), code[1] or f"`{code[2]}`"]
        end = code.end()
    return "".join([*shown, _plain(line[end:])])


def _plain(text: str) -> str:
    return _SPECIAL.sub(lambda special: "".join(f"&#{ord(sign)};" for sign in special[0]), text)
