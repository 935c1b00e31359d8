"""What a student reads of mistakes that were written before any of our explanations were.

python -m tests.studies.unforeseen [EXERCISE …]
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.demo.handin import solved
from autograder.grading.grader import Grader
from autograder.intake.submission import from_cells
from autograder.reports import _words
from autograder.results import ExerciseResult
from autograder.sandbox import Sandbox

FOLDER = Path(__file__).parent / "unforeseen"
_HEAD = re.compile(r"^# %% (\w+)/(\w+): (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Mistake:
    """A wrong function, and what its writer says of it."""

    assignment: str
    exercise: str
    name: str
    story: str
    source: str


def mistakes() -> Iterator[Mistake]:
    """All of them, in the order of the course."""
    for path in sorted(FOLDER.glob("*.txt")):
        parts = _HEAD.split(path.read_text(encoding="utf-8"))
        for exercise, name, story, source in zip(*(parts[i::4] for i in range(1, 5)), strict=True):
            yield Mistake(path.stem, exercise, name, story, source.strip() + "\n")


def result_of(grader: Grader, mistake: Mistake) -> ExerciseResult:
    """Its result, in a notebook that is otherwise solved."""
    document = solved(mistake.assignment, {mistake.exercise: mistake.source})
    grade = grader.grade(from_cells("x.ipynb", document["cells"], "stranger", mistake.assignment))
    assert grade.error is None, grade.error
    return next(one for one in grade.exercises if one.name == mistake.exercise)


def main(only: list[str]) -> None:
    """Print the feedback on each, and how many got which kind of explanation."""
    table: Counter[str] = Counter()
    with Grader(Sandbox(), b"a secret for the unforeseen") as grader:
        for mistake in mistakes():
            if only and mistake.exercise not in only:
                continue
            result = result_of(grader, mistake)
            table[_kind(result)] += 1
            print(
                f"\n## {mistake.exercise}/{mistake.name} ({result.score:g}/{result.max_score:g}): {mistake.story}"
            )
            for check, parts in _words.explained(result):
                if check.status != "passed":
                    print(f"  ✗ {check.title}", *(f"      {word}{text}" for word, text in parts), sep="\n")
    print("\n", dict(table))


def _kind(result: ExerciseResult) -> str:
    if not result.failed:
        return "full marks"
    return "cause" if result.causes else "example" if result.example or result.raised else "neither"


if __name__ == "__main__":
    main(sys.argv[1:])
