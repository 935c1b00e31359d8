"""Who is meant: people by what an LMS knows of them, of whom a name alone is the weakest."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from autograder.intake.people import forms
from autograder.intake.roster import Roster


@dataclass(frozen=True)
class Known:
    """What is known of one who handed in; the name, where `student` is an id."""

    student: str | None
    lms_id: str | None = None
    email: str | None = None
    name: str | None = None


@dataclass(frozen=True)
class Meant:
    """The ids of those in the roster who may be meant, and whether only a name says so, which students can choose."""

    ids: frozenset[str]
    by_name: bool


Keys = Mapping[str, Mapping[str, frozenset[str]]]


@dataclass(frozen=True)
class Matches:
    """Whom each means: `sure` has the one id of those that mean one, `meant` all that may be."""

    sure: Mapping[Known, str]
    meant: Mapping[Known, Meant]


def match(people: Iterable[Known], roster: Roster) -> Matches:
    """Find each in the roster. Numbers that most names contradict are another LMS's, and tell nothing."""
    keys = {kind: roster.known(kind) for kind in ("logins", "lms", "emails", "names", "mailboxes")}
    people = list(people)
    if agreement((_numbered(one, keys), _named(one, keys)) for one in people) < 0:
        keys["lms"] = {}
    meant = {one: _meant(one, keys) for one in people}
    sure = {one: min(m.ids) for one, m in meant.items() if len(m.ids) == 1 and not m.by_name}
    return Matches(sure | _by_name(meant, set(sure.values())), meant)


def agreement(pairs: Iterable[tuple[Set[object], Set[object]]]) -> int:
    """How many more of these pairs mean the same than mean others; where either means nobody, nothing is known."""
    known = [(one, other) for one, other in pairs if one and other]
    return sum(1 if one & other else -1 for one, other in known)


def _numbered(one: Known, keys: Keys) -> frozenset[str]:
    return keys["lms"].get(one.lms_id or "", frozenset())


def _named(one: Known, keys: Keys) -> frozenset[str]:
    written = forms(one.name or one.student or "")
    return frozenset[str]().union(*(keys["names"].get(form, frozenset()) for form in written))


def _meant(one: Known, keys: Keys) -> Meant:
    student = one.student or ""
    if one.lms_id:
        found = keys["lms"].get(one.lms_id) or keys["logins"].get(one.lms_id)
    else:
        found = keys["logins"].get(student) or keys["emails"].get(student.casefold())
    found = found or keys["emails"].get((one.email or "").casefold())
    if found:
        return Meant(found, by_name=False)
    return Meant(_named(one, keys) or keys["mailboxes"].get(student, frozenset()), by_name=True)


def _by_name(meant: Mapping[Known, Meant], taken: set[str]) -> dict[Known, str]:
    """Those of whom only the name is known, where it is one student's and nobody else's."""
    claims = defaultdict[str, list[Known]](list)
    for one, may_be in meant.items():
        if may_be.by_name and len(may_be.ids) == 1:
            claims[min(may_be.ids)].append(one)
    return {some[0]: id_ for id_, some in claims.items() if len(some) == 1 and id_ not in taken}
