"""Gradescope: folders `submission_98765`, and whose they are in a file `submission_metadata.yml` beside them.

    submission_98765:
      :submitters:
      - :name: Ada Lovelace
        :sid: '12345'
        :email: ada@example.edu
      :created_at: 2024-10-01 12:00:00.000000000 Z

Nothing else of the file is understood. Texts of students stand further to the right in it, and are passed over.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from autograder.intake import times
from autograder.intake.ownership import Owner

METADATA = "submission_metadata.yml"
WRAPPER = re.compile(r"assignment_\w+_export")  # the folder in which Gradescope puts everything

_FOLDER = re.compile(r"""["']?(\w+)["']?:""")
_KEY = re.compile(r"  :(\w+):(.*)", re.DOTALL)
_FIELD = re.compile(r"  ([ -]) :(name|sid|email):(.*)", re.DOTALL)
_MOST = 20  # members of a group
_ESCAPED = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|(.))", re.DOTALL)


def owners(lines: Iterable[str]) -> Mapping[str, tuple[Owner, ...]]:
    """Whose each folder is; more than one student's if a group has handed it in."""
    found: dict[str, list[Owner]] = {}
    times_of: dict[str, str] = {}
    folder, section = "", ""
    for line in lines:
        if not line.startswith(" "):
            start = _FOLDER.match(line)
            folder, section = (start[1], "") if start else ("", "")
        elif folder and (key := _KEY.match(line)):
            section = key[1]
            if section == "created_at":
                times_of[folder] = _time(_scalar(key[2]))
        elif folder and section == "submitters" and (field := _FIELD.match(line)):
            _add(found.setdefault(folder, []), field[1] == "-", field[2], _scalar(field[3]))
    return {
        folder: tuple(_completed(owner, times_of.get(folder, "")) for owner in several)
        for folder, several in found.items()
        if several
    }


def _completed(owner: Owner, attempt: str) -> Owner:
    return replace(owner, student=owner.student or owner.email or owner.lms_id, attempt=attempt)


def _add(group: list[Owner], begins: bool, field: str, value: str) -> None:
    """Note a field of the last member of the group, or of the next one."""
    if begins and len(group) < _MOST:
        group.append(Owner())
    if not group or not value:
        return
    if field == "name":
        group[-1] = replace(group[-1], student=value)
    elif field == "sid":
        group[-1] = replace(group[-1], lms_id=value)
    else:
        group[-1] = replace(group[-1], email=value)


def _time(text: str) -> str:
    moment = times.moment(text)
    return f"{moment.isoformat(timespec='microseconds')}Z" if moment else ""


def _scalar(text: str) -> str:
    """A YAML text in one line, as Ruby writes it: plain, or in quotation marks."""
    text = text.strip()
    if text[:1] == text[-1:] == "'" and len(text) > 1:
        return text[1:-1].replace("''", "'")
    if text[:1] == text[-1:] == '"' and len(text) > 1:
        return _ESCAPED.sub(
            lambda code: chr(int(code[1] or code[2], 16)) if not code[3] else code[3], text[1:-1]
        )
    return "" if text in ("~", "null", "[]") else text
