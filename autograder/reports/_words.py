"""What several reports say, in the same words. Plain text: each format bounds and escapes it in its own way."""

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from autograder.reports._drawing import Drawing, drawing
from autograder.results import BY_HAND, CHOSEN, CheckResult, Elsewhere, ExerciseResult, Grade
from autograder.text import plural, points

WARNING = "Graded WITHOUT isolation (--unsafe-own-code): these scores can be forged."
UNISOLATED = "none"  # by hand: the package that knows it brings numpy, and saved grades need none of it
LATE = "It was handed in late."
SAME = "Not judged, for the same reason."
NAME, SENTENCE, PARAGRAPH = 80, 400, 600  # limits for what students control: names, remarks, explanations


def warning(grades: Sequence[Grade]) -> str | None:
    """What must be said if any of these scores can be forged."""
    return WARNING if any(grade.isolation == UNISOLATED for grade in grades) else None


def only(grades: Sequence[Grade], format_name: str) -> Grade:
    """The one grade of a report that is about one submission. Raises ValueError if there are more, or none."""
    if len(grades) != 1:
        raise ValueError(f"the format {format_name} takes exactly one submission, not {len(grades)}")
    return grades[0]


def who(grade: Grade) -> str:
    """The student, or the file if nothing tells whose it is."""
    return grade.student if grade.student is not None else grade.submission


def earned(result: CheckResult | ExerciseResult | Grade) -> str:
    """'87/100', '87/90 (+10 by hand)' where a person has not given points yet, or 'not graded'."""
    available = _available(result)
    if result.score is None or available is None:
        return "not graded"
    unread = result.by_hand if isinstance(result, Grade) else 0.0
    more = f" (+{points(unread)} by hand)" if unread else ""
    return f"{points(result.score)}/{points(available)}{more}"


def state(result: ExerciseResult | Grade) -> Literal["passed", "partly", "failed"]:
    """How much was earned of what has been graded: all, some, or nothing."""
    available = _available(result)
    if not result.score or available is None:
        return "failed"
    return "passed" if result.score >= available else "partly"


def _available(result: CheckResult | ExerciseResult | Grade) -> float | None:
    """The points that can be earned without a person."""
    return result.automatic if isinstance(result, Grade) else result.max_score


def foot(grades: Sequence[Grade]) -> str:
    """How many submissions there are, how many of them have no grade, and how they were kept apart."""
    failed = sum(grade.error is not None for grade in grades)
    isolation = ", ".join(sorted({grade.isolation for grade in grades}))
    lost = f", {failed} of them not graded" if failed else ""
    return f"{plural(len(grades), 'submission')}{lost}; isolation: {isolation}"


def notes(grade: Grade) -> tuple[str, ...]:
    """The remarks on a submission."""
    return (*([LATE] if grade.late else []), *grade.notes)


def summary(grade: Grade) -> list[str]:
    """What went wrong, in a few lines: why there is no grade, or the mistakes, and what may have caused them."""
    if grade.error is not None:
        return [grade.error]
    wrong = mistakes(grade)
    caused = (
        grade.notes[:2] if wrong and not unwritten(grade) else ()
    )  # a cell that raised is often the reason
    unread = [note for note in grade.notes if grade.by_hand and note.startswith(BY_HAND)]
    several = [note for note in grade.notes if CHOSEN in note]
    return [*([LATE] if grade.late else []), *dict.fromkeys((*several, *unread, *wrong, *caused))]


def mistakes(grade: Grade) -> list[str]:
    """The mistakes, one line an exercise; exercises that were not begun share a line."""
    left = unwritten(grade)
    lines = [f"{e.name}: {mistake(e)}" for e in grade.exercises if e.failed and e.name not in left]
    return [*lines, *(["not written yet: " + ", ".join(left)] if left else [])]


def unwritten(grade: Grade) -> list[str]:
    """The exercises that were not begun."""
    return [e.name for e in grade.exercises if e.failed and {check.reason for check in e.failed} == {"stub"}]


