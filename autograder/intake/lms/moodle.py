"""Moodle: a folder `Ada Lovelace_12345_assignsubmission_file_` for each student, or files whose names begin like that.

The number is that of the participant in this assignment, as in Moodle's grading worksheet. A name holds no `_`: Moodle
writes a blank instead. Of several attempts Moodle gives the latest.
"""

import re

from autograder.intake.ownership import Owner

_NAME = re.compile(r"([^_/]+)_(\d{1,20})_assignsubmission_[a-z]+(?:_(.*))?", re.DOTALL)


def folder(name: str) -> Owner | None:
    """Whose folder it is, if Moodle gave it its name."""
    found = _NAME.fullmatch(name)
    return Owner(found[1], found[2]) if found and not found[3] else None


def file(name: str) -> Owner | None:
    """Whose file it is, if Moodle gave it its name."""
    found = _NAME.fullmatch(name)
    return Owner(found[1], found[2], name=found[3]) if found and found[3] else None
