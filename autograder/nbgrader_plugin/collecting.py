"""`nbgrader zip_collect`: what a learning platform gave for a class, into `submitted/`.

nbgrader wants a pattern for the files' names, and without one collects nothing and says that all is well. Here the
archive is read as `autograder grade` reads it: the same students, and the same notebook of several.
"""

import datetime
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

from nbgrader.apps.zipcollectapp import ZipCollectApp
from nbgrader.plugins import FileNameCollectorPlugin

from autograder.intake import discovery, enrolment, roster, times
from autograder.intake.files import SubmissionError
from autograder.intake.found import Found
from autograder.nbgrader_plugin.folders import TIMESTAMP, zone
from autograder.text import plural, printable

ROSTER = "roster.csv"
_stock_extract, _stock_process = ZipCollectApp.extract_archive_files, ZipCollectApp.process_extracted_files
_NAME = re.compile(
    r"[\w@+'(][\w@.+,'() -]{0,98}"
)  # what nbgrader takes for one folder, and a shell for no option
_LOCAL = re.compile(r"(\d{4}-\d\d-\d\d)[-T](\d\d)[-:](\d\d)(?:[-:](\d\d))?")


def guard() -> None:
    """Replace nbgrader's methods, unless the instructor has patterns of their own."""
    ZipCollectApp.extract_archive_files = _leave_packed
    ZipCollectApp.process_extracted_files = _collect


def _is_configured(app: ZipCollectApp) -> bool:
    own = app.collector_plugin is not FileNameCollectorPlugin
    return own or bool(app.collector_plugin_inst.named_regexp)


def _leave_packed(app: ZipCollectApp) -> None:
    if _is_configured(app):
        _stock_extract(app)


def _collect(app: ZipCollectApp) -> None:
    if _is_configured(app):
        _stock_process(app)
        return
    wanted = _notebooks(app)
    found = [work for paths in _classes(app) for work in _works(app, paths, wanted)]
    faults = [(work, fault) for work in found if (fault := _put(app, work))]
    app.log.info("%s collected", plural(len(found) - len(faults), "submission"))
    for work, fault in faults:
        app.log.error("%s: %s", work.where, fault)
    if faults:
        app.fail(f"{len(faults)} of {len(found)} were NOT collected, see above")


def _classes(app: ZipCollectApp) -> list[list[Path]]:
    """What the platform gave: zip files of a class, or a folder with what was in one."""
    folder = Path(app._format_collect_path(app.archive_directory))
    there = sorted(path for path in folder.glob("*") if not path.name.startswith("."))
    if not there:
        app.fail(f"There is nothing in {folder}: put the archive there, as your learning platform gave it")
    return [[path] for path in there] if all(path.suffix == ".zip" for path in there) else [[folder]]


def _notebooks(app: ZipCollectApp) -> list[str]:
    """The names of the assignment's notebooks."""
    course = app.coursedir
    source = Path(course.format_path(course.source_directory, ".", course.assignment_id))
    names = sorted(path.stem for path in source.glob("*.ipynb"))
    if not names:
        app.fail(f"There is no notebook in {source}: is {course.assignment_id} the name of an assignment?")
    return names


def _works(app: ZipCollectApp, paths: Sequence[Path], wanted: Sequence[str]) -> list["_Work"]:
    """The work of each student in a class."""
    asked = wanted[0] if len(wanted) == 1 else None
    works: dict[object, _Work] = {}
    for number, item in enumerate(_enrolled(app, discovery.discover_all(paths, asked))):
        whose = number if item.student is None else item.student
        works.setdefault(whose, _Work(item, zone(app.coursedir))).add(item, wanted)
    return list(works.values())


