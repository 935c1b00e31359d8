"""What the grades of a class say together: how the scores are spread, and where and why points were lost."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from statistics import mean, median

from autograder.reports import _words
from autograder.reports._words import mistake, who
from autograder.results import ExerciseResult, Grade

UNWRITTEN = "not written yet"
Key = tuple[str, str]  # the exercise, and what was wrong in it
BINS = (*range(0, 100, 10), 100)  # where each begins, in per cent; full marks have one of their own


@dataclass(frozen=True)
class Spread:
    """The scores of one assignment; `counts` has one number a bin. partial: without what a person gives."""

    assignment: str | None
    counts: tuple[int, ...]
    mean: float
    median: float
    partial: bool


@dataclass(frozen=True)
class Mistake:
    """What students did wrong in the same exercise: how many of those who handed it in, and what one was told."""

    number: int
    said: str
    students: int
    tried: int
    one: str
    told: ExerciseResult


@dataclass(frozen=True)
class Rate:
    """How many of those whom a check could judge have passed it."""

    exercise: str
    title: str
    passed: int
    judged: int

    @property
    def percent(self) -> float:
        """The pass rate; 100 if nobody was judged."""
        return 100.0 * self.passed / self.judged if self.judged else 100.0


def spreads(grades: Sequence[Grade]) -> list[Spread]:
    """How the scores of each assignment are spread, in the order in which the assignments come."""
    percents: dict[str | None, list[float]] = {}
    partial = {grade.assignment for grade in grades if grade.by_hand}
    for grade in grades:
        if grade.percent is not None:
            percents.setdefault(grade.assignment, []).append(grade.percent)
    return [
        Spread(name, _counts(some), mean(some), median(some), name in partial)
        for name, some in percents.items()
    ]


def _counts(percents: Sequence[float]) -> tuple[int, ...]:
    bins = [int(percent // 10) for percent in percents]
    return tuple(bins.count(number) for number in range(len(BINS)))


def mistakes(grades: Sequence[Grade]) -> dict[Key, Mistake]:
    """The mistakes, the most common ones first."""
    tried: dict[str, set[str]] = defaultdict(set)
    wrong: dict[Key, list[tuple[str, ExerciseResult]]] = defaultdict(list)
    for grade, exercise in _exercises(grades):
        tried[exercise.name].add(who(grade))
    for grade in grades:
        for key, exercise in made(grade).items():
            wrong[key].append((who(grade), exercise))
    students = {key: len({student for student, _ in some}) for key, some in wrong.items()}
    ranked = sorted(students, key=lambda key: -students[key])
    return {
        key: Mistake(number, key[1], students[key], len(tried[key[0]]), *wrong[key][0])
        for number, key in enumerate(ranked, 1)
    }


def made(grade: Grade) -> dict[Key, ExerciseResult]:
    """What was wrong in one submission."""
    left = _words.unwritten(grade)
    return {
        (one.name, UNWRITTEN if one.name in left else mistake(one)): one
        for _, one in _exercises([grade])
        if one.failed
    }


def lines(grade: Grade) -> list[tuple[Key | None, str]]:
    """What went wrong, a line a mistake, each with the mistake that it names; what was not begun shares a line."""
    keys = [key for key in made(grade) if key[1] != UNWRITTEN]
    return list(zip_longest(keys, _words.mistakes(grade)))


def rates(grades: Sequence[Grade]) -> list[Rate]:
    """How many passed each check, the hardest first; what was not tried, by no fault of the student, is left out."""
    judged: dict[tuple[str, str], list[bool]] = {}
    for _, exercise in _exercises(grades):
        for check in exercise.checks:
            verdicts = judged.setdefault((exercise.name, check.title), [])
            if check.status != "error":
                verdicts.append(check.status == "passed")
    found = [Rate(*key, sum(verdicts), len(verdicts)) for key, verdicts in judged.items()]
    return sorted(found, key=lambda rate: rate.percent)


def _exercises(grades: Sequence[Grade]) -> Iterator[tuple[Grade, ExerciseResult]]:
    yield from ((grade, one) for grade in grades if grade.error is None for one in grade.exercises)
