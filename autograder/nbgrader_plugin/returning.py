"""Feedback for those who handed in through a learning platform: an archive that it takes back.

Canvas, Moodle and Brightspace know whose a file is by the name under which it was downloaded. So each page gets the
name of the notebook that it is on, with `.html` for `.ipynb`.
"""

import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from nbgrader.converters import GenerateFeedback
from nbgrader.coursedir import CourseDirectory

from autograder.nbgrader_plugin import collecting
from autograder.text import plural

_converted = GenerateFeedback.convert_notebooks


def guard() -> None:
    """Replace nbgrader's method; a second time changes nothing."""
    GenerateFeedback.convert_notebooks = _convert


def archive(course: CourseDirectory) -> Path:
    """Where the archive with the feedback on an assignment is, if its work came from a platform."""
    return _downloaded(course) / "feedback.zip"


def packed(course: CourseDirectory, folders: Iterable[Path]) -> list[Path]:
    """Those of these folders of feedback of which all pages are in the archive, as they are now."""
    try:
        with zipfile.ZipFile(archive(course)) as file:
            there = {(info.CRC, info.file_size) for info in file.infolist()}
    except (OSError, zipfile.BadZipFile):
        return []
    return [folder for folder in folders if there.issuperset(map(_key, folder.glob("*.html")))]


def _key(page: Path) -> tuple[int, int]:
    data = page.read_bytes()
    return zlib.crc32(data), len(data)


def _downloaded(course: CourseDirectory) -> Path:
    return Path(course.root, "downloaded", course.assignment_id)


def _convert(converter: GenerateFeedback) -> None:
    """Make the pages, and of those for people in an archive of a platform an archive to give back."""
    try:
        _converted(converter)
    finally:
        downloaded = _downloaded(converter.coursedir) / "archive"
        if downloaded.is_dir() and any(downloaded.iterdir()):
            _pack(converter, downloaded)


def _pack(converter: GenerateFeedback, downloaded: Path) -> None:
    course = converter.coursedir
    try:
        pages = dict(_pages(course, downloaded))
    except collecting.CollectError as error:
        converter.log.warning("No archive of feedback for your learning platform: %s", error)
        return
    if not pages:
        return
    path = archive(course)
    new = path.with_name(f".{path.name}.new")
    with zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as file:
        for way, page in pages.items():
            file.write(page, str(way))
    new.replace(path)
    converter.log.info("%s for your learning platform: %s", plural(len(pages), "page"), path)


def _pages(course: CourseDirectory, downloaded: Path) -> Iterator[tuple[Path, Path]]:
    """Of each page that there is the name in the archive, and where it lies."""
    for work in collecting.works(course, downloaded, lambda _: None):
        if work.is_doubtful:
            continue
        folder = course.format_path(course.feedback_directory, str(work.student), course.assignment_id)
        for name, way in work.ways.items():
            page = Path(folder, f"{name}.html")
            if page.is_file():
                yield way.with_suffix(".html"), page
