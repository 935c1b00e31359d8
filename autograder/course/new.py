"""The skeleton of an exercise: `python -m autograder.course.new ASSIGNMENT NAME --points N`.

It writes the exercise's folder and its cells in the assignment's notebook. What is left to do is marked TODO, and
tests/course names every mark that is left.
"""

import json
import keyword
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Any

import click

from autograder.course import exercises, notebooks

SKELETON = Path(__file__).parent / "skeleton"
MODULES = ("checks", "misconceptions", "variants")
OTHER_CELLS = ("check_", "your_", "written_")  # what the grade_ids of cells begin with that are no exercises


class Refused(click.ClickException):
    """Why no skeleton can be made, in one sentence."""


@dataclass(frozen=True)
class Plan:
    """What is asked for: students write `name(arguments)`, for `points`, after the exercise `after` (or the last)."""

    assignment: str
    name: str
    arguments: tuple[str, ...]
    points: int
    after: str | None

    @property
    def folder(self) -> Path:
        """Where its modules go."""
        return exercises.folder_of(self.assignment) / self.name

    @property
    def notebook(self) -> Path:
        """Where its cells go."""
        return notebooks.notebook("solutions", self.assignment)

    def filled(self, part: str) -> str:
        """A part of the skeleton, with what is asked for in it."""
        listed = ", ".join(self.arguments)
        return Template((SKELETON / f"{part}.txt").read_text(encoding="utf-8")).substitute(
            name=self.name,
            call=f"{self.name}({listed})",
            typed=", ".join(f"{argument}: Any" for argument in self.arguments),
            explained="\n    ".join(f"{argument}: TODO" for argument in self.arguments),
            points=self.points - 1,  # the check of the dtype has one
        )


def vet(plan: Plan) -> None:
    """Raise Refused if there cannot be such an exercise."""
    course = notebooks.assignments()
    if not (notebooks.folder("solutions").parent / "pyproject.toml").is_file():
        raise Refused("exercises are added in a checkout of the repository; this package is an installed one")
    if plan.assignment not in course:
        raise Refused(f"there is no assignment {plan.assignment!r}; there are {', '.join(course)}")
    for word in (plan.name, *plan.arguments):
        if not word.isidentifier() or keyword.iskeyword(word):
            raise Refused(f"{word!r} cannot be the name of a function or an argument in Python")
    if plan.name.startswith(("_", *OTHER_CELLS)):
        raise Refused(f"{plan.name!r} cannot be an exercise's name: cells that begin so are something else")
    if taken := next((name for name in course if plan.name in exercises.exercises_of(name)), None):
        raise Refused(f"there is an exercise {plan.name} already, in {taken}; choose another name")
    if plan.folder.exists():
        raise Refused(f"there is a folder {plan.folder} already; remove it or choose another name")
    ids = {cell["id"] for cell in json.loads(plan.notebook.read_text(encoding="utf-8"))["cells"]}
    if taken := next((cell["id"] for cell in _cells(plan) if cell["id"] in ids), None):
        raise Refused(f"a cell of the notebook has the id {taken} already; choose another name")
    if plan.after is not None and plan.after not in course[plan.assignment].exercises:
        raise Refused(f"there is no exercise {plan.after!r} in {plan.assignment} to put the new one after")


def make(plan: Plan) -> None:
    """Write the folder and the cells."""
    plan.folder.mkdir()
    (plan.folder / "__init__.py").touch()
    for part in MODULES:
        (plan.folder / f"{part}.py").write_text(plan.filled(part), encoding="utf-8")
    document = json.loads(plan.notebook.read_text(encoding="utf-8"))
    place = _place(document["cells"], plan.after or notebooks.assignments()[plan.assignment].exercises[-1])
    document["cells"][place:place] = _cells(plan)
    plan.notebook.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _place(cells: Sequence[dict[str, Any]], after: str) -> int:
    """Before the section that follows the one with this exercise."""
    graded = [notebooks.grade_id(cell) for cell in cells].index(f"{notebooks.GRADE_CELL}{after}")
    headings = [i for i, cell in enumerate(cells) if notebooks.source(cell).startswith("## ")]
    return next((i for i in headings if i > graded), len(cells))


def _cells(plan: Plan) -> list[dict[str, Any]]:
    """A text, the solution and the examples, as nbgrader knows them."""
    label = plan.name.replace("_", "-")
    text = {"cell_type": "markdown", "id": f"about-{label}", "metadata": {}, "source": _lines(plan, "text")}
    solution = {"grade": False, "grade_id": plan.name, "locked": False}
    examples = {"grade": True, "grade_id": f"check_{plan.name}", "locked": True, "points": plan.points}
    return [
        text,
        _code(label, _lines(plan, "solution"), {**solution, "solution": True}),
        _code(f"check-{label}", _lines(plan, "examples"), {**examples, "solution": False}),
    ]


def _code(label: str, source: list[str], marks: dict[str, Any]) -> dict[str, Any]:
    """A code cell, its keys in the order in which Jupyter writes them."""
    marks = dict(sorted({**marks, "schema_version": 3, "task": False}.items()))
    cell = {"cell_type": "code", "execution_count": None, "id": label, "metadata": {"nbgrader": marks}}
    return {**cell, "outputs": [], "source": source}


def _lines(plan: Plan, part: str) -> list[str]:
    return plan.filled(part).rstrip("\n").splitlines(keepends=True)


NEXT = """\
Made {folder} and three cells in {notebook}.
What is left to do is marked TODO; docs/authors.md says how, step by step. When the cells are written:

    make notebooks
    .venv/bin/python -m pytest tests/course -k {name}
"""


def _next(plan: Plan) -> str:
    """What the author does now."""
    root = notebooks.folder("solutions").parent
    total = notebooks.assignments()[plan.assignment].max_score + plan.points
    said = NEXT.format(
        folder=plan.folder.relative_to(root), notebook=plan.notebook.relative_to(root), name=plan.name
    )
    return (
        f"{said}\nThe points of {plan.assignment} now sum to {total:g}. Scores are shown with their maximum and in "
        "per cent,\nso nothing else has to change; you may move points from other exercises, but need not.\n"
    )


@click.command()
@click.argument("assignment")
@click.argument("name")
@click.option("--points", type=click.IntRange(min=2), required=True, help="What the exercise is worth.")
@click.option("--arguments", default="x", show_default=True, help="Its arguments, as in 'n_out, n_in, rng'.")
@click.option("--after", metavar="EXERCISE", help="Which exercise it follows; the last one of the notebook.")
def new(assignment: str, name: str, points: int, arguments: str, after: str | None) -> None:
    """Make the skeleton of the exercise NAME in ASSIGNMENT: a folder, and three cells of a notebook."""
    plan = Plan(assignment, name, tuple(word.strip() for word in arguments.split(",")), points, after)
    vet(plan)
    make(plan)
    click.echo(_next(plan), nl=False)


def main() -> None:
    """Run the command; every refusal is one sentence and exit code 1."""
    try:
        new(standalone_mode=False)
    except click.ClickException as error:
        click.echo(f"Error: {error.format_message()}", err=True)
        raise SystemExit(1) from None


if __name__ == "__main__":
    main()
