"""`glorot_normal(n_out, n_in, rng) -> W (n_out, n_in)`: normalised initialisation, both fans."""

from autograder.authoring import Exercise
from autograder.course.a3_initialization import _pictures
from autograder.course.a3_initialization._checks import of_normal_matrix
from autograder.course.a3_initialization._domain import DOMAIN
from autograder.course.a3_initialization._law import Law
from autograder.course.reference.initialization import glorot_normal, glorot_variance
from autograder.sandbox import Rng

LAW = Law("glorot_normal", "2 / (n_in + n_out)", glorot_variance, (glorot_normal,))

EXERCISE = Exercise(
    glorot_normal,
    checks=of_normal_matrix(LAW, variance=4),
    trial=(2, 3, Rng(0)),
    domain=DOMAIN,
    pictures=_pictures.of_weights(LAW),
)
