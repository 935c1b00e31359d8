"""What a file is that holds no grade, and what to do with it: in a sentence, for who named it by mistake."""

import json
from collections.abc import Collection, Mapping

from autograder.reports.csv import COLUMNS
from autograder.reports.lms.marks import COLUMNS as OF_GRADEBOOK

_REPORT = (
    "a report%s, which does not hold all of a grade: grade once more with `--format jsonl --output grades.jsonl`, "
    "and give that file"
)
_BEGINS = {
    b"\x1f\x8b": "compressed: unpack it first (`gunzip`)",
    b"PK\x03\x04": "a zip file: `autograder grade` takes those that hold submissions",
    b"%PDF": "a PDF file",
    b"\xff\xfe": "text in UTF-16: save it in UTF-8",
    b"\xfe\xff": "text in UTF-16: save it in UTF-8",
    b"<": _REPORT % "",  # html, junit
    b"# ": _REPORT % "",  # markdown
}
# Of files of JSON the names that tell them; of tables the columns.
_OBJECTS: Mapping[str, Collection[str]] = {
    "a notebook: `autograder grade` grades it": ("cells", "nbformat"),
    _REPORT % " in the format gradescope": ("extra_data", "test_output_format"),
    _REPORT % " in the format github": ("version", "status", "tests"),
    _REPORT % " in the format prairielearn": ("gradable", "output"),
}
_TABLES: Mapping[str, Collection[str]] = {
    "what `nbgrader export` wrote, which goes, without other files, into an LMS's export: `--lms canvas EXPORT.csv`, "
    "or moodle": OF_GRADEBOOK,
    "what nbgrader's own exporter wrote: export once more in the folder whose configuration says `configure(c)`": (
        "assignment",
        "student_id",
        "raw_score",
    ),
    _REPORT % " in the format csv": COLUMNS,
    "an export of Canvas: name it behind `--lms canvas`, and the grades before": ("Student", "ID", "Section"),
    "an export of Moodle: name it behind `--lms moodle`, and the grades before": ("Email address",),
}
_OTHER = "no file that `autograder grade --format jsonl` or `json` wrote"


def sentence(data: bytes) -> str | None:
    """What it is; None if it seems to be a file of grades, in which something is wrong."""
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    for begin, said in _BEGINS.items():
        if start.startswith(begin):
            return said
    if start[:1] in (b"{", b"["):
        return _of_json(start)
    heading = start.split(b"\n", 1)[0].decode("utf-8", "replace").strip()
    columns = [name.strip('" ') for name in heading.split(",")]
    return _named(_TABLES, columns) or _OTHER


def _of_json(data: bytes) -> str | None:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return None
    if isinstance(value, dict):
        return _named(_OBJECTS, value) or (None if "schema" in value else _OTHER)
    any_grade = any(isinstance(item, dict) and "schema" in item for item in value)
    return None if any_grade or not value else _OTHER


def _named(kinds: Mapping[str, Collection[str]], names: Collection[str]) -> str | None:
    return next((said for said, wanted in kinds.items() if set(wanted) <= set(names)), None)
