"""One HTML page that needs nothing else: the class, its exercises, and every submission with all its checks."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from autograder.reports import _words as words
from autograder.results import Grade
from autograder.templating import environment


class Cost(NamedTuple):
    """What an exercise cost the class: how many of those who tried it got it wrong, and the commonest mistake."""

    exercise: str
    wrong: int
    tried: int
    mistake: str
    times: int


def render(grades: Sequence[Grade]) -> str:
    """The page on a class, or on one submission."""
    page = environment("autograder.reports").get_template("report.html.j2")
    names = {grade.assignment for grade in grades}
    return page.render(
        words=words,
        grades=grades,
        assignment=names.pop() if len(names) == 1 else None,
        costs=sorted(_costs(grades), key=lambda cost: -cost.wrong / cost.tried),
    )


def _costs(grades: Sequence[Grade]) -> Iterator[Cost]:
    tried, wrong = Counter[str](), dict[str, Counter[str]]()
    for exercise in (exercise for grade in grades if grade.error is None for exercise in grade.exercises):
        tried[exercise.name] += 1
        if exercise.failed:
            wrong.setdefault(exercise.name, Counter())[words.mistake(exercise)] += 1
    for name, mistakes in wrong.items():
        ((mistake, times),) = mistakes.most_common(1)
        yield Cost(name, mistakes.total(), tried[name], mistake, times)
