"""One who is in the course, and how others know the same person, from the columns of a table."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields

# Headings in small letters. The first of `IDS` that is there is the gradebook's; the others are logins and the like.
IDS = (
    *(
        "id",
        "student id",
        "sid",
        "sis user id",
        "sis login id",
        "id number",
        "orgdefinedid",
        "org defined id",
    ),
    *("username", "user name", "login", "login id", "identifier", "student"),
)
LMS = ("lms id", "lms user id", "canvas id", "canvas user id", "moodle id", "user id", "userid")
_PARTICIPANTS = ("identifier", "participant")  # of Moodle: "Participant 12345"
EMAILS = ("email", "e mail", "email address", "e mail address", "mail")
_NAMES = ("name", "full name", "student name", "student")
FIRST = ("first name", "firstname", "given name", "given names", "forename")
LAST = ("last name", "lastname", "surname", "family name")

# Canvas' own number stands first in its export, as `ID`; by the login people sign in elsewhere, too.
_OF_CANVAS = ("sis login id", "sis user id")

Row = Mapping[str, str]  # by heading


@dataclass(frozen=True)
class Person:
    """One who is in the course, and how others know the same person: logins, numbers in the LMS, addresses, names.

    mailboxes: what stands before the @ of an address, which may be a login.
    """

    logins: frozenset[str] = frozenset()
    lms: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    mailboxes: frozenset[str] = frozenset()


def id_column(headings: Sequence[str], rows: Iterable[Row]) -> str | None:
    """The heading of the gradebook's ids; None if there is none."""
    of_canvas = _OF_CANVAS if _is_of_canvas(headings) else ()
    filled = {heading for row in rows for heading in of_canvas if row.get(heading)}
    ours = (name for name in of_canvas if name in filled)
    return next(ours, next((name for name in IDS if name in headings), None))


def common(one: Person, other: Person) -> Person:
    """What two lines about one person agree in."""
    return Person(*(getattr(one, field.name) & getattr(other, field.name) for field in fields(Person)))


def person_of(row: Row, id_: str) -> Person:
    """The person in a row, whose id in the gradebook it is."""
    first, last = (" ".join(_cells(row, headings)) for headings in (FIRST, LAST))
    names = [*_cells(row, _NAMES), *([f"{first} {last}"] if first or last else [])]
    number = _cells(row, ("id",)) if _is_of_canvas(row) else []
    participants = (re.search(r"\d+$", cell) for cell in _cells(row, _PARTICIPANTS))
    return Person(
        logins=frozenset((id_, *_cells(row, IDS[:-1]))),
        lms=frozenset((*_cells(row, LMS), *number, *(number[0] for number in participants if number))),
        emails=frozenset(cell.casefold() for cell in _cells(row, EMAILS)),
        names=frozenset(form for name in names for form in forms(name)),
    )


def _is_of_canvas(headings: Collection[str]) -> bool:
    return "id" in headings and not set(_OF_CANVAS).isdisjoint(headings)


def _cells(row: Row, headings: Iterable[str]) -> list[str]:
    return [row[heading] for heading in headings if row.get(heading)]


def forms(name: str) -> frozenset[str]:
    """A name as systems write it, without blanks, accents and capitals, whichever part of it comes first.

    "Ada Lovelace" and "Lovelace, Ada" are the same, and so is Canvas' `lovelaceada`.
    """
    parts = [letters for part in re.split(r"[\s,]+", name) if (letters := _letters(part))]
    return frozenset("".join((*parts[n:], *parts[:n])) for n in range(min(len(parts), 8)))


def _letters(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if letter.isalnum())
