"""Grade a pushed repository in a job of GitHub or GitLab: `python -m autograder.platforms.pushed PACKAGE SECRET PATH`.

Writes `report.txt`, `report.md`, `junit.xml` and `grades.jsonl` into the folder that REPORTS names; where GitHub runs
it, the job's summary and the outputs of the step as well.
"""

import os
import sys
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from autograder.platforms import handed
from autograder.reports import earned, pieces, render
from autograder.results import Grade
from autograder.text import inert, points, printable

UNGRADED, BELOW = 2, 3  # exit codes, as those of `autograder grade`


def main(package: Path, secret_file: Path, path: Path, environment: Mapping[str, str]) -> int:
    """Grade and report; returns the exit code."""
    said = handed.chosen(package)
    said = replace(said, assignment=environment.get("ASSIGNMENT") or said.assignment)
    grades = handed.grades(path, said, secret_file)
    _write_files(Path(environment.get("REPORTS") or "."), grades)
    if "GITHUB_OUTPUT" in environment:
        _tell_github(environment, grades)
    print(*map(_line, grades), sep="\n")
    return _exit_code(grades, environment.get("FAIL_UNDER") or None)


def _write_files(folder: Path, grades: Sequence[Grade]) -> None:
    for name, format_name in (("report.md", "markdown"), ("junit.xml", "junit"), ("grades.jsonl", "jsonl")):
        handed.write(folder / name, pieces(format_name, grades))
    handed.write(
        folder / "report.txt", (render("table", [grade]) for grade in grades)
    )  # for a log: each in full


def _tell_github(environment: Mapping[str, str], grades: Sequence[Grade]) -> None:
    """The summary of the job, and what its next steps may use: for Classroom's reporter a result in base64."""
    grade = handed.one(grades)
    result = b64encode(render("github", [grade]).encode()).decode()
    score = "" if grade.score is None else points(grade.score)
    _append(environment["GITHUB_OUTPUT"], f"result={result}\nscore={score}\n")
    if "GITHUB_STEP_SUMMARY" in environment:
        _append(environment["GITHUB_STEP_SUMMARY"], render("markdown", grades))


def _append(path: str, text: str) -> None:
    with open(path, "a", encoding="utf-8") as file:
        file.write(text)


def _line(grade: Grade) -> str:
    """A line of the log, in which no runner finds a command."""
    why = f". {printable(grade.error, 400)}" if grade.error is not None else ""
    return inert(f"{printable(grade.assignment or '?', 80)}: {earned(grade)}{why}")


def _exit_code(grades: Sequence[Grade], fail_under: str | None) -> int:
    if any(grade.error is not None for grade in grades):
        return UNGRADED
    try:
        least = float(fail_under or 0)
    except ValueError:
        raise SystemExit(f"Error: FAIL_UNDER is no number: {printable(str(fail_under))}") from None
    return BELOW if any((grade.percent or 0.0) < least for grade in grades) else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), os.environ))
