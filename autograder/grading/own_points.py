"""A grade by the points of the course's own notebook, in which exercises may be left out and questions added."""

from collections.abc import Iterable
from dataclasses import replace

from autograder.course.own import Own
from autograder.intake.files import SubmissionError
from autograder.results import BY_HAND, ExerciseResult, Grade
from autograder.text import points, printable


def left_out(course: Iterable[Own]) -> frozenset[str]:
    """The exercises that the course's notebooks leave out."""
    return frozenset(name for own in course for name in own.left_out)


def of(course: Iterable[Own], assignment: str) -> Own | None:
    """The course's notebook of this assignment; None if there is no course. Raises SubmissionError."""
    held = {own.assignment: own for own in course}
    if held and assignment not in held:
        raise SubmissionError(f"{assignment} is not in this course, which has {', '.join(held)}")
    return held.get(assignment)


def by(own: Own, grade: Grade) -> Grade:
    """The grade with the exercises that count there, for their points there; what a person reads is open."""
    worth = dict(own.points)
    exercises = tuple(_scaled(e, worth[e.name]) for e in grade.exercises if e.name in worth)
    open_ = {name: available for name, available in own.by_hand if available}
    note = BY_HAND + ", ".join(
        f"{printable(name)} ({points(available)} {'point' if available == 1 else 'points'})"
        for name, available in open_.items()
    )
    notes = (note, *grade.notes) if open_ else grade.notes
    return replace(grade, exercises=exercises, by_hand=sum(open_.values()), notes=notes)


def _scaled(exercise: ExerciseResult, available: float) -> ExerciseResult:
    if exercise.max_score == available:
        return exercise
    factor = available / exercise.max_score
    checks = tuple(replace(check, max_score=check.max_score * factor) for check in exercise.checks)
    return replace(exercise, checks=checks)
