"""What nbgrader does with a submission's folder around the grading: copy files, read the timestamp, keep a score.

It opens what it finds there, follows links, waits for pipes, and lets an old score stand where a new submission
fails. It has no setting for that, so methods of it are replaced; the minor version that the tests run is pinned.
"""

import contextlib
import datetime
import fnmatch
import functools
import glob
import os
import shutil
import sys
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from nbgrader.api import Gradebook, MissingEntry, Notebook
from nbgrader.apps.api import NbGraderAPI
from nbgrader.converters import GenerateFeedback
from nbgrader.converters.autograde import Autograde
from nbgrader.converters.base import BaseConverter, NbGraderException
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import parse_utc

from autograder.grading import secret
from autograder.grading.secret import SecretError
from autograder.intake import discovery, files, times
from autograder.intake.files import SubmissionError
from autograder.intake.found import Found
from autograder.nbgrader_plugin import exchange, graded, releasing, strays, troubles
from autograder.nbgrader_plugin.grading import NotGradedError
from autograder.nbgrader_plugin.logs import Told
from autograder.nbgrader_plugin.regrading import Kept
from autograder.sandbox import SandboxUnavailable
from autograder.text import plural, printable

TIMESTAMP = "timestamp.txt"
_LONGEST = 400  # bytes of a timestamp
_UNREADABLE = (
    "It is NOT known whether this submission is late: there is no time in %s, or one that could be another. "
    "Write it as 2026-11-10 10:00:00 +0200"
)
_ANOTHER_SECRET = (
    "These grades replace some that had other hidden inputs (secret %s then, %s now): to get the same ones again, "
    "put the old %s back and run this once more with --force"
)
_UNKNOWN = (
    "The gradebook %s does not know the assignment %s (it has: %s). If it is another course's, put yours back; if not, "
    "run `nbgrader generate_assignment %s`. Nothing was changed"
)
_ANOTHER_COURSE = (
    "The gradebook %s is of the course %s, and c.CourseDirectory.course_id says %s: put the right gradebook here, or "
    "the right name into nbgrader_config.py. Nothing was changed"
)
_PASSED_OVER = "%s with work in it, named above, passed over"
_all_converted = Autograde.convert_notebooks
_copy_all = BaseConverter.init_assignment
_listed = BaseConverter.init_notebooks
_EXPECTED = (SubmissionError, NotGradedError, NbGraderException, SandboxUnavailable)
_settled = BaseConverter.init_destination
_initialized, _converted = Autograde.init_assignment, Autograde.convert_single_notebook


@dataclass(frozen=True)
class Timestamp:
    """What `timestamp.txt` says, and the moment in UTC that it means."""

    text: str
    moment: datetime.datetime

    def as_nbgrader_reads_it(self) -> str:
        """The text as it is, by which nbgrader's exchange knows a submission, unless its own parser misreads it."""
        with contextlib.suppress(ValueError, OverflowError):
            if self.text[-1:].isalpha() or parse_utc(self.text) == self.moment:
                return self.text
        return f"{self.moment:%Y-%m-%d %H:%M:%S.%f} UTC"


def guard() -> None:
    """Replace nbgrader's methods; a second time changes nothing."""
    CourseDirectory.get_existing_timestamp = _existing_timestamp
    NbGraderAPI.get_submitted_timestamp = _submitted_timestamp
    BaseConverter.init_assignment = _copy_files
    Autograde.init_notebooks = _everybody
    GenerateFeedback.init_notebooks = _with_gradebook
    Autograde.init_destination = _settle
    Autograde.convert_notebooks = _convert_all
    Autograde.init_assignment = _or_not_graded(_initialize, _names_of_folder)
    Autograde.convert_single_notebook = _or_not_graded(_converted, _names_of_notebook)


def timestamp(folder: Path, course: CourseDirectory) -> Timestamp | None:
    """What `timestamp.txt` in this folder says, if it is an ordinary file that says one time and no other."""
    try:
        text = files.read_file(folder, Path(TIMESTAMP))[: _LONGEST + 1].decode("utf-8-sig").strip()
    except (SubmissionError, ValueError):
        return None
    moment = times.moment(text, zone(course))
    return Timestamp(text, moment) if moment else None


def zone(course: CourseDirectory) -> datetime.tzinfo | None:
    """The zone in which `nbgrader submit` writes times, as CEST or CET."""
    # The course's folder is made before nbgrader reads the configuration in it: the application has all of it.
    name = (course.parent or course).config.Exchange.get("timezone")
    return times.zone(name) if isinstance(name, str) else None


def _existing_timestamp(course: CourseDirectory, folder: str) -> datetime.datetime | None:
    """The time at which a submission was handed in; None if there is none, or none that can be read."""
    found = timestamp(Path(folder), course)
    if found is None and os.path.lexists(os.path.join(folder, TIMESTAMP)):
        course.log.warning(_UNREADABLE, printable(os.path.join(folder, TIMESTAMP), 1000))
    return found.moment if found else None


