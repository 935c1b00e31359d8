"""`make bench`: how long grading takes here, beside stock nbgrader on the same notebook in the same run.

Benchmarks are not tests: nothing here passes or fails. All figures are medians; machines are noisy, so compare
the ratios of one run.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from autograder.course import notebooks
from autograder.demo.handin import solved, write
from autograder.grading.grader import Grader
from autograder.intake import submission
from autograder.sandbox import Isolation, Sandbox, SandboxUnavailable

ROUNDS = 100
COLD = 7
CLASS = 6  # submissions in the comparison with nbgrader
COMPARED = "3-initialization"
BIN = Path(sys.executable).parent


def milliseconds(work: Callable[[], object], rounds: int) -> float:
    """The median time of `work` over `rounds`, after one that is not counted."""
    times = []
    for _ in range(rounds + 1):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return 1e3 * median(times[1:])


def warm(isolation: Isolation) -> None:
    """Whole submissions in a warm grader on one core: notebook bytes to grade."""
    with Grader(Sandbox(isolation), b"a secret of the benchmark") as grader:
        for name in notebooks.assignments():
            path = notebooks.notebook("solutions", name)

            def one(path: Path = path) -> object:
                return grader.grade(submission.from_bytes(path, path.read_bytes(), None, None))

            print(f"  {name:20} {milliseconds(one, ROUNDS):7.1f} ms")


def isolation_cost(isolation: Isolation) -> None:
    """An empty notebook: fork, harden, load nothing, kill, reap."""
    with Sandbox(isolation) as sandbox:
        print(f"  {'an empty notebook':20} {milliseconds(lambda: sandbox.open(()).close(), ROUNDS):7.1f} ms")


def cold() -> None:
    """The command from a shell."""
    notebook = str(notebooks.notebook("solutions", COMPARED))
    for arguments in (["--help"], ["grade", "--format", "json", notebook]):
        with tempfile.TemporaryDirectory() as folder:
            took = milliseconds(lambda a=arguments, f=folder: command(["autograder", *a], Path(f)), COLD)  # type: ignore[misc]
        print(f"  autograder {arguments[0]:17} {took / 1e3:7.2f} s")


def command(argv: list[str], folder: Path) -> None:
    """Run one of this environment's commands in `folder`, with a home of its own."""
    environment = {
        **os.environ,
        "HOME": str(folder),
        "JUPYTER_CONFIG_DIR": str(folder),
        "PATH": f"{BIN}:{os.environ['PATH']}",
    }
    done = subprocess.run(
        [str(BIN / argv[0]), *argv[1:]], cwd=folder, env=environment, capture_output=True, text=True
    )
    if done.returncode:
        sys.exit(f"{' '.join(argv)} failed:\n{done.stderr[-2000:]}")


def nbgrader_course(folder: Path, ours: bool) -> None:
    """A course with one released assignment and `CLASS` solved submissions."""
    source = folder / ("solutions" if ours else "source") / COMPARED
    source.mkdir(parents=True)
    shutil.copy(notebooks.notebook("solutions", COMPARED), source)
    if ours:
        shutil.copy(notebooks.folder("solutions").parent / "nbgrader_config.py", folder)
    command(["nbgrader", "generate_assignment", COMPARED], folder)
    for number in range(CLASS):
        path = folder / "submitted" / f"student{number}" / COMPARED / f"{COMPARED}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(write(solved(COMPARED)), encoding="utf-8")


def seconds_per_submission(ours: bool) -> float:
    """What one more submission costs `nbgrader autograde`: start-up is measured with one student and taken off."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        nbgrader_course(folder, ours)
        times = []
        for students in (["--student", "student0"], []):
            start = time.perf_counter()
            command(["nbgrader", "autograde", COMPARED, "--force", *students], folder)
            times.append(time.perf_counter() - start)
    return (times[1] - times[0]) / (CLASS - 1)


def main() -> None:
    """Print all figures."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    for isolation in (Isolation.BWRAP, Isolation.KERNEL):
        try:
            print(f"\nwarm grader, one core, median of {ROUNDS}, isolation {isolation.value}")
            warm(isolation)
            isolation_cost(isolation)
        except SandboxUnavailable as error:
            print(f"  not here: {error}")
    print(f"\ncold shell, median of {COLD}")
    cold()
    print(f"\nnbgrader autograde, {COMPARED}, seconds for one more submission, start-up not counted")
    stock, ours = seconds_per_submission(ours=False), seconds_per_submission(ours=True)
    print(f"  stock (a Jupyter kernel)        {stock:7.2f} s")
    print(f"  our plug-in                     {ours:7.2f} s   {stock / ours:.1f} times as fast")


if __name__ == "__main__":
    main()
