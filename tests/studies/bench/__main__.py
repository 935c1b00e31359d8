"""`make bench`: prints the tables of RESULTS.md, and writes them there with `--write`. Takes about half an hour.

`--quick`: one turn each, two notebooks beside other graders, small classes: about ten minutes.
"""

import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path

from autograder.course import notebooks
from autograder.sandbox import Isolation, Sandbox, SandboxUnavailable
from tests.studies.bench import classes, peers
from tests.studies.bench.timing import by_turns, command, elsewhere, seconds

QUICK = "--quick" in sys.argv
ROUNDS = 1 if QUICK else 5
GRADINGS = 10 if QUICK else 60  # in one turn of a warm grader
SIZES = (100, 1000) if QUICK else (100, 1000, 10_000)
ASSIGNMENTS = tuple(notebooks.assignments())
COMPARED = ("3-initialization", "4-depth-150") if QUICK else ASSIGNMENTS  # with other graders
NEXT_TO_OURS = ("stock nbgrader", "otter-grader", "pytest")
RESULTS = Path("RESULTS.md")


def main() -> None:
    """Print, and perhaps write."""
    lines = []
    for line in _pages():
        print(line, flush=True)
        lines.append(line)
    if "--write" in sys.argv:
        RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _pages() -> Iterator[str]:
    yield "# What grading costs"
    yield f"\nMeasured by `make bench` on {date.today()}, {machine()}."
    yield f"Medians of {ROUNDS} turns that all contenders take in this order; compare ratios, machines differ.\n"
    for section in (processor, wall, levels, cold, growth, hard):
        yield from section()
        yield ""


def machine() -> str:
    """What it was measured on, as far as that says something about time."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 30
    return f"{classes.cores()} cores ({platform.machine()}), {memory} GiB, Python {platform.python_version()}"


def processor() -> Iterator[str]:
    """Processor time, that of all processes, beside the floor."""
    yield "## Processor time of one submission\n"
    yield "The floor is the student's own calls of all checks, in one process, without isolation. In milliseconds.\n"
    rows = []
    for name in ASSIGNMENTS:

        def cpu(what: str, name: str = name) -> float:
            return 1e3 * elsewhere("tests.studies.bench.ours", name, what, str(GRADINGS))["cpu"]

        took = by_turns({what: lambda what=what: cpu(what) for what in ("floor", "graded", "wrong")}, ROUNDS)  # type: ignore[misc]
        beyond = (took["graded"] - took["floor"]) / took["floor"]
        rows.append((name, *(f"{took[what]:.1f}" for what in ("floor", "graded", "wrong")), f"{beyond:.1f}"))
    yield from table(
        ("notebook", "floor", "right", "all exercises wrong", "beyond the floor, in floors"), rows
    )


def wall() -> Iterator[str]:
    """Wall time of one more submission, beside the peers."""
    yield "## Time for one more submission\n"
    yield (
        "In seconds, start-up of a command that grades many not counted; otter-grader and pytest start anew for each "
        "submission, as their users do. In brackets: without the notebook's own experiments, which we skip.\n"
    )
    rows = []
    with peers.otter_environment() as environment:
        for name in COMPARED:
            took = by_turns_of(name, environment)
            one, two = took["one job"], took["two jobs"]
            row = [name, f"{one:.4f}", f"{two:.4f}", f"{took['plug-in']:.3f}"]
            for peer in NEXT_TO_OURS:
                if peer in took:
                    row.append(
                        f"{took[peer]:.2f} ({took[f'{peer}, bare']:.2f}), {took[peer] / one:.0f} × one job, "
                        f"{took[peer] / two:.0f} × two"
                    )
                else:
                    row.append("not here")
            rows.append(row)
    yield from table(("notebook", "one job", "two jobs", "our plug-in", *NEXT_TO_OURS), rows)


def by_turns_of(assignment: str, otter: Path | None) -> dict[str, float]:
    """Each contender's time for one more submission of this notebook."""
    with ExitStack() as stack:
        contenders: dict[str, Callable[[], float]] = {
            "one job": lambda: elsewhere("tests.studies.bench.ours", assignment, "graded", str(GRADINGS))[
                "wall"
            ],
            "two jobs": stack.enter_context(classes.one_more(assignment, 2, 20 * GRADINGS)),
            "plug-in": stack.enter_context(peers.nbgrader(assignment, True, ours=True)),
        }
        for name, experiments in (("", True), (", bare", False)):
            contenders[f"stock nbgrader{name}"] = stack.enter_context(
                peers.nbgrader(assignment, experiments, ours=False)
            )
            contenders[f"pytest{name}"] = stack.enter_context(peers.bare_pytest(assignment, experiments))
            if otter:
                contenders[f"otter-grader{name}"] = stack.enter_context(
                    peers.otter(assignment, experiments, otter)
                )
        return by_turns(contenders, 1 if QUICK else 3)


