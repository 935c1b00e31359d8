"""Pages in HTML, by templates that escape all that is put into them."""

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from autograder.text import plural, points, printable

_CODE = re.compile("`([^`]{1,80})`")


@cache
def environment(package: str) -> Environment:
    """The templates of `package` and those that all pages share, in `autograder/templates/`."""
    made = Environment(
        loader=ChoiceLoader([PackageLoader(package), PackageLoader("autograder")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(printable=printable, pieces=pieces, points=points, plural=plural, digest=digest)
    return made


def pieces(text: str) -> list[str]:
    """`text` in pieces: every second is a name that stood in backticks, which are left out."""
    return _CODE.split(text)


def digest(text: str) -> str:
    """By what a page's policy allows this style or script, and no other."""
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()
