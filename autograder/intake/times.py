"""A time as programs write it: the right moment, or none where it could be another one."""

import re
from datetime import datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

# ISO 8601, and what nbgrader writes: a zone's name after a space. 10.11.2026 and 11/10/2026 could be two days.
_WRITTEN = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?"
    r"(?: ?([Zz]|[+-]\d\d(?::?\d\d)?)| ([A-Za-z]\w*(?:/[\w+-]+)*))?",
    re.ASCII,
)
_LONGEST = 100  # characters


def moment(text: str, course: tzinfo | None = None) -> datetime | None:
    """The moment in UTC, without a zone, as nbgrader keeps it; None if the text does not say exactly one.

    Without a zone it is UTC, as in nbgrader. `course` is the zone in which nbgrader writes the times of this course:
    only there does CEST or CST mean something.
    """
    written = _WRITTEN.fullmatch(text.strip().replace("\u2212", "-")) if len(text) <= _LONGEST else None
    if written is None:
        return None
    *numbers, fraction, offset, place = written.groups()
    try:
        year, month, day, hour, minute, second = (int(number or 0) for number in numbers)
        micro = int((fraction or "0")[:6].ljust(6, "0"))
        local = datetime(year, month, day, hour, minute, second, micro)
        ahead = _ahead_there(place, local, course) if place else _ahead(offset or "Z")
        return None if ahead is None else local - ahead
    except (ValueError, OverflowError):  # there is no such day, or it is not in a year from 1 to 9999
        return None


def _ahead(offset: str) -> timedelta | None:
    """How far `+02:00` is ahead of UTC."""
    hours, minutes = int(offset[1:3] or 0), int(offset[3:].lstrip(":") or 0)
    if hours > 23 or minutes > 59:
        return None
    ahead = timedelta(hours=hours, minutes=minutes)
    return -ahead if offset[0] == "-" else ahead


def _ahead_there(place: str, local: datetime, course: tzinfo | None) -> timedelta | None:
    """How far a zone is ahead of UTC at that time there; None if nobody can tell."""
    if place.upper() in ("UTC", "GMT"):
        return timedelta()
    there, names = (zone(place), None) if "/" in place else (course, place)  # CST: in Chicago or in Shanghai?
    if there is None:
        return None
    either = [
        local.replace(tzinfo=there, fold=fold) for fold in (0, 1)
    ]  # they differ when clocks are changed
    ahead = {time.utcoffset() for time in either if names in (None, time.tzname())}
    return ahead.pop() if len(ahead) == 1 else None


def zone(name: str) -> tzinfo | None:
    """The time zone of this name, such as Europe/Berlin; None if there is none."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # no zone, or a folder of zones
        return None
