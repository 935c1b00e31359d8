"""Files as students and LMSs leave them: in a folder, or the same in a zip file."""

import os
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from autograder.course import notebooks
from autograder.demo.handin import released, solved, write
from autograder.intake.files import SubmissionError
from autograder.intake.found import Found

ASSIGNMENT = "3-initialization"
OTHER = "1-deep-chains"
POINTS = notebooks.assignments()[ASSIGNMENT].max_score
OWN = f"{ASSIGNMENT}/{ASSIGNMENT}.ipynb"
SOLVED, STUBS = write(solved(ASSIGNMENT)), write(released(ASSIGNMENT))
SOLVED_OTHER = write(solved(OTHER))


def in_folder(root: Path, files: Mapping[str, str]) -> Path:
    """Write the files below `root`; what ends in a slash is an empty folder."""
    for name, text in files.items():
        path = root / name
        (path if name.endswith("/") else path.parent).mkdir(parents=True, exist_ok=True)
        if not name.endswith("/"):
            path.write_text(text, encoding="utf-8")
    root.mkdir(parents=True, exist_ok=True)
    return root


def in_zip(path: Path, files: Mapping[str, str]) -> Path:
    """Write the files into a zip file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return path


def aged(root: Path, names: Iterable[str], apart: float = 3600.0) -> None:
    """Let each of the files be older than the next one."""
    for number, name in enumerate(names, 1):
        moment = 1_700_000_000 + number * apart
        os.utime(root / name, (moment, moment))


def reason(item: Found) -> str:
    """Why it is not graded."""
    try:
        item.read()
    except SubmissionError as error:
        return str(error)
    return ""
