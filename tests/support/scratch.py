"""A scratch copy of the course, in which nbgrader's real command line runs."""

import json
import os
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook

import autograder
from tests.support import warm
from tests.support.tampering import cell, entry

REPOSITORY = Path(autograder.__file__).parent.parent
ASSIGNMENT = "1-deep-chains"


@dataclass(frozen=True)
class ScratchCourse:
    """A copy of the course's sources, in which nbgrader runs with a HOME of its own."""

    root: Path

    def nbgrader(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the command line."""
        return warm.nbgrader(*arguments, cwd=self.root, env=self._environment())

    def python(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run Python in the course; `-P` keeps the folder itself off the module path."""
        argv, env = [sys.executable, "-P", *arguments], self._environment()
        return subprocess.run(argv, cwd=self.root, env=env, capture_output=True, text=True, check=False)

    def _environment(self) -> dict[str, str]:
        home = self.root / "home"
        self._set_kernel_trap()
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "JUPYTER_CONFIG_DIR": str(home / "jupyter"),
            "IPYTHONDIR": str(home / "ipython"),
            "JUPYTER_PATH": str(home / "trap"),
            "PYTHONPATH": str(REPOSITORY),
        }

    @property
    def kernel_was_started(self) -> bool:
        return (self.root / "home" / "a kernel was started").exists()

    def _set_kernel_trap(self) -> None:
        """Whoever starts a Python kernel in this course leaves a mark instead."""
        kernel = self.root / "home" / "trap" / "kernels" / "python3" / "kernel.json"
        kernel.parent.mkdir(parents=True, exist_ok=True)
        marker = shlex.quote(str(self.root / "home" / "a kernel was started"))
        argv = ["sh", "-c", f"touch {marker}"]  # (nbgrader adds arguments of its own)
        kernel.write_text(json.dumps({"argv": argv, "display_name": "Python 3", "language": "python"}))

    def hand_in(self, student: str, notebook: dict[str, Any] | bytes) -> Path:
        """Put a notebook where nbgrader finds a student's submission."""
        path = self.submitted(student)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(notebook if isinstance(notebook, bytes) else json.dumps(notebook).encode())
        return path

    def give_points(self, grade_id: str, worth: float) -> None:
        """Say in the source notebook how many points a cell is worth."""
        source = self.root / "solutions" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
        notebook = json.loads(source.read_text(encoding="utf-8"))
        entry(cell(notebook, grade_id))["points"] = worth
        source.write_text(json.dumps(notebook), encoding="utf-8")

    def submitted(self, student: str) -> Path:
        return self.root / "submitted" / student / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"

    def autograded(self, student: str) -> dict[str, Any]:
        path = self.root / "autograded" / student / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
        notebook: dict[str, Any] = json.loads(path.read_text())
        return notebook

    def feedback(self, student: str) -> str:
        return (self.root / "feedback" / student / ASSIGNMENT / f"{ASSIGNMENT}.html").read_text()

    def gradebook(self) -> Gradebook:
        return Gradebook(f"sqlite:///{self.root}/gradebook.db")

    def scores(self, student: str) -> dict[str, float | None]:
        """Scores by exercise as the gradebook has them."""
        with self.gradebook() as gradebook:
            notebook = gradebook.find_submission_notebook(ASSIGNMENT, ASSIGNMENT, student)
            graded = {
                grade.name.removeprefix("check_"): grade for grade in notebook.grades if grade.max_score
            }
            return {name: grade.score for name, grade in graded.items()}


def scratch_course(root: Path) -> ScratchCourse:
    shutil.copytree(REPOSITORY / "solutions", root / "solutions")
    shutil.copy(REPOSITORY / "nbgrader_config.py", root)
    return ScratchCourse(root)
