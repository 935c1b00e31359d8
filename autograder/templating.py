"""Pages in HTML, by templates that escape all that is put into them."""

import re
from functools import cache

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
    made.filters.update(printable=printable, pieces=pieces, points=points, plural=plural)
    return made


def pieces(text: str) -> list[str]:
    """`text` in pieces: every second is a name that stood in backticks, which are left out."""
    return _CODE.split(text)
