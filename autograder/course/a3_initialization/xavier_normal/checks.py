"""`xavier_normal(n_out, n_in, rng) -> W (n_out, n_in)`: the lecture's formula for tanh."""

from autograder.authoring import Exercise
from autograder.course.a3_initialization import _pictures
from autograder.course.a3_initialization._checks import of_normal_matrix
from autograder.course.a3_initialization._domain import DOMAIN
from autograder.course.a3_initialization._law import Law
from autograder.course.reference.initialization import xavier_normal, xavier_variance
from autograder.sandbox import Rng

LAW = Law("xavier_normal", "1 / n_in", xavier_variance, (xavier_normal,))

EXERCISE = Exercise(
    xavier_normal,
    checks=of_normal_matrix(LAW, variance=6),
    trial=(2, 3, Rng(0)),
    domain=DOMAIN,
    pictures=_pictures.of_weights(LAW),
)
