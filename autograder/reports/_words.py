"""What several reports say, in the same words. Plain text: each format bounds and escapes it in its own way."""

from collections.abc import Iterator, Sequence

from autograder.course.exercises import misconceptions_of
from autograder.results import CheckResult, ExerciseResult, Grade
from autograder.sandbox import Isolation
from autograder.text import plural, points

WARNING = "Graded WITHOUT isolation (--unsafe-own-code): these scores can be forged."
SAME = "For the same reason."
NAME, SENTENCE, PARAGRAPH = 80, 400, 600  # limits for what students control: names, remarks, explanations


def warning(grades: Sequence[Grade]) -> str | None:
    """What must be said if any of these scores can be forged."""
    return WARNING if any(grade.isolation == Isolation.NONE for grade in grades) else None


def only(grades: Sequence[Grade], format_name: str) -> Grade:
    """The one grade of a report that is about one submission. Raises ValueError if there are more, or none."""
    if len(grades) != 1:
        raise ValueError(f"the format {format_name} takes exactly one submission, not {len(grades)}")
    return grades[0]


def who(grade: Grade) -> str:
    """The student, or the file if nothing tells whose it is."""
    return grade.student if grade.student is not None else grade.submission


def earned(result: CheckResult | ExerciseResult | Grade) -> str:
    """'87/100', or 'not graded'."""
    if result.score is None or result.max_score is None:
        return "not graded"
    return f"{points(result.score)}/{points(result.max_score)}"


def foot(grades: Sequence[Grade]) -> str:
    """How many submissions there are, how many of them have no grade, and how they were kept apart."""
    failed = sum(grade.error is not None for grade in grades)
    isolation = ", ".join(sorted({grade.isolation for grade in grades}))
    lost = f", {failed} of them not graded" if failed else ""
    return f"{plural(len(grades), 'submission')}{lost}; isolation: {isolation}"


def summary(grade: Grade) -> list[str]:
    """What went wrong, in a few lines: why there is no grade, or the mistakes, and what may have caused them."""
    if grade.error is not None:
        return [grade.error]
    wrong = mistakes(grade)
    caused = (
        grade.notes[:2] if wrong and not _unwritten(grade) else ()
    )  # a cell that raised is often the reason
    return [*wrong, *caused]


def mistakes(grade: Grade) -> list[str]:
    """The mistakes, one line an exercise; exercises that were not begun share a line."""
    unwritten = _unwritten(grade)
    lines = [f"{e.name}: {mistake(e)}" for e in grade.exercises if e.failed and e.name not in unwritten]
    return [*lines, *(["not written yet: " + ", ".join(unwritten)] if unwritten else [])]


def _unwritten(grade: Grade) -> list[str]:
    wrong = [exercise for exercise in grade.exercises if exercise.failed]
    return [e.name for e in wrong if all("not written yet" in (c.message or "") for c in e.failed)]


def mistake(exercise: ExerciseResult) -> str:
    """The misconception if one was found, else what the first failed check says."""
    names = {m.id: m.name for m in misconceptions_of(exercise.name)}
    for check in exercise.failed:
        if check.misconception:
            return " or ".join(names[cause] for cause in check.misconception.split(" or "))
    first = exercise.failed[0]
    return first.message or first.title


def explanation(check: CheckResult) -> list[tuple[str, str]]:
    """A check's message, hint and example, each with the word that goes before it."""
    parts = (("", check.message), ("Hint: ", check.hint), ("Smallest example: ", check.example))
    return [(word, text) for word, text in parts if text]


def explained(exercise: ExerciseResult) -> Iterator[tuple[CheckResult, list[tuple[str, str]]]]:
    """Every check with its explanation; what has been said is not said again."""
    said: set[tuple[str, str]] = set()
    for check in exercise.checks:
        parts = explanation(check)
        fresh = [part for part in parts if part not in said]
        said.update(fresh)
        yield check, fresh if fresh or not parts else [("", SAME)]
