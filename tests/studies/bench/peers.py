"""Other graders on the same notebooks, each as its users run it, in its own environment where it needs one.

stock nbgrader   `nbgrader autograde` with the visible check cells of the release as tests: a kernel a submission
our plug-in      the same command, with the hidden checks
otter-grader     `otter run`, with the same check cells as tests
pytest           a process a submission that runs the notebook's code and the same check cells
The last two run the notebook as it is, and so does the first; all three also without the notebook's own experiments,
which we skip.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from autograder.course import notebooks
from autograder.demo.handin import released, solved, write
from autograder.intake.submission import from_cells
from tests.studies.bench.timing import command, seconds

CLASS = 4  # submissions of which nbgrader's time for one more is taken
OTTER = "otter-grader==7.0.0"
_TEST = '''"""The visible check cell of {name}."""
from otter.test_files import test_case

OK_FORMAT = False
name = {name!r}
points = {points}

@test_case(points=None, hidden=False)
def test_it(env):
    exec({source!r}, dict(env))
'''


def notebook(assignment: str, experiments: bool) -> dict[str, Any]:
    """The solved notebook, with or without the cells that belong to no exercise and no check."""
    document = solved(assignment)
    if not experiments:
        kept = {cell.number for cell in from_cells("bench", document["cells"], None, assignment).essential}
        document["cells"] = [
            cell
            for number, cell in enumerate(document["cells"], 1)
            if cell["cell_type"] != "code" or number in kept or notebooks.grade_id(cell)
        ]
    return document


def checks(assignment: str) -> dict[str, str]:
    """The visible check cell of each exercise."""
    found = {}
    for cell in released(assignment)["cells"]:
        name = notebooks.grade_id(cell) or ""
        if cell["cell_type"] == "code" and name.startswith("check_"):
            found[name.removeprefix("check_")] = notebooks.source(cell)
    return found


@contextmanager
def nbgrader(assignment: str, experiments: bool, ours: bool) -> Iterator[Callable[[], float]]:
    """Seconds that one more submission costs `nbgrader autograde`; start-up is timed apart, and taken off."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _course(folder, assignment, experiments, ours)

        def one_more() -> float:
            autograde = ["nbgrader", "autograde", assignment, "--force"]
            first = seconds(lambda: command([*autograde, "--student", "student0"], folder))
            return (seconds(lambda: command(autograde, folder)) - first) / (CLASS - 1)

        yield one_more


def _course(folder: Path, assignment: str, experiments: bool, ours: bool) -> None:
    source = folder / ("solutions" if ours else "source") / assignment
    source.mkdir(parents=True)
    (source / f"{assignment}.ipynb").write_text(write(notebook(assignment, experiments or ours)))
    if ours:
        shutil.copy(notebooks.folder("solutions").parent / "nbgrader_config.py", folder)
    command(["nbgrader", "generate_assignment", assignment], folder)
    for number in range(CLASS):
        path = folder / "submitted" / f"student{number}" / assignment / f"{assignment}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(write(notebook(assignment, experiments)), encoding="utf-8")


@contextmanager
def otter(assignment: str, experiments: bool, environment: Path) -> Iterator[Callable[[], float]]:
    """Seconds of one `otter run`."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "tests").mkdir()
        for exercise, source in checks(assignment).items():
            text = _TEST.format(name=exercise, points=1, source=source)
            (folder / "tests" / f"{exercise}.py").write_text(text)
        (folder / "otter_config.json").write_text(json.dumps({"show_stdout": False}))
        command(
            ["otter", "generate", "--no-environment", "-c", "otter_config.json"], folder, environment / "bin"
        )
        (folder / "one.ipynb").write_text(write(notebook(assignment, experiments)))
        run = ["otter", "run", "--no-logo", "-a", "autograder.zip", "-o", ".", "one.ipynb"]
        command(run, folder, environment / "bin")
        _require_full_marks(folder / "results.json")
        yield lambda: seconds(lambda: command(run, folder, environment / "bin"))


def _require_full_marks(results: Path) -> None:
    """A grader that did not run its tests would be quick."""
    tests = json.loads(results.read_text())["tests"]
    if sum(test.get("score", 0) for test in tests) != sum(test.get("max_score", 0) for test in tests):
        sys.exit(f"otter-grader gave the solution less than full marks: {tests}")


@contextmanager
def otter_environment() -> Iterator[Path | None]:
    """An environment of its own with otter-grader, made for this run; None where it cannot be installed."""
    with tempfile.TemporaryDirectory() as name:
        python = Path(name) / "bin" / "python"
        wanted = [OTTER, "ipykernel", "numpy", "scipy", "matplotlib"]
        made = subprocess.run([sys.executable, "-m", "venv", name], capture_output=True)
        install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *wanted]
        installed = not made.returncode and not subprocess.run(install, capture_output=True).returncode
        yield Path(name) if installed else None


@contextmanager
def bare_pytest(assignment: str, experiments: bool) -> Iterator[Callable[[], float]]:
    """Seconds of one pytest process; plots go nowhere."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        code = [
            notebooks.source(cell)
            for cell in notebook(assignment, experiments)["cells"]
            if cell["cell_type"] == "code" and not (notebooks.grade_id(cell) or "").startswith("check_")
        ]
        (folder / "handed_in.py").write_text("\n\n".join(code))
        tests = [
            f"def test_{name}():\n    exec({source!r}, vars(handed_in).copy())"
            for name, source in checks(assignment).items()
        ]
        lines = ["import matplotlib", "matplotlib.use('agg')", "import handed_in", *tests]
        (folder / "test_it.py").write_text("\n\n".join(lines))
        run = ["pytest", "-q", "-p", "no:cacheprovider", "test_it.py"]
        yield lambda: seconds(lambda: command(run, folder))
