"""Canvas: `lovelaceada_LATE_12345_67890_3-initialization-1.ipynb`, all files side by side.

That is the student (family name first, in small letters), whether it is late, the user's id, the file's id, and the
name that the student gave the file; Canvas numbers what is handed in again under the same name.
"""

import re

from autograder.intake.ownership import Owner

# Of an anonymous assignment: `anon_x7Yz1_67890_…`, late or not.
_NAME = re.compile(
    r"(?:(?P<student>\w+?)_(?P<late>LATE_)?(?P<id>\d{1,20})|(?P<too_late>LATE_)?(?P<anonymous>anon_[A-Za-z0-9]+))"
    r"_(?P<file>\d{1,20})_(?P<name>.+)"
)
_TEXT = re.compile(r"(?P<student>\w+?)_(?P<late>LATE_)?(?P<id>\d{1,20})_(?P<name>(?:text|link)\.html)")
# A student may be called `turingalan_1_2_x`; a file handed in again may still have its name from Canvas.
_INSIDE = re.compile(r"_(\d+)_\d{5,}_")


def file(name: str) -> Owner | None:
    """Whose file it is, if Canvas gave it its name."""
    if text := _TEXT.fullmatch(name):  # typed into Canvas
        return Owner(text["student"], text["id"], late=bool(text["late"]), name=text["name"])
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    others = {other[1] for other in _INSIDE.finditer("_" + found["name"])} - {found["id"]}
    if found["id"] and others:
        return Owner(doubt=_doubt(found["id"], min(others)), name=found["name"])
    return Owner(
        student=found["student"] or found["anonymous"],
        lms_id=found["id"] or found["anonymous"].removeprefix("anon_"),
        late=bool(found["late"] or found["too_late"]),
        order=int(found["file"]),
        name=found["name"],
    )


def _doubt(one: str, other: str) -> str:
    return f"its name may mean the user {one} or {other}: see in Canvas who handed it in, and rename the file"
