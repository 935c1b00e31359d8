"""Brightspace: a folder `12346-67890 - Emmy Noether - Oct 1, 2024 100 PM` an attempt, or files that begin like that.

The first number is the user's, the second the assignment's. Brightspace writes no colon into a time.
"""

import re
from datetime import datetime

from autograder.intake.ownership import Owner

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_TIME = (
    r"(?:(?P<month>[^\W\d_]+)\.? (?P<day>\d\d?)|(?P<day_first>\d\d?) (?P<month_next>[^\W\d_]+)\.?),? (?P<year>\d{4})"
    r"(?: at)? (?P<hour>\d\d?)(?P<minute>\d\d)(?: ?(?P<half>[AaPp][Mm]))?"
)
_NAME = re.compile(
    rf"(?P<id>\d{{1,20}})-\d{{1,20}} - (?P<student>.+?) ?- (?P<time>{_TIME})(?: - (?P<name>.+))?", re.DOTALL
)


def folder(name: str) -> Owner | None:
    """Whose folder it is, if Brightspace gave it its name."""
    owner = file(name)
    return owner if owner and owner.name is None else None


def file(name: str) -> Owner | None:
    """Whose file it is, if Brightspace gave it its name."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    return Owner(found["student"], found["id"], attempt=_attempt(found), name=found["name"])


def _attempt(found: re.Match[str]) -> str:
    """When it was, so that the latest comes last; of another language's months only the year is known."""
    month = (found["month"] or found["month_next"])[:3].lower()
    if month not in _MONTHS:
        return found["year"]
    day, hour = int(found["day"] or found["day_first"]), int(found["hour"])
    if found["half"]:
        hour = hour % 12 + 12 * (found["half"].lower() == "pm")
    try:
        number = _MONTHS.index(month) + 1
        return datetime(int(found["year"]), number, day, hour, int(found["minute"])).isoformat()
    except ValueError:  # there is no such day
        return found["year"]
