"""`nbgrader zip_collect`: what a learning platform gave for a class, into `submitted/`.

nbgrader wants a pattern for the files' names, and without one collects nothing and says that all is well. Here the
archive is read as `autograder grade` reads it: the same students, and the same notebook of several.
"""

import datetime
import json
import re
import shlex
import shutil
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from nbgrader.apps.zipcollectapp import ZipCollectApp
from nbgrader.coursedir import CourseDirectory
from nbgrader.plugins import FileNameCollectorPlugin

from autograder.course.notebooks import assignments
from autograder.intake import discovery, enrolment, roster, times
from autograder.intake.contents import of
from autograder.intake.files import SubmissionError
from autograder.intake.found import Found
from autograder.nbgrader_plugin.folders import TIMESTAMP, zone
from autograder.nbgrader_plugin.graded import contents
from autograder.text import plural, printable

ROSTER = "roster.csv"
_MARK = ".collected.json"  # which attempt it is, and of which notebooks
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
    try:
        found = works(app.coursedir, Path(app._format_collect_path(app.archive_directory)), app.log.warning)
    except CollectError as error:
        app.fail("%s", str(error))
    faults = [(work, fault) for work in found if (fault := _put(app, work))]
    kept = sum(work.is_kept and not work.fault for work in found)
    app.log.info(
        "%s collected%s",
        plural(len(found) - len(faults) - kept, "submission"),
        f", {kept} are there already" if kept else "",
    )
    for work, fault in faults:
        app.log.error("%s: %s", work.where, fault)
    if faults:
        app.fail(f"{len(faults)} of {len(found)} were NOT collected, see above")


def works(course: CourseDirectory, archive: Path, warn: Callable[[str], None]) -> list["Work"]:
    """What each student handed in to the platform that gave this archive. Raises CollectError."""
    wanted = _notebooks(course)
    found = [work for paths in _classes(archive) for work in _of_class(course, paths, wanted, warn)]
    held = [work for work in found if work.notebooks]
    if held and not any(work.belongs for work in held):
        raise CollectError(
            f"No exercise of {course.assignment_id} is in any of the notebooks in {archive}: it is of another course "
            "or assignment. Nothing was collected"
        )
    return _latest(found)


def _latest(found: Iterable["Work"]) -> list["Work"]:
    """Of several works of a student the later one; where nothing tells which that is, one that is not collected."""
    kept = dict[object, Work]()
    for number, work in enumerate(found):
        whose = number if work.student is None else work.student
        other = kept.setdefault(whose, work)
        if work.is_after(other) or not other.notebooks:
            kept[whose] = work
        elif work.notebooks and not other.is_after(work) and work.notebooks != other.notebooks:
            other.is_doubtful = True
    return list(kept.values())


def _classes(folder: Path) -> list[list[Path]]:
    """What the platform gave: zip files of a class, or a folder with what was in one."""
    there = sorted(path for path in folder.glob("*") if not path.name.startswith("."))
    if not there:
        raise CollectError(
            f"There is nothing in {folder}: put the archive there, as your learning platform gave it"
        )
    return [[path] for path in there] if all(path.suffix == ".zip" for path in there) else [[folder]]


def _notebooks(course: CourseDirectory) -> list[str]:
    """The names of the assignment's notebooks."""
    source = Path(course.format_path(course.source_directory, ".", course.assignment_id))
    names = sorted(path.stem for path in source.glob("*.ipynb"))
    if not names:
        raise CollectError(
            f"There is no notebook in {source}: is {course.assignment_id} the name of an assignment?"
        )
    return names


def _of_class(
    course: CourseDirectory, paths: Sequence[Path], wanted: Sequence[str], warn: Callable[[str], None]
) -> list["Work"]:
    """The work of each student in a class."""
    found: dict[object, Work] = {}
    items = discovery.discover_all(paths, wanted[0] if len(wanted) == 1 else None)
    claims = {item.claim[0] for item in items if not item.missing and item.claim[1] > 1}
    if claims and None not in claims and claims.isdisjoint(wanted):
        raise CollectError(
            f"The notebooks in {paths[0]} are called {', '.join(sorted(map(str, claims)))}: it is the archive of "
            f"another assignment than {course.assignment_id}. Nothing was collected"
        )
    rows = _enrolled(course, items, warn)
    for number, (item, before) in enumerate(rows):
        whose = number if item.student is None else item.student
        found.setdefault(whose, Work(item, before, wanted, zone(course))).add(item)
    return list(found.values())


def _enrolled(
    course: CourseDirectory, found: Sequence[Found], warn: Callable[[str], None]
) -> Sequence[tuple[Found, str | None]]:
    """Under the gradebook's ids, if there is a roster, and the name that this replaced, if it is nobody else's; who
    handed in nothing is no submission.
    """
    path = Path(course.root, ROSTER)
    if not path.exists():
        return [(item, None) for item in found]
    try:
        known = roster.read(path)
        rows = enrolment.enrolled(found, known)
    except roster.RosterError as error:
        raise CollectError(f"The roster {path}: {error}. Nothing was collected") from None
    if known.doubt:
        warn(f"The roster {path}: {known.doubt}")
    names = [None if item.student in known.people else item.student for item in found]
    return [*zip(rows, names, strict=False)]  # behind them come those who handed in nothing


class CollectError(Exception):
    """Why nothing is collected, and how to mend it."""


