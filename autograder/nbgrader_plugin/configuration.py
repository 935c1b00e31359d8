"""Which of nbgrader's parts are replaced by ours."""

import os
import shutil
import sysconfig

from nbgrader import preprocessors as stock
from traitlets.config import Config

from autograder.course.folder import another_version
from autograder.grading import secret
from autograder.nbgrader_plugin import (
    collecting,
    exchange,
    folders,
    formgrader,
    gradebook,
    importing,
    logs,
    open_points,
    pages,
    releasing,
    returning,
    troubles,
)
from autograder.nbgrader_plugin.exporting import GradesAsCsv
from autograder.nbgrader_plugin.gradebook import SaveGrades
from autograder.nbgrader_plugin.grading import GradeNotebook
from autograder.nbgrader_plugin.pages import FeedbackPage, GetGrades
from autograder.nbgrader_plugin.reading import CheckedReader
from autograder.nbgrader_plugin.restoring import RestoreCells


def configure(config: Config, made_with: str | None = None) -> None:
    """Grade with the hidden checks instead of running the notebook in a kernel; say so in `config`.

    `made_with` is the version of this package that made the course folder.
    """
    _find_alembic()
    folders.guard()
    gradebook.guard()
    exchange.guard()
    collecting.guard()
    importing.guard()
    releasing.guard()
    returning.guard()
    logs.guard()
    troubles.guard()
    logs.warn(another_version(made_with))
    config.CourseDirectory.ignore = [".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback", secret.NAME]
    _release(config)
    config.Autograde.exporter_class = CheckedReader
    config.CheckedReader.optimistic_validation = True  # once a notebook, not once a preprocessor
    config.Autograde.sanitize_preprocessors = [RestoreCells, stock.OverwriteKernelspec]
    config.Autograde.autograde_preprocessors = [
        GradeNotebook,
        stock.LimitOutput,
        SaveGrades,
        stock.AssignLatePenalties,
        stock.CheckCellMetadata,
    ]
    _show(config)
    config.ExportApp.plugin_class = GradesAsCsv


def _release(config: Config) -> None:
    """Clear all that is hidden BEFORE the cells are saved: what is saved comes back in the feedback."""
    config.GenerateAssignment.preprocessors = [
        stock.LockCells,
        stock.ClearSolutions,
        stock.ClearOutput,
        stock.ClearHiddenTests,
        stock.ClearMarkScheme,
        stock.CheckCellMetadata,
        stock.ComputeChecksums,
        stock.SaveCells,
        stock.CheckCellMetadata,
    ]


def _show(config: Config) -> None:
    """Our pages for students' notebooks, also in a formgrader that runs in this process."""
    config.GenerateFeedback.exporter_class = FeedbackPage
    config.GenerateFeedback.preprocessors = [GetGrades]
    formgrader.guard()
    pages.guard()
    open_points.guard()


def _find_alembic() -> None:
    """nbgrader starts `alembic` by its bare name, which fails if the environment is not activated."""
    if shutil.which("alembic") is None:
        os.environ["PATH"] = os.pathsep.join(
            (sysconfig.get_path("scripts"), os.environ.get("PATH", os.defpath))
        )