def mistake(exercise: ExerciseResult) -> str:
    """The cause if one was found, else what the first failed check says."""
    causes = next((check.causes for check in exercise.failed if check.causes), ())
    if causes:
        return _either(exercise, causes)
    first = exercise.failed[0]
    return sentence(exercise.name, first) or first.title


_REASONS = {
    "stub": "`{name}` is not written yet: replace `raise NotImplementedError()` with your code.",
    "replaced": "`{name}` is no function any more: a later line gives this name to something else.",
    "missing": (
        "There is no function `{name}`: its cell is gone, or raised an error (then a note on the notebook says which), "
        "or the function has another name."
    ),
    "unsupported": "`{name}` returned something that is not made of numbers, arrays, lists, tuples and dictionaries.",
    "raised": "`{name}` raised {detail} on a valid input.",
}
_REFUSED = ("OSError", "PermissionError", "FileNotFoundError", "BlockingIOError", "ConnectionError")
_NO_FILES = (
    "Grading has no files, network, threads or processes: compute the result from the arguments alone."
)
_LOST = {
    "time": "`{name}` did not finish in time: an endless loop, or far more work than the exercise needs?",
    "stalled": "`{name}` did not answer in time: does it wait for something, or never come to an end?",
    "died": "`{name}` ended the process that runs the notebook.",
    "memory": "`{name}` used up the memory.",
    "protocol": "`{name}` disturbed the process that runs the notebook.",
    "budget": "`{name}` was not called: the notebook had used up its time or memory.",
}
_UNTRIED = " The later checks of this exercise were not tried."
_LOOK = (
    "Before you search here, look at your `{function}` from {origin}, on which this exercise is built: on a small "
    "test it {fault}. Mend it there, then paste it again."
)
_PASTE = "Your `{function}` from {origin} is not there yet: paste it into the notebook's first solution cell."
_CALLS = "`{name}` calls your `{function}`, which is not written yet."


def _next_step(note: str) -> str:
    """What to do about a cell that did not run, where its note alone does not say it."""
    if any(f"raised {error}" in note for error in _REFUSED):
        return f" {_NO_FILES}"
    return " Look there for a loop that never ends." if " did not finish within " in note else ""


def sentence(name: str, check: CheckResult) -> str | None:
    """Why a check of the exercise `name` did not pass; None if it passed."""
    if check.elsewhere:
        return " ".join(filter(None, [check.message, _about(name, check.elsewhere)]))
    if check.reason in ("lost", "untried"):
        return _LOST.get(check.detail or "", _LOST["died"]).format(name=name) + _UNTRIED
    if check.reason == "raised" and check.detail == "other":
        return f"`{name}` raised an error on a valid input."
    if check.reason == "raised" and check.detail in _REFUSED:
        return f"{_REASONS['raised'].format(name=name, detail=check.detail)} {_NO_FILES}"
    if check.reason == "missing" and check.detail:
        return f"There is no function `{name}`, since {check.detail}.{_next_step(check.detail)}"
    if check.reason in _REASONS:
        return _REASONS[check.reason].format(name=name, detail=check.detail)
    return check.message


def lost_by(said: str) -> str | None:
    """By what the worker was lost, as its sentence says."""
    known = (reason for reason, words in _LOST.items() if words.removeprefix("`{name}`") in said)
    return next(known, None)


def _about(name: str, elsewhere: Elsewhere) -> str:
    """What is the matter with the function on which the exercise is built."""
    if elsewhere.origin is None:
        return _CALLS.format(name=name, function=elsewhere.function)
    form = _PASTE if elsewhere.fault in ("stub", "missing") else _LOOK
    fault = "gives wrong results" if elsewhere.fault == "wrong" else "raises an error"
    return form.format(function=elsewhere.function, origin=f"assignment {elsewhere.origin}", fault=fault)


def message(exercise: ExerciseResult, check: CheckResult) -> str | None:
    """Why a check did not pass, with what may have caused it."""
    said = sentence(exercise.name, check)
    return f"{said} It seems that your function {_either(exercise, check.causes)}." if check.causes else said


def hint(exercise: ExerciseResult, check: CheckResult) -> str | None:
    """The hints of what may have caused a failure."""
    return " ".join(cause.hint for cause in exercise.causes if cause.id in check.causes) or None


