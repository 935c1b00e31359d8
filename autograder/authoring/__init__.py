"""What an author of checks uses. Arrows point down: nothing here knows the course or the grading."""

from autograder.authoring.cases import Cases
from autograder.authoring.check import Check, check
from autograder.authoring.misconception import Misconception, misconception
from autograder.authoring.student import Call, Student

__all__ = ["Call", "Cases", "Check", "Misconception", "Student", "check", "misconception"]
