"""A page that needs nothing else: on a class, where and why it lost points; or on one submission, with all its checks.

What many students did wrong is told once, and who did it beside it: a page of a thousand students stays small.

The figures are a few rectangles, drawn by the templates as SVG: they take the page's colours, light or dark, and their
numbers can be read aloud, selected and searched. A plotting library would make outlines of the letters, twenty
kilobytes a figure, in colours of its own, and take longer to import than the page takes.
"""

from collections.abc import Sequence

from autograder.reports import _class, _words
from autograder.results import Grade
from autograder.templating import environment
from autograder.text import inert


def render(grades: Sequence[Grade]) -> str:
    """The page on a class, or on one submission."""
    if len(grades) == 1:
        return _page("submission.html.j2", grade=grades[0])
    assignments = {grade.assignment for grade in grades}
    return _page(
        "class.html.j2",
        grades=grades,
        assignment=assignments.pop() if len(assignments) == 1 else None,
        spreads=_class.spreads(grades),
        mistakes=_class.mistakes(grades),
        rates=_class.rates(grades),
        cohort=_class,
    )


def _page(name: str, **values: object) -> str:
    page = environment("autograder.reports").get_template(name).render(values, words=_words)
    return inert(page, "#&#35;")