def _either(exercise: ExerciseResult, causes: Sequence[str]) -> str:
    return " or ".join(cause.name for cause in exercise.causes if cause.id in causes)


def _caused(exercise: ExerciseResult, causes: Sequence[str]) -> str | None:
    """What may have caused a failure, in a sentence: one thing, or several that cannot be told apart."""
    names = [cause.name for cause in exercise.causes if cause.id in causes]
    if len(names) < 2:
        return f"It seems that your function {names[0]}." if names else None
    return f"What was seen has {len(names)} explanations. Either your function {'; or it '.join(names)}."


def outcry(exercise: ExerciseResult, check: CheckResult) -> str | None:
    """What the function raises on a public input, for a check that failed by an exception."""
    raised = exercise.raised
    if raised is None or check.reason != "raised":
        return None
    where = f", in line {raised.line} of cell {raised.cell}" if raised.cell else ""
    words = f": {raised.message}" if raised.message else ""
    forbidden = f" {_NO_FILES}" if raised.message == "can't start new thread" else ""
    return f"`{raised.call}` raises {raised.type}{words}{where}.{forbidden}"


def example(exercise: ExerciseResult, check: CheckResult) -> str | None:
    """The smallest input that shows the mistake, for a check that failed."""
    return exercise.example if check.status == "failed" else None


def repair(exercise: ExerciseResult, check: CheckResult) -> str | None:
    """Where a single edit is enough, for a check that failed; never what to write there."""
    found = exercise.repair
    if found is None or check.status != "failed":
        return None
    place = f"line {found.line} of cell {found.cell}"
    if not found.code:
        return f"Look at the lines around {place}."
    if found.code.startswith(("if ", "elif ")):
        there = f"`{found.code}` in {place}, and at what is done under it"
        return f"Look at {there}: one change there is enough to pass all checks."
    return f"Look at `{found.code}` in {place}: one change there is enough to pass all checks."


def drawn(exercise: ExerciseResult) -> Drawing | None:
    """The picture in which the mistake is seen, for the reports that can show one."""
    return drawing(exercise.picture) if exercise.picture and exercise.failed else None


def explanation(exercise: ExerciseResult, check: CheckResult) -> list[tuple[str, str]]:
    """A check's message, its cause with a hint, and an example, each with the word that goes before it."""
    said = sentence(exercise.name, check)
    if said and any(cause.says_what for cause in exercise.causes):
        said = _statements(said)
    return [*([("", said)] if said else []), *_behind(exercise, check)]


def _statements(said: str) -> str:
    """Without its questions, which lead away where the cause is known; as it is if it is nothing else."""
    sentences = re.split(r"(?<=[.?]) (?=[A-Z])", said)
    return " ".join(one for one in sentences if not one.endswith("?")) or said


def _behind(exercise: ExerciseResult, check: CheckResult) -> list[tuple[str, str]]:
    """What is behind a check's failure, which it may share with others."""
    parts = (
        ("", _caused(exercise, check.causes)),
        ("Hint: ", hint(exercise, check)),
        ("Smallest example: ", example(exercise, check)),
        ("", outcry(exercise, check)),
        ("", repair(exercise, check)),
    )
    return [(word, text) for word, text in parts if text]


def overview(exercise: ExerciseResult) -> list[tuple[str, str]]:
    """What is behind the failures of an exercise, each thing once: to be read above its checks."""
    return [*dict.fromkeys(part for check in exercise.failed for part in _behind(exercise, check))]


def explained(
    exercise: ExerciseResult, below: bool = False
) -> Iterator[tuple[CheckResult, list[tuple[str, str]]]]:
    """Every check with its explanation; what has been said is not said again, nor, `below`, what is in the overview."""
    said: set[tuple[str, str]] = set(overview(exercise) if below else ())
    for check in exercise.checks:
        parts = explanation(exercise, check)
        fresh = [part for part in parts if part not in said]
        said.update(fresh)
        yield check, fresh if fresh or not parts else [("", SAME)]
