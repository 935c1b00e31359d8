"""`he_normal(n_out, n_in, rng) -> W (n_out, n_in)`: He initialisation, for ReLU."""

from autograder.authoring import Exercise
from autograder.course.a3_initialization import _pictures
from autograder.course.a3_initialization._checks import of_normal_matrix
from autograder.course.a3_initialization._domain import DOMAIN
from autograder.course.a3_initialization._law import Law
from autograder.course.reference.initialization import he_normal, he_variance
from autograder.sandbox import Rng

LAW = Law("he_normal", "2 / n_in", he_variance, (he_normal,))

EXERCISE = Exercise(
    he_normal,
    checks=of_normal_matrix(LAW, variance=6),
    trial=(2, 3, Rng(0)),
    domain=DOMAIN,
    pictures=_pictures.of_weights(LAW),
)
