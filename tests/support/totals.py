"""What a class has earned, as each format says it, read by parsers that are not ours."""

import csv
import io
import json
import re
from collections.abc import Sequence
from typing import Any
from xml.etree import ElementTree

from autograder import reports
from autograder.commands import options
from autograder.results import BY_HAND, Grade

# The points earned, those that could be earned without a person, and those that a person still gives.
Total = tuple[float, float, float]


def totals(name: str, grades: Sequence[Grade]) -> list[Total | None]:
    """The total of each grade in the named format; None where it has no grade."""
    if name in options.OF_ONE:
        return [_of_one(name, json.loads(reports.render(name, [grade]))) for grade in grades]
    text = reports.render(name, grades)
    if name in ("json", "jsonl"):
        return [*map(_of_fields, json.loads(text) if name == "json" else map(json.loads, text.splitlines()))]
    if name == "csv":
        return [*map(_of_fields, csv.DictReader(io.StringIO(text)))]
    if name == "junit":
        return [*map(_of_suite, ElementTree.fromstring(text.encode()))]
    found = re.findall(
        r"(?<![\w.])([\d.]+)/([\d.]+)(?: \(\+([\d.]+) by hand\))?|(?<!them )(not graded)", _table(name, text)
    )
    return [
        None if none else (float(score), float(most), float(open_ or 0)) for score, most, open_, none in found
    ]


def _of_fields(fields: dict[str, Any]) -> Total | None:
    if fields["score"] in (None, ""):
        return None
    score, most, by_hand = (float(fields[name]) for name in ("score", "max_score", "by_hand"))
    return score, most - by_hand, by_hand


def _of_suite(suite: ElementTree.Element) -> Total | None:
    """The sum of the cases, which is what the suite says."""
    said = _properties(suite.find("properties"))
    cases = [_properties(case.find("properties")) for case in suite.iter("testcase")]
    if "score" not in said:
        return None
    by_hand = float(said.get("by_hand", 0))
    score, most = (sum(float(case[name]) for case in cases) for name in ("score", "max_score"))
    assert (score, most + by_hand) == (float(said["score"]), float(said["max_score"]))
    return score, most, by_hand


def _properties(found: ElementTree.Element | None) -> dict[str, str]:
    return {one.get("name", ""): one.get("value", "") for one in (() if found is None else found)}


def _of_one(name: str, result: dict[str, Any]) -> Total | None:
    """The sum of the tests; what a person gives is in a note."""
    if result.get("status") == "error" or "tests" not in result:
        return None
    points = ("points", "max_points") if name == "prairielearn" else ("score", "max_score")
    score = sum(test[points[0]] for test in result["tests"])
    most = result["max_score"] if name == "github" else sum(test[points[1]] for test in result["tests"])
    note = re.search(rf"{BY_HAND}.*\((\d+) points\)", json.dumps(result))
    if name == "gradescope":
        assert result["score"] == score
        assert result["extra_data"]["by_hand"] == (float(note[1]) if note else 0)
    if name == "prairielearn":
        assert abs(result["score"] - score / most) < 1e-6
    return score, most, float(note[1]) if note else 0.0


def _table(name: str, text: str) -> str:
    """The table of the class, of all that a person reads."""
    if name == "html":
        return text[text.rindex("<tbody") : text.rindex("</tbody>")]
    return text[: text.index("##")] if name == "markdown" else text
