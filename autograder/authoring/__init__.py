"""What an author of checks uses. Arrows point down: nothing here knows the course or the grading."""

from autograder.authoring.cases import Cases, Labelled, labelled
from autograder.authoring.check import Check, check
from autograder.authoring.domain import corner, in_pieces, pair_of_calls, whole_numbers
from autograder.authoring.exercise import Exercise
from autograder.authoring.misconception import Catalogue, Misconception
from autograder.authoring.student import Call, Student

__all__ = [
    "Call",
    "Cases",
    "Catalogue",
    "Check",
    "Exercise",
    "Labelled",
    "Misconception",
    "Student",
    "check",
    "corner",
    "in_pieces",
    "labelled",
    "pair_of_calls",
    "whole_numbers",
]
