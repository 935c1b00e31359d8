"""Submissions beside the roster: the gradebook's id for each student, and those who handed in nothing."""

from collections.abc import Sequence, Set
from dataclasses import replace
from pathlib import Path

from autograder.intake.found import Found
from autograder.intake.matching import Known, Matches, match
from autograder.intake.ownership import Owner
from autograder.intake.roster import Roster, RosterError

NOTHING = "nothing handed in"
STRANGER = "this student is not in the roster"
_SEVERAL = "the roster does not tell who this is: it may be {}"
_NAMESAKE = "the roster does not tell who this is: there is only the name, and another student has it, too"
_OF_ANOTHER = "nobody who handed in is in it, so that it may be the roster of another course"


def enrolled(found: Sequence[Found], roster: Roster, assignment: str | None = None) -> list[Found]:
    """What was found, under the gradebook's ids, and a row for everybody who handed in nothing.

    Raises RosterError if nobody is in the roster.
    """
    people = {who: None for item in found if (who := _who(item))}  # once each, in their order
    matches = match(people, roster)
    if people and not matches.sure:
        raise RosterError(_OF_ANOTHER + (f" ({roster.doubt})" if roster.doubt else ""))
    rows = [_row(item, matches, roster) for item in found]
    perhaps = {id_ for who, meant in matches.meant.items() if who not in matches.sure for id_ in meant.ids}
    absent = [id_ for id_ in roster.people if id_ not in {*matches.sure.values(), *perhaps}]
    return [*rows, *(_absent(id_, roster, assignment) for id_ in absent)]


def _who(item: Found) -> Known | None:
    owner = item.owner
    if owner.student is None and owner.lms_id is None:
        return None
    return Known(owner.student, owner.lms_id, owner.email)


def _row(item: Found, matches: Matches, roster: Roster) -> Found:
    who = _who(item)
    if who is None:
        return item
    if who in matches.sure:
        id_ = matches.sure[who]
        # By this number the LMS's own export is filled in, also if the work came by another way.
        number = item.owner.lms_id or _only(roster.people[id_].lms)
        return replace(item, owner=replace(item.owner, student=id_, lms_id=number))
    return replace(item, notes=(*item.notes, _doubt(matches.meant[who].ids)))


def _only(numbers: Set[str]) -> str | None:
    """The number in the LMS; of several, which are of several systems, none."""
    return min(numbers) if len(numbers) == 1 else None


def _doubt(ids: frozenset[str]) -> str:
    if len(ids) == 1:
        return _NAMESAKE
    return _SEVERAL.format(" or ".join(sorted(ids)[:3])) if ids else STRANGER


def _absent(id_: str, roster: Roster, assignment: str | None) -> Found:
    owner = Owner(student=id_, lms_id=_only(roster.people[id_].lms))
    path = roster.path
    return Found(path.parent, Path(path.name), owner, assignment, NOTHING, missing=True)