def levels() -> Iterator[str]:
    """An empty notebook: fork, harden, load nothing, kill, reap."""
    yield "## Isolation\n"
    yield "An empty notebook: fork, harden, load nothing, kill, collect. In milliseconds.\n"
    rows = []
    for isolation in (Isolation.BWRAP, Isolation.KERNEL):
        try:
            with Sandbox(isolation) as sandbox:
                took = by_turns(
                    {"": lambda: seconds(lambda: sandbox.open(()).close())},
                    20 * ROUNDS,
                )[""]
            rows.append((isolation.value, f"{1e3 * took:.1f}"))
        except SandboxUnavailable as error:
            rows.append((isolation.value, f"not here: {error}"))
    yield from table(("isolation", "ms"), rows)


def cold() -> Iterator[str]:
    """The command from a shell."""
    yield "## The command, from a shell\n"
    one = str(notebooks.notebook("solutions", classes.ASSIGNMENT).resolve())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)

        def run(*arguments: str) -> Callable[[], float]:
            return lambda: seconds(lambda: command(["autograder", *arguments], folder))

        took = by_turns({"--help": run("--help"), "grade": run("grade", "--format", "json", one)}, 5 * ROUNDS)
    words = {"--help": "autograder --help", "grade": "autograder grade one.ipynb"}
    yield from table(("command", "s"), [(f"`{words[what]}`", f"{took[what]:.2f}") for what in words])


def growth() -> Iterator[str]:
    """Time and memory as the class grows."""
    yield f"## A class of {classes.ASSIGNMENT}, right, with two jobs\n"
    rows = []
    for size in SIZES:
        run = classes.graded(classes.right, size, 2)
        each = f"{1e3 * run.seconds / size:.1f}"
        rows.append((f"{size:,}", f"{run.seconds:.1f}", each, f"{run.peak >> 20}"))
    yield from table(("submissions", "s", "ms each", "MiB at the peak, all processes"), rows)


def hard() -> Iterator[str]:
    """Classes that cost more."""
    yield "## Classes that are wrong or hostile, with two jobs\n"
    size = 12 if QUICK else 50
    wrong, right = classes.graded(classes.wrong, size, 2), classes.graded(classes.right, size, 2)
    rows = [
        (f"{size}, right", f"{right.seconds:.1f}"),
        (f"{size}, every exercise wrong", f"{wrong.seconds:.1f}"),
    ]
    for hints in ("cause", "line"):
        run = classes.graded(classes.unforeseen, size, 2, hints=hints)
        rows.append((f"{size}, every exercise wrong and unforeseen, --hints {hints}", f"{run.seconds:.1f}"))
    if not QUICK:
        loops = classes.graded(classes.endless, 120, 2)
        rows.append(("100, right, and 20 with an endless loop in every exercise", f"{loops.seconds:.1f}"))
    yield from table(("class", "s"), rows)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A table in Markdown."""
    yield "| " + " | ".join(head) + " |"
    yield "|" + " --- |" * len(head)
    for row in rows:
        yield "| " + " | ".join(row) + " |"


if __name__ == "__main__":
    if shutil.which("nbgrader", path=str(Path(sys.executable).parent)) is None:
        sys.exit("nbgrader is not installed here: make .venv/.all")
    main()
