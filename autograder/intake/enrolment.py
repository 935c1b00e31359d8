"""Submissions beside the roster: the gradebook's id for each student, and those who handed in nothing."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from autograder.intake.found import Found
from autograder.intake.ownership import Owner
from autograder.intake.people import forms
from autograder.intake.roster import Roster, RosterError

NOTHING = "nothing handed in"
_STRANGER = "this student is not in the roster"
_SEVERAL = "the roster does not tell who this is: it may be {}"
_NAMESAKE = "the roster does not tell who this is: there is only the name, and another student has it, too"
_OF_ANOTHER = "nobody who handed in is in it: is it the roster of another course?"

Who = tuple[str | None, str | None]  # the student and the LMS id, as the submission has them
Keys = Mapping[str, Mapping[str, frozenset[str]]]


def enrolled(found: Sequence[Found], roster: Roster, assignment: str | None = None) -> list[Found]:
    """What was found, under the gradebook's ids, and a row for everybody who handed in nothing.

    Raises RosterError if nobody is in the roster.
    """
    keys = {kind: roster.known(kind) for kind in ("logins", "lms", "emails", "names")}
    owners = {_who(item): item.owner for item in found if _who(item) != (None, None)}
    meant = {who: _ids(owner, keys) for who, owner in owners.items()}
    sure = {who: min(ids) for who, (ids, by_name) in meant.items() if len(ids) == 1 and not by_name}
    named = _by_name(meant, set(sure.values()))
    known = sure | named
    if owners and not known:
        raise RosterError(_OF_ANOTHER)
    rows = [_row(item, known, meant) for item in found]
    perhaps = {id_ for who, (ids, _) in meant.items() if who not in known for id_ in ids}
    absent = [id_ for id_ in roster.people if id_ not in {*known.values(), *perhaps}]
    return [*rows, *(_absent(id_, roster, assignment) for id_ in absent)]


def _who(item: Found) -> Who:
    return item.owner.student, item.owner.lms_id


def _ids(owner: Owner, keys: Keys) -> tuple[frozenset[str], bool]:
    """The ids of those who may be meant, and whether only a name says so, which students can choose in many an LMS."""
    if owner.lms_id:
        found = keys["lms"].get(owner.lms_id) or keys["logins"].get(owner.lms_id)
    else:
        found = keys["logins"].get(owner.student or "") or keys["emails"].get(
            (owner.student or "").casefold()
        )
    found = found or keys["emails"].get((owner.email or "").casefold())
    if found:
        return found, False
    named = (keys["names"].get(form, frozenset()) for form in forms(owner.student or ""))
    return frozenset[str]().union(*named), True


def _by_name(meant: Mapping[Who, tuple[frozenset[str], bool]], taken: set[str]) -> dict[Who, str]:
    """Those of whom only the name is known, where it is one student's and nobody else's."""
    claims = defaultdict[str, list[Who]](list)
    for who, (ids, by_name) in meant.items():
        if by_name and len(ids) == 1:
            claims[min(ids)].append(who)
    return {some[0]: id_ for id_, some in claims.items() if len(some) == 1 and id_ not in taken}


def _row(item: Found, known: Mapping[Who, str], meant: Mapping[Who, tuple[frozenset[str], bool]]) -> Found:
    who = _who(item)
    if who == (None, None):
        return item
    if who in known:
        return replace(item, owner=replace(item.owner, student=known[who]))
    ids, _ = meant[who]
    note = (
        _STRANGER
        if not ids
        else _NAMESAKE
        if len(ids) == 1
        else _SEVERAL.format(" or ".join(sorted(ids)[:3]))
    )
    return replace(item, notes=(*item.notes, note))


def _absent(id_: str, roster: Roster, assignment: str | None) -> Found:
    lms_id = min(roster.people[id_].lms, default=None)
    owner = Owner(student=id_, lms_id=lms_id)
    path = roster.path
    return Found(path.parent, Path(path.name), owner, assignment, NOTHING, missing=True)
