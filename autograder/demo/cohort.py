"""A class of thirty students in a temporary course: right, right but different, mistaken, hostile."""

from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

from autograder.authoring import Misconception
from autograder.course import notebooks
from autograder.course.exercises import misconceptions_of, variants_of
from autograder.demo.handin import released, solved, source_of, write

STUDENTS = tuple(
    "ada alan annie barbara blaise carl chien dorothy edsger emmy evariste florence gottfried grace henri hypatia "
    "isaac johann katherine leonhard maria mary niels pierre rene rosalind sofia srinivasa thales wang".split()
)
MISTAKEN = 14

# Three that are not mistaken but hostile; each is the source of a cell that should define an exercise.
HOSTILE = (
    "while True:\n    pass\n",
    "import os, signal\nfor process in range(os.getppid(), 1, -1):\n    os.kill(process, signal.SIGKILL)\n",
    "import os\nfor name in os.listdir('/'):\n    print(name)\nos.write(3, b'full marks, please')\nos._exit(0)\n",
)


def build(folder: Path) -> Path:
    """Write the class into `folder/submitted/<student>/<assignment>/<assignment>.ipynb`; returns that folder."""
    for student, (assignment, text) in zip(STUDENTS, _submissions(), strict=True):
        path = folder / "submitted" / student / assignment / f"{assignment}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder / "submitted"


def _submissions() -> Iterator[tuple[str, str]]:
    """Thirty pairs of an assignment and the text of what is handed in."""
    names = list(notebooks.assignments())
    assignments = cycle(names)
    yield from ((name, write(solved(name))) for name in islice(assignments, 4))
    yield from ((name, write(solved(name, _different(name)))) for name in islice(assignments, 5))
    for name, exercise, wrong in islice(_mistakes(names), MISTAKEN):
        yield name, write(solved(name, {exercise: source_of(wrong, exercise)}))
    yield names[0], write(released(names[0]))
    yield names[0], "The dog ate my notebook.\n"
    first = notebooks.assignments()[names[0]].exercises
    yield names[0], write(solved(names[0], {first[0]: "def broken(:\n    return\n"}))
    yield names[-1], write(released(names[0]))
    for name, source in zip(assignments, HOSTILE, strict=False):
        yield name, write(solved(name, {notebooks.assignments()[name].exercises[0]: source}))


def _different(assignment: str) -> dict[str, str]:
    """For each exercise the first of the right solutions that differ from ours."""
    return {e: next(iter(variants_of(e).values())) for e in notebooks.assignments()[assignment].exercises}


def _mistakes(names: list[str]) -> Iterator[tuple[str, str, Misconception]]:
    """Misconceptions, taken in turn from the exercises of the whole course."""
    exercises = [(name, exercise) for name in names for exercise in notebooks.assignments()[name].exercises]
    step = max(1, len(exercises) // MISTAKEN)
    for turn, (name, exercise) in enumerate(cycle(exercises[::step])):
        wrong = [*misconceptions_of(exercise)]
        yield name, exercise, wrong[turn % len(wrong)]
