"""The exercises that ask for random weights: those whose `checks.py` declares a `LAW`. Nothing is registered."""

from autograder.course.a3_initialization._law import Law
from autograder.course.exercises import module_of
from tests.support.gradings import EXERCISES

LAWS: dict[str, Law] = {
    exercise: module_of(exercise, "checks").LAW
    for _, exercise in EXERCISES
    if hasattr(module_of(exercise, "checks"), "LAW")
}


def is_vector(exercise: str) -> bool:
    """Whether it asks for the weights of one neuron, not of a layer."""
    return len(LAWS[exercise].first[0]) == 1


def is_uniform(exercise: str) -> bool:
    """Whether its weights are uniform; they are normal, if not, or any law will do."""
    return exercise.endswith("_uniform")
