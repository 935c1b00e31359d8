"""`he_normal(n_out, n_in, rng) -> W (n_out, n_in)`: He initialisation, for ReLU."""

from autograder.authoring import Cases, Exercise, Student, check
from autograder.course.a3_initialization import _independence, _weights
from autograder.course.a3_initialization._law import Law
from autograder.course.reference.initialization import he_normal, he_variance

LAW = Law("he_normal", "2 / n_in", he_variance, (he_normal,))


@check(points=7, false_fail=_weights.VARIANCE_FAIL)
def check_variance(student: Student, cases: Cases) -> None:
    """the variance of the weights is 2 / n_in, at every shape"""
    _weights.variance_is_right(student.once(LAW.draws, cases))


@check(points=2, false_fail=_weights.MEAN_FAIL)
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
    he_normal,
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
