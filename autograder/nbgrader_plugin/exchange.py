"""nbgrader's exchange: feedback goes back to those who handed in through it, whoever did not."""

import glob
import re
import shutil
from pathlib import Path

from nbgrader.exchange.default import ExchangeReleaseFeedback
from nbgrader.utils import notebook_hash

from autograder.intake import files
from autograder.intake.files import SubmissionError
from autograder.nbgrader_plugin import returning
from autograder.text import plural, printable

SECRET = "submission_secret.txt"  # made by `nbgrader submit`: the feedback's address follows from it
_WRITTEN = re.compile(r"[0-9A-Za-z]{16,256}")
_MOST = 20  # notebooks of a student
_NO_ADDRESS = (
    "The feedback of %s was NOT released: there is no %s beside it, so the work did not come through the exchange, or "
    "was autograded before it did. Hand over %s yourself"
)
_PACKED = "The feedback of %s, who handed in through your learning platform, is in %s: give it back there"
_NO_FEEDBACK = (
    "There is no feedback on {0} to release: run `nbgrader generate_feedback {0}` first, or look at the name"
)


def guard() -> None:
    """Replace nbgrader's method, which ends at the first student who has no such file."""
    ExchangeReleaseFeedback.copy_files = _release


def secret(folder: Path) -> str | None:
    """What `nbgrader submit` wrote into a student's folder for the way back, if it is an ordinary file of its kind."""
    try:
        text = files.read_file(folder, Path(SECRET)).decode("ascii", "replace")
    except SubmissionError:
        return None
    return text if _WRITTEN.fullmatch(text) else None


def _release(exchange: ExchangeReleaseFeedback) -> None:
    """Feedback for everybody who has an address; of the others there is a sentence."""
    course = exchange.coursedir
    left_out = course.student_id_exclude.split(",")
    folders = [path for path in map(Path, sorted(glob.glob(exchange.src_path))) if path.is_dir()]
    if not folders:
        exchange.fail(_NO_FEEDBACK.format(course.assignment_id))
    wanted = {folder: secret(folder) for folder in folders if folder.parent.name not in left_out}
    packed = returning.packed(course, (folder for folder, address in wanted.items() if not address))
    for folder, address in wanted.items():
        if address:
            _release_to(exchange, folder, address)
        elif folder not in packed:
            student = printable(folder.parent.name)
            exchange.log.warning(_NO_ADDRESS, student, SECRET, printable(str(folder), 1000))
    if packed:
        exchange.log.warning(_PACKED, plural(len(packed), "student"), returning.archive(course))


def _release_to(exchange: ExchangeReleaseFeedback, folder: Path, address: str) -> None:
    pages = sorted(folder.glob("*.html"))
    for page in pages:
        names = {page.stem} | (_handed_in(exchange, folder) if len(pages) == 1 else set())
        for name in sorted(names):
            place = Path(exchange.dest_path, f"{notebook_hash(secret=address, notebook_id=name)}.html")
            shutil.copy(page, place.with_suffix(".tmp"))
            place.with_suffix(".tmp").replace(place)  # whoever fetches it meanwhile gets the whole page
        exchange.log.info("Feedback released for %s: %s", printable(folder.parent.name), page.name)


def _handed_in(exchange: ExchangeReleaseFeedback, folder: Path) -> set[str]:
    """The names under which a student's notebooks were handed in: `fetch_feedback` asks for these."""
    course = exchange.coursedir
    there = course.format_path(course.submitted_directory, folder.parent.name, folder.name)
    return {path.stem for path in sorted(Path(there).glob("*.ipynb"))[:_MOST]}
