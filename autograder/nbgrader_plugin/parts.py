"""Small pieces of HTML, from this package's templates: whatever is put into them is escaped."""

from collections.abc import Callable

from markupsafe import Markup

from autograder.templating import environment

_PACKAGE = "autograder.nbgrader_plugin"


def part(name: str, *values: str) -> Markup:
    """What the macro `name` in `parts.html.j2` makes of the values."""
    macro: Callable[..., Markup] = getattr(environment(_PACKAGE).get_template("parts.html.j2").module, name)
    return macro(*values)


def page(name: str, **values: object) -> str:
    """What the template `name` makes of the values."""
    return environment(_PACKAGE).get_template(name).render(values)
