"""`glorot_normal(n_out, n_in, rng) -> W (n_out, n_in)`: normalised initialisation, both fans."""

from autograder.authoring import Cases, Exercise, Student, check
from autograder.course.a3_initialization import _independence, _weights
from autograder.course.a3_initialization._law import Law
from autograder.course.reference.initialization import glorot_normal, glorot_variance

LAW = Law("glorot_normal", "2 / (n_in + n_out)", glorot_variance, (glorot_normal,))


@check(points=6, false_fail=_weights.VARIANCE_FAIL)
def check_variance(student: Student, cases: Cases) -> None:
    """the variance of the weights is 2 / (n_in + n_out), at every shape"""
    _weights.variance_is_right(student.once(LAW.draws, cases))


@check(points=1, false_fail=_weights.MEAN_FAIL)
def check_mean(student: Student, cases: Cases) -> None:
    """the mean of the weights is zero"""
    _weights.mean_is_zero(student.once(LAW.draws, cases).judged)


@check(points=1, false_fail=_weights.NORMAL_FAIL)
def check_normal(student: Student, cases: Cases) -> None:
    """the weights are normally distributed"""
    _weights.law_is_normal(student.once(LAW.draws, cases).judged)


@check(points=1, false_fail=_independence.FALSE_FAIL)
def check_independence(student: Student, cases: Cases) -> None:
    """each weight is a draw of its own, independent of the others"""
    _weights.weights_are_independent(student.once(LAW.draws, cases).judged)


@check(points=1)
def check_generator(student: Student, cases: Cases) -> None:
    """the generator decides: same seed, same weights; another seed, other weights"""
    _weights.generator_decides(student.once(LAW.draws, cases))


@check(points=1)
def check_array(student: Student, cases: Cases) -> None:
    """the result is a float64 array of shape (n_out, n_in)"""
    _weights.array_is_right(student.once(LAW.draws, cases))


@check(points=1)
def check_global_state(student: Student, cases: Cases) -> None:
    """NumPy's global generator is left alone"""
    _weights.global_state_untouched(student.once(LAW.draws, cases))


EXERCISE = Exercise(
    glorot_normal,
    checks=(
        check_variance,
        check_mean,
        check_normal,
        check_independence,
        check_generator,
        check_array,
        check_global_state,
    ),
)
