"""The skeleton of an exercise: `python -m autograder.course.new ASSIGNMENT NAME --points N`, or `--like EXERCISE`.

It writes the exercise's folder and its cells in the assignment's notebook, empty or copied from another exercise.
What is left to do is marked TODO, and tests/course names every mark that is left.
"""

import json
import keyword
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Any

import click

from autograder.course import exercises, neighbour, notebooks

SKELETON = Path(__file__).parent / "skeleton"
MODULES = ("checks", "misconceptions", "variants")
OTHER_CELLS = ("check_", "your_", "written_")  # what the grade_ids of cells begin with that are no exercises


class Refused(click.ClickException):
    """Why no skeleton can be made, in one sentence."""


@dataclass(frozen=True)
class Plan:
    """What is asked for: students write `name(arguments)`, for `points`, after the exercise `after` (or the last).

    With `like` it is a copy of that exercise, which then says the arguments, and the points if they are 0.
    """

    assignment: str
    name: str
    arguments: tuple[str, ...]
    points: int
    after: str | None = None
    like: str | None = None

    @property
    def worth(self) -> float:
        """Its points."""
        return self.points or notebooks.assignments()[self.assignment].points[str(self.like)]

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
    if taken := next((label for label in _labels(plan.name) if label in ids), None):
        raise Refused(f"a cell of the notebook has the id {taken} already; choose another name")
    for other, why in ((plan.after, "put the new one after"), (plan.like, "copy")):
        if other is not None and other not in course[plan.assignment].exercises:
            raise Refused(f"there is no exercise {other!r} in {plan.assignment} to {why}")


def make(plan: Plan) -> None:
    """Write the folder and the cells."""
    plan.folder.mkdir()
    (plan.folder / "__init__.py").touch()
    for part in MODULES:
        (plan.folder / f"{part}.py").write_text(_module(plan, part), encoding="utf-8")
    document = json.loads(plan.notebook.read_text(encoding="utf-8"))
    place = _place(document["cells"], _predecessor(plan))
    document["cells"][place:place] = _cells(plan)
    plan.notebook.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _module(plan: Plan, part: str) -> str:
    """A module of the exercise."""
    if plan.like is None:
        return plan.filled(part)
    path = exercises.folder_of(plan.assignment) / plan.like / f"{part}.py"
    return neighbour.copied_module(path.read_text(encoding="utf-8"), plan.like, plan.name)


def _predecessor(plan: Plan) -> str:
    return plan.after or plan.like or notebooks.assignments()[plan.assignment].exercises[-1]


def _place(cells: Sequence[dict[str, Any]], after: str) -> int:
    """Before the section that follows the one with this exercise."""
    graded = [notebooks.grade_id(cell) for cell in cells].index(f"{notebooks.GRADE_CELL}{after}")
    headings = [i for i, cell in enumerate(cells) if notebooks.source(cell).startswith("## ")]
    return next((i for i in headings if i > graded), len(cells))


def _cells(plan: Plan) -> list[dict[str, Any]]:
    """A text, the solution and the examples, as nbgrader knows them."""
    about, label, checked = _labels(plan.name)
    text = {"cell_type": "markdown", "id": about, "metadata": {}, "source": _lines(plan, "text")}
    worth = int(plan.worth) if plan.worth == int(plan.worth) else plan.worth
    solution = {"grade": False, "grade_id": plan.name, "locked": False}
    examples = {
        "grade": True,
        "grade_id": f"{notebooks.GRADE_CELL}{plan.name}",
        "locked": True,
        "points": worth,
    }
    return [
        text,
        _code(label, _lines(plan, "solution"), {**solution, "solution": True}),
        _code(checked, _lines(plan, "examples"), {**examples, "solution": False}),
    ]


def _labels(name: str) -> tuple[str, str, str]:
    """The ids of the three cells."""
    label = name.replace("_", "-")
    return f"about-{label}", label, f"check-{label}"


def _code(label: str, source: list[str], marks: dict[str, Any]) -> dict[str, Any]:
    """A code cell, its keys in the order in which Jupyter writes them."""
    marks = dict(sorted({**marks, "schema_version": 3, "task": False}.items()))
    cell = {"cell_type": "code", "execution_count": None, "id": label, "metadata": {"nbgrader": marks}}
    return {**cell, "outputs": [], "source": source}


