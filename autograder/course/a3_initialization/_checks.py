"""The checks that exercises on random weights share, made for the law that an exercise asks for."""

from autograder.authoring import Cases, Check, Student, check
from autograder.course.a3_initialization import _independence, _weights
from autograder.course.a3_initialization._law import Law


def of_variance(law: Law, points: float, where: str = "at every shape") -> Check:
    """The variance, for all sizes of the weights."""

    @check(
        title=f"the variance of the weights is {law.text}, {where}",
        points=points,
        false_fail=_weights.VARIANCE_FAIL,
    )
    def check_variance(student: Student, cases: Cases) -> None:
        _weights.variance_is_right(student.once(law.draws, cases))

    return check_variance


def of_mean(law: Law, points: float) -> Check:
    """The mean."""

    @check(points=points, false_fail=_weights.MEAN_FAIL)
    def check_mean(student: Student, cases: Cases) -> None:
        """the mean of the weights is zero"""
        _weights.mean_is_zero(student.once(law.draws, cases).judged)

    return check_mean


def of_normality(law: Law, points: float) -> Check:
    """The form of the law."""

    @check(points=points, false_fail=_weights.NORMAL_FAIL)
    def check_normal(student: Student, cases: Cases) -> None:
        """the weights are normally distributed"""
        _weights.law_is_normal(student.once(law.draws, cases).judged)

    return check_normal


def of_independence(law: Law, points: float) -> Check:
    """That each weight is a draw of its own."""

    @check(points=points, false_fail=_independence.FALSE_FAIL)
    def check_independence(student: Student, cases: Cases) -> None:
        """each weight is a draw of its own, independent of the others"""
        drawn = student.once(law.draws, cases)
        _weights.weights_are_independent(drawn.judged, drawn.samples)

    return check_independence


def of_generator(law: Law) -> Check:
    """That all randomness comes from the generator that is given."""

    @check(points=1)
    def check_generator(student: Student, cases: Cases) -> None:
        """the generator decides: same seed, same weights; another seed or a second call on it, other weights"""
        _weights.generator_decides(student.once(law.draws, cases))

    return check_generator


def of_array(law: Law) -> Check:
    """The type and the shape of a matrix."""

    @check(points=1)
    def check_array(student: Student, cases: Cases) -> None:
        """the result is a float64 array of shape (n_out, n_in)"""
        _weights.array_is_right(student.once(law.draws, cases))

    return check_array


def of_global_state(law: Law) -> Check:
    """That no other generator is touched."""

    @check(points=1)
    def check_global_state(student: Student, cases: Cases) -> None:
        """NumPy's global generator is left alone"""
        _weights.global_state_untouched(student.once(law.draws, cases))

    return check_global_state


def of_normal_matrix(law: Law, *, variance: float) -> tuple[Check, ...]:
    """All checks of a matrix of normal weights: eight points, and those of the variance."""
    return (
        of_variance(law, variance),
        of_mean(law, points=1),
        of_normality(law, points=2),
        of_independence(law, points=2),
        of_generator(law),
        of_array(law),
        of_global_state(law),
    )