def _enrolled(app: ZipCollectApp, found: Sequence[Found]) -> Sequence[Found]:
    """Under the gradebook's ids, if there is a roster; who handed in nothing is no submission."""
    path = Path(app.coursedir.root, ROSTER)
    if not path.exists():
        return found
    try:
        known = roster.read(path)
        rows = enrolment.enrolled(found, known)
    except roster.RosterError as error:
        app.fail(f"The roster {path}: {error}. Nothing was collected")
    if known.doubt:
        app.log.warning("The roster %s: %s", path, known.doubt)
    return [row for row in rows if row.refusal != enrolment.NOTHING]


class _Work:
    """What a student handed in: notebooks by the names that nbgrader expects, or why there are none."""

    def __init__(self, first: Found, course: datetime.tzinfo | None) -> None:
        self.student, self.late = first.student, first.owner.late
        self.where = printable(str(first.path), 1000)
        self.moment = _moment(first.owner.attempt, course)
        self.notebooks = dict[str, bytes]()
        self.notes: list[str] = []
        self.fault: str | None = None

    def add(self, item: Found, wanted: Sequence[str]) -> None:
        """Take a notebook, which is one of those that are wanted."""
        name = next((one for one in (item.assignment, item.path.stem) if one in wanted), wanted[0])
        self.notes += item.notes
        try:
            self.notebooks[str(name)] = item.read()
        except SubmissionError as error:
            self.fault = str(error)

    def is_in(self, folder: Path) -> bool:
        """Whether all of it is in this folder already, and no other notebook."""
        there = {path.stem: path for path in folder.glob("*.ipynb") if not path.is_symlink()}
        if there.keys() != self.notebooks.keys():
            return False
        return all(there[name].read_bytes() == data for name, data in self.notebooks.items())

    def write(self, folder: Path) -> None:
        """Put it in the place of `folder`, which stays as it is unless all is written."""
        new = folder.with_name(f".{folder.name}.new")
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(parents=True)
        for name, data in self.notebooks.items():
            (new / f"{name}.ipynb").write_bytes(data)
        if self.moment is not None:
            (new / TIMESTAMP).write_text(f"{self.moment:%Y-%m-%d %H:%M:%S} UTC\n")
        shutil.rmtree(folder, ignore_errors=True)
        new.rename(folder)


def _put(app: ZipCollectApp, work: _Work) -> str | None:
    """Put one student's work where nbgrader looks for it; returns what is the matter with it, if anything is."""
    if work.student is None:
        return work.fault or "nobody can tell whose it is"
    student, course = printable(work.student), app.coursedir
    if not _NAME.fullmatch(work.student):
        return f"nbgrader cannot have a student called {student}: give them another id in {ROSTER}"
    for note in work.notes:
        app.log.warning("%s: %s", student, note)
    folder = Path(course.format_path(course.submitted_directory, work.student, course.assignment_id))
    if work.is_in(folder):
        return work.fault
    if not app.force and _stays(app, folder, work):
        return (
            work.fault or f"{folder} holds other work, not known to be older: --force puts this in its place"
        )
    work.write(folder)
    if work.moment is None and work.late:
        app.log.warning("%s is late, says the platform, but not by how much: no penalty will follow", student)
    return work.fault


def _stays(app: ZipCollectApp, folder: Path, work: _Work) -> bool:
    """Whether what is there is not replaced: only a later attempt takes the place of a notebook."""
    if not any(folder.glob("*.ipynb")):
        return False
    before = app.coursedir.get_existing_timestamp(str(folder))
    return not (work.notebooks and work.moment and before and work.moment > before)


def _moment(attempt: str, course: datetime.tzinfo | None) -> datetime.datetime | None:
    """When it was handed in, in UTC; None where the platform does not say, or in a zone that nobody has named."""
    if attempt.endswith("Z"):
        return times.moment(attempt)
    local = _LOCAL.fullmatch(attempt)
    if local is None or course is None:
        return None
    day, hour, minute, second = local.groups(default="00")
    there = datetime.datetime.fromisoformat(f"{day}T{hour}:{minute}:{second}").replace(tzinfo=course)
    return there.astimezone(datetime.UTC).replace(tzinfo=None)