def _lines(plan: Plan, part: str) -> list[str]:
    return _cell(plan, part).rstrip("\n").splitlines(keepends=True)


def _cell(plan: Plan, part: str) -> str:
    """The source of a cell. A copy's text stands in the section of the exercise that it is like: without a heading."""
    if plan.like is None:
        return plan.filled(part)
    if part == "text":
        return plan.filled(part).partition("\n\n")[2]
    grade_id = plan.like if part == "solution" else f"{notebooks.GRADE_CELL}{plan.like}"
    cells = json.loads(plan.notebook.read_text(encoding="utf-8"))["cells"]
    source = next(notebooks.source(cell) for cell in cells if notebooks.grade_id(cell) == grade_id)
    return neighbour.copied_cell(source, plan.like, plan.name)


def left_to_do(assignment: str, name: str) -> Iterator[str]:
    """What is marked TODO in an exercise's cells and modules, and where it stands."""
    root, notebook = notebooks.folder("solutions").parent, notebooks.notebook("solutions", assignment)
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        if cell["id"] in _labels(name):
            place = f"{notebook.relative_to(root)}, cell {cell['id']}"
            yield from (f"{place}: {line.strip()}" for line in _marked(notebooks.source(cell)).values())
    for path in sorted((exercises.folder_of(assignment) / name).glob("*.py")):
        for number, line in _marked(path.read_text(encoding="utf-8")).items():
            yield f"{path.relative_to(root)}:{number}: {line.strip()}"


def _marked(text: str) -> dict[int, str]:
    return {number: line for number, line in enumerate(text.splitlines(), 1) if "TODO" in line}


NEXT = """\
Made {folder} and three cells in {notebook}.
What is left to do is marked TODO; docs/authors.md says how, step by step:

{marks}

After each change of the notebook, and to hear what is still missing:

    make notebooks NAME={assignment}
    .venv/bin/python -m pytest tests/course -k {name}
"""


def _next(plan: Plan) -> str:
    """What the author does now."""
    root = notebooks.folder("solutions").parent
    total = notebooks.assignments()[plan.assignment].max_score + plan.worth
    said = NEXT.format(
        folder=plan.folder.relative_to(root),
        notebook=plan.notebook.relative_to(root),
        marks="\n".join(left_to_do(plan.assignment, plan.name)),
        assignment=plan.assignment,
        name=plan.name,
    )
    return (
        f"{said}\n{_chance(plan)}The points of {plan.assignment} now sum to {total:g}. You may move points from other "
        "exercises, but need not:\nscores are shown with their maximum and in per cent.\n"
    )


def _chance(plan: Plan) -> str:
    """How much of what is allowed the checks on random numbers take, if there are any."""
    counted = [*notebooks.assignments()[plan.assignment].exercises, *([plan.like] if plan.like else [])]
    chance = sum(check.false_fail for name in counted for check in exercises.exercise_of(name).checks)
    if not chance:
        return ""
    return (
        f"The chance that a right solution of {plan.assignment} fails is now bounded by {chance:.3g}; "
        "1e-9 is allowed.\n"
    )


@click.command()
@click.argument("assignment")
@click.argument("name")
@click.option("--points", type=click.IntRange(min=2), help="What the exercise is worth.")
@click.option("--arguments", help="Its arguments, as in 'n_out, n_in, rng'; x if you name none.")
@click.option("--like", metavar="EXERCISE", help="Copy this exercise of the assignment, with its points.")
@click.option(
    "--after", metavar="EXERCISE", help="Which exercise it follows; the one copied, or the last one."
)
def new(
    assignment: str, name: str, points: int | None, arguments: str | None, like: str | None, after: str | None
) -> None:
    """Make the skeleton of the exercise NAME in ASSIGNMENT: a folder, and three cells of a notebook."""
    if points is None and like is None:
        raise Refused("say what the exercise is worth, --points N, or which one it is like, --like EXERCISE")
    if arguments is not None and like is not None:
        raise Refused("give --arguments or --like: a copy has the arguments of the exercise that it is like")
    words = () if like else tuple(word.strip() for word in (arguments or "x").split(","))
    plan = Plan(assignment, name, words, points or 0, after, like)
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
