"""Why there is nothing to grade: what a student handed in instead of a notebook, and the mend."""

import re
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import PurePath

from autograder.intake import ownership
from autograder.text import printable

EMPTY = "nothing was handed in: the folder is empty"
HIDDEN = (
    "its name begins with a dot, so that most programs pass it over: rename the folder, if it is a student's"
)
TOO_DEEP = "it lies deeper than submitted/<student>/<assignment>/<notebook>: move it there"
_MEANT = re.compile(r"\.ipynb", re.IGNORECASE)
_KINDS = (
    (r"\.(zip|7z|rar|tar|t?gz|t?bz2|t?xz)", "unpack it, and put the notebook itself into the folder"),
    (r"\.py", "a script cannot be graded; hand in the .ipynb file itself, as Jupyter saves it"),
    (
        r"\.(pdf|html?|docx?|odt|rtf|md|tex|png|jpe?g|heic)",
        "hand in the .ipynb file itself, not a print of it",
    ),
)
_SHOWN = 3


def is_notebook(way: PurePath) -> bool:
    """Whether it counts as a notebook."""
    return way.suffix == ".ipynb" and not any(map(ownership.is_hidden, way.parts))


def is_meant(name: str) -> bool:
    """Whether a file was meant to be a notebook."""
    return _MEANT.search(name) is not None


def is_misnamed(name: str) -> bool:
    """Whether a file was meant to be a notebook, but does not end in .ipynb."""
    return is_meant(name) and not name.endswith(".ipynb") and not ownership.is_hidden(name)


def reason(found: Iterable[PurePath], most: int = 1000) -> str:
    """Why none of these files, of which at most `most` are looked at, is graded."""
    paths = list(islice(found, most))
    visible = [path for path in paths if not any(map(ownership.is_hidden, path.parts))]
    if not paths:
        return EMPTY
    if not visible:
        return f"there are only hidden files, as {_name(paths[0])}: hand in the notebook (.ipynb) itself"
    if deep := [path for path in visible if path.name.endswith(".ipynb")]:
        return f"the notebook {_name(deep[0])} lies too deep: move it to submitted/<student>/<assignment>/"
    if misnamed := [path for path in visible if is_misnamed(path.name)]:
        return f"the name {_name(misnamed[0])} does not end in .ipynb: rename the file"
    for kind, mend in _KINDS:
        if like := [path for path in visible if re.search(kind + r"\Z", path.name, re.IGNORECASE)]:
            return f"there is no notebook (.ipynb), only {_several(like)}: {mend}"
    return f"there is no notebook (.ipynb), only {_several(visible)}"


def _several(paths: Sequence[PurePath]) -> str:
    more = f" and {len(paths) - _SHOWN} more" if len(paths) > _SHOWN else ""
    return ", ".join(map(_name, paths[:_SHOWN])) + more


def _name(path: PurePath) -> str:
    return printable(str(path), 80)
