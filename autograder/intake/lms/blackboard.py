"""Blackboard: `3-initialization_ada_attempt_2024-10-01-12-00-00_notebook.ipynb`, all attempts side by side.

That is the assignment, the user's name, the time of the attempt, and the file's name; what the student wrote beside it
is in a file without the last part, `….txt`.
"""

import re

from autograder.intake.ownership import Owner

# The first `_attempt_` counts: what comes after it the student has named.
_NAME = re.compile(
    r"(?:.*?_)?(?P<student>[^_]+)_attempt_(?P<time>\d{4}(?:-\d\d){5})(?:_(?P<name>.+)|\.txt)", re.DOTALL
)


def file(name: str) -> Owner | None:
    """Whose file it is, if Blackboard gave it its name."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    return Owner(found["student"], found["student"], attempt=found["time"], name=found["name"] or name)
