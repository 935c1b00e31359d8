"""The class that is graded: what everybody hands in, and then hands in again."""

import os
from dataclasses import dataclass
from typing import Any

from autograder.course import notebooks
from autograder.course.exercises import misconceptions_of
from autograder.demo.handin import released, solved, source_of
from tests.support.scratch import ASSIGNMENT, ScratchCourse
from tests.support.tampering import EXERCISE, GRADE_CELL, HARMLESS, HOPELESS, WRITTEN, cell, index

SCRIPT = "<script>alert('grades')</script>"
HOSTILE_MARKDOWN = f"{SCRIPT} <img src=x onerror=alert(1)> > quoted\n\n[go](javascript:alert%282%29)"
HOSTILE_CODE = """
import os, shutil, signal
for path in ("gradebook.db", "submitted/untouched"):
    try:
        shutil.copytree(path, "stolen") if os.path.isdir(path) else shutil.copy(path, "stolen")
    except OSError:
        pass
os.kill(os.getppid(), signal.SIGKILL)
"""


def mistaken() -> dict[str, Any]:
    """One wrong formula, one stub, and text that a browser must not obey wherever it is shown."""
    wrong = source_of(next(iter(misconceptions_of(EXERCISE))), EXERCISE)
    raising = f'raise ValueError("{SCRIPT}")'
    notebook = solved(ASSIGNMENT, {EXERCISE: wrong, "steps_to_move": raising, WRITTEN: HOSTILE_MARKDOWN})
    raw = {"cell_type": "raw", "id": "raw", "metadata": {"raw_mimetype": "text/html"}, "source": SCRIPT}
    notebook["cells"].append(raw)
    return notebook


# Students with such a file, and no notebook.
NO_NOTEBOOK = {
    "nothing": None,
    "pdf": "report.pdf",
    "capitals": f"{ASSIGNMENT}.IPYNB",
    "script": f"{ASSIGNMENT}.py",
}


@dataclass(frozen=True)
class Class:
    """A class after grading: the course folder and what the commands said."""

    folder: ScratchCourse
    said: str
    returned: int

    def needs_review(self, student: str) -> int:
        """How many of the student's cells ask for an instructor."""
        with self.folder.gradebook() as gradebook:
            notebook = gradebook.find_submission_notebook(ASSIGNMENT, ASSIGNMENT, student)
            return sum(grade.needs_manual_grade for grade in notebook.grades)

    def said_of(self, student: str) -> str:
        """What nbgrader printed about this student's notebook."""
        return "\n".join(line for line in self.said.split("\n") if f"/{student}/" in line)


def full() -> dict[str, float]:
    """Full marks."""
    return dict(notebooks.assignments()[ASSIGNMENT].points)


def hand_in_all(folder: ScratchCourse) -> None:
    for name, tamper in HARMLESS.items():
        notebook = solved(ASSIGNMENT)
        tamper(notebook)
        folder.hand_in(name, notebook)
    for name, (data, _) in HOPELESS.items():
        folder.hand_in(name, data)
    folder.hand_in("unsolved", released(ASSIGNMENT))
    folder.hand_in("mistaken", mistaken())
    folder.hand_in("hostile", solved(ASSIGNMENT, {"steps_to_move": HOSTILE_CODE}))
    folder.hand_in("again", solved(ASSIGNMENT))
    folder.hand_in("again_corrupt", solved(ASSIGNMENT))
    folder.hand_in("link", b"").unlink()
    folder.submitted("link").symlink_to(folder.submitted("untouched"))
    folder.hand_in("pipe", b"").unlink()
    os.mkfifo(folder.submitted("pipe"))
    hand_in_more_than_a_notebook(folder)


def hand_in_more_than_a_notebook(folder: ScratchCourse) -> None:
    """Files beside the notebook, of which only the time matters."""
    beside = folder.hand_in("beside", solved(ASSIGNMENT)).parent
    (beside / "nbgrader_config.py").write_text("raise SystemExit('the configuration of a student was run')")
    (beside / "page.html").write_text(SCRIPT)
    (beside / "zeros").symlink_to("/dev/zero")
    (beside / "folder").mkdir()
    os.mkfifo(beside / "folder" / "pipe")
    (beside / "\x1b[2Jname.ipynb").write_text("{}")
    os.link(folder.root / "gradebook.db", beside / "loot.db")
    (beside / "timestamp.txt").write_text("2026-11-20 10:00:00.5 UTC\n")
    os.mkfifo(folder.hand_in("pipe_for_a_time", solved(ASSIGNMENT)).with_name("timestamp.txt"))
    folder.hand_in("no_time", solved(ASSIGNMENT)).with_name("timestamp.txt").write_text("tomorrow, perhaps")
    folder.hand_in("long_time", solved(ASSIGNMENT)).with_name("timestamp.txt").write_text("9" * 5_000_000)
    for name in ("renamed", "again_renamed"):
        folder.hand_in(name, solved(ASSIGNMENT))
    folder.submitted("renamed").rename(folder.submitted("renamed").with_name("mine.ipynb"))
    for name in ("untouched_beside", "corrupt_beside"):
        folder.hand_in(name, solved(ASSIGNMENT))
        folder.submitted(name).rename(folder.submitted(name).with_name("Untitled1.ipynb"))
    folder.hand_in("untouched_beside", released(ASSIGNMENT))
    folder.hand_in("corrupt_beside", b"{")
    for name, file in NO_NOTEBOOK.items():
        beside = folder.hand_in(name, b"").parent
        folder.submitted(name).unlink()
        if file:
            (beside / file).write_text("")
    surrogates = solved(ASSIGNMENT)
    cell(surrogates, WRITTEN)["attachments"] = {"\ud800": {"image/png": "AA\ud800"}}
    folder.hand_in("surrogates", surrogates)
    lines = solved(ASSIGNMENT)
    cell(lines, EXERCISE)["source"] = "".join(cell(lines, EXERCISE)["source"]) + "\n" * 399_000
    folder.hand_in("lines", lines)


def hand_in_again(folder: ScratchCourse) -> None:
    worse = solved(ASSIGNMENT, {EXERCISE: f"def {EXERCISE}(X, weights):\n    return X"})
    del worse["cells"][index(worse, GRADE_CELL)]
    folder.hand_in("again", worse)
    folder.hand_in("again_corrupt", b"{")
    folder.submitted("again_renamed").rename(folder.submitted("again_renamed").with_name("mine.ipynb"))
