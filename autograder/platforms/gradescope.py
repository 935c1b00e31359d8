"""Grade a submission in the folders that Gradescope gives: `python -m autograder.platforms.gradescope /autograder`."""

import json
import re
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from autograder.course.notebooks import assignments
from autograder.platforms import handed
from autograder.reports import gradescope

VISIBILITIES = ("visible", "after_due_date", "after_published", "hidden")


def main(root: Path) -> None:
    """Write `results/results.json`; it is there whatever was handed in."""
    source = root / "source"
    said = handed.chosen(source)
    seen_by = _visibilities(said.values)
    if said.assignment is None:
        said = replace(said, assignment=_titled(root / "submission_metadata.json"))
    grade = handed.one(handed.grades(root / "submission", said, source / "secret"))
    results = json.loads(gradescope.render([grade]))
    for test in results.get("tests", []):
        exercise, check = test["extra_data"]["exercise"], test["extra_data"]["check"]
        names = (name for name in (f"{exercise}/{check}", exercise, "") if name in seen_by)
        test["visibility"] = seen_by[next(names)]
    handed.write(root / "results" / "results.json", [json.dumps(results, indent=1) + "\n"])


def _visibilities(settings: Mapping[str, Any]) -> dict[str, str]:
    """Who sees a check: by `exercise/check`, by exercise, and under no name for all others."""
    of = settings.get("visibility_of", {})
    told = {"": settings.get("visibility", "visible"), **(of if isinstance(of, dict) else {"": of})}
    wrong = [value for value in told.values() if value not in VISIBILITIES]
    if wrong:
        raise SystemExit(f"Error: settings.json: {wrong[0]!r} is none of {', '.join(VISIBILITIES)}")
    return told


def _titled(metadata: Path) -> str | None:
    """The assignment whose name the title in Gradescope is or holds, if it is one."""
    try:
        title = str(json.loads(metadata.read_text(encoding="utf-8"))["assignment"]["title"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    words = _words(title)
    named = [name for name in assignments() if f" {_words(name)} " in f" {words} "]
    return named[0] if len(named) == 1 else None


def _words(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