class Work:
    """What a student handed in: notebooks by the names that nbgrader expects, or why there are none.

    before: another name under which the same person's work may have been collected.
    when: what is larger for a later attempt: a time, or a number that grows from file to file.
    ways: where each notebook lies in the archive.
    is_kept: whether just this is there already. is_doubtful: whether other work may be later.
    """

    def __init__(
        self, first: Found, before: str | None, wanted: Sequence[str], course: datetime.tzinfo | None
    ) -> None:
        self.student, self.late = first.student, first.owner.late
        self.lms_id, self.before, self.wanted = first.owner.lms_id, before, wanted
        self.where = printable(str(first.path), 1000)
        self.when = first.owner.attempt, first.owner.order
        self.moment = _moment(first.owner.attempt, course)
        self.notebooks, self.ways = dict[str, bytes](), dict[str, Path]()
        self.is_kept = self.is_doubtful = False
        self.notes: list[str] = []
        self.fault: str | None = None

    def add(self, item: Found) -> None:
        """Take a notebook, which is one of those that are wanted."""
        name = next((one for one in (item.assignment, item.path.stem) if one in self.wanted), self.wanted[0])
        self.notes += item.notes
        try:
            self.notebooks[str(name)] = item.read()
            self.ways[str(name)] = item.relative
        except SubmissionError as error:
            self.fault = str(error)

    def is_in(self, folder: Path) -> bool:
        """Whether all of it is in this folder already, and no other notebook."""
        there = {path.stem: path for path in folder.glob("*.ipynb") if not path.is_symlink()}
        if there.keys() != self.notebooks.keys():
            return False
        return all(there[name].read_bytes() == data for name, data in self.notebooks.items())

    @property
    def belongs(self) -> bool:
        """Whether an exercise of the assignment is in it; what is not of our course may be anything."""
        ours = [name for name in self.wanted if name in assignments()]
        return not ours or any(of(data).there.get(name) for data in self.notebooks.values() for name in ours)

    def is_after(self, other: "Work") -> bool:
        """Whether it is the later attempt, as far as anything tells."""
        return _is_after(self.when, other.when)

    def write(self, folder: Path) -> None:
        """Put it in the place of `folder`, which stays as it is unless all is written."""
        new = folder.with_name(f".{folder.name}.new")
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(parents=True)
        for name, data in self.notebooks.items():
            (new / f"{name}.ipynb").write_bytes(data)
        if self.moment is not None:
            (new / TIMESTAMP).write_text(f"{self.moment:%Y-%m-%d %H:%M:%S} UTC\n")
        (new / _MARK).write_text(json.dumps([*self.when, sorted(contents(new))]))
        shutil.rmtree(folder, ignore_errors=True)
        new.rename(folder)


def _put(app: ZipCollectApp, work: Work) -> str | None:
    """Put one student's work where nbgrader looks for it; returns what is the matter with it, if anything is."""
    if work.student is None:
        return work.fault or "nobody can tell whose it is"
    student, course = printable(work.student), app.coursedir
    if not _NAME.fullmatch(work.student):
        return f"nbgrader cannot have a student called {student}: give them another id in {ROSTER}"
    for note in work.notes:
        app.log.warning("%s: %s", student, note + _cure(work) * (note == enrolment.STRANGER))
    _look_for_another_name(app, work)
    folder = Path(course.format_path(course.submitted_directory, work.student, course.assignment_id))
    if work.is_doubtful:
        return "several archives hold work of this student, and nothing tells which is later: leave one of them there"
    work.is_kept = work.is_in(folder)
    if work.is_kept:
        return work.fault
    if any(folder.glob("*.ipynb")) and not app.force and not work.belongs:
        return f"no exercise of {course.assignment_id} is in it, and {folder} holds other work: --force puts it there"
    if not app.force and _stays(app, folder, work):
        return (
            work.fault or f"{folder} holds other work, not known to be older: --force puts this in its place"
        )
    work.write(folder)
    if work.moment is None and work.late:
        app.log.warning("%s is late, says the platform, but not by how much: no penalty will follow", student)
    return work.fault


def _cure(work: Work) -> str:
    number = f", with {work.lms_id} in a column `lms_user_id`" if work.lms_id else ""
    return f": before you grade, give {ROSTER} a line for this person{number}, and run this again"


def _look_for_another_name(app: ZipCollectApp, work: Work) -> None:
    """Say what was collected of the same person before the roster had a line for it."""
    course = app.coursedir
    if work.before in (None, work.student):
        return
    steps = (course.submitted_directory, course.autograded_directory, course.feedback_directory)
    folders = [Path(course.format_path(step, work.before, course.assignment_id)) for step in steps]
    if folders[0].is_dir():
        before, student = printable(str(work.before)), printable(str(work.student))
        there = " and ".join(printable(str(one.parent), 1000) for one in folders if one.is_dir())
        remove = f"nbgrader db student remove {shlex.quote(before)} --force"
        graded = f", and run `{remove}`" if folders[1].is_dir() else ""
        app.log.warning(
            "%s and %s are one person, says %s: delete %s%s", before, student, ROSTER, there, graded
        )


def _stays(app: ZipCollectApp, folder: Path, work: Work) -> bool:
    """Whether what is there is not replaced: only a later attempt takes the place of a notebook."""
    if not any(folder.glob("*.ipynb")) or _is_earlier(folder, work):
        return False
    before = app.coursedir.get_existing_timestamp(str(folder))
    return not (work.notebooks and work.moment and before and work.moment > before)


def _is_earlier(folder: Path, work: Work) -> bool:
    """Whether what is there came out of an archive, as an earlier attempt, and nobody has changed it since."""
    try:
        attempt, order, there = json.loads((folder / _MARK).read_bytes())
        return _is_after(work.when, (attempt, order)) and there == sorted(contents(folder))
    except (OSError, ValueError, TypeError):
        return False


def _is_after(one: tuple[str, int], other: tuple[str, int]) -> bool:
    """Whether one attempt is later: by its time, or by the number that a platform without times gives a file."""
    (time, number), (before, less) = one, other
    return time > before if time and before else not (time or before) and number > less > 0


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