def _submitted_timestamp(api: NbGraderAPI, assignment: str, student: str) -> datetime.datetime | None:
    course = api.coursedir
    moment: datetime.datetime | None = course.get_existing_timestamp(
        os.path.abspath(course.format_path(course.submitted_directory, student, assignment))
    )
    return moment


def _copy_files(converter: BaseConverter, assignment: str, student: str) -> None:
    """Of a submission nothing is taken over but the timestamp, and by what the exchange knows whose feedback it is."""
    if not isinstance(converter, Autograde):
        _copy_all(converter, assignment, student)
        return
    source = Path(converter._format_source(assignment, student))
    there = Path(converter._format_dest(assignment, student))
    there.mkdir(parents=True, exist_ok=True)
    found = timestamp(source, converter.coursedir)
    _write(there / TIMESTAMP, found.as_nbgrader_reads_it() if found else None)
    _write(there / exchange.SECRET, exchange.secret(source))


def _write(copy: Path, text: str | None) -> None:
    copy.unlink(missing_ok=True)
    if text is not None:
        copy.write_text(text, encoding="utf-8")


def _everybody(converter: Autograde) -> None:
    """Also a folder without a notebook is handed in: nbgrader would pass it over."""
    course = converter.coursedir
    everywhere = glob.glob(converter._format_source(course.assignment_id, course.student_id))
    converter.kept, converter.told_of_secret = Kept(), False
    try:
        _listed(converter)
    except NbGraderException:
        if not any(map(os.path.isdir, everywhere)):
            _tell_of_strays(converter)
            raise
    _look_at_gradebook(converter, _take_up)
    for folder in filter(os.path.isdir, everywhere):
        converter.assignments.setdefault(folder, [os.path.join(folder, f"{course.assignment_id}.ipynb")])


def _take_up(converter: Autograde, notebook: Notebook) -> None:
    """Keep what the gradebook says of it, and say where the instructor's notebook differs."""
    converter.kept.add(notebook)
    releasing.warn_of_changes(converter, notebook)


def _convert_all(converter: Autograde) -> None:
    """Grade all; then, where it is read, say what was passed over, which is a failure, and who may be another."""
    known = set(converter.kept.students.get(converter.coursedir.assignment_id, ()))
    try:
        _all_converted(converter)
    finally:
        passed_over = _tell_of_strays(converter, known)
    if passed_over:
        _refuse(converter, _PASSED_OVER, plural(passed_over, "place"))


def _tell_of_strays(converter: Autograde, known: Collection[str] = ()) -> int:
    """Say what seems to be in a wrong place, and how many places nbgrader passed over; `known` had grades before."""
    course = converter.coursedir
    with Gradebook(course.db_url, course.course_id) as gradebook:
        doubts = [*strays.doubtful(course, gradebook, converter.assignments, known)]
        assignments = [one.name for one in gradebook.assignments]
        found = list(strays.misplaced(course, assignments, course.assignment_id))
    for sentence, *names in (*strays.gone(course, converter.assignments, known), *doubts):
        converter.log.warning(sentence, *names)
    for sentence, *names in found:
        converter.log.error(sentence, *names)
    return len(found)


def _with_gradebook(converter: GenerateFeedback) -> None:
    """List the notebooks; nbgrader would remove a page before it knows whether it can make another one."""
    _listed(converter)
    _look_at_gradebook(converter)


def _look_at_gradebook(
    converter: BaseConverter, at_each: Callable[[BaseConverter, Any], object] = lambda *_: None
) -> None:
    """Refuse a gradebook that does not know the assignment, before anything is removed for it; then look `at_each` of
    its notebooks.
    """
    course = converter.coursedir
    where = course.db_url.removeprefix("sqlite:///")
    with Gradebook(course.db_url, course.course_id) as gradebook:
        known = {one.name: one for one in gradebook.assignments}
        asked = fnmatch.filter(known, course.assignment_id)
        if not asked:
            there = ", ".join(sorted(known)) or "none"
            _refuse(converter, _UNKNOWN, where, course.assignment_id, there, course.assignment_id)
        for assignment in (known[name] for name in asked):
            if _is_of_another_course(assignment.course_id, course.course_id):
                _refuse(converter, _ANOTHER_COURSE, where, assignment.course_id, course.course_id)
            for notebook in assignment.notebooks:
                at_each(converter, notebook)


def _is_of_another_course(kept: str, named: str) -> bool:
    return kept != named and not {kept, named} & {"", "default_course"}  # nbgrader's names for none


def _refuse(converter: BaseConverter, said: str, *names: str) -> NoReturn:
    converter.log.error(said, *names)
    raise NbGraderException(said % names)


