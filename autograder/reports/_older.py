"""Objects of schema 1 as they were written before: what later versions added follows from the sentences, if it can.

A check's `message` is what a person reads, with its causes; `finding` is the check's own part of it.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from autograder.reports._words import lost_by

_CAUSED = " It seems that your function "
_RAISED = re.compile(r"` raised (?:an error|(\S+)) on a valid input\.")


def completed(grade: dict[str, Any]) -> dict[str, Any]:
    """The object with the fields that are read: each check with its finding as the message."""
    return _mapped(grade, "exercises", _exercise)


def _exercise(exercise: dict[str, Any]) -> dict[str, Any]:
    examples = (check.get("example") for check in _objects(exercise.get("checks")))
    whole = {"example": next(filter(None, examples), None), **exercise}
    return _mapped(whole, "checks", _check)


def _check(check: dict[str, Any]) -> dict[str, Any]:
    if "finding" in check:
        return {**check, "message": check["finding"]}
    said, causes = check.get("message"), check.get("misconception")
    if not isinstance(said, str) or not isinstance(causes, str | None):
        return check
    ids = causes.split(" or ") if causes else []
    own = said.rpartition(_CAUSED)[0] if ids else said
    detail = _detail(check.get("reason"), own)
    lacks = check.get("reason") in ("raised", "lost", "untried") and detail is None
    reason = "wrong" if lacks else check.get("reason")
    return {**check, "message": own, "causes": ids, "detail": detail, "reason": reason}


def _detail(reason: Any, said: str) -> str | None:
    """What a function raised, or by what the worker was lost, read in the sentence on it."""
    if reason == "raised" and (found := _RAISED.search(said)):
        return found[1] or "other"
    return lost_by(said) if reason in ("lost", "untried") else None


def _mapped(value: dict[str, Any], name: str, function: Callable[[dict[str, Any]], Any]) -> dict[str, Any]:
    """`value` with the objects of one of its lists replaced; what is no list or no object is left to the reader."""
    items = value.get(name)
    if not isinstance(items, list):
        return value
    return {**value, name: [function(item) if isinstance(item, dict) else item for item in items]}


def _objects(items: Any) -> Iterator[dict[str, Any]]:
    yield from (item for item in items if isinstance(item, dict)) if isinstance(items, list) else ()
