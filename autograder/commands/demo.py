"""`autograder demo`: a class of students, graded."""

from pathlib import Path

import click

from autograder.commands.delivery import report
from autograder.commands.options import JOBS
from autograder.commands.running import processes, with_progress


@click.command()
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), help="The folder for the course.")
@JOBS
def demo(output: Path | None, jobs: int | None) -> None:
    """Build a class of students, honest, mistaken and hostile, and grade it."""
    import tempfile

    from autograder.demo.cohort import build
    from autograder.grading import secret
    from autograder.grading.batch import Settings, grade_all, here
    from autograder.intake.discovery import discover_all

    folder = output or Path(tempfile.mkdtemp(prefix="depth150-demo-"))
    submitted = build(folder)
    found = discover_all([submitted])
    settings = Settings(secret.load(secret.create(folder / secret.NAME)))
    numbered = grade_all(found, settings, here(settings, processes(jobs, len(found))))
    graded = dict(with_progress(numbered, len(found)))
    grades = [graded[number] for number in sorted(graded)]
    report(grades, "table", None)
    for format_name, name in (("json", "results.json"), ("html", "report.html")):
        report(grades, format_name, folder / name)
    click.echo(f"The course, its submissions, results.json and report.html lie in {folder}")