def _settle(converter: Autograde, assignment: str, student: str) -> bool:
    """Whether to grade this; say once if the grades before, which will be replaced, had other hidden inputs."""
    here, there = (
        Path(path(assignment, student)) for path in (converter._format_source, converter._format_dest)
    )
    before, counting = graded.read(there), converter.kept.counting(assignment, here)
    converter.unchanged = converter.kept.unchanged(assignment, before, counting)
    try:
        now = secret.fingerprint(secret.load(tell=converter.log.warning))
        if there.is_dir() and not converter.force:
            reason = _another_time(converter, here, there)
            reason = reason or converter.kept.reason(assignment, student, before, counting)
            if reason:
                converter.log.warning("%s is graded again: %s", printable(student), reason)
                shutil.rmtree(there)
        settled: bool = _settled(converter, assignment, student)
    except (OSError, SecretError) as error:
        _stop(converter, error, assignment, student)
    others = sorted(before.said("secret") - {now}) if settled and not converter.told_of_secret else []
    if others:
        converter.told_of_secret = True
        converter.log.warning(_ANOTHER_SECRET, ", ".join(others), now, secret.NAME)
    return settled


def _another_time(converter: Autograde, here: Path, there: Path) -> str | None:
    """Why the time counts that is here now; nbgrader itself notices a later one alone."""
    then, now = (timestamp(folder, converter.coursedir) for folder in (there, here))
    same = (then and then.moment) == (now and now.moment)
    return None if same else f"the time in {TIMESTAMP} was another then"


def _initialize(converter: Autograde, assignment: str, student: str) -> None:
    """Let the notebooks that count, whatever they are called, take the names of those that were released."""
    folder = Path(converter._format_source(assignment, student))
    with Gradebook(converter.coursedir.db_url, converter.coursedir.course_id) as gradebook:
        try:
            released = [notebook.name for notebook in gradebook.find_assignment(assignment).notebooks]
        except MissingEntry:  # nbgrader says how to make it
            released = []
    left_out = converter.kept.left_out.get(assignment, frozenset())
    way = Path(*folder.parts[-2:])
    found = discovery.in_folder(folder.parents[1], way, released, left_out) if released else {}
    converter.handed_in = {str(folder / f"{name}.ipynb"): item for name, item in found.items()}
    absent = [item.refusal for item in found.values() if item.missing]
    if absent and len(absent) == len(released):
        raise SubmissionError(str(absent[0]))
    for path, item in converter.handed_in.items():
        _tell(converter, path, item)
    converter.notebooks = sorted({*converter.notebooks, *converter.handed_in})
    _initialized(converter, assignment, student)


def _tell(converter: Autograde, path: str, item: Found) -> None:
    """Say in the log that another notebook counts than the one of that name."""
    if str(item.path) != path:
        converter.log.warning("%s is graded as %s", printable(str(item.path), 1000), Path(path).name)
    for note in item.notes:
        converter.log.warning("%s: %s", printable(path, 1000), note)


Names = tuple[str, str]  # assignment, student


def _names_of_folder(converter: Autograde, assignment: str, student: str) -> Names:  # noqa: ARG001
    return assignment, student


def _names_of_notebook(converter: Autograde, path: str) -> Names:
    names = converter.init_single_notebook_resources(path)["nbgrader"]
    return names["assignment"], names["student"]


def _or_not_graded(method: Callable[..., None], names_of: Callable[..., Names]) -> Callable[..., None]:
    """`method`, after whose failure no older score stands and somebody is asked to look at the submission."""

    @functools.wraps(method)
    def guarded(converter: Autograde, *arguments: str) -> None:
        try:
            method(converter, *arguments)
        except Exception as error:
            assignment, student = names_of(converter, *arguments)
            if troubles.stops_all(error):
                _stop(converter, error, assignment, student)
            where = printable(f"submitted/{student}/{assignment}/", 1000)
            converter.log.error("%s is NOT graded: %s", where, printable(str(error), 1000))
            _forget_scores(converter.coursedir, assignment, student)
            if isinstance(error, _EXPECTED):
                raise Told(str(error)) from None
            raise

    return guarded


def _stop(converter: Autograde, error: Exception, assignment: str, student: str) -> NoReturn:
    """End the command: what was graded stays, no score is forgotten, and this student comes first the next time."""
    shutil.rmtree(converter._format_dest(assignment, student), ignore_errors=True)
    converter.log.error("%s", troubles.sentence(error))
    converter.log.error("Stopped at %s: whoever comes before is graded", printable(student))
    sys.exit(1)


def _forget_scores(course: Any, assignment: str, student: str) -> None:
    """Make the submission known without a score, and flag it for review. Its history is no excuse."""
    with Gradebook(course.db_url, course.course_id) as gradebook:
        try:
            gradebook.update_or_create_student(student)
            submission = gradebook.update_or_create_submission(assignment, student)
        except MissingEntry:  # no such assignment: nbgrader says how to make it
            return
        for grade in (grade for notebook in submission.notebooks for grade in notebook.grades):
            grade.auto_score, grade.needs_manual_grade = None, True
        gradebook.db.commit()
